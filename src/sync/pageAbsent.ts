/** Tasks we do not see any more: deleted on positive evidence, archived in the tool's word, otherwise hidden. */
import type { Absence } from '../adapter.ts'
import { ids, json, type Queryable, sql } from '../db/database.ts'
import { type EventFacts, hubId, type Tool } from '../model/task.ts'
import { UNSETTLED } from './pageTasks.ts'

/** A delete event is the proof that makes a task `deleted`. */
export async function markDeleted(
  tx: Queryable,
  tool: Tool,
  events: EventFacts[],
  runId: number | null
): Promise<void> {
  const deleted = events.filter((event) => event.type === 'deleted').map((event) => hubId(tool, event.task))
  if (deleted.length === 0) return
  await tx.run(sql`
    update tasks set presence = 'deleted', run_id = ${runId}::int, entered_known = ${UNSETTLED}
    where id = any(${ids(deleted)}) and presence <> 'deleted'`)
  await tx.run(sql`delete from quarantine where task_id = any(${ids(deleted)})`)
}

/** Takes tasks out of sight that we cannot see any more. What is known to be deleted stays so. */
export const hide = (tx: Queryable, tasks: string[]): Promise<number> =>
  setAbsent(tx, new Map(tasks.map((id) => [id, 'hidden'])), null)

export function takeAway(tx: Queryable, tool: Tool, absent: readonly Absence[], runId: number | null): Promise<number> {
  return setAbsent(tx, new Map(absent.map(({ externalId, presence }) => [hubId(tool, externalId), presence])), runId)
}

async function setAbsent(
  tx: Queryable,
  absent: ReadonlyMap<string, Absence['presence']>,
  runId: number | null
): Promise<number> {
  if (absent.size === 0) return 0
  const rows = [...absent].map(([id, presence]) => ({ id, presence }))
  return tx.run(sql`
    update tasks t set presence = x.presence, run_id = coalesce(${runId}::int, t.run_id), entered_known = ${UNSETTLED}
    from jsonb_to_recordset(${json(rows)}) as x(id text, presence text)
    where t.id = x.id and t.presence <> x.presence
      and (t.presence in ('present', 'archived') or (t.presence = 'hidden' and x.presence = 'deleted'))`)
}
