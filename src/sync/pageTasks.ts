/**
 * A page's tasks into rows. First it is asked what is known of them, so that of a page of a thousand only the changed
 * ones travel to the database; what is stored is then decided there, under the row's lock.
 */
import { hash } from 'node:crypto'
import type { Page } from '../adapter.ts'
import { ids, json, type Queryable, type SQL, sql } from '../db/database.ts'
import { hubId, type TaskFacts, type Tool } from '../model/task.ts'
import { observe } from './observe.ts'
import { storeRaw } from './pageRaw.ts'
import { DERIVED, STANDING } from './settle.ts'

export interface StoredTasks {
  stored: number
  unchanged: number
}

/** Longer texts are cut here and flagged; tools cap far below (Trello at 16,384 characters). */
export const MAX_DESCRIPTION = 100_000

/**
 * What the facts say has changed and what follows from them is not worked out yet: `settle` gives it a value again, and
 * until then the trigger that keeps former states takes changes as parts of one.
 */
export const UNSETTLED = sql`null::text`

/** `lookedAt`: the tool's clock at the former complete look; null on the first one, when nothing can have been observed. */
export async function storeTasks(
  tx: Queryable,
  page: Pick<Page, 'tasks' | 'historyRead'>,
  { tool, runId, lookedAt }: { tool: Tool; runId: number | null; lookedAt: string | null }
): Promise<StoredTasks> {
  if (page.tasks.length === 0) return { stored: 0, unchanged: 0 }
  // The same card may come twice on pages that shift while they are read: the later reading stands.
  const read = [...new Map(page.tasks.map((one) => [hubId(tool, one.facts.externalId), one]))]
  const known = await knownOf(
    tx,
    read.map(([id]) => id)
  )
  const chosen = await chosenOf(tx, new Set(read.map(([, { facts }]) => hubId(tool, facts.project))))
  const here: TaskRow[] = []
  const elsewhere: string[] = []
  for (const [id, { facts }] of read) {
    const row = { id, hash: hash('sha1', JSON.stringify(facts), 'base64') }
    const former = known.get(id)
    if (!chosen.has(hubId(tool, facts.project))) elsewhere.push(id)
    else if (former?.hash !== row.hash || former.presence !== facts.presence) here.push(taskRow(tool, facts, row))
  }
  const written = await writeTasks(tx, here, page.historyRead === true, { tool, runId, lookedAt })
  const hidden = await takeOutOfSight(tx, elsewhere, runId)
  await storeRaw(
    tx,
    read.map(([id, { raw }]) => ({ id, raw, kept: known.get(id)?.raw ?? null }))
  )
  const aside = read.map(([id]) => id).filter((id) => known.get(id)?.aside)
  if (aside.length > 0) await tx.run(sql`delete from quarantine where task_id = any(${ids(aside)})`)
  return { stored: written + hidden, unchanged: read.length - written - hidden }
}

interface Known {
  id: string
  hash: string | null
  presence: string | null
  /** Hash of the raw card that is kept. */
  raw: string | null
  /** It could not be understood so far. */
  aside: boolean
}

/** What is known of tasks; those of which nothing is are left out. */
async function knownOf(tx: Queryable, tasks: string[]): Promise<Map<string, Known>> {
  const rows = await tx.rows<Known>(sql`
    select x.id, t.hash, t.presence, r.hash as raw, q.task_id is not null as aside
    from jsonb_array_elements_text(${json(tasks)}) as x(id)
    left join tasks t on t.id = x.id left join task_raw r on r.task_id = x.id left join quarantine q on q.task_id = x.id
    where t.id is not null or r.task_id is not null or q.task_id is not null`)
  return new Map(rows.map((row) => [row.id, row]))
}

async function chosenOf(tx: Queryable, projects: Set<string>): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    sql`select id from projects where chosen and id = any(${ids([...projects])})`
  )
  return new Set(rows.map(({ id }) => id))
}

/** `settled`: what follows from a task is worked out as it is stored, for its history is known. */
async function writeTasks(
  tx: Queryable,
  rows: TaskRow[],
  settled: boolean,
  { tool, runId, lookedAt }: { tool: Tool; runId: number | null; lookedAt: string | null }
): Promise<number> {
  if (rows.length === 0) return 0
  const incoming = (name: string): SQL => sql`jsonb_to_recordset(${json(rows)}) as ${sql.raw(name)}(${TASK_RECORD})`
  if (lookedAt !== null) await observe(tx, incoming('x'), lookedAt, runId)
  const follows = settled ? WITH_ITS_HISTORY : BEFORE_ITS_HISTORY
  return tx.run(sql`
    insert into tasks (${TASK_COLUMNS}, tool, run_id, valid_from, ${DERIVED_COLUMNS})
    select ${TASK_COLUMNS_OF_T}, ${tool}, ${runId}::int, t.created_at, ${follows.columns}
    from ${incoming('t')} ${follows.from}
    where p.chosen
    on conflict (id) do update set
      (${TASK_COLUMNS}, run_id, stored_at) = (${TASK_COLUMNS_OF_EXCLUDED}, excluded.run_id, now()), ${follows.anew}
    where tasks.hash is distinct from excluded.hash or tasks.presence is distinct from excluded.presence`)
}

const DERIVED_COLUMNS = sql.raw(DERIVED.join(', '))

const WITH_ITS_HISTORY = {
  ...STANDING,
  anew: sql`(${DERIVED_COLUMNS}) = (${sql.raw(DERIVED.map((name) => `excluded.${name}`).join(', '))})`
}

/** Category and openness of new tasks only. */
const BEFORE_ITS_HISTORY = {
  columns: sql`k.category, k.open, null, null, null, null, null`,
  from: STANDING.place,
  anew: sql`entered_known = ${UNSETTLED}`
}

/** Moved to a project that nobody chose: out of our sight, not gone. */
async function takeOutOfSight(tx: Queryable, tasks: string[], runId: number | null): Promise<number> {
  if (tasks.length === 0) return 0
  return tx.run(sql`
    update tasks set presence = 'hidden', hash = 'elsewhere', run_id = ${runId}::int, entered_known = ${UNSETTLED}
    where id = any(${ids(tasks)}) and presence <> 'hidden'`)
}

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

type TaskRow = Record<keyof typeof TASK_FIELDS, unknown>

const names = (prefix: string) =>
  sql.raw(
    Object.keys(TASK_FIELDS)
      .map((name) => prefix + name)
      .join(', ')
  )
const TASK_COLUMNS = names('')
const TASK_COLUMNS_OF_T = names('t.')
const TASK_COLUMNS_OF_EXCLUDED = names('excluded.')
const TASK_RECORD = sql.raw(
  Object.entries(TASK_FIELDS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')
)

/** Nulls are left out: an absent key is one. */
function taskRow(tool: Tool, facts: TaskFacts, { id, hash }: { id: string; hash: string }): TaskRow {
  const { estimate, checklist } = facts
  const idOf = (external: string | null) => (external === null ? undefined : hubId(tool, external))
  return {
    id,
    project_id: hubId(tool, facts.project),
    column_id: idOf(facts.column),
    title: facts.title,
    description: cut(facts.description),
    description_cut: facts.description.length > MAX_DESCRIPTION,
    url: facts.url,
    assignees: facts.assignees.map((person) => hubId(tool, person)),
    creator: idOf(facts.creator),
    labels: facts.labels,
    priority: facts.priority,
    raw_priority: facts.rawPriority ?? undefined,
    start_at: facts.startAt ?? undefined,
    due_at: facts.dueAt ?? undefined,
    due_is_date: facts.dueIsDate,
    completed: facts.completed,
    tool_completed_at: facts.completedAt ?? undefined,
    tool_entered_at: facts.enteredColumnAt ?? undefined,
    created_at: facts.createdAt,
    updated_at: facts.updatedAt,
    parent_id: idOf(facts.parent),
    checklist_done: checklist.done,
    checklist_total: checklist.total,
    estimate_value: estimate?.value,
    estimate_unit: estimate?.unit,
    comment_count: facts.commentCount ?? undefined,
    fields: facts.fields,
    presence: facts.presence,
    hash
  }
}
