/**
 * The week so far, beside the weeks before it: what was done, what was carried over from before Monday, what is overdue,
 * what is stuck. Present figures are counted on the cards as they are; the bars of past weeks are worked out from the
 * cards' own history, and so reach back before the hub was there.
 *
 * Limits: a due date that was changed counts as it is now, and a card that was archived unfinished is in no past bar.
 */
import { Temporal } from 'temporal-polyfill'
import { ids, json, sql } from '../db/database.ts'
import { workingAge } from '../rules/calendar.ts'
import { staleDoing } from '../rules/staleDoing.ts'
import { completedForSure, findingFacts, type RuleFigures, type Scope } from './rollup/collect.ts'
import { type Week, weekBefore, weekOf } from './rollup/week.ts'

const WEEKS = 8

export interface ThisWeek {
  week: Week
  /** Eight values each, oldest first, this week last; `before`: last week by the same moment of it. */
  done: { value: number; before: number; weeks: number[] }
  carriedOver: { value: number; before: number; weeks: number[] }
  overdue: { value: number; opened: number; oldestDays: number | null; weeks: number[] }
  stuck: { value: number; stale: number; blocked: number; weeks: number[] }
  findings: { open: number; cards: number; medianDaysToFix: number | null; byRule: Omit<RuleFigures, 'oldest'>[] }
}

export async function thisWeek(scope: Scope, now: string, zone: string): Promise<ThisWeek> {
  const weeks = weeksUpTo(now, zone)
  const week = weeks.at(-1) as Moment
  const { byRule, medianDaysToFix } = await findingFacts(scope, { from: week.from, to: now })
  const present = await presentFigures(scope, week.from)
  const done = await doneByWeek(scope, weeks)
  const past = await pastFigures(scope, weeks, now)
  const open = (rule: string) => byRule.find((one) => one.rule === rule)?.open ?? 0
  const bars = (of: (one: Past) => number, value: number) => [...past.slice(0, -1).map(of), value]
  const carried = bars((one) => one.carried, present.carriedOver)
  const { from, to, year, week: number } = week
  return {
    week: { year, week: number, from, to },
    done: {
      value: done.at(-1)?.done ?? 0,
      before: done.at(-2)?.soFar ?? 0,
      weeks: done.map((one) => one.done)
    },
    carriedOver: { value: present.carriedOver, before: carried.at(-2) ?? 0, weeks: carried },
    overdue: {
      value: open('overdue'),
      opened: byRule.find(({ rule }) => rule === 'overdue')?.opened ?? 0,
      oldestDays: ageOf(scope, present.overdueSince, present.overdueCalendar, now),
      weeks: bars((one) => one.overdue, open('overdue'))
    },
    stuck: {
      value: present.stuck,
      stale: open('stale-doing'),
      blocked: open('blocked-too-long'),
      weeks: bars((one) => one.stuck, present.stuck)
    },
    findings: {
      open: byRule.reduce((sum, one) => sum + one.open, 0),
      cards: present.cards,
      medianDaysToFix,
      byRule: byRule.map(({ oldest: _, ...one }) => one)
    }
  }
}

/** A week, and the moment of it that now is of this week. */
interface Moment extends Week {
  at: number
  until: string
}

function weeksUpTo(now: string, zone: string): Moment[] {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone)
  const weeks: Week[] = [weekOf(now, zone)]
  while (weeks.length < WEEKS) weeks.unshift(weekBefore(weeks[0] as Week, zone))
  return weeks.map((week, at) => ({
    ...week,
    at,
    until: here
      .subtract({ weeks: WEEKS - 1 - at })
      .toInstant()
      .toString({ fractionalSecondDigits: 3 })
  }))
}

interface Present {
  carriedOver: number
  stuck: number
  cards: number
  overdueSince: string | null
  overdueCalendar: string | null
}

/** Counted on open cards and open findings: both are few. */
async function presentFigures({ db, projects }: Scope, monday: string): Promise<Present> {
  const [row] = await db.rows<Present>(sql`
    with found as (
      select f.task_id, f.rule, f.since, f.project_id from findings f where f.closed_at is null and f.project_id = any(${ids(projects)})
    ), late as (
      select f.since, p.calendar_id from found f join projects p on p.id = f.project_id where f.rule = 'overdue' order by f.since limit 1
    )
    select
      (select count(*) from tasks t where t.open and t.category in ('doing', 'blocked') and t.entered_column_at < ${monday}::timestamptz
        and t.project_id = any(${ids(projects)}))::int as "carriedOver",
      (select count(distinct task_id) from found where rule in ('stale-doing', 'blocked-too-long'))::int as stuck,
      (select count(distinct task_id) from found)::int as cards,
      (select since from late) as "overdueSince", (select calendar_id from late) as "overdueCalendar"`)
  return row ?? { carriedOver: 0, stuck: 0, cards: 0, overdueSince: null, overdueCalendar: null }
}

function ageOf({ calendars }: Scope, since: string | null, calendar: string | null, now: string): number | null {
  const days = calendars.get(calendar ?? '')
  return since === null || !days ? null : workingAge(since, now, days)
}

const doneByWeek = ({ db, projects }: Scope, weeks: Moment[]): Promise<{ done: number; soFar: number }[]> =>
  db.rows(sql`
    select count(t.id)::int as done, (count(t.id) filter (where t.completed_at < w.until))::int as "soFar"
    from jsonb_to_recordset(${json(weeks)}) as w(at int, "from" timestamptz, "to" timestamptz, until timestamptz)
    left join tasks t on t.completed_at >= w.from and t.completed_at < w.to and ${completedForSure} and t.project_id = any(${ids(projects)})
    group by w.at order by w.at`)

interface Past {
  carried: number
  overdue: number
  stuck: number
}

/** Of cards that are in work or late now, or were done since: how long each stayed in which column of work. */
function pastFigures({ db, projects, calendars }: Scope, weeks: Moment[], now: string): Promise<Past[]> {
  const params = staleDoing.params.parse({})
  const cuts = weeks.flatMap((week) =>
    [...calendars].map(([calendar, days]) => ({
      ...week,
      calendar,
      stale: staleDoing.cutoffs(params, week.until, days).instant
    }))
  )
  return db.rows<Past>(sql`
    with cards as (
      select t.id, t.completed_at, t.due_at, t.created_at, t.open, t.category, t.entered_column_at, p.calendar_id
      from tasks t join projects p on p.id = t.project_id
      where t.project_id = any(${ids(projects)}) and ((t.open and (t.category in ('doing', 'blocked') or t.due_at < ${now}::timestamptz))
        or (t.completed_at >= ${weeks[0]?.from ?? now}::timestamptz and ${completedForSure}))
    ), stays as (
      select c.id, c.calendar_id, s.category, s.began, coalesce(s.ended, c.completed_at, 'infinity') as ended
      from cards c cross join lateral (
        select n.category, e.at as began, lead(e.at) over (order by e.at, e.id) as ended
        from task_events e left join columns n on n.id = e.to_id
        where e.task_id = c.id and e.type in ('created', 'moved')
      ) s where s.category in ('doing', 'blocked')
    ), work as (
      select w.at, count(distinct s.id) filter (where s.began < w.from) as carried,
        count(distinct s.id) filter (where s.category = 'doing' and s.began < w.stale) as stuck
      from stays s join jsonb_to_recordset(${json(cuts)}) as w(at int, "from" timestamptz, until timestamptz, calendar text, stale timestamptz)
        on w.calendar = s.calendar_id and s.began < w.until and s.ended > w.until
      group by w.at
    ), late as (
      select w.at, count(*) as overdue
      from cards c join jsonb_to_recordset(${json(weeks)}) as w(at int, until timestamptz)
        on c.due_at < w.until and c.created_at < w.until and (c.completed_at is null or c.completed_at > w.until)
      group by w.at
    )
    select coalesce(work.carried, 0)::int as carried, coalesce(work.stuck, 0)::int as stuck, coalesce(late.overdue, 0)::int as overdue
    from generate_series(0, ${weeks.length - 1}::int) as week(at) left join work on work.at = week.at left join late on late.at = week.at
    order by week.at`)
}
