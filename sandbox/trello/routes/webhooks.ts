/** Webhooks of a token. @see https://developer.atlassian.com/cloud/trello/rest/api-group-webhooks/ */
import { flag, idOf, json, type Question, type Reply, text } from '../question.ts'
import { invalidValue, notFound } from '../refusal.ts'
import type { Route } from '../routing.ts'

export const webhookRoutes: Route[] = [
  { method: 'POST', template: '/webhooks/', answer: postWebhook },
  { method: 'GET', template: '/webhooks/{id}', answer: getWebhook },
  { method: 'PUT', template: '/webhooks/{id}', answer: putWebhook },
  { method: 'DELETE', template: '/webhooks/{id}', answer: deleteWebhook },
  { method: 'GET', template: '/tokens/{token}/webhooks', answer: getWebhooks }
]

async function postWebhook(question: Question): Promise<Reply> {
  const callbackURL = text(question, 'callbackURL')
  if (!callbackURL || !URL.canParse(callbackURL)) throw invalidValue('callbackURL')
  const idModel = idOf(question, 'idModel')
  const board = question.world.findBoard(idModel)
  if (!board || !question.world.canSee(board, question.account.member.id)) throw notFound()
  const description = text(question, 'description') ?? ''
  const active = flag(question, 'active', true)
  return json(
    JSON.stringify(await question.hooks.create(question.account, { callbackURL, idModel, description, active }))
  )
}

function getWebhook({ hooks, account, path }: Question): Reply {
  return json(JSON.stringify(hooks.find(account.token, path.id!)))
}

function putWebhook(question: Question): Reply {
  const { hooks, account, path } = question
  const webhook = hooks.find(account.token, path.id!)
  if (question.input.has('active')) webhook.active = flag(question, 'active')
  if (question.input.has('description')) webhook.description = text(question, 'description') ?? ''
  return json(JSON.stringify(webhook))
}

function deleteWebhook({ hooks, account, path }: Question): Reply {
  hooks.remove(account.token, path.id!)
  return json('{"_value":null}')
}

function getWebhooks({ hooks, account, path }: Question): Reply {
  if (path.token !== account.token) throw notFound()
  return json(JSON.stringify(hooks.of(account.token)))
}
