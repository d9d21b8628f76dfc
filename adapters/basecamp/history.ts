/**
 * When cards were moved. A card's JSON does not say; its own events do, one request a card, and so does the feed of events
 * of the whole account, half a minute late. Both tell of the same move with the same moment, which names the event.
 */
import { z } from 'zod'
import { AdapterError, type HostResponse, read } from '../../src/adapter.ts'
import type { EventFacts } from '../../src/model/task.ts'
import { type Api, nextOf } from './api.ts'
import * as raw from './raw.ts'

/** Pages of one card's events that are read to find where it was made. */
const MOST_PAGES = 3
/** Longer than it takes Basecamp to finish making a card. */
const UNTOUCHED_MS = 2000

/** A card that nobody has touched since it was made stands where it was made. */
export const isUntouched = ({ created, updated }: Card): boolean =>
  Date.parse(updated) - Date.parse(created) < UNTOUCHED_MS

/** What has to be known of a card to tell its history. */
export const Card = z.object({
  id: z.string(),
  column: z.string(),
  created: z.string(),
  updated: z.string(),
  creator: z.string().nullable()
})
export type Card = z.infer<typeof Card>

export const cardOf = (task: raw.Task): Card => ({
  id: task.id,
  column: task.parent.id,
  created: task.created_at,
  updated: task.updated_at,
  creator: task.creator?.id ?? null
})

/** A card came into the world in this column. */
export const made = ({ id, created, creator, column }: Card): EventFacts => ({
  ...event(id, 'created', created, creator, ''),
  to: column
})

const event = (task: string, type: EventFacts['type'], at: string, actor: string | null, to: string): EventFacts => ({
  externalId: [task, type, at, to].join(':'),
  task,
  type,
  at,
  actor,
  from: null,
  to: null
})

const moved = (task: string, at: string, actor: string | null, from: string | null, to: string): EventFacts => ({
  ...event(task, 'moved', at, actor, to),
  from,
  to
})

/** What a card went through, oldest first; its making too when all of its events could be read. */
export async function historyOf(api: Api, card: Card): Promise<EventFacts[]> {
  const found: raw.Event[] = []
  let page: HostResponse | null = await api.events(card.id)
  for (let pages = 1; page !== null; pages++) {
    found.push(...read(z.array(raw.Event), page))
    const next: string | null = nextOf(page)
    if (next === null) break
    page = pages < MOST_PAGES ? await api.follow(next) : null
  }
  const whole = page !== null
  const told = found.reverse().flatMap((one) => factsOf(card.id, one))
  const first = told.find(({ type }) => type === 'moved')
  return whole ? [made({ ...card, column: first?.from ?? card.column }), ...told] : told
}

/** https://github.com/basecamp/bc-api/blob/master/sections/events.md */
function factsOf(task: string, { action, created_at, creator, details }: raw.Event): EventFacts[] {
  const actor = creator?.id ?? null
  if (action === 'adopted' && details?.new_parent_id) {
    return [moved(task, created_at, actor, details.parent_id_was ?? null, details.new_parent_id)]
  }
  if (action === 'completed') return [event(task, 'completed', created_at, actor, '')]
  if (action === 'uncompleted') return [event(task, 'reopened', created_at, actor, '')]
  return []
}

/** Moves alone: all else is in the card. Positions hold only for the filters they were made with. */
const filters = (project: string) => ({ types: 'card.moved', buckets: project })

/** Where the feed stands now; null where this account has none. */
export async function enterFeed(api: Api, project: string): Promise<string | null> {
  try {
    return read(raw.Feed, await api.feed({ since: 'now', ...filters(project) })).position
  } catch (error) {
    if (error instanceof AdapterError && (error.kind === 'not_found' || error.kind === 'forbidden')) return null
    throw error
  }
}

export interface FeedPage {
  events: EventFacts[]
  position: string | null
  more: boolean
  at: string | null
}

/** One page of the feed. A position that no longer holds is left for where the feed stands now. */
export async function feedPage(api: Api, project: string, position: string): Promise<FeedPage> {
  try {
    const response = await api.feed({ position, ...filters(project) })
    const told = read(raw.Feed, response)
    const events = told.events.flatMap(({ recording_id, created_at, creator_id, details }) =>
      details?.column_id
        ? [moved(recording_id, created_at, creator_id ?? null, details.previous_column_id ?? null, details.column_id)]
        : []
    )
    // The next page begins at this one's position; one that does not get on is the last.
    const more = told.next != null && told.position !== position
    return { events, position: told.position, more, at: response.at }
  } catch (error) {
    if (!(error instanceof AdapterError) || !LOST.has(error.status ?? 0)) throw error
    return { events: [], position: await enterFeed(api, project), more: false, at: null }
  }
}

/** https://github.com/basecamp/bc-api/blob/master/sections/event_feed.md – malformed, gone, of other filters, too old. */
const LOST = new Set([400, 404, 409, 410])
