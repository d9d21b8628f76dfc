/**
 * The inbox: what a tool told us is kept under its key before it is acknowledged, and worked on afterwards. A delivery
 * never carries data into the model; it says which cards to read again.
 *
 * Guarantee: what was acknowledged is worked on at least once, also after a crash; the same delivery comes in once.
 */
import { AdapterError, type Hint, page } from '../adapter.ts'
import { park } from '../connections/connections.ts'
import { ConnectionParked, openSession } from '../connections/session.ts'
import { ids, json, type Queryable, ROUNDED_NOW, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { hubId, type Tool } from '../model/task.ts'
import { refetch } from '../sync/refetch.ts'
import { settleTasks } from '../sync/settle.ts'
import { storePage } from '../sync/store.ts'

/** Deliveries worked on in one go; more wait for the next. */
const AT_ONCE = 500
/** Whoever works on a delivery has so long; then somebody else may. */
const LEASE = sql`interval '3 minutes'`
/** How often a delivery is tried before it is given up, with the reason. */
const ATTEMPTS = 8

export async function somethingCame(hub: Hub): Promise<boolean> {
  const [row] = await hub.db.rows<{ came: boolean }>(
    sql`select exists (select 1 from inbox where state = 'due' and due_at <= ${ROUNDED_NOW}) as came`
  )
  return row?.came ?? false
}

interface Taken {
  id: number
  attempts: number
  connectionId: string
  tool: Tool
  hints: Hint[]
}

/** Works on what came. Returns the tasks that may differ from before (hub ids). */
export async function workInbox(hub: Hub, signal?: AbortSignal): Promise<string[]> {
  const taken = await hub.db.rows<Taken>(sql`
    with claimed as (
      update inbox set due_at = now() + ${LEASE}, attempts = attempts + 1
      where id in (
        select id from inbox where state = 'due' and due_at <= ${ROUNDED_NOW} order by id limit ${AT_ONCE} for update skip locked)
      returning id, hook_id, attempts, hints
    )
    select c.id, c.attempts, c.hints, h.connection_id as "connectionId", h.tool
    from claimed c join hooks h on h.id = c.hook_id order by c.id`)
  const touched = new Set<string>()
  const faults: unknown[] = []
  for (const batch of batches(taken)) {
    signal?.throwIfAborted()
    try {
      for (const task of await readAgain(hub, batch, signal)) touched.add(task)
      await hub.db.run(sql`update inbox set state = 'done', reason = null where id = any(${numbers(batch)})`)
    } catch (error) {
      if (signal?.aborted) throw error
      await putOff(hub, batch, error as Error)
      if (!(error instanceof AdapterError || error instanceof ConnectionParked)) faults.push(error)
    }
  }
  if (faults.length > 0) throw faults.length === 1 ? faults[0] : new AggregateError(faults)
  return [...touched]
}

/** An account's deliveries go together the first time; what failed so is tried one by one, lest one takes all along. */
function batches(taken: Taken[]): Taken[][] {
  const fresh = taken.filter(({ attempts }) => attempts === 1)
  return [
    ...Map.groupBy(fresh, ({ connectionId }) => connectionId).values(),
    ...taken.filter(({ attempts }) => attempts > 1).map((one) => [one])
  ]
}

/** Gives deliveries that were given up another try: one by its number, or all of them. Returns how many. */
export const retryDeliveries = (db: Queryable, id: number | null): Promise<number> =>
  db.run(sql`
    update inbox set state = 'due', attempts = 0, due_at = now()
    where state = 'dead' and (${id}::bigint is null or id = ${id}::bigint)`)

/** What was acknowledged is no longer needed as it came after some days. */
export const pruneInbox = (hub: Hub): Promise<number> =>
  hub.db.run(sql`
    delete from inbox
    where state = 'done' and received_at < now() - make_interval(secs => ${hub.config.INBOX_DAYS * 86_400}::double precision)`)

/** Deliveries of one account. */
async function readAgain(hub: Hub, deliveries: Taken[], signal: AbortSignal | undefined): Promise<string[]> {
  const connectionId = deliveries[0]?.connectionId ?? ''
  const { session, connection } = await openSession(hub, connectionId, 0, signal)
  const { tool } = connection
  const hints = deliveries.flatMap((one) => one.hints)
  if (hints.some(({ kind }) => kind === 'revoked')) await park(hub, connectionId, 'auth_revoked')
  const tasks = new Map(hints.filter((hint) => hint.kind === 'task').map((hint) => [hint.externalId, hint]))
  const asked = [...tasks.keys()].map((id) => hubId(tool, id))
  if (asked.length > 0) await refetch(hub, session, tool, asked)
  await storeDeletions(
    hub,
    tool,
    [...tasks.values()].filter(({ deleted }) => deleted)
  )
  const projects = hints.filter((hint) => hint.kind === 'project').map((hint) => hubId(tool, hint.externalId))
  if (projects.length > 0) {
    await hub.db.run(sql`
      update scopes set next_look_at = now()
      where connection_id = ${connectionId} and projects && ${ids(projects)}`)
  }
  return asked
}

/** The tool's word for it: where a card that is gone and one we may not see look the same, only a webhook proves more. */
async function storeDeletions(hub: Hub, tool: Tool, deleted: Extract<Hint, { kind: 'task' }>[]): Promise<void> {
  if (deleted.length === 0) return
  const known = await hub.db.rows<{ id: string }>(sql`
    select id from tasks where presence = 'hidden' and id = any(${ids(deleted.map((hint) => hubId(tool, hint.externalId)))})`)
  const gone = deleted.filter((hint) => known.some(({ id }) => id === hubId(tool, hint.externalId)))
  if (gone.length === 0) return
  await hub.db.transaction(async (tx) => {
    const events = gone.map((hint) => ({
      externalId: `deleted:${hint.externalId}`,
      task: hint.externalId,
      type: 'deleted' as const,
      at: hint.at ?? hub.now(),
      actor: hint.by,
      from: null,
      to: null
    }))
    await storePage(tx, page(hub.now(), { events }), { tool, runId: null, lookedAt: null })
    await settleTasks(
      tx,
      gone.map((hint) => hubId(tool, hint.externalId))
    )
  })
}

async function putOff(hub: Hub, deliveries: Taken[], error: Error): Promise<void> {
  const known = error instanceof AdapterError ? error : null
  const parked = error instanceof ConnectionParked
  const reason = known ? [known.kind, known.code].filter(Boolean).join(' ') : parked ? 'connection_parked' : error.name
  // What ends by itself or by somebody's hand is waited for, however long that takes; the rest is given up at last.
  const givesUp = !parked && !(known && ENDS_BY_ITSELF.has(known.kind))
  await hub.db.run(sql`
    update inbox set reason = ${reason},
      state = case when ${givesUp}::boolean and attempts >= ${ATTEMPTS} then 'dead' else 'due' end,
      due_at = greatest(coalesce(${known?.retryAt ?? null}::timestamptz, now()),
        now() + make_interval(secs => least(3600, 5 * power(2, attempts)) * (0.5 + random())))
    where id = any(${numbers(deliveries)})`)
}

const ENDS_BY_ITSELF: ReadonlySet<AdapterError['kind']> = new Set(['auth_revoked', 'rate_limited', 'provider_down'])

const numbers = (rows: { id: number }[]) =>
  sql`array(select jsonb_array_elements_text(${json(rows.map(({ id }) => id))})::bigint)`
