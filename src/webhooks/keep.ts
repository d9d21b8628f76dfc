/**
 * Keeping what a tool told us, under its key, before it is acknowledged: the same delivery comes in once.
 *
 * Deliveries that come while others are being kept go in together, in one statement: a flood costs the database as many
 * commits as it can do, not one a delivery. Each is answered only when its own row is committed.
 */
import type { Notice } from '../adapter.ts'
import { json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'

/** Keeps a delivery. False when it is here already. */
export function keep(hub: Hub, hookId: string, notice: Notice, body: Uint8Array): Promise<boolean> {
  return new Promise((kept, failed) => {
    const line = lines.get(hub.db) ?? { waiting: [], busy: false }
    lines.set(hub.db, line)
    line.waiting.push({ hookId, notice, body, kept, failed })
    void serve(hub, line)
  })
}

interface Waiting {
  hookId: string
  notice: Notice
  body: Uint8Array
  kept: (isNew: boolean) => void
  failed: (reason: unknown) => void
}

interface Line {
  waiting: Waiting[]
  busy: boolean
}

const lines = new WeakMap<object, Line>()

/** In one statement: no more deliveries, and no more bytes, than this. */
const TOGETHER = 200
const BYTES = 4 * 1024 * 1024

/** When a hook last told us is known to so much; in a flood its row is not written with every statement. */
const FRESH = sql`interval '1 second'`

async function serve(hub: Hub, line: Line): Promise<void> {
  if (line.busy) return
  line.busy = true
  while (line.waiting.length > 0) {
    const batch = line.waiting.splice(0, fitting(line.waiting))
    try {
      const isNew = await insert(hub, batch)
      for (const [index, { kept }] of batch.entries()) kept(isNew[index] ?? false)
    } catch (reason) {
      // One of them cannot be kept (its hook was taken away meanwhile): the others must not suffer for it.
      if (batch.length === 1) batch[0]?.failed(reason)
      else
        await Promise.all(
          batch.map((one) => insert(hub, [one]).then(([isNew]) => one.kept(isNew ?? false), one.failed))
        )
    }
  }
  line.busy = false
}

function fitting(waiting: readonly Waiting[]): number {
  let bytes = 0
  let count = 0
  for (const { body } of waiting.slice(0, TOGETHER)) {
    bytes += body.length
    if (bytes > BYTES) break
    count++
  }
  return Math.max(1, count)
}

/** For each of them, whether it is new. */
async function insert(hub: Hub, batch: readonly Waiting[]): Promise<boolean[]> {
  const rows = batch.map(({ hookId, notice, body }) => ({
    hook: hookId,
    key: notice.key,
    hints: notice.hints,
    // Some tools repeat our address in what they send, and whoever knows it may knock.
    body: Buffer.from(hub.keyring.seal(Buffer.from(body).toString('latin1'), hookId)).toString('base64')
  }))
  const inserted = await hub.db.rows<{ hook: string; key: string }>(sql`
    with come as materialized (
      select * from jsonb_to_recordset(${json(rows)}) as x(hook text, key text, hints jsonb, body text)
    ), told as (
      update hooks set delivered_at = now(), missed = 0, silent_since = null
      where id in (select hook from come)
        and (delivered_at is null or delivered_at < now() - ${FRESH} or missed > 0 or silent_since is not null)
    )
    insert into inbox (hook_id, key, body, hints)
    select hook, key, decode(body, 'base64'), hints from come
    on conflict (hook_id, key) do nothing
    returning hook_id as hook, key`)
  const left = new Set(inserted.map(({ hook, key }) => `${hook} ${key}`))
  // Of two that are the same the first is the new one.
  return rows.map(({ hook, key }) => left.delete(`${hook} ${key}`))
}
