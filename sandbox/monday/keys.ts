/**
 * Idempotency keys: what was answered under one is answered again for half an hour; a second request while the first is
 * under way is refused. https://developer.monday.com/api-reference/docs/idempotency.md
 */
import type { Clock } from '../kit/clock.ts'
import type { Reply } from '../kit/server.ts'

const HALF_HOUR = 1_800_000

export function createKeys(clock: Clock) {
  const known = new Map<string, { request: string; at: number; reply: Reply | null }>()

  return {
    async once(request: string, key: string | null, answer: () => Promise<Reply>): Promise<Reply> {
      if (key === null) return answer()
      const former = known.get(key)
      if (former && clock.now() - former.at < HALF_HOUR) {
        if (former.reply === null || former.request !== request) return conflict()
        return { ...former.reply, headers: { ...former.reply.headers, 'idempotency-replayed': 'true' } }
      }
      const line = { request, at: clock.now(), reply: null as Reply | null }
      known.set(key, line)
      try {
        line.reply = await answer()
        // What was refused may be tried again under the same key.
        if (line.reply.body.includes('"errors"')) known.delete(key)
        return line.reply
      } catch (error) {
        known.delete(key)
        throw error
      }
    }
  }
}

function conflict(): Reply {
  const extensions = { code: 'IDEMPOTENCY_CONFLICT', status_code: 409 }
  const body = JSON.stringify({ errors: [{ message: 'This key is in use', extensions }] })
  return { status: 409, type: 'json', body, headers: { 'retry-after': '1' } }
}
