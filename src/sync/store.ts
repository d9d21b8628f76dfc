/**
 * The one door into the model: a page of facts becomes rows, in one transaction, each kind in one statement. An
 * unchanged row is not written. Storing the same page twice leaves the same rows.
 */

import { hash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { Absence, Page, TaskRead, Unreadable } from '../adapter.ts'
import { ids, json, type Queryable, sql } from '../db/database.ts'
import { type ColumnFacts, type EventFacts, hubId, type TaskFacts, type Tool } from '../model/task.ts'
import { recognise } from '../people/recognise.ts'
import { observe } from './observe.ts'

export interface Stored {
  fetched: number
  stored: number
  unchanged: number
  quarantined: number
  events: number
  /** Columns or projects differ from before: every task of the project has to be settled anew. */
  columnsChanged: boolean
}

export interface StoreContext {
  tool: Tool
  runId: number | null
  /** The tool's clock at the former complete look; null on the first one, when nothing can have been observed. */
  lookedAt: string | null
}

/** Longer texts are cut here and flagged; tools cap far below (Trello at 16,384 characters). */
export const MAX_DESCRIPTION = 100_000

/**
 * What the facts say has changed and what follows from them is not worked out yet: `settle` gives it a value again, and
 * until then the trigger that keeps former states takes changes as parts of one.
 */
const UNSETTLED = sql`null::text`

/** Stores a page. All of it or, on an error, nothing. */
export async function storePage(tx: Queryable, page: Page, context: StoreContext): Promise<Stored> {
  const { tool } = context
  const projectsChanged = await storeProjects(tx, tool, page)
  const columnsChanged = await storeColumns(tx, tool, page.columns)
  await storePeople(tx, tool, page)
  const events = await storeEvents(tx, page.events, context, page)
  const tasks = await storeTasks(tx, page.tasks, context)
  await storeComments(tx, tool, page)
  const quarantined = await setAside(tx, tool, page.unreadable)
  await markDeleted(tx, tool, page.events, context.runId)
  await takeAway(tx, tool, page.absent ?? [], context.runId)
  return {
    ...tasks,
    fetched: tasks.stored + tasks.unchanged + quarantined,
    quarantined,
    events,
    columnsChanged: projectsChanged || columnsChanged
  }
}

async function storeProjects(tx: Queryable, tool: Tool, page: Page): Promise<boolean> {
  let changed = 0
  if (page.projects.length > 0) {
    const rows = page.projects.map((project) => ({ ...project, id: hubId(tool, project.externalId) }))
    const facts = sql`from jsonb_to_recordset(${json(rows)})
      as x(id text, name text, url text, archived boolean, audience text, members text[])`
    const [archived] = await tx.rows<{ n: number }>(
      sql`select count(*)::int as n from (select x.id, x.archived ${facts}) x join projects p using (id)
          where p.archived <> x.archived`
    )
    changed = archived?.n ?? 0
    await tx.run(sql`
      insert into projects (id, tool, name, url, archived, audience, members)
      select id, ${tool}, name, url, archived, audience, members ${facts}
      on conflict (id) do update set
        name = excluded.name, url = excluded.url, archived = excluded.archived, audience = excluded.audience,
        members = coalesce(excluded.members, projects.members)
      where (projects.name, projects.url, projects.archived, projects.audience, projects.members)
        is distinct from (excluded.name, excluded.url, excluded.archived, excluded.audience, coalesce(excluded.members, projects.members))`)
  }
  if (page.history.length > 0) {
    const rows = page.history.map(({ project, from }) => ({ id: hubId(tool, project), at: from }))
    await tx.run(sql`
      update projects p set history_from = x.at
      from jsonb_to_recordset(${json(rows)}) as x(id text, at timestamptz)
      where p.id = x.id and (p.history_from is null or x.at < p.history_from)`)
  }
  return changed > 0
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
  const touched = await tx.run(sql`
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
      or (columns.category_source <> 'confirmed' and columns.category <> excluded.category)`)
  return touched > 0
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

async function storeTasks(
  tx: Queryable,
  read: TaskRead[],
  context: StoreContext
): Promise<Pick<Stored, 'stored' | 'unchanged'>> {
  if (read.length === 0) return { stored: 0, unchanged: 0 }
  const { tool, runId } = context
  // The same card may come twice on pages that shift while they are read: the later reading stands.
  const rows = [...new Map(read.map((one) => [one.facts.externalId, one.facts])).values()].map((facts) =>
    taskRow(tool, facts)
  )
  const incoming = sql`jsonb_to_recordset(${json(rows)}) as x(${TASK_RECORD})`
  if (context.lookedAt !== null) await observe(tx, incoming, context.lookedAt, runId)
  const written = await tx.rows<{ id: string }>(sql`
    insert into tasks (${TASK_COLUMNS}, tool, run_id, category, open, valid_from)
    select ${TASK_COLUMNS_OF_X}, ${tool}, ${runId}::int, k.category,
      x.presence = 'present' and not coalesce(c.archived, false) and not p.archived
        and k.category in ('backlog', 'todo', 'doing', 'blocked'),
      x.created_at
    from ${incoming}
    join projects p on p.id = x.project_id and p.chosen
    left join columns c on c.id = x.column_id
    cross join lateral (select case when x.completed then 'done' else coalesce(c.category, 'unmapped') end as category) k
    on conflict (id) do update set
      (${TASK_COLUMNS}, run_id, stored_at, entered_known) = (${TASK_COLUMNS_OF_EXCLUDED}, excluded.run_id, now(), ${UNSETTLED})
    where tasks.hash is distinct from excluded.hash or tasks.presence is distinct from excluded.presence
    returning id`)
  // Moved to a project that nobody chose: out of our sight, not gone.
  const hidden = await tx.run(sql`
    update tasks t set presence = 'hidden', hash = 'elsewhere', run_id = ${runId}::int, entered_known = ${UNSETTLED}
    from ${incoming} left join projects p on p.id = x.project_id
    where t.id = x.id and not coalesce(p.chosen, false) and t.presence <> 'hidden'`)
  await storeRaw(tx, tool, read)
  await tx.run(sql`delete from quarantine where task_id = any(${ids(rows.map((row) => row.id))})`)
  return { stored: written.length + hidden, unchanged: rows.length - written.length - hidden }
}

/** The tool's own JSON, compressed, only where it differs from what is kept. */
async function storeRaw(tx: Queryable, tool: Tool, read: TaskRead[]): Promise<void> {
  const bodies = new Map(read.map(({ facts, raw }) => [hubId(tool, facts.externalId), JSON.stringify(raw)]))
  const kept = await tx.rows<{ task_id: string; hash: string }>(
    sql`select task_id, hash from task_raw where task_id = any(${ids([...bodies.keys()])})`
  )
  const known = new Map(kept.map((row) => [row.task_id, row.hash]))
  const rows = [...bodies]
    .map(([id, body]) => ({ id, body, hash: hash('sha1', body, 'base64') }))
    .filter((row) => known.get(row.id) !== row.hash)
    .map((row) => ({ id: row.id, hash: row.hash, body: compress(row.body) }))
  if (rows.length === 0) return
  await tx.run(sql`
    insert into task_raw (task_id, hash, body)
    select id, hash, decode(body, 'base64') from jsonb_to_recordset(${json(rows)}) as x(id text, hash text, body text)
    on conflict (task_id) do update set hash = excluded.hash, body = excluded.body`)
}

/** Reported events, each once; an observed event gives way to its reported twin. */
async function storeEvents(tx: Queryable, events: EventFacts[], context: StoreContext, page: Page): Promise<number> {
  if (events.length === 0) return 0
  const { tool, runId } = context
  const project = page.projects[0]?.externalId ?? page.history[0]?.project ?? null
  const rows = [...new Map(events.map((event) => [event.externalId, event])).values()].map((event) => ({
    id: hubId(tool, event.externalId),
    task_id: hubId(tool, event.task),
    project_id: project === null ? '' : hubId(tool, project),
    type: event.type,
    at: event.at,
    actor: event.actor === null ? null : hubId(tool, event.actor),
    from_id: place(tool, event, event.from),
    to_id: place(tool, event, event.to)
  }))
  const inserted = await tx.rows<{ id: string }>(sql`
    insert into task_events (id, task_id, project_id, type, at, actor, from_id, to_id, source, run_id)
    select id, task_id, project_id, type, at, actor, from_id, to_id, 'reported', ${runId}::int
    from jsonb_to_recordset(${json(rows)})
      as x(id text, task_id text, project_id text, type text, at timestamptz, actor text, from_id text, to_id text)
    on conflict (id) do nothing
    returning id`)
  if (inserted.length > 0) {
    await tx.run(sql`
      delete from task_events o using task_events r
      where r.id = any(${ids(inserted.map((row) => row.id))}) and o.source = 'observed'
        and o.task_id = r.task_id and o.type = r.type
        and coalesce(o.to_id, o.from_id, '') = coalesce(r.to_id, r.from_id, '')
        and (o.run_id = r.run_id
          or (r.at > o.not_before - interval '2 minutes' and r.at <= o.at + interval '2 minutes'))`)
  }
  return inserted.length
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

/** A delete event is the proof that makes a task `deleted`. */
async function markDeleted(tx: Queryable, tool: Tool, events: EventFacts[], runId: number | null): Promise<void> {
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

function takeAway(tx: Queryable, tool: Tool, absent: readonly Absence[], runId: number | null): Promise<number> {
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

/** What an event's `from` and `to` name, as hub ids where they name a column or a person. */
function place(tool: Tool, event: EventFacts, value: string | null): string | null {
  if (value === null) return null
  return PLACED.has(event.type) ? hubId(tool, value) : value
}

const PLACED = new Set<EventFacts['type']>(['created', 'moved', 'left_project', 'deleted', 'assigned', 'unassigned'])

const compress = (body: string): string => zstdCompressSync(body).toString('base64')

const TASK_FIELDS = {
  id: 'text',
  project_id: 'text',
  column_id: 'text',
  title: 'text',
  description: 'text',
  description_cut: 'boolean',
  url: 'text',
  assignees: 'text[]',
  creator: 'text',
  labels: 'jsonb',
  priority: 'text',
  raw_priority: 'text',
  start_at: 'timestamptz',
  due_at: 'timestamptz',
  due_is_date: 'boolean',
  completed: 'boolean',
  tool_completed_at: 'timestamptz',
  tool_entered_at: 'timestamptz',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  parent_id: 'text',
  checklist_done: 'int',
  checklist_total: 'int',
  estimate_value: 'double precision',
  estimate_unit: 'text',
  comment_count: 'int',
  fields: 'jsonb',
  presence: 'text',
  hash: 'text'
} as const

/** Never between the two halves of a character. */
function cut(text: string): string {
  if (text.length <= MAX_DESCRIPTION) return text
  const split = text.codePointAt(MAX_DESCRIPTION - 1)! > 0xffff
  return text.slice(0, split ? MAX_DESCRIPTION - 1 : MAX_DESCRIPTION)
}

type TaskRow = Record<keyof typeof TASK_FIELDS, unknown> & { id: string }

const names = (prefix: string) =>
  sql.raw(
    Object.keys(TASK_FIELDS)
      .map((name) => prefix + name)
      .join(', ')
  )
const TASK_COLUMNS = names('')
const TASK_COLUMNS_OF_X = names('x.')
const TASK_COLUMNS_OF_EXCLUDED = names('excluded.')
const TASK_RECORD = sql.raw(
  Object.entries(TASK_FIELDS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')
)

function taskRow(tool: Tool, facts: TaskFacts): TaskRow {
  return {
    id: hubId(tool, facts.externalId),
    project_id: hubId(tool, facts.project),
    column_id: facts.column === null ? null : hubId(tool, facts.column),
    title: facts.title,
    description: cut(facts.description),
    description_cut: facts.description.length > MAX_DESCRIPTION,
    url: facts.url,
    assignees: facts.assignees.map((person) => hubId(tool, person)),
    creator: facts.creator === null ? null : hubId(tool, facts.creator),
    labels: facts.labels,
    priority: facts.priority,
    raw_priority: facts.rawPriority,
    start_at: facts.startAt,
    due_at: facts.dueAt,
    due_is_date: facts.dueIsDate,
    completed: facts.completed,
    tool_completed_at: facts.completedAt,
    tool_entered_at: facts.enteredColumnAt,
    created_at: facts.createdAt,
    updated_at: facts.updatedAt,
    parent_id: facts.parent === null ? null : hubId(tool, facts.parent),
    checklist_done: facts.checklist.done,
    checklist_total: facts.checklist.total,
    estimate_value: facts.estimate?.value ?? null,
    estimate_unit: facts.estimate?.unit ?? null,
    comment_count: facts.commentCount,
    fields: facts.fields,
    presence: facts.presence,
    hash: hash('sha1', JSON.stringify(facts), 'base64')
  }
}
