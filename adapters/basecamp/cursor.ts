/** Where a pull is: the listings that are still to be read, and what they share however they are read. */
import { z } from 'zod'
import { AdapterError, type HostResponse, type Page } from '../../src/adapter.ts'
import type { EventFacts } from '../../src/model/task.ts'
import { type Api, nextOf } from './api.ts'
import { Card, cardOf, historyOf, isUntouched, made } from './history.ts'
import { edgeOf, Mark } from './mark.ts'
import type * as raw from './raw.ts'

export const Leg = z.object({
  path: z.string(),
  kind: z.enum(['card', 'todo']),
  /** `column`: a listing that is complete by itself, where that of recordings does not show all of a card. */
  as: z.enum(['active', 'archived', 'trashed', 'column', 'changes']),
  first: z.boolean()
})
export type Leg = z.infer<typeof Leg>

export const Cursor = z.object({
  legs: z.array(Leg),
  mark: Mark,
  /** When the run before this one began; null: there was none. */
  former: z.string().nullable(),
  /** Cards whose history is to be read. */
  ask: z.array(Card),
  /** Nothing was listed so far: the project may be out of sight. */
  empty: z.boolean(),
  /** Whether the feed is still to be asked. */
  feed: z.boolean()
})
export type Cursor = z.infer<typeof Cursor>

export interface Step {
  page: Page
  cursor: Cursor
}

/** Cards made since the run before, that nobody has touched yet: where they stand is where they were made. */
export const bornSince = (former: string | null, cards: readonly raw.Task[]): EventFacts[] =>
  cards
    .map(cardOf)
    .filter((card) => isUntouched(card) && (former === null || Date.parse(card.created) > edgeOf(former)))
    .map(made)

/** The rest of this listing, then the others. */
export function further({ legs }: Cursor, leg: Leg, response: HostResponse): Leg[] {
  const [, ...others] = legs
  const path = nextOf(response)
  if (path === leg.path)
    throw new AdapterError('bad_response', { status: response.status, code: 'no_progress', path: 'link' })
  return path === null ? others : [{ ...leg, path, first: false }, ...others]
}

/** Nobody has promised that the listing shows all of a card. Then each column's own listing is read, as it does. */
export function isThin({ kind }: Pick<Leg, 'kind'>, rows: readonly unknown[]): boolean {
  const keys = kind === 'card' ? ['due_on', 'completed', 'assignees', 'steps'] : ['due_on', 'completed', 'assignees']
  const isWhole = (row: unknown) => typeof row === 'object' && row !== null && keys.every((key) => key in row)
  return rows.length > 0 && !rows.some(isWhole)
}

export async function histories(api: Api, cards: readonly Card[]): Promise<EventFacts[]> {
  const events: EventFacts[] = []
  for (const card of cards) events.push(...(await historyOf(api, card)))
  return events
}

/** When the feed has told of what was read at this moment, with time to spare. */
export const later = (at: string): string => new Date(Date.parse(at) + 60_000).toISOString()
