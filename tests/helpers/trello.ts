/** The Trello adapter against a stand-in: alone, or inside a hub. */
import { trello as adapter } from '../../adapters/trello/index.ts'
import type { Page, PullFrom, Session } from '../../src/adapter.ts'
import { connect } from '../../src/connections/connect.ts'
import { chooseProjects } from '../../src/connections/readers.ts'
import { type Row, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { type SyncOutcome, syncScope } from '../../src/sync/run.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost, LIMITS } from '../../src/transport/governedFetch.ts'
import type { TrelloSandbox } from './sandbox.ts'

/** Waits between two attempts become milliseconds: for tests of what is tried again, not of when. */
export function hurry(): void {
  LIMITS.backoff = 1
}

/** The adapter by itself, with budgets of its own. `sent` counts what left. */
export function trelloSession(
  trello: Pick<TrelloSandbox, 'url' | 'key' | 'token'>,
  token = trello.token
): Session & { sent: () => number } {
  let sent = 0
  const host = createHost({
    adapter,
    credentials: { current: () => ({ key: trello.key, token }) },
    baseUrl: `${trello.url}/1`,
    instance: 'throughline-test',
    meters: new Meters(),
    urgency: 0,
    onRequest: () => {
      sent++
    }
  })
  return { ...adapter.open({ key: trello.key, token }, host), sent: () => sent }
}

/** Pulls a board as the adapter gives it. */
export async function pulled(session: Session, board: string, from: Partial<PullFrom> = {}): Promise<Page[]> {
  const scope = { externalId: board, name: board, projects: [board] }
  return Array.fromAsync(session.pull(scope, { sweep: true, mark: null, cursor: null, ...from }))
}

export interface Connected {
  connection: string
  /** Looks at a board now. */
  look(board: string, options?: { sweep?: boolean }): Promise<SyncOutcome>
  scope(board: string): string
}

/** Connects the stand-in's account and chooses these boards, or all that it sees. */
export async function connected(
  hub: Hub,
  trello: TrelloSandbox,
  boards?: string[],
  token = trello.token
): Promise<Connected> {
  const { connection } = await connect(hub, {
    tool: 'trello',
    credentials: { key: trello.key, token },
    baseUrl: `${trello.url}/1`
  })
  const seen = await hub.db.rows<{ id: string }>(sql`select id from projects order by id`)
  await chooseProjects(hub, boards?.map((board) => hubId('trello', board)) ?? seen.map(({ id }) => id))
  const scope = (board: string) => `${connection.id}/${board}`
  return { connection: connection.id, scope, look: (board, options) => syncScope(hub, scope(board), options) }
}

/** What a task is: every fact and everything derived from it, nothing of when it was stored. */
export const TASK_FACTS =
  sql.raw(`id, project_id, column_id, title, description, description_cut, url, assignees, creator,
  labels, priority, raw_priority, start_at, due_at, due_is_date, completed, tool_completed_at, tool_entered_at, created_at,
  updated_at, parent_id, checklist_done, checklist_total, estimate_value, estimate_unit, comment_count, fields, presence,
  category, open, entered_column_at, entered_known, completed_at, completed_known, last_human_activity_at`)

/** All tasks of a board, or of all boards, by id. */
export const tasksOf = (hub: Pick<Hub, 'db'>, board?: string): Promise<Row[]> =>
  hub.db.rows(sql`
    select ${TASK_FACTS} from tasks
    where ${board === undefined} or project_id = ${hubId('trello', board ?? '')} order by id`)

export const taskOf = async (hub: Pick<Hub, 'db'>, card: string): Promise<Row> => {
  const [task] = await hub.db.rows(sql`select ${TASK_FACTS} from tasks where id = ${hubId('trello', card)}`)
  if (!task) throw new Error(`There is no task ${card}.`)
  return task
}

/** Events of one card, oldest first. */
export const eventsOf = (hub: Pick<Hub, 'db'>, card: string): Promise<Row[]> =>
  hub.db.rows(sql`
    select id, type, at, actor, from_id, to_id, source from task_events
    where task_id = ${hubId('trello', card)} order by at, id`)

export const columnsOf = (hub: Pick<Hub, 'db'>, board: string): Promise<Row[]> =>
  hub.db.rows(sql`
    select id, name, category, category_source, archived from columns
    where project_id = ${hubId('trello', board)} order by position, id`)
