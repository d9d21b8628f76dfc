/** Which projects an account is shown: what a sweep saw of them, and what follows when one is seen no more. */
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { hide } from './pageAbsent.ts'
import { settleProjects } from './settle.ts'

/** A scope, as far as it matters who is shown what. */
interface Sighted {
  id: string
  connectionId: string
  projects: string[]
}

/** Not a page of tasks: under this number a run keeps the projects that a sweep was shown. */
export const SHOWN = -1

/**
 * A whole sweep is shown every project that the account sees. One that is not among them is lost to this account though
 * the others of its scope are read as ever; each of its tasks has been asked for by then.
 */
export async function noteWhatWasShown(tx: Queryable, scope: Sighted, runId: number): Promise<void> {
  const shown = sql`project_id in (select unnest(seen) from sync_pages where run_id = ${runId} and page = ${SHOWN})`
  await tx.run(sql`
    update connection_projects set lost_at = case when ${shown} then null else coalesce(lost_at, now()) end
    where connection_id = ${scope.connectionId} and project_id = any(${ids(scope.projects)})
      and (lost_at is null) <> (${shown})`)
  await tx.run(sql`
    update projects p set lost_at = case when ${IN_SIGHT} then null else now() end
    where p.id = any(${ids(scope.projects)}) and (p.lost_at is null) <> ${IN_SIGHT}`)
}

/** An account that may be used is shown the project. */
const IN_SIGHT = sql`exists (
  select 1 from connection_projects cp join connections c on c.id = cp.connection_id
  where cp.project_id = p.id and cp.lost_at is null and c.state = 'active')`

/**
 * The tool does not show this account the scope any more. Said once it may be a slip; said by two looks in a row, and
 * shown to no other account either, its tasks are hidden, never deleted: we may only have lost access. The first look
 * that gets in again reads everything.
 */
export async function loseSight(hub: Hub, scope: Sighted, runId: number): Promise<void> {
  await hub.db.transaction(async (tx) => {
    // What was read of it is read anew, should it come back.
    await tx.run(sql`update sync_runs set cursor = null, new_mark = null where id = ${runId} and state = 'failed'`)
    const [before] = await tx.rows<{ refused: boolean }>(sql`
      select coalesce(state = 'failed' and error ->> 'kind' in ('not_found', 'forbidden'), false) as refused
      from sync_runs where scope_id = ${scope.id} and id < ${runId} order by id desc limit 1`)
    if (!before?.refused) return
    await tx.run(sql`
      update connection_projects set lost_at = now()
      where connection_id = ${scope.connectionId} and project_id = any(${ids(scope.projects)})`)
    await tx.run(sql`update scopes set swept_at = null where id = ${scope.id}`)
    // Another account may still be shown it, and stands in (connections/readers.ts).
    const lost = await tx.rows<{ id: string }>(sql`
      update projects p set lost_at = coalesce(p.lost_at, now())
      where p.id = any(${ids(scope.projects)}) and not ${IN_SIGHT}
      returning p.id`)
    const projects = lost.map(({ id }) => id)
    const tasks = await tx.rows<{ id: string }>(sql`
      select id from tasks where project_id = any(${ids(projects)}) and presence in ('present', 'archived')`)
    await hide(
      tx,
      tasks.map(({ id }) => id)
    )
    await settleProjects(tx, projects)
  })
}
