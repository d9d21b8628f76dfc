import type { Who } from '../../access/who.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'

/** The zone somebody reads in: their own, else the hub's. */
export async function readerZone(hub: Hub, who: Who): Promise<string> {
  const [user] = await hub.db.rows<{ zone: string | null }>(
    sql`select time_zone as zone from users where id = ${who.id}`
  )
  return user?.zone ?? hub.zone
}
