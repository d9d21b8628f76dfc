/**
 * Trello's webhooks: a HEAD request when one is made, then signed deliveries of one action each.
 * https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { AdapterError, type Delivery, type Hint, type Hook, type Notice, type Receiver } from '../../src/adapter.ts'
import * as raw from './raw.ts'

export const hooks: Receiver = {
  // 410 would delete the webhook; 401 and 403 count as failures like any other.
  refusal: 403,
  proof: 'signed',
  staleAfterMs: null,
  handshake: ({ method }) => (method === 'HEAD' ? { status: 200 } : null),
  async verify(delivery: Delivery, { url, secret }: Hook) {
    if (!secret) return 'no_secret'
    const signature = delivery.headers['x-trello-webhook']
    if (!signature) return 'unsigned'
    // Over the address as it was registered, whatever a proxy made of it since.
    const right = createHmac('sha1', secret).update(delivery.body).update(url).digest()
    const given = Buffer.from(signature, 'base64')
    return given.length === right.length && timingSafeEqual(given, right) ? null : 'forged'
  },
  read
}

function read({ body }: Delivery): Notice {
  const parsed = raw.Delivery.safeParse(json(body))
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
    throw new AdapterError('bad_response', { code: 'unexpected_shape', path })
  }
  const { action } = parsed.data
  return { key: action.id, hints: hintsOf(action) }
}

function hintsOf(action: raw.Delivery['action']): Hint[] {
  const { card, board } = action.data
  if (card) {
    const at = action.date ? new Date(action.date).toISOString() : null
    const deleted = action.type === 'deleteCard'
    return [{ kind: 'task', externalId: card.id, deleted, at, by: action.idMemberCreator ?? null }]
  }
  return board ? [{ kind: 'project', externalId: board.id }] : []
}

function json(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch (cause) {
    throw new AdapterError('bad_response', { code: 'not_json', path: '', cause })
  }
}
