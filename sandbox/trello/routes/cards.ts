/** Cards read one by one, made and deleted. @see https://developer.atlassian.com/cloud/trello/rest/api-group-cards/ */
import { Board } from '../board.ts'
import type { CardEntry, Row } from '../facts.ts'
import { fillCard } from '../fill.ts'
import { boardRef, listRef, tell, tellOfCard } from '../history.ts'
import { freshShortLink } from '../ids.ts'
import {
  boardHere,
  cardHere,
  fields,
  flag,
  idOf,
  json,
  list,
  project,
  type Question,
  type Reply,
  text
} from '../question.ts'
import { invalidValue, notFound } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { actionText, arrayText, cardText, withParts } from '../serialise.ts'
import { actionFilter, actionView, cardActions } from './actionPages.ts'
import { cardView } from './cardPages.ts'
import { instant, place, words } from './values.ts'

export const cardRoutes: Route[] = [
  { method: 'GET', template: '/cards/{id}', answer: getCard },
  { method: 'POST', template: '/cards', answer: postCard },
  { method: 'DELETE', template: '/cards/{id}', answer: deleteCard },
  { method: 'GET', template: '/cards/{id}/actions', answer: getActions },
  { method: 'GET', template: '/cards/{id}/checklists', answer: (ask) => part(cardHere(ask).card.checklists) },
  { method: 'GET', template: '/cards/{id}/attachments', answer: (ask) => part(cardHere(ask).card.attachments) },
  {
    method: 'GET',
    template: '/cards/{id}/customFieldItems',
    answer: (ask) => part(cardHere(ask).card.customFieldItems)
  }
]

const part = (rows: readonly Row[]): Reply => json(JSON.stringify(rows))

function getCard(question: Question): Reply {
  const { card, board } = cardHere(question)
  const parts: Record<string, string> = {}
  if (flag(question, 'board')) {
    parts.board = JSON.stringify(project(board.facts, fields(question, 'board_fields')))
  }
  const list = board.lists.get(card.facts.idList)
  if (flag(question, 'list') && list) {
    parts.list = JSON.stringify(project(list, fields(question, 'list_fields')))
  }
  const actions = text(question, 'actions') ?? 'none'
  if (actions !== 'none' && actions !== 'false') {
    const wanted = actionFilter(actions === 'true' ? 'all' : actions)
    const view = actionView(question, { prefix: 'action_' })
    const history = (question.world.actionsOfCard.get(card.facts.id) ?? []).filter(wanted).reverse().slice(0, 1000)
    parts.actions = arrayText(history.map((action) => actionText(action, view)))
  }
  return json(withParts(cardText(card, cardView(question), question.world.members), parts))
}

function getActions(question: Question): Reply {
  cardHere(question)
  const view = actionView(question)
  return json(arrayText(cardActions(question).map((action) => actionText(action, view))))
}

/** `dueComplete` is ignored here, as it was on the real thing: make the card, then set it. (Shared sheet §7.) */
function postCard(question: Question): Reply {
  const { world, account } = question
  const idList = idOf(question, 'idList')
  const into = world.lists.get(idList)
  if (!into) throw notFound()
  const board = boardHere(question, into.idBoard)
  const idMembers = list(question.input.get('idMembers'), 'idMembers')
  const idLabels = list(question.input.get('idLabels'), 'idLabels')
  if (!idMembers.every((member) => board.memberships.has(member))) throw invalidValue('idMembers')
  if (!idLabels.every((label) => board.labels.has(label))) throw invalidValue('idLabels')
  const pos = place(question, 'pos', 'bottom')
  const beside = typeof pos === 'number' ? [] : board.cards.filter(({ facts }) => facts.idList === idList)
  const source: Row = {
    id: world.newId(),
    name: words(question, 'name', 0),
    desc: words(question, 'desc', 0),
    idList,
    idLabels,
    idMembers,
    idMemberCreator: account.member.id,
    due: instant(question, 'due'),
    start: instant(question, 'start'),
    pos: Board.place(
      pos,
      beside.map(({ facts }) => facts.pos)
    ),
    cardRole: text(question, 'cardRole') ?? null,
    idShort: board.lastShort + 1
  }
  const facts = fillCard(source, {
    idBoard: board.id,
    idOrganization: board.facts.idOrganization,
    index: 0,
    shortLink: () => freshShortLink((link) => world.cardIds.has(link)),
    labels: [...board.labels.values()]
  })
  board.lastShort += 1
  const card: CardEntry = { facts, checklists: [], attachments: [], customFieldItems: [], texts: new Map() }
  world.addCard(board, card)
  tellOfCard(question, board, card, 'createCard')
  const made = cardText(card, cardView(question), world.members)
  return json(withParts(made, { attachments: '[]', stickers: '[]', limits: '{}' }))
}

/** Gone for good: of its history only the deletion stays, and that says no name. */
function deleteCard(question: Question): Reply {
  const { world } = question
  const { card, board } = cardHere(question)
  world.removeCard(board, card)
  for (const action of [...(world.actionsOfCard.get(card.facts.id) ?? [])]) world.removeAction(action)
  const { id, idShort, shortLink } = card.facts
  tell(question, board, 'deleteCard', {
    card: { id, idShort, shortLink },
    board: boardRef(board),
    list: listRef(board.lists.get(card.facts.idList))
  })
  return json('{"limits":{}}')
}
