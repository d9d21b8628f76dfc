/**
 * Linear's deliveries. The signature is over the raw bytes and nothing else, and the moment it is checked against stands
 * inside them. https://linear.app/developers/webhooks#securing-webhooks
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AdapterError, type Delivery, type Hint, type Notice, type Receiver } from '../../src/adapter.ts'
import * as raw from './raw.ts'

/** What we ask to be told of: https://linear.app/developers/webhooks#webhook-events */
export const RESOURCES = ['Issue', 'Comment', 'IssueLabel']

const STALE_MS = 60_000

export const hooks: Receiver = {
  // What Linear's own client answers; a refused delivery is tried again three times.
  refusal: 400,
  proof: 'signed',
  staleAfterMs: STALE_MS,
  async verify(delivery, { secret }) {
    if (!secret) return 'no_secret'
    const given = delivery.headers['linear-signature']
    if (!given) return 'unsigned'
    const right = createHmac('sha256', secret).update(delivery.body).digest('hex')
    const [theirs, ours] = [Buffer.from(given), Buffer.from(right)]
    if (theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) return 'forged'
    const sentAt = payload(delivery)?.webhookTimestamp
    // Only a moment under the signature counts; without one a delivery could be sent again at any time.
    if (sentAt == null || !(Math.abs(Date.parse(delivery.at) - sentAt) <= STALE_MS)) return 'stale'
    return null
  },
  read(delivery): Notice {
    const told = payload(delivery)
    if (!told) throw new AdapterError('bad_response', { code: 'unexpected_shape', path: '' })
    return { key: keyOf(delivery), hints: hints(told) }
  }
}

/** The id of the delivery is the same when it is tried again; its content stands in where it is missing. */
const keyOf = ({ headers, body }: Delivery): string =>
  headers['linear-delivery'] || createHash('sha256').update(body).digest('hex')

function hints({ type, action, data, actor, createdAt }: raw.Payload): Hint[] {
  if (type === 'OAuthApp' && action === 'revoked') return [{ kind: 'revoked' }]
  const at = data?.updatedAt ?? createdAt
  const task = (externalId: string | null | undefined, deleted: boolean): Hint[] =>
    externalId
      ? [
          {
            kind: 'task',
            externalId,
            deleted,
            at: at && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : null,
            by: actor?.id ?? data?.userId ?? null
          }
        ]
      : []
  switch (type) {
    case 'Issue':
      // Whether archiving comes as `remove` is not documented: an archived issue is read again and speaks for itself.
      return task(data?.id, action === 'remove' && !(data?.archivedAt && !data.trashed))
    case 'Comment':
      return task(data?.issueId ?? data?.issue?.id, false)
    case 'IssueLabel':
    case 'Cycle':
    case 'WorkflowState': {
      const team = data?.teamId ?? data?.team?.id
      return team ? [{ kind: 'project', externalId: team }] : []
    }
    default:
      return []
  }
}

function payload({ body }: Delivery): raw.Payload | null {
  try {
    return raw.Payload.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}
