import { z } from 'zod'
import { SCOPES } from '../../access/doorkeeper.ts'
import { listKeys, makeKey } from '../../access/keys.ts'
import { may, type Who } from '../../access/who.ts'
import { sql } from '../../db/database.ts'
import { operation, Refusal } from '../operation.ts'

const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().describe('Its first letters, to tell it by'),
    user: z.string(),
    owner: z.string().describe('What its user is called'),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.string(),
    usedAt: z.string().nullable(),
    expiresAt: z.string().nullable()
  })
  .meta({ id: 'ApiKey' })

/** Their own; the owner of the hub sees and removes everybody's. */
const whose = (who: Who): string | null => (may(who, 'own') ? null : who.id)

export const keys = operation({
  id: 'keys',
  right: 'see',
  method: 'GET',
  path: '/keys',
  tag: 'Access',
  summary: 'My API keys; the owner sees everybody’s',
  input: z.object({}),
  output: z.object({ keys: z.array(ApiKey) }),
  run: async ({ hub, who }) => ({ keys: await listKeys(hub.db, whose(who)) })
})

export const addKey = operation({
  id: 'addKey',
  right: 'see',
  method: 'POST',
  path: '/keys',
  tag: 'Access',
  summary: 'Make an API key that acts for me, with no more rights than I have; it is shown this once',
  input: z.object({
    name: z.string().trim().min(1).max(100).describe('What it is for'),
    change: z.boolean().default(false).describe('Whether it may change things, or only read'),
    days: z.int().min(1).max(3650).nullable().default(365).describe('How long it is good; null: for ever')
  }),
  output: z.object({ id: z.string(), key: z.string() }),
  changes: { subject: (_input, answer) => `key ${answer?.id ?? ''}` },
  async run({ hub, who }, { name, change, days }) {
    if (who.id === null || who.via === 'key')
      throw new Refusal(403, 'not_allowed', 'Keys are made by people: sign in and make it in Settings.')
    return makeKey(hub.db, { user: who.id, name, scopes: change ? ['read', 'change'] : ['read'], days })
  }
})

export const removeKey = operation({
  id: 'removeKey',
  right: 'see',
  method: 'DELETE',
  path: '/keys/:id',
  tag: 'Access',
  summary: 'Take a key away; it no longer lets anybody in',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: { subject: ({ id }) => `key ${id}` },
  async run({ hub, who }, { id }) {
    const user = whose(who)
    const removed = await hub.db.run(
      sql`delete from api_keys where id = ${id} and (${user}::text is null or reference_id = ${user})`
    )
    if (removed === 0) throw new Refusal(404, 'no_key', 'There is no such key of yours, or no longer.')
    return { removed: true }
  }
})
