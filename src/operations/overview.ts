/** The home screen in one answer: this week, open findings, what was finished, what waits, and how the tools are read. */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { seen, type Who } from '../access/who.ts'
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { Tool } from '../model/task.ts'
import { namesOf } from '../people/names.ts'
import { thisWeek } from '../reports/thisWeek.ts'
import { type Calendar, startOfDay, workingAge } from '../rules/calendar.ts'
import { loadCalendars } from '../rules/engine.ts'
import { operation } from './operation.ts'
import { SyncHealth, syncHealth } from './sync/health.ts'

const weeks = z.array(z.number()).describe('Eight weeks, oldest first, this one last')
const figure = { value: z.number(), weeks }

const FinishedCard = z.object({
  task: z.string(),
  tool: Tool,
  title: z.string(),
  url: z.string(),
  doneAt: z.string(),
  counts: z
    .array(z.object({ keyResult: z.string(), title: z.string(), amount: z.number(), unit: z.string() }))
    .describe('What it counted for')
})

const WaitingCard = z.object({
  task: z.string(),
  tool: Tool,
  title: z.string(),
  url: z.string(),
  rule: z.string(),
  since: z.string(),
  sinceIsDate: z.boolean(),
  workingDays: z.number(),
  assignees: z.array(z.string())
})

export const overview = operation({
  id: 'overview',
  right: 'see',
  method: 'GET',
  path: '/overview',
  tag: 'Overview',
  summary: 'This week on the boards that the asker sees',
  input: z.object({ team: z.string().optional().describe('Id: only the boards of this team') }),
  output: z.object({
    zone: z.string().describe('Whose weeks and days these are: the reader’s'),
    week: z.object({ year: z.number(), week: z.number(), from: z.string(), to: z.string() }),
    teams: z.array(z.object({ id: z.string(), name: z.string() })).describe('Those with boards that the asker sees'),
    boards: z.number(),
    figures: z.object({
      done: z.object({ ...figure, before: z.number().describe('Last week by the same moment of it') }),
      carriedOver: z
        .object({ ...figure, before: z.number() })
        .describe('In their column of work since before Monday, and still there'),
      overdue: z.object({ ...figure, opened: z.number(), oldestDays: z.number().nullable() }),
      stuck: z.object({ ...figure, stale: z.number(), blocked: z.number() })
    }),
    findings: z.object({
      open: z.number(),
      cards: z.number(),
      medianDaysToFix: z.number().nullable().describe('Working days; of what was fixed since Monday'),
      byRule: z.array(
        z.object({
          rule: z.string(),
          open: z.number(),
          opened: z.number().describe('Since Monday'),
          fixed: z.number().describe('Since Monday')
        })
      )
    }),
    finished: z.object({ total: z.number(), since: z.string(), cards: z.array(FinishedCard) }),
    waiting: z.object({ total: z.number(), cards: z.array(WaitingCard) }),
    sync: z.array(SyncHealth)
  }),
  async run({ hub, who }, { team }) {
    const { db } = hub
    const now = hub.now()
    const zone = await zoneOf(hub, who)
    const { projects, teams } = await boardsFor(db, who, team ?? null)
    const calendars = await loadCalendars(db)
    const { week, findings, ...figures } = await thisWeek({ db, projects, calendars }, now, zone)
    return {
      zone,
      week,
      teams,
      boards: projects.length,
      figures,
      findings,
      finished: await finishedSince(
        db,
        projects,
        startOfDay(lastWorkingDate(now, zone, calendars.get('default')), zone)
      ),
      waiting: {
        total: findings.cards,
        cards: (await waiting(db, projects)).map(({ calendar, ...card }) => {
          const days = calendars.get(calendar)
          return { ...card, workingDays: days ? workingAge(card.since, now, days) : 0 }
        })
      },
      sync: await syncHealth(db, projects, now)
    }
  }
})

/** The working date before today: on a Monday, what was done on Friday and over the weekend is news. */
function lastWorkingDate(now: string, zone: string, calendar: Calendar | undefined): string {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate()
  const before = Array.from({ length: 14 }, (_, days) => today.subtract({ days: days + 1 }))
  const works = (date: Temporal.PlainDate): boolean =>
    !calendar || (calendar.workingDays.includes(date.dayOfWeek) && !calendar.holidays.includes(date.toString()))
  return (before.find(works) ?? today.subtract({ days: 1 })).toString()
}

async function zoneOf({ db, zone }: Hub, { id }: Who): Promise<string> {
  const [user] = await db.rows<{ zone: string | null }>(sql`select time_zone as zone from users where id = ${id}`)
  return user?.zone ?? zone
}

/** The boards that are read and that they see, and the teams these are of. */
async function boardsFor(db: Queryable, who: Who, team: string | null) {
  const rows = await db.rows<{ id: string; team: string | null; name: string | null }>(sql`
    select p.id, t.id as team, t.name from projects p
    left join team_projects tp on tp.project_id = p.id left join teams t on t.id = tp.team_id
    where p.chosen and not p.archived and ${seen(who, sql`p.id`)} order by lower(t.name), p.id`)
  const teams = new Map(rows.flatMap(({ team: id, name }) => (id === null ? [] : [[id, { id, name: name ?? '' }]])))
  return {
    projects: rows.filter((row) => team === null || row.team === team).map(({ id }) => id),
    teams: [...teams.values()]
  }
}

const SHOWN = 5

async function finishedSince(db: Queryable, projects: string[], since: string) {
  const rows = await db.rows<z.infer<typeof FinishedCard> & { total: number }>(sql`
    with done as (
      select t.id, t.tool, t.title, t.url, t.completed_at, (count(*) over ())::int as total
      from tasks t
      where t.completed_at >= ${since}::timestamptz and t.category = 'done' and t.presence <> 'deleted'
        and t.completed_known in ('reported', 'observed') and t.project_id = any(${ids(projects)})
      order by t.completed_at desc, t.id limit ${SHOWN}
    )
    select d.id as task, d.tool, d.title, d.url, d.completed_at as "doneAt", d.total, (
      select coalesce(jsonb_agg(jsonb_build_object('keyResult', k.id, 'title', k.title, 'amount', c.amount, 'unit', k.unit) order by k.title, k.id), '[]')
      from key_results k cross join lateral (
        select kind, amount from contributions where key_result_id = k.id and task_id = d.id order by id desc limit 1
      ) c where c.kind = 'counted'
    ) as counts
    from done d order by d.completed_at desc, d.id`)
  return { total: rows[0]?.total ?? 0, since, cards: rows.map(({ total: _, ...card }) => card) }
}

/** What stands still or is late comes before what lacks a word, and the oldest first. */
const waiting = (db: Queryable, projects: string[]) =>
  db.rows<Omit<z.infer<typeof WaitingCard>, 'workingDays'> & { calendar: string }>(sql`
    select w.task, t.tool, t.title, t.url, w.rule, w.since, w.rule = 'overdue' and t.due_is_date as "sinceIsDate",
      ${namesOf(sql`t.assignees`)} as assignees, p.calendar_id as calendar
    from (
      select distinct on (f.task_id) f.task_id as task, f.rule, f.since, f.rule in ('missing-deadline', 'no-assignee') as lacks
      from findings f where f.closed_at is null and f.project_id = any(${ids(projects)})
      order by f.task_id, lacks, f.since
    ) w join tasks t on t.id = w.task join projects p on p.id = t.project_id
    order by w.lacks, w.since, w.task limit ${SHOWN}`)
