/** O7: every key result is its recompute from scratch, and each card in it counts once at most. */
import { sql } from '../../../src/db/database.ts'
import { counting, type KeyResultRow, total } from '../../../src/okr/ledger.ts'
import type { Stage } from '../rig/stage.ts'

export async function keyResults({ hub, now }: Stage): Promise<string[]> {
  const rows = await hub.db.rows<KeyResultRow>(sql`
    select id, title, filter, measure, starts_on as "startsOn", ends_on as "endsOn", zone from key_results order by id`)
  const wrong: string[] = []
  for (const keyResult of rows) {
    const [sums] = await hub.db.rows<{ held: number; fresh: number }>(sql`
      select (select ${total(sql`amount`)} from contributions where key_result_id = ${keyResult.id})::float8 as held,
        (select ${total(sql`amount`)} from (${counting(keyResult, now())}) scratch)::float8 as fresh`)
    if (sums && sums.held !== sums.fresh)
      wrong.push(`“${keyResult.title}” holds ${sums.held}, and comes to ${sums.fresh} from scratch`)
    const twice = await hub.db.rows<{ task: string }>(sql`
      select task_id as task from contributions where key_result_id = ${keyResult.id}
      group by task_id having sum(case kind when 'counted' then 1 else -1 end) not in (0, 1)`)
    wrong.push(...twice.map(({ task }) => `“${keyResult.title}” counts ${task} more than once`))
  }
  return wrong
}
