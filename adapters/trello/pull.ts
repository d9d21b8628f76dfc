/**
 * Reading a board. A sweep is board → cards → history; an incremental pull is history since the mark → touched cards
 * (→ board, when the history says it changed).
 *
 * The mark is the board's own last activity when the run began, less a minute: an edit made on a card already read is
 * newer than that and is seen next time. Cards are paged by creation id, so edits during a run move nothing.
 */
import { z } from 'zod'
import { AdapterError, type Page, type PullFrom, type Scope } from '../../src/adapter.ts'
import { type Api, BATCH, PAGE, read } from './api.ts'
import { byId, readCards } from './cards.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

const OVERLAP_MS = 60_000

/** What a complete run leaves behind. */
const Mark = z.object({
  since: z.string(),
  /** Actions of the last minute before `since`: the overlap reads them again, and they count once. */
  seen: z.array(z.string()),
  cards: z.number(),
  fields: z.array(raw.CustomField)
})
type Mark = z.infer<typeof Mark>

const Cursor = z.object({
  stage: z.enum(['cards', 'history']),
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
    cursor = { stage: 'cards', mark: first.mark }
    yield { ...first.page, cursor }
  }
  while (cursor) {
    const next: { page: Page; cursor: Cursor | null } =
      cursor.stage === 'cards' ? await cardsPage(api, board, cursor) : await historyPage(api, board, cursor, former)
    cursor = next.cursor
    yield { ...next.page, cursor }
  }
}

async function boardPage(api: Api, id: string): Promise<{ page: Page; mark: Mark }> {
  const response = await api.board(id)
  const board = read(raw.Board, response)
  const mark: Mark = {
    since: new Date(board.dateLastActivity ?? normalize.createdAt(board.id)).toISOString(),
    seen: [],
    cards: 0,
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

async function cardsPage(api: Api, board: string, cursor: Cursor): Promise<{ page: Page; cursor: Cursor }> {
  const response = await api.cards(board, cursor.before)
  const cards = list(response.json(), response.status)
  const ids = cards.map(idOf).filter((id) => id !== null)
  const mark = { ...cursor.mark, cards: cursor.mark.cards + cards.length }
  return {
    page: page(response.at, readings(cards, mark.fields, board)),
    // Newest first but in no order inside a page: the smallest id is where the next one ends.
    cursor: cards.length < PAGE ? { stage: 'history', mark } : { stage: 'cards', before: smallest(ids), mark }
  }
}

async function historyPage(
  api: Api,
  board: string,
  cursor: Cursor,
  former: Mark | null
): Promise<{ page: Page; cursor: Cursor | null }> {
  const since = former ? overlapped(former.since) : undefined
  const response = await api.actions(board, { before: cursor.before, since })
  const actions = list(response.json(), response.status)
  const mark = { ...cursor.mark, seen: [...cursor.mark.seen, ...overlap(actions, cursor.mark.since)] }
  const before = actions.length >= PAGE ? smallest(actions.map(idOf).filter((id) => id !== null)) : undefined
  return {
    page: { ...page(response.at, history(actions, board)), ...(before === undefined ? { mark } : {}) },
    cursor: before === undefined ? null : { stage: 'history', before, mark }
  }
}

/** Everything that happened since the mark, and the cards it happened to. */
async function* changes(api: Api, board: string, former: Mark): AsyncIterable<Page> {
  const touched = new Set<string>()
  const counted = new Set(former.seen)
  const seen: unknown[] = []
  let since = former.since
  let boardChanged = false
  let before: string | undefined
  const pages: Page[] = []
  do {
    const response = await api.actions(board, { since: overlapped(former.since), before })
    const actions = list(response.json(), response.status)
    for (const action of actions.map((value) => raw.Action.safeParse(value).data)) {
      if (!action || counted.has(action.id)) continue
      if (Date.parse(action.date) > Date.parse(since)) since = new Date(action.date).toISOString()
      if (action.data.card && action.type !== 'deleteCard') touched.add(action.data.card.id)
      if (BOARD_CHANGES.test(action.type)) boardChanged = true
    }
    pages.push(page(response.at, history(actions, board)))
    seen.push(...actions)
    before = actions.length >= PAGE ? smallest(actions.map(idOf).filter((id) => id !== null)) : undefined
  } while (before !== undefined)

  let mark: Mark = { ...former, since, seen: overlap(seen, since) }
  if (boardChanged) {
    const first = await boardPage(api, board)
    mark = { ...mark, fields: first.mark.fields }
    pages.unshift(first.page)
  }
  yield* pages
  yield* touchedCards(api, board, touched, mark)
  yield { ...page(pages.at(-1)?.at ?? new Date().toISOString(), {}), mark }
}

/** By page when that costs fewer calls (it also sees edits the history does not record), else one by one in batches. */
async function* touchedCards(api: Api, board: string, touched: Set<string>, mark: Mark): AsyncIterable<Page> {
  const ids = [...touched]
  const calls = ids.length === 1 ? 1 : ids.length + Math.ceil(ids.length / BATCH)
  if (ids.length > 1 && Math.ceil((mark.cards + 1) / PAGE) < calls) {
    let cursor: Cursor = { stage: 'cards', mark: { ...mark, cards: 0 } }
    while (cursor.stage === 'cards') {
      const next = await cardsPage(api, board, cursor)
      yield next.page
      cursor = next.cursor
    }
    mark.cards = cursor.mark.cards
    return
  }
  for (let at = 0; at < ids.length; at += BATCH) {
    const cards = (await readCards(api, ids.slice(at, at + BATCH)))
      .map(([, value]) => value)
      .filter((value) => value !== null)
    yield page(new Date().toISOString(), readings(cards, mark.fields, board))
  }
}

/** Actions after which lists, members or fields of the board may differ. */
const BOARD_CHANGES =
  /^(createList|updateList|moveList|updateBoard|addMemberToBoard|removeMemberFromBoard|makeNormal|makeAdmin|makeObserver|.*CustomField$|enablePlugin|disablePlugin|addToOrganizationBoard|removeFromOrganizationBoard)/

/** Ids of the actions in the minute up to `since`. */
const overlap = (actions: unknown[], since: string): string[] =>
  actions
    .map((value) => raw.Action.safeParse(value).data)
    .filter((action) => action !== undefined)
    .filter(({ date }) => Date.parse(date) > Date.parse(since) - OVERLAP_MS && Date.parse(date) <= Date.parse(since))
    .map(({ id }) => id)

const overlapped = (since: string): string => new Date(Date.parse(since) - OVERLAP_MS).toISOString()

export function page(at: string, facts: Partial<Page>): Page {
  return {
    projects: [],
    columns: [],
    people: [],
    tasks: [],
    events: [],
    comments: [],
    unreadable: [],
    seen: [],
    history: [],
    cursor: null,
    at,
    ...facts
  }
}

/** Raw cards into what a page says of them. */
export function readings(cards: unknown[], fields: readonly raw.CustomField[], board: string): Partial<Page> {
  const defined = byId(fields)
  const read = cards.map((value) => normalize.card(value, defined, board))
  return {
    tasks: read.filter((one) => one.kind === 'task'),
    unreadable: read.filter((one) => one.kind === 'unreadable'),
    seen: read.flatMap((one) => (one.kind === 'other' ? [] : one.kind === 'task' ? [one.facts.externalId] : [one.externalId]))
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
