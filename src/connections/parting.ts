/**
 * Parting with an account. Its token and its webhooks go; cards, history and what was counted stay, and so do our notes
 * on cards, which nobody else may change. Boards that another account is shown are read with that one; of the others the
 * cards are hidden, as when access was taken away, so that connecting again brings everything back.
 */
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { hide } from '../sync/pageAbsent.ts'
import { settleProjects } from '../sync/settle.ts'
import { takeAwayAll } from '../webhooks/hooks.ts'

export interface Parting {
  /** Chosen boards that another account goes on reading. */
  goesOn: { id: string; name: string; with: string }[]
  /** Chosen boards that nobody reads any more. */
  stops: { id: string; name: string }[]
  /** Cards on those, which stay here unseen. */
  cards: number
  /** Findings that are closed with them. */
  findings: number
  /** Notes of this account that stand on cards and stay there. */
  notes: number
  webhooks: number
}

/** What would follow; changes nothing. */
export async function partingWith(db: Queryable, connectionId: string): Promise<Parting> {
  const boards = await db.rows<{ id: string; name: string; with: string | null }>(sql`
    select p.id, p.name, ${OTHER} as with from connection_projects cp join projects p on p.id = cp.project_id
    where cp.connection_id = ${connectionId} and p.chosen order by lower(p.name), p.id`)
  const stops = boards.filter((board) => board.with === null)
  const left = ids(stops.map(({ id }) => id))
  const [counts] = await db.rows<Pick<Parting, 'cards' | 'findings' | 'notes' | 'webhooks'>>(sql`
    select (select count(*) from tasks where project_id = any(${left}) and presence in ('present', 'archived'))::int as cards,
      (select count(*) from findings where project_id = any(${left}) and closed_at is null)::int as findings,
      (select count(*) from notes where connection_id = ${connectionId} and comment_id is not null)::int as notes,
      (select count(*) from hooks where connection_id = ${connectionId})::int as webhooks`)
  return {
    goesOn: boards.filter((board): board is typeof board & { with: string } => board.with !== null),
    stops: stops.map(({ id, name }) => ({ id, name })),
    cards: counts?.cards ?? 0,
    findings: counts?.findings ?? 0,
    notes: counts?.notes ?? 0,
    webhooks: counts?.webhooks ?? 0
  }
}

/** Another account in use that is shown the board `p`. */
const OTHER = sql`(
  select o.account_name from connection_projects other join connections o on o.id = other.connection_id
  where other.project_id = p.id and other.connection_id <> cp.connection_id and other.lost_at is null and o.state = 'active'
  order by o.created_at, o.id limit 1)`

/** Parts with it. A tool that does not answer keeps no one: its webhooks then lead nowhere. Returns the boards whose cards are hidden now. */
export async function part(hub: Hub, connectionId: string): Promise<string[]> {
  await takeAwayAll(hub, connectionId)
  return hub.db.transaction(async (tx) => {
    const only = await tx.rows<{ id: string; read: boolean }>(sql`
      select p.id, (p.chosen or p.looked_at is not null) as read
      from connection_projects cp join projects p on p.id = cp.project_id
      where cp.connection_id = ${connectionId} and not exists (
        select 1 from connection_projects other
        where other.project_id = p.id and other.connection_id <> cp.connection_id and other.lost_at is null)`)
    const known = only.filter(({ read }) => read).map(({ id }) => id)
    await tx.run(sql`delete from connections where id = ${connectionId}`)
    // What was only ever offered is offered no more.
    await tx.run(sql`
      delete from projects where id = any(${ids(only.filter(({ read }) => !read).map(({ id }) => id))})
        and not exists (select 1 from tasks t where t.project_id = projects.id)`)
    await tx.run(sql`
      update projects set chosen = false, lost_at = coalesce(lost_at, now()) where id = any(${ids(known)})`)
    const tasks = await tx.rows<{ id: string }>(sql`
      select id from tasks where project_id = any(${ids(known)}) and presence in ('present', 'archived')`)
    await hide(
      tx,
      tasks.map(({ id }) => id)
    )
    await settleProjects(tx, known)
    return known
  })
}
