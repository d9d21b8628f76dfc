/**
 * How far reading has come, as server-sent events at `/api/progress`: an event `progress` whenever something changed, a
 * heartbeat in between. A stream ends by itself after a few minutes and when the hub closes; browsers come back by
 * themselves, and who they are and what they see is asked anew.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { fastifySSE } from '@fastify/sse'
import type { FastifyInstance } from 'fastify'
import type { Hub } from '../../hub.ts'
import { Pace, progressFor } from '../../operations/sync/progress.ts'
import { Declined } from './errors.ts'
import { STREAM_LIMIT } from './security.ts'

const HEARTBEAT_MS = 15_000
const LOOK_MS = 1_000
/** Nothing is being read. */
const IDLE_MS = 5_000
const LONGEST_MS = 5 * 60_000
const COME_BACK_MS = 2_000
/** Of one process: each asks the database every second. */
const MOST_STREAMS = 200

/** Call it in the scope that knows who asks. */
export async function addProgress(api: FastifyInstance, hub: Hub): Promise<void> {
  await api.register(fastifySSE, { heartbeatInterval: HEARTBEAT_MS })
  const closing = new AbortController()
  api.addHook('preClose', async () => closing.abort())
  let streams = 0
  api.get('/progress', {
    sse: 'only',
    schema: { hide: true },
    config: { rateLimit: STREAM_LIMIT },
    async handler(request, reply) {
      const { who } = request
      if (who === null) throw new Error('A route of the API outside the scope that knows who asks.')
      if (streams >= MOST_STREAMS)
        throw new Declined(503, 'too_many_streams', 'Too many pages follow the reading. This one asks again by itself.')
      const left = new AbortController()
      const end = AbortSignal.any([left.signal, closing.signal, AbortSignal.timeout(LONGEST_MS)])
      reply.raw.once('close', () => left.abort())
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
      streams++
      try {
        const pace = new Pace()
        for (let last = ''; !end.aborted; ) {
          const progress = await progressFor(hub, who, pace)
          const text = JSON.stringify(progress)
          if (text !== last) await reply.sse.send({ event: 'progress', data: progress, retry: COME_BACK_MS })
          last = text
          await sleep(progress.state === 'idle' ? IDLE_MS : LOOK_MS, undefined, { signal: end }).catch(() => {})
        }
      } finally {
        streams--
      }
    }
  })
}
