/**
 * Everything that leaves goes through here: a row with an idempotency key, claimed under a lease with a fence, tried
 * with back-off, kept as proof when done and as a dead letter when it cannot be.
 *
 * Guarantee: at most one live sender per row; a sender whose lease was taken over cannot write its result, and what it
 * still asks for is broken off. Whether an unclear attempt took effect is for the channel to find out (`unclear` is true
 * from before a request leaves until its answer is stored).
 */
import { json, type Queryable, ROUNDED_NOW, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'

export type Channel = 'comment' | 'email'

export interface OutboxRow {
  id: number
  channel: Channel
  key: string
  /** What it is about: a task id for comments, a subscription id for mails. */
  ref: string
  payload: unknown
  attempts: number
  unclear: boolean
  fence: number
}

/** The payload of a mail. */
export interface MailPayload {
  /** Stem of the file, where mails are written to files. */
  name: string
  to: { name: string | null; address: string }
  subject: string
  html: string
  text: string
  /** `{html, text}` as JSON, sealed under the row's key, base64: of mails that let somebody in. */
  sealed?: string
  /** What of ours this is, as a slug. */
  list: string
  messageId: string
  attachments: { filename: string; cid: string; contentType: string; base64: string }[]
}

/** What became of one attempt. */
export type Delivery =
  /** `checkAt` (ISO): what is there is to be looked at once more then; the row's payload says `{check: true}`. */
  | { kind: 'sent'; outcome: unknown; checkAt?: string | null }
  /** Try again, not before `at` (ISO) when the tool said so. `untaken`: it is certain that this try took no effect. */
  | { kind: 'retry'; reason: string; at: string | null; untaken?: true }
  /** Nothing was tried, and nothing can be before someone acts; does not count as a try. */
  | { kind: 'wait'; reason: string; at: string }
  /** Whether it arrived cannot be known and must not be tried again by itself. */
  | { kind: 'unclear'; reason: string }
  | { kind: 'dead'; reason: string }

/** `signal` is raised when somebody else has taken the row over. */
export type Deliver = (hub: Hub, row: OutboxRow, signal: AbortSignal) => Promise<Delivery>

/** Whoever sends says every so often that he lives; after the lease somebody else takes over. */
const LEASE_SECONDS = 60
const HEARTBEAT_MS = 15_000
const MAX_ATTEMPTS = 8
const BACKOFF_SECONDS = 5
const BACKOFF_CAP_SECONDS = 3600

/** Puts a row in; a key that is there already is left as it is. Returns whether it is new. */
export async function enqueue(
  db: Queryable,
  row: { channel: Channel; key: string; ref: string; payload?: unknown; dueAt?: string }
): Promise<boolean> {
  const added = await db.run(sql`
    insert into outbox (channel, key, ref, payload, state, due_at)
    values (${row.channel}, ${row.key}, ${row.ref}, ${json(row.payload ?? null)}, 'due',
      coalesce(${row.dueAt ?? null}::timestamptz, now()))
    on conflict (key) do nothing`)
  return added > 0
}

/** Delivers what is due until nothing is, `concurrency` at a time. Returns how each attempt ended. */
export async function deliverDue(
  hub: Hub,
  channels: Record<Channel, Deliver>,
  options: { concurrency?: number; signal?: AbortSignal } = {}
): Promise<Record<Delivery['kind'], number>> {
  const count: Record<Delivery['kind'], number> = { sent: 0, retry: 0, wait: 0, unclear: 0, dead: 0 }
  const worker = async () => {
    for (;;) {
      if (options.signal?.aborted) return
      const row = await claim(hub)
      if (!row) return
      count[(await attempt(hub, channels[row.channel], row)).kind]++
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 4 }, worker))
  return count
}

/** On the embedded database only one process can hold the folder: every lease of a former one is void. */
export async function releaseDeadLeases(hub: Hub): Promise<void> {
  if (hub.db.engine !== 'pglite') return
  await hub.db.run(sql`update outbox set lease_until = now() where state = 'sending' and owner <> ${hub.owner}`)
}

/** From here on the request may take effect. Throws when another sender has taken the row over. */
export async function aboutToSend(hub: Hub, row: OutboxRow): Promise<void> {
  const kept = await hub.db.run(sql`
    update outbox set unclear = true, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = ${row.id} and fence = ${row.fence}`)
  if (kept === 0) throw new Error('Another sender has taken this over.')
}

/**
 * Gives a dead or unclear row another try. Returns whether there was one. For a mail that is the word to send it again:
 * there is nothing to look for. Other channels look first whether the effect is there.
 */
export async function retryDead(db: Queryable, id: number): Promise<boolean> {
  const changed = await db.run(sql`
    update outbox set state = 'due', attempts = 0, due_at = now(), done_at = null, unclear = unclear and channel <> 'email'
    where id = ${id} and state in ('dead', 'unclear')`)
  return changed > 0
}

async function claim(hub: Hub): Promise<OutboxRow | null> {
  const [row] = await hub.db.rows<OutboxRow>(sql`
    update outbox set state = 'sending', owner = ${hub.owner}, fence = fence + 1, attempts = attempts + 1,
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = (
      select id from outbox
      where (state = 'due' and due_at <= ${ROUNDED_NOW}) or (state = 'sending' and lease_until < now())
      order by due_at, id limit 1 for update skip locked)
    returning id, channel, key, ref, payload, attempts, unclear, fence`)
  return row ?? null
}

async function attempt(hub: Hub, deliver: Deliver, row: OutboxRow): Promise<Delivery> {
  let delivery: Delivery
  const overtaken = new AbortController()
  const heartbeat = setInterval(() => void extend(hub, row, overtaken), HEARTBEAT_MS)
  try {
    delivery = await deliver(hub, row, overtaken.signal)
  } catch (error) {
    delivery = { kind: 'retry', reason: (error as Error).name, at: null }
    // The reason kept is a name, never a message: messages may quote what was sent.
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
  } finally {
    clearInterval(heartbeat)
  }
  if (delivery.kind === 'retry' && row.attempts >= MAX_ATTEMPTS) delivery = { kind: 'dead', reason: delivery.reason }
  await settle(hub, row, delivery)
  return delivery
}

/** A database that does not answer for a moment is no reason to break off: the lease is longer than a beat. */
async function extend(hub: Hub, row: OutboxRow, overtaken: AbortController): Promise<void> {
  const kept = await hub.db
    .run(sql`
      update outbox set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where id = ${row.id} and fence = ${row.fence} and state = 'sending'`)
    .catch(() => null)
  if (kept === 0) overtaken.abort(new Error('Another sender has taken this over.'))
}

/** What a row carries that is only to be looked at. */
export const CHECK = sql`'{"check": true}'::jsonb`

async function settle(hub: Hub, row: OutboxRow, delivery: Delivery): Promise<void> {
  const checkAt = delivery.kind === 'sent' ? (delivery.checkAt ?? null) : null
  const ends = { sent: 'sent', retry: 'due', wait: 'due', unclear: 'unclear', dead: 'dead' }[delivery.kind]
  const state = checkAt === null ? ends : 'due'
  const at = delivery.kind === 'retry' || delivery.kind === 'wait' ? delivery.at : checkAt
  const untaken = delivery.kind === 'retry' && delivery.untaken === true
  const wait = Math.min(BACKOFF_CAP_SECONDS, BACKOFF_SECONDS * 2 ** (row.attempts - 1)) * (0.5 + Math.random() / 2)
  const outcome = delivery.kind === 'sent' ? delivery.outcome : { reason: delivery.reason }
  await hub.db.run(sql`
    update outbox set
      state = ${state}, outcome = ${json(outcome ?? null)}, owner = null, lease_until = null,
      unclear = unclear and not ${untaken}::boolean and ${delivery.kind} in ('retry', 'wait', 'unclear'),
      attempts = case ${delivery.kind} when 'sent' then 0 when 'wait' then attempts - 1 else attempts end,
      due_at = case when ${state} = 'due'
        then greatest(coalesce(${at}::timestamptz, now()),
          now() + make_interval(secs => ${wait}::double precision))
        else due_at end,
      done_at = case when ${delivery.kind} in ('retry', 'wait') then null else now() end,
      payload = case when ${checkAt !== null} then ${CHECK} when ${delivery.kind} = 'sent' and payload = ${CHECK} then null else payload end
    where id = ${row.id} and fence = ${row.fence}`)
}
