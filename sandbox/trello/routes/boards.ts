/** Boards as a whole. @see https://developer.atlassian.com/cloud/trello/rest/api-group-boards/ */
import type { Board } from '../board.ts'
import type { BoardFacts, LabelFacts, ListFacts, MemberFacts, Row } from '../facts.ts'
import { boardRef, tell } from '../history.ts'
import {
  amount,
  boardHere,
  choice,
  type Fields,
  fields,
  flag,
  json,
  project,
  type Question,
  type Reply,
  text
} from '../question.ts'
import { invalidValue } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { arrayText, type CardView, cardText, withParts } from '../serialise.ts'
import { compareText } from '../sorted.ts'
import { boardActions } from './actionPages.ts'
import { cardFilter, cardPage, cardView } from './cardPages.ts'
import { checkbox } from './values.ts'

const BOARD_FIELDS = [
  'name',
  'desc',
  'descData',
  'closed',
  'idOrganization',
  'idEnterprise',
  'pinned',
  'url',
  'shortUrl',
  'prefs',
  'labelNames'
]

export const boardRoutes: Route[] = [
  { method: 'GET', template: '/boards/{id}', answer: getBoard },
  { method: 'PUT', template: '/boards/{id}', answer: putBoard },
  { method: 'DELETE', template: '/boards/{id}', answer: deleteBoard },
  { method: 'GET', template: '/boards/{id}/lists', answer: (ask) => getLists(ask, 'filter') },
  { method: 'GET', template: '/boards/{id}/lists/{filter}', answer: (ask) => getLists(ask, 'path') },
  { method: 'GET', template: '/boards/{id}/labels', answer: getLabels },
  { method: 'GET', template: '/boards/{id}/members', answer: getMembers },
  { method: 'GET', template: '/boards/{id}/memberships', answer: getMemberships },
  { method: 'GET', template: '/boards/{id}/customFields', answer: getCustomFields },
  { method: 'GET', template: '/boards/{id}/checklists', answer: getChecklists },
  {
    method: 'GET',
    template: '/boards/{id}/cards',
    answer: (ask) => cardPage(ask, boardHere(ask), text(ask, 'filter') ?? 'open')
  },
  {
    method: 'GET',
    template: '/boards/{id}/cards/{filter}',
    answer: (ask) => cardPage(ask, boardHere(ask), ask.path.filter!)
  },
  {
    method: 'GET',
    template: '/boards/{boardId}/actions',
    answer: (ask) => boardActions(ask, boardHere(ask, ask.path.boardId).actions)
  }
]

/** Nested parts come only when asked for, but for the open lists. */
function getBoard(question: Question): Reply {
  const board = boardHere(question)
  const parts: Record<string, string> = {}
  const asked = (name: string, or = 'none') => {
    const value = text(question, name) ?? or
    return value === 'none' || value === 'false' || value === '' ? null : value
  }
  const lists = asked('lists', 'open')
  if (lists) parts.lists = rows(listsOf(board, lists), fields(question, 'list_fields'))
  if (asked('labels')) {
    const most = amount(question, 'labels_limit', 50, 1000)
    parts.labels = rows(labelsOf(board).slice(0, most), fields(question, 'label_fields'))
  }
  const members = asked('members')
  if (members) {
    const shown = fields(question, 'member_fields', ['avatarHash', 'initials', 'fullName', 'username', 'confirmed'])
    parts.members = rows(membersOf(question, board, members), shown)
  }
  if (asked('memberships')) parts.memberships = JSON.stringify([...board.memberships.values()])
  if (asked('customFields')) parts.customFields = JSON.stringify([...board.customFields.values()])
  const cards = asked('cards')
  if (cards) parts.cards = cardsOf(question, board, cards, cardView(question, 'card_'))
  if (asked('checklists')) {
    const all = board.cards.flatMap((card) => card.checklists)
    parts.checklists = rows(all, fields(question, 'checklist_fields'))
  }
  if (asked('actions')) parts.actions = boardActions(question, board.actions, 'actions').body
  const organization = question.world.organizations.get(String(board.facts.idOrganization))
  if (flag(question, 'organization') && organization) {
    parts.organization = JSON.stringify(
      project(organization, fields(question, 'organization_fields', ['name', 'displayName']))
    )
  }
  return json(withParts(JSON.stringify(project(board.facts, fields(question, 'fields', BOARD_FIELDS))), parts))
}

const rows = (all: readonly Row[], shown: Fields): string =>
  arrayText(all.map((one) => JSON.stringify(project(one, shown))))

function cardsOf(question: Question, board: Board, filterName: string, view: CardView): string {
  const filter = cardFilter(filterName === 'true' ? 'open' : filterName)
  const cards = board.cards.filter((card) => filter(card.facts, board))
  return arrayText(cards.map((card) => cardText(card, view, question.world.members)))
}

function listsOf(board: Board, filter: string): ListFacts[] {
  const shown = {
    all: () => true,
    true: isOpen,
    open: isOpen,
    closed: (list: ListFacts) => list.closed,
    none: () => false
  }
  const keep = shown[filter as keyof typeof shown]
  if (!keep) throw invalidValue('filter')
  return board.listsInOrder().filter(keep)
}

const isOpen = (list: ListFacts): boolean => !list.closed

const labelsOf = (board: Board): LabelFacts[] => [...board.labels.values()].sort((a, b) => compareText(a.id, b.id))

function membersOf(question: Question, board: Board, filter: string): MemberFacts[] {
  return [...board.memberships.values()].flatMap((membership) => {
    if (filter === 'admins' && membership.memberType !== 'admin') return []
    if (filter === 'normal' && membership.memberType !== 'normal') return []
    return question.world.members.get(membership.idMember) ?? []
  })
}

function getLists(question: Question, from: 'filter' | 'path'): Reply {
  const board = boardHere(question)
  const filter = from === 'path' ? question.path.filter! : (text(question, 'filter') ?? 'open')
  const shown = fields(question, 'fields')
  const cards = text(question, 'cards') ?? 'none'
  const view = cardView(question, 'card_')
  const keep = cardFilter(cards)
  return json(
    arrayText(
      listsOf(board, filter).map((list) => {
        const own = JSON.stringify(project(list, shown))
        if (cards === 'none') return own
        const inside = board.cards.filter(({ facts }) => facts.idList === list.id && keep(facts, board))
        return withParts(own, { cards: arrayText(inside.map((card) => cardText(card, view, question.world.members))) })
      })
    )
  )
}

function getLabels(question: Question): Reply {
  const most = amount(question, 'limit', 50, 1000)
  return json(rows(labelsOf(boardHere(question)).slice(0, most), fields(question, 'fields')))
}

function getMembers(question: Question): Reply {
  const board = boardHere(question)
  const filter = text(question, 'filter') ?? 'all'
  return json(rows(membersOf(question, board, filter), fields(question, 'fields', ['fullName', 'username'])))
}

function getMemberships(question: Question): Reply {
  return json(JSON.stringify([...boardHere(question).memberships.values()]))
}

function getCustomFields(question: Question): Reply {
  return json(JSON.stringify([...boardHere(question).customFields.values()]))
}

function getChecklists(question: Question): Reply {
  const all = boardHere(question).cards.flatMap((card) => card.checklists)
  return json(rows(all, fields(question, 'fields')))
}

function putBoard(question: Question): Reply {
  const board = boardHere(question)
  const change = (field: keyof BoardFacts & string, value: unknown) => {
    const old = board.facts[field]
    if (old === value) return
    board.facts[field] = value
    if (field === 'closed') board.facts.dateClosed = value ? question.world.nowIso() : null
    tell(question, board, 'updateBoard', { old: { [field]: old }, board: { ...boardRef(board), [field]: value } })
  }
  const name = text(question, 'name')
  if (name !== undefined) {
    if (name.trim() === '') throw invalidValue('name')
    change('name', name)
  }
  const desc = text(question, 'desc')
  if (desc !== undefined) change('desc', desc)
  if (question.input.has('closed')) change('closed', checkbox(question, 'closed'))
  const level = text(question, 'prefs/permissionLevel')
  if (level !== undefined) {
    choice(question, 'prefs/permissionLevel', ['private', 'org', 'public'], 'private')
    change('prefs', { ...(board.facts.prefs as Row | undefined), permissionLevel: level })
  }
  return json(JSON.stringify(project(board.facts, BOARD_FIELDS)))
}

function deleteBoard(question: Question): Reply {
  question.world.drop(boardHere(question).id)
  return json('{"_value":null}')
}
