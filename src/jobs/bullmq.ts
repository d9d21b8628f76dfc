/**
 * Jobs over Redis for several machines: BullMQ for waking and concurrency only. Nothing durable lives there; an emptied
 * Redis costs at most one tick.
 *
 * Guarantee: no wake throws, and none takes longer than `WAKE_MS`; workers that lost Redis come back by themselves, with
 * the tick; a job whose worker was killed is given to another one, however often that happens; closing leaves nothing
 * open, whether Redis answers or not. Limit: a job runs at least once, and after a worker stood still for longer than its
 * lock twice at the same time: what it does must bear that.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Job as BullJob, Queue, Worker } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import { CONCURRENCY, type Handlers, JOB_KINDS, type Job, type JobKind, type Jobs } from './jobs.ts'

const PREFIX = 'throughline'
const ANSWER_MS = 2_000
/** A webhook is acknowledged after its wake, and has a second. */
const WAKE_MS = 500
/** A job of a worker that was killed is given to another one after at most the two times together; always. */
const DEATH = { lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: Number.MAX_SAFE_INTEGER }

/** `namespace` keeps installations that share one Redis apart. */
export function redisJobs(url: string, namespace: string): Jobs {
  const queues = openQueues(url, namespace)
  const clients = clientsOf(url, { maxRetriesPerRequest: null })
  const workers: Worker[] = []
  const stop = new AbortController()
  let repair: NodeJS.Timeout | null = null

  const schedule = async (seconds: number) => {
    await Promise.all(Object.values(queues.all).map((queue) => inTime(ANSWER_MS, forgetLost(queue, queues.client))))
    const there = await inTime(ANSWER_MS, queues.all.tick.getJobScheduler('tick'))
    // Only when it is missing, or its job is lost: making it again would put the next tick off.
    if (there && (there.next ?? 0) > Date.now() - LATE_TICKS * seconds * 1000) return
    if (there) await inTime(ANSWER_MS, queues.all.tick.removeJobScheduler('tick'))
    const every = { every: seconds * 1000 }
    await inTime(ANSWER_MS, queues.all.tick.upsertJobScheduler('tick', every, { data: { id: 'all' } }))
  }

  return {
    async wake({ kind, id }) {
      // A wake that cannot be sent is not lost: the next tick finds the work in the tables.
      const once = { deduplication: { id: `${kind}:${id}`, keepLastIfActive: true } }
      await inTime(WAKE_MS, queues.all[kind].add(kind, { id }, once)).catch(() => {})
    },
    async work(handlers: Handlers, { tickSeconds, onError }) {
      let away = false
      for (const kind of JOB_KINDS) {
        const work = async (job: BullJob<{ id?: string }>) => {
          const id = job.data.id ?? 'all'
          await handlers[kind](id, stop.signal).catch((error: unknown) => {
            if (!stop.signal.aborted) onError({ kind, id } satisfies Job, error)
          })
        }
        const worker = new Worker(kind, work, {
          connection: clients.first,
          prefix: prefixOf(namespace),
          concurrency: CONCURRENCY[kind],
          ...DEATH
        })
        worker.on('ready', () => {
          away = false
        })
        // Every worker says again and again that Redis is away; once is enough.
        worker.on('error', (error) => {
          if (!away && !stop.signal.aborted) onError({ kind, id: 'worker' }, error)
          away = true
        })
        workers.push(worker)
      }
      const scheduled = () =>
        schedule(tickSeconds).catch((error: unknown) => {
          if (!away) onError({ kind: 'tick', id: 'schedule' }, error)
          away = true
        })
      await scheduled()
      // The schedule itself lives in Redis: after a flush it is made again.
      repair = setInterval(() => void scheduled(), tickSeconds * 1000)
      repair.unref()
    },
    async close(graceMs = 10_000) {
      if (repair) clearInterval(repair)
      const timer = setTimeout(() => stop.abort(new Error('closing')), graceMs)
      timer.unref()
      // A Redis that is gone is waited for no longer than the work itself.
      await Promise.all(workers.map((worker) => inTime(graceMs + ANSWER_MS, worker.close()).catch(() => {})))
      clearTimeout(timer)
      stop.abort()
      clients.end()
      queues.close()
    }
  }
}

/** A tick that is so many ticks late has lost its job. */
const LATE_TICKS = 3

/**
 * A Redis that throws keys away may lose a job and keep the word that it is there, and every further wake would be taken
 * for the same. Where nothing waits and nothing runs, no such word is true.
 */
async function forgetLost(queue: Queue, client: Redis): Promise<void> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
  if (Object.values(counts).some((count) => count > 0)) return
  const words = await client.keys(`${queue.toKey('de:')}*`)
  if (words.length > 0) await client.del(...words)
}

export interface Queues {
  all: Readonly<Record<JobKind, Queue>>
  client: Redis
  close(): void
}

/** The queue of every kind. What is asked of one while Redis is away fails. */
export function openQueues(url: string, namespace: string): Queues {
  const clients = clientsOf(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false })
  const open = (kind: JobKind) => {
    const queue = new Queue(kind, {
      connection: clients.first,
      prefix: prefixOf(namespace),
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true }
    })
    // Said once more by every call that fails.
    queue.on('error', () => {})
    return queue
  }
  const all = Object.fromEntries(JOB_KINDS.map((kind) => [kind, open(kind)])) as Record<JobKind, Queue>
  return { all, client: clients.first, close: () => clients.end() }
}

const prefixOf = (namespace: string): string => `${PREFIX}:${namespace}`

/** BullMQ waits for a Redis that is away without end; whoever asked must not. */
async function inTime<T>(ms: number, asked: Promise<T>): Promise<T> {
  const patience = new AbortController()
  const tooLong = sleep(ms, undefined, { signal: patience.signal }).then(() => {
    throw new Error('Redis does not answer.')
  })
  tooLong.catch(() => {})
  asked.catch(() => {})
  try {
    return await Promise.race([asked, tooLong])
  } finally {
    patience.abort()
  }
}

type Patience = Pick<RedisOptions, 'maxRetriesPerRequest' | 'enableOfflineQueue'>

/**
 * A client and all that BullMQ copies from it. BullMQ takes leave of Redis with a word and waits for the answer; here
 * they can all be ended without one, or a process whose Redis is gone would never end.
 */
function clientsOf(url: string, options: Patience): { first: Redis; end(): void } {
  const all: Redis[] = []
  const known = (client: Redis): Redis => {
    const duplicate = client.duplicate.bind(client)
    client.duplicate = (other?: Partial<RedisOptions>) => known(duplicate(other ?? {}))
    client.on('error', () => {})
    all.push(client)
    return client
  }
  return {
    first: known(new Redis(url, options)),
    end() {
      for (const client of all) client.disconnect()
    }
  }
}
