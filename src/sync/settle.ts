/**
 * What follows from the facts: a task's category, whether it is open, when it entered its column, when it was completed
 * and when a human last did something. One statement for any number of tasks; a row that comes out the same is not
 * written. To be run after the facts it rests on were stored: tasks, columns, projects, events.
 */
import { ids, json, type Queryable, type SQL, sql } from '../db/database.ts'

/**
 * Settles the tasks that these runs touched. Those that were settled as they were stored (`storeTasks`) are left alone,
 * unless something came to light of them after that.
 */
export const settleRuns = (tx: Queryable, runs: readonly number[]): Promise<number> => {
  const touched = sql`any(array(select jsonb_array_elements_text(${json(runs)})::int))`
  return settle(
    tx,
    sql`
      select id from tasks where run_id = ${touched} and entered_known is null
      union
      select e.task_id from task_events e join tasks t on t.id = e.task_id
      where e.run_id = ${touched}
        and not (t.run_id = e.run_id and t.entered_known is not null and t.stored_at > e.recorded_at)`
  )
}

/** Settles whole projects: after columns, categories, archiving or the reach of the history changed. */
export const settleProjects = (tx: Queryable, projects: string[]): Promise<number> =>
  settle(tx, sql`select id from tasks where project_id = any(${ids(projects)})`)

export const settleTasks = (tx: Queryable, tasks: string[]): Promise<number> =>
  settle(tx, sql`select id from tasks where id = any(${ids(tasks)})`)

/** Tasks whose derived columns come out otherwise are written. `which`: a query of their ids. */
function settle(tx: Queryable, which: SQL): Promise<number> {
  return tx.run(sql`
    with concerned as materialized (${which})
    update tasks set (${names('')}) = (${names('s.')})
    from (
      select t.id, ${STANDING.columns} from concerned join tasks t on t.id = concerned.id ${STANDING.from}
    ) s (id, ${names('')})
    where tasks.id = s.id and (${names('tasks.')}) is distinct from (${names('s.')})`)
}

/** The columns that follow from the facts, in the order of `STANDING.columns`. */
export const DERIVED = [
  'category',
  'open',
  'entered_column_at',
  'entered_known',
  'completed_at',
  'completed_known',
  'last_human_activity_at'
] as const

const names = (prefix: string): SQL => sql.raw(DERIVED.map((name) => prefix + name).join(', '))

/** Where the task stands: its project `p`, its column `c`, and what that makes of it, `k`. */
const PLACE = sql`
  join projects p on p.id = t.project_id
  left join columns c on c.id = t.column_id
  cross join lateral (
    select m.category,
      t.presence = 'present' and p.chosen and not p.archived and not coalesce(c.archived, false)
        and m.category in ('backlog', 'todo', 'doing', 'blocked') as open
    from (select case when t.completed then 'done' else coalesce(c.category, 'unmapped') end as category) m
  ) k`

/**
 * What follows from a task's facts, its place and its history, for a relation `t` of tasks: category, open, when and how
 * it entered its column, when and how it was completed, when a human last did something. `place`: as far as it needs no
 * history.
 */
export const STANDING = {
  columns: sql`k.category, k.open,
    case when t.tool_entered_at is not null then t.tool_entered_at
      when entry.here then entry.at else greatest(bound.at, entry.at) end,
    case when t.tool_entered_at is not null then 'reported'
      when entry.here then entry.source else 'at_least' end,
    case when k.category <> 'done' then null
      when t.tool_completed_at is not null then t.tool_completed_at
      when marked.at is not null then marked.at
      when done.at is not null then done.at
      else least(bound.at, t.updated_at) end,
    case when k.category <> 'done' then null
      when t.tool_completed_at is not null then 'reported'
      when marked.at is not null then marked.source
      when done.at is not null then done.source
      else 'at_least' end,
    human.at`,
  place: PLACE,
  from: sql`${PLACE}
    -- Without a word of the tool it stands there at least since it was made, or since our knowledge begins.
    cross join lateral (
      select greatest(t.created_at, coalesce(p.history_from, t.updated_at)) as at
    ) bound
    -- The last arrival we know of. One in another column only says that it came here later, unseen.
    left join lateral (
      select e.at, e.source, e.to_id is not distinct from t.column_id as here from task_events e
      where e.task_id = t.id and e.type in ('created', 'moved') and e.to_id is not null
      order by e.at desc, e.id desc limit 1
    ) entry on true
    -- Marked complete: the last time it was, if it has not been reopened since.
    left join lateral (
      select e.at, e.source from task_events e
      where t.completed and e.task_id = t.id and e.type = 'completed'
      order by e.at desc, e.id desc limit 1
    ) marked on true
    -- The first of the done columns it stands in without a break: moving between two of them keeps the moment. When
    -- the oldest move we know of came from a done column already, the moment is older than our knowledge.
    left join lateral (
      select case when out_of.category is distinct from 'done' then e.at end as at, e.source
      from task_events e join columns into_done on into_done.id = e.to_id
      left join columns out_of on out_of.id = e.from_id
      where k.category = 'done' and e.task_id = t.id and e.type in ('created', 'moved') and into_done.category = 'done'
        and not exists (
          select 1 from task_events later left join columns other on other.id = later.to_id
          where later.task_id = t.id and later.type in ('created', 'moved')
            and (later.at, later.id) > (e.at, e.id) and coalesce(other.category, '') <> 'done')
      order by e.at, e.id limit 1
    ) done on true
    left join lateral (
      select max(e.at) as at from task_events e
      where e.task_id = t.id and not exists (select 1 from comments o where o.id = e.id and o.ours)
    ) human on true`
}
