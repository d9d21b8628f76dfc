/** Boards made by rule, for tests that need many cards or a certain few. */
import type { BoardExport, Row } from '../../sandbox/trello/facts.ts'
import { idAt } from '../../sandbox/trello/ids.ts'

export interface BoardOrder {
  /** Tells the ids of several made boards apart; 1 to 4095. */
  number?: number
  name?: string
  /** A number, or the cards' own facts (`list` is an index). */
  cards?: number | (Row & { list?: number })[]
  /** Names, left to right. */
  lists?: readonly string[]
  members?: readonly string[]
  /** Moves to the next list, spread evenly over the cards; each leaves its card where the last one put it. */
  moves?: number
  /** Creation of the first card (ISO, UTC); one a minute from there. */
  from?: string
  /** Merged into the board. */
  facts?: Row
}

const KIND = { board: '1', list: '2', card: '3', action: '4', member: '5', workspace: '6' }

/** An id that the same order always gives: creation second, kind, board, running number. */
export const madeId = (
  kind: keyof typeof KIND,
  board: number,
  index: number,
  at = Date.parse('2026-01-05T08:00:00Z')
) => idAt(at, `${KIND[kind]}${board.toString(16).padStart(3, '0')}${index.toString(16).padStart(12, '0')}`)

/** A board export with a history that agrees with its cards: every card has its creation, and ends where its last move went. */
export function makeBoard(order: BoardOrder = {}): BoardExport {
  const { number = 1, lists = ['To do', 'Doing', 'Done'], members = ['Ada Abara', 'Bela Holm'], moves = 0 } = order
  const first = Date.parse(order.from ?? '2026-09-01T08:00:00Z')
  const id = madeId('board', number, 0)
  const board = { id, name: order.name ?? `Board ${number}`, shortLink: `made${number.toString().padStart(4, '0')}` }
  const people: Row[] = members.map((fullName, index) => ({ id: madeId('member', number, index), fullName }))
  const columns: Row[] = lists.map((name, index) => ({ id: madeId('list', number, index), name, idBoard: id }))
  const wanted =
    typeof order.cards === 'number' ? Array.from({ length: order.cards }, (): Row => ({})) : (order.cards ?? [])
  const actions: Row[] = []
  const author = people[0]

  const tell = (at: number, type: string, data: Row) =>
    actions.push({
      id: madeId('action', number, actions.length, at),
      type,
      date: new Date(at).toISOString(),
      idMemberCreator: author?.id ?? null,
      appCreator: null,
      limits: null,
      data: { ...data, board },
      ...(author
        ? { memberCreator: { ...author, username: String(author.fullName).toLowerCase().replace(' ', '') } }
        : {})
    })
  const named = (list: Row) => ({ id: list.id, name: list.name })

  const cards = wanted.map(({ list = 0, ...facts }, index): Row => {
    const at = first + index * 60_000
    const column = columns[Number(list) % columns.length]!
    const card = { id: madeId('card', number, index, at), name: `Card ${index + 1}`, idList: column.id, ...facts }
    tell(at + 500, 'createCard', { card: { id: card.id, name: card.name, idShort: index + 1 }, list: named(column) })
    return card
  })
  const after = first + cards.length * 60_000
  for (let index = 0; index < moves; index += 1) {
    const card = cards[index % cards.length]!
    const from = columns.findIndex((column) => column.id === card.idList)
    const to = columns[(from + 1) % columns.length]!
    const old = { idList: card.idList }
    card.idList = to.id
    const shown = { id: card.id, name: card.name, idList: to.id }
    const places = { listBefore: named(columns[from]!), listAfter: named(to) }
    tell(after + index * 1000, 'updateCard', { card: shown, old, ...places })
  }
  return {
    desc: '',
    url: `https://trello.com/b/${board.shortLink}`,
    shortUrl: `https://trello.com/b/${board.shortLink}`,
    idOrganization: madeId('workspace', 1, 0),
    idMemberCreator: author?.id ?? madeId('member', number, 0),
    dateLastActivity: String(actions.at(-1)?.date ?? new Date(first).toISOString()),
    ...board,
    lists: columns,
    members: people,
    labels: [],
    cards,
    actions: actions.reverse(),
    ...order.facts
  }
}
