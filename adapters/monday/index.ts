/** monday: budgets, capabilities, credentials – and the session that reads boards. Facts: README.md in this folder. */
import { decodeJwt } from 'jose'
import { z } from 'zod'
import {
  type Adapter,
  AdapterError,
  budgetWord,
  type Host,
  type HostResponse,
  type ProjectOptions,
  type Session
} from '../../src/adapter.ts'
import type { CommentFacts, ProjectFacts } from '../../src/model/task.ts'
import { type Api, type Credentials, createApi, PAGE, read } from './api.ts'
import { fetchItems } from './items.ts'
import * as normalize from './normalize.ts'
import { note } from './note.ts'
import { pull } from './pull.ts'
import * as raw from './raw.ts'
import { budgets, quotas, refusal } from './refusal.ts'
import { createWebhooks } from './subscriptions.ts'
import { hooks } from './webhook.ts'
import { createWrites } from './write.ts'

export const monday: Adapter<Credentials> = {
  tool: 'monday',
  name: 'monday',
  baseUrl: 'https://api.monday.com',
  hosts: ['auth.monday.com'],
  credentials: z.object({
    token: z.string().regex(/^[\w.~+/=-]+$/, 'should be the API token monday shows under Developers'),
    refreshToken: z.string().optional(),
    expiresAt: z.string().optional(),
    signingSecret: z.string().optional()
  }),
  asks: [
    {
      name: 'token',
      label: 'personal API token',
      secret: true,
      help: 'In monday, click your picture, then Developers; there open API token, press Show and copy it.'
    },
    {
      name: 'signingSecret',
      label: 'signing secret',
      secret: true,
      help: 'Only with a token of an app of your own: Developers, your app, Basic Information, Signing Secret.',
      optional: true
    }
  ],
  // https://developer.monday.com/apps/docs/oauth
  oauth: {
    authorizeUrl: 'https://auth.monday.com/oauth2/authorize',
    // The newer flow has PKCE and refresh tokens; which one an app uses is a switch in its settings at monday.
    tokenUrl: 'https://auth.monday.com/oauth_ms/oauth/token',
    formerTokenUrl: 'https://auth.monday.com/oauth2/token',
    scopes: [
      'me:read',
      'boards:read',
      'boards:write',
      'users:read',
      'teams:read',
      'updates:read',
      'updates:write',
      'workspaces:read',
      'tags:read',
      'webhooks:read',
      'webhooks:write'
    ],
    pkce: true,
    credentials: renewed,
    refreshToken: ({ refreshToken }) => refreshToken ?? null,
    expiresAt: ({ expiresAt }) => expiresAt ?? null
  },
  budgets,
  can: {
    webhooks: true,
    subtasks: true,
    customFields: true,
    labels: true,
    priorities: true,
    estimates: true,
    checklists: false,
    dueTimes: true,
    dueDates: true,
    startDates: true,
    manyAssignees: true,
    columnCategories: true,
    columnHistory: true,
    events: false,
    comments: true,
    commentCount: false,
    archive: true,
    deletions: true,
    moveProjects: true,
    // A key makes two attempts one, but for half an hour only: a later one looks first.
    clientCommentId: false,
    write: { move: true, due: true, assign: true, create: true }
  },
  options: [
    { name: 'status', label: 'Status column' },
    { name: 'due', label: 'Due date (date or timeline column)' },
    { name: 'people', label: 'People column' },
    { name: 'estimate', label: 'Estimate (numbers column)' }
  ],
  budgetKeys: ({ token }) => ({ token: budgetWord(token), key: budgetWord(token), account: budgetWord(token) }),
  // Personal tokens and those of the older flow go bare.
  authorize: ({ token, refreshToken }) => ({
    authorization: refreshToken ? `Bearer ${token}` : token,
    'api-version': '2026-10'
  }),
  refusal,
  quotas,
  open,
  render: (body) => note(body).body,
  hooks
}

/** A token may last for ever, say for how long it lasts, or hold its end inside itself. */
function renewed(answer: Readonly<Record<string, unknown>>, _app: unknown, former: Credentials | null): Credentials {
  const token = String(answer.access_token ?? '')
  const refreshToken = typeof answer.refresh_token === 'string' ? answer.refresh_token : former?.refreshToken
  const seconds = Number(answer.expires_in)
  const end = seconds > 0 ? Date.now() + seconds * 1000 : endOf(token)
  return {
    token,
    ...(refreshToken ? { refreshToken } : {}),
    ...(end ? { expiresAt: new Date(end).toISOString() } : {}),
    ...(former?.signingSecret ? { signingSecret: former.signingSecret } : {})
  }
}

function endOf(token: string): number | null {
  try {
    const { exp } = decodeJwt(token)
    return typeof exp === 'number' && exp > 0 && exp < 253_402_300_799 ? exp * 1000 : null
  } catch {
    return null
  }
}

function open(credentials: Credentials, host: Host, options: ProjectOptions = {}): Session {
  const api = createApi(host)
  return {
    async whoAmI() {
      const response = await whoIs(api)
      const { me } = read(z.object({ me: raw.Me.nullable() }), response)
      if (!me) throw new AdapterError('auth_revoked', { status: response.status, code: 'nobody' })
      // A scope that is missing shows at the first question that needs it; monday lists those of no token.
      const expiresAt = credentials.expiresAt ?? null
      return { externalId: me.id, name: me.name || me.email || me.id, username: null, missing: [], expiresAt }
    },
    projects: () => projects(api),
    scopes: (chosen) => chosen.map((board) => ({ externalId: board, name: board, projects: [board] })),
    pull: (scope, from) => pull(api, scope.externalId, options, from),
    fetch: (ids) => fetchItems(api, ids, options),
    comments: {
      list: (task, limit = 50) => comments(api, task, limit),
      async post(task, body, key) {
        const { body: html, mentions } = note(body)
        const response = await api.createUpdate(task, html, mentions, key)
        const { create_update } = read(z.object({ create_update: raw.Update.nullable() }), response)
        if (!create_update) {
          throw new AdapterError('bad_response', { status: response.status, code: 'no_comment', unclear: true })
        }
        return normalize.comments(create_update, task)[0]!
      },
      edit: async (_task, comment, body) => void (await api.editUpdate(comment, note(body).body)),
      remove: async (_task, comment) => void (await api.deleteUpdate(comment))
    },
    write: createWrites(api, options),
    webhooks: createWebhooks(api, credentials.signingSecret ?? null)
  }
}

async function whoIs(api: Api): Promise<HostResponse> {
  try {
    return await api.me(true)
  } catch (error) {
    if (!(error instanceof AdapterError) || error.kind !== 'forbidden') throw error
    return api.me(false)
  }
}

/** Boards that hold items; those of sub-items belong to their parents', documents hold none. */
async function* projects(api: Api): AsyncIterable<ProjectFacts> {
  for (let number = 1; ; number += 1) {
    const response = await api.boards(number)
    const boards = read(z.object({ boards: z.array(raw.Board.nullable()).nullable() }), response).boards ?? []
    for (const board of boards) {
      if (board && board.state !== 'deleted' && (board.type ?? 'board') === 'board') yield normalize.project(board)
    }
    if (boards.length < PAGE.boards) return
  }
}

async function comments(api: Api, task: string, limit: number): Promise<CommentFacts[]> {
  const found: CommentFacts[] = []
  const size = Math.min(limit, PAGE.updates)
  for (let number = 1; found.length < limit; number += 1) {
    const response = await api.updates(task, size, number)
    const Commented = z.looseObject({ updates: z.array(raw.Update).nullish() })
    const { items } = read(z.object({ items: z.array(Commented.nullable()).nullable() }), response)
    if (!items?.[0]) throw new AdapterError('not_found', { status: response.status, code: 'item' })
    const updates = items[0].updates ?? []
    found.push(...updates.flatMap((update) => normalize.comments(update, task)))
    if (updates.length < size) break
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}
