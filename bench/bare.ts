/**
 * The baseline of the sync rows: what one would write by hand for just this – ask for a page of cards, parse it, make
 * the rows of the hub's own task table out of it, and send them as one upsert. No checks, no history, no raw bodies, no
 * resume. `tests/bench` holds its rows against the hub's.
 */
import { hash } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import postgres from 'postgres'
import { LISTS } from './standIn/cards.ts'

export interface Bare {
  /** Reads all boards, page by page, and upserts the rows that differ. Returns how many that were. */
  sync(): Promise<number>
  close(): Promise<void>
}

/** Over PostgreSQL at `url`, or over PGlite in `folder`; the database is the hub's, empty, with its boards chosen. */
export async function bareOnPostgres(url: string, standIn: { url: string }): Promise<Bare> {
  const client = postgres(url, { max: 1, onnotice: () => {}, fetch_types: false })
  return { sync: () => readAll(standIn.url, (rows) => upsertRows(client, rows)), close: () => client.end() }
}

export const upsertRows = async (client: postgres.Sql, rows: Row[]): Promise<number> =>
  (await client.unsafe(UPSERT, [JSON.stringify(rows)], { prepare: true })).count

export async function bareOnPglite(folder: string, standIn: { url: string }): Promise<Bare> {
  const engine = await PGlite.create({ dataDir: `${folder}/db` })
  const upsert = async (rows: Row[]) => (await engine.query(UPSERT, [JSON.stringify(rows)])).affectedRows ?? 0
  return { sync: () => readAll(standIn.url, upsert), close: () => engine.close() }
}

interface Board {
  id: string
  lists: { id: string; name: string }[]
}

async function readAll(url: string, upsert: (rows: Row[]) => Promise<number>): Promise<number> {
  const boards = await ask<Board[]>(`${url}/1/members/me/boards`)
  let written = 0
  for (const board of boards) {
    const categories = new Map(board.lists.map(({ id, name }) => [id, CATEGORIES[LISTS.indexOf(name as never)]!]))
    let before = ''
    do {
      const cards = await ask<Card[]>(`${url}/1/boards/${board.id}/cards/all?limit=1000${before}`)
      written += await upsert(cards.map((card) => bareRow(card, categories)))
      const [least] = cards.map(({ id }) => id).sort()
      before = cards.length === 1000 ? `&before=${least}` : ''
    } while (before !== '')
  }
  return written
}

const CATEGORIES = ['backlog', 'todo', 'doing', 'blocked', 'done']

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url, {
    headers: { authorization: 'OAuth oauth_consumer_key="bench", oauth_token="1of1"' }
  })
  return JSON.parse(await response.text()) as T
}

interface Card {
  id: string
  idBoard: string
  idList: string
  name: string
  desc: string
  shortUrl: string
  idMembers: string[]
  idMemberCreator: string
  labels: { id: string; name: string; color: string }[]
  start: string | null
  due: string | null
  dueComplete: boolean
  dateCompleted: string | null
  dateLastActivity: string
  badges: { checkItems: number; checkItemsChecked: number; comments: number }
  closed: boolean
}

/** `categories`: what its lists mean. */
export function bareRow(card: Card, categories: ReadonlyMap<string, string>) {
  const created = new Date(Number.parseInt(card.id.slice(0, 8), 16) * 1000).toISOString()
  const category = card.dueComplete ? 'done' : categories.get(card.idList)!
  const entered = [created, card.dateLastActivity].sort()[1]
  const row = {
    id: `trello:${card.id}`,
    project_id: `trello:${card.idBoard}`,
    column_id: `trello:${card.idList}`,
    title: card.name,
    description: card.desc,
    description_cut: false,
    url: card.shortUrl,
    assignees: card.idMembers.map((id) => `trello:${id}`),
    creator: `trello:${card.idMemberCreator}`,
    labels: card.labels.map(({ id, name, color }) => ({ externalId: id, name, colour: color })),
    priority: 'none',
    start_at: card.start,
    due_at: card.due,
    due_is_date: false,
    completed: card.dueComplete,
    tool_completed_at: card.dateCompleted,
    created_at: created,
    updated_at: card.dateLastActivity,
    checklist_done: card.badges.checkItemsChecked,
    checklist_total: card.badges.checkItems,
    comment_count: card.badges.comments,
    fields: {},
    presence: card.closed ? 'archived' : 'present',
    category,
    open: !card.closed && category !== 'done',
    entered_column_at: entered,
    entered_known: 'at_least',
    completed_at: category === 'done' ? (card.dateCompleted ?? entered) : null,
    completed_known: category === 'done' ? (card.dateCompleted ? 'reported' : 'at_least') : null,
    valid_from: created
  }
  return { ...row, hash: hash('sha1', JSON.stringify(row), 'base64') }
}

type Row = ReturnType<typeof bareRow>

const TYPES: Record<keyof Row, string> = {
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
  start_at: 'timestamptz',
  due_at: 'timestamptz',
  due_is_date: 'boolean',
  completed: 'boolean',
  tool_completed_at: 'timestamptz',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  checklist_done: 'int',
  checklist_total: 'int',
  comment_count: 'int',
  fields: 'jsonb',
  presence: 'text',
  category: 'text',
  open: 'boolean',
  entered_column_at: 'timestamptz',
  entered_known: 'text',
  completed_at: 'timestamptz',
  completed_known: 'text',
  valid_from: 'timestamptz',
  hash: 'text'
}

const NAMES = Object.keys(TYPES)
const UPSERT = `
  insert into tasks (tool, ${NAMES.join(', ')})
  select 'trello', ${NAMES.join(', ')}
  from jsonb_to_recordset($1::text::jsonb) as x(${Object.entries(TYPES)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})
  on conflict (id) do update set ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')}
  where tasks.hash is distinct from excluded.hash`
