/**
 * Cards in pages: newest first by creation, at most 1,000, and in no order inside a page.
 * @see https://developer.atlassian.com/cloud/trello/rest/api-group-boards/#api-boards-id-cards-filter-get
 */
import type { Board } from '../board.ts'
import type { CardEntry, CardFacts } from '../facts.ts'
import { createdAt } from '../ids.ts'
import { amount, type Bound, bound, fields, flag, json, type Question, type Reply, text } from '../question.ts'
import { invalidValue } from '../refusal.ts'
import { arrayText, type CardView, cardText } from '../serialise.ts'
import { lowerBound } from '../sorted.ts'

/** The most that one answer holds. */
const MOST = 1000

/** @see the shared sheet §3.2: `open` includes cards of archived lists, `visible` does not. */
const CARD_FILTERS: Record<string, (card: CardFacts, board: Board) => boolean> = {
  all: () => true,
  open: (card) => !card.closed,
  visible: (card, board) => !card.closed && board.lists.get(card.idList)?.closed !== true,
  closed: (card) => card.closed,
  complete: (card) => card.dueComplete === true,
  incomplete: (card) => card.dueComplete !== true,
  none: () => false
}

export function cardFilter(name: string): (card: CardFacts, board: Board) => boolean {
  const filter = CARD_FILTERS[name]
  if (!filter) throw invalidValue('filter')
  return filter
}

/** The view of cards a request asks for; `prefix` is `card_` where they are nested. */
export function cardView(question: Question, prefix = ''): CardView {
  const nested = prefix !== ''
  const asked = fields(question, `${prefix}fields`)
  const view = {
    fields: asked,
    checklists: nested ? false : (text(question, 'checklists') ?? 'none') !== 'none',
    checklistFields: fields(question, 'checklist_fields'),
    attachments: flag(question, nested ? 'card_attachments' : 'attachments'),
    attachmentFields: fields(question, nested ? 'card_attachment_fields' : 'attachment_fields'),
    customFieldItems: flag(question, nested ? 'card_customFieldItems' : 'customFieldItems'),
    members: flag(question, nested ? 'card_members' : 'members'),
    memberFields: fields(question, nested ? 'card_member_fields' : 'member_fields')
  }
  return { ...view, signature: JSON.stringify(view) }
}

export function cardPage(question: Question, board: Board, filterName: string): Reply {
  const filter = cardFilter(filterName)
  const limit = amount(question, 'limit', MOST, MOST)
  const page = unordered(newest(board, filter, limit, bound(question, 'before'), bound(question, 'since')))
  const view = cardView(question)
  return json(arrayText(page.map((card) => cardText(card, view, question.world.members))))
}

function newest(
  board: Board,
  filter: (card: CardFacts, board: Board) => boolean,
  limit: number,
  before: Bound | null,
  since: Bound | null
): CardEntry[] {
  const page: CardEntry[] = []
  for (let index = end(board.cards, before) - 1; index >= 0 && page.length < limit; index -= 1) {
    const card = board.cards[index]!
    if (since && !after(card, since)) break
    if (filter(card.facts, board)) page.push(card)
  }
  return page
}

/** `before` and `since` look at the creation only, never at the last change. */
function end(cards: readonly CardEntry[], before: Bound | null): number {
  if (!before) return cards.length
  return lowerBound(cards, before, (card, { at, id }) =>
    id ? (card.facts.id < id ? -1 : 0) : createdAt(card.facts.id) < at ? -1 : 0
  )
}

const after = (card: CardEntry, { at, id }: Bound): boolean => (id ? card.facts.id > id : createdAt(card.facts.id) > at)

/** Shuffles without chance: every step-th one, round and round, where the step divides the length evenly nowhere. */
function unordered<T>(page: readonly T[]): T[] {
  const size = page.length
  if (size < 3) return [...page].reverse()
  let step = Math.floor(size * 0.618)
  while (step > 1 && divisor(step, size) !== 1) step -= 1
  return Array.from(page, (_, index) => page[(index * step) % size]!)
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
