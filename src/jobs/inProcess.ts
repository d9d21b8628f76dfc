/** Jobs inside this process: p-queue for concurrency, croner for the tick. */
import { Cron } from 'croner'
import PQueue from 'p-queue'
import { CONCURRENCY, type Handlers, JOB_KINDS, type Job, type JobKind, type Jobs } from './jobs.ts'

export function inProcessJobs(): Jobs {
  const queues = Object.fromEntries(
    JOB_KINDS.map((kind) => [kind, new PQueue({ concurrency: CONCURRENCY[kind], autoStart: false })])
  ) as Record<JobKind, PQueue>
  const waiting = new Set<string>()
  const stop = new AbortController()
  let closing = false
  let handle: ((job: Job) => Promise<void>) | null = null
  let clock: Cron | null = null

  const wake = async (job: Job): Promise<void> => {
    const key = `${job.kind}:${job.id}`
    if (closing || waiting.has(key)) return
    waiting.add(key)
    void queues[job.kind].add(async () => {
      waiting.delete(key)
      await handle?.(job)
    })
  }

  return {
    wake,
    async work(handlers: Handlers, { tickSeconds, onError }) {
      handle = async (job) => {
        try {
          await handlers[job.kind](job.id, stop.signal)
        } catch (error) {
          if (!stop.signal.aborted) onError(job, error)
        }
      }
      clock = new Cron(`*/${tickSeconds} * * * * *`, { unref: true }, () => void wake({ kind: 'tick', id: 'all' }))
      for (const queue of Object.values(queues)) queue.start()
      await wake({ kind: 'tick', id: 'all' })
    },
    async close(graceMs = 10_000) {
      closing = true
      clock?.stop()
      for (const queue of Object.values(queues)) queue.clear()
      const idle = Promise.all(Object.values(queues).map((queue) => queue.onIdle()))
      const timer = setTimeout(() => stop.abort(new Error('closing')), graceMs)
      timer.unref()
      if (!handle) stop.abort()
      else await idle
      clearTimeout(timer)
      stop.abort()
    }
  }
}
