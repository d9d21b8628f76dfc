/**
 * Reading a workspace. A sweep is lists → tasks → what is archived; an incremental pull is the tasks that changed since
 * the mark, and lists again where a task shows a status nobody knows.
 *
 * The mark is the tool's clock when the run began, less a minute. Tasks changed within that minute come again; they are
 * remembered and left out when nothing happened to them. Changes are read along their own date, each page from where the
 * last one ended, so an edit meanwhile can only bring a task twice. A sweep pages by number, along the date of creation:
 * a task deleted meanwhile can hide one other, which the settling of absences or the next sweep finds.
 */
import { z } from 'zod'
import {
  AdapterError,
  page as blank,
  type HostResponse,
  type Page,
  type PullFrom,
  read,
  type Scope
} from '../../src/adapter.ts'
import { type Api, PAGE, type Query } from './api.ts'
import { readList, spacesOf, teams, zonesOfPeople } from './lists.ts'
import { dateOf, gone, isNews, known, Mark, OVERLAP_MS, recentOf } from './mark.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'
import { readings } from './readings.ts'

/** So many lists are named in the address; with more, the whole workspace is read and the others are left out here. */
const MOST_NAMED = 50
/** More pages than this of one thing means that the tool does not get on. */
const MOST_PAGES = 10_000

const Cursor = z.object({
  stage: z.enum(['tasks', 'shelves', 'changes']),
  page: z.number(),
  /** Of the shelves: which one. */
  shelf: z.number(),
  /** Of changes: where the last page ended, and in which direction they come. */
  edge: z.object({ date_updated_gt: z.number(), date_updated_lt: z.number().optional() }),
  mark: Mark
})
type Cursor = z.infer<typeof Cursor>

/** What one request brought, and where to go on; null when it was the last. */
interface Step {
  page: Page
  mark: Mark
  next: Cursor | null
}

export async function* pull(api: Api, scope: Scope, from: PullFrom): AsyncIterable<Page> {
  const former = Mark.safeParse(from.mark).data ?? null
  let cursor = Cursor.safeParse(from.cursor).data ?? null
  // A list that was chosen since has never been read.
  const known = former !== null && scope.projects.every((list) => former.chosen.includes(list))
  if (!cursor) {
    const first = from.sweep || !known ? await beginSweep(api, scope, former) : await beginChanges(api, scope, former)
    yield told(first)
    cursor = first.next
  }
  while (cursor) {
    const step: Step = await STAGES[cursor.stage](api, scope, cursor)
    yield told(step)
    cursor = step.next
  }
}

const told = ({ page, next, mark }: Step): Page => ({ ...page, cursor: next, ...(next ? {} : { mark }) })

/** Who is there, and the lists. */
async function beginSweep(api: Api, scope: Scope, former: Mark | null): Promise<Step> {
  const response = await api.me()
  const me = read(raw.Me, response).user
  const workspaces = await teams(api)
  const team = workspaces.find(({ id }) => id === scope.externalId)
  if (!team) throw new AdapterError('forbidden', { code: 'no_workspace' })
  const spaces = await spacesOf(api, team.id)
  const found: Exclude<Awaited<ReturnType<typeof readList>>, AdapterError>[] = []
  let unseen: AdapterError | null = null
  for (const id of scope.projects) {
    const list = await readList(api, team, spaces, id)
    if (list instanceof AdapterError) unseen = list
    else found.push(list)
  }
  // One list out of sight must not stop the others, and none at all must not look like an empty workspace.
  if (found.length === 0 && unseen) throw unseen
  const members = (team.members ?? []).map(({ user }) => user)
  const mark: Mark = {
    since: response.at,
    zones: zonesOfPeople(me, workspaces),
    times: true,
    chosen: scope.projects,
    lists: found.map(({ list }) => known(list)),
    recent: {}
  }
  return {
    mark,
    next: { stage: 'tasks', page: 0, shelf: 0, edge: { date_updated_gt: 0 }, mark },
    page: {
      ...blank(response.at),
      projects: found.map(({ list, place }) => normalize.project(list, place)),
      columns: found.flatMap(({ list }) => [...normalize.columns(list), ...gone(list, former)]),
      people: [...members, ...found.flatMap(({ people }) => people)].map(normalize.person),
      expect: found.reduce((sum, { list }) => sum + (list.task_count ?? 0), 0)
    }
  }
}

const STAGES: Record<Cursor['stage'], (api: Api, scope: Scope, cursor: Cursor) => Promise<Step>> = {
  tasks: tasksPage,
  shelves: shelfPage,
  changes: changesPage
}

/** A page of tasks of the lists that are not archived. */
async function tasksPage(api: Api, scope: Scope, cursor: Cursor): Promise<Step> {
  const live = cursor.mark.lists.filter(({ archived }) => !archived).map(({ id }) => id)
  if (live.length === 0) return shelfPage(api, scope, { ...cursor, stage: 'shelves', page: 0 })
  const response = await api.teamTasks(scope.externalId, {
    page: numbered(cursor),
    order_by: 'created',
    reverse: true,
    ...named(live)
  })
  const { tasks, last } = taskPage(response)
  const { page, mark } = await readings(api, response, tasks, cursor.mark)
  const next: Cursor = last ? { ...cursor, stage: 'shelves', page: 0 } : { ...cursor, page: cursor.page + 1 }
  return { page, mark, next: { ...next, mark } }
}

/** Archived tasks, and tasks of archived lists: the workspace's own listing shows neither. */
async function shelfPage(api: Api, _scope: Scope, cursor: Cursor): Promise<Step> {
  const shelves = cursor.mark.lists.flatMap(({ id, archived }) => [
    ...(archived ? [{ id, archived: false }] : []),
    { id, archived: true }
  ])
  const shelf = shelves[cursor.shelf]!
  const response = await api.listTasks(shelf.id, {
    page: numbered(cursor),
    order_by: 'created',
    reverse: true,
    archived: shelf.archived
  })
  const { tasks, last } = taskPage(response)
  const { page, mark } = await readings(api, response, tasks, cursor.mark)
  const next: Cursor = last ? { ...cursor, shelf: cursor.shelf + 1, page: 0 } : { ...cursor, page: cursor.page + 1 }
  return { page, mark, next: next.shelf < shelves.length ? { ...next, mark } : null }
}

async function beginChanges(api: Api, scope: Scope, former: Mark): Promise<Step> {
  const edge = { date_updated_gt: Date.parse(former.since) - OVERLAP_MS }
  const cursor: Cursor = { stage: 'changes', page: 0, shelf: 0, edge, mark: { ...former, since: '' } }
  return changesPage(api, scope, cursor)
}

async function changesPage(api: Api, scope: Scope, cursor: Cursor): Promise<Step> {
  const live = cursor.mark.lists.filter(({ archived }) => !archived).map(({ id }) => id)
  if (live.length === 0) return nothingToAsk(api, cursor)
  const response = await api.teamTasks(scope.externalId, {
    page: numbered(cursor),
    order_by: 'updated',
    reverse: true,
    ...cursor.edge,
    ...named(live)
  })
  const { tasks, last } = taskPage(response)
  const first = cursor.mark.since === ''
  const before = first ? { ...cursor.mark, since: response.at } : cursor.mark
  const { page, mark } = await readings(api, response, tasks.filter(isNews(before)), before)
  const kept = last ? { ...mark, recent: recentOf(mark) } : mark
  return { page, mark: kept, next: last ? null : { ...cursor, ...further(cursor, tasks, response), mark: kept } }
}

/** Archived lists are read by sweeps alone; the clock goes on all the same. */
async function nothingToAsk(api: Api, { mark }: Cursor): Promise<Step> {
  const { at } = await api.me()
  return { page: blank(at), mark: { ...mark, since: at, recent: {} }, next: null }
}

/**
 * Where the next page of changes begins. Which way they come is seen from the page itself. Nothing later than the first
 * answer is waited for: it belongs to the next run. Where a whole page changed at one moment, pages are counted instead.
 */
function further(cursor: Cursor, tasks: readonly unknown[], { at }: HostResponse): Pick<Cursor, 'page' | 'edge'> {
  const dates = tasks.map((one) => Date.parse(raw.Task.shape.date_updated.safeParse(dateOf(one)).data ?? ''))
  const moments = dates.filter((date) => !Number.isNaN(date))
  const [least, most] = [Math.min(...moments), Math.max(...moments)]
  const { edge } = cursor
  if (moments.length === 0 || least === most) return { page: cursor.page + 1, edge }
  const rising = moments[0]! < moments.at(-1)!
  const until = edge.date_updated_lt ?? Date.parse(at) + OVERLAP_MS
  // Both ends leave their own moment out; others may have changed in the same millisecond.
  return {
    page: 0,
    edge: rising
      ? { date_updated_gt: most - 1, date_updated_lt: until }
      : { date_updated_gt: edge.date_updated_gt, date_updated_lt: least + 1 }
  }
}

/** The listing ends where the tool says so, or with a page that is not full. */
function taskPage(response: HostResponse): { tasks: unknown[]; last: boolean } {
  const { tasks, last_page } = read(raw.TaskPage, response)
  return { tasks, last: last_page === true || tasks.length < PAGE }
}

function numbered({ page }: Cursor): number {
  if (page < MOST_PAGES) return page
  throw new AdapterError('bad_response', { code: 'no_progress', path: 'last_page' })
}

const named = (lists: readonly string[]): Query => (lists.length <= MOST_NAMED ? { 'list_ids[]': lists } : {})
