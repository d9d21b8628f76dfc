import { z } from 'zod'
import { sql } from '../../db/database.ts'
import { operation } from '../operation.ts'

const Change = z
  .object({
    id: z.number(),
    at: z.string(),
    who: z.string(),
    via: z.enum(['web', 'key', 'command line']),
    operation: z.string(),
    subject: z.string().nullable(),
    input: z.unknown().describe('What was asked for, without secrets'),
    before: z.unknown(),
    after: z.unknown()
  })
  .meta({ id: 'Change' })

export const changes = operation({
  id: 'changes',
  right: 'tend',
  method: 'GET',
  path: '/changes',
  tag: 'Access',
  summary: 'The log of changes: who, what, before, after; the newest first',
  input: z.object({
    who: z.string().optional().describe('What they were called'),
    operation: z.string().optional(),
    subject: z.string().optional(),
    before: z.coerce.number().int().optional().describe('Only changes before this id, for the next page'),
    limit: z.coerce.number().int().min(1).max(500).default(100)
  }),
  output: z.object({ changes: z.array(Change) }),
  async run({ hub }, { who, operation: id, subject, before, limit }) {
    return {
      changes: await hub.db.rows<z.infer<typeof Change>>(sql`
        select id, at, who, via, operation, subject, input, before, after from audit
        where (${who ?? null}::text is null or who = ${who ?? null}) and (${id ?? null}::text is null or operation = ${id ?? null})
          and (${subject ?? null}::text is null or subject = ${subject ?? null}) and (${before ?? null}::bigint is null or id < ${before ?? null}::bigint)
        order by id desc limit ${limit}`)
    }
  }
})
