/** Reading single cards again, outside a run: before we speak on one, or when a webhook names it. */
import { type Absence, page, type Session, type TaskRead } from '../adapter.ts'
import { openSession } from '../connections/session.ts'
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, hubId, type Tool } from '../model/task.ts'
import { settleTasks } from './settle.ts'
import { storePage } from './store.ts'

/**
 * Stores the cards as they are now. A card that cannot be found is hidden, unless it is known to be deleted; one that
 * nobody asked us to read – of a project that is not chosen – is left alone.
 */
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
    looked.tasks = await ofInterest(tx, tool, looked.tasks)
    await storePage(tx, looked, { tool, runId, lookedAt: look?.at ?? null })
    if (runId === null) await settleTasks(tx, tasks)
  })
}

/** Cards of chosen projects, and those we know already wherever they are now. */
async function ofInterest(tx: Queryable, tool: Tool, tasks: TaskRead[]): Promise<TaskRead[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from projects where chosen and id = any(${ids(tasks.map(({ facts }) => hubId(tool, facts.project)))})
    union all select id from tasks where id = any(${ids(tasks.map(({ facts }) => hubId(tool, facts.externalId)))})`)
  const known = new Set(rows.map(({ id }) => id))
  return tasks.filter(({ facts }) => known.has(hubId(tool, facts.project)) || known.has(hubId(tool, facts.externalId)))
}

/**
 * Reads again what was set aside, in all projects or one: a newer Throughline may understand it. Returns how many cards
 * are understood now, how many still are not, and the projects they stand in.
 */
export async function retrySetAside(
  hub: Hub,
  project: string | null
): Promise<{ read: number; setAside: number; projects: string[] }> {
  const asked = await hub.db.rows<{ connectionId: string; tool: Tool; tasks: string[]; projects: string[] }>(sql`
    select c.id as "connectionId", c.tool, to_jsonb(array_agg(q.task_id)) as tasks,
      to_jsonb(array_agg(distinct q.project_id)) as projects
    from quarantine q join scopes s on q.project_id = any(s.projects) join connections c on c.id = s.connection_id
    where (${project}::text is null or q.project_id = ${project}) and q.task_id not like '%:unnamed-%'
    group by c.id order by c.id`)
  for (const { connectionId, tool, tasks } of asked) {
    const { session } = await openSession(hub, connectionId, 0)
    await refetch(hub, session, tool, tasks)
  }
  const tasks = asked.flatMap((one) => one.tasks)
  const [left] = await hub.db.rows<{ n: number }>(
    sql`select count(*)::int as n from quarantine where task_id = any(${ids(tasks)})`
  )
  const setAside = left?.n ?? 0
  return { read: tasks.length - setAside, setAside, projects: asked.flatMap((one) => one.projects) }
}
