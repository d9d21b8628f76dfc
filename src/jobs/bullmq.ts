/**
 * Jobs over Redis for several machines: BullMQ for waking and concurrency only. Nothing durable lives there; an emptied
 * Redis costs at most one tick.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Job as BullJob, Queue, Worker } from 'bullmq'
import { CONCURRENCY, type Handlers, JOB_KINDS, type Job, type Jobs } from './jobs.ts'

const PREFIX = 'throughline'
const ANSWER_MS = 2_000
/** A job of a worker that was killed is given to another one after at most the two together. */
const DEATH = { lockDuration: 15_000, stalledInterval: 10_000 }

/** `namespace` keeps installations that share one Redis apart. */
export function redisJobs(url: string, namespace: string): Jobs {
  const connection = connectionOf(url)
  const prefix = `${PREFIX}:${namespace}`
  const queues = Object.fromEntries(
    JOB_KINDS.map((kind) => [
      kind,
      new Queue(kind, {
        connection: { ...connection, maxRetriesPerRequest: 1, enableOfflineQueue: false },
        prefix,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true }
      })
    ])
  )
  const workers: Worker[] = []
  const stop = new AbortController()
  let repair: NodeJS.Timeout | null = null
  for (const queue of Object.values(queues)) queue.on('error', () => {})

  return {
    async wake({ kind, id }) {
      // A wake that cannot be sent is not lost: the next tick finds the work in the tables.
      const sent = queues[kind]?.add(kind, { id }, { deduplication: { id: `${kind}:${id}`, keepLastIfActive: true } })
      await inTime(sent).catch(() => {})
    },
    async work(handlers: Handlers, { tickSeconds, onError }) {
      for (const kind of JOB_KINDS) {
        const worker = new Worker(
          kind,
          async (job: BullJob<{ id?: string }>) => {
            const id = job.data.id ?? 'all'
            await handlers[kind](id, stop.signal).catch((error: unknown) => {
              if (!stop.signal.aborted) onError({ kind, id } satisfies Job, error)
            })
          },
          {
            connection: { ...connection, maxRetriesPerRequest: null },
            prefix,
            concurrency: CONCURRENCY[kind],
            ...DEATH
          }
        )
        worker.on('error', (error) => onError({ kind, id: 'worker' }, error))
        workers.push(worker)
      }
      const schedule = async () => {
        try {
          // Only when it is missing: making it again would put the next tick off.
          if (await inTime(queues.tick?.getJobScheduler('tick'))) return
          await inTime(queues.tick?.upsertJobScheduler('tick', { every: tickSeconds * 1000 }, { data: { id: 'all' } }))
        } catch (error) {
          onError({ kind: 'tick', id: 'schedule' }, error)
        }
      }
      await schedule()
      // The schedule itself lives in Redis: after a flush it is made again.
      repair = setInterval(() => void schedule(), tickSeconds * 1000)
      repair.unref()
    },
    async close(graceMs = 10_000) {
      if (repair) clearInterval(repair)
      const timer = setTimeout(() => stop.abort(new Error('closing')), graceMs)
      timer.unref()
      await Promise.allSettled(workers.map((worker) => worker.close()))
      clearTimeout(timer)
      stop.abort()
      await Promise.allSettled(Object.values(queues).map((queue) => queue.close()))
    }
  }
}

/** BullMQ waits for a Redis that is away without end; whoever asked must not. */
async function inTime<T>(asked: Promise<T> | undefined): Promise<T | undefined> {
  const patience = new AbortController()
  const tooLong = sleep(ANSWER_MS, undefined, { signal: patience.signal }).then(() => {
    throw new Error('Redis does not answer.')
  })
  tooLong.catch(() => {})
  try {
    return await Promise.race([asked, tooLong])
  } finally {
    patience.abort()
  }
}

function connectionOf(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url)
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {})
  }
}
