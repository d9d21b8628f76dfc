/**
 * The queues as an admin sees them, at `/admin/queues`, where jobs go over Redis. For those who tend the
 * hub: signed in, or with an API key as `Bearer`. It only shows: every method but GET and HEAD is refused,
 * so that a browser that knows the password cannot be made to change anything.
 */

import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Doorkeeper } from '../../access/doorkeeper.ts'
import { may } from '../../access/who.ts'
import type { Hub } from '../../hub.ts'
import { Declined } from './errors.ts'
import { BOARD_LIMIT, BOARD_POLICY } from './security.ts'

export const BOARD_PATH = '/admin/queues'

/** A Redis that is away would be waited for without end. */
const ANSWER_MS = 5_000

/** Nothing where this process does the jobs itself. */
export async function addBoard(app: FastifyInstance, hub: Hub, doorkeeper: Doorkeeper): Promise<void> {
  const { REDIS_URL } = hub.config
  if (!REDIS_URL) return
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }, { openQueues }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
    import('../../jobs/bullmq.ts')
  ])
  const queues = openQueues(REDIS_URL, hub.instance)
  const adapter = new FastifyAdapter().setBasePath(BOARD_PATH)
  createBullBoard({
    queues: Object.values(queues.all).map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Throughline queues' } }
  })
  adapter.setErrorHandler((error) => {
    const known = error instanceof Declined
    if (!known) app.log.warn({ err: error }, 'the queues could not be shown')
    const { status, code, message } = known ? error : UNSEEN
    // Its type knows only the answers it makes itself.
    return { status: status as 500, body: { error: { code, message } } }
  })
  await app.register(
    (scope, _options, done) => {
      // The board's own routes take no options from us.
      scope.addHook('onRoute', (route) => {
        route.handlerTimeout = ANSWER_MS
      })
      scope.addHook('onRequest', scope.rateLimit(BOARD_LIMIT))
      scope.addHook('onRequest', (request, reply) => admit(request, reply, doorkeeper))
      scope.addHook('onClose', async () => queues.close())
      scope.register(adapter.registerPlugin())
      done()
    },
    { prefix: BOARD_PATH }
  )
}

const UNSEEN = {
  status: 503,
  code: 'queues_unreachable',
  message:
    'The queues cannot be looked at just now: Redis does not answer. Jobs are not lost; they are found again in the tables.'
}

async function admit(request: FastifyRequest, reply: FastifyReply, doorkeeper: Doorkeeper): Promise<void> {
  reply.header('cache-control', 'no-store')
  await reply.helmet({ contentSecurityPolicy: BOARD_POLICY })
  const who = await doorkeeper.whoIs(fromNodeHeaders(request.headers))
  if (who === null) throw new Declined(401, 'not_signed_in', 'Sign in to Throughline first, then open this page again.')
  if (!may(who, 'tend')) throw new Declined(403, 'not_allowed', 'The queues are for those who look after Throughline.')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    reply.header('allow', 'GET, HEAD')
    throw new Declined(405, 'only_shown', 'The queues are shown here; nothing can be changed.')
  }
}
