/**
 * Comments. An edit keeps the action and gains `data.dateLastEdited`; neither edit nor deletion leaves an action in the
 * history that the API lists, nor moves a date: the hole that polling has. Webhooks tell of both.
 */
import type { ActionEntry, CardEntry, Row } from '../facts.ts'
import { badge, personOf, tellOfCard } from '../history.ts'
import { boardHere, cardHere, json, type Question, type Reply } from '../question.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { actionText } from '../serialise.ts'
import { cardOf } from '../world.ts'
import { actionView } from './actionPages.ts'
import { words } from './values.ts'

export const commentRoutes: Route[] = [
  { method: 'POST', template: '/cards/{id}/actions/comments', answer: postComment },
  { method: 'PUT', template: '/cards/{id}/actions/{idAction}/comments', answer: (ask) => edit(ask, onCard(ask)) },
  { method: 'DELETE', template: '/cards/{id}/actions/{idAction}/comments', answer: (ask) => remove(ask, onCard(ask)) },
  { method: 'GET', template: '/actions/{id}', answer: getAction },
  { method: 'PUT', template: '/actions/{id}', answer: (ask) => edit(ask, actionHere(ask, ask.path.id!)) },
  { method: 'DELETE', template: '/actions/{id}', answer: (ask) => remove(ask, actionHere(ask, ask.path.id!)) }
]

function actionHere(question: Question, id: string): ActionEntry {
  const action = question.world.actions.get(id)
  const board = action?.facts.data.board as { id: string } | undefined
  if (!action || !board) throw notFound()
  boardHere(question, board.id)
  return action
}

function onCard(question: Question): ActionEntry {
  const { card } = cardHere(question)
  const action = actionHere(question, question.path.idAction!)
  if (cardOf(action) !== card.facts.id) throw notFound()
  return action
}

function getAction(question: Question): Reply {
  const action = actionHere(question, question.path.id!)
  return json(actionText(action, actionView(question, { display: true })))
}

function postComment(question: Question): Reply {
  const { card, board } = cardHere(question)
  const text = words(question, 'text', 1)
  const action = tellOfCard(question, board, card, 'commentCard', { text, textData: { emoji: {} } })
  count(card, 1)
  return json(actionText(action, actionView(question, { display: true })))
}

function ownComment(question: Question, action: ActionEntry): void {
  if (action.facts.type !== 'commentCard') throw new Refusal(400, 'only comments can be changed')
  if (action.facts.idMemberCreator !== question.account.member.id) {
    throw new Refusal(401, 'unauthorized permission requested')
  }
}

function edit(question: Question, action: ActionEntry): Reply {
  const text = words(question, 'text', 1)
  ownComment(question, action)
  const old = { text: action.facts.data.text }
  action.facts.data = { ...action.facts.data, text, dateLastEdited: question.world.nowIso() }
  action.texts.clear()
  tellHooks(question, action, 'updateComment', { action: { id: action.facts.id, text }, old })
  return json(actionText(action, actionView(question, { display: true })))
}

function remove(question: Question, action: ActionEntry): Reply {
  ownComment(question, action)
  const card = question.world.cards.get(cardOf(action) ?? '')
  question.world.removeAction(action)
  tellHooks(question, action, 'deleteComment', { action: { id: action.facts.id } })
  if (card) count(card, -1)
  return json('{"_value":null}')
}

/** An action that only webhooks ever see. */
function tellHooks(question: Question, { facts }: ActionEntry, type: string, data: Row): void {
  const { world, account, hooks } = question
  const { board, card, list } = facts.data as Record<string, Row>
  const where = world.boards.get(String(board?.id))
  if (!where) return
  hooks.tell(where, {
    id: world.newId(),
    idMemberCreator: account.member.id,
    data: { ...data, board, card, list },
    appCreator: account.app ? { id: account.app } : null,
    type,
    date: world.nowIso(),
    limits: null,
    memberCreator: personOf(account.member)
  })
}

function count(card: CardEntry, step: number): void {
  const badges = card.facts.badges as { comments?: number } | undefined
  badge(card, { comments: Math.max(0, (badges?.comments ?? 0) + step) })
  card.texts.clear()
}
