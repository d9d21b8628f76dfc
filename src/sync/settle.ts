/**
 * What follows from the facts: a task's category, whether it is open, when it entered its column, when it was completed
 * and when a human last did something. One statement for any number of tasks; a row that comes out the same is not
 * written. To be run after the facts it rests on were stored: tasks, columns, projects, events.
 */
import { ids, json, type Queryable, type SQL, sql } from '../db/database.ts'

/** Settles the tasks that these runs touched. */
export const settleRuns = (tx: Queryable, runs: readonly number[]): Promise<number> => {
  const touched = sql`run_id = any(array(select jsonb_array_elements_text(${json(runs)})::int))`
  return settle(
    tx,
    sql`t.id in (select id from tasks where ${touched} union select task_id from task_events where ${touched})`
  )
}

/** Settles whole projects: after columns, categories, archiving or the reach of the history changed. */
export const settleProjects = (tx: Queryable, projects: string[]): Promise<number> =>
  settle(tx, sql`t.project_id = any(${ids(projects)})`)

export const settleTasks = (tx: Queryable, tasks: string[]): Promise<number> =>
  settle(tx, sql`t.id = any(${ids(tasks)})`)

function settle(tx: Queryable, which: SQL): Promise<number> {
  return tx.run(sql`
    update tasks set
      category = s.category, open = s.open, entered_column_at = s.entered_at, entered_known = s.entered_known,
      completed_at = s.completed_at, completed_known = s.completed_known, last_human_activity_at = s.human_at
    from (
      select t.id, k.category, k.open,
        case when t.tool_entered_at is not null then t.tool_entered_at
          when entry.here then entry.at else greatest(bound.at, entry.at) end as entered_at,
        case when t.tool_entered_at is not null then 'reported'
          when entry.here then entry.source else 'at_least' end as entered_known,
        case when k.category <> 'done' then null
          when t.tool_completed_at is not null then t.tool_completed_at
          when marked.at is not null then marked.at
          when done.at is not null then done.at
          else least(bound.at, t.updated_at) end as completed_at,
        case when k.category <> 'done' then null
          when t.tool_completed_at is not null then 'reported'
          when marked.at is not null then marked.source
          when done.at is not null then done.source
          else 'at_least' end as completed_known,
        human.at as human_at
      from tasks t
      join projects p on p.id = t.project_id
      left join columns c on c.id = t.column_id
      cross join lateral (
        select m.category,
          t.presence = 'present' and p.chosen and not p.archived and not coalesce(c.archived, false)
            and m.category in ('backlog', 'todo', 'doing', 'blocked') as open
        from (select case when t.completed then 'done' else coalesce(c.category, 'unmapped') end as category) m
      ) k
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
      ) human on true
      where ${which}
    ) s
    where tasks.id = s.id
      and (tasks.category, tasks.open, tasks.entered_column_at, tasks.entered_known, tasks.completed_at,
          tasks.completed_known, tasks.last_human_activity_at)
        is distinct from (s.category, s.open, s.entered_at, s.entered_known, s.completed_at, s.completed_known, s.human_at)`)
}
