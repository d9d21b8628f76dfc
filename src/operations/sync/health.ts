/** How well each tool is read: of the last 24 hours, and right now. */
import { z } from 'zod'
import { ids, type Queryable, sql } from '../../db/database.ts'
import { Tool } from '../../model/task.ts'

export const SyncHealth = z
  .object({
    tool: Tool,
    state: z
      .enum(['fine', 'behind', 'failing', 'parked', 'paused', 'unread'])
      .describe('failing: the last look at a board of it failed; parked: it refuses our account'),
    boards: z.number(),
    cards: z.number(),
    readAt: z.string().nullable().describe('When the board that was looked at longest ago was; null: one never was'),
    hours: z
      .array(z.object({ ok: z.number(), failed: z.number() }))
      .describe('Looks in each of the last 24 hours, the latest last'),
    webhooks: z.enum(['live', 'some', 'none']).describe('Whether it tells us of changes by itself'),
    nextAt: z.string().nullable().describe('When it is looked at next')
  })
  .meta({ id: 'SyncHealth' })
type SyncHealth = z.infer<typeof SyncHealth>

const HOURS = 24

export async function syncHealth(db: Queryable, projects: string[], now: string): Promise<SyncHealth[]> {
  const boards = await db.rows<Pick<SyncHealth, 'tool' | 'boards' | 'cards' | 'readAt'> & { unread: number }>(sql`
    with cards as (select project_id, count(*) as n from tasks where project_id = any(${ids(projects)}) group by project_id)
    select p.tool, count(*)::int as boards, coalesce(sum(c.n), 0)::int as cards, min(p.looked_at) as "readAt",
      (count(*) filter (where p.looked_at is null))::int as unread
    from projects p left join cards c on c.project_id = p.id
    where p.id = any(${ids(projects)}) group by p.tool order by lower(p.tool)`)
  const scopes = await db.rows<{
    tool: Tool
    scopes: number
    parked: number
    paused: number
    failing: number
    late: number
    live: number
    nextAt: string | null
  }>(sql`
    select c.tool, count(*)::int as scopes, (count(*) filter (where c.state = 'parked'))::int as parked,
      (count(*) filter (where c.state = 'paused'))::int as paused, (count(*) filter (where last.state = 'failed'))::int as failing,
      (count(*) filter (where s.next_look_at < ${now}::timestamptz - interval '5 minutes'))::int as late,
      (count(*) filter (where h.state = 'active' and h.silent_since is null))::int as live,
      min(s.next_look_at) filter (where c.state = 'active') as "nextAt"
    from scopes s join connections c on c.id = s.connection_id left join hooks h on h.scope_id = s.id
    left join lateral (
      select r.state from sync_runs r where r.scope_id = s.id and r.state <> 'running' order by r.id desc limit 1
    ) last on true
    where s.projects && ${ids(projects)} group by c.tool`)
  const runs = await db.rows<{ tool: Tool; ago: number; ok: number; failed: number }>(sql`
    select c.tool, floor(extract(epoch from ${now}::timestamptz - r.started_at) / 3600)::int as ago,
      (count(*) filter (where r.state = 'complete'))::int as ok, (count(*) filter (where r.state = 'failed'))::int as failed
    from sync_runs r join scopes s on s.id = r.scope_id join connections c on c.id = s.connection_id
    where r.started_at > ${now}::timestamptz - make_interval(hours => ${HOURS}) and r.started_at <= ${now}::timestamptz
      and s.projects && ${ids(projects)}
    group by 1, 2`)
  return boards.map(({ unread, readAt, ...board }) => {
    const now = scopes.find(({ tool }) => tool === board.tool)
    const hours = Array.from({ length: HOURS }, (_, place) => {
      const hour = runs.find(({ tool, ago }) => tool === board.tool && ago === HOURS - 1 - place)
      return { ok: hour?.ok ?? 0, failed: hour?.failed ?? 0 }
    })
    return {
      ...board,
      readAt: unread > 0 ? null : readAt,
      state: stateOf({ unread, ...now }),
      hours,
      webhooks: !now || now.live === 0 ? 'none' : now.live < now.scopes ? 'some' : 'live',
      nextAt: now?.nextAt ?? null
    }
  })
}

/** The worst of its boards. */
function stateOf(one: {
  unread: number
  scopes?: number
  parked?: number
  paused?: number
  failing?: number
  late?: number
}): SyncHealth['state'] {
  if (one.parked) return 'parked'
  if (one.failing) return 'failing'
  if (one.unread > 0) return 'unread'
  if (one.scopes && one.paused === one.scopes) return 'paused'
  return one.late || !one.scopes ? 'behind' : 'fine'
}
