/**
 * Up to ten reads in one request. The list is split at every comma, so a comma inside a route must arrive encoded –
 * in a query string that is `%252C`, which is right whether Trello splits before or after decoding.
 * @see https://developer.atlassian.com/cloud/trello/rest/api-group-batch/#api-batch-get
 */
import { json, type Question, type Reply, text } from '../question.ts'
import { Refusal } from '../refusal.ts'
import type { Route } from '../routing.ts'
import { arrayText } from '../serialise.ts'

export const batchRoutes: Route[] = [{ method: 'GET', template: '/batch', answer: getBatch }]

async function getBatch(question: Question): Promise<Reply> {
  const urls = (text(question, 'urls') ?? '').split(',').filter((url) => url !== '')
  if (urls.length === 0 || urls.length > 10) throw new Refusal(400, 'invalid value for urls')
  if (!urls.every((url) => url.startsWith('/')) || urls.some((url) => url.startsWith('/batch'))) {
    throw new Refusal(400, 'Invalid route')
  }
  const replies: string[] = []
  for (const url of urls) replies.push(element(await question.again(url)))
  return json(arrayText(replies))
}

/** The status is the key; what stands under it for a failure is text or, for a limit, an object. */
function element(reply: Reply): string {
  return `{"${reply.status}":${reply.type === 'json' ? reply.body : JSON.stringify(reply.body)}}`
}
