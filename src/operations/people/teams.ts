import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { ids, json, type Queryable, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { followUp } from '../../jobs/line.ts'
import { Calendar as WorkingTime } from '../../rules/calendar.ts'
import { operation, Refusal } from '../operation.ts'

const Team = z
  .object({
    id: z.string(),
    name: z.string(),
    calendar: z.string().describe('Id of its calendar'),
    projects: z.array(z.string()),
    members: z.array(z.string()).describe('Ids of users')
  })
  .meta({ id: 'Team' })
type Team = z.infer<typeof Team>

const listTeams = (db: Queryable, id: string | null = null): Promise<Team[]> =>
  db.rows<Team>(sql`
    select t.id, t.name, t.calendar_id as calendar,
      (select coalesce(jsonb_agg(project_id order by project_id), '[]') from team_projects where team_id = t.id) as projects,
      (select coalesce(jsonb_agg(user_id order by user_id), '[]') from team_members where team_id = t.id) as members
    from teams t where ${id}::text is null or t.id = ${id} order by lower(t.name), t.id`)

export const teams = operation({
  id: 'teams',
  right: 'tend',
  method: 'GET',
  path: '/teams',
  tag: 'Access',
  summary: 'Teams: a calendar, projects, and who sees them',
  input: z.object({}),
  output: z.object({ teams: z.array(Team) }),
  run: async ({ hub }) => ({ teams: await listTeams(hub.db) })
})

const theTeam = {
  subject: ({ id }: { id?: string | undefined }, answer: Team | null) => `team ${id ?? answer?.id ?? ''}`,
  state: async ({ db }: Hub, { id }: { id?: string | undefined }) =>
    id === undefined ? null : ((await listTeams(db, id))[0] ?? null)
}

export const setTeam = operation({
  id: 'setTeam',
  right: 'tend',
  method: 'PUT',
  path: '/teams',
  tag: 'Access',
  summary: 'Make a team, or change one; its projects go by its calendar',
  input: z.object({
    id: z.string().optional().describe('A new team when absent'),
    name: z.string().trim().min(1).max(100),
    calendar: z.string().default('default'),
    projects: z.array(z.string()).describe('Exactly these; a project is of one team'),
    members: z.array(z.string()).describe('Ids of users; exactly these')
  }),
  output: Team,
  changes: theTeam,
  async run({ hub, jobs }, input) {
    const { name, calendar, projects, members } = input
    const id = input.id ?? `team-${randomBytes(5).toString('hex')}`
    const [taken] = await hub.db.rows(sql`select 1 from teams where lower(name) = lower(${name}) and id <> ${id}`)
    if (taken) throw new Refusal(409, 'name_taken', `There is a team called “${name}” already.`)
    const [known] = await hub.db.rows(sql`select 1 from calendars where id = ${calendar}`)
    if (!known) throw new Refusal(404, 'no_calendar', 'There is no such calendar here, or no longer.')
    const moved = await hub.db.transaction(async (tx) => {
      await tx.run(sql`
        insert into teams (id, name, calendar_id) values (${id}, ${name}, ${calendar})
        on conflict (id) do update set name = excluded.name, calendar_id = excluded.calendar_id`)
      await tx.run(sql`delete from team_projects where team_id = ${id} and not project_id = any(${ids(projects)})`)
      await tx.run(sql`
        insert into team_projects (project_id, team_id) select id, ${id} from projects where id = any(${ids(projects)})
        on conflict (project_id) do update set team_id = excluded.team_id`)
      await tx.run(sql`delete from team_members where team_id = ${id} and not user_id = any(${ids(members)})`)
      await tx.run(sql`
        insert into team_members (team_id, user_id) select ${id}, u.id from users u where u.id = any(${ids(members)}) on conflict do nothing`)
      return followCalendars(tx)
    })
    if (moved.length > 0) await followUp(hub, { projects: moved }, jobs)
    const [team] = await listTeams(hub.db, id)
    return team as Team
  }
})

export const removeTeam = operation({
  id: 'removeTeam',
  right: 'tend',
  method: 'DELETE',
  path: '/teams/:id',
  tag: 'Access',
  summary: 'Take a team away; its projects stay and go by the working week of the hub',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: { subject: ({ id }) => `team ${id}`, state: theTeam.state },
  async run({ hub, jobs }, { id }) {
    const removed = await hub.db.run(sql`delete from teams where id = ${id}`)
    const moved = await followCalendars(hub.db)
    if (moved.length > 0) await followUp(hub, { projects: moved }, jobs)
    return { removed: removed > 0 }
  }
})

/** A project goes by its team's calendar, else by the hub's. Returns those that changed. */
async function followCalendars(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    update projects p set calendar_id = x.calendar from (
      select q.id, coalesce(t.calendar_id, 'default') as calendar
      from projects q left join team_projects tp on tp.project_id = q.id left join teams t on t.id = tp.team_id
    ) x where x.id = p.id and x.calendar <> p.calendar_id returning p.id`)
  return rows.map(({ id }) => id)
}

const Calendar = z
  .object({
    id: z.string(),
    name: z.string(),
    zone: WorkingTime.shape.zone,
    workingDays: z.array(z.int().min(1).max(7)).min(1).describe('ISO weekdays'),
    start: z.string().describe('HH:MM'),
    end: z.string().describe('HH:MM'),
    holidays: z.array(z.iso.date())
  })
  .meta({ id: 'Calendar' })
type Calendar = z.infer<typeof Calendar>

const listCalendars = (db: Queryable, id: string | null = null): Promise<Calendar[]> =>
  db.rows<Calendar>(sql`
    select id, name, zone, to_jsonb(working_days) as "workingDays", starts_at as start, ends_at as end, to_jsonb(holidays) as holidays
    from calendars where ${id}::text is null or id = ${id} order by id <> 'default', lower(name), id`)

export const calendars = operation({
  id: 'calendars',
  right: 'tend',
  method: 'GET',
  path: '/calendars',
  tag: 'Access',
  summary: 'Working time: zone, days, hours, holidays',
  input: z.object({}),
  output: z.object({ calendars: z.array(Calendar) }),
  run: async ({ hub }) => ({ calendars: await listCalendars(hub.db) })
})

export const setCalendar = operation({
  id: 'setCalendar',
  right: 'tend',
  method: 'PUT',
  path: '/calendars',
  tag: 'Access',
  summary: 'Make a calendar, or change one; findings follow at once',
  input: Calendar.extend({ id: z.string().optional().describe('A new calendar when absent; `default` is the hub’s') }),
  output: Calendar,
  changes: {
    subject: ({ id }, answer) => `calendar ${id ?? answer?.id ?? ''}`,
    state: async ({ db }, { id }) => (id === undefined ? null : ((await listCalendars(db, id))[0] ?? null))
  },
  async run({ hub, jobs }, { name, zone, workingDays, start, end, holidays, ...input }) {
    const id = input.id ?? `cal-${randomBytes(5).toString('hex')}`
    const checked = WorkingTime.safeParse({ zone, workingDays, hours: { start, end }, holidays })
    if (!checked.success)
      throw new Refusal(422, 'bad_calendar', checked.error.issues.map(({ message }) => message).join(' '))
    await hub.db.run(sql`
      insert into calendars (id, name, zone, working_days, starts_at, ends_at, holidays)
      select ${id}, ${name}, ${zone}, array(select jsonb_array_elements_text(${json(workingDays)})::int), ${start}, ${end},
        array(select jsonb_array_elements_text(${json(holidays)})::date)
      on conflict (id) do update set name = excluded.name, zone = excluded.zone, working_days = excluded.working_days,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, holidays = excluded.holidays`)
    const rows = await hub.db.rows<{ id: string }>(sql`select id from projects where chosen and calendar_id = ${id}`)
    if (rows.length > 0) await followUp(hub, { projects: rows.map((row) => row.id) }, jobs)
    const [calendar] = await listCalendars(hub.db, id)
    return calendar as Calendar
  }
})

export const removeCalendar = operation({
  id: 'removeCalendar',
  right: 'tend',
  method: 'DELETE',
  path: '/calendars/:id',
  tag: 'Access',
  summary: 'Take a calendar away; teams that go by it go by the working week of the hub',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: {
    subject: ({ id }) => `calendar ${id}`,
    state: async ({ db }, { id }) => (await listCalendars(db, id))[0] ?? null
  },
  async run({ hub, jobs }, { id }) {
    if (id === 'default')
      throw new Refusal(409, 'hub_calendar', 'The working week of the hub stays: change it where it does not fit.')
    const { moved, removed } = await hub.db.transaction(async (tx) => {
      await tx.run(sql`update teams set calendar_id = 'default' where calendar_id = ${id}`)
      return { moved: await followCalendars(tx), removed: await tx.run(sql`delete from calendars where id = ${id}`) }
    })
    if (moved.length > 0) await followUp(hub, { projects: moved }, jobs)
    return { removed: removed > 0 }
  }
})
