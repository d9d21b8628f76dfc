/**
 * Reading a board. A sweep is board → history → cards; an incremental pull is history since the mark → touched cards
 * (→ board, when the history says it changed).
 *
 * Cards are read after their history, so the mark is the date of the newest action read; a minute before it is read
 * again, for actions that show late. An edit made meanwhile is newer than the mark and is seen next time. Actions are only
 * compared with actions, so no clock needs to agree with another. Cards are paged by creation id, so edits during a run
 * move nothing.
 */
import { z } from 'zod'
import { AdapterError, type Page, type PullFrom, page, read, type Scope } from '../../src/adapter.ts'
import { type Api, BATCH, PAGE } from './api.ts'
import { byId, fetchCards } from './cards.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

const OVERLAP_MS = 60_000
/** A sweep goes further back: for actions that showed very late, and comments that were edited since. */
const SWEEP_OVERLAP_MS = 26 * 3_600_000

/** What a complete run leaves behind. */
const Mark = z.object({
  since: z.string(),
  /** Actions since a minute before `since` whose cards were read after them: the overlap brings them again. */
  seen: z.array(z.string()),
  cards: z.number(),
  /** The board's own last activity when it was last read whole: it may be later than any action. */
  activity: z.string().nullable(),
  fields: z.array(raw.CustomField)
})
type Mark = z.infer<typeof Mark>

const Cursor = z.object({
  reads: z.enum(['history', 'cards']),
  before: z.string().optional(),
  mark: Mark
})
type Cursor = z.infer<typeof Cursor>

export async function* pull(api: Api, scope: Scope, from: PullFrom): AsyncIterable<Page> {
  const former = Mark.safeParse(from.mark).data ?? null
  if (former === null || from.sweep)
    yield* sweep(api, scope.externalId, former, Cursor.safeParse(from.cursor).data ?? null)
  else yield* changes(api, scope.externalId, former)
}

async function* sweep(api: Api, board: string, former: Mark | null, resumed: Cursor | null): AsyncIterable<Page> {
  let cursor: Cursor | null = resumed
  if (!cursor) {
    const first = await boardPage(api, board)
    cursor = { reads: 'history', mark: { ...first.mark, since: former?.since ?? first.page.at } }
    yield { ...first.page, cursor }
  }
  while (cursor) {
    const next: { page: Page; cursor: Cursor; last?: boolean } =
      cursor.reads === 'cards' ? await cardsPage(api, board, cursor) : await historyPage(api, board, cursor, former)
    cursor = next.last ? null : next.cursor
    yield { ...next.page, cursor, ...(next.last ? { mark: next.cursor.mark } : {}) }
  }
}

async function boardPage(api: Api, id: string): Promise<{ page: Page; mark: Mark }> {
  const response = await api.board(id)
  const board = read(raw.Board, response)
  const mark: Mark = {
    since: response.at,
    seen: [],
    cards: 0,
    activity: board.dateLastActivity ?? null,
    fields: board.customFields ?? []
  }
  return {
    mark,
    page: page(response.at, {
      projects: [normalize.project(board)],
      columns: normalize.columns(board),
      people: (board.members ?? []).map(normalize.person)
    })
  }
}

async function historyPage(
  api: Api,
  board: string,
  { before: from, mark: former }: Cursor,
  read: Mark | null
): Promise<{ page: Page; cursor: Cursor }> {
  const response = await api.actions(board, {
    before: from,
    since: read ? overlapped(read.since, SWEEP_OVERLAP_MS) : undefined
  })
  const actions = list(response.json(), response.status)
  const since = (from === undefined ? newest(actions) : null) ?? former.since
  const mark = { ...former, since, seen: [...former.seen, ...idsAfter(actions, overlapped(since))] }
  const before = nextPage(actions, from, response.status)
  return {
    page: page(response.at, history(actions, board)),
    cursor: before === undefined ? { reads: 'cards', mark } : { reads: 'history', before, mark }
  }
}

async function cardsPage(
  api: Api,
  board: string,
  cursor: Cursor
): Promise<{ page: Page; cursor: Cursor; last: boolean }> {
  const response = await api.cards(board, cursor.before)
  const cards = list(response.json(), response.status)
  // Newest first but in no order inside a page: the smallest id is where the next one ends.
  const before = nextPage(cards, cursor.before, response.status)
  const mark = { ...cursor.mark, cards: cursor.mark.cards + cards.length }
  return {
    page: page(response.at, { ...readings(cards, mark.fields, board), historyRead: true }),
    cursor: { reads: 'cards', ...(before === undefined ? {} : { before }), mark },
    last: before === undefined
  }
}

/** Everything that happened since the mark, and the cards it happened to. */
async function* changes(api: Api, board: string, former: Mark): AsyncIterable<Page> {
  const counted = new Set(former.seen)
  const touched = new Set<string>()
  const recent: unknown[] = []
  const pages: Page[] = []
  let boardChanged = false
  let anyCard = false
  let at: string | undefined
  let before: string | undefined
  do {
    const response = await api.actions(board, { since: overlapped(former.since), before })
    const actions = list(response.json(), response.status)
    at ??= response.at
    for (const action of actions.map((value) => raw.Action.safeParse(value).data)) {
      if (!action || counted.has(action.id)) continue
      if (action.data.card && action.type !== 'deleteCard') touched.add(action.data.card.id)
      boardChanged ||= BOARD_CHANGES.test(action.type)
      anyCard ||= CARD_CHANGES.test(action.type)
    }
    pages.push(page(at, history(actions, board)))
    recent.push(...actions)
    before = nextPage(actions, before, response.status)
  } while (before !== undefined)

  // The cards are read after their history, so whatever stands in it has been seen.
  const since = newest(recent) ?? former.since
  let mark: Mark = { ...former, since, seen: idsAfter(recent, overlapped(since)) }
  if (boardChanged) {
    const first = await boardPage(api, board)
    mark = { ...mark, fields: first.mark.fields, activity: first.mark.activity }
    pages.unshift({ ...first.page, at })
  }
  yield* pages
  for await (const cards of touchedCards(api, board, touched, anyCard, mark)) yield { ...cards, at }
  yield { ...page(at, {}), mark }
}

/** By page when that costs fewer calls (it also sees edits the history does not record), else one by one in batches. */
async function* touchedCards(
  api: Api,
  board: string,
  touched: ReadonlySet<string>,
  anyCard: boolean,
  mark: Mark
): AsyncIterable<Page> {
  const left = new Set(touched)
  const calls = left.size === 1 ? 1 : left.size + Math.ceil(left.size / BATCH)
  if (anyCard || (left.size > 1 && Math.ceil((mark.cards + 1) / PAGE) < calls)) {
    for await (const cards of pagesWith(api, board, anyCard ? null : [...touched], mark)) {
      yield cards
      for (const id of cards.seen) left.delete(id)
    }
  }
  // What is not on the board has moved to another one, became a template, or is gone.
  for (let ids = [...left]; ids.length > 0; ids = ids.slice(BATCH)) {
    yield await singleCards(api, ids.slice(0, BATCH), new Map([[board, byId(mark.fields)]]))
  }
}

/**
 * The pages that these cards stand on, from the newest of them down, passing over what lies between two; the whole board
 * when it fits on one page, or for null.
 */
async function* pagesWith(api: Api, board: string, cards: string[] | null, mark: Mark): AsyncIterable<Page> {
  const whole = cards === null || mark.cards < PAGE
  let wanted = [...(cards ?? [])].sort().reverse()
  let cursor: Cursor = { reads: 'cards', mark: { ...mark, cards: 0 } }
  for (;;) {
    const [newest] = wanted
    const from = whole || newest === undefined ? cursor.before : [secondAfter(newest), cursor.before ?? '~'].sort()[0]
    const next = await cardsPage(api, board, { ...cursor, before: from })
    yield next.page
    cursor = next.cursor
    const { before: end } = cursor
    wanted = wanted.filter((id) => end !== undefined && id < end)
    if (next.last || (!whole && wanted.length === 0)) break
  }
  if (whole) mark.cards = cursor.mark.cards
}

/** Before this are all cards made in the same second as this one, and all older ones. */
const secondAfter = (id: string): string =>
  (Number.parseInt(id.slice(0, 8), 16) + 1).toString(16).padStart(8, '0').padEnd(24, '0')

async function singleCards(api: Api, ids: string[], fields: Parameters<typeof fetchCards>[2]): Promise<Page> {
  const read = await Array.fromAsync(fetchCards(api, ids, fields))
  const absent = read.filter((one) => one.kind === 'absence')
  const away = new Set(absent.map(({ externalId }) => externalId))
  return page('', {
    tasks: read.filter((one) => one.kind === 'task'),
    unreadable: read.filter((one) => one.kind === 'unreadable'),
    seen: ids.filter((id) => !away.has(id)),
    absent
  })
}

/** Actions after which lists, members or fields of the board may differ. */
const BOARD_CHANGES =
  /^(createList|updateList|moveList|updateBoard|addMemberToBoard|removeMemberFromBoard|makeNormal|makeAdmin|makeObserver|.*CustomField$|enablePlugin|disablePlugin|addToOrganizationBoard|removeFromOrganizationBoard)/

/** Actions that change cards without naming them: a list that brings its cards along, a label or a field with a new name. */
const CARD_CHANGES = /^(moveListToBoard|updateLabel|deleteLabel|updateCustomField|deleteCustomField)$/

/** Where the next page of a list ends, or undefined after the last one. Throws when the tool does not get on. */
function nextPage(values: unknown[], before: string | undefined, status: number): string | undefined {
  if (values.length < PAGE) return undefined
  const least = smallest(values.map(idOf).filter((id) => id !== null))
  if (least === undefined || (before !== undefined && least >= before))
    throw new AdapterError('bad_response', { status, code: 'no_progress', path: 'id' })
  return least
}

const idsAfter = (actions: unknown[], after: string): string[] =>
  actions
    .map((value) => raw.Action.safeParse(value).data)
    .filter((action) => action !== undefined)
    .filter(({ date }) => Date.parse(date) > Date.parse(after))
    .map(({ id }) => id)

/** The date of the newest action; null when there is none. */
function newest(actions: unknown[]): string | null {
  const times = actions
    .map((value) => Date.parse(raw.Action.safeParse(value).data?.date ?? ''))
    .filter((time) => !Number.isNaN(time))
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString()
}

const overlapped = (since: string, by = OVERLAP_MS): string => new Date(Date.parse(since) - by).toISOString()

/** Raw cards into what a page says of them. */
export function readings(cards: unknown[], fields: readonly raw.CustomField[], board: string): Partial<Page> {
  const defined = byId(fields)
  const read = cards.map((value) => normalize.card(value, defined, board))
  return {
    tasks: read.filter((one) => one.kind === 'task'),
    unreadable: read.filter((one) => one.kind === 'unreadable'),
    seen: read.flatMap((one) =>
      one.kind === 'other' ? [] : one.kind === 'task' ? [one.facts.externalId] : [one.externalId]
    )
  }
}

/** Raw actions into events, comments, people who acted, and how far back this reading goes. */
export function history(actions: unknown[], board: string): Partial<Page> {
  // An action in a shape nobody foresaw is left out: history is evidence, and one gap must not cost the rest.
  const read = actions.map((value) => raw.Action.safeParse(value).data).filter((action) => action !== undefined)
  const people = new Map(
    read.flatMap(({ memberCreator }) => (memberCreator ? [[memberCreator.id, memberCreator] as const] : []))
  )
  const oldest = read.reduce<string | null>((least, { date }) => (least === null || date < least ? date : least), null)
  return {
    events: read.flatMap(normalize.events),
    comments: read.map(normalize.comment).filter((comment) => comment !== null),
    people: [...people.values()].map(normalize.person),
    history: oldest === null ? [] : [{ project: board, from: new Date(oldest).toISOString() }]
  }
}

const idOf = (value: unknown): string | null => {
  const id = (value as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : null
}

const smallest = (ids: string[]): string | undefined =>
  ids.reduce<string | undefined>((least, id) => (least === undefined || id < least ? id : least), undefined)

function list(value: unknown, status: number): unknown[] {
  if (!Array.isArray(value)) throw new AdapterError('bad_response', { status, code: 'unexpected_shape', path: '' })
  return value
}
