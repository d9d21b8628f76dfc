/** A whole project: the furniture, then cards and to-dos by status, then the history of some. */
import { AdapterError, type HostResponse, type Page, page, read, type Scope } from '../../src/adapter.ts'
import { type Api, recordings } from './api.ts'
import { bornSince, type Cursor, further, histories, isThin, type Leg, later, type Step } from './cursor.ts'
import { cardOf, enterFeed, isUntouched } from './history.ts'
import { type Furnished, furnish, kindsOf } from './layout.ts'
import { listed } from './listed.ts'
import { type Mark, recentWith } from './mark.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** Cards whose history a first sweep reads, one request each: those in work that were changed last. */
const MOST_HISTORIES = 100
/** Of them, in one page of ours. */
const HISTORIES = 20
/** Without a feed, histories that one page of changes may cost. */

/** The project, who is in it, its columns and lists; and where the feed stands before anything is read. */
export async function beginSweep(api: Api, scope: Scope, former: Mark | null, isKnown: boolean): Promise<Step> {
  const response = await api.project(scope.externalId)
  const project = read(raw.Project, response)
  if (project.status === 'trashed') throw new AdapterError('not_found', { status: response.status, code: 'trashed' })
  const people = await api.people(project.id)
  const furnished = await furnish(
    api,
    project,
    scope,
    people.map(({ id }) => id)
  )
  const feed = former?.feed ?? (furnished.layout.tables.length > 0 ? await enterFeed(api, project.id) : null)
  const mark: Mark = {
    since: response.at,
    chosen: scope.projects,
    layout: furnished.layout,
    recent: {},
    feed,
    owedUntil: null,
    etags: {}
  }
  const legs = kindsOf(furnished.layout).flatMap((kind) =>
    (['active', 'archived', 'trashed'] as const).map(
      (as): Leg => ({ path: recordings(kind, [project.id], as, 'created_at asc'), kind, as, first: true })
    )
  )
  return {
    page: page(response.at, {
      projects: furnished.projects,
      columns: [...furnished.columns, ...goneColumns(furnished, former)],
      people: people.map(normalize.person)
    }),
    // Of a feed that was entered just now there is nothing to ask.
    cursor: {
      legs,
      mark,
      former: isKnown && former ? former.since : null,
      ask: [],
      empty: true,
      feed: former?.feed != null && feed !== null
    }
  }
}

/** Columns that were there when the project was last read, and are no longer. */
function goneColumns({ layout }: Furnished, former: Mark | null): Page['columns'] {
  return Object.entries(former?.layout.columns ?? {})
    .filter(([id, { home }]) => layout.tables.includes(home) && !(id in layout.columns))
    .map(([externalId, { home, name }], index) => ({
      externalId,
      project: home,
      name,
      position: Object.keys(layout.columns).length * 2 + index,
      archived: true,
      category: null
    }))
}

/** One page of a listing. */
export async function sweepPage(api: Api, scope: Scope, cursor: Cursor, leg: Leg): Promise<Step> {
  const response = await api.follow(leg.path)
  const rows = read(raw.Rows, response)
  if (leg.first && leg.as === 'active' && isThin(leg, rows)) return columnsInstead(api, scope, cursor, response)
  const legs = further(cursor, leg, response)
  if (leg.as === 'trashed') {
    const absent = rows.flatMap((row) => normalize.idOf(row) ?? [])
    return { page: page(response.at, { absent: absent.map(deleted) }), cursor: { ...cursor, legs } }
  }
  const found = await listed(api, scope, response, rows, cursor.mark.layout)
  const mark = { ...cursor.mark, layout: found.layout }
  mark.recent = recentWith(mark.recent, rows, mark.since)
  if (Object.keys(mark.recent).length > 0) mark.owedUntil = later(mark.since)
  const events = bornSince(cursor.former, found.cards)
  const total = leg.first && leg.as === 'active' ? Number(response.headers.get('x-total-count')) : 0
  return {
    page: { ...found.page, events, ...(total > 0 ? { expect: total } : {}) },
    cursor: { ...cursor, legs, mark, ask: cursor.former === null ? toAsk(cursor.ask, found.cards) : [] }
  }
}

const deleted = (externalId: string) => ({ kind: 'absence', externalId, presence: 'deleted' }) as const

/** Cards in work: an age in the backlog or among what is done matters less than what it costs. */
function toAsk(known: Cursor['ask'], cards: readonly raw.Task[]): Cursor['ask'] {
  const more = cards
    .filter(({ status, completed, parent }) => status === 'active' && !completed && !KNOWN_COLUMNS.has(parent.type))
    .map(cardOf)
    .filter((card) => !isUntouched(card))
  if (more.length === 0) return known
  return [...known, ...more].sort((a, b) => (a.updated < b.updated ? 1 : -1)).slice(0, MOST_HISTORIES)
}

const KNOWN_COLUMNS = new Set(['Kanban::Triage', 'Kanban::NotNowColumn', 'Kanban::DoneColumn'])

async function columnsInstead(api: Api, scope: Scope, cursor: Cursor, response: HostResponse): Promise<Step> {
  const [{ kind }, ...others] = cursor.legs as [Leg, ...Leg[]]
  const project = read(raw.Project, await api.project(scope.externalId))
  const { tables, lists } = await furnish(api, project, scope, null)
  const paths =
    kind === 'card'
      ? tables.flatMap((table) => (table.lists ?? []).flatMap((one) => [one.cards_url, one.on_hold?.cards_url]))
      : lists.flatMap(({ todos_url }) => [todos_url, todos_url && `${todos_url}?completed=true`])
  const legs = paths.flatMap((path): Leg[] => (path ? [{ path, kind, as: 'column', first: true }] : []))
  // What was archived is as thin: such cards are read again one by one when the hub misses them.
  const kept = others.filter((one) => one.kind !== kind || one.as === 'trashed')
  return { page: page(response.at), cursor: { ...cursor, legs: [...legs, ...kept] } }
}

export async function historyPage(api: Api, cursor: Cursor): Promise<Step> {
  const events = await histories(api, cursor.ask.slice(0, HISTORIES))
  return { page: page(cursor.mark.since, { events }), cursor: { ...cursor, ask: cursor.ask.slice(HISTORIES) } }
}
