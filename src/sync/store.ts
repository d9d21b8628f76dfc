/**
 * The one door into the model: a page of facts becomes rows, in one transaction, each kind in one statement. An
 * unchanged row is not written. Storing the same page twice leaves the same rows.
 */

import { hash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { Page, Unreadable } from '../adapter.ts'
import { json, type Queryable, sql } from '../db/database.ts'
import { type ColumnFacts, hubId, type Tool } from '../model/task.ts'
import { recognise } from '../people/recognise.ts'
import { markDeleted, takeAway } from './pageAbsent.ts'
import { storeEvents } from './pageEvents.ts'
import { storeTasks } from './pageTasks.ts'

export interface Stored {
  fetched: number
  stored: number
  unchanged: number
  quarantined: number
  events: number
  /** Columns or projects differ from before, and tasks are there: every task of the project has to be settled anew. */
  columnsChanged: boolean
  /** History goes further back than before, and tasks are there that were stored without it. */
  historyReached: boolean
}

export interface StoreContext {
  tool: Tool
  runId: number | null
  /** The tool's clock at the former complete look; null on the first one, when nothing can have been observed. */
  lookedAt: string | null
}

/** Stores a page. All of it or, on an error, nothing. */
export async function storePage(tx: Queryable, page: Page, context: StoreContext): Promise<Stored> {
  const { tool } = context
  const projectsChanged = await storeProjects(tx, tool, page)
  const historyReached = await storeReach(tx, tool, page)
  const columnsChanged = await storeColumns(tx, tool, page.columns)
  await storePeople(tx, tool, page)
  const events = await storeEvents(tx, page.events, context, page)
  const tasks = await storeTasks(tx, page, context)
  await storeComments(tx, tool, page)
  const quarantined = await setAside(tx, tool, page.unreadable)
  await markDeleted(tx, tool, page.events, context.runId)
  await takeAway(tx, tool, page.absent ?? [], context.runId)
  return {
    ...tasks,
    fetched: tasks.stored + tasks.unchanged + quarantined,
    quarantined,
    events,
    columnsChanged: projectsChanged || columnsChanged,
    historyReached
  }
}

async function storeProjects(tx: Queryable, tool: Tool, page: Page): Promise<boolean> {
  if (page.projects.length === 0) return false
  const rows = page.projects.map((project) => ({ ...project, id: hubId(tool, project.externalId) }))
  const facts = sql`from jsonb_to_recordset(${json(rows)})
    as x(id text, name text, url text, archived boolean, audience text, members text[])`
  const [archived] = await tx.rows<{ n: number }>(
    sql`select count(*)::int as n from (select x.id, x.archived ${facts}) x join projects p using (id)
        where p.archived <> x.archived`
  )
  await tx.run(sql`
    insert into projects (id, tool, name, url, archived, audience, members)
    select id, ${tool}, name, url, archived, audience, members ${facts}
    on conflict (id) do update set
      name = excluded.name, url = excluded.url, archived = excluded.archived, audience = excluded.audience,
      members = coalesce(excluded.members, projects.members)
    where (projects.name, projects.url, projects.archived, projects.audience, projects.members)
      is distinct from (excluded.name, excluded.url, excluded.archived, excluded.audience, coalesce(excluded.members, projects.members))`)
  return (archived?.n ?? 0) > 0
}

async function storeReach(tx: Queryable, tool: Tool, page: Page): Promise<boolean> {
  if (page.history.length === 0) return false
  const rows = page.history.map(({ project, from }) => ({ id: hubId(tool, project), at: from }))
  const reached = await tx.rows<{ tasks: boolean }>(sql`
    update projects p set history_from = x.at
    from jsonb_to_recordset(${json(rows)}) as x(id text, at timestamptz)
    where p.id = x.id and (p.history_from is null or x.at < p.history_from)
    returning exists (select 1 from tasks t where t.project_id = p.id) as tasks`)
  return reached.some(({ tasks }) => tasks)
}

/** A recognised name counts at once and is judged again when it changes, until a person confirms or chooses. */
async function storeColumns(tx: Queryable, tool: Tool, columns: ColumnFacts[]): Promise<boolean> {
  if (columns.length === 0) return false
  // Fifteen languages of column names: read when the first column is.
  const { suggestCategories } = await import('../model/columnMeaning/index.ts')
  const rows = [...Map.groupBy(columns, (column) => column.project).values()].flatMap((ofProject) => {
    const suggested = suggestCategories(ofProject.map((column) => ({ ...column, id: column.externalId })))
    return ofProject.map((column) => ({
      id: hubId(tool, column.externalId),
      project_id: hubId(tool, column.project),
      name: column.name,
      position: column.position,
      archived: column.archived,
      category: column.category ?? suggested.get(column.externalId)?.category ?? 'unmapped',
      category_source: column.category ? 'tool' : 'suggested',
      category_reason: column.category ? null : (suggested.get(column.externalId)?.reason ?? null)
    }))
  })
  const touched = await tx.rows<{ stands: boolean }>(sql`
    insert into columns (id, project_id, name, position, archived, category, category_source, category_reason)
    select distinct on (id) id, project_id, name, position, archived, category, category_source, category_reason
    from jsonb_to_recordset(${json(rows)}) as x(id text, project_id text, name text, position double precision,
      archived boolean, category text, category_source text, category_reason jsonb)
    on conflict (id) do update set
      project_id = excluded.project_id, name = excluded.name, position = excluded.position, archived = excluded.archived,
      category = case when columns.category_source = 'confirmed' then columns.category else excluded.category end,
      category_source = case when columns.category_source = 'confirmed' then 'confirmed' else excluded.category_source end,
      category_reason = case when columns.category_source = 'confirmed' then columns.category_reason else excluded.category_reason end
    where (columns.project_id, columns.name, columns.position, columns.archived)
        is distinct from (excluded.project_id, excluded.name, excluded.position, excluded.archived)
      or (columns.category_source <> 'confirmed' and columns.category <> excluded.category)
    returning exists (select 1 from tasks t where t.column_id = columns.id) as stands`)
  return touched.some(({ stands }) => stands)
}

async function storePeople(tx: Queryable, tool: Tool, page: Page): Promise<void> {
  // The page's last word on a person wins: members carry more than the stubs in the history.
  const rows = [...new Map(page.people.map((person) => [person.externalId, person])).values()].map((person) => ({
    ...person,
    id: hubId(tool, person.externalId)
  }))
  if (rows.length === 0) return
  await tx.run(sql`
    insert into identities (id, tool, name, username, mention, avatar_url, email)
    select id, ${tool}, name, username, mention, "avatarUrl", lower(email)
    from jsonb_to_recordset(${json(rows)}) as x(id text, name text, username text, mention text, "avatarUrl" text, email text)
    on conflict (id) do update set
      name = excluded.name, username = coalesce(excluded.username, identities.username),
      mention = coalesce(excluded.mention, identities.mention),
      avatar_url = coalesce(excluded.avatar_url, identities.avatar_url),
      email = coalesce(excluded.email, identities.email)
    where (identities.name, identities.username, identities.mention, identities.avatar_url, identities.email) is distinct from
      (excluded.name, coalesce(excluded.username, identities.username), coalesce(excluded.mention, identities.mention),
        coalesce(excluded.avatar_url, identities.avatar_url), coalesce(excluded.email, identities.email))`)
  await recognise(
    tx,
    rows.filter(({ email }) => email !== null).map(({ id }) => id)
  )
}

async function storeComments(tx: Queryable, tool: Tool, page: Page): Promise<void> {
  const rows = [...new Map(page.comments.map((comment) => [comment.externalId, comment])).values()].map((comment) => ({
    id: hubId(tool, comment.externalId),
    task_id: hubId(tool, comment.task),
    author: comment.author === null ? null : hubId(tool, comment.author),
    at: comment.at,
    edited_at: comment.editedAt,
    text: comment.text
  }))
  if (rows.length === 0) return
  await tx.run(sql`
    insert into comments (id, task_id, author, at, edited_at, text, ours)
    select x.id, x.task_id, x.author, x.at, x.edited_at, x.text, coalesce(position(n.token in x.text) > 0, false)
    from jsonb_to_recordset(${json(rows)})
      as x(id text, task_id text, author text, at timestamptz, edited_at timestamptz, text text)
    left join notes n on n.task_id = x.task_id
    on conflict (id) do update set text = excluded.text, edited_at = excluded.edited_at, ours = comments.ours or excluded.ours
    where (comments.text, comments.edited_at) is distinct from (excluded.text, excluded.edited_at)`)
}

/** The id a card is set aside under; one without an id of its own is known by its content. */
export const quarantineId = (tool: Tool, card: Unreadable): string =>
  hubId(tool, card.externalId || `unnamed-${hash('sha1', JSON.stringify(card.raw), 'hex')}`)

/** Returns how many cards that were. */
async function setAside(tx: Queryable, tool: Tool, unreadable: Unreadable[]): Promise<number> {
  if (unreadable.length === 0) return 0
  const cards = new Map(unreadable.map((card) => [quarantineId(tool, card), card]))
  const rows = [...cards].map(([id, card]) => {
    const body = JSON.stringify(card.raw)
    return {
      id,
      project_id: hubId(tool, card.project ?? ''),
      title: card.title,
      path: card.path,
      reason: card.reason,
      hash: hash('sha1', body, 'base64'),
      body: compress(body)
    }
  })
  await tx.run(sql`
    insert into quarantine (task_id, project_id, title, path, reason, hash, body)
    select id, project_id, title, path, reason, hash, decode(body, 'base64')
    from jsonb_to_recordset(${json(rows)})
      as x(id text, project_id text, title text, path text, reason text, hash text, body text)
    on conflict (task_id) do update set
      path = excluded.path, reason = excluded.reason, hash = excluded.hash, body = excluded.body, title = excluded.title
    where quarantine.hash <> excluded.hash`)
  return rows.length
}

const compress = (body: string): string => zstdCompressSync(body).toString('base64')
