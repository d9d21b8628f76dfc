/**
 * Where tools tell us of changes. The raw bytes are verified, the notice is stored, and only then it is acknowledged;
 * the work comes after. A fault of ours is answered with 503, never with something that switches a hook off.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { adapterOf } from '../../adapters/index.ts'
import type { Delivery } from '../adapter.ts'
import type { Hub } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { HOOK_PATH, hookAt, receives } from '../webhooks/hooks.ts'
import { keep } from '../webhooks/keep.ts'
import { receive } from '../webhooks/receive.ts'
import { RETRY_AFTER_SECONDS } from './plugins/errors.ts'
import { HOOK_LIMIT } from './plugins/security.ts'

const LARGEST = 1024 * 1024

export async function addHooks(app: FastifyInstance, hub: Hub, jobs: Jobs | null): Promise<void> {
  await app.register((door, _options, done) => {
    // A signature is over the bytes as they came: nothing is parsed before it is checked.
    door.removeAllContentTypeParsers()
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body)
    )
    door.route<{ Params: { tool: string; address: string } }>({
      method: ['GET', 'HEAD', 'POST'],
      url: `${HOOK_PATH}/:tool/:address`,
      schema: { hide: true },
      config: { rateLimit: HOOK_LIMIT },
      async handler(request, reply) {
        const { tool, address } = request.params
        if (!receives(tool)) return reply.code(404).send()
        try {
          return await answer(request, reply, tool, address)
        } catch (error) {
          request.log.error({ err: error }, 'a delivery could not be kept')
          return reply.code(503).header('retry-after', RETRY_AFTER_SECONDS).send()
        }
      }
    })
    done()
  })

  async function answer(request: FastifyRequest, reply: FastifyReply, tool: string, address: string) {
    const known = await hookAt(hub, tool, address)
    const delivery: Delivery = {
      method: request.method,
      headers: request.headers as Record<string, string>,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      // As we are known to the tool, whatever a proxy made of it.
      url: `${hub.config.PUBLIC_URL ?? ''}${request.url}`,
      at: hub.now()
    }
    const { status, body, notice } = await receive(adapterOf(tool), delivery, known?.hook ?? null)
    if (notice && known && (await keep(hub, known.id, notice, delivery.body))) {
      await jobs?.wake({ kind: 'inbox', id: 'all' })
    }
    return reply.code(status).send(body === undefined ? undefined : body)
  }
}
