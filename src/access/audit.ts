/** The log of every change: who, what, before, after. Append-only; secrets never get here. */
import { json, type Queryable, sql } from '../db/database.ts'
import type { Who } from './who.ts'

export interface Change {
  operation: string
  /** What was changed, as `kind id`. */
  subject: string | null
  input: unknown
  before: unknown
  after: unknown
}

export async function keepChange(db: Queryable, who: Pick<Who, 'id' | 'name' | 'via'>, change: Change): Promise<void> {
  const { operation, subject, input, before, after } = change
  await db.run(sql`
    insert into audit (user_id, who, via, operation, subject, input, before, after)
    values (${who.id}, ${who.name}, ${who.via}, ${operation}, ${subject}, ${json(withoutSecrets(input))}, ${json(before ?? null)},
      ${json(after ?? null)})`)
}

/** Names under which something secret may come in, wherever they stand. */
const SECRET = /password|token|secret|credential|key$/i

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? '[hidden]' : withoutSecrets(inner)])
  )
}
