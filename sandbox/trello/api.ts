/**
 * From a request to its answer, in Trello's order: a wrong id is told before the token is looked at, and the token
 * before the limit.
 */
import { authenticate, type Credentials, credentialsOf } from './accounts.ts'
import type { Hooks } from './hooks.ts'
import type { Limits } from './limits.ts'
import type { Question, Reply } from './question.ts'
import { invalidId, notFound, Refusal } from './refusal.ts'
import { routes } from './routes/index.ts'
import { createRouter, type Match } from './routing.ts'
import type { World } from './world.ts'

export interface ApiRequest {
  method: string
  /** After `/1`, without the query. */
  path: string
  query: URLSearchParams
  authorization: string | undefined
  /** Echoed to webhooks. */
  client: string
  contentType: string
  body: string
}

export interface Outcome {
  reply: Reply
  headers: Record<string, string>
}

export interface Api {
  match(method: string, path: string): Match | null
  answer(request: ApiRequest, match: Match | null): Promise<Outcome>
}

export interface ApiRig {
  world: World
  limits: Limits
  hooks: Hooks
  /** Hears of every read inside a batch. */
  inner: (template: string | null) => void
}

export function createApi({ world, limits, hooks, inner }: ApiRig): Api {
  const match = createRouter(routes)

  async function answer(request: ApiRequest, found: Match | null): Promise<Outcome> {
    const { method, path, query, authorization } = request
    let headers: Record<string, string> = {}
    try {
      if (!found) throw new Refusal(404, `Cannot ${method} /1${path}`)
      if (!found.validIds) throw invalidId()
      const input = inputOf(request)
      const credentials = credentialsIn(authorization, query, input)
      const account = authenticate(world, credentials, method)
      // The reads inside a batch are what counts, so the batch itself takes nothing.
      if (path === '/batch') headers = limits.look(credentials)
      else {
        const charge = limits.charge(credentials, path)
        headers = charge.headers
        if (charge.refused) {
          return { reply: { status: 429, type: 'json', body: JSON.stringify(charge.refused) }, headers }
        }
      }
      const again = (url: string) => inside(url, authorization, credentials)
      const question: Question = { world, account, hooks, method, path: found.path, input, again }
      hooks.speaker = { account, client: request.client }
      const reply = await found.route.answer(question)
      return { reply, headers: path === '/batch' ? limits.look(credentials) : headers }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { reply: { status: error.status, type: 'text', body: error.message }, headers }
    }
  }

  /** One read of a batch, with the credentials of the whole. */
  async function inside(url: string, authorization: string | undefined, credentials: Credentials): Promise<Reply> {
    const { pathname, searchParams } = new URL(url, 'http://inside')
    const found = match('GET', pathname)
    inner(found ? `GET ${found.route.template}` : null)
    if (!found) {
      const { status, message } = notFound()
      return { status, type: 'text', body: message }
    }
    if (!authorization) {
      searchParams.set('key', credentials.key ?? '')
      searchParams.set('token', credentials.token ?? '')
    }
    const request = {
      method: 'GET',
      path: pathname,
      query: searchParams,
      authorization,
      client: '',
      contentType: '',
      body: ''
    }
    return (await answer(request, found)).reply
  }

  return { match, answer }
}

function credentialsIn(
  authorization: string | undefined,
  query: URLSearchParams,
  input: Map<string, unknown>
): Credentials {
  const sent = new URLSearchParams(query)
  for (const name of ['key', 'token']) {
    const value = input.get(name)
    if (typeof value === 'string') sent.set(name, value)
    input.delete(name)
  }
  return credentialsOf(authorization, sent)
}

/** Query, form and JSON body as one. */
function inputOf({ query, contentType, body }: ApiRequest): Map<string, unknown> {
  const input = new Map<string, unknown>(query)
  if (body === '') return input
  if (contentType.includes('json')) {
    let parsed: unknown
    try {
      parsed = JSON.parse(body)
    } catch {
      throw new Refusal(400, 'Error parsing body')
    }
    if (typeof parsed !== 'object' || parsed === null) throw new Refusal(400, 'Error parsing body')
    for (const [name, value] of Object.entries(parsed)) input.set(name, value)
  } else {
    for (const [name, value] of new URLSearchParams(body)) input.set(name, value)
  }
  return input
}
