/** Connecting an account, seeing what it offers, choosing what is read. */
import { randomBytes } from 'node:crypto'
import { adapterOf } from '../../adapters/index.ts'
import type { AccountFacts } from '../adapter.ts'
import { bytesParam, ids, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { hubId, type ProjectFacts, type Tool } from '../model/task.ts'
import { type Connection, connectionOf } from './connections.ts'
import { openSession, trySession } from './session.ts'

/** An account, just connected. */
export interface Connected {
  connection: Connection
  account: AccountFacts
  /** How many projects it sees. */
  projects: number
}

/**
 * Proves the credentials, stores them encrypted and lists what can be chosen. Connecting the same account again renews
 * its credentials and un-parks it.
 */
export async function connect(
  hub: Hub,
  input: { tool: Tool; credentials: unknown; baseUrl?: string | null | undefined }
): Promise<Connected> {
  const adapter = adapterOf(input.tool)
  const credentials = adapter.credentials.parse(input.credentials)
  const baseUrl = input.baseUrl ?? null
  const session = trySession(hub, input.tool, credentials, baseUrl)
  const account = await session.whoAmI()
  const expiresAt = adapter.oauth?.expiresAt(credentials) ?? account.expiresAt
  const former = await hub.db.rows<{ id: string }>(sql`
    select id from connections
    where tool = ${input.tool} and account = ${account.externalId} and base_url is not distinct from ${baseUrl}`)
  const id = former[0]?.id ?? `${input.tool}-${randomBytes(5).toString('hex')}`
  await hub.db.run(sql`
    insert into connections (id, tool, account, account_name, account_username, credentials, base_url, expires_at)
    values (${id}, ${input.tool}, ${account.externalId}, ${account.name}, ${account.username},
      ${bytesParam(hub.keyring.seal(JSON.stringify(credentials), id))}, ${baseUrl}, ${expiresAt}::timestamptz)
    on conflict (id) do update set
      account_name = excluded.account_name, account_username = excluded.account_username,
      credentials = excluded.credentials, expires_at = excluded.expires_at,
      credentials_version = connections.credentials_version + 1, renewing_until = null,
      state = 'active', state_reason = null, state_since = now()`)
  const projects = await refreshProjects(hub, id)
  return { connection: await connectionOf(hub, id), account, projects }
}

/** Asks the tool again which projects the account sees. Returns how many. */
export async function refreshProjects(hub: Hub, connectionId: string): Promise<number> {
  const { session, connection } = await openSession(hub, connectionId, 0)
  const seen: ProjectFacts[] = []
  for await (const project of session.projects()) seen.push(project)
  const rows = seen.map((project) => ({ ...project, id: hubId(connection.tool, project.externalId) }))
  await hub.db.transaction(async (tx) => {
    await tx.run(sql`
      insert into projects (id, tool, name, url, archived, audience, members)
      select id, ${connection.tool}, name, url, archived, audience, members
      from jsonb_to_recordset(${json(rows)}) as x(id text, name text, url text, archived boolean, audience text, members text[])
      on conflict (id) do update set
        name = excluded.name, url = excluded.url, archived = excluded.archived, audience = excluded.audience,
        members = coalesce(excluded.members, projects.members)`)
    await tx.run(sql`
      insert into connection_projects (connection_id, project_id)
      select ${connectionId}, unnest(${ids(rows.map((row) => row.id))})
      on conflict (connection_id, project_id) do update set seen_at = now(), lost_at = null`)
    await tx.run(sql`
      delete from connection_projects
      where connection_id = ${connectionId} and project_id <> all(${ids(rows.map((row) => row.id))})`)
  })
  return rows.length
}
