import { z } from 'zod'
import { ROLES, seen, type Who } from '../../access/who.ts'
import { LANGUAGES } from '../../alerts/words/index.ts'
import { type Queryable, sql } from '../../db/database.ts'
import { Tool } from '../../model/task.ts'
import { Calendar } from '../../rules/calendar.ts'
import { operation, Refusal } from '../operation.ts'

const Me = z
  .object({
    id: z.string().nullable().describe('Null for the command line'),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(ROLES),
    timeZone: z.string().nullable().describe('IANA; null: the browser’s'),
    language: z.string(),
    openFindings: z.number().describe('On projects they see'),
    sees: z.enum(['all', 'given', 'nothing']).describe('Every project of the hub, those they were given, or none yet'),
    freshness: z.object({
      state: z.enum(['fresh', 'behind', 'none']),
      behind: z.array(z.object({ tool: Tool, minutes: z.number().describe('Since the oldest board of it was read') }))
    })
  })
  .meta({ id: 'Me' })

export const me = operation({
  id: 'me',
  right: 'see',
  method: 'GET',
  path: '/me',
  tag: 'Access',
  summary: 'Who I am here, and how fresh what I see is',
  input: z.object({}),
  output: Me,
  async run({ hub, who }) {
    const [user] = await hub.db.rows<{ timeZone: string | null; language: string }>(
      sql`select time_zone as "timeZone", language from users where id = ${who.id}`
    )
    const [count] = await hub.db.rows<{ n: number }>(sql`
      select count(*)::int as n from findings f where f.closed_at is null and ${seen(who, sql`f.project_id`)}`)
    const { id, name, email, role } = who
    return {
      id,
      name,
      email,
      role,
      timeZone: user?.timeZone ?? null,
      language: user?.language ?? 'en',
      openFindings: count?.n ?? 0,
      sees: sightOf(who),
      freshness: await freshnessFor(hub.db, who)
    }
  }
})

const sightOf = ({ projects }: Who): z.infer<typeof Me>['sees'] =>
  projects === null ? 'all' : projects.length > 0 ? 'given' : 'nothing'

/** A board is behind when its look is overdue, or cannot be had. */
async function freshnessFor(db: Queryable, who: Who): Promise<z.infer<typeof Me>['freshness']> {
  const rows = await db.rows<{ tool: Tool; minutes: number | null }>(sql`
    select p.tool, max(floor(extract(epoch from now() - p.looked_at) / 60))
        filter (where s.next_look_at < now() - interval '5 minutes' or c.state <> 'active' or s.id is null)::int as minutes
    from projects p left join scopes s on p.id = any(s.projects) left join connections c on c.id = s.connection_id
    where p.chosen and p.looked_at is not null and ${seen(who, sql`p.id`)}
    group by p.tool order by p.tool`)
  const behind = rows.flatMap(({ tool, minutes }) => (minutes === null ? [] : [{ tool, minutes }]))
  return { state: rows.length === 0 ? 'none' : behind.length > 0 ? 'behind' : 'fresh', behind }
}

export const setMe = operation({
  id: 'setMe',
  right: 'see',
  method: 'PUT',
  path: '/me',
  tag: 'Access',
  summary: 'Say what I am called, where my day begins and which language I read',
  input: z.object({
    name: z.string().trim().min(1).max(100).optional(),
    timeZone: Calendar.shape.zone.nullable().optional(),
    language: z.enum(LANGUAGES).optional()
  }),
  output: z.object({ name: z.string(), timeZone: z.string().nullable(), language: z.string() }),
  changes: { subject: (_input, _answer) => null },
  async run({ hub, who }, { name, timeZone, language }) {
    const [row] = await hub.db.rows<{ name: string; timeZone: string | null; language: string }>(sql`
      update users set name = coalesce(${name ?? null}, name), language = coalesce(${language ?? null}, language),
        time_zone = case when ${timeZone === undefined} then time_zone else ${timeZone ?? null} end, updated_at = now()
      where id = ${who.id} returning name, time_zone as "timeZone", language`)
    if (!row) throw new Refusal(404, 'no_user', 'The command line is nobody in particular; sign in to say who you are.')
    return row
  }
})
