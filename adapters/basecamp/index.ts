/** Basecamp: budgets, capabilities, credentials – and the session that reads projects. Facts: README.md in this folder. */
import { z } from 'zod'
import {
  type Adapter,
  AdapterError,
  type Answer,
  budgetWord,
  type Host,
  type Refusal,
  read,
  type Session
} from '../../src/adapter.ts'
import type { CommentFacts } from '../../src/model/task.ts'
import { type Api, type Credentials, createApi } from './api.ts'
import { chooseable, scopesOf } from './layout.ts'
import { moved } from './moved.ts'
import * as normalize from './normalize.ts'
import { note } from './note.ts'
import { oauth } from './oauth.ts'
import { pull } from './pull.ts'
import * as raw from './raw.ts'
import { createSubscriptions } from './subscriptions.ts'
import { fetchTasks } from './tasks.ts'
import { hooks } from './webhook.ts'
import { createWrite } from './write.ts'

export const basecamp: Adapter<Credentials> = {
  tool: 'basecamp',
  name: 'Basecamp',
  baseUrl: 'https://3.basecampapi.com',
  hosts: ['launchpad.37signals.com'],
  credentials: z.object({
    token: z.string().regex(/^[\w.~+/=-]+$/, 'should be an access token, without quotes or spaces'),
    account: z.string().regex(/^\d+$/, 'should be the number in the address after 3.basecamp.com/').optional(),
    refreshToken: z.string().nullish(),
    expiresAt: z.iso.datetime().nullish()
  }),
  asks: [
    {
      name: 'token',
      label: 'access token',
      secret: true,
      help: 'Basecamp shows none on its screens: register an integration at https://launchpad.37signals.com/integrations and connect in the browser (--oauth), or paste an access token you have.'
    },
    {
      name: 'account',
      label: 'account number',
      secret: false,
      help: 'The number in the address after 3.basecamp.com/ when you are in Basecamp; left out, your first account is taken.',
      optional: true
    }
  ],
  oauth,
  // https://github.com/basecamp/bc-api#rate-limiting – "50 requests per 10-second period from the same IP address"
  budgets: [{ name: 'address', scope: 'address', amount: 50, perMs: 10_000 }],
  can: {
    webhooks: true,
    subtasks: false,
    customFields: false,
    labels: false,
    priorities: false,
    estimates: false,
    checklists: true,
    dueTimes: false,
    dueDates: true,
    // To-dos have one, cards do not.
    startDates: false,
    manyAssignees: true,
    columnCategories: true,
    columnHistory: false,
    // Moves, completions and reopenings of cards; for how many of them, see README.md.
    events: true,
    comments: false,
    commentCount: true,
    archive: true,
    deletions: true,
    moveProjects: false,
    clientCommentId: false,
    write: { move: true, due: true, assign: true, create: true }
  },
  budgetKeys({ token, refreshToken, account }) {
    const own = budgetWord(refreshToken ?? token)
    return { token: own, key: own, account: account ?? own }
  },
  authorize: ({ token }) => ({ authorization: `Bearer ${token}` }),
  refusal,
  open,
  render: note,
  hooks
}

/** https://github.com/basecamp/bc-api#handling-errors */
function refusal({ status, headers }: Answer): Refusal | null {
  if (status === 404 && /account inactive/i.test(headers.get('reason') ?? '')) {
    return { kind: 'auth_revoked', code: 'account_inactive' }
  }
  // Storage, webhooks, projects: trying again changes nothing.
  if (status === 507) return { kind: 'plan_limit', code: 'plan_limit' }
  return null
}

function open(credentials: Credentials, host: Host): Session {
  const api = createApi(host, credentials)
  return {
    async whoAmI() {
      const me = read(raw.Person, await api.me())
      const expiresAt = credentials.expiresAt ?? (await endOf(api))
      return { externalId: me.id, name: me.name, username: null, missing: [], expiresAt }
    },
    projects: () => chooseable(api),
    scopes: (projects) => scopesOf(api, projects),
    moved: (scopes) => moved(api, scopes),
    pull: (scope, from) => pull(api, scope, from),
    fetch: (ids) => fetchTasks(api, ids),
    comments: {
      list: (task, limit = 50) => comments(api, task, limit),
      async post(task, body) {
        const response = await api.postComment(task, note(body))
        return normalize.comment(read(raw.Comment, response), task)
      },
      async edit(_task, comment, body) {
        const { status } = read(raw.Comment, await api.editComment(comment, note(body)))
        if (status === 'trashed') throw new AdapterError('not_found', { code: 'trashed' })
      },
      remove: async (_task, comment) => void (await api.trash(comment))
    },
    write: createWrite(api),
    webhooks: createSubscriptions(api)
  }
}

/** A pasted token ends, too, and only Launchpad says when. Newer tokens may not be known there. */
async function endOf(api: Api): Promise<string | null> {
  try {
    return read(raw.Authorization, await api.authorization()).expires_at ?? null
  } catch (error) {
    if (error instanceof AdapterError && error.kind !== 'rate_limited' && error.kind !== 'provider_down') return null
    throw error
  }
}

/** They come oldest first and from the beginning, so all of them are read for the latest. */
async function comments(api: Api, task: string, limit: number): Promise<CommentFacts[]> {
  const all = (await api.comments(task)).filter(({ status }) => status == null || status === 'active')
  const newestFirst = all
    .reverse()
    .sort((a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : 0))
  return newestFirst.slice(0, limit).map((one) => normalize.comment(one, task))
}
