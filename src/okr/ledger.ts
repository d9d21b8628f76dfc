/**
 * The ledger of a key result: which card counted for how much, since when, and what was taken back. Append-only: a point
 * that no longer holds is reversed by a row of its own, so every figure can be explained card by card.
 *
 * Guarantee: after `recompute` the sum of the ledger equals the sum over the tasks as they are, whatever order events
 * came in. `effective_at` is when the work was done (the tool's clock), `recorded_at` when we knew it (ours).
 */
import { type Database, json, type Queryable, type SQL, sql } from '../db/database.ts'
import { refreshStatistics } from '../db/statistics.ts'
import { contributionsOf, countingFor, type KeyResultRow, outOfStep, together } from './counting.ts'

export type { KeyResultRow } from './counting.ts'

/**
 * Brings every ledger (or one) in step with the tasks, or with these tasks only: one statement finds the key results that
 * are not, another one appends to all of those. Returns rows appended.
 */
export async function recompute(
  db: Database,
  options: { keyResult?: string; tasks?: string[]; now: string }
): Promise<number> {
  const { keyResult, tasks, now } = options
  if (tasks?.length === 0) return 0
  const keyResults = await load(db, keyResult === undefined ? sql`true` : sql`id = ${keyResult}`)
  let appended = 0
  for (const some of together(keyResults)) {
    const differing = await outOfStep(db, some, now, tasks)
    if (differing.length > 0) appended += await append(db, differing, now, tasks)
  }
  await refreshStatistics(db, appended, ['contributions'])
  return appended
}

/**
 * Amounts add up as decimals: in binary 0.1 + 0.2 − 0.1 is not 0.2, and a ledger would drift from its recompute by the
 * order of its rows.
 */
export const total = (amount: SQL): SQL => sql`coalesce(sum((${amount})::numeric), 0)`

/** The tasks that count for a key result right now: `key_result_id, task_id, amount, effective_at`. */
export const counting = (keyResult: KeyResultRow, now: string): SQL => countingFor([keyResult], now)

const load = (db: Queryable, which: SQL, locked: SQL = sql``): Promise<KeyResultRow[]> =>
  db.rows<KeyResultRow>(sql`
    select id, title, filter, measure, starts_on as "startsOn", ends_on as "endsOn", zone
    from key_results where ${which} order by id ${locked}`)

function append(db: Database, differing: string[], now: string, tasks: string[] | undefined): Promise<number> {
  const those = (id: SQL): SQL => sql`${id} in (select jsonb_array_elements_text(${json(differing)}))`
  return db.transaction(async (tx) => {
    // Two recomputes at once would both append the same difference. Locked in one order, they do not wait for each other.
    const keyResults = await load(tx, those(sql`id`), sql`for update`)
    if (keyResults.length === 0) return 0
    return tx.run(sql`
      with counting as materialized (${countingFor(keyResults, now, tasks)}),
      standing as materialized (
        select key_result_id, task_id, amount, effective_at from (
          select distinct on (key_result_id, task_id) key_result_id, task_id, kind, amount, effective_at
          from ${contributionsOf(differing, tasks)} where ${those(sql`key_result_id`)} order by key_result_id, task_id, id desc
        ) latest where kind = 'counted'
      ), unlike as materialized (
        select coalesce(s.key_result_id, c.key_result_id) as key_result_id, coalesce(s.task_id, c.task_id) as task_id,
          s.amount as stood, s.effective_at as stood_at, c.amount as counts, c.effective_at as counts_at
        from standing s full join counting c on c.key_result_id = s.key_result_id and c.task_id = s.task_id
        where (c.amount, c.effective_at) is distinct from (s.amount, s.effective_at)
      )
      insert into contributions (key_result_id, task_id, amount, kind, reason, effective_at)
      select key_result_id, task_id, amount, kind, reason, effective_at from (
        select u.key_result_id, u.task_id, -u.stood as amount, 'reversed' as kind, u.stood_at as effective_at, 0 as step,
          case when t.id is null or t.presence = 'deleted' then 'deleted'
            when t.category <> 'done' then 'reopened'
            when u.counts is null then 'no longer matches'
            else 'changed' end as reason
        from unlike u left join tasks t on t.id = u.task_id
        where u.stood is not null
        union all
        select key_result_id, task_id, counts, 'counted', counts_at, 1, null from unlike where counts is not null
        order by step, key_result_id, task_id
      ) difference`)
  })
}
