import { linear } from '../../../adapters/linear/index.ts'
import type { Rig } from '../rig.ts'

const json = { 'content-type': 'application/json' }
const errors = (extensions: Record<string, unknown>, data: unknown = null) =>
  JSON.stringify({ errors: [{ message: 'What it says is for people', extensions }], data })

export const rig: Rig = {
  adapter: linear,
  credentials: { token: 'lin_api_sandbox' },
  wrongCredentials: { token: 'lin_api_nobody' },
  app: { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' },
  baseUrl: (url) => url,
  pageSize: 250,
  listing: '/graphql query Issues$',
  posting: '/graphql mutation CommentCreate$',
  refusals: [
    {
      name: '400 RATELIMITED with the moment its requests begin anew',
      effect: {
        status: 400,
        body: errors({ code: 'RATELIMITED', type: 'ratelimited' }),
        headers: {
          ...json,
          date: 'Mon, 16 Nov 2026 08:00:00 GMT',
          'x-ratelimit-requests-limit': '2500',
          'x-ratelimit-requests-remaining': '0',
          'x-ratelimit-requests-reset': String(Date.parse('2026-11-16T08:30:00Z'))
        }
      },
      kind: 'rate_limited',
      code: 'RATELIMITED',
      retryAfterMs: 1_800_000
    },
    {
      name: '400 RATELIMITED without a word of when',
      effect: { status: 400, body: errors({ code: 'RATELIMITED' }), headers: json },
      kind: 'rate_limited',
      code: 'RATELIMITED'
    },
    {
      name: '200 with an authentication error',
      effect: {
        status: 200,
        body: errors({ type: 'authentication error', code: 'AUTHENTICATION_ERROR' }),
        headers: json
      },
      kind: 'auth_revoked',
      code: 'AUTHENTICATION_ERROR'
    },
    {
      name: '400 with a type and no code',
      effect: { status: 400, body: errors({ type: 'forbidden' }), headers: json },
      kind: 'forbidden',
      code: 'FORBIDDEN'
    },
    {
      name: 'a feature the plan does not have',
      effect: { status: 200, body: errors({ type: 'feature not accessible' }), headers: json },
      kind: 'plan_limit',
      code: 'FEATURE_NOT_ACCESSIBLE'
    },
    {
      name: '200 with a lock timeout',
      effect: { status: 200, body: errors({ type: 'lock timeout' }), headers: json },
      kind: 'provider_down',
      code: 'LOCK_TIMEOUT'
    },
    {
      name: 'half the data beside an error',
      effect: {
        status: 200,
        body: errors(
          { type: 'invalid input' },
          { issues: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } }
        ),
        headers: json
      },
      kind: 'bad_response',
      code: 'INVALID_INPUT'
    }
  ],
  broken: { set: { dueDate: 'someday' }, path: 'dueDate' },
  cost: {
    // The team, the directory, the issues; the comments of the last thirty days.
    sweep: (tasks) => ({
      'query Teams': 1,
      'query Directory': 1,
      'query Issues': Math.max(1, Math.ceil(tasks / 250)),
      'query Comments': 1
    }),
    quiet: { 'query Changes': 1 }
  }
}
