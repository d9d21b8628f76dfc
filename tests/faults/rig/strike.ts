/** What faults of a tool have in common: everything is read again while it is ill, and nothing is concluded from that. */

import type { Effect } from '../../../sandbox/kit/faults.ts'
import { sql } from '../../../src/db/database.ts'
import { externalId } from '../../../src/model/task.ts'
import type { Stage } from './stage.ts'

/** From the next turn on every scope is swept. */
export const sweepSoon = (stage: Stage): Promise<number> =>
  stage.hub.db.run(sql`update scopes set swept_at = null, next_look_at = now()`)

/** Sweeps once while the tool answers so. Returns what was concluded wrongly, and kinds of the errors it ended in. */
export async function sweptWhile(
  stage: Stage,
  order: { effect: Effect; nth?: number; times?: number; path?: string }
): Promise<{ wrong: string[]; errors: (string | null)[] }> {
  const { path = stage.tool.listing, ...rest } = order
  const [before] = await stage.hub.db.rows<{ id: number }>(sql`select coalesce(max(id), 0)::int as id from sync_runs`)
  await stage.standIn.fault({ path, ...rest })
  await sweepSoon(stage)
  await stage.turns.turn()
  await stage.standIn.clearFaults()
  const runs = await stage.hub.db.rows<{ kind: string | null }>(sql`
    select error ->> 'kind' as kind from sync_runs where id > ${before?.id ?? 0} or state = 'failed' order by id`)
  return { wrong: await takenForGone(stage), errors: runs.map(({ kind }) => kind) }
}

/** Cards that stand in the tool as ever and that the hub takes for gone. */
export async function takenForGone(stage: Stage): Promise<string[]> {
  const gone = await stage.hub.db.rows<{ id: string; presence: string }>(
    sql`select id, presence from tasks where presence in ('hidden', 'deleted') order by id`
  )
  const wrong: string[] = []
  for (const { id, presence } of gone) {
    const state = await stage.life.look(externalId(id))
    if (state?.state === 'present') wrong.push(`${id} was taken for ${presence}`)
  }
  return wrong
}
