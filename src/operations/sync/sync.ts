import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ids, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { followUp } from '../../jobs/line.ts'
import { ScopeBusy, type SyncOutcome, syncScope } from '../../sync/run.ts'
import { explain } from '../explain.ts'
import { operation, Refusal } from '../operation.ts'
import { findProject } from '../projects/projects.ts'

const Run = z
  .object({
    runId: z.number(),
    scope: z.string(),
    name: z.string(),
    mode: z.enum(['sweep', 'incremental']),
    state: z.enum(['running', 'complete', 'failed']),
    fetched: z.number(),
    stored: z.number(),
    unchanged: z.number(),
    quarantined: z.number(),
    events: z.number(),
    requests: z.number(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    error: z.object({ kind: z.string(), code: z.string().nullish(), status: z.number().nullish() }).nullable()
  })
  .meta({ id: 'SyncRun' })

const Counts = z.object({
  scope: z.string(),
  name: z.string(),
  mode: z.enum(['sweep', 'incremental']),
  fetched: z.number(),
  stored: z.number(),
  unchanged: z.number(),
  quarantined: z.number(),
  events: z.number(),
  requests: z.number()
})

export const sync = operation({
  id: 'sync',
  right: 'tend',
  method: 'POST',
  path: '/sync',
  tag: 'Sync',
  summary: 'Look at chosen projects now, then judge them',
  input: z.object({
    projects: z.array(z.string()).optional().describe('Ids or names; all chosen ones when absent'),
    sweep: z.boolean().optional().describe('Read everything again, not only what changed')
  }),
  output: z.object({
    runs: z.array(Counts),
    failed: z.array(z.object({ name: z.string(), code: z.string(), message: z.string() })),
    findings: z.array(z.object({ rule: z.string(), opened: z.number(), closed: z.number() }))
  }),
  changes: { subject: () => null },
  async run({ hub, jobs, who }, input) {
    const wanted: string[] = []
    for (const word of input.projects ?? []) wanted.push((await findProject(hub.db, word, who)).id)
    const scopes = await hub.db.rows<{ id: string; name: string; tool: string; projects: string[] }>(sql`
      select s.id, coalesce(p.name, s.name) as name, c.tool, to_jsonb(s.projects) as projects
      from scopes s join connections c on c.id = s.connection_id left join projects p on p.id = s.projects[1]
      where ${input.projects === undefined} or s.projects && ${ids(wanted)}
      order by name`)
    if (scopes.length === 0) {
      throw new Refusal(
        409,
        'nothing_chosen',
        'No project is chosen yet. Choose some with: throughline projects choose NAME…'
      )
    }
    const runs: z.infer<typeof Counts>[] = []
    const failed: { name: string; code: string; message: string }[] = []
    for (const scope of scopes) {
      try {
        const {
          runId: _,
          projects: __,
          touched: ___,
          ...counts
        } = await syncInTurn(hub, scope.id, input.sweep ?? false)
        runs.push({ ...counts, name: scope.name })
      } catch (error) {
        const words = explain(error, { tool: scope.tool, about: scope.name })
        if (!words) throw error
        failed.push({ name: scope.name, code: words.code, message: words.message })
      }
    }
    const { findings } = await followUp(hub, { projects: scopes.flatMap((scope) => scope.projects) }, jobs)
    return { runs, failed, findings }
  }
})

/** Another look at the same board may be under way, say the hub's own: then after it. */
async function syncInTurn(hub: Hub, scopeId: string, sweep: boolean): Promise<SyncOutcome> {
  for (const end = Date.now() + LONGEST_TURN_MS; ; ) {
    try {
      return await syncScope(hub, scopeId, { sweep })
    } catch (error) {
      if (!(error instanceof ScopeBusy) || Date.now() > end) throw error
      await sleep(500)
    }
  }
}

const LONGEST_TURN_MS = 10 * 60_000

export const syncRuns = operation({
  id: 'syncRuns',
  right: 'tend',
  method: 'GET',
  path: '/sync/runs',
  tag: 'Sync',
  summary: 'Looks under way and past, newest first',
  input: z.object({
    state: z.enum(['running', 'complete', 'failed']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50)
  }),
  output: z.object({ runs: z.array(Run) }),
  async run({ hub }, { state, limit }) {
    return {
      runs: await hub.db.rows<z.infer<typeof Run>>(sql`
        select r.id as "runId", r.scope_id as scope, coalesce(p.name, s.name) as name, r.mode, r.state, r.fetched, r.stored,
          r.unchanged, r.quarantined, r.events, r.requests, r.started_at as "startedAt", r.finished_at as "finishedAt", r.error
        from sync_runs r join scopes s on s.id = r.scope_id left join projects p on p.id = s.projects[1]
        where ${state ?? null}::text is null or r.state = ${state ?? null}
        order by r.id desc limit ${limit}`)
    }
  }
})
