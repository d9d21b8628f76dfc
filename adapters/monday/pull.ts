/**
 * Reading a board. A sweep is the board's columns → its items → the items of its sub-items' boards (→ older comments). An
 * incremental pull is one question: columns, what changed since the day before the mark, new comments.
 *
 * The mark is the tool's clock at the first answer of the run, so an edit made on a page already read is newer than it;
 * two minutes before it are read again. What is archived or deleted is in no page: that is settled by reading it singly.
 *
 * The rule for "changed since" is the vendor's own but documented nowhere, so each board proves it: the newest item that
 * was seen has to be in the answer. Where it is not, the board's activity log says which items to read.
 */
import { z } from 'zod'
import {
  AdapterError,
  type HostResponse,
  type Page,
  type ProjectOptions,
  type PullFrom,
  page
} from '../../src/adapter.ts'
import { activity } from './activity.ts'
import { type Api, PAGE, read } from './api.ts'
import { type Boards, boardFacts, laidOut, readBoards, seen } from './boards.ts'
import { digest, wanted } from './layout.ts'
import { commentsOf, type Reading, readings } from './page.ts'
import * as raw from './raw.ts'

const OVERLAP_MS = 120_000
const DAY = 86_400_000
/** Comments of a board that was never read are read this far back; later sweeps go back so far beyond their mark. */
const COMMENTS_MS = { first: 90 * DAY, again: 26 * 3_600_000 }
/** A cursor lives for an hour from the first page: a page set that outlives it is begun again, twice at most. */
const RESTARTS = 2

const Newest = z.record(z.string(), z.object({ id: z.string(), at: z.string() }))

/** What a complete run leaves behind. */
const Mark = z.object({
  since: z.string(),
  /** The project's board and the visible ones of its sub-items. */
  boards: z.array(z.string()),
  columns: z.array(z.string()),
  hierarchy: z.string().nullable(),
  /** Of which columns are read for what. */
  digest: z.string(),
  rule: z.enum(['unproven', 'works', 'fails']),
  /** By board: the item that changed last, as far as was seen. */
  newest: Newest
})
export type Mark = z.infer<typeof Mark>

const Cursor = z.object({
  /** The tool's clock when the run began. */
  began: z.string(),
  /** Comments are read from here. */
  from: z.string(),
  boards: z.array(z.string()),
  digest: z.string(),
  /** Which of the boards is being read, and where in it. */
  place: z.number(),
  next: z.string().nullable(),
  restarts: z.number(),
  newest: Newest,
  /** Boards with more comments, and the page of them. */
  comments: z.array(z.string()),
  page: z.number()
})
type Cursor = z.infer<typeof Cursor>

export async function* pull(api: Api, project: string, options: ProjectOptions, from: PullFrom): AsyncIterable<Page> {
  const former = Mark.safeParse(from.mark).data ?? null
  const run: Reading = { api, project, options, people: new Set() }
  if (former === null || from.sweep) yield* sweep(run, former, Cursor.safeParse(from.cursor).data ?? null)
  else yield* changes(run, former)
}

async function* sweep(run: Reading, former: Mark | null, resumed: Cursor | null): AsyncIterable<Page> {
  const boards = await readBoards(run.api, run.project, run.options)
  const facts = boardFacts(boards)
  for (const { externalId } of facts.people ?? []) run.people.add(externalId)
  let cursor = resumed?.digest === digest(boards.layouts) ? resumed : null
  if (!cursor) {
    cursor = beginning(boards, former)
    yield { ...page(boards.at, facts), cursor }
  }
  for (let next: Cursor | null = cursor; next; ) {
    const step: Step =
      next.place < boards.layouts.length ? await itemsPage(run, boards, next) : await commentsPage(run, next)
    const done = step.cursor.place >= boards.layouts.length && step.cursor.comments.length === 0
    yield { ...step.page, ...(done ? { mark: markOf(boards, step.cursor, former) } : { cursor: step.cursor }) }
    next = done ? null : step.cursor
  }
}

interface Step {
  page: Page
  cursor: Cursor
}

const beginning = (boards: Boards, former: Mark | null): Cursor => ({
  began: boards.at,
  from: former ? before(former.since, COMMENTS_MS.again) : before(boards.at, COMMENTS_MS.first),
  boards: boards.layouts.map(({ board }) => board),
  digest: digest(boards.layouts),
  place: 0,
  next: null,
  restarts: 0,
  newest: {},
  comments: [],
  page: 2
})

/** A rule that has worked is trusted from then on; one that has failed is tried again after each sweep. */
const markOf = (boards: Boards, cursor: Cursor, former: Mark | null): Mark => ({
  since: cursor.began,
  ...readingOf(boards),
  rule: former?.rule === 'works' ? 'works' : 'unproven',
  newest: cursor.newest
})

const readingOf = ({ main, layouts }: Boards) => ({
  boards: layouts.map(({ board }) => board),
  columns: [...new Set(layouts.flatMap(wanted))].sort(),
  hierarchy: main.hierarchy_type ?? null,
  digest: digest(layouts)
})

async function itemsPage(run: Reading, boards: Boards, cursor: Cursor): Promise<Step> {
  const layout = boards.layouts[cursor.place]!
  const columns = wanted(layout)
  let response: HostResponse
  try {
    response = cursor.next
      ? await run.api.next(cursor.next, columns)
      : await run.api.items(layout.board, columns, boards.main.hierarchy_type ?? null, cursor.from)
  } catch (error) {
    if (cursor.next === null || cursor.restarts >= RESTARTS || !isRefused(error)) throw error
    // The cursor has outlived its hour: the board is read from its beginning, and pages already seen come again.
    return itemsPage(run, boards, { ...cursor, next: null, restarts: cursor.restarts + 1 })
  }
  const { items, updates } = cursor.next
    ? { items: read(z.object({ next_items_page: raw.ItemsPage }), response).next_items_page, updates: [] }
    : opened(response, layout.board)
  if (items.cursor && items.cursor === cursor.next && items.items.length === 0) throw stuck(response)
  const more = updates.length >= PAGE.updates && !cursor.comments.includes(layout.board) ? [layout.board] : []
  return {
    page: page(response.at, await readings(run, items.items, layout, updates)),
    cursor: {
      ...cursor,
      next: items.cursor ?? null,
      place: items.cursor ? cursor.place : cursor.place + 1,
      restarts: items.cursor ? cursor.restarts : 0,
      newest: newer(cursor.newest, layout.board, items.items),
      comments: [...cursor.comments, ...more]
    }
  }
}

function opened(response: HostResponse, board: string): { items: z.infer<typeof raw.ItemsPage>; updates: unknown[] } {
  const Opened = raw.Board.pick({ id: true }).extend({
    items_page: raw.ItemsPage,
    updates: z.array(z.unknown()).nullish()
  })
  const { boards } = read(z.object({ boards: z.array(Opened.nullable()).nullable() }), response)
  const found = boards?.find((one) => one?.id === board)
  if (!found) throw new AdapterError('not_found', { status: response.status, code: 'board' })
  return { items: found.items_page, updates: found.updates ?? [] }
}

async function commentsPage({ api }: Reading, cursor: Cursor): Promise<Step> {
  const [board = '', ...others] = cursor.comments
  const { updates, response } = await updatesPage(api, board, cursor.from, cursor.page)
  const more = updates.length >= PAGE.updates
  return {
    page: page(response.at, { comments: commentsOf(updates) }),
    cursor: { ...cursor, comments: more ? cursor.comments : others, page: more ? cursor.page + 1 : 2 }
  }
}

async function updatesPage(api: Api, board: string, from: string, number: number) {
  const response = await api.updatesOf([board], from, number)
  const Commented = z.looseObject({ updates: z.array(z.unknown()).nullish() })
  const { boards } = read(z.object({ boards: z.array(Commented.nullable()).nullable() }), response)
  return { updates: boards?.[0]?.updates ?? [], response }
}

/** Columns, changed items and new comments in one question, and more pages where there are more. */
async function* changes(run: Reading, former: Mark): AsyncIterable<Page> {
  const from = before(former.since, OVERLAP_MS)
  if (former.rule === 'fails') return yield* logged(run, former, from)

  const Changed = raw.LaidOut.extend({ items_page: raw.ItemsPage, updates: z.array(z.unknown()).nullish() })
  const proving = former.rule === 'unproven'
  const day = dayOf(former, proving)
  let response: HostResponse
  try {
    response = await run.api.changes(former.boards, former.columns, former.hierarchy, day, from)
  } catch (error) {
    if (!proving || !isRefused(error)) throw error
    return yield* logged(run, former, from)
  }
  const answer = read(z.object({ boards: z.array(Changed.nullable()).nullable() }), response).boards
  const boards = laidOut(seen(answer, run.project, response), answer ?? [], run.options, response.at)
  if (digest(boards.layouts) !== former.digest) return yield* sweep(run, former, null)

  const facts = boardFacts(boards)
  for (const { externalId } of facts.people ?? []) run.people.add(externalId)
  const pages: Page[] = [page(response.at, facts)]
  let { newest, rule } = former
  for (const layout of boards.layouts) {
    const board = answer?.find((one) => one?.id === layout.board)
    let at: z.infer<typeof raw.ItemsPage> | undefined = board?.items_page
    const present = new Set<string>()
    while (at) {
      for (const value of at.items) present.add(idOf(value))
      pages.push(
        page(
          response.at,
          await readings(
            run,
            at.items.filter((value) => changedAt(value) >= from),
            layout
          )
        )
      )
      newest = newer(newest, layout.board, at.items)
      at = at.cursor ? await nextPage(run.api, at.cursor, former.columns) : undefined
    }
    const proof = former.newest[layout.board]
    if (proving && proof && day !== null) {
      if (!present.has(proof.id)) return yield* logged(run, former, from)
      rule = 'works'
    }
    pages.push(page(response.at, { comments: await newComments(run.api, layout.board, board?.updates ?? [], from) }))
  }
  yield* joined(pages, { ...former, ...readingOf(boards), since: response.at, rule, newest })
}

const newComments = async (api: Api, board: string, first: unknown[], from: string) => {
  const all = [...first]
  for (let at = 2, count = first.length; count >= PAGE.updates; at += 1) {
    const { updates } = await updatesPage(api, board, from, at)
    all.push(...updates)
    count = updates.length
  }
  return commentsOf(all)
}

async function nextPage(api: Api, cursor: string, columns: string[]) {
  const response = await api.next(cursor, columns)
  const next = read(z.object({ next_items_page: raw.ItemsPage }), response).next_items_page
  if (next.cursor === cursor && next.items.length === 0) throw stuck(response)
  return next
}

/** What the activity log names, read singly; all of it where the log speaks of more than single items. */
async function* logged(run: Reading, former: Mark, from: string): AsyncIterable<Page> {
  const log = await activity(run, former.boards, from)
  const { boards } = log
  if (log.everything || digest(boards.layouts) !== former.digest) {
    for await (const one of sweep(run, former, null)) {
      // The rule has been tried on this board: the next sweep that is one by itself gives it another chance.
      yield one.mark ? { ...one, mark: { ...(one.mark as Mark), rule: 'fails' } } : one
    }
    return
  }
  const comments = await Promise.all(
    [...log.updates].map(([board, updates]) => newComments(run.api, board, updates, from))
  )
  const pages = [page(boards.at, boardFacts(boards)), page(boards.at, { comments: comments.flat() }), ...log.pages]
  yield* joined(pages, { ...former, ...readingOf(boards), since: boards.at, rule: 'fails' })
}

/** One page where there is little, the mark on the last. A run that is cut off begins again from its mark. */
function* joined(pages: Page[], mark: Mark): Iterable<Page> {
  const last = pages.pop()
  for (const one of pages) if (hasFacts(one)) yield one
  if (last) yield { ...last, mark }
}

const hasFacts = ({ projects, tasks, comments, unreadable, seen, absent }: Page): boolean =>
  [projects, tasks, comments, unreadable, seen, absent ?? []].some((facts) => facts.length > 0)

/** The mark's day, one earlier: days are those of the account's time zone. Before all that was seen when it is to be proven. */
function dayOf({ since, newest }: Mark, proving: boolean): string | null {
  const seen = Object.values(newest).map(({ at }) => at)
  // Nothing is known that could prove it: a board that was empty is read whole.
  if (proving && seen.length === 0) return null
  return before([since, ...(proving ? seen : [])].sort()[0]!, DAY).slice(0, 10)
}

function newer(newest: Mark['newest'], board: string, items: unknown[]): Mark['newest'] {
  let best = newest[board]
  for (const value of items) {
    const at = changedAt(value)
    if (at !== UNKNOWN && (!best || at > best.at)) best = { id: idOf(value), at }
  }
  return best ? { ...newest, [board]: best } : newest
}

/** Later than all: an item that does not say when it changed is read. */
const UNKNOWN = '9999'

function changedAt(value: unknown): string {
  const at = Date.parse(String((value as { updated_at?: unknown } | null)?.updated_at ?? ''))
  return Number.isNaN(at) ? UNKNOWN : new Date(at).toISOString()
}

const idOf = (value: unknown): string => String((value as { id?: unknown } | null)?.id ?? '')

/** The tool did not take the question: a cursor past its time, a rule it does not know. */
const isRefused = (error: unknown): boolean =>
  error instanceof AdapterError && (error.kind === 'bad_response' || error.kind === 'not_found') && !error.unclear

const stuck = (response: HostResponse) =>
  new AdapterError('bad_response', { status: response.status, code: 'no_progress', path: 'cursor' })

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString()
