/**
 * The engine, the same for every rule: open = true of a task and not yet a finding; an open finding that is no longer
 * true is closed, with the reason. One statement a rule, for one task or a million.
 *
 * Guarantee: running it twice changes nothing the second time. Limit: it judges what is stored; how fresh that is, is
 * the caller's to know.
 */
import { ids, json, type Queryable, type SQL, sql } from '../db/database.ts'
import { refreshStatistics } from '../db/statistics.ts'
import { Calendar } from './calendar.ts'
import { rules as builtIn } from './index.ts'
import type { Rule } from './rule.ts'

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
  const calendars = await loadCalendars(db)
  const outcomes: RuleOutcome[] = []
  for (const rule of judgement.rules ?? builtIn.filter((one) => one.on)) {
    const outcome = await judgeRule(db, rule, calendars, judgement)
    await refreshStatistics(db, outcome.opened + outcome.closed, ['findings'])
    outcomes.push({ rule: rule.id, ...outcome })
  }
  return outcomes
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

async function judgeRule(
  db: Queryable,
  rule: Rule,
  calendars: Map<string, Calendar>,
  { now, tasks, projects }: Judgement
): Promise<{ opened: number; closed: number }> {
  const params = rule.params.parse({})
  const cutoffs = [...calendars].map(([calendar, working]) => ({
    calendar,
    params,
    ...rule.cutoffs(params, now, working)
  }))
  // A task that moved to another project takes its finding along: the project it left looks at it as well.
  const theseTasks = (id: SQL): SQL => (tasks ? sql`and ${id} = any(${ids(tasks)})` : sql``)
  const theseProjects = (task: SQL, orFound: SQL): SQL =>
    projects ? sql`and (${task}.project_id = any(${ids(projects)}) or ${orFound})` : sql``
  const foundHere = sql`t.id in (select e.task_id from findings e
    where e.rule = ${rule.id} and e.closed_at is null and e.project_id = any(${ids(projects ?? [])}))`
  const looked = sql.raw(`(${rule.categories.map((category) => `'${category}'`).join(', ')})`)
  const [outcome] = await db.rows<{ opened: number; closed: number }>(sql`
    with cut as materialized (
      select * from jsonb_to_recordset(${json(cutoffs)}) as cut(calendar text, params jsonb, instant timestamptz, day date)
    ), offending as materialized (
      select t.id, t.project_id, t.column_id, told.evidence, known.id as finding,
        (known.evidence, known.project_id, known.column_id) is distinct from (told.evidence, t.project_id, t.column_id) as told_anew
      from tasks t
      join projects p on p.id = t.project_id
      join cut on cut.calendar = p.calendar_id
      left join columns c on c.id = t.column_id
      left join findings known on known.rule = ${rule.id} and known.task_id = t.id and known.closed_at is null
      -- Not taken apart by the planner (offset 0), so that it is worked out once and not at each mention.
      cross join lateral (select ${rule.evidence} as evidence offset 0) told
      where t.open and t.category in ${looked} and ${rule.predicate}
        ${theseTasks(sql`t.id`)} ${theseProjects(sql`t`, foundHere)}
        and not exists (select 1 from jsonb_array_elements(t.labels) l where lower(l ->> 'name') = 'no-alerts')
    ), opened as (
      insert into findings (rule, task_id, project_id, column_id, since, evidence, opened_at)
      select ${rule.id}, o.id, o.project_id, o.column_id,
        (select ${rule.since} from tasks t join projects p on p.id = t.project_id where t.id = o.id), o.evidence,
        ${now}::timestamptz
      from offending o
      where o.finding is null
      on conflict do nothing
      returning 1
    ), closed as (
      update findings f set closed_at = ${now}::timestamptz, reason = ${REASON}
      from findings g left join tasks t on t.id = g.task_id left join projects p on p.id = t.project_id
        left join columns c on c.id = t.column_id
      where f.id = g.id and f.rule = ${rule.id} and f.closed_at is null
        ${theseTasks(sql`f.task_id`)} ${theseProjects(sql`t`, sql`f.project_id = any(${ids(projects ?? [])})`)}
        and f.id not in (select o.finding from offending o where o.finding is not null)
      returning 1
    ), told_anew as (
      update findings f set evidence = o.evidence, project_id = o.project_id, column_id = o.column_id
      from offending o where f.id = o.finding and o.told_anew
    )
    select (select count(*) from opened)::int as opened, (select count(*) from closed)::int as closed`)
  return outcome ?? { opened: 0, closed: 0 }
}

/** Why a finding is no longer true. Only `fixed` says "all clear" and counts as fixed. */
const REASON = sql`case
  when t.id is null or t.presence = 'deleted' then 'gone'
  when t.presence = 'hidden' then 'hidden'
  when exists (select 1 from jsonb_array_elements(t.labels) l where lower(l ->> 'name') = 'no-alerts') then 'dismissed'
  when t.category = 'done' then 'fixed'
  when t.presence = 'archived' or p.archived or not p.chosen or c.archived then 'out_of_scope'
  when t.category in ('unmapped', 'reference', 'dropped', 'backlog') and t.column_id is not distinct from f.column_id
    then 'rule_changed'
  when t.category in ('unmapped', 'reference', 'dropped') then 'out_of_scope'
  else 'fixed' end`
