/** One board's state: its cards in the order of their ids, its history in the order of (date, id). */
import type {
  ActionEntry,
  BoardFacts,
  CardEntry,
  CustomFieldFacts,
  LabelFacts,
  ListFacts,
  MembershipFacts
} from './facts.ts'
import { compareText } from './sorted.ts'

export const byId = (a: CardEntry, b: CardEntry): number => compareText(a.facts.id, b.facts.id)

export const byTime = (a: ActionEntry, b: ActionEntry): number => a.at - b.at || compareText(a.facts.id, b.facts.id)

export class Board {
  facts: BoardFacts
  readonly lists = new Map<string, ListFacts>()
  readonly labels = new Map<string, LabelFacts>()
  readonly customFields = new Map<string, CustomFieldFacts>()
  /** By member id. Whoever is not in here cannot see the board. */
  readonly memberships = new Map<string, MembershipFacts>()
  readonly cards: CardEntry[] = []
  readonly actions: ActionEntry[] = []
  /** The highest board-local card number given so far. */
  lastShort = 0

  constructor(facts: BoardFacts) {
    this.facts = facts
  }

  get id(): string {
    return this.facts.id
  }

  /** The lists from left to right. */
  listsInOrder(): ListFacts[] {
    return [...this.lists.values()].sort((a, b) => a.pos - b.pos)
  }

  /** Takes a `pos` of the API (`top`, `bottom` or a number) to a number among these places. */
  static place(pos: 'top' | 'bottom' | number, taken: Iterable<number>): number {
    if (typeof pos === 'number') return pos
    let low = Number.POSITIVE_INFINITY
    let high = 0
    for (const other of taken) {
      if (other < low) low = other
      if (other > high) high = other
    }
    if (low === Number.POSITIVE_INFINITY) return 65536
    return pos === 'top' ? low / 2 : high + 65536
  }
}
