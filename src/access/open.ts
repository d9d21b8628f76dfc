/** Everything about who may come in, opened once for a process that serves. */
import { randomBytes } from 'node:crypto'
import { json, sql } from '../db/database.ts'
import { type Hub, once } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { type Auth, openAuth } from './auth.ts'
import { type Doorkeeper, doorkeeper } from './doorkeeper.ts'

export interface Access {
  auth: Auth
  doorkeeper: Doorkeeper
}

/** `jobs`: woken when a mail is to leave. */
export async function openAccess(hub: Hub, jobs: Jobs | null): Promise<Access> {
  const auth = await openAuth(hub, { jobs, secret: await cookieSecret(hub) })
  return { auth, doorkeeper: doorkeeper(hub, auth) }
}

/** The secret that cookies are signed with; sealed anew at each start, so that it follows a replaced key. */
async function cookieSecret(hub: Hub): Promise<string> {
  const KEY = 'cookie_secret'
  const seal = (secret: string) => Buffer.from(hub.keyring.seal(secret, KEY)).toString('base64')
  const sealed = await once(hub.db, KEY, () => seal(randomBytes(32).toString('base64url')))
  const secret = hub.keyring.open(Buffer.from(sealed, 'base64'), KEY)
  await hub.db.run(sql`update settings set value = ${json(seal(secret))} where key = ${KEY}`)
  return secret
}
