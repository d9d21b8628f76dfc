/** Accounts in tools, as they are kept. */
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'

export interface Connection {
  id: string
  tool: Tool
  account: string
  accountName: string
  accountUsername: string | null
  state: 'active' | 'parked'
  stateReason: string | null
  stateSince: string
  /** Counts up with each renewal of its credentials. */
  version: number
}

/** No further calls with this account until someone reconnects it. */
export async function park(hub: Hub, connectionId: string, reason: string): Promise<void> {
  await hub.db.run(sql`
    update connections set state = 'parked', state_reason = ${reason}, state_since = now()
    where id = ${connectionId} and state <> 'parked'`)
}

export async function connectionOf(hub: Hub, id: string): Promise<Connection> {
  const [connection] = (await listConnections(hub)).filter((one) => one.id === id)
  if (!connection) throw new Error(`There is no connection ${id}.`)
  return connection
}

export const listConnections = (hub: Hub): Promise<Connection[]> =>
  hub.db.rows<Connection>(sql`
    select id, tool, account, account_name as "accountName", account_username as "accountUsername", state,
      state_reason as "stateReason", state_since as "stateSince", credentials_version as version
    from connections order by created_at, id`)
