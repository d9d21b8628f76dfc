/**
 * Who reads what. A project that several accounts see is read by one of them, which also speaks there; when the tool
 * refuses that account, or no longer shows it the project, another one stands in.
 *
 * Guarantee: each chosen project is in one scope at most. Limit: whoever stands in reads the project whole first.
 */
import { ids, json, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, hubId } from '../model/task.ts'
import { openSession } from './session.ts'

/** Chooses what is read. Nothing that was read is deleted when a project is no longer chosen. */
export async function chooseProjects(hub: Hub, chosen: string[]): Promise<void> {
  await hub.db.run(
    sql`update projects set chosen = (id = any(${ids(chosen)})) where chosen <> (id = any(${ids(chosen)}))`
  )
  await assignReaders(hub)
}

/** A chosen project is read by an account that cannot, while another one could. */
export async function readersAreMissing(db: Queryable): Promise<boolean> {
  const rows = await db.rows(sql`
    select 1 from (${BEST}) best left join (${CURRENT}) current using (project_id)
    where best.connection_id is distinct from current.connection_id limit 1`)
  return rows.length > 0
}

/**
 * Gives every chosen project its reader, and makes the scopes anew from that: one that gains a project is read whole
 * again, one that loses some keeps its bookmark. A tool that does not answer keeps what was read with its account as it
 * is; its error is thrown when the others are done.
 */
export async function assignReaders(hub: Hub): Promise<void> {
  const readers = await hub.db.rows<{ connectionId: string; projects: string[] }>(sql`
    select connection_id as "connectionId", to_jsonb(array_agg(project_id order by project_id)) as projects
    from (${BEST}) best group by connection_id`)
  const scopes: ScopeRow[] = []
  const errors: unknown[] = []
  for (const { connectionId, projects } of readers) {
    try {
      scopes.push(...(await scopesOf(hub, connectionId, projects)))
    } catch (error) {
      errors.push(error)
    }
  }
  await hub.db.transaction((tx) => storeScopes(tx, scopes))
  if (errors.length > 0) throw errors[0]
}

/**
 * Gives the boards that one account reads to another that is shown them as well, which from then on reads and speaks
 * there. What the first one wrote on cards stays its own. Returns the boards that changed hands.
 */
export async function handOver(hub: Hub, from: string, to: string): Promise<string[]> {
  const boards = await hub.db.rows<{ id: string; reads: boolean }>(sql`
    select p.id, reads.connection_id = ${to} as reads
    from (${CURRENT}) reads join projects p on p.id = reads.project_id
    where p.chosen and (reads.connection_id = ${to} or (reads.connection_id = ${from} and exists (
      select 1 from connection_projects cp where cp.connection_id = ${to} and cp.project_id = p.id and cp.lost_at is null)))
    order by p.id`)
  const given = boards.filter(({ reads }) => !reads).map(({ id }) => id)
  if (given.length === 0) return []
  const scopes = await scopesOf(
    hub,
    to,
    boards.map(({ id }) => id)
  )
  await hub.db.transaction((tx) => storeScopes(tx, scopes))
  return given
}

async function scopesOf(hub: Hub, connectionId: string, projects: string[]): Promise<ScopeRow[]> {
  const { session, connection } = await openSession(hub, connectionId, 0)
  return (await session.scopes(projects.map(externalId))).map((scope) => ({
    id: `${connectionId}/${scope.externalId}`,
    connection_id: connectionId,
    external_id: scope.externalId,
    name: scope.name,
    projects: scope.projects.map((project) => hubId(connection.tool, project))
  }))
}

interface ScopeRow {
  id: string
  connection_id: string
  external_id: string
  name: string
  projects: string[]
}

async function storeScopes(tx: Queryable, scopes: ScopeRow[]): Promise<void> {
  // What nobody else can read stays with the account that could: it may be connected again.
  await tx.run(sql`
    update scopes s set projects = array(
      select project from unnest(s.projects) project join projects p on p.id = project and p.chosen
      where project <> all(${ids(scopes.flatMap(({ projects }) => projects))}) order by project)
    where s.id <> all(${ids(scopes.map(({ id }) => id))})`)
  await tx.run(sql`
    delete from scopes where cardinality(projects) = 0 and id <> all(${ids(scopes.map(({ id }) => id))})`)
  await tx.run(sql`
    insert into scopes (id, connection_id, external_id, name, projects)
    select id, connection_id, external_id, name, projects
    from jsonb_to_recordset(${json(scopes)})
      as x(id text, connection_id text, external_id text, name text, projects text[])
    on conflict (id) do update set name = excluded.name, projects = excluded.projects,
      swept_at = case when excluded.projects <@ scopes.projects then scopes.swept_at end, next_look_at = now()
    where scopes.projects <> excluded.projects`)
}

/** Who reads a project now. */
const CURRENT = sql`
  select s.connection_id, unnest(s.projects) as project_id from scopes s`

/**
 * Who should read it: an account that may be used, and is shown the project; then whoever reads it already, then the
 * first that was connected. When it is shown to none of them, they take turns, in case one gets in again.
 */
const BEST = sql`
  select distinct on (p.id) p.id as project_id, c.id as connection_id
  from projects p join connection_projects cp on cp.project_id = p.id join connections c on c.id = cp.connection_id
  left join (${CURRENT}) reads on reads.project_id = p.id and reads.connection_id = c.id
  where p.chosen and c.state = 'active'
  order by p.id, cp.lost_at nulls first, reads.project_id nulls last, c.created_at, c.id`
