/**
 * Basecamp's webhooks, received. They bear no signature: the unguessable address is the secret, and whatever a delivery
 * names is read again with our own token. https://github.com/basecamp/bc-api/blob/master/sections/webhooks.md
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { AdapterError, type Hint, type Receiver } from '../../src/adapter.ts'
import * as raw from './raw.ts'

export const hooks: Receiver = {
  // At an address that is not the agreed one there is nothing. Basecamp takes every status but 2xx as a failed try.
  refusal: 404,
  proof: 'address',
  staleAfterMs: null,
  async verify({ url }, hook) {
    const registered = pathOf(hook.url)
    if (!hook.secret || registered === null || !UNGUESSABLE.test(registered)) return 'no_secret'
    const asked = pathOf(url)
    return asked !== null && timingSafeEqual(sha256(asked), sha256(registered)) ? null : 'forged'
  },
  read({ body }) {
    const told = parsed(body)
    return { key: `${told.id}:${told.kind}`, hints: hints(told) }
  }
}

/** Shorter than this, a part of an address can be guessed. */
const UNGUESSABLE = /[\w-]{22,}/

/** We may be reached under another name than was registered: path and query hold the secret. */
function pathOf(url: string): string | null {
  const parsed = URL.parse(url)
  return parsed && `${parsed.pathname}${parsed.search}`
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

const TASKS = new Set(['Kanban::Card', 'Todo'])

function hints({ kind, created_at, recording, creator, copy }: raw.Told): Hint[] {
  const { id, type, parent } = recording
  const task = (externalId: string, deleted: boolean): Hint => ({
    kind: 'task',
    externalId,
    deleted,
    at: created_at ?? null,
    by: creator?.id ?? null
  })
  if (TASKS.has(type)) {
    // What is in the trash says so itself when it is read again; what is deleted for good says nothing any more.
    return [task(id, kind.endsWith('_deleted')), ...(copy ? [task(copy.id, false)] : [])]
  }
  if ((type === 'Comment' || type === 'Kanban::Step') && parent && TASKS.has(parent.type))
    return [task(parent.id, false)]
  if (type === 'Todolist' || type === 'Kanban::Board') return [{ kind: 'project', externalId: id }]
  if (type.startsWith('Kanban::') && parent?.type === 'Kanban::Board') {
    return [{ kind: 'project', externalId: parent.id }]
  }
  return []
}

function parsed(body: Uint8Array): raw.Told {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(body), longIds)
  } catch {
    throw new AdapterError('bad_response', { code: 'not_json', path: '' })
  }
  const { data, error } = raw.Told.safeParse(value)
  if (data) return data
  const path = error.issues[0]?.path.map(String).join('.') ?? ''
  throw new AdapterError('bad_response', { code: 'unexpected_shape', path })
}

/** Ids go beyond 2^53: the digits as they stand in the text are the id. */
function longIds(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isLong = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isLong && context?.source !== undefined ? context.source : value
}
