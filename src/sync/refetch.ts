/** Reading single cards again, outside a run: before we speak on one, or when a webhook names it. */
import { type Absence, page, type Session } from '../adapter.ts'
import { ids, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, type Tool } from '../model/task.ts'
import { settleTasks } from './settle.ts'
import { storePage } from './store.ts'

/** Stores the cards as they are now. A card that cannot be found is hidden, unless it is known to be deleted. */
export async function refetch(
  hub: Hub,
  session: Session,
  tool: Tool,
  tasks: string[],
  runId: number | null = null
): Promise<void> {
  const absent: Absence[] = []
  const looked = page(hub.now(), { absent })
  for await (const one of session.fetch(tasks.map(externalId))) {
    if (one.kind === 'task') looked.tasks.push(one)
    else if (one.kind === 'unreadable') looked.unreadable.push(one)
    else absent.push(one)
  }
  await hub.db.transaction(async (tx) => {
    const [look] = await tx.rows<{ at: string | null }>(sql`
      select max(p.read_at) as at from tasks t join projects p on p.id = t.project_id where t.id = any(${ids(tasks)})`)
    await storePage(tx, looked, { tool, runId, lookedAt: look?.at ?? null })
    if (runId === null) await settleTasks(tx, tasks)
  })
}
