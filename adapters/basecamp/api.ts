/** The calls the hub makes to Basecamp: governed fetch in, raw JSON out. */
import { z } from 'zod'
import { AdapterError, type Host, type HostResponse, type Json, read } from '../../src/adapter.ts'
import * as raw from './raw.ts'

export interface Credentials {
  token: string
  /** The number in addresses after `3.basecamp.com/`. */
  account?: string | undefined
  refreshToken?: string | null | undefined
  /** ISO, UTC. */
  expiresAt?: string | null | undefined
}

export type Kind = 'card' | 'todo'
export type Status = 'active' | 'archived' | 'trashed'

/** How the listing of recordings calls them (https://github.com/basecamp/bc-api/blob/master/sections/recordings.md). */
export const TYPES: Record<Kind, string> = { card: 'Kanban::Card', todo: 'Todo' }

export type Api = ReturnType<typeof createApi>

export function createApi(host: Host, credentials: Credentials) {
  let asked: Promise<string> | null = null
  /** The account's number; the first one of Basecamp's where none was given. A failure is forgotten. */
  const account = () => {
    asked ??= (async () => credentials.account ?? firstAccount(read(raw.Authorization, await authorization())))()
    return asked.catch((error: unknown) => {
      asked = null
      throw error
    })
  }
  // https://github.com/basecamp/bc-api/blob/master/sections/authentication.md#get-authorization
  const authorization = () => host.fetch({ method: 'GET', path: 'https://launchpad.37signals.com/authorization.json' })

  type More = { headers?: Record<string, string>; accept?: readonly number[] }
  /** A path below the account; or the whole address of a next page, as Basecamp gave it. */
  const get = async (path: string, more: More = {}) =>
    host.fetch({ method: 'GET', path: path.startsWith('/') ? `/${await account()}${path}` : path, ...more })
  const send = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: Json, idempotent?: boolean) =>
    host.fetch({
      method,
      path: `/${await account()}${path}`,
      ...(body === undefined ? {} : { body }),
      ...(idempotent === undefined ? {} : { idempotent })
    })

  return {
    authorization,
    /** https://github.com/basecamp/bc-api#pagination – addresses of next pages are followed, never built. */
    follow: get,

    // https://github.com/basecamp/bc-api/blob/master/sections/people.md#get-my-personal-info
    me: () => get('/my/profile.json'),

    // https://github.com/basecamp/bc-api/blob/master/sections/people.md#get-people-on-a-project
    people: (project: string) => allPages(get, raw.Person, `/projects/${project}/people.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/projects.md#get-all-projects
    projects: () => allPages(get, raw.Project, '/projects.json'),

    // https://github.com/basecamp/bc-api/blob/master/sections/projects.md#get-a-project
    project: (project: string) => get(`/projects/${project}.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/card_tables.md#get-a-card-table
    cardTable: (table: string) => get(`/card_tables/${table}.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/todolists.md#get-to-do-lists
    todolists: (todoset: string) => allPages(get, raw.Todolist, `/todosets/${todoset}/todolists.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/todolists.md#get-a-to-do-list
    todolist: (list: string) => get(`/todolists/${list}.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/todolist_groups.md#list-to-do-list-groups
    groups: (list: string) => allPages(get, raw.Todolist, `/todolists/${list}/groups.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/card_table_cards.md#get-a-card
    card: (card: string) => get(`/card_tables/cards/${card}.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/todos.md#get-a-to-do
    todo: (todo: string) => get(`/todos/${todo}.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/events.md#get-events – newest first
    events: (recording: string) => get(`/recordings/${recording}/events.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/event_feed.md
    feed: (query: Record<string, string>) => get(`/events.json?${new URLSearchParams(query)}`),

    // https://github.com/basecamp/bc-api/blob/master/sections/comments.md#get-comments – oldest first
    comments: (recording: string) => allPages(get, raw.Comment, `/recordings/${recording}/comments.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/comments.md#create-a-comment
    postComment: (recording: string, content: string) =>
      send('POST', `/recordings/${recording}/comments.json`, { content }),

    // https://github.com/basecamp/bc-api/blob/master/sections/comments.md#update-a-comment
    editComment: (comment: string, content: string) => send('PUT', `/comments/${comment}.json`, { content }),

    // https://github.com/basecamp/bc-api/blob/master/sections/recordings.md#trash-a-recording
    trash: (recording: string) => send('PUT', `/recordings/${recording}/status/trashed.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/card_table_cards.md#move-a-card – where it stands is where it stays
    moveCard: (card: string, column: string) =>
      send('POST', `/card_tables/cards/${card}/moves.json`, { column_id: number(column) }, true),

    // https://github.com/basecamp/bc-api/blob/master/sections/card_table_cards.md#update-a-card – what is left out stays
    updateCard: (card: string, change: Json) => send('PUT', `/card_tables/cards/${card}.json`, change),

    // https://github.com/basecamp/bc-api/blob/master/sections/card_table_cards.md#create-a-card
    createCard: (column: string, draft: Json) => send('POST', `/card_tables/lists/${column}/cards.json`, draft),

    // https://github.com/basecamp/bc-api/blob/master/sections/todos.md#update-a-to-do – what is left out is cleared
    replaceTodo: (todo: string, whole: Json) => send('PUT', `/todos/${todo}.json`, whole),

    // https://github.com/basecamp/bc-api/blob/master/sections/todos.md#complete-a-to-do
    completeTodo: (todo: string) => send('POST', `/todos/${todo}/completion.json`, undefined, true),

    // https://github.com/basecamp/bc-api/blob/master/sections/todos.md#uncomplete-a-to-do
    reopenTodo: (todo: string) => send('DELETE', `/todos/${todo}/completion.json`),

    // https://github.com/basecamp/bc-api/blob/master/sections/todos.md#create-a-to-do
    createTodo: (list: string, draft: Json) => send('POST', `/todolists/${list}/todos.json`, draft),

    // https://github.com/basecamp/bc-api/blob/master/sections/webhooks.md
    webhooks: (project: string) => get(`/buckets/${project}/webhooks.json`),
    createWebhook: (project: string, hook: Json) => send('POST', `/buckets/${project}/webhooks.json`, hook),
    updateWebhook: (webhook: string, hook: Json) => send('PUT', `/webhooks/${webhook}.json`, hook),
    removeWebhook: (webhook: string) => send('DELETE', `/webhooks/${webhook}.json`)
  }
}

/** https://github.com/basecamp/bc-api/blob/master/sections/recordings.md#get-recordings */
export const recordings = (
  kind: Kind,
  projects: readonly string[],
  status: Status,
  by: 'created_at asc' | 'updated_at desc'
): string => {
  const [sort, direction] = by.split(' ') as [string, string]
  return `/projects/recordings.json?${new URLSearchParams({ type: TYPES[kind], bucket: projects.join(','), status, sort, direction })}`
}

/** The address of the next page, from `Link: <…>; rel="next"`; null on the last. */
export function nextOf({ headers }: HostResponse): string | null {
  for (const link of (headers.get('link') ?? '').split(',')) {
    const [, address] = /^\s*<([^<>]+)>\s*;.*\brel="?next"?/.exec(link) ?? []
    if (address) return address
  }
  return null
}

/** A listing has no end when its next page is one that was read before. */
async function allPages<T extends z.ZodType>(
  get: (path: string) => Promise<HostResponse>,
  row: T,
  first: string
): Promise<z.infer<T>[]> {
  const found: z.infer<T>[] = []
  const asked = new Set<string>()
  for (let path: string | null = first; path !== null; ) {
    if (asked.has(path)) throw new AdapterError('bad_response', { code: 'no_progress', path: 'link' })
    asked.add(path)
    const response: HostResponse = await get(path)
    found.push(...read(z.array(row), response))
    path = nextOf(response)
  }
  return found
}

function firstAccount({ accounts }: z.infer<typeof raw.Authorization>): string {
  // The document of newer tokens names no product.
  const found = accounts.find(({ product }) => product === 'bc3') ?? accounts.find(({ product }) => product == null)
  if (found) return found.id
  throw new AdapterError('forbidden', { code: 'no_account', path: 'accounts' })
}

/** Ids are numbers in a body; one beyond 2^53 goes as text rather than rounded. */
export const number = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id)
