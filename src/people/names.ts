/** What people are called where the hub speaks of them: by the person's name, not by each account's. */
import { type SQL, sql } from '../db/database.ts'

/**
 * The names behind an array of identity ids, each once, in alphabetical order, as a jsonb array. Accounts that nobody has
 * told us of yet: left out, or shown by their ids.
 */
export const namesOf = (identities: SQL, unknown: 'left out' | 'by id' = 'left out'): SQL => sql`
  (select coalesce(jsonb_agg(name order by lower(name), name), '[]') from (
    select distinct coalesce(person.name, account.name, one.id) as name
    from unnest(${identities}) as one(id)
    left join identities account on account.id = one.id
    left join people person on person.id = account.person_id
    ${unknown === 'by id' ? sql`` : sql`where account.id is not null`}
  ) called)`
