/**
 * What each job does, and the timetable. Due work is derived from tables at every tick, so a job that was never sent, or
 * was lost, is found again.
 */
import { adapterOf } from '../../adapters/index.ts'
import { AdapterError } from '../adapter.ts'
import { enqueueNotices } from '../alerts/notices.ts'
import { checkNotes } from '../channels/comment.ts'
import { channels } from '../channels/index.ts'
import { connectionOf } from '../connections/connections.ts'
import { assignReaders, readersAreMissing } from '../connections/readers.ts'
import { ConnectionParked } from '../connections/session.ts'
import { ROUNDED_NOW, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { deliverDue } from '../outbox/outbox.ts'
import { enqueueDueReports } from '../reports/schedule.ts'
import { moved } from '../sync/look.ts'
import { pruneRuns, ScopeBusy, type SyncOutcome, syncScope } from '../sync/run.ts'
import { hooksAreMissing, keepHooks } from '../webhooks/hooks.ts'
import { pruneInbox, somethingCame, workInbox } from '../webhooks/inbox.ts'
import type { Handlers, Jobs } from './jobs.ts'
import { followUp } from './line.ts'
import { doErrand, dueErrands } from './timetable.ts'
import { Turnstile } from './turnstile.ts'

/** Seconds between two ticks. */
export const TICK_SECONDS = 10
/** Of the looks of one process. */
const LOOKS_OF_AN_ACCOUNT = 3
/** Whole boards are read again so often; what the history does not record is found then. */
const SWEEP_EVERY = sql`interval '24 hours'`

export function handlers(hub: Hub, jobs: Jobs): Handlers {
  const looks = new Turnstile(LOOKS_OF_AN_ACCOUNT)
  return {
    async tick() {
      if (await readersAreMissing(hub.db)) await assignReaders(hub).catch(isKept)
      const due = await hub.db.rows<DueScope>(sql`
      select s.id, s.connection_id as "connectionId", (s.swept_at is null or s.swept_at < now() - ${SWEEP_EVERY}) as sweep
      from scopes s join connections c on c.id = s.connection_id
      where s.next_look_at <= ${ROUNDED_NOW} and c.state = 'active'`)
      for (const id of await worthReading(hub, due)) await jobs.wake({ kind: 'sync', id })
      await jobs.wake({ kind: 'report', id: 'all' })
      if (await somethingWaits(hub)) await jobs.wake({ kind: 'deliver', id: 'all' })
      if (await somethingCame(hub)) await jobs.wake({ kind: 'inbox', id: 'all' })
      if ((await enqueueNotices(hub, (tool) => adapterOf(tool).name)) > 0)
        await jobs.wake({ kind: 'deliver', id: 'all' })
      const errands = await dueErrands(hub)
      if (await hooksAreMissing(hub)) errands.push('hooks')
      for (const errand of errands) await jobs.wake({ kind: errand, id: 'all' })
    },

    async inbox(_id, signal) {
      await followUp(hub, { tasks: await workInbox(hub, signal) }, jobs)
    },

    async hooks(_id, signal) {
      await doErrand(hub, 'hooks', () => keepHooks(hub, signal), { anyway: await hooksAreMissing(hub) })
    },

    async sync(scopeId, signal) {
      const [scope] = await hub.db.rows<{ sweep: boolean; projects: string[]; connectionId: string }>(sql`
      select (swept_at is null or swept_at < now() - ${SWEEP_EVERY}) as sweep, to_jsonb(projects) as projects,
        connection_id as "connectionId"
      from scopes where id = ${scopeId}`)
      if (!scope || !looks.enter(scope.connectionId, scopeId)) return
      let outcome: SyncOutcome
      try {
        outcome = await syncScope(hub, scopeId, { sweep: scope.sweep, signal })
      } catch (error) {
        if (error instanceof ScopeBusy) return
        isKept(error)
        // Its tasks may be out of sight now: rules stop looking at them.
        if (error instanceof AdapterError && SIGHT_LOST.has(error.kind))
          await followUp(hub, { projects: scope.projects }, jobs)
        return
      } finally {
        const next = looks.leave(scope.connectionId)
        if (next !== null) await jobs.wake({ kind: 'sync', id: next })
      }
      const { touched, projects, mode } = outcome
      if (mode === 'sweep' && (await checkDoubles(hub, scope.connectionId, projects)))
        await jobs.wake({ kind: 'deliver', id: 'all' })
      await followUp(hub, touched ? { tasks: touched } : { projects }, jobs)
    },

    async judge() {
      await doErrand(hub, 'judge', async () => void (await followUp(hub, {}, jobs)))
    },

    async deliver(_id, signal) {
      await deliverDue(hub, channels, { signal })
    },

    async report() {
      if ((await enqueueDueReports(hub)) > 0) await jobs.wake({ kind: 'deliver', id: 'all' })
    },

    async tidy() {
      await doErrand(hub, 'tidy', async () => {
        await pruneInbox(hub)
        await pruneRuns(hub)
      })
    }
  }
}

/** A tool's refusal stands with its run, where doctor and the API show it; the timetable looks again by itself. */
function isKept(error: unknown): void {
  if (!(error instanceof AdapterError || error instanceof ConnectionParked)) throw error
}

/** Where a pull brings no comments, ours are looked at one by one after each sweep. True when there are any. */
async function checkDoubles(hub: Hub, connectionId: string, projects: string[]): Promise<boolean> {
  const { tool } = await connectionOf(hub, connectionId)
  return !adapterOf(tool).can.comments && (await checkNotes(hub, projects)) > 0
}

const SIGHT_LOST: ReadonlySet<AdapterError['kind']> = new Set(['not_found', 'forbidden'])

interface DueScope {
  id: string
  connectionId: string
  sweep: boolean
}

/**
 * Those to be swept, and of the others those that moved. A tool that does not answer the question is asked scope by
 * scope: the run that fails is kept and says why, and the rest of the timetable goes on.
 */
async function worthReading(hub: Hub, due: DueScope[]): Promise<string[]> {
  const ids = due.filter(({ sweep }) => sweep).map(({ id }) => id)
  const looks = Map.groupBy(
    due.filter(({ sweep }) => !sweep),
    ({ connectionId }) => connectionId
  )
  for (const scopes of looks.values()) {
    const asked = scopes.map(({ id }) => id)
    try {
      ids.push(...(await moved(hub, asked)))
    } catch (error) {
      isKept(error)
      ids.push(...asked)
    }
  }
  return ids
}

async function somethingWaits(hub: Hub): Promise<boolean> {
  const [row] = await hub.db.rows<{ waits: boolean }>(sql`
    select exists (select 1 from outbox
      where (state = 'due' and due_at <= ${ROUNDED_NOW}) or (state = 'sending' and lease_until < now())) as waits`)
  return row?.waits ?? false
}
