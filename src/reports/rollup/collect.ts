/**
 * The facts of a weekly rollup, gathered from the tasks, their history, findings and ledgers. Every figure is of the
 * recipient's ISO week; a completion whose moment we do not know (`at_least`) counts in no week.
 */

import { Temporal } from 'temporal-polyfill'
import { ids, json, type Queryable, type SQL, sql } from '../../db/database.ts'
import { expectedBy, keyResultProgress, pace } from '../../okr/progress.ts'
import { namesOf } from '../../people/names.ts'
import { type Calendar, workingAge } from '../../rules/calendar.ts'
import { loadCalendars } from '../../rules/engine.ts'
import { rules } from '../../rules/index.ts'
import { staleDoing } from '../../rules/staleDoing.ts'
import { olderThan } from '../../sync/freshness.ts'
import type { KeyResultFacts, ProjectRollup, RollupFacts, WaitingCard } from './facts.ts'
import { type Subscription, type Week, weekBefore } from './week.ts'

export interface RollupRequest {
  recipient: RollupFacts['recipient']
  schedule: Subscription | null
  week: Week
  /** Hub ids; null: every chosen project. */
  projects: string[] | null
  now: string
  /** Projects whose last complete look is longer ago are left out, and named. */
  maxAgeMinutes: number
}

/** A project read so much earlier than the others is named with its own moment. */
const OLDER_BY_MS = 6 * 3_600_000
const WEEKS_SHOWN = 8
const WAITING_SHOWN = 10

export async function collectRollup(db: Queryable, request: RollupRequest): Promise<RollupFacts> {
  const { week, now, recipient } = request
  const all = await projectsOf(db, request)
  const projects = all.filter(({ leftOut }) => !leftOut)
  const scope: Scope = { db, projects: projects.map(({ id }) => id), calendars: await loadCalendars(db) }
  const before = weekBefore(week, recipient.zone)
  const findings = await findingFacts(scope, week)
  const overdue = findings.byRule.find(({ rule }) => rule === 'overdue')
  const stuck = findings.byRule.find(({ rule }) => rule === 'stale-doing')
  const weeks = await weekFacts(scope, week, recipient.zone)
  return {
    recipient,
    schedule: request.schedule,
    week,
    ...freshness(projects, now),
    leftOut: all.filter(({ leftOut }) => leftOut).map(({ name, readAt }) => ({ project: name, asOf: readAt })),
    figures: {
      done: await doneIn(scope, week),
      doneBefore: await doneIn(scope, before),
      carriedOver: await unfinishedAt(scope, week.to),
      carriedOverBefore: await unfinishedAt(scope, week.from),
      overdue: overdue?.open ?? 0,
      overdueNew: overdue?.opened ?? 0,
      overdueFixed: overdue?.fixed ?? 0,
      stuck: stuck?.open ?? 0,
      stuckOldestSince: stuck?.oldest ?? null
    },
    keyResults: await keyResultFacts(scope, week, recipient.zone),
    projects: await projectFacts(scope, week),
    waiting: await waitingCards(scope, now),
    counts: {
      noAssignee: findings.byRule.find(({ rule }) => rule === 'no-assignee')?.open ?? 0,
      noDeadline: findings.byRule.find(({ rule }) => rule === 'missing-deadline')?.open ?? 0
    },
    findings: {
      opened: findings.byRule.reduce((sum, { opened }) => sum + opened, 0),
      fixed: findings.byRule.reduce((sum, { fixed }) => sum + fixed, 0),
      medianDaysToFix: findings.medianDaysToFix,
      byRule: findings.byRule.map(({ rule, open, opened, fixed }) => ({ rule, open, opened, fixed }))
    },
    weeks,
    links: { week: null, settings: null }
  }
}

/** Whose figures: these projects, by their calendars. */
export interface Scope {
  db: Queryable
  projects: string[]
  calendars: Map<string, Calendar>
}

interface ProjectRow {
  id: string
  name: string
  readAt: string | null
  leftOut: boolean
}

const projectsOf = (
  db: Queryable,
  { projects, now, maxAgeMinutes }: Pick<RollupRequest, 'projects' | 'now' | 'maxAgeMinutes'>
): Promise<ProjectRow[]> =>
  db.rows<ProjectRow>(sql`
    select p.id, p.name, p.read_at as "readAt",
      not p.archived and (p.lost_at is not null or ${olderThan(now, maxAgeMinutes)}) as "leftOut"
    from projects p
    where p.chosen and (${projects === null} or p.id = any(${ids(projects ?? [])})) order by lower(p.name), p.id`)

function freshness(projects: ProjectRow[], now: string): Pick<RollupFacts, 'asOf' | 'older'> {
  const read = projects.flatMap(({ name, readAt }) => (readAt === null ? [] : [{ project: name, asOf: readAt }]))
  const newest = Math.max(...read.map(({ asOf }) => Date.parse(asOf)), 0)
  const older = read.filter(({ asOf }) => Date.parse(asOf) < newest - OLDER_BY_MS)
  const fresh = read.filter((one) => !older.includes(one)).map(({ asOf }) => asOf)
  return { asOf: fresh.sort()[0] ?? now, older }
}

/** Completed at a moment that we know. */
export const completedForSure: SQL = sql`
  t.category = 'done' and t.presence <> 'deleted' and t.completed_known in ('reported', 'observed')`

const completedIn = (week: Pick<Week, 'from' | 'to'>): SQL => sql`
  ${completedForSure} and t.completed_at >= ${week.from}::timestamptz and t.completed_at < ${week.to}::timestamptz`

async function doneIn({ db, projects }: Scope, week: Pick<Week, 'from' | 'to'>): Promise<number> {
  const [row] = await db.rows<{ n: number }>(sql`
    select count(*)::int as n from tasks t where t.project_id = any(${ids(projects)}) and ${completedIn(week)}`)
  return row?.n ?? 0
}

/**
 * Begun or due, and unfinished, at a moment: its last move before then led into a column of work or waiting, or its due
 * date had passed; and it was neither completed nor archived yet. A card without a known move stands where it stands
 * since `entered_column_at`. True or false, never NULL: it is also asked whether it is not so.
 */
const unfinished = (at: string): SQL => sql`(
  (coalesce(
    (select entered.category in ('doing', 'blocked') from task_events e left join columns entered on entered.id = e.to_id
      where e.task_id = t.id and e.type in ('created', 'moved') and e.at < ${at}::timestamptz
      order by e.at desc, e.id desc limit 1),
    t.entered_known = 'at_least' and t.category in ('doing', 'blocked') and t.entered_column_at < ${at}::timestamptz, false)
    or (t.due_at is not null and t.due_at < ${at}::timestamptz and t.created_at < ${at}::timestamptz and t.category in ('backlog', 'todo', 'doing', 'blocked', 'done')))
  and (t.completed_at is null or t.completed_at >= ${at}::timestamptz)
  and (t.presence = 'present' or exists (
    select 1 from task_events e
    where e.task_id = t.id and e.type in ('archived', 'deleted', 'left_project') and e.at >= ${at}::timestamptz))
  and not p.archived and not coalesce(c.archived, false))`

async function unfinishedAt({ db, projects }: Scope, at: string): Promise<number> {
  const [row] = await db.rows<{ n: number }>(sql`
    select count(*)::int as n from tasks t join projects p on p.id = t.project_id
    left join columns c on c.id = t.column_id
    where t.project_id = any(${ids(projects)}) and ${unfinished(at)}`)
  return row?.n ?? 0
}

export interface RuleFigures {
  rule: string
  open: number
  opened: number
  fixed: number
  oldest: string | null
}

/** Open at the week's end, become true within it, fixed within it – by rule. */
export async function findingFacts(
  { db, projects, calendars }: Scope,
  week: Pick<Week, 'from' | 'to'>
): Promise<{ byRule: RuleFigures[]; medianDaysToFix: number | null }> {
  const byRule: RuleFigures[] = []
  for (const rule of rules.filter(({ on }) => on)) {
    const params = rule.params.parse({})
    // A rule with a time limit becomes true when its cut-off passes a finding's `since`, not when `since` is.
    const cut = [...calendars].map(([id, calendar]) => ({
      id,
      begin: rule.cutoffs(params, week.from, calendar).instant ?? week.from,
      until: rule.cutoffs(params, week.to, calendar).instant ?? week.to
    }))
    const [row] = await db.rows<RuleFigures>(sql`
      select ${rule.id}::text as rule,
        (count(*) filter (where f.since < cut.until and (f.closed_at is null or f.closed_at >= ${week.to}::timestamptz)))::int as open,
        (count(distinct (f.task_id, f.since)) filter (where f.since >= cut.begin and f.since < cut.until))::int as opened,
        (count(*) filter (where f.reason = 'fixed' and f.closed_at >= ${week.from}::timestamptz and f.closed_at < ${week.to}::timestamptz))::int as fixed,
        min(f.since) filter (where f.since < cut.until and (f.closed_at is null or f.closed_at >= ${week.to}::timestamptz)) as oldest
      from findings f join projects p on p.id = f.project_id
      join jsonb_to_recordset(${json(cut)}) as cut(id text, begin timestamptz, until timestamptz) on cut.id = p.calendar_id
      where f.rule = ${rule.id} and f.project_id = any(${ids(projects)})`)
    if (row) byRule.push(row)
  }
  const fixed = await db.rows<{ openedAt: string; closedAt: string; calendar: string }>(sql`
    select f.opened_at as "openedAt", f.closed_at as "closedAt", p.calendar_id as calendar
    from findings f join projects p on p.id = f.project_id
    where f.reason = 'fixed' and f.closed_at >= ${week.from}::timestamptz and f.closed_at < ${week.to}::timestamptz
      and f.project_id = any(${ids(projects)}) limit 10000`)
  const days = fixed.map(({ openedAt, closedAt, calendar }) =>
    workingAge(openedAt, closedAt, calendars.get(calendar) as Calendar)
  )
  return { byRule, medianDaysToFix: median(days) }
}

async function keyResultFacts({ db }: Scope, week: Week, zone: string): Promise<KeyResultFacts[]> {
  const monday = Temporal.Instant.from(week.from).toZonedDateTimeISO(zone).toPlainDate()
  const [first, last] = [monday.toString(), monday.add({ days: 6 }).toString()]
  const before = new Map((await keyResultProgress(db, week.from)).map((one) => [one.id, one]))
  // Cards, by their last word: one that was re-estimated is taken back and counted again, and has moved once.
  const counts = await db.rows<{ id: string; contributed: number; reversed: number }>(sql`
    select key_result_id as id,
      (count(*) filter (where kind = 'counted' and effective_at >= ${week.from}::timestamptz and effective_at < ${week.to}::timestamptz))::int as contributed,
      (count(*) filter (where kind = 'reversed' and recorded_at >= ${week.from}::timestamptz and recorded_at < ${week.to}::timestamptz))::int as reversed
    from (select distinct on (key_result_id, task_id) key_result_id, kind, effective_at, recorded_at
      from contributions order by key_result_id, task_id, id desc) latest
    group by key_result_id`)
  const moved = new Map(counts.map((row) => [row.id, row]))
  return (await keyResultProgress(db, week.to))
    .filter(({ startsOn, endsOn }) => startsOn <= last && endsOn >= first)
    .map((now) => ({
      title: now.title,
      objective: now.objective,
      unit: now.unit,
      start: now.start,
      target: now.target,
      direction: now.direction,
      before: before.get(now.id)?.current ?? now.start,
      after: now.current,
      contributed: moved.get(now.id)?.contributed ?? 0,
      reversed: moved.get(now.id)?.reversed ?? 0,
      expectedByNow: inWholes(now, expectedBy(now, week.to)),
      status: pace(now, week.to),
      url: null
    }))
    .filter(({ before: was, after, status }) => was !== after || status !== 'on track')
}

/** A pace is no measurement: where the way is long, whole steps say enough. */
function inWholes({ start, target }: { start: number; target: number }, value: number): number {
  const step = Math.abs(target - start) >= 10 ? 1 : 0.1
  return Math.round(value / step) * step
}

type CardRow = ProjectRollup['people'][number]['cards'][number] & {
  project: string
  projectUrl: string
  assignees: string[]
  calendar: string
}

/** Cards under their assignees, in the order of the alphabet; a card with several assignees stands under each. */
async function projectFacts({ db, projects, calendars }: Scope, week: Week): Promise<ProjectRollup[]> {
  const params = staleDoing.params.parse({})
  const stale = [...calendars].map(([id, calendar]) => ({
    id,
    stale: staleDoing.cutoffs(params, week.to, calendar).instant
  }))
  const rows = await db.rows<CardRow>(sql`
    select p.name as project, p.url as "projectUrl", p.calendar_id as calendar, t.title, t.url, t.due_at as "dueAt", t.due_is_date as "dueIsDate",
      s.state, case s.state when 'done' then t.completed_at when 'overdue' then t.due_at else t.entered_column_at end as since,
      null as "workingDays",
      ${namesOf(sql`t.assignees`)} as assignees
    from tasks t join projects p on p.id = t.project_id
    join jsonb_to_recordset(${json(stale)}) as cut(id text, stale timestamptz) on cut.id = p.calendar_id
    left join columns c on c.id = t.column_id
    cross join lateral (
      select case when ${completedIn(week)} then 'done'
        when not ${unfinished(week.to)} then null
        when t.due_at < ${week.to}::timestamptz then 'overdue'
        when t.category = 'doing' and t.entered_column_at < cut.stale then 'stuck'
        else 'carried over' end as state
    ) s
    where t.project_id = any(${ids(projects)}) and s.state is not null
    order by lower(p.name), p.id, array_position(array['done', 'carried over', 'stuck', 'overdue'], s.state), since, t.id`)
  return [...Map.groupBy(rows, ({ project, projectUrl }) => `${project} ${projectUrl}`).values()].map((cards) => ({
    name: cards[0]?.project ?? '',
    url: cards[0]?.projectUrl || null,
    done: cards.filter(({ state }) => state === 'done').length,
    people: byAssignee(cards, calendars, week.to)
  }))
}

function byAssignee(cards: CardRow[], calendars: Map<string, Calendar>, at: string): ProjectRollup['people'] {
  const under = new Map<string | null, ProjectRollup['people'][number]['cards']>()
  for (const { assignees, project: _, projectUrl: __, calendar, ...card } of cards) {
    const age =
      card.since === null || card.state === 'done'
        ? null
        : workingAge(card.since, at, calendars.get(calendar) as Calendar)
    for (const name of assignees.length > 0 ? assignees : [null]) {
      under.set(name, [...(under.get(name) ?? []), { ...card, workingDays: age }])
    }
  }
  return [...under]
    .map(([name, own]) => ({ name, cards: own }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)))
}

async function waitingCards({ db, projects, calendars }: Scope, now: string): Promise<WaitingCard[]> {
  const rows = await db.rows<Omit<WaitingCard, 'workingDays'> & { calendar: string }>(sql`
    select title, url, why, since, "sinceIsDate", assignees, calendar from (
      select distinct on (t.id) t.id, t.title, t.url, case f.rule when 'overdue' then 'overdue' else 'stuck' end as why, f.since,
        f.rule = 'overdue' and t.due_is_date as "sinceIsDate",
        ${namesOf(sql`t.assignees`)} as assignees,
        p.calendar_id as calendar
      from findings f join tasks t on t.id = f.task_id join projects p on p.id = t.project_id
      where f.closed_at is null and f.rule in ('overdue', 'stale-doing') and f.project_id = any(${ids(projects)})
      order by t.id, f.since
    ) waiting order by since, id limit ${WAITING_SHOWN}`)
  return rows.map(({ calendar, ...card }) => ({
    ...card,
    workingDays: workingAge(card.since, now, calendars.get(calendar) as Calendar)
  }))
}

/** Cards done, and the median of working days from start to done, for the weeks up to the reported one. */
async function weekFacts({ db, projects, calendars }: Scope, week: Week, zone: string): Promise<RollupFacts['weeks']> {
  const weeks: Week[] = [week]
  while (weeks.length < WEEKS_SHOWN) weeks.unshift(weekBefore(weeks[0] as Week, zone))
  const done = await db.rows<{ startedAt: string | null; completedAt: string; calendar: string }>(sql`
    select p.calendar_id as calendar, t.completed_at as "completedAt", (
      select min(e.at) from task_events e join columns into_work on into_work.id = e.to_id
      where e.task_id = t.id and e.type in ('created', 'moved') and into_work.category = 'doing' and e.at <= t.completed_at
    ) as "startedAt"
    from tasks t join projects p on p.id = t.project_id
    where t.project_id = any(${ids(projects)}) and ${completedIn({ from: (weeks[0] as Week).from, to: week.to })}`)
  return weeks.map(({ from, to }) => {
    const own = done.filter(({ completedAt }) => completedAt >= from && completedAt < to)
    const days = own.flatMap(({ startedAt, completedAt, calendar }) =>
      startedAt === null ? [] : [workingAge(startedAt, completedAt, calendars.get(calendar) as Calendar)]
    )
    return { from, to, done: own.length, medianDays: median(days) }
  })
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1]
  const high = sorted[Math.floor(middle)]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
