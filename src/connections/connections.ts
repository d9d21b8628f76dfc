/** Accounts in tools, as they are kept. */
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'

/** Only `active` ones are asked anything. */
export const CONNECTION_STATES = ['active', 'parked', 'paused'] as const
export type ConnectionState = (typeof CONNECTION_STATES)[number]

export interface Connection {
  id: string
  tool: Tool
  account: string
  accountName: string
  accountUsername: string | null
  /** parked: the tool refuses it; paused: somebody said so. */
  state: ConnectionState
  stateReason: string | null
  stateSince: string
  /** Counts up with each renewal of its credentials. */
  version: number
}

/** An id that is no connection's, or no longer. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
  constructor(id: string) {
    super(`There is no connection ${id}.`)
  }
}

/** No further calls with this account until someone reconnects it. */
export async function park(hub: Hub, connectionId: string, reason: string): Promise<void> {
  await hub.db.run(sql`
    update connections set state = 'parked', state_reason = ${reason}, state_since = now()
    where id = ${connectionId} and state = 'active'`)
}

/** No further calls until somebody says so again. One the tool has refused stays what it is. False when nothing changed. */
export async function pause(hub: Hub, connectionId: string, paused: boolean): Promise<boolean> {
  const [from, to] = paused ? ['active', 'paused'] : ['paused', 'active']
  const changed = await hub.db.run(sql`
    update connections set state = ${to}, state_reason = null, state_since = now()
    where id = ${connectionId} and state = ${from}`)
  return changed > 0
}

export async function connectionOf(hub: Hub, id: string): Promise<Connection> {
  const [connection] = (await listConnections(hub)).filter((one) => one.id === id)
  if (!connection) throw new NoConnection(id)
  return connection
}

export const listConnections = (hub: Hub): Promise<Connection[]> =>
  hub.db.rows<Connection>(sql`
    select id, tool, account, account_name as "accountName", account_username as "accountUsername", state,
      state_reason as "stateReason", state_since as "stateSince", credentials_version as version
    from connections order by created_at, id`)
