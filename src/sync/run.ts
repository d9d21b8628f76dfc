/**
 * One look at one scope: pages are pulled and stored, each with the cursor behind it in the same transaction, so a run
 * that was killed goes on from its last stored page. One active run per scope (a partial unique index); a run whose
 * owner is gone is taken over.
 *
 * Guarantee: after a complete run the stored facts are what the tool said, and nothing was concluded from a part.
 */
import { randomBytes } from 'node:crypto'
import { adapterOf } from '../../adapters/index.ts'
import { AdapterError, type Bookmark, type Page, type Session } from '../adapter.ts'
import { park } from '../connections/connections.ts'
import { type OpenSession, openSession } from '../connections/session.ts'
import { ids, json, type Queryable, type SQL, sql } from '../db/database.ts'
import { refreshStatistics } from '../db/statistics.ts'
import type { Hub } from '../hub.ts'
import { externalId, hubId, type Tool } from '../model/task.ts'
import type { Urgency } from '../transport/budget.ts'
import { paceOf, pause } from './pace.ts'
import { refetch } from './refetch.ts'
import { settleProjects, settleRuns } from './settle.ts'
import { loseSight, noteWhatWasShown, SHOWN } from './sight.ts'
import { quarantineId, storePage } from './store.ts'

export interface SyncOutcome {
  runId: number
  scope: string
  projects: string[]
  mode: 'sweep' | 'incremental'
  fetched: number
  stored: number
  unchanged: number
  quarantined: number
  events: number
  requests: number
  /** Tasks that may differ from before (hub ids); null when that may be any of the projects'. */
  touched: string[] | null
}

/** Another process is reading this scope right now. */
export class ScopeBusy extends Error {
  override readonly name = 'ScopeBusy'
}

/** The run was taken over by another process; what it stores from now on is refused. */
class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

const LEASE = sql`interval '3 minutes'`
const HEARTBEAT_MS = 30_000
/** A run that failed less long ago than this goes on from its last page instead of beginning anew. */
const RESUMABLE = sql`interval '1 hour'`

interface Run {
  id: number
  mode: 'sweep' | 'incremental'
  mark: unknown
  cursor: unknown
  pages: number
  /** Names this hold of the run, beyond the process: what an older hold writes is refused. */
  owner: string
  /** Requests of processes that had the run before. */
  requests: number
  /** All pages are stored; only the end of the run is left to do. */
  pulled: boolean
  /** Our clock when it began (ISO). */
  startedAt: string
}

interface ScopeRow {
  id: string
  connectionId: string
  externalId: string
  name: string
  projects: string[]
  mark: unknown
  markAt: string | null
  sweptAt: string | null
  quietLooks: number
  /** Scopes read with the same account, this one among them. */
  siblings: number
}

/** Reads a scope. Throws `ScopeBusy`, `ConnectionParked` or the `AdapterError` that stopped it. */
export async function syncScope(
  hub: Hub,
  scopeId: string,
  options: { sweep?: boolean; urgency?: Urgency; signal?: AbortSignal } = {}
): Promise<SyncOutcome> {
  const scope = await scopeOf(hub, scopeId)
  const mode = options.sweep || scope.mark === null || scope.sweptAt === null ? 'sweep' : 'incremental'
  const opened = await openSession(
    hub,
    scope.connectionId,
    options.urgency ?? (mode === 'sweep' ? 2 : 1),
    options.signal
  )
  const run = await begin(hub, scope, mode)
  const heartbeat = setInterval(() => void extend(hub, run).catch(() => {}), HEARTBEAT_MS)
  try {
    if (!run.pulled) await pullPages(hub, scope, run, opened)
    return await finish(hub, scope, run, opened)
  } catch (error) {
    await fail(hub, scope, run, error, opened)
    throw error
  } finally {
    clearInterval(heartbeat)
  }
}

/** Runs of long ago are forgotten, but for each scope's last complete one. Returns how many. */
export const pruneRuns = (hub: Hub): Promise<number> =>
  hub.db.run(sql`
    delete from sync_runs r
    where r.state <> 'running' and r.finished_at < now() - make_interval(secs => ${hub.config.RUN_DAYS * 86_400}::double precision)
      and exists (select 1 from sync_runs later where later.scope_id = r.scope_id and later.id > r.id and later.state = 'complete')`)

async function begin(hub: Hub, scope: ScopeRow, mode: Run['mode']): Promise<Run> {
  return hub.db.transaction(async (tx) => {
    const owner = `${hub.owner}/${randomBytes(4).toString('hex')}`
    const [former] = await tx.rows<Run & { state: string; alive: boolean }>(sql`
      select id, mode, mark, cursor, pages, requests, owner, new_mark is not null as pulled, state,
        started_at as "startedAt", lease_until > now() as alive
      from sync_runs
      where scope_id = ${scope.id}
        and (state = 'running' or (state = 'failed' and finished_at > now() - ${RESUMABLE}
          and id = (select max(id) from sync_runs where scope_id = ${scope.id})))
      order by state desc limit 1 for update`)
    // On the embedded database the owner is this process or dead: only one can hold the folder.
    const held = hub.db.engine === 'postgres' || former?.owner.startsWith(`${hub.owner}/`)
    if (former?.state === 'running' && former.alive && held) throw new ScopeBusy(scope.id)
    if (former && (former.cursor !== null || former.pulled) && former.mode === mode) {
      await tx.run(sql`
        update sync_runs set state = 'running', owner = ${owner}, lease_until = now() + ${LEASE}, error = null,
          finished_at = null
        where id = ${former.id}`)
      return { ...former, owner }
    }
    if (former?.state === 'running') {
      await tx.run(sql`update sync_runs set state = 'failed', finished_at = now() where id = ${former.id}`)
    }
    const [run] = await tx.rows<Run>(sql`
      insert into sync_runs (scope_id, mode, state, owner, lease_until, mark, started_at)
      values (${scope.id}, ${mode}, 'running', ${owner}, now() + ${LEASE}, ${bookmark(scope.mark)}, ${hub.now()}::timestamptz)
      returning id, mode, mark, cursor, pages, requests, owner, false as pulled, started_at as "startedAt"`)
    return run as Run
  })
}

async function pullPages(
  hub: Hub,
  scope: ScopeRow,
  run: Run,
  { session, connection, requests }: OpenSession
): Promise<void> {
  const target = {
    externalId: scope.externalId,
    name: scope.name,
    projects: scope.projects.map(externalId)
  }
  const from = { sweep: run.mode === 'sweep', mark: run.mark, cursor: run.cursor }
  // While a page is stored the next one is asked for and read: the database and the tool need not wait for each other.
  const pages = session.pull(target, from)[Symbol.asyncIterator]()
  let next = pages.next()
  try {
    for (let page = run.pages; ; page++) {
      const { done, value: facts } = await next
      if (done) return
      const sent = requests()
      next = pages.next()
      // Should storing fail, nobody waits for it any more.
      next.catch(() => {})
      if (page === run.pages) await noteSkew(hub, connection.id, facts.at)
      await storeRunPage(hub, scope, run, connection.tool, facts, page, run.requests + sent)
    }
  } finally {
    await pages.return?.().catch(() => {})
  }
}

/** How far the tool's clock is before ours, for doctor; written when it has changed by more than an answer's way. */
async function noteSkew(hub: Hub, connectionId: string, at: string): Promise<void> {
  const apart = Math.round(Date.parse(at) - Date.parse(hub.now()))
  const skew = Math.max(-MOST_SKEW_MS, Math.min(MOST_SKEW_MS, apart))
  await hub.db.run(sql`
    update connections set skew_ms = ${skew}
    where id = ${connectionId} and (skew_ms is null or abs(skew_ms - ${skew}::int) > ${SKEW_STEP_MS})`)
}

const SKEW_STEP_MS = 10_000
/** What the column holds: 23 days. More than that is only "far off". */
const MOST_SKEW_MS = 2_000_000_000

async function storeRunPage(
  hub: Hub,
  scope: ScopeRow,
  run: Run,
  tool: Tool,
  page: Page,
  number: number,
  requests: number
): Promise<void> {
  await hub.db.transaction(async (tx) => {
    const stored = await storePage(tx, page, { tool, runId: run.id, lookedAt: scope.markAt })
    const seen = [...page.seen.map((id) => hubId(tool, id)), ...page.unreadable.map((card) => quarantineId(tool, card))]
    if (run.mode === 'sweep' && seen.length > 0) {
      await tx.run(sql`
        insert into sync_pages (run_id, page, seen) values (${run.id}, ${number}, ${ids(seen)})
        on conflict (run_id, page) do update set seen = excluded.seen`)
    }
    if (run.mode === 'sweep' && page.projects.length > 0) {
      const shown = page.projects.map(({ externalId: id }) => hubId(tool, id))
      await tx.run(sql`
        insert into sync_pages (run_id, page, seen) values (${run.id}, ${SHOWN}, ${ids(shown)})
        on conflict (run_id, page) do update set seen = sync_pages.seen || excluded.seen`)
    }
    // History is read page by page too: only when all of it is there can its reach be relied upon.
    const reached = stored.columnsChanged || (stored.historyReached && scope.mark === null)
    const kept = await tx.run(sql`
      update sync_runs set
        cursor = ${bookmark(page.cursor)}, new_mark = coalesce(${bookmark(page.mark)}, new_mark),
        tool_started_at = coalesce(tool_started_at, ${page.at}::timestamptz),
        pages = ${number + 1}, fetched = fetched + ${stored.fetched}, stored = stored + ${stored.stored},
        unchanged = unchanged + ${stored.unchanged}, quarantined = quarantined + ${stored.quarantined},
        events = events + ${stored.events}, requests = ${requests}, expect = coalesce(${page.expect ?? null}::int, expect),
        settle_all = settle_all or ${reached}, lease_until = now() + ${LEASE}
      where ${isHeld(run)}`)
    if (kept === 0) throw new LeaseLost(scope.id)
  })
}

async function finish(
  hub: Hub,
  scope: ScopeRow,
  run: Run,
  { session, connection, requests }: OpenSession
): Promise<SyncOutcome> {
  if (run.mode === 'sweep') await settleAbsences(hub, scope, run, connection.tool, session)
  const [written] = await hub.db.rows<{ n: number }>(
    sql`select stored + events as n from sync_runs where id = ${run.id}`
  )
  await refreshStatistics(hub.db, written?.n ?? 0, ['tasks', 'task_events', 'columns'])
  return hub.db.transaction(async (tx) => {
    const [done] = await tx.rows<Omit<SyncOutcome, 'projects' | 'touched'> & { settle_all: boolean }>(sql`
      update sync_runs set state = 'complete', finished_at = now(), requests = ${run.requests + requests()}, cursor = null
      where ${isHeld(run)}
      returning id as "runId", scope_id as scope, mode, fetched, stored, unchanged, quarantined, events, requests, settle_all`)
    if (!done) throw new LeaseLost(scope.id)
    const { settle_all, ...outcome } = done
    // What runs stored that never came to their end is unchanged for this one, and still to be settled.
    const unfinished = await tx.rows<{ id: number; settle_all: boolean }>(sql`
      select id, settle_all from sync_runs
      where scope_id = ${scope.id} and id < ${run.id}
        and id > coalesce((select max(id) from sync_runs
          where scope_id = ${scope.id} and state = 'complete' and id < ${run.id}), 0)`)
    const all = settle_all || unfinished.some((former) => former.settle_all)
    const runs = [run.id, ...unfinished.map(({ id }) => id)]
    await (all ? settleProjects(tx, scope.projects) : settleRuns(tx, runs))
    if (run.mode === 'sweep') {
      await tx.run(sql`
        delete from quarantine where project_id = any(${ids(scope.projects)})
          and task_id not in (select unnest(s.seen) from sync_pages s where s.run_id = ${run.id})`)
      await noteWhatWasShown(tx, scope, run.id)
    }
    const quietLooks = outcome.stored + outcome.events > 0 ? 0 : scope.quietLooks + 1
    await tx.run(sql`
      update scopes set mark = r.new_mark, mark_at = r.tool_started_at,
        swept_at = case when r.mode = 'sweep' then now() else swept_at end, quiet_looks = ${quietLooks},
        next_look_at = now() + ${restOf(hub, scope, connection.tool, quietLooks, outcome)}
      from sync_runs r where r.id = ${run.id} and scopes.id = r.scope_id`)
    await tx.run(sql`
      update projects set read_at = (select tool_started_at from sync_runs where id = ${run.id}),
        looked_at = greatest(looked_at, ${run.startedAt}::timestamptz)
      where id = any(${ids(scope.projects)}) and not exists (
        select 1 from connection_projects cp
        where cp.connection_id = ${scope.connectionId} and cp.project_id = projects.id and cp.lost_at is not null)`)
    await noteWhatHooksMissed(tx, scope.id, run)
    await tx.run(sql`delete from sync_pages where run_id = ${run.id}`)
    return { ...outcome, projects: scope.projects, touched: all ? null : await touchedBy(tx, runs) }
  })
}

/** What these runs stored; null when it is more than is worth naming one by one. */
async function touchedBy(tx: Queryable, runs: number[]): Promise<string[] | null> {
  const list = sql`any(array(select jsonb_array_elements_text(${json(runs)})::int))`
  const rows = await tx.rows<{ id: string }>(sql`
    select id from tasks where run_id = ${list} union select task_id from task_events where run_id = ${list}
    limit ${NAMED_AT_MOST + 1}`)
  return rows.length > NAMED_AT_MOST ? null : rows.map(({ id }) => id)
}

const NAMED_AT_MOST = 5_000

/** Seconds of rest as an interval, spread by a tenth: scopes that began together should not go on together. */
function restOf(
  hub: Hub,
  { siblings }: ScopeRow,
  tool: Tool,
  quietLooks: number,
  look: Pick<SyncOutcome, 'mode' | 'requests'>
): SQL {
  const requests = look.mode === 'incremental' ? look.requests : 1
  const seconds = pause({
    ...paceOf(hub.config),
    quietLooks,
    requests,
    scopes: siblings,
    budgets: adapterOf(tool).budgets
  })
  return sql`make_interval(secs => ${seconds}::double precision * (0.9 + 0.2 * random()))`
}

/**
 * A look that finds changes of which the tool should have told us, and did not since the former look, counts against
 * the scope's hook; after a few in a row it is taken for silent, whatever the tool calls it.
 */
async function noteWhatHooksMissed(tx: Queryable, scopeId: string, run: Run): Promise<void> {
  await tx.run(sql`
    update hooks h set missed = h.missed + 1,
      silent_since = case when h.missed + 1 >= ${MISSED_LOOKS} then coalesce(h.silent_since, now()) else h.silent_since end
    from sync_runs r
    where r.id = ${run.id} and r.mode = 'incremental' and r.stored > 0 and h.scope_id = ${scopeId} and h.state = 'active'
      and coalesce(h.delivered_at, h.created_at) < (select max(former.started_at) from sync_runs former
        where former.scope_id = ${scopeId} and former.id < r.id and former.state = 'complete')`)
}

const MISSED_LOOKS = 3

/**
 * A task that a whole sweep did not see is only a candidate. A delete event settles it; otherwise the tool is asked for
 * that one card: it may have moved or been archived, and what cannot be found is hidden, not gone.
 */
async function settleAbsences(hub: Hub, scope: ScopeRow, run: Run, tool: Tool, session: Session): Promise<void> {
  const missing = await hub.db.rows<{ id: string }>(sql`
    select t.id from tasks t
    where t.project_id = any(${ids(scope.projects)}) and t.presence in ('present', 'archived')
      and t.id not in (select unnest(s.seen) from sync_pages s where s.run_id = ${run.id})`)
  for (let at = 0; at < missing.length; at += ABSENCES_AT_ONCE) {
    const part = missing.slice(at, at + ABSENCES_AT_ONCE)
    await refetch(
      hub,
      session,
      tool,
      part.map((row) => row.id),
      run.id
    )
  }
}

const ABSENCES_AT_ONCE = 500

async function fail(hub: Hub, scope: ScopeRow, run: Run, error: unknown, opened: OpenSession): Promise<void> {
  const facts =
    error instanceof AdapterError
      ? { kind: error.kind, status: error.status, code: error.code, path: error.path, retryAt: error.retryAt }
      : { kind: 'internal', code: (error as Error)?.name ?? null }
  if (error instanceof AdapterError && error.kind === 'auth_revoked')
    await park(hub, opened.connection.id, 'auth_revoked')
  await hub.db.run(sql`
    update sync_runs set state = 'failed', error = ${json(facts)}, finished_at = now(),
      requests = ${run.requests + opened.requests()}
    where ${isHeld(run)}`)
  if (facts.kind === 'not_found' || facts.kind === 'forbidden') await loseSight(hub, scope, run.id)
  await hub.db.run(sql`
    update scopes set next_look_at = greatest(
      coalesce(${facts && 'retryAt' in facts ? (facts.retryAt ?? null) : null}::timestamptz, now()),
      now() + make_interval(secs => ${hub.config.SYNC_MINUTES * 60}::double precision))
    where id = ${scope.id}`)
}

/** None is NULL, not the jsonb `null`. */
const bookmark = (value: Bookmark): SQL => (value == null ? sql`null::jsonb` : json(value))

const isHeld = (run: Run): SQL => sql`id = ${run.id} and owner = ${run.owner} and state = 'running'`

const extend = (hub: Hub, run: Run): Promise<number> =>
  hub.db.run(sql`update sync_runs set lease_until = now() + ${LEASE} where ${isHeld(run)}`)

async function scopeOf(hub: Hub, id: string): Promise<ScopeRow> {
  const [scope] = await hub.db.rows<ScopeRow>(sql`
    select id, connection_id as "connectionId", external_id as "externalId", name, projects, mark, mark_at as "markAt",
      swept_at as "sweptAt", quiet_looks as "quietLooks",
      (select count(*) from scopes other where other.connection_id = scopes.connection_id)::int as siblings
    from scopes where id = ${id}`)
  if (!scope) throw new Error(`There is no scope ${id}.`)
  return scope
}
