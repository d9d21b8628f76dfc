/** The calls the hub makes to monday: governed fetch in, raw JSON out. All are one POST with a document of `documents.ts`. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AdapterError, type Host, type HostResponse, type Json } from '../../src/adapter.ts'
import * as documents from './documents.ts'
import { READ_TYPES } from './layout.ts'

/** At most so many items in one page, single items in one question, people in one question, updates and logs in one. */
export const PAGE = { items: 500, single: 100, people: 200, updates: 100, logs: 500, boards: 100 }

export interface Credentials {
  token: string
  refreshToken?: string | undefined
  /** ISO, UTC. */
  expiresAt?: string | undefined
  /** What an app's webhooks are signed with. */
  signingSecret?: string | undefined
}

export type Api = ReturnType<typeof createApi>

/** What a page asks of each item: columns by id, or by type where the board is not known yet. */
type Columns = string[] | null

const asked = (columns: Columns) =>
  columns ? { columns: columns.length > 0 ? columns : ['name'] } : { types: READ_TYPES }

/** Rough: what an answer really cost stands in its headers, and the budget learns it from there. */
const weight = (items: number, columns: Columns) => ({ complexity: items * (10 + 8 * (columns?.length ?? 12)) })

/** What the lists of people and columns of one board cost. */
const META = 2000

export function createApi(host: Host) {
  // https://developer.monday.com/api-reference/docs/basics
  const query = (
    document: string,
    variables: Record<string, Json>,
    units: { complexity: number } = { complexity: 500 }
  ) => host.fetch({ method: 'POST', path: '/v2', idempotent: true, units, body: { query: document, variables } })

  /**
   * Writes of one lane go one after the other: a board that is being written to refuses a second one (423). Changes are
   * the same however often they are made; what creates is sent once, under a key that makes a later attempt the same one
   * for half an hour. https://developer.monday.com/api-reference/docs/idempotency.md
   */
  const mutate = (document: string, variables: Record<string, Json>, lane: string, key?: string) =>
    host.fetch({
      method: 'POST',
      path: '/v2',
      idempotent: key === undefined,
      units: { complexity: 1000 },
      lane,
      ...(key === undefined ? {} : { headers: { 'idempotency-key': uuid(key) } }),
      body: { query: document, variables }
    })

  return {
    // https://developer.monday.com/api-reference/reference/me
    me: (plan: boolean) => query(documents.ME, { plan }),

    // https://developer.monday.com/api-reference/reference/boards
    boards: (page: number) => query(documents.BOARDS, { page }, { complexity: 100 * META }),
    board: (boards: string[]) => query(documents.BOARD_META, { boards }, { complexity: META * boards.length }),

    // https://developer.monday.com/api-reference/reference/items-page
    items: (board: string, columns: Columns, hierarchy: string | null, from: string) =>
      query(
        documents.BOARD_ITEMS,
        { boards: [board], from, ...asked(columns), ...scoped(hierarchy) },
        weight(PAGE.items, columns)
      ),
    next: (cursor: string, columns: Columns) =>
      query(documents.NEXT_ITEMS, { cursor, ...asked(columns) }, weight(PAGE.items, columns)),

    /**
     * Boards with the items changed since a day. The form of the rule is the vendor's own client's; its documentation
     * lists words like TODAY only. https://developer.monday.com/api-reference/reference/last-updated
     */
    changes: (boards: string[], columns: string[], hierarchy: string | null, day: string | null, from: string) =>
      query(
        documents.BOARD_CHANGES,
        { boards, columns, from, ...scoped(hierarchy), ...(day === null ? {} : { changed: since(day) }) },
        { complexity: boards.length * META + weight(PAGE.single, columns).complexity }
      ),

    // https://developer.monday.com/api-reference/reference/activity-logs
    activity: (boards: string[], since: string, page: number, from: string) =>
      query(
        documents.BOARD_ACTIVITY,
        { boards, since, page, from, first: page === 1 },
        { complexity: META + PAGE.logs * boards.length * 5 }
      ),

    // https://developer.monday.com/api-reference/reference/updates
    updatesOf: (boards: string[], from: string, page: number) =>
      query(documents.BOARD_UPDATES, { boards, from, page }, { complexity: boards.length * PAGE.updates * 20 }),
    updates: (item: string, limit: number, page: number) =>
      query(documents.UPDATES, { item: [item], limit, page }, { complexity: limit * 20 }),

    // https://developer.monday.com/api-reference/reference/items – silently 25 without a limit
    single: (ids: string[], columns: Columns, layout: boolean) =>
      query(
        documents.ITEMS,
        { ids, layout, ...asked(columns) },
        { complexity: weight(ids.length, columns).complexity + (layout ? ids.length * 500 : 0) }
      ),

    // https://developer.monday.com/api-reference/reference/users
    people: (ids: string[]) => query(documents.PEOPLE, { ids }, { complexity: ids.length * 10 }),

    // https://developer.monday.com/api-reference/reference/updates#mutations
    createUpdate: (item: string, body: string, mentions: Json[], key: string) =>
      mutate(documents.CREATE_UPDATE, { item, body, mentions }, 'updates', key),
    editUpdate: (id: string, body: string) => mutate(documents.EDIT_UPDATE, { id, body }, 'updates'),
    deleteUpdate: (id: string) => mutate(documents.DELETE_UPDATE, { id }, 'updates'),

    // https://developer.monday.com/api-reference/reference/columns#change-multiple-column-values
    change: (board: string, item: string, values: Record<string, Json>) =>
      mutate(documents.CHANGE_COLUMNS, { board, item, values: JSON.stringify(values) }, board),
    // https://developer.monday.com/api-reference/reference/items#mutations
    toGroup: (board: string, item: string, group: string) => mutate(documents.MOVE_TO_GROUP, { item, group }, board),
    create: (board: string, name: string, group: string | null, values: Record<string, Json>, key: string) =>
      mutate(
        documents.CREATE_ITEM,
        { board, name, values: JSON.stringify(values), ...(group === null ? {} : { group }) },
        board,
        key
      ),

    // https://developer.monday.com/api-reference/reference/webhooks
    webhooks: (board: string) => query(documents.WEBHOOKS, { board }),
    createWebhook: (board: string, url: string, event: string, key: string) =>
      mutate(documents.CREATE_WEBHOOK, { board, url, event }, board, key),
    deleteWebhook: (board: string, id: string) => mutate(documents.DELETE_WEBHOOK, { id }, board)
  }
}

const scoped = (hierarchy: string | null) => (hierarchy === 'multi_level' ? { hierarchy: 'allItems' } : {})

const since = (day: string) => ({
  rules: [
    {
      column_id: '__last_updated__',
      compare_attribute: 'UPDATED_AT',
      operator: 'greater_than_or_equals',
      compare_value: ['EXACT', day]
    }
  ],
  order_by: [{ column_id: '__last_updated__', direction: 'asc' }]
})

/** The same key gives the same identifier. */
function uuid(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Parses an answer's data; what does not fit is the answer's fault, named by its path. */
export function read<T>(schema: z.ZodType<T>, response: HostResponse): T {
  const parsed = z.object({ data: schema }).safeParse(response.json())
  if (parsed.success) return parsed.data.data
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new AdapterError('bad_response', { status: response.status, code: 'unexpected_shape', path })
}
