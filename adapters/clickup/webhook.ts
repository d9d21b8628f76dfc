/**
 * ClickUp's webhooks, received (https://developer.clickup.com/docs/webhooksignature). Signed over the raw body with the
 * hook's own secret; no moment is signed, so an old delivery cannot be told from a new one. A refusal is 403, because at 401
 * or 410 ClickUp switches the hook off at once (https://developer.clickup.com/docs/webhookhealth).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AdapterError, type Hint, type Receiver } from '../../src/adapter.ts'
import * as raw from './raw.ts'

export const receiver: Receiver = {
  refusal: 403,
  proof: 'signed',
  staleAfterMs: null,
  async verify({ headers, body }, { secret }) {
    if (!secret) return 'no_secret'
    const signature = headers['x-signature']
    if (!signature) return 'unsigned'
    const expected = createHmac('sha256', secret).update(body).digest()
    const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : null
    return given && timingSafeEqual(given, expected) ? null : 'forged'
  },
  read({ body }) {
    const event = parsed(body)
    return { key: keyOf(event), hints: hints(event) }
  }
}

function parsed(body: Uint8Array): raw.Event {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new AdapterError('bad_response', { code: 'not_json', path: '' })
  }
  const { data, error } = raw.Event.safeParse(value)
  if (data) return data
  throw new AdapterError('bad_response', {
    code: 'unexpected_shape',
    path: error.issues[0]?.path.map(String).join('.') ?? ''
  })
}

/**
 * One change comes twice, as what it is and as `taskUpdated`, with the same history items: those are the key. An edited
 * comment keeps the item of its first writing, so its words count too. Deletions have no items.
 */
function keyOf({ webhook_id, event, task_id, list_id, history_items }: raw.Event): string {
  if (!history_items?.length) return [webhook_id, event, task_id ?? list_id ?? ''].join(':')
  const items = history_items.map(({ id, comment }) => (comment == null ? id : `${id}-${digest(wordsOf(comment))}`))
  return [webhook_id, ...items.sort()].join(':')
}

const wordsOf = (comment: unknown): unknown => (comment as { comment?: unknown }).comment ?? comment

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

function hints({ event, task_id, list_id, history_items }: raw.Event): Hint[] {
  if (task_id) {
    const items = history_items ?? []
    const at = items.reduce<string | null>((last, { date }) => (date && (!last || date > last) ? date : last), null)
    const by = items.find(({ user }) => user?.id)?.user?.id ?? null
    return [{ kind: 'task', externalId: task_id, deleted: event === 'taskDeleted', at, by }]
  }
  return list_id ? [{ kind: 'project', externalId: list_id }] : []
}
