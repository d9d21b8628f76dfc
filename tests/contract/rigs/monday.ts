import { monday } from '../../../adapters/monday/index.ts'
import type { Rig } from '../rig.ts'

const headers = { 'content-type': 'application/json' }

const error = (code: string, status: number, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ errors: [{ message: 'no', extensions: { code, status_code: status, ...more } }] })

export const rig: Rig = {
  adapter: monday,
  credentials: { token: 'sandbox-token' },
  wrongCredentials: { token: 'nobody' },
  app: { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' },
  baseUrl: (url) => url,
  pageSize: 500,
  listing: '/v2 query (BoardItems|NextItems|BoardChanges)',
  posting: '/v2 mutation CreateUpdate',
  refusals: [
    {
      name: 'a complexity budget that is used up, inside 200',
      effect: {
        status: 200,
        headers,
        body: error('COMPLEXITY_BUDGET_EXHAUSTED', 429, { complexity_budget_left: 100, retry_in_seconds: 45 })
      },
      kind: 'rate_limited',
      code: 'COMPLEXITY_BUDGET_EXHAUSTED',
      retryAfterMs: 45_000
    },
    {
      name: 'the longer one of two waits',
      effect: {
        status: 429,
        headers: { ...headers, 'retry-after': '600' },
        body: error('Rate Limit Exceeded', 429, { retry_in_seconds: 30 })
      },
      kind: 'rate_limited',
      code: 'Rate Limit Exceeded',
      retryAfterMs: 600_000
    },
    {
      name: 'a day that is used up, until midnight UTC',
      effect: {
        status: 429,
        headers: { ...headers, date: 'Mon, 16 Nov 2026 22:00:00 GMT' },
        body: error('DAILY_LIMIT_EXCEEDED', 429)
      },
      kind: 'rate_limited',
      code: 'DAILY_LIMIT_EXCEEDED',
      retryAfterMs: 7_200_000
    },
    {
      name: 'a board somebody else is writing to',
      effect: { status: 423, headers, body: error('Resource is currently locked', 423) },
      kind: 'provider_down'
    },
    {
      name: 'a user who may not',
      effect: { status: 200, headers, body: error('UserUnauthorizedException', 403) },
      kind: 'forbidden',
      code: 'UserUnauthorizedException'
    },
    {
      name: 'a scope that is missing',
      effect: { status: 200, headers, body: error('missingRequiredPermissions', 403) },
      kind: 'forbidden',
      code: 'missingRequiredPermissions'
    },
    {
      name: 'an account whose owner was switched off',
      effect: { status: 403, headers, body: error('USER_ACCESS_DENIED', 403) },
      kind: 'auth_revoked',
      code: 'USER_ACCESS_DENIED'
    },
    {
      name: 'a board that may not be seen',
      effect: { status: 200, headers, body: JSON.stringify({ data: { boards: [null] } }) },
      kind: 'not_found'
    }
  ],
  broken: { set: { created_at: 'yesterday' }, path: 'created_at' },
  cost: {
    // The columns, then the items, five hundred at a time; their comments come along.
    sweep: (tasks) => ({
      'query Board': 1,
      'query BoardItems': 1,
      ...(tasks > 500 ? { 'query NextItems': Math.ceil(tasks / 500) - 1 } : {})
    }),
    // The rule "changed since" knows days only: of a board whose thousand items were all made today it brings them all.
    quiet: { 'query BoardChanges': 1, 'query NextItems': 2 }
  }
}
