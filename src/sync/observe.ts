/**
 * What we see for ourselves: where a card differs from the stored one and the tool has reported nothing, an *observed*
 * event is written. It happened after our former look and not after the card's own last change (at our look, where that
 * change moved no date); when its reported twin
 * arrives later, `store` takes the observed one away, so nothing counts twice.
 */
import { isoText, type Queryable, type SQL, sql } from '../db/database.ts'

/** `incoming` is a relation `x` of task rows; to be called before they are stored. `lookedAt`: the tool's clock. */
export async function observe(tx: Queryable, incoming: SQL, lookedAt: string, runId: number | null): Promise<void> {
  await tx.run(sql`
    with changed as (
      select x.id, x.project_id, greatest(x.updated_at, ${lookedAt}::timestamptz) as updated_at,
        t.column_id as old_column, x.column_id as new_column, t.presence as old_presence, x.presence as new_presence,
        t.completed as old_completed, x.completed as new_completed, t.due_at as old_due, x.due_at as new_due,
        t.assignees as old_assignees, x.assignees as new_assignees
      from ${incoming} join tasks t on t.id = x.id
      where t.hash is distinct from x.hash
    ), seen (id, project_id, updated_at, type, from_id, to_id) as (
      select id, project_id, updated_at, 'moved', old_column, new_column from changed
        where old_column is distinct from new_column
      union all
      select id, project_id, updated_at, case when new_presence = 'archived' then 'archived' else 'restored' end, null, null
        from changed where old_presence <> new_presence and old_presence in ('present', 'archived')
      union all
      select id, project_id, updated_at, case when new_completed then 'completed' else 'reopened' end, null, null
        from changed where old_completed <> new_completed
      union all
      select id, project_id, updated_at, 'due_changed', ${isoText(sql`old_due`)}, ${isoText(sql`new_due`)}
        from changed where old_due is distinct from new_due
      union all
      select id, project_id, updated_at, 'assigned', null, person
        from changed cross join lateral (select unnest(new_assignees) except select unnest(old_assignees)) as added(person)
      union all
      select id, project_id, updated_at, 'unassigned', person, null
        from changed cross join lateral (select unnest(old_assignees) except select unnest(new_assignees)) as gone(person)
    )
    insert into task_events (id, task_id, project_id, type, at, from_id, to_id, source, not_before, run_id)
    select concat_ws(':', 'observed', s.id, s.type, s.to_id, s.from_id, ${isoText(sql`s.updated_at`)}), s.id, s.project_id,
      s.type, s.updated_at, s.from_id, s.to_id, 'observed', ${lookedAt}::timestamptz, ${runId}::int
    from seen s
    where not exists (
      select 1 from task_events r
      where r.task_id = s.id and r.type = s.type and r.source = 'reported'
        and coalesce(r.to_id, r.from_id, '') = coalesce(s.to_id, s.from_id, '')
        and (r.run_id = ${runId}::int
          or (r.at > ${lookedAt}::timestamptz - interval '2 minutes' and r.at <= s.updated_at + interval '2 minutes')))
    on conflict (id) do nothing`)
}
