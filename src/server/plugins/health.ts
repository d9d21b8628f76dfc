/** For whoever watches over the process: is it alive, and can it work? Neither needs a token, neither is rate-limited. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Readiness } from '../readiness.ts'
import { RETRY_AFTER_SECONDS } from './errors.ts'
import { answer, PROBES } from './openapi.ts'

const Parts = z.object({ database: z.enum(['ok', 'not answering']) })

export function addHealth(app: FastifyInstance, readiness: () => Promise<Readiness>): void {
  app.get('/healthz', {
    ...quiet,
    schema: {
      operationId: 'healthz',
      tags: [PROBES],
      summary: 'The process is alive',
      response: { 200: answer('Alive', z.object({ status: z.literal('ok') })) }
    },
    handler: async () => ({ status: 'ok' })
  })
  app.get('/readyz', {
    ...quiet,
    schema: {
      operationId: 'readyz',
      tags: [PROBES],
      summary: 'The database answers within two seconds',
      response: {
        200: answer('Ready', z.object({ status: z.literal('ready'), parts: Parts })),
        503: answer('Not ready; parts says which', z.object({ status: z.literal('not ready'), parts: Parts }))
      }
    },
    async handler(_request, reply) {
      const { ready, parts } = await readiness()
      if (!ready) reply.code(503).header('retry-after', RETRY_AFTER_SECONDS)
      return { status: ready ? 'ready' : 'not ready', parts }
    }
  })
}

const quiet = { logLevel: 'warn', config: { rateLimit: false } } as const
