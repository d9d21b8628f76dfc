/**
 * A board export dropped on the page, at `POST /api/check`: read, judged in memory and forgotten. JSON only, at most
 * 32 MB. Nothing of it is kept, so nothing of it is in the log of changes.
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { may } from '../../access/who.ts'
import type { Hub } from '../../hub.ts'
import { BoardCheck, checkBoard, parseExport, withChecks } from '../../operations/check/check.ts'
import { Declined } from './errors.ts'
import { answer } from './openapi.ts'
import { CHECK_LIMIT } from './security.ts'

const LARGEST = 32 * 1024 * 1024
const NAME = 'The export'

const TOO_LARGE = 'An export may be 32 MB at most. Archive old cards on the board, or connect Trello instead.'

/** Call it in the scope that knows who asks. */
export async function addCheck(api: FastifyInstance, hub: Hub): Promise<void> {
  const receiving: FastifyPluginAsync = async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: LARGEST },
      async (_request: unknown, body: string | Buffer) => String(body)
    )
    scope.addHook('preParsing', async ({ who, headers }) => {
      // Before a long body is read.
      if (!who || !may(who, 'tend'))
        throw new Declined(403, 'not_allowed', 'Those who look after Throughline (ops) may do this. Ask one of them.')
      if (Number(headers['content-length'] ?? 0) > LARGEST) throw new Declined(413, 'too_large', TOO_LARGE)
    })
    scope.post('/check', {
      bodyLimit: LARGEST,
      config: { rateLimit: CHECK_LIMIT },
      // No operation: its body is a file, not an input. The description speaks of operations only.
      schema: { hide: true, response: { 200: answer('Done', BoardCheck) } },
      async handler({ body }) {
        const value = parseExport(NAME, typeof body === 'string' ? body : '')
        const now = hub.now()
        return withChecks(hub.zone, (db) => checkBoard(db, { file: NAME, value, now, zone: hub.zone }))
      }
    })
  }
  await api.register(receiving)
}
