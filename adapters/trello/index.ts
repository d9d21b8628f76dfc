/** Trello: budgets, capabilities, credentials – and the session that reads boards. Facts: README.md in this folder. */
import { z } from 'zod'
import {
  type Adapter,
  AdapterError,
  type Answer,
  budgetWord,
  type Host,
  type HostResponse,
  type Refusal,
  read,
  type Scope,
  type Session
} from '../../src/adapter.ts'
import type { CommentFacts, ProjectFacts } from '../../src/model/task.ts'
import { type Api, type Credentials, createApi } from './api.ts'
import { fetchCards } from './cards.ts'
import { markdown } from './markdown.ts'
import * as normalize from './normalize.ts'
import { oauth } from './oauth.ts'
import { pull } from './pull.ts'
import * as raw from './raw.ts'
import { subscriptions } from './subscriptions.ts'
import { hooks } from './webhook.ts'
import { writes } from './write.ts'

const key = z.string().regex(/^[0-9a-z-]+$/i, 'should be the API key of your Trello app')

export const trello: Adapter<Credentials> = {
  tool: 'trello',
  name: 'Trello',
  baseUrl: 'https://api.trello.com/1',
  credentials: z.union([
    z.object({
      key,
      token: z.string().regex(/^[0-9a-z_-]+$/i, 'should be the token Trello showed after you allowed access'),
      secret: z.string().optional()
    }),
    z.object({
      key,
      secret: z.string(),
      accessToken: z.string(),
      refreshToken: z.string().nullable(),
      expiresAt: z.iso.datetime().nullable()
    })
  ]),
  asks: [
    {
      name: 'key',
      label: 'API key',
      secret: false,
      help: 'Open https://trello.com/apps/admin, make an app (or open yours) and copy its API key.'
    },
    {
      name: 'token',
      label: 'token',
      secret: true,
      help: 'Open https://trello.com/1/authorize?key=YOUR_KEY&name=Throughline&scope=read,write&expiration=never&response_type=token, allow access and copy the token.'
    },
    {
      name: 'secret',
      label: 'API secret',
      secret: true,
      help: 'Beside the API key at https://trello.com/apps/admin; only needed to be told of changes at once (webhooks).',
      optional: true
    }
  ],
  oauth,
  // https://developer.atlassian.com/cloud/trello/guides/rest-api/rate-limits/
  budgets: [
    { name: 'token', scope: 'token', amount: 100, perMs: 10_000, refusals: ['API_TOKEN_LIMIT_EXCEEDED'] },
    { name: 'key', scope: 'key', amount: 300, perMs: 10_000, refusals: ['API_KEY_LIMIT_EXCEEDED'] },
    {
      name: 'members',
      scope: 'token',
      amount: 100,
      perMs: 900_000,
      paths: /^\/(members|membersSearch|search)\b/,
      refusals: ['RATE_LIMIT_EXCEEDED']
    }
  ],
  can: {
    webhooks: true,
    subtasks: false,
    customFields: true,
    labels: true,
    priorities: false,
    estimates: false,
    checklists: true,
    dueTimes: true,
    dueDates: false,
    startDates: true,
    manyAssignees: true,
    columnCategories: false,
    columnHistory: false,
    events: true,
    comments: true,
    commentCount: true,
    archive: true,
    deletions: true,
    moveProjects: true,
    clientCommentId: false,
    write: { move: true, due: true, assign: true, create: true }
  },
  budgetKeys(credentials) {
    const token = budgetWord(
      'token' in credentials ? credentials.token : (credentials.refreshToken ?? credentials.accessToken)
    )
    return { token, key: budgetWord(credentials.key), account: token }
  },
  // https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/#passing-token-and-key-in-api-requests
  authorize: (credentials) => ({
    authorization:
      'token' in credentials
        ? `OAuth oauth_consumer_key="${credentials.key}", oauth_token="${credentials.token}"`
        : `Bearer ${credentials.accessToken}`
  }),
  refusal,
  open,
  render: markdown,
  hooks
}

/** A refusal names no time, but the headers say how long the window is. */
function refusal({ status, headers, body }: Answer): Refusal | null {
  if (status !== 429) return null
  const code = (body as { error?: unknown } | undefined)?.error
  const interval = Number(headers.get('x-rate-limit-api-token-interval-ms'))
  return {
    kind: 'rate_limited',
    code: typeof code === 'string' ? code : null,
    retryAfterMs: interval > 0 && interval <= 900_000 ? interval : null
  }
}

function open(credentials: Credentials, host: Host): Session {
  const api = createApi(host)
  return {
    async whoAmI() {
      const me = read(raw.Member, await api.me())
      return {
        externalId: me.id,
        name: me.fullName ?? me.username ?? me.id,
        username: me.username ?? null,
        // Trello tells a token's rights and end only at an address that holds the token itself; we do not write
        // credentials into addresses, so a missing right shows at the first write.
        missing: [],
        expiresAt: null
      }
    },
    async *projects(): AsyncIterable<ProjectFacts> {
      for (const board of read(z.array(raw.Board), await api.boards())) yield normalize.project(board)
    },
    scopes: (projects) => projects.map((board) => ({ externalId: board, name: board, projects: [board] })),
    moved: (scopes) => moved(api, scopes),
    pull: (scope, from) => pull(api, scope, from),
    fetch: (ids) => fetchCards(api, ids),
    comments: {
      async list(task, limit = 50) {
        const actions = read(z.array(raw.Action), await api.comments(task, limit))
        return actions.map(normalize.comment).filter((comment) => comment !== null)
      },
      post: (task, body) => writing(api, async () => written(task, await api.postComment(task, markdown(body)))),
      edit: (_task, comment, body) => writing(api, async () => void (await api.editComment(comment, markdown(body)))),
      remove: (_task, comment) => writing(api, async () => void (await api.removeComment(comment)))
    },
    write: writes(api, (write) => writing(api, write)),
    webhooks: subscriptions(api, credentials)
  }
}

/** Boards active since a minute before their mark, as in a pull; one that is no longer listed counts as moved. */
async function moved(api: Api, scopes: { scope: Scope; mark: unknown }[]): Promise<Set<string>> {
  const boards = read(z.array(raw.Board), await api.boards())
  const activity = new Map(boards.map((board) => [board.id, board.dateLastActivity ?? null]))
  const changed = scopes.filter(({ scope, mark }) => {
    const last = activity.get(scope.externalId)
    const { since, activity: known } = (mark ?? {}) as { since?: string; activity?: string | null }
    return !last || !since || (Date.parse(last) > Date.parse(since) && last !== known)
  })
  return new Set(changed.map(({ scope }) => scope.externalId))
}

function written(task: string, response: HostResponse): CommentFacts {
  const comment = normalize.comment(read(raw.Action, response))
  if (!comment)
    throw new AdapterError('bad_response', { status: response.status, code: 'no_comment', path: 'type', unclear: true })
  return { ...comment, task }
}

/** 401 on a write may only mean that the token lacks the right; if it still reads, the account is not revoked. */
async function writing<T>(api: Api, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof AdapterError) || error.kind !== 'auth_revoked') throw error
    await api.me()
    throw new AdapterError('forbidden', { status: error.status, code: 'missing_write_right', cause: error })
  }
}
