/**
 * The same person across tools. Two accounts with one mail address are one person; for the rest a person's word counts,
 * and it outweighs the address: accounts that were told apart stay apart.
 */
import { ids, type Queryable, sql } from '../db/database.ts'

/** Makes people of accounts that tell a mail address, and joins those that share one. */
export async function recognise(db: Queryable, identities: string[]): Promise<void> {
  if (identities.length === 0) return
  await db.run(sql`
    insert into people (id, name, email, time_zone, language)
    select distinct on (i.email) 'person-' || substr(md5(i.email), 1, 10), i.name, i.email,
      coalesce((select zone from calendars where id = 'default'), 'UTC'), 'en'
    from identities i
    where i.id = any(${ids(identities)}) and i.email is not null and i.person_id is null and i.person_source is null
      and not exists (select 1 from people p where lower(p.email) = i.email)
    order by i.email, i.id
    on conflict do nothing`)
  await db.run(sql`
    update identities i set person_id = p.id, person_source = 'mail'
    from people p
    where lower(p.email) = i.email and i.id = any(${ids(identities)}) and i.person_id is null and i.person_source is null`)
}

/** Everything that is not yet told apart, with the person of this address: after one was added by hand. */
export const recogniseAddress = (db: Queryable, email: string): Promise<number> =>
  db.run(sql`
    update identities i set person_id = p.id, person_source = 'mail'
    from people p
    where lower(p.email) = lower(${email}) and i.email = lower(${email}) and i.person_id is null and i.person_source is null`)

/** Somebody says whose account this is. Null: nobody's we know, whatever its address says. */
export const sayWhose = (db: Queryable, identity: string, person: string | null): Promise<number> =>
  db.run(sql`update identities set person_id = ${person}, person_source = 'word' where id = ${identity}`)
