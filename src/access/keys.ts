/** API keys: whose they are, what they may do, until when. The key itself is shown once; its hash is kept. */
import { randomBytes, randomUUID } from 'node:crypto'
import { defaultKeyHasher } from '@better-auth/api-key'
import { json, type Queryable, sql } from '../db/database.ts'
import { SCOPE_RESOURCE, type Scope } from './doorkeeper.ts'

export interface ApiKey {
  id: string
  name: string
  /** Its first letters, to tell it by. */
  start: string
  /** Of the user it acts for. */
  user: string
  owner: string
  scopes: Scope[]
  createdAt: string
  usedAt: string | null
  expiresAt: string | null
}

/** `user`: only theirs; everybody's when null. */
export const listKeys = (db: Queryable, user: string | null): Promise<ApiKey[]> =>
  db.rows<ApiKey>(sql`
    select k.id, coalesce(k.name, '') as name, coalesce(k.start, '') as start, u.id as user, u.name as owner,
      coalesce(k.permissions::jsonb -> ${SCOPE_RESOURCE}, '[]') as scopes,
      k.created_at as "createdAt", k.last_request as "usedAt", k.expires_at as "expiresAt"
    from api_keys k join users u on u.id = k.reference_id
    where ${user}::text is null or k.reference_id = ${user} order by k.created_at desc, k.id`)

const SHOWN = 8

/** `days`: how long it is good; for ever when null. */
export async function makeKey(
  db: Queryable,
  { user, name, scopes, days }: { user: string; name: string; scopes: readonly Scope[]; days: number | null }
): Promise<{ id: string; key: string }> {
  const key = `tl_${randomBytes(32).toString('base64url')}`
  const id = randomUUID()
  await db.run(sql`
    insert into api_keys (id, name, prefix, start, key, reference_id, enabled, rate_limit_enabled, permissions, expires_at)
    values (${id}, ${name}, 'tl_', ${key.slice(0, SHOWN)}, ${await defaultKeyHasher(key)}, ${user}, true, false,
      ${json({ [SCOPE_RESOURCE]: scopes })}::text, now() + make_interval(days => ${days}::int))`)
  return { id, key }
}
