/** An account opened for work: its adapter, its budgets, its credentials – renewed while it is open, if need be. */
import { adapterOf } from '../../adapters/index.ts'
import type { ProjectOptions, Session } from '../adapter.ts'
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, type Tool } from '../model/task.ts'
import type { Urgency } from '../transport/budget.ts'
import { type CredentialSource, createHost } from '../transport/governedFetch.ts'
import { type Connection, connectionOf } from './connections.ts'
import { credentialsOf, type Held, renewed } from './renewal.ts'

export interface OpenSession {
  session: Session
  connection: Connection
  /** Requests sent through this session so far. */
  requests: () => number
}

/** Why nothing is asked with an account that nobody refused. */
export const PAUSED = 'paused'

/** The connection may not be used: the tool refused the account and nobody has reconnected it yet, or it is paused (`PAUSED`). */
export class ConnectionParked extends Error {
  override readonly name = 'ConnectionParked'
}

/** Before credentials end they are renewed: no run should meet its end half-way through a page. */
const RENEW_BEFORE_MS = 120_000

/** Opens a connection for work. Throws `ConnectionParked` when the tool has refused it, or somebody paused it. */
export async function openSession(
  hub: Hub,
  connectionId: string,
  urgency: Urgency,
  signal?: AbortSignal
): Promise<OpenSession> {
  const [connection, stored, options] = await Promise.all([
    connectionOf(hub, connectionId),
    credentialsOf(hub, connectionId),
    optionsOf(hub, connectionId)
  ])
  if (connection.state !== 'active')
    throw new ConnectionParked(connection.state === 'paused' ? PAUSED : (connection.stateReason ?? ''))
  const held = await fresh(hub, connectionId, stored)
  const adapter = adapterOf(connection.tool)
  let sent = 0
  const source: CredentialSource = {
    current: () => held.credentials,
    ...(adapter.oauth?.refreshToken(held.credentials) == null
      ? {}
      : {
          async renew(refused) {
            // Another request of this session may have renewed them meanwhile.
            if (refused === held.credentials) Object.assign(held, await renewed(hub, connectionId, held.version))
            return refused !== held.credentials
          }
        })
  }
  const session = openAt(hub, connection.tool, source, held.baseUrl, options, {
    urgency,
    signal,
    onRequest: () => {
      sent++
    }
  })
  return { session, connection, requests: () => sent }
}

/** Credentials that are in no connection yet, to see whether the tool takes them. */
export const trySession = (hub: Hub, tool: Tool, credentials: unknown, baseUrl: string | null): Session =>
  openAt(hub, tool, { current: () => credentials }, baseUrl, {}, { urgency: 0 })

function openAt(
  hub: Hub,
  tool: Tool,
  credentials: CredentialSource,
  baseUrl: string | null,
  options: ProjectOptions,
  asking: { urgency: Urgency; signal?: AbortSignal | undefined; onRequest?: () => void }
): Session {
  const adapter = adapterOf(tool)
  const { instance, meters } = hub
  const host = createHost({ adapter, credentials, baseUrl, instance, meters, ...asking })
  return adapter.open(credentials.current(), host, options)
}

async function fresh(hub: Hub, connectionId: string, held: Held): Promise<Held> {
  const { oauth } = adapterOf(held.tool)
  const ends = oauth?.expiresAt(held.credentials)
  const renewable = oauth?.refreshToken(held.credentials) != null
  if (!ends || !renewable || Date.parse(ends) - Date.now() > RENEW_BEFORE_MS) return held
  return renewed(hub, connectionId, held.version)
}

/** What people chose for the projects this connection sees. */
async function optionsOf(hub: Hub, connectionId: string): Promise<ProjectOptions> {
  const rows = await hub.db.rows<{ id: string; options: Record<string, string> }>(sql`
    select p.id, p.options from projects p join connection_projects cp on cp.project_id = p.id
    where cp.connection_id = ${connectionId} and p.options <> '{}'::jsonb`)
  return Object.fromEntries(rows.map(({ id, options }) => [externalId(id), options]))
}
