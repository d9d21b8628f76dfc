/**
 * The account's feed of events (https://github.com/basecamp/bc-api/blob/master/sections/event_feed.md): in the order of ids,
 * a hundred at a time, half a minute late; a position holds for the filters it was made with.
 */
import { createHash } from 'node:crypto'
import { notFound, Refused } from './refusal.ts'
import type { Show } from './serialise.ts'
import { type Deed, OWN_ID, type World } from './world.ts'

const DELAY_MS = 30_000
const PAGE = 100
const FILTERS = ['types', 'buckets', 'creators', 'performers', 'exclude_performers', 'actor_types']

export function feedPage(world: World, show: Show, query: URLSearchParams, base: string): unknown {
  if (!world.hasFeed) throw notFound()
  const filters = digest(query)
  const served = world.deeds.filter((deed) => deed.feed !== null && deed.at <= world.clock.now() - DELAY_MS)
  const from = start(query, filters, served)
  const types = csv(query, 'types')
  const buckets = csv(query, 'buckets')
  const mine = served.filter(
    ({ id, feed, item }) =>
      BigInt(id) > from &&
      (types.length === 0 || types.includes(feed!.type)) &&
      (buckets.length === 0 || buckets.includes(item.bucket.id)) &&
      !item.bucket.denied
  )
  const events = mine.slice(0, PAGE)
  const more = mine.length > PAGE
  const reached = more ? events.at(-1)!.id : lastId(served, from)
  const position = Buffer.from(`${filters}:${reached}`).toString('base64url')
  const further = new URLSearchParams([...query].filter(([name]) => name !== 'since' && name !== 'position'))
  further.set('position', position)
  return { events: events.map(show.feedEvent), position, ...(more ? { next: `${base}/events.json?${further}` } : {}) }
}

function start(query: URLSearchParams, filters: string, served: readonly Deed[]): bigint {
  const position = query.get('position')
  if (position === null) {
    const since = query.get('since') ?? ''
    if (since === 'now') return BigInt(lastId(served, 0n))
    if (/^\d+$/.test(since)) return BigInt(since)
    throw new Refused(400, { error: 'Malformed since.' })
  }
  const [made, id] = Buffer.from(position, 'base64url').toString('utf8').split(':')
  if (!/^\d+$/.test(id ?? '')) {
    const error = 'Unrecognized position. Resume with since=<id> or since=now.'
    throw new Refused(400, { error, reason: 'invalid_position' })
  }
  if (made !== filters) throw new Refused(409, { error: 'Filters changed.' })
  return BigInt(id!)
}

const lastId = (served: readonly Deed[], from: bigint): string => {
  const last = served.at(-1)?.id
  return last !== undefined && BigInt(last) > from ? last : String(from)
}

const csv = (query: URLSearchParams, name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean)

const digest = (query: URLSearchParams): string =>
  createHash('sha256')
    .update([OWN_ID, ...FILTERS.map((name) => csv(query, name).sort().join())].join('|'))
    .digest('hex')
    .slice(0, 12)
