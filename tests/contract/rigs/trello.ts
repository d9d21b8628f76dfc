import { trello } from '../../../adapters/trello/index.ts'
import type { Rig } from '../rig.ts'

const json = { 'content-type': 'application/json' }

export const rig: Rig = {
  adapter: trello,
  credentials: { key: 'sandbox-key', token: 'sandbox-token', secret: 'sandbox-secret' },
  wrongCredentials: { key: 'sandbox-key', token: 'nobody' },
  app: { clientId: 'sandbox-key', clientSecret: 'sandbox-secret' },
  baseUrl: (url) => `${url}/1`,
  pageSize: 1000,
  listing: '/cards/all',
  posting: '/actions/comments',
  refusals: [
    {
      name: '429 with the length of its window',
      effect: {
        status: 429,
        body: '{"error":"API_TOKEN_LIMIT_EXCEEDED","message":"Rate limit exceeded"}',
        headers: { ...json, 'x-rate-limit-api-token-interval-ms': '20000' }
      },
      kind: 'rate_limited',
      code: 'API_TOKEN_LIMIT_EXCEEDED',
      retryAfterMs: 20_000
    }
  ],
  broken: { set: { due: 42 }, path: 'due' },
  cost: {
    // The board, its cards, its history: one action for each card that was made.
    sweep: (tasks) => ({
      'GET /boards/{id}': 1,
      'GET /boards/{id}/cards/{filter}': Math.floor(tasks / 1000) + 1,
      'GET /boards/{boardId}/actions': Math.floor(tasks / 1000) + 1
    }),
    quiet: { 'GET /boards/{boardId}/actions': 1 }
  }
}
