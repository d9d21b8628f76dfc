/**
 * The ledger of a key result: which card counted for how much, since when, and what was taken back. Append-only: a point
 * that no longer holds is reversed by a row of its own, so every figure can be explained card by card.
 *
 * Guarantee: after `recompute` the sum of the ledger equals the sum over the tasks as they are, whatever order events
 * came in. `effective_at` is when the work was done (the tool's clock), `recorded_at` when we knew it (ours).
 */
import { Temporal } from 'temporal-polyfill'
import { type Database, ids, type Queryable, type SQL, sql } from '../db/database.ts'
import { compile } from '../model/filter/compile.ts'
import { Filter } from '../model/filter/syntax.ts'
import { startOfDay } from '../rules/calendar.ts'

export type Measure = { kind: 'count' } | { kind: 'sum'; field: string }

export interface KeyResultRow {
  id: string
  title: string
  filter: unknown
  measure: Measure
  startsOn: string
  endsOn: string
  zone: string
}

/**
 * Brings every ledger (or one) in step with the tasks, or with these tasks only. One statement a key result. Returns
 * rows appended.
 */
export async function recompute(
  db: Database,
  options: { keyResult?: string; tasks?: string[]; now: string }
): Promise<number> {
  const only = options.keyResult ? sql`where id = ${options.keyResult}` : sql``
  const keyResults = await db.rows<KeyResultRow>(sql`
    select id, title, filter, measure, starts_on as "startsOn", ends_on as "endsOn", zone from key_results ${only} order by id`)
  let appended = 0
  for (const keyResult of keyResults) appended += await recomputeOne(db, keyResult, options)
  return appended
}

/**
 * Amounts add up as decimals: in binary 0.1 + 0.2 − 0.1 is not 0.2, and a ledger would drift from its recompute by the
 * order of its rows.
 */
export const total = (amount: SQL): SQL => sql`coalesce(sum((${amount})::numeric), 0)`

/** The tasks that count for a key result right now: `task_id, amount, effective_at`. */
export function counting(keyResult: KeyResultRow, now: string): SQL {
  const { zone, startsOn, endsOn } = keyResult
  const dayAfter = Temporal.PlainDate.from(endsOn).add({ days: 1 }).toString()
  return sql`
    select t.id as task_id, m.amount, t.completed_at as effective_at
    from tasks t cross join lateral (select ${amount(keyResult.measure)} as amount) m
    where t.category = 'done' and t.completed_at is not null and t.presence <> 'deleted'
      and t.completed_at >= ${startOfDay(startsOn, zone)}::timestamptz and t.completed_at < ${startOfDay(dayAfter, zone)}::timestamptz
      and m.amount is not null and m.amount <> 0
      and (${compile(Filter.parse(keyResult.filter), { now, zone })})`
}

async function recomputeOne(
  db: Database,
  keyResult: KeyResultRow,
  { now, tasks }: { now: string; tasks?: string[] }
): Promise<number> {
  const these = (id: SQL): SQL => (tasks ? sql`and ${id} = any(${ids(tasks)})` : sql``)
  return db.transaction(async (tx: Queryable) => {
    // Two recomputes at once would both append the same difference.
    await tx.run(sql`select 1 from key_results where id = ${keyResult.id} for update`)
    return tx.run(sql`
      with counting as materialized (${counting(keyResult, now)} ${these(sql`t.id`)}),
      standing as materialized (
        select task_id, amount, effective_at from (
          select distinct on (task_id) task_id, kind, amount, effective_at
          from contributions where key_result_id = ${keyResult.id} ${these(sql`task_id`)} order by task_id, id desc
        ) latest where kind = 'counted'
      )
      insert into contributions (key_result_id, task_id, amount, kind, reason, effective_at)
      select ${keyResult.id}, task_id, amount, kind, reason, effective_at from (
        select s.task_id, -s.amount as amount, 'reversed' as kind, s.effective_at, 0 as step,
          case when t.id is null or t.presence = 'deleted' then 'deleted'
            when t.category <> 'done' then 'reopened'
            when c.task_id is null then 'no longer matches'
            else 'changed' end as reason
        from standing s left join counting c using (task_id) left join tasks t on t.id = s.task_id
        where c.task_id is null or (c.amount, c.effective_at) is distinct from (s.amount, s.effective_at)
        union all
        select c.task_id, c.amount, 'counted', c.effective_at, 1, null
        from counting c left join standing s using (task_id)
        where s.task_id is null or (c.amount, c.effective_at) is distinct from (s.amount, s.effective_at)
        order by step, task_id
      ) difference`)
  })
}

function amount(measure: Measure): SQL {
  if (measure.kind === 'count') return sql`1::double precision`
  if (measure.field.toLowerCase() === 'estimate') return sql`t.estimate_value`
  return sql`(
    select (field.value ->> 'value')::double precision from jsonb_each(t.fields) field
    where field.value ->> 'type' = 'number'
      and (field.key = ${measure.field} or lower(field.value ->> 'name') = lower(${measure.field}))
    order by field.key limit 1)`
}
