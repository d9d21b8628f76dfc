import { basecamp } from '../../../adapters/basecamp/index.ts'
import { OWN_TOKEN } from '../../../sandbox/basecamp/accounts.ts'
import { ACCOUNT } from '../../../sandbox/basecamp/world.ts'
import type { Rig } from '../rig.ts'

/** 15, 30, 50, then a hundred rows to a page; the last one says that it is the last. */
const pages = (rows: number) => (rows <= 15 ? 1 : rows <= 45 ? 2 : rows <= 95 ? 3 : 3 + Math.ceil((rows - 95) / 100))

export const rig: Rig = {
  adapter: basecamp,
  credentials: { token: OWN_TOKEN, account: ACCOUNT },
  wrongCredentials: { token: 'nobody', account: ACCOUNT },
  app: { clientId: 'sandbox-app', clientSecret: 'sandbox-secret' },
  baseUrl: (url) => url,
  pageSize: 100,
  listing: '/projects/recordings\\.json',
  posting: '/recordings/\\d+/comments\\.json$',
  refusals: [
    {
      name: '404 of an account that is switched off',
      effect: { status: 404, body: '{"error":"Not Found"}', headers: { reason: 'Account Inactive' } },
      kind: 'auth_revoked',
      code: 'account_inactive'
    },
    { name: '507, a plan without room', effect: { status: 507, body: '' }, kind: 'plan_limit', code: 'plan_limit' },
    {
      name: '429 with a Retry-After that makes no sense',
      effect: { status: 429, body: '{}', headers: { 'retry-after': '-5' } },
      kind: 'rate_limited'
    },
    {
      name: '503 with Retry-After',
      effect: { status: 503, body: '', headers: { 'retry-after': '300' } },
      kind: 'provider_down',
      retryAfterMs: 300_000
    },
    { name: '403, a client of the company', effect: { status: 403, body: '{}' }, kind: 'forbidden' }
  ],
  broken: { set: { due_on: 'soon' }, path: 'due_on' },
  cost: {
    // The project, its people, its card table, the feed; then the cards, those archived and those in the trash.
    sweep: (tasks) => ({
      'GET /projects/{projectId}': 1,
      'GET /projects/{projectId}/people': 1,
      'GET /card_tables/{cardTableId}': 1,
      'GET /events': 1,
      'GET /projects/recordings': pages(tasks) + 2
    }),
    quiet: { 'GET /projects/recordings': 1 }
  }
}
