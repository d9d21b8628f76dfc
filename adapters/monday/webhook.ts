/**
 * monday's webhooks. One that an app's token registered carries a JSON web token, signed with the app's signing secret:
 * it proves the caller, not the body. One that a personal token registered carries nothing: its unguessable address is
 * the secret. https://developer.monday.com/apps/docs/authorization-header · /api-reference/reference/webhooks
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import { AdapterError, type Delivery, type Distrust, type Hint, type Hook, type Receiver } from '../../src/adapter.ts'
import * as raw from './raw.ts'

export const hooks: Receiver = {
  // Nothing that monday documents switches a hook off; it asks again once a minute for half an hour.
  refusal: 403,
  proof: 'address',
  staleAfterMs: null,
  handshake(delivery) {
    const body = json(delivery.body) as { challenge?: unknown; event?: unknown } | null
    if (delivery.method !== 'POST' || typeof body?.challenge !== 'string' || 'event' in body) return null
    return { status: 200, body: { challenge: body.challenge } }
  },
  async verify(delivery, hook) {
    const signing = hook.secret?.startsWith(SIGNED) ? hook.secret.slice(SIGNED.length) : null
    return signing === null ? byAddress(delivery, hook) : byToken(delivery, hook, signing)
  },
  read(delivery) {
    const parsed = raw.Event.safeParse((json(delivery.body) as { event?: unknown } | null)?.event)
    if (!parsed.success) throw new AdapterError('bad_response', { code: 'no_event', path: 'event' })
    return { key: keyOf(parsed.data, delivery), hints: hints(parsed.data) }
  }
}

/** Tells an app's signing secret from one that the hub agreed with itself and monday never heard of. */
const SIGNED = 'jwt:'

/** What is kept of a hook whose deliveries carry a token: from then on one without it is refused. */
export const signedWith = (signingSecret: string): string => `${SIGNED}${signingSecret}`

/** Clocks differ. */
const TOLERANCE_S = 30

async function byToken(delivery: Delivery, hook: Hook, secret: string): Promise<Distrust | null> {
  if (secret === '') return 'no_secret'
  const token = delivery.headers.authorization?.replace(/^Bearer /, '')
  if (!token) return 'unsigned'
  try {
    await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience: hook.url,
      currentDate: new Date(delivery.at),
      clockTolerance: TOLERANCE_S,
      requiredClaims: ['exp']
    })
    return null
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'stale' : 'forged'
  }
}

/** Shorter than this, a part of an address can be guessed. */
const UNGUESSABLE = /[\w-]{22,}/

function byAddress(delivery: Delivery, hook: Hook): Distrust | null {
  const registered = pathOf(hook.url)
  const asked = pathOf(delivery.url)
  if (registered === null || !UNGUESSABLE.test(registered)) return 'no_secret'
  return asked !== null && timingSafeEqual(sha256(asked), sha256(registered)) ? null : 'forged'
}

/** We may be reached under another name than was registered: path and query hold the secret. */
function pathOf(url: string): string | null {
  const parsed = URL.parse(url)
  return parsed && `${parsed.pathname}${parsed.search}`
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A delivery that is tried again differs in how often it was tried. */
function keyOf({ triggerUuid, isRetry: _retry, retryCount: _count, ...event }: raw.Event, delivery: Delivery): string {
  return triggerUuid ? `${triggerUuid}` : sha256(`${pathOf(delivery.url)} ${JSON.stringify(event)}`).toString('hex')
}

function hints(event: raw.Event): Hint[] {
  const item = event.pulseId ?? event.itemId ?? event.subitem
  if (item) {
    const at = event.triggerTime ? new Date(event.triggerTime).toISOString() : null
    return [{ kind: 'task', externalId: item, deleted: event.type === 'delete_pulse', at, by: event.userId ?? null }]
  }
  const board = event.parentItemBoardId ?? event.parentBoardId ?? event.boardId
  return board ? [{ kind: 'project', externalId: board }] : []
}

function json(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
