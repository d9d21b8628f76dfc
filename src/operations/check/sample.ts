/** A made-up board for a first look without an account: a small agency's, as Trello would export it. */

/** Names, days since a card came to its column, days until it is due (negative: ago), and whether somebody has it. */
type Card = [name: string, column: number, days: number, due: number | null, assigned: boolean]

const COLUMNS = ['Ideas', 'To do', 'In progress', 'Waiting for client', 'Done', 'Read me first']

const CARDS: Card[] = [
  ['Newsletter with a client story each month', 0, 40, null, false],
  ['A page about how we price', 0, 33, null, false],
  ['Photos of the new studio', 1, 6, 9, true],
  ['Offer for Fjord Bank', 1, 8, -2, true],
  ['Book the stand for the spring fair', 1, 12, null, true],
  ['Answer the tender of the city library', 1, 3, 12, false],
  ['Translate the Vela pages', 1, 4, null, false],
  ['Landing page for Tallow', 2, 16, 5, true],
  ['Checkout texts for Brightwell', 2, 11, -4, true],
  ['Icons for the Nordwind app', 2, 2, 6, true],
  ['Audit of the old site', 2, 21, null, false],
  ['Logo of Harbour Coffee', 3, 9, 3, true],
  ['Contract with the print shop', 3, 5, null, true],
  ['Poster for the open day', 4, 3, -3, true],
  ['Invoice template', 4, 10, null, true],
  ['New domain for Vela', 4, 14, -14, true],
  ['How we work with this board', 5, 200, null, false]
]

const DAY_MS = 86_400_000

/** Relative to `now` (ISO), so that it is never out of date. */
export function sampleBoard(now: string): Record<string, unknown> {
  const at = (days: number): string => new Date(Date.parse(now) + days * DAY_MS).toISOString()
  const lists = COLUMNS.map((name, place) => ({ id: id('list', place, at(-220)), name, pos: place + 1, closed: false }))
  const someone = { id: id('member', 0, at(-300)), fullName: 'Priya Nair', username: 'priyanair' }
  const board = { id: id('board', 0, at(-220)), name: 'Studio board (sample)', shortLink: 'sample00' }
  const cards = CARDS.map(([name, column, days, due, assigned], place) => ({
    id: id('card', place, at(-days - 12)),
    name,
    desc: '',
    idList: (lists[column] as { id: string }).id,
    idBoard: board.id,
    idMembers: assigned ? [someone.id] : [],
    closed: false,
    due: due === null ? null : at(due),
    dueComplete: column === 4,
    dateLastActivity: at(-days),
    labels: [],
    pos: place,
    url: 'https://trello.com/c/sample'
  }))
  const actions = CARDS.flatMap(([name, column, days], place) => {
    const list = lists[column] as { id: string; name: string }
    const first = lists[Math.max(0, Math.min(1, column))] as { id: string; name: string }
    const card = { id: (cards[place] as { id: string }).id, name, idShort: place + 1 }
    const told = { idMemberCreator: someone.id, memberCreator: someone }
    const made = { card, board, list: { id: first.id, name: first.name } }
    const moved = {
      card: { ...card, idList: list.id },
      old: { idList: first.id },
      board,
      listBefore: first,
      listAfter: list
    }
    return [
      { id: id('made', place, at(-days - 12)), type: 'createCard', date: at(-days - 12), data: made, ...told },
      ...(list === first
        ? []
        : [{ id: id('moved', place, at(-days)), type: 'updateCard', date: at(-days), data: moved, ...told }])
    ]
  })
  return {
    ...board,
    desc: '',
    closed: false,
    url: 'https://trello.com/b/sample00',
    dateLastActivity: at(0),
    idOrganization: null,
    prefs: { permissionLevel: 'private' },
    lists,
    cards,
    members: [someone],
    labels: [],
    checklists: [],
    customFields: [],
    memberships: [],
    actions: actions.sort((a, b) => (a.date < b.date ? 1 : -1))
  }
}

/** As Trello's: the first eight digits say when it was made. */
function id(kind: string, place: number, at: string): string {
  const seconds = Math.floor(Date.parse(at) / 1000)
  const word = `${kind}${place}`
  const rest = [...word].reduce((sum, letter) => (sum * 131 + letter.charCodeAt(0)) % 0xffffffffffff, 7)
  return seconds.toString(16).padStart(8, '0') + rest.toString(16).padStart(16, '0')
}
