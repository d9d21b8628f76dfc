/**
 * Renewing an account's credentials: one refresh at a time per connection, however many workers ask. Whoever gets the
 * lease asks the tool; the others wait until the version has moved on and take what is there.
 *
 * Limit: a process that dies between the tool's answer and our storing it loses a rotating token for good; the tool then
 * refuses the former one and the account has to be connected again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { adapterOf } from '../../adapters/index.ts'
import { AdapterError } from '../adapter.ts'
import { bytesParam, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'
import { appOf, refreshGrant } from './grants.ts'

/** Credentials as they are stored, and which issue of them. */
export interface Held {
  tool: Tool
  credentials: unknown
  version: number
  baseUrl: string | null
}

const LEASE_SECONDS = 45
const LOOK_AGAIN_MS = 100

export async function credentialsOf(hub: Hub, connectionId: string): Promise<Held> {
  const [row] = await hub.db.rows<{ tool: Tool; credentials: Uint8Array; version: number; baseUrl: string | null }>(sql`
    select tool, credentials, credentials_version as version, base_url as "baseUrl"
    from connections where id = ${connectionId}`)
  if (!row) throw new Error(`There is no connection ${connectionId}.`)
  return { ...row, credentials: JSON.parse(hub.keyring.open(row.credentials, connectionId)) as unknown }
}

/**
 * Newer credentials than those of `version`. Throws `AdapterError`: `auth_revoked` when the tool does not renew them,
 * `provider_down` when it cannot be asked.
 */
export async function renewed(hub: Hub, connectionId: string, version: number): Promise<Held> {
  for (;;) {
    const held = await credentialsOf(hub, connectionId)
    if (held.version > version) return held
    const mine = await hub.db.run(sql`
      update connections set renewing_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where id = ${connectionId} and credentials_version = ${version}
        and (renewing_until is null or renewing_until < now())`)
    if (mine === 1) return refresh(hub, connectionId, held)
    await sleep(LOOK_AGAIN_MS)
  }
}

async function refresh(hub: Hub, connectionId: string, held: Held): Promise<Held> {
  try {
    const { oauth } = adapterOf(held.tool)
    const app = appOf(hub, held.tool)
    const refreshToken = oauth?.refreshToken(held.credentials)
    if (!oauth || !app || refreshToken == null) throw new AdapterError('auth_revoked', { code: 'not_renewable' })
    const answer = await refreshGrant(oauth, app, refreshToken, held.baseUrl)
    const credentials = oauth.credentials(answer, app, held.credentials)
    const sealed = bytesParam(hub.keyring.seal(JSON.stringify(credentials), connectionId))
    await hub.db.run(sql`
      update connections set credentials = ${sealed}, credentials_version = credentials_version + 1,
        expires_at = ${oauth.expiresAt(credentials)}::timestamptz, renewing_until = null
      where id = ${connectionId} and credentials_version = ${held.version}`)
    return await credentialsOf(hub, connectionId)
  } catch (error) {
    await hub.db.run(sql`
      update connections set renewing_until = null
      where id = ${connectionId} and credentials_version = ${held.version}`)
    throw error
  }
}
