/** People with an account here: how they come to be, and what follows from it. */
import { randomBytes } from 'node:crypto'
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Role } from './who.ts'

export interface User {
  id: string
  name: string
  email: string
  role: Role
  personId: string | null
  timeZone: string | null
  language: string
  createdAt: string
}

const COLUMNS = sql`id, name, email, role, person_id as "personId", time_zone as "timeZone", language, created_at as "createdAt"`

export const listUsers = (db: Queryable): Promise<User[]> =>
  db.rows<User>(sql`select ${COLUMNS} from users order by lower(name), id`)

export async function userOf(db: Queryable, id: string): Promise<User | null> {
  const [user] = await db.rows<User>(sql`select ${COLUMNS} from users where id = ${id}`)
  return user ?? null
}

export async function hasOwner(db: Queryable): Promise<boolean> {
  const rows = await db.rows(sql`select 1 from users where role = 'owner' limit 1`)
  return rows.length > 0
}

/** Who a new user is among the people the tools tell of, and what their invitation gave them. */
export async function settleIn(db: Queryable, id: string): Promise<void> {
  const user = await userOf(db, id)
  if (!user) return
  await recognise(db, user)
  await db.run(sql`
    insert into team_members (team_id, user_id)
    select t.id, ${id} from invitations i join teams t on t.id = any(i.teams) where i.email = ${user.email}
    on conflict do nothing`)
  await db.run(sql`delete from invitations where email = ${user.email}`)
}

/** By mail address: the person of that address, who is made where a tool's account carries it. */
async function recognise(db: Queryable, { id, name, email, language }: User): Promise<void> {
  await db.run(sql`
    insert into people (id, name, email, time_zone, language)
    select ${`person-${randomBytes(5).toString('hex')}`}, ${name}, ${email}, (select zone from calendars where id = 'default'), ${language}
    on conflict (email) do nothing`)
  await db.run(sql`
    update identities i set person_id = p.id, person_source = 'mail'
    from people p where p.email = ${email} and i.email = ${email} and i.person_source is null`)
  await db.run(sql`update users set person_id = (select id from people where email = ${email}) where id = ${id}`)
}

/** Everything that lets this user in ends now; the account stays. */
export const signOutEverywhere = (db: Queryable, id: string): Promise<number> =>
  db.run(sql`delete from sessions where user_id = ${id}`)

/** Which teams and single projects these users were given. */
export const givenTo = (
  db: Queryable,
  users: readonly string[]
): Promise<{ user: string; teams: string[]; projects: string[] }[]> =>
  db.rows(sql`
    select u.id as user,
      (select coalesce(jsonb_agg(team_id order by team_id), '[]') from team_members where user_id = u.id) as teams,
      (select coalesce(jsonb_agg(project_id order by project_id), '[]') from user_projects where user_id = u.id) as projects
    from users u where u.id = any(${ids(users)})`)
