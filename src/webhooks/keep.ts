/** Keeping what a tool told us, under its key, before it is acknowledged: the same delivery comes in once. */
import type { Notice } from '../adapter.ts'
import { bytesParam, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'

/** Keeps a delivery. False when it is here already. */
export async function keep(hub: Hub, hookId: string, notice: Notice, body: Uint8Array): Promise<boolean> {
  const kept = await hub.db.run(sql`
    with told as (update hooks set delivered_at = now(), missed = 0, silent_since = null where id = ${hookId})
    insert into inbox (hook_id, key, body, hints)
    values (${hookId}, ${notice.key}, ${bytesParam(body)}, ${json(notice.hints)})
    on conflict (hook_id, key) do nothing`)
  return kept > 0
}
