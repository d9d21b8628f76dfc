/** Cards by rule, of the size and shape of real ones (about 1.4 KB as Trello sends them): the same order gives the same cards. */
import { idAt } from '../../sandbox/trello/ids.ts'

export const LISTS = ['Backlog', 'To do', 'Doing', 'Blocked', 'Done'] as const
export const MEMBERS = 20

const FIRST = Date.parse('2025-01-06T08:00:00Z')
const MINUTE = 60_000

const KIND = { board: '1', list: '2', card: '3', action: '4', member: '5', label: '6' }

export const idOf = (kind: keyof typeof KIND, board: number, index: number, at = FIRST): string =>
  idAt(at, `${KIND[kind]}${board.toString(16).padStart(3, '0')}${index.toString(16).padStart(12, '0')}`)

export const cardId = (board: number, index: number): string => idOf('card', board, index, FIRST + index * MINUTE)

export const boardFacts = (board: number, activity: string) => ({
  id: idOf('board', board, 0),
  name: `Board ${board}`,
  closed: false,
  url: `https://trello.com/b/bench${board}`,
  shortUrl: `https://trello.com/b/bench${board}`,
  dateLastActivity: activity,
  idOrganization: idOf('member', 0, 999),
  prefs: { permissionLevel: 'private' },
  lists: LISTS.map((name, index) => ({
    id: idOf('list', board, index),
    name,
    closed: false,
    pos: (index + 1) * 16384
  })),
  members: Array.from({ length: MEMBERS }, (_, index) => ({
    id: idOf('member', 0, index),
    fullName: `Person ${index}`,
    username: `person${index}`,
    avatarUrl: null
  })),
  customFields: []
})

/** `touched`: how often it was changed since. */
export function cardFacts(board: number, index: number, touched = 0) {
  const chance = draw(board * 1_000_003 + index)
  const created = FIRST + index * MINUTE
  const list = touched > 0 ? (chance(5) + touched) % 5 : chance(5)
  const due = chance(3) === 0 ? new Date(created + (20 + chance(400)) * 86_400_000).toISOString() : null
  const label = chance(6)
  const checkItems = chance(4) === 0 ? 1 + chance(8) : 0
  const description = chance(3) === 0 ? '' : sentences(chance, 2 + chance(6))
  return {
    id: cardId(board, index),
    badges: {
      attachmentsByType: { trello: { board: 0, card: 0 } },
      location: false,
      votes: 0,
      viewingMemberVoted: false,
      subscribed: false,
      fogbugz: '',
      checkItems,
      checkItemsChecked: checkItems === 0 ? 0 : chance(checkItems + 1),
      checkItemsEarliestDue: null,
      comments: chance(5),
      attachments: 0,
      description: description !== '',
      due,
      dueComplete: false,
      start: null,
      lastUpdatedByAi: false,
      externalSource: null,
      maliciousAttachments: 0
    },
    closed: false,
    dueComplete: false,
    dateCompleted: null,
    dateLastActivity: new Date(created + (chance(5000) + touched * 7000) * MINUTE).toISOString(),
    desc: description,
    due,
    idBoard: idOf('board', board, 0),
    idList: idOf('list', board, list),
    idMembers: chance(3) === 0 ? [] : [idOf('member', 0, chance(MEMBERS))],
    idMemberCreator: idOf('member', 0, chance(MEMBERS)),
    labels:
      label > 3
        ? []
        : [
            {
              id: idOf('label', board, label),
              idBoard: idOf('board', board, 0),
              idOrganization: idOf('member', 0, 999),
              name: LABELS[label],
              nodeId: `ari:cloud:trello::label/workspace/${idOf('member', 0, 999)}/${idOf('label', board, label)}`,
              color: 'orange',
              uses: 51
            }
          ],
    name: touched > 0 ? `${sentences(chance, 1)} (${touched})` : sentences(chance, 1),
    shortLink: `b${board}c${index}`,
    shortUrl: `https://trello.com/c/b${board}c${index}`,
    start: null,
    isTemplate: false,
    cardRole: null,
    customFieldItems: []
  }
}

/** The action that tells of the `touched`th change: a card that went to another list. */
export function actionFacts(board: number, index: number, touched: number, at: number) {
  const list = (of: number) => ({ id: cardFacts(board, index, of).idList, name: LISTS[0] })
  const [before, after] = [list(touched - 1), list(touched)]
  return {
    id: idOf('action', board, index, at),
    idMemberCreator: idOf('member', 0, 1),
    type: 'updateCard',
    date: new Date(at).toISOString(),
    appCreator: null,
    limits: null,
    data: {
      card: {
        id: cardId(board, index),
        name: 'Touched',
        idShort: index,
        shortLink: `b${board}c${index}`,
        idList: after.id
      },
      old: { idList: before.id },
      board: { id: idOf('board', board, 0), name: `Board ${board}`, shortLink: `bench${board}` },
      listBefore: before,
      listAfter: after
    },
    memberCreator: { id: idOf('member', 0, 1), fullName: 'Person 1', username: 'person1', avatarUrl: null }
  }
}

const LABELS = ['minor', 'customer', 'paper cut', 'spring']
const WORDS =
  'the new form forgets what was typed when a person goes back one step and saves it again without looking at the list of open orders from last week'.split(
    ' '
  )

function sentences(chance: (below: number) => number, count: number): string {
  const one = () => {
    const words = Array.from({ length: 4 + chance(8) }, () => WORDS[chance(WORDS.length)])
    return words.join(' ')
  }
  return Array.from({ length: count }, one).join('. ')
}

/** Numbers that look like chance and are the same for the same seed (a linear congruential generator). */
function draw(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
