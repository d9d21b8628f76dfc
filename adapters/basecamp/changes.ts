/** What changed since the mark: the last changes first, then what the feed tells of moves. */
import { AdapterError, page, read, type Scope } from '../../src/adapter.ts'
import { type Api, recordings } from './api.ts'
import { bornSince, type Cursor, further, histories, isThin, type Leg, later, type Step } from './cursor.ts'
import { cardOf, feedPage } from './history.ts'
import { kindsOf } from './layout.ts'
import { type Listed, listed } from './listed.ts'
import { edgeOf, isNews, type Mark, recentWith, updatedOf } from './mark.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** Without a feed, histories that one page of changes may cost. */
const MOST_CHANGED = 20

export function beginChanges(scope: Scope, former: Mark): Cursor {
  const legs = kindsOf(former.layout).map(
    (kind): Leg => ({
      path: recordings(kind, [scope.externalId], 'active', 'updated_at desc'),
      kind,
      as: 'changes',
      first: true
    })
  )
  return {
    legs,
    mark: { ...former, since: '', etags: former.etags },
    former: former.since,
    ask: [],
    empty: true,
    feed: false
  }
}

/** One page of what was changed last. */
export async function changesPage(api: Api, scope: Scope, cursor: Cursor, leg: Leg): Promise<Step> {
  const { mark: before, former } = cursor
  const etag = leg.first ? before.etags[leg.kind] : undefined
  const response = await api.follow(leg.path, {
    accept: [304],
    ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } })
  })
  const mark: Mark = { ...before, since: before.since === '' ? response.at : before.since }
  const others = cursor.legs.slice(1)
  if (response.status === 304)
    return closing({ page: page(response.at), cursor: { ...cursor, legs: others, mark, empty: false } })

  const rows = read(raw.Rows, response)
  if (leg.first) {
    if (rows.length === 0 && cursor.empty && others.length === 0) await proveSeen(api, scope)
    mark.etags = { ...mark.etags, [leg.kind]: (rows.length > 0 && response.headers.get('etag')) || '' }
  }
  const known = { recent: mark.recent, since: former ?? mark.since }
  const news = rows.filter(isNews(known))
  const isReached = rows.some((row) => Date.parse(updatedOf(row) ?? '') <= edgeOf(known.since))
  const whole = isThin(leg, news) ? await each(api, leg, news) : news
  const found: Listed = await listed(api, scope, response, whole, mark.layout)
  mark.layout = found.layout
  mark.recent = recentWith(mark.recent, news, known.since)
  const events =
    mark.feed === null
      ? await histories(api, found.cards.slice(0, MOST_CHANGED).map(cardOf))
      : bornSince(former, found.cards)
  if (news.length > 0) mark.owedUntil = later(mark.since)
  const legs = isReached ? others : further(cursor, leg, response)
  const feed = cursor.feed || (mark.feed !== null && found.cards.length > 0)
  return closing({
    page: { ...found.page, events },
    cursor: { ...cursor, legs, mark, feed, empty: cursor.empty && rows.length === 0 }
  })
}

/** At the end of a run only what the next overlap can bring is remembered, and what the feed still owes is asked. */
function closing({ page, cursor }: Step): Step {
  if (cursor.legs.length > 0) return { page, cursor }
  const { mark } = cursor
  const isOwed = mark.feed !== null && mark.owedUntil !== null
  return {
    page,
    cursor: {
      ...cursor,
      mark: { ...mark, recent: recentWith(mark.recent, [], mark.since) },
      feed: cursor.feed || isOwed
    }
  }
}

/** No rows at all may mean that the project is out of sight. */
async function proveSeen(api: Api, scope: Scope): Promise<void> {
  const { status } = read(raw.Project, await api.project(scope.externalId))
  if (status === 'trashed') throw new AdapterError('not_found', { code: 'trashed' })
}

async function each(api: Api, { kind }: Leg, rows: readonly unknown[]): Promise<unknown[]> {
  const found: unknown[] = []
  for (const row of rows) {
    const id = normalize.idOf(row)
    if (id !== null) found.push((await (kind === 'card' ? api.card(id) : api.todo(id))).json())
  }
  return found
}

/** One page of the feed. */
export async function movesPage(api: Api, scope: Scope, cursor: Cursor): Promise<Step> {
  const { events, position, more, at } = await feedPage(api, scope.externalId, cursor.mark.feed ?? '')
  const { since, owedUntil } = cursor.mark
  const isPaid = !more && (position === null || owedUntil === null || (at ?? since) >= owedUntil)
  const mark = { ...cursor.mark, feed: position, owedUntil: isPaid ? null : owedUntil }
  return { page: { ...page(at ?? since), events }, cursor: { ...cursor, mark, feed: more } }
}
