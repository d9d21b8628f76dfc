import { clickup } from '../../../adapters/clickup/index.ts'
import { OWN_TOKEN } from '../../../sandbox/clickup/accounts.ts'
import type { Rig } from '../rig.ts'

const pages = (tasks: number) => Math.max(1, Math.ceil(tasks / 100))

export const rig: Rig = {
  adapter: clickup,
  credentials: { token: OWN_TOKEN },
  wrongCredentials: { token: 'pk_1_REVOKED' },
  app: { clientId: 'sandbox-app', clientSecret: 'sandbox-secret' },
  baseUrl: (url) => `${url}/api`,
  pageSize: 100,
  listing: '/team/\\d+/task',
  posting: '/task/[^/]+/comment$',
  refusals: [
    {
      name: '429 with the moment its window ends on the clock of the answer',
      effect: {
        status: 429,
        body: '{"err":"Rate limit reached"}',
        headers: {
          date: 'Mon, 16 Nov 2026 08:00:00 GMT',
          'x-ratelimit-limit': '100',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Date.parse('2026-11-16T08:03:20Z') / 1000)
        }
      },
      kind: 'rate_limited',
      retryAfterMs: 200_000
    },
    {
      name: 'a revoked token',
      effect: { status: 401, body: '{"err":"Token invalid","ECODE":"OAUTH_025"}' },
      kind: 'auth_revoked',
      code: 'OAUTH_025'
    },
    {
      name: 'a workspace the token was not given',
      effect: { status: 401, body: '{"err":"Team not authorized","ECODE":"OAUTH_027"}' },
      kind: 'forbidden',
      code: 'OAUTH_027'
    }
  ],
  broken: { set: { due_date: 'soon' }, path: 'due_date' },
  cost: {
    // One task on a page is asked after by itself: the bulk question is for two and more.
    sweep: (tasks) => ({
      'GET /v2/user': 1,
      'GET /v2/team': 1,
      'GET /v2/team/{team_id}/space': 1,
      'GET /v2/list/{list_id}': 1,
      'GET /v2/list/{list_id}/member': 1,
      'GET /v2/team/{team_Id}/task': pages(tasks),
      ...timesInStatus(tasks),
      'GET /v2/list/{list_id}/task': 1
    }),
    quiet: { 'GET /v2/team/{team_Id}/task': 1 }
  }
}

function timesInStatus(tasks: number): Record<string, number> {
  const [full, rest] = [Math.floor(tasks / 100), tasks % 100]
  const bulk = full + (rest > 1 ? 1 : 0)
  return {
    ...(bulk > 0 ? { 'GET /v2/task/bulk_time_in_status/task_ids': bulk } : {}),
    ...(rest === 1 ? { 'GET /v2/task/{task_id}/time_in_status': 1 } : {})
  }
}
