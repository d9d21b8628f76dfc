/** Users and keys, made without going through the door. */
import { defaultKeyHasher } from '@better-auth/api-key'
import type { Role } from '../../src/access/who.ts'
import { openPostgres, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'

/** A user with this role, and a key of theirs that may change things. Made once, however often it is asked for. */
export async function userWithKey(
  hub: Pick<Hub, 'db'>,
  role: Role,
  key: string,
  name = 'Ana Ribeiro'
): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@larkfield.example`
  const hashed = await defaultKeyHasher(key)
  await hub.db.run(sql`
    insert into users (id, name, email, email_verified, role) values (${`user-${email}`}, ${name}, ${email}, true, ${role})
    on conflict do nothing`)
  await hub.db.run(sql`
    insert into api_keys (id, name, start, key, reference_id, enabled, permissions)
    values (${`key-${email}`}, 'test', ${key.slice(0, 6)}, ${hashed}, ${`user-${email}`}, true, '{"hub":["read","change"]}')
    on conflict do nothing`)
  return `user-${email}`
}

export const ownerWithKey = (hub: Pick<Hub, 'db'>, key: string): Promise<string> => userWithKey(hub, 'owner', key)

/** What a program sends along to a hub that runs elsewhere: a key of its owner's, made in its database. */
export async function keyFor(databaseUrl: string): Promise<Record<string, string>> {
  const key = 'tl_a-key-of-this-test-0123456789'
  const db = await openPostgres(databaseUrl, { max: 1 })
  await ownerWithKey({ db }, key)
  await db.close()
  return { authorization: `Bearer ${key}` }
}
