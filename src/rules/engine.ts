/**
 * The engine, the same for every rule: open = true of a task and not yet a finding; an open finding that is no longer
 * true is closed, with the reason. One statement for all rules, for one task or a million; where no tasks are named,
 * another one before it finds the rules and projects that are out of step, so that what has not changed costs little.
 *
 * Guarantee: running it twice changes nothing the second time. Limit: it judges what is stored; how fresh that is, is
 * the caller's to know.
 */
import { json, type Queryable, type SQL, sql } from '../db/database.ts'
import { refreshStatistics } from '../db/statistics.ts'
import { Calendar } from './calendar.ts'
import { EXEMPT, type Measures, measures, offending, outOfStep } from './offending.ts'
import type { Rule } from './rule.ts'
import { tunedRules } from './tuned.ts'

export interface RuleOutcome {
  rule: string
  opened: number
  closed: number
}

export interface Judgement {
  /** ISO instant; what "now" is for cut-offs, and when findings open and close. */
  now: string
  /** Only these tasks; all of them when absent. */
  tasks?: string[]
  /** Only these projects; all of them when absent. */
  projects?: string[]
  rules?: readonly Rule[]
}

/** Judges every rule that is on. */
export async function judge(db: Queryable, judgement: Judgement): Promise<RuleOutcome[]> {
  const { now, tasks, projects } = judgement
  const rules = judgement.rules ?? (await tunedRules(db)).filter((one) => one.on)
  const calendars = await loadCalendars(db)
  let outcomes: RuleOutcome[]
  if (tasks) {
    outcomes = await settle(db, measures(rules, calendars, now), now, { tasks, ...(projects ? { projects } : {}) })
  } else {
    const differing = await outOfStep(db, measures(rules, calendars, now), projects)
    const unsettled = rules.filter(({ id }) => differing.some((one) => one.rule === id))
    const among = { projects: [...new Set(differing.map(({ project }) => project))] }
    outcomes = await settle(db, measures(unsettled, calendars, now), now, among)
  }
  const written = outcomes.reduce((sum, { opened, closed }) => sum + opened + closed, 0)
  await refreshStatistics(db, written, ['findings'])
  return rules.map(({ id }) => outcomes.find((outcome) => outcome.rule === id) ?? { rule: id, opened: 0, closed: 0 })
}

/** Every calendar by id. */
export async function loadCalendars(db: Queryable): Promise<Map<string, Calendar>> {
  const rows = await db.rows<{
    id: string
    zone: string
    workingDays: number[]
    start: string
    end: string
    holidays: string[]
  }>(
    sql`select id, zone, to_jsonb(working_days) as "workingDays", starts_at as start, ends_at as end,
      to_jsonb(holidays) as holidays from calendars`
  )
  return new Map(
    rows.map(({ id, zone, workingDays, start, end, holidays }) => [
      id,
      Calendar.parse({ zone, workingDays, hours: { start, end }, holidays })
    ])
  )
}

/** Opens, closes and tells anew what these rules find in these tasks, or in all tasks of these projects. */
async function settle(
  db: Queryable,
  measured: Measures,
  now: string,
  among: { tasks?: string[]; projects?: string[] }
): Promise<RuleOutcome[]> {
  const { rules } = measured
  if (rules.length === 0) return []
  const names = rules.map((rule) => rule.id)
  const since = sql.join(
    [...Map.groupBy(rules, (rule) => rule.since)].map(
      ([told, alike]) => sql`when t.rule in ${list(alike.map(({ id }) => id))} then ${told}`
    ),
    sql` `
  )
  return db.rows<RuleOutcome>(sql`
    with looked as materialized (${looked(names, among)}),
    known as (
      select f.* from findings f join looked on looked.id = f.task_id
      where f.closed_at is null and f.rule in ${list(names)}
    ), compared as materialized (
      select o.*, k.id as finding
      from (${offending(measured, sql`looked join tasks t on t.id = looked.id`)}) o
      full join known k on k.rule = o.rule and k.task_id = o.id
      where o.id is null or k.id is null
        or (k.evidence, k.project_id, k.column_id) is distinct from (o.evidence, o.project_id, o.column_id)
    ), opened as (
      insert into findings (rule, task_id, project_id, column_id, since, evidence, opened_at)
      select t.rule, t.id, t.project_id, t.column_id, case ${since} end, t.evidence, ${now}::timestamptz
      from compared t
      where t.finding is null
      on conflict do nothing
      returning rule
    ), closed as (
      update findings f set closed_at = ${now}::timestamptz, reason = ${REASON}
      from compared o join findings g on g.id = o.finding left join tasks t on t.id = g.task_id
        left join projects p on p.id = t.project_id left join columns c on c.id = t.column_id
      where o.id is null and f.id = o.finding and f.closed_at is null
      returning f.rule
    ), told_anew as (
      update findings f set evidence = o.evidence, project_id = o.project_id, column_id = o.column_id
      from compared o where o.id is not null and o.finding is not null and f.id = o.finding
    )
    select one.rule, (select count(*) from opened where rule = one.rule)::int as opened,
      (select count(*) from closed where rule = one.rule)::int as closed
    from jsonb_array_elements_text(${json(names)}) one(rule)`)
}

/** Ids of the tasks to be looked at. A task that moved takes its finding along: the project it left looks at it as well. */
function looked(rules: readonly string[], { tasks, projects }: { tasks?: string[]; projects?: string[] }): SQL {
  const named = sql`select distinct jsonb_array_elements_text(${json(tasks ?? [])}) as id`
  const here = sql`in (select jsonb_array_elements_text(${json(projects ?? [])}))`
  const inProjects = sql`
    select id from tasks where project_id ${here}
    union select task_id from findings where closed_at is null and rule in ${list(rules)} and project_id ${here}`
  if (!projects) return named
  return tasks ? sql`${named} intersect (${inProjects})` : inProjects
}

const list = (texts: readonly string[]): SQL =>
  sql`(${sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `
  )})`

/** Why a finding is no longer true. Only `fixed` says "all clear" and counts as fixed. */
const REASON = sql`case
  when t.id is null or t.presence = 'deleted' then 'gone'
  when t.presence = 'hidden' then 'hidden'
  when ${EXEMPT} then 'dismissed'
  when t.category = 'done' then 'fixed'
  when t.presence = 'archived' or p.archived or not p.chosen or c.archived then 'out_of_scope'
  when t.category in ('unmapped', 'reference', 'dropped', 'backlog') and t.column_id is not distinct from f.column_id
    then 'rule_changed'
  when t.category in ('unmapped', 'reference', 'dropped') then 'out_of_scope'
  else 'fixed' end`
