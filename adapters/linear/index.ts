/** Linear: budgets, capabilities, credentials – and the session that reads an account. Facts: README.md in this folder. */
import { z } from 'zod'
import { type Adapter, budgetWord, type Host, type Session } from '../../src/adapter.ts'
import type { ProjectFacts } from '../../src/model/task.ts'
import { createApi } from './api.ts'
import { createComments } from './comments.ts'
import { readTeams } from './directory.ts'
import { fetchIssues } from './issues.ts'
import { markdown } from './markdown.ts'
import { pull } from './pull.ts'
import { quotas, refusal } from './refusal.ts'
import { createSubscriptions } from './subscriptions.ts'
import { hooks } from './webhook.ts'
import { createWrites } from './write.ts'

export interface Credentials {
  /** A personal API key (`lin_api_…`), or what OAuth gave. */
  token: string
  refreshToken?: string | undefined
  /** ISO, UTC. */
  expiresAt?: string | undefined
}

const HOUR = 3_600_000

export const linear: Adapter<Credentials> = {
  tool: 'linear',
  name: 'Linear',
  baseUrl: 'https://api.linear.app',
  credentials: z.object({
    token: z.string().regex(/^[\w.~+/=-]+$/, 'should be the API key Linear showed you, beginning with lin_api_'),
    refreshToken: z.string().min(1).optional(),
    expiresAt: z.iso.datetime().optional()
  }),
  asks: [
    {
      name: 'token',
      label: 'personal API key',
      secret: true,
      help: 'In Linear open Settings → Security & access → Personal API keys → New API key, allow Read and Write, and copy the key (lin_api_…).'
    }
  ],
  // https://linear.app/developers/oauth-2-0-authentication
  oauth: {
    authorizeUrl: 'https://linear.app/oauth/authorize',
    tokenUrl: 'https://api.linear.app/oauth/token',
    scopes: ['read', 'write'],
    scopeSeparator: ',',
    pkce: true,
    params: { prompt: 'consent' },
    credentials(answer, _app, former) {
      const { access_token: token, refresh_token: fresh, expires_in: seconds } = OAuthAnswer.parse(answer)
      const refreshToken = fresh ?? former?.refreshToken
      return {
        token,
        ...(refreshToken === undefined ? {} : { refreshToken }),
        ...(seconds === undefined ? {} : { expiresAt: new Date(Date.now() + seconds * 1000).toISOString() })
      }
    },
    refreshToken: ({ refreshToken }) => refreshToken ?? null,
    expiresAt: ({ expiresAt }) => expiresAt ?? null
  },
  // https://linear.app/developers/rate-limiting – what an API key may; the headers of each answer say what counts.
  budgets: [
    { name: 'requests', scope: 'account', amount: 2500, perMs: HOUR },
    { name: 'complexity', scope: 'account', amount: 2_000_000, perMs: HOUR, of: 'complexity' }
  ],
  can: {
    webhooks: true,
    subtasks: true,
    customFields: false,
    labels: true,
    priorities: true,
    estimates: true,
    checklists: false,
    dueTimes: false,
    dueDates: true,
    startDates: false,
    manyAssignees: false,
    columnCategories: true,
    columnHistory: true,
    events: true,
    comments: true,
    commentCount: false,
    archive: true,
    deletions: true,
    moveProjects: true,
    clientCommentId: true,
    write: { move: true, due: true, assign: true, create: true }
  },
  // The limit is a user's, and a token does not say whose it is: two keys of one user share what the headers tell.
  budgetKeys: ({ token }) => ({ token: budgetWord(token), key: budgetWord(token), account: budgetWord(token) }),
  // https://linear.app/developers/graphql#authentication – an API key travels bare, an OAuth token as Bearer.
  authorize: ({ token }) => ({ authorization: token.startsWith('lin_api_') ? token : `Bearer ${token}` }),
  refusal,
  quotas,
  open,
  render: markdown,
  hooks
}

function open(credentials: Credentials, host: Host): Session {
  const api = createApi(host)
  return {
    async whoAmI() {
      const { viewer } = (await api.viewer()).data
      return {
        externalId: viewer.id,
        name: viewer.name || viewer.displayName || viewer.id,
        username: viewer.displayName ?? null,
        // Linear does not tell what a key was allowed; a missing right shows at the first write.
        missing: [],
        expiresAt: credentials.expiresAt ?? null
      }
    },
    async *projects(): AsyncIterable<ProjectFacts> {
      yield* (await readTeams(api, null)).projects
    },
    async scopes(projects) {
      if (projects.length === 0) return []
      const { organization } = (await api.viewer()).data.viewer
      return [{ externalId: organization.id, name: organization.name, projects }]
    },
    pull: (scope, from) => pull(api, scope, from),
    fetch: (ids) => fetchIssues(api, ids),
    comments: createComments(api),
    write: createWrites(api),
    webhooks: createSubscriptions(api)
  }
}

const OAuthAnswer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().optional()
})
