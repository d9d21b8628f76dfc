/**
 * What a write leaves behind: the action Trello would make, and the dates it would move.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/action-types
 */
import type { Board } from './board.ts'
import type { ActionEntry, CardEntry, ListFacts, MemberFacts, Row } from './facts.ts'
import type { Question } from './question.ts'

const COMMENT_LIMITS = {
  reactions: {
    perAction: { status: 'ok', disableAt: 900, warnAt: 720 },
    uniquePerAction: { status: 'ok', disableAt: 17, warnAt: 14 }
  }
}

export const boardRef = ({ facts }: Board): Row => ({ id: facts.id, name: facts.name, shortLink: facts.shortLink })

export const listRef = (list: ListFacts | undefined): Row | undefined => list && { id: list.id, name: list.name }

export const cardRef = ({ facts }: CardEntry): Row => ({
  id: facts.id,
  name: facts.name,
  idShort: facts.idShort,
  shortLink: facts.shortLink
})

/** A person as actions carry them. */
export const personOf = (member: MemberFacts): Row => ({
  id: member.id,
  activityBlocked: member.activityBlocked ?? false,
  avatarHash: member.avatarHash ?? null,
  avatarUrl: member.avatarUrl ?? null,
  fullName: member.fullName,
  idMemberReferrer: null,
  initials: member.initials,
  nonPublic: {},
  nonPublicAvailable: true,
  username: member.username
})

/** Writes one action into a board's history, in the name of the account, and moves the board's last activity. */
export function tell(question: Question, board: Board, type: string, data: Row, extra: Row = {}): ActionEntry {
  const { world, account } = question
  const date = world.nowIso()
  board.facts.dateLastActivity = date
  return world.addAction(board, {
    id: world.newId(),
    idMemberCreator: account.member.id,
    data,
    appCreator: account.app ? { id: account.app } : null,
    type,
    date,
    limits: type === 'commentCard' ? COMMENT_LIMITS : null,
    ...extra,
    memberCreator: personOf(account.member)
  })
}

/** An action about a card, with the places it stands in. */
export function tellOfCard(
  question: Question,
  board: Board,
  card: CardEntry,
  type: string,
  data: Row = {},
  extra: Row = {}
): ActionEntry {
  touch(question, card)
  const list = listRef(board.lists.get(card.facts.idList))
  return tell(question, board, type, { ...data, card: cardRef(card), board: boardRef(board), list }, extra)
}

/** `updateCard`: the new value inside `data.card`, the old one in `data.old`; a move names both lists. */
export function tellOfChange(question: Question, board: Board, card: CardEntry, field: string, old: unknown): void {
  touch(question, card)
  const data: Row = {
    old: { [field]: old },
    card: { ...cardRef(card), [field]: card.facts[field] },
    board: boardRef(board)
  }
  if (field === 'idList') {
    data.listBefore = listRef(board.lists.get(String(old)))
    data.listAfter = listRef(board.lists.get(card.facts.idList))
  } else {
    data.list = listRef(board.lists.get(card.facts.idList))
  }
  tell(question, board, 'updateCard', data)
}

/** The card has changed: its date moves and its kept JSON is void. */
export function touch({ world }: Question, card: CardEntry): void {
  card.facts.dateLastActivity = world.nowIso()
  card.texts.clear()
}

/** Keeps the counts on the card's face; older cards may have no badges. */
export function badge(card: CardEntry, changes: Row): void {
  const badges = card.facts.badges as Row | undefined
  if (badges) card.facts.badges = { ...badges, ...changes }
}
