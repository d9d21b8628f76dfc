/** Lists and labels. @see https://developer.atlassian.com/cloud/trello/rest/api-group-lists/ */
import { Board } from '../board.ts'
import type { ListFacts } from '../facts.ts'
import { boardRef, listRef, tell } from '../history.ts'
import { boardHere, fields, idOf, json, project, type Question, type Reply, text } from '../question.ts'
import { notFound } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { arrayText, cardText } from '../serialise.ts'
import { transfer } from './cardMoves.ts'
import { cardFilter, cardView } from './cardPages.ts'
import { checkbox, place, words } from './values.ts'

const LIST_FIELDS = ['name', 'closed', 'pos', 'idBoard']

export const listRoutes: Route[] = [
  { method: 'GET', template: '/lists/{id}', answer: getList },
  { method: 'PUT', template: '/lists/{id}', answer: putList },
  { method: 'POST', template: '/lists', answer: postList },
  { method: 'GET', template: '/lists/{id}/cards', answer: getCards },
  { method: 'POST', template: '/labels', answer: postLabel }
]

function listHere(question: Question): { list: ListFacts; board: Board } {
  const list = question.world.lists.get(question.path.id!)
  if (!list) throw notFound()
  return { list, board: boardHere(question, list.idBoard) }
}

function getList(question: Question): Reply {
  return json(JSON.stringify(project(listHere(question).list, fields(question, 'fields', LIST_FIELDS))))
}

function getCards(question: Question): Reply {
  const { list, board } = listHere(question)
  const keep = cardFilter(text(question, 'filter') ?? 'open')
  const view = cardView(question)
  const cards = board.cards.filter(({ facts }) => facts.idList === list.id && keep(facts, board))
  cards.sort((a, b) => a.facts.pos - b.facts.pos)
  return json(arrayText(cards.map((card) => cardText(card, view, question.world.members))))
}

function postList(question: Question): Reply {
  const board = boardHere(question, idOf(question, 'idBoard'))
  const places = [...board.lists.values()].map((list) => list.pos)
  const list: ListFacts = {
    id: question.world.newId(),
    name: words(question, 'name', 1),
    closed: false,
    pos: Board.place(place(question, 'pos', 'top'), places),
    softLimit: null,
    idBoard: board.id,
    subscribed: false
  }
  question.world.addList(board, list)
  tell(question, board, 'createList', { list: listRef(list), board: boardRef(board) })
  return json(JSON.stringify({ ...project(list, LIST_FIELDS), limits: {} }))
}

function putList(question: Question): Reply {
  const { list, board } = listHere(question)
  const change = (field: keyof ListFacts & string, value: unknown) => {
    const old = list[field]
    if (old === value) return
    list[field] = value
    const data = { list: { ...listRef(list), [field]: value }, old: { [field]: old }, board: boardRef(board) }
    tell(question, board, 'updateList', data)
  }
  if (question.input.has('name')) change('name', words(question, 'name', 1))
  if (question.input.has('closed')) change('closed', checkbox(question, 'closed'))
  if (question.input.has('pos')) {
    const others = [...board.lists.values()].filter((other) => other !== list).map((other) => other.pos)
    change('pos', Board.place(place(question, 'pos', 'top'), others))
  }
  if (question.input.has('idBoard')) moveList(question, list, board, boardHere(question, idOf(question, 'idBoard')))
  return json(JSON.stringify(project(list, LIST_FIELDS)))
}

/** A list takes its cards along, without an action for each of them. */
function moveList(question: Question, list: ListFacts, from: Board, to: Board): void {
  if (from === to) return
  from.lists.delete(list.id)
  list.idBoard = to.id
  question.world.addList(to, list)
  for (const card of from.cards.filter(({ facts }) => facts.idList === list.id))
    transfer(question, card, from, to, list)
  tell(question, from, 'moveListFromBoard', { list: listRef(list), board: boardRef(from), boardTarget: { id: to.id } })
  tell(question, to, 'moveListToBoard', { list: listRef(list), board: boardRef(to), boardSource: { id: from.id } })
}

function postLabel(question: Question): Reply {
  const board = boardHere(question, idOf(question, 'idBoard'))
  const color = text(question, 'color')
  const label = {
    id: question.world.newId(),
    idBoard: board.id,
    name: words(question, 'name', 0),
    color: color === undefined || color === '' || color === 'null' ? null : color
  }
  question.world.addLabel(board, label)
  tell(question, board, 'createLabel', { label, board: boardRef(board) })
  return json(JSON.stringify({ ...label, limits: {} }))
}
