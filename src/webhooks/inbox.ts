/**
 * The inbox: what a tool told us is kept under its key before it is acknowledged, and worked on afterwards. A delivery
 * never carries data into the model; it says which cards to read again.
 *
 * Guarantee: what was acknowledged is worked on at least once, also after a crash; the same delivery comes in once.
 */
import { AdapterError, type Hint, type Notice, page } from '../adapter.ts'
import { park } from '../connections/connections.ts'
import { ConnectionParked, openSession } from '../connections/session.ts'
import { bytesParam, ids, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { hubId, type Tool } from '../model/task.ts'
import { refetch } from '../sync/refetch.ts'
import { settleTasks } from '../sync/settle.ts'
import { storePage } from '../sync/store.ts'

/** Deliveries worked on in one go; more wait for the next. */
const AT_ONCE = 500
/** Whoever works on a delivery has so long; then somebody else may. */
const LEASE = sql`interval '3 minutes'`
const ATTEMPTS = 8

/** Keeps a delivery. False when it is here already. */
export async function keep(hub: Hub, hookId: string, notice: Notice, body: Uint8Array): Promise<boolean> {
  const kept = await hub.db.run(sql`
    with told as (update hooks set delivered_at = now() where id = ${hookId})
    insert into inbox (hook_id, key, body, hints)
    values (${hookId}, ${notice.key}, ${bytesParam(body)}, ${json(notice.hints)})
    on conflict (hook_id, key) do nothing`)
  return kept > 0
}

export async function somethingCame(hub: Hub): Promise<boolean> {
  const [row] = await hub.db.rows<{ came: boolean }>(
    sql`select exists (select 1 from inbox where state = 'due' and due_at <= now()) as came`
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

/** Works on what came. Returns the projects whose facts may have changed (hub ids). */
export async function workInbox(hub: Hub, signal?: AbortSignal): Promise<string[]> {
  const taken = await hub.db.rows<Taken>(sql`
    with claimed as (
      update inbox set due_at = now() + ${LEASE}, attempts = attempts + 1
      where id in (
        select id from inbox where state = 'due' and due_at <= now() order by id limit ${AT_ONCE} for update skip locked)
      returning id, hook_id, attempts, hints
    )
    select c.id, c.attempts, c.hints, h.connection_id as "connectionId", h.tool
    from claimed c join hooks h on h.id = c.hook_id order by c.id`)
  const touched = new Set<string>()
  for (const [connectionId, deliveries] of Map.groupBy(taken, (one) => one.connectionId)) {
    signal?.throwIfAborted()
    try {
      for (const project of await readAgain(hub, connectionId, deliveries, signal)) touched.add(project)
      await hub.db.run(sql`update inbox set state = 'done', reason = null where id = any(${numbers(deliveries)})`)
    } catch (error) {
      if (!(error instanceof AdapterError) && !(error instanceof ConnectionParked)) throw error
      await putOff(hub, deliveries, error)
    }
  }
  return [...touched]
}

/** What was acknowledged is no longer needed as it came after some days. */
export const pruneInbox = (hub: Hub): Promise<number> =>
  hub.db.run(sql`
    delete from inbox
    where state = 'done' and received_at < now() - make_interval(secs => ${hub.config.INBOX_DAYS * 86_400}::double precision)`)

async function readAgain(
  hub: Hub,
  connectionId: string,
  deliveries: Taken[],
  signal: AbortSignal | undefined
): Promise<string[]> {
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
  const rows = await hub.db.rows<{ id: string }>(
    sql`select distinct project_id as id from tasks where id = any(${ids(asked)})`
  )
  return rows.map(({ id }) => id)
}

/** The tool's word for it: where a card that is gone and one we may not see look the same, only a webhook proves more. */
async function storeDeletions(hub: Hub, tool: Tool, deleted: Extract<Hint, { kind: 'task' }>[]): Promise<void> {
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
  const reason =
    error instanceof AdapterError ? [error.kind, error.code].filter(Boolean).join(' ') : 'connection_parked'
  const at = error instanceof AdapterError ? error.retryAt : null
  // A parked account is somebody's to connect again: until then its deliveries wait, however long that takes.
  const givesUp = error instanceof AdapterError
  await hub.db.run(sql`
    update inbox set reason = ${reason},
      state = case when ${givesUp}::boolean and attempts >= ${ATTEMPTS} then 'dead' else 'due' end,
      due_at = greatest(coalesce(${at}::timestamptz, now()),
        now() + make_interval(secs => least(3600, 5 * power(2, attempts)) * (0.5 + random())))
    where id = any(${numbers(deliveries)})`)
}

const numbers = (rows: { id: number }[]) =>
  sql`array(select jsonb_array_elements_text(${json(rows.map(({ id }) => id))})::bigint)`
