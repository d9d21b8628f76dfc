/**
 * Who is at the door: a signed-in person by their cookie, a program by its API key, the command line of this machine by
 * the word in the lock file (embedded engine only; only the account that runs the hub can read that file). Role and
 * projects are read anew for each request: what was taken away is gone at once.
 */
import { hash, timingSafeEqual } from 'node:crypto'
import { sql } from '../db/database.ts'
import { lockWord } from '../db/lock.ts'
import type { Hub } from '../hub.ts'
import type { Auth } from './auth.ts'
import { userOf } from './users.ts'
import { COMMAND_LINE, projectsSeenBy, type Who } from './who.ts'

export interface Doorkeeper {
  /** Null: nobody we know. `headers`: cookie and authorization are looked at. */
  whoIs(headers: Headers): Promise<Who | null>
}

/** What a key may do beyond reading. */
export const SCOPES = ['read', 'change'] as const
export type Scope = (typeof SCOPES)[number]
/** Where better-auth keeps them: `{hub: ['read', 'change']}`. */
export const SCOPE_RESOURCE = 'hub'

export function doorkeeper(hub: Hub, auth: Auth): Doorkeeper {
  return {
    async whoIs(headers) {
      const bearer = /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
      if (bearer !== undefined) return byWord(hub, bearer) ?? byKey(hub, auth, bearer)
      // An authorization we cannot read must not fall back to a cookie that came along.
      if (headers.has('authorization')) return null
      if (!headers.has('cookie')) return null
      const session = await auth.api.getSession({ headers })
      return session ? ofUser(hub, session.user.id, 'web', false) : unknown(hub)
    }
  }
}

function byWord(hub: Hub, bearer: string): Who | null {
  const word = hub.db.engine === 'pglite' ? lockWord(hub.config.DATA_DIR) : null
  return word !== null && timingSafeEqual(digest(word), digest(bearer)) ? COMMAND_LINE : null
}

async function byKey(hub: Hub, auth: Auth, bearer: string): Promise<Who | null> {
  const { valid, key } = await auth.api.verifyApiKey({ body: { key: bearer } })
  if (!valid || !key) return unknown(hub)
  const scopes = (key.permissions as Record<string, string[]> | null)?.[SCOPE_RESOURCE] ?? []
  return scopes.length === 0 ? null : ofUser(hub, key.referenceId, 'key', !scopes.includes('change'))
}

async function ofUser(hub: Hub, id: string, via: 'web' | 'key', readsOnly: boolean): Promise<Who | null> {
  const user = await userOf(hub.db, id)
  if (!user) return null
  const { name, email, role } = user
  return { id, name, email, via, role, readsOnly, projects: await projectsSeenBy(hub.db, user) }
}

/** better-auth takes a database that does not answer for a key or session that is not there: such a fault is thrown. */
async function unknown(hub: Hub): Promise<null> {
  await hub.db.run(sql`select 1`)
  return null
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')
