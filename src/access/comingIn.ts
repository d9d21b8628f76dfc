/** How somebody gets an account: the first owner by the link in the terminal, others by an invitation. */
import { randomBytes } from 'node:crypto'
import { json, sql } from '../db/database.ts'
import { type Hub, once } from '../hub.ts'
import type { Auth } from './auth.ts'
import { hasOwner } from './users.ts'
import type { Role } from './who.ts'

const FIRST = 'first_owner'

/** The word in the one-time link that makes the first owner: the same for all processes until there is one. */
export async function firstOwnerToken(hub: Hub): Promise<string | null> {
  if (await hasOwner(hub.db)) return null
  const sealed = await once(hub.db, FIRST, () =>
    Buffer.from(hub.keyring.seal(randomBytes(24).toString('base64url'), FIRST)).toString('base64')
  )
  return opened(hub, sealed)
}

/**
 * Makes the first owner. `token`: of the link, known to be right; it is taken before anything is made, so that of two who
 * come with it at the same moment one is too late. Null: too late. It is put back when no user could be made.
 */
export async function makeFirstOwner(
  hub: Hub,
  auth: Auth,
  { token, ...newcomer }: Omit<Newcomer, 'role'> & { token: string }
): Promise<string | null> {
  const [kept] = await hub.db.rows<{ value: string }>(sql`select value from settings where key = ${FIRST}`)
  if (!kept || opened(hub, kept.value) !== token) return null
  if ((await hub.db.run(sql`delete from settings where key = ${FIRST} and value = ${json(kept.value)}`)) === 0)
    return null
  try {
    return await makeUser(auth, { ...newcomer, role: 'owner' })
  } catch (error) {
    await hub.db.run(sql`
      insert into settings (key, value) values (${FIRST}, ${json(kept.value)})
      on conflict (key) do update set value = excluded.value`)
    throw error
  }
}

const opened = (hub: Hub, sealed: string): string => hub.keyring.open(Buffer.from(sealed, 'base64'), FIRST)

export interface Newcomer {
  email: string
  name: string
  password: string
  role: Role
}

/**
 * Makes a user whose address is known to be theirs, as they came by a link that was sent there (or, the owner, by the
 * terminal), with a password. Null when there is a user with this address.
 */
export async function makeUser(auth: Auth, { email, name, password, role }: Newcomer): Promise<string | null> {
  const address = email.toLowerCase()
  const { internalAdapter, password: passwords } = await auth.$context
  if (await internalAdapter.findUserByEmail(address)) return null
  const hashed = await passwords.hash(password)
  const user = await internalAdapter.createUser(
    { name, email: address, emailVerified: true, role },
    { method: 'admin' }
  )
  await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hashed })
  return user.id
}
