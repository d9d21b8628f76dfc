/** ClickUp: budgets, capabilities, credentials – and the session that reads workspaces. Facts: README.md in this folder. */
import { z } from 'zod'
import {
  type Adapter,
  type AdapterErrorKind,
  type Answer,
  budgetWord,
  type Host,
  type Quota,
  type Refusal,
  read,
  type Scope,
  type Session
} from '../../src/adapter.ts'
import type { CommentFacts, ProjectFacts } from '../../src/model/task.ts'
import { createAccount } from './account.ts'
import { type Api, type Credentials, createApi } from './api.ts'
import { chooseable, listsOf, teams } from './lists.ts'
import * as normalize from './normalize.ts'
import { pull } from './pull.ts'
import * as raw from './raw.ts'
import { runs, shown, textOf } from './runs.ts'
import { createSubscriptions } from './subscriptions.ts'
import { fetchTasks } from './tasks.ts'
import { receiver } from './webhook.ts'
import { createWrite } from './write.ts'

export const clickup: Adapter<Credentials> = {
  tool: 'clickup',
  name: 'ClickUp',
  baseUrl: 'https://api.clickup.com/api',
  credentials: z.object({
    token: z.string().regex(/^[\w.-]+$/, 'should be the API token ClickUp shows, without quotes or spaces')
  }),
  asks: [
    {
      name: 'token',
      label: 'personal API token',
      secret: true,
      help: 'In ClickUp open Settings → Apps, generate an API token and copy it; it begins with pk_.'
    }
  ],
  // https://developer.clickup.com/docs/authentication – no scopes, and the token neither ends nor can be renewed
  oauth: {
    authorizeUrl: 'https://app.clickup.com/api',
    tokenUrl: 'https://api.clickup.com/api/v2/oauth/token',
    scopes: [],
    pkce: false,
    credentials: ({ access_token }) => ({ token: String(access_token ?? '') }),
    refreshToken: () => null,
    expiresAt: () => null
  },
  // https://developer.clickup.com/docs/rate-limits – by plan; the headers of every answer say more
  budgets: [{ name: 'token', scope: 'token', amount: 100, perMs: 60_000 }],
  can: {
    webhooks: true,
    subtasks: true,
    customFields: true,
    labels: true,
    priorities: true,
    estimates: true,
    checklists: true,
    dueTimes: true,
    dueDates: true,
    startDates: true,
    manyAssignees: true,
    columnCategories: true,
    columnHistory: true,
    events: false,
    comments: false,
    commentCount: false,
    archive: true,
    deletions: false,
    moveProjects: true,
    clientCommentId: false,
    write: { move: true, due: true, assign: true, create: true }
  },
  budgetKeys: ({ token }) => ({ token: budgetWord(token), key: budgetWord(token), account: budgetWord(token) }),
  // https://developer.clickup.com/docs/authentication – a personal token goes bare, any other one as a bearer
  authorize: ({ token }) => ({ authorization: token.startsWith('pk_') ? token : `Bearer ${token}` }),
  refusal,
  quotas,
  open,
  render: shown,
  hooks: receiver
}

/** https://developer.clickup.com/docs/common_errors */
const REVOKED = /^OAUTH_0(19|21|25|77)$/
const NOT_AUTHORISED = /^OAUTH_0(23|26|27|29|3\d|4[0-5])$/
const BY_STATUS: Record<number, AdapterErrorKind> = {
  400: 'bad_response',
  401: 'auth_revoked',
  403: 'forbidden',
  404: 'not_found'
}

function refusal(answer: Answer): Refusal | null {
  const { status } = answer
  if (status < 400) return null
  const given = (answer.body as { ECODE?: unknown } | undefined)?.ECODE
  const code = typeof given === 'string' ? given : null
  if (status === 429) return { kind: 'rate_limited', code, retryAfterMs: resetMs(answer) }
  if (code === null) return null
  if (REVOKED.test(code)) return { kind: 'auth_revoked', code }
  if (NOT_AUTHORISED.test(code)) return { kind: 'forbidden', code }
  const kind = BY_STATUS[status]
  return kind ? { kind, code } : null
}

function quotas(answer: Answer): Quota[] {
  const [amount, left] = ['limit', 'remaining'].map((name) => numberIn(answer, name))
  if (amount == null || left == null) return []
  const reset = resetMs(answer)
  return [{ budget: 'token', amount, left, ...(reset === null ? {} : { resetMs: reset }) }]
}

/** The window's end is a moment on the tool's clock (Unix seconds), which `Date` shows. */
function resetMs(answer: Answer): number | null {
  const reset = numberIn(answer, 'reset')
  const now = Date.parse(answer.headers.get('date') ?? '')
  if (reset === null || Number.isNaN(now)) return null
  return Math.max(0, Math.min(reset * 1000 - now, 300_000))
}

function numberIn({ headers }: Answer, name: string): number | null {
  const value = headers.get(`x-ratelimit-${name}`)
  return value !== null && /^\d+$/.test(value) ? Number(value) : null
}

function open(_credentials: Credentials, host: Host): Session {
  const api = createApi(host)
  const account = createAccount(api)
  return {
    async whoAmI() {
      const me = read(raw.Me, await api.me()).user
      const { name, username } = normalize.person(me)
      return { externalId: me.id, name, username, missing: [], expiresAt: null }
    },
    async *projects(): AsyncIterable<ProjectFacts> {
      for (const team of await teams(api)) {
        for await (const { list, space } of listsOf(api, team)) {
          yield normalize.project(list, chooseable(team, space))
        }
      }
    },
    scopes: (projects) => scopes(api, projects),
    pull: (scope, from) => pull(api, scope, from),
    fetch: (ids) => fetchTasks(api, account, ids),
    comments: {
      list: (task, limit = 50) => comments(api, task, limit),
      async post(task, body) {
        const written = runs(body)
        const { id: author } = await account.me()
        const response = await api.postComment(task, written)
        const { id, date } = read(raw.Posted, response)
        return { externalId: id, task, author, at: date ?? response.at, editedAt: null, text: textOf(written) }
      },
      edit: async (_task, comment, body) => void (await api.editComment(comment, runs(body))),
      remove: async (_task, comment) => void (await api.removeComment(comment))
    },
    write: createWrite(api, account),
    webhooks: createSubscriptions(api)
  }
}

/** A workspace with those of the chosen lists that are in it. */
async function scopes(api: Api, projects: string[]): Promise<Scope[]> {
  const workspaces = await teams(api)
  const [only] = workspaces
  if (only && workspaces.length === 1)
    return projects.length > 0 ? [{ externalId: only.id, name: only.name, projects }] : []
  const left = new Set(projects)
  const found: Scope[] = []
  for (const team of workspaces) {
    const mine: string[] = []
    if (left.size === 0) break
    for await (const { list } of listsOf(api, team)) if (left.delete(list.id)) mine.push(list.id)
    if (mine.length > 0) found.push({ externalId: team.id, name: team.name, projects: mine })
  }
  return found
}

/** Newest first, 25 to an answer; the next ones begin behind the last (https://developer.clickup.com/docs/task-comments-pagination). */
async function comments(api: Api, task: string, limit: number): Promise<CommentFacts[]> {
  const found = new Map<string, CommentFacts>()
  let before: { start: number; start_id: string } | null = null
  while (found.size < limit) {
    const known = found.size
    const page: raw.Comment[] = read(raw.Comments, await api.comments(task, before)).comments
    for (const one of page) found.set(one.id, normalize.comment(one, task))
    const last: raw.Comment | undefined = page.at(-1)
    if (!last || found.size === known || page.length < COMMENTS) break
    before = { start: Date.parse(last.date), start_id: last.id }
  }
  return [...found.values()]
}

/** In one answer. */
const COMMENTS = 25
