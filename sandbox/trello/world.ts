/** All that the stand-in holds: boards, and every object of theirs by its id. */

import type { Clock } from '../kit/clock.ts'
import type { Account } from './accounts.ts'
import { Board, byId, byTime } from './board.ts'
import type {
  ActionEntry,
  ActionFacts,
  BoardExport,
  CardEntry,
  LabelFacts,
  ListFacts,
  MemberFacts,
  MembershipFacts,
  Row
} from './facts.ts'
import { fillBoard, fillCard, fillCustomField, fillLabel, fillList, fillMember } from './fill.ts'
import { createIds, freshShortLink } from './ids.ts'
import { compareText, insertSorted, removeSorted } from './sorted.ts'

/** Kept beside a card, because the API gives them only when asked. */
const ASKED_FOR = ['attachments', 'customFieldItems', 'pluginData', 'checklists', 'stickers', 'actions']

export class World {
  readonly clock: Clock
  readonly newId: () => string
  readonly boards = new Map<string, Board>()
  readonly cards = new Map<string, CardEntry>()
  readonly cardIds = new Map<string, string>()
  readonly lists = new Map<string, ListFacts>()
  readonly labels = new Map<string, LabelFacts>()
  readonly actions = new Map<string, ActionEntry>()
  readonly actionsOfCard = new Map<string, ActionEntry[]>()
  readonly members = new Map<string, MemberFacts>()
  readonly organizations = new Map<string, Row>()
  readonly accounts = new Map<string, Account>()
  /** `board member` pairs whose access was taken away: a reload of the board does not give it back. */
  readonly shutOut = new Set<string>()
  /** Hears of every action that is made here; those of a loaded board are past. */
  onAction: (board: Board, action: ActionFacts) => void = () => {}

  constructor(clock: Clock) {
    this.clock = clock
    this.newId = createIds(clock)
  }

  /** The clock as the API writes it. */
  nowIso(): string {
    return new Date(this.clock.now()).toISOString()
  }

  /** Takes a board in, whole. A board of the same id is replaced: this is how "some hours later" is played. */
  load(source: BoardExport): Board {
    const former = [...(this.boards.get(source.id)?.memberships.keys() ?? [])]
    this.drop(source.id)
    const board = new Board(fillBoard(source, () => freshShortLink((link) => this.#boardLink(link))))
    this.boards.set(board.id, board)
    this.#takeOrganization(board, source.organization)
    for (const member of source.members ?? []) this.members.set(String(member.id), fillMember(member))
    for (const [index, list] of (source.lists ?? []).entries()) this.addList(board, fillList(list, index, board.id))
    for (const label of source.labels ?? []) this.addLabel(board, fillLabel(label, board.id))
    for (const field of source.customFields ?? []) {
      board.customFields.set(String(field.id), fillCustomField(field, board.id))
    }
    this.#takeCards(board, source)
    this.#takeActions(board, source.actions ?? [])
    const given = source.memberships ?? (source.members ?? []).map((member) => ({ idMember: member.id }))
    for (const membership of given) this.join(board, String(membership.idMember), membership as Row)
    for (const account of this.accounts.values()) {
      if (account.joins || former.includes(account.member.id)) this.join(board, account.member.id)
    }
    return board
  }

  #boardLink(link: string): boolean {
    return [...this.boards.values()].some((board) => board.facts.shortLink === link)
  }

  #takeOrganization(board: Board, given: Row | undefined): void {
    const id = board.facts.idOrganization as string | null | undefined
    if (!id || (this.organizations.has(id) && !given)) return
    const name = `workspace${id.slice(-6)}`
    this.organizations.set(id, {
      id,
      name,
      displayName: `Workspace ${id.slice(-6)}`,
      url: `https://trello.com/w/${name}`,
      ...given
    })
  }

  #takeCards(board: Board, source: BoardExport): void {
    const checklists = Map.groupBy(source.checklists ?? [], (checklist) => String(checklist.idCard))
    const labels = [...board.labels.values()]
    for (const [index, card] of (source.cards ?? []).entries()) {
      const facts = fillCard(card, {
        idBoard: board.id,
        idOrganization: board.facts.idOrganization,
        index,
        shortLink: () => freshShortLink((link) => this.cardIds.has(link)),
        labels
      })
      const items = (card.customFieldItems as Row[] | undefined) ?? []
      const entry: CardEntry = {
        facts: Object.fromEntries(
          Object.entries(facts).filter(([key]) => !ASKED_FOR.includes(key))
        ) as CardEntry['facts'],
        checklists: checklists.get(facts.id) ?? (card.checklists as Row[] | undefined) ?? [],
        attachments: (card.attachments as Row[] | undefined) ?? [],
        customFieldItems: items,
        texts: new Map()
      }
      board.cards.push(entry)
      this.#indexCard(entry)
      board.lastShort = Math.max(board.lastShort, facts.idShort)
    }
    board.cards.sort(byId)
  }

  #takeActions(board: Board, actions: Row[]): void {
    for (const facts of actions as ActionFacts[]) {
      const entry: ActionEntry = { facts, at: Date.parse(facts.date), texts: new Map() }
      board.actions.push(entry)
      this.actions.set(facts.id, entry)
    }
    board.actions.sort(byTime)
    for (const entry of board.actions) {
      const card = cardOf(entry)
      if (card) this.#historyOf(card).push(entry)
    }
  }

  #historyOf(card: string): ActionEntry[] {
    const history = this.actionsOfCard.get(card)
    if (history) return history
    const fresh: ActionEntry[] = []
    this.actionsOfCard.set(card, fresh)
    return fresh
  }

  #indexCard(entry: CardEntry): void {
    this.cards.set(entry.facts.id, entry)
    this.cardIds.set(entry.facts.shortLink, entry.facts.id)
  }

  /** Forgets a board with everything on it, as if it had never been. */
  drop(id: string): void {
    const board = this.boards.get(id)
    if (!board) return
    for (const card of board.cards) {
      this.cards.delete(card.facts.id)
      this.cardIds.delete(card.facts.shortLink)
      this.actionsOfCard.delete(card.facts.id)
    }
    for (const action of board.actions) {
      this.actions.delete(action.facts.id)
      const card = cardOf(action)
      if (card && !this.cards.has(card)) this.actionsOfCard.delete(card)
    }
    for (const list of board.lists.keys()) this.lists.delete(list)
    for (const label of board.labels.keys()) this.labels.delete(label)
    this.boards.delete(id)
  }

  board(id: string): Board {
    return this.boards.get(id)!
  }

  /** The board's id behind a 24-digit id or a short link; null where there is none. */
  findBoard(idOrLink: string): Board | null {
    const found = this.boards.get(idOrLink)
    if (found) return found
    for (const board of this.boards.values()) if (board.facts.shortLink === idOrLink) return board
    return null
  }

  findCard(idOrLink: string): CardEntry | null {
    return this.cards.get(idOrLink) ?? this.cards.get(this.cardIds.get(idOrLink) ?? '') ?? null
  }

  /** A member by id or username. */
  findMember(idOrName: string): MemberFacts | null {
    const found = this.members.get(idOrName)
    if (found) return found
    for (const member of this.members.values()) if (member.username === idOrName) return member
    return null
  }

  canSee(board: Board, member: string): boolean {
    return board.memberships.has(member)
  }

  /** Makes someone a member of a board, unless they are shut out or are one already. */
  join(board: Board, member: string, membership: Row = {}): void {
    if (board.memberships.has(member) || this.shutOut.has(`${board.id} ${member}`)) return
    const facts = { id: this.newId(), idMember: member, memberType: 'normal', unconfirmed: false, deactivated: false }
    board.memberships.set(member, { ...facts, ...membership } as MembershipFacts)
  }

  /** Takes access to a board away, or gives it back. */
  setAccess(board: Board, member: string, allowed: boolean): void {
    const pair = `${board.id} ${member}`
    if (allowed) {
      this.shutOut.delete(pair)
      this.join(board, member)
    } else {
      this.shutOut.add(pair)
      board.memberships.delete(member)
    }
  }

  boardsOf(member: string): Board[] {
    return [...this.boards.values()].filter((board) => this.canSee(board, member))
  }

  addList(board: Board, facts: ListFacts): void {
    board.lists.set(facts.id, facts)
    this.lists.set(facts.id, facts)
  }

  addLabel(board: Board, facts: LabelFacts): void {
    board.labels.set(facts.id, facts)
    this.labels.set(facts.id, facts)
  }

  addCard(board: Board, entry: CardEntry): void {
    insertSorted(board.cards, entry, byId)
    this.#indexCard(entry)
  }

  /** Takes a card off its board; whoever deletes it for good also forgets its history. */
  removeCard(board: Board, entry: CardEntry): void {
    removeSorted(board.cards, entry, byId)
    this.cards.delete(entry.facts.id)
    this.cardIds.delete(entry.facts.shortLink)
  }

  addAction(board: Board, facts: ActionFacts): ActionEntry {
    const entry: ActionEntry = { facts, at: Date.parse(facts.date), texts: new Map() }
    insertSorted(board.actions, entry, byTime)
    this.actions.set(facts.id, entry)
    const card = cardOf(entry)
    if (card) insertSorted(this.#historyOf(card), entry, byTime)
    this.onAction(board, facts)
    return entry
  }

  removeAction(entry: ActionEntry): void {
    const board = this.boards.get(String((entry.facts.data.board as Row | undefined)?.id))
    if (board) removeSorted(board.actions, entry, byTime)
    this.actions.delete(entry.facts.id)
    const history = this.actionsOfCard.get(cardOf(entry) ?? '')
    if (history) removeSorted(history, entry, byTime)
  }

  /** The whole state of a board, read straight from here and not through the API: for tests that look twice. */
  dump(board: Board): BoardExport {
    const checklists = board.cards.flatMap((card) => card.checklists)
    return {
      ...board.facts,
      lists: board.listsInOrder(),
      labels: [...board.labels.values()].sort((a, b) => compareText(a.id, b.id)),
      customFields: [...board.customFields.values()],
      members: [...board.memberships.keys()].flatMap((id) => this.members.get(id) ?? []),
      memberships: [...board.memberships.values()],
      checklists,
      cards: board.cards.map(({ facts, attachments, customFieldItems }) => ({
        ...facts,
        attachments,
        customFieldItems
      })),
      actions: board.actions.map((action) => action.facts).reverse()
    }
  }
}

/** The card an action speaks of, or null. */
export function cardOf(action: ActionEntry): string | null {
  const card = action.facts.data.card as Row | undefined
  return typeof card?.id === 'string' ? card.id : null
}
