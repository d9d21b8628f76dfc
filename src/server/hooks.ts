/**
 * Where tools tell us of changes. The raw bytes are verified, the notice is stored, and only then it is acknowledged;
 * the work comes after. A fault of ours is answered with 503, never with something that switches a hook off.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { adapterOf } from '../../adapters/index.ts'
import type { Delivery } from '../adapter.ts'
import type { Hub } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { HOOK_PATH, hookAt, receives } from '../webhooks/hooks.ts'
import { keep } from '../webhooks/keep.ts'
import { receive } from '../webhooks/receive.ts'
import { sharing } from '../webhooks/sharing.ts'
import { RETRY_AFTER_SECONDS } from './plugins/errors.ts'
import { HOOK_LIMIT } from './plugins/security.ts'

const LARGEST = 1024 * 1024
/** Tools give up after ten seconds, some sooner. What is kept after that all the same comes again under its key. */
const PATIENCE_MS = 5_000

export async function addHooks(app: FastifyInstance, hub: Hub, jobs: Jobs | null): Promise<void> {
  const hookOf = sharing((path) => {
    const [tool = '', address = ''] = path.split('/')
    return hookAt(hub, tool, address)
  })
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
          const { status, body } = await inGoodTime(answer(request, tool, address))
          return reply.code(status).send(body)
        } catch (error) {
          request.log.error({ err: error }, 'a delivery could not be kept')
          return reply.code(503).header('retry-after', RETRY_AFTER_SECONDS).send()
        }
      }
    })
    done()
  })

  async function answer(request: FastifyRequest, tool: string, address: string) {
    const known = await hookOf(`${tool}/${address}`)
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
    return { status, body }
  }
}

/** A database that says nothing must not leave the tool without an answer. */
async function inGoodTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not answer in time.')), PATIENCE_MS)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
