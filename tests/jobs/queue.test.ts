import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { CONCURRENCY, type Handlers, JOB_KINDS, type Job, type JobKind, type Jobs } from '../../src/jobs/jobs.ts'
import { DRIVERS, emptyRedis, onRedis, REDIS } from './drivers.ts'

const open: Jobs[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.close(100)))
})

/** Work that says when it begins, and ends when it is let go. */
class Bench {
  readonly begun: string[] = []
  readonly ended: string[] = []
  readonly errors: [Job, string][] = []
  running = 0
  most = 0
  #waiting: (() => void)[] = []
  hold = true

  handlers(kinds: JobKind[] = ['sync', 'judge', 'deliver', 'report']): Handlers {
    const idle = async () => {}
    const handlers: Record<string, Handlers[JobKind]> = Object.fromEntries(JOB_KINDS.map((kind) => [kind, idle]))
    for (const kind of kinds) {
      handlers[kind] = async (id) => {
        this.begun.push(`${kind} ${id}`)
        this.most = Math.max(this.most, ++this.running)
        if (this.hold) await new Promise<void>((go) => this.#waiting.push(go))
        this.running--
        this.ended.push(`${kind} ${id}`)
      }
    }
    return handlers as Handlers
  }

  letGo(): void {
    for (const go of this.#waiting.splice(0)) go()
  }

  readonly onError = (job: Job, error: unknown): void => void this.errors.push([job, (error as Error).message])
}

const until = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 15_000, interval: 20 })
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300))
/** No tick within a test that does not look for one. */
const NEVER = 59

describe.each(DRIVERS)('jobs, $name', (driver) => {
  const start = async (bench: Bench, handlers = bench.handlers(), tickSeconds = NEVER) => {
    const jobs = driver.open()
    open.push(jobs)
    await jobs.work(handlers, { tickSeconds, onError: bench.onError })
    return jobs
  }

  test('many wakes for the same job while it waits are one', async () => {
    const bench = new Bench()
    const jobs = driver.open()
    open.push(jobs)
    for (let n = 0; n < 20; n++) await jobs.wake({ kind: 'judge', id: 'all' })
    bench.hold = false
    await jobs.work(bench.handlers(), { tickSeconds: NEVER, onError: bench.onError })
    await until(() => bench.ended.length > 0)
    await aMoment()
    expect(bench.begun).toEqual(['judge all'])
  })

  test('jobs of other ids and kinds are others', async () => {
    const bench = new Bench()
    bench.hold = false
    const jobs = await start(bench)
    await jobs.wake({ kind: 'sync', id: 'a' })
    await jobs.wake({ kind: 'sync', id: 'b' })
    await jobs.wake({ kind: 'report', id: 'a' })
    await until(() => bench.ended.length === 3)
    expect(bench.ended.toSorted()).toEqual(['report a', 'sync a', 'sync b'])
  })

  test('wakes while the job runs lead to one more run, after this one', async () => {
    const bench = new Bench()
    const jobs = await start(bench)
    await jobs.wake({ kind: 'deliver', id: 'all' })
    await until(() => bench.begun.length === 1)
    for (let n = 0; n < 5; n++) await jobs.wake({ kind: 'deliver', id: 'all' })
    await aMoment()
    expect(bench.begun).toEqual(['deliver all'])
    bench.letGo()
    await until(() => bench.begun.length === 2)
    bench.letGo()
    await until(() => bench.ended.length === 2)
    await aMoment()
    expect([bench.begun.length, bench.most]).toEqual([2, 1])
  })

  test('at most so many jobs of a kind run at once, and other kinds do not wait for them', async () => {
    const bench = new Bench()
    const jobs = await start(bench)
    for (let n = 0; n < CONCURRENCY.sync + 3; n++) await jobs.wake({ kind: 'sync', id: `scope ${n}` })
    await until(() => bench.running === CONCURRENCY.sync)
    await aMoment()
    expect(bench.begun).toHaveLength(CONCURRENCY.sync)
    await jobs.wake({ kind: 'judge', id: 'all' })
    await until(() => bench.begun.includes('judge all'))
    bench.hold = false
    bench.letGo()
    await until(() => bench.ended.length === CONCURRENCY.sync + 4)
    expect(bench.most).toBe(CONCURRENCY.sync + 1)
  })

  test('an error reaches onError with its job, and the next job runs', async () => {
    const bench = new Bench()
    bench.hold = false
    const handlers = bench.handlers()
    handlers.report = async (id) => {
      throw new Error(`no ${id}`)
    }
    const jobs = await start(bench, handlers)
    await jobs.wake({ kind: 'report', id: 'x' })
    await until(() => bench.errors.length === 1)
    expect(bench.errors).toEqual([[{ kind: 'report', id: 'x' }, 'no x']])
    await jobs.wake({ kind: 'report', id: 'x' })
    await jobs.wake({ kind: 'sync', id: 'y' })
    await until(() => bench.errors.length === 2 && bench.ended.length === 1)
  })

  test('ticks come by themselves, one at a time', async () => {
    const bench = new Bench()
    let ticks = 0
    let at = 0
    const handlers = bench.handlers()
    handlers.tick = async () => {
      expect(++at).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 50))
      at--
      ticks++
    }
    await start(bench, handlers, 1)
    await until(() => ticks >= 3)
    expect(bench.errors).toEqual([])
  })

  test('closing takes nothing new and waits for what runs', async () => {
    const bench = new Bench()
    const jobs = await start(bench)
    await jobs.wake({ kind: 'judge', id: 'all' })
    await until(() => bench.begun.length === 1)
    let closed = false
    const closing = jobs.close(10_000).then(() => {
      closed = true
    })
    await aMoment()
    await jobs.wake({ kind: 'deliver', id: 'all' })
    await aMoment()
    expect(closed).toBe(false)
    bench.letGo()
    await closing
    expect([bench.begun, bench.ended]).toEqual([['judge all'], ['judge all']])
  })

  test('what does not end by itself is told to stop when the grace is over', async () => {
    const bench = new Bench()
    let stopped = ''
    let begun = false
    const handlers = bench.handlers([])
    handlers.sync = (_id, signal) => {
      begun = true
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped = (signal.reason as Error).message
          reject(signal.reason)
        })
      })
    }
    const jobs = await start(bench, handlers)
    await jobs.wake({ kind: 'sync', id: 'a' })
    await until(() => begun)
    await jobs.close(200)
    expect([stopped, bench.errors]).toEqual(['closing', []])
  })
})

const overRedis: Record<string, () => Promise<void>> = {
  'an emptied Redis loses no tick for long, and jobs go on': async () => {
    const bench = new Bench()
    const namespace = randomBytes(6).toString('hex')
    const jobs = redisJobs(REDIS, namespace)
    open.push(jobs)
    let ticks = 0
    const handlers = bench.handlers()
    handlers.tick = async () => void ticks++
    await jobs.work(handlers, { tickSeconds: 1, onError: bench.onError })
    await until(() => ticks >= 1)
    await jobs.wake({ kind: 'judge', id: 'all' })
    await until(() => bench.begun.length === 1)
    await emptyRedis()
    const before = ticks
    bench.letGo()
    await until(() => ticks >= before + 2)
    bench.hold = false
    await jobs.wake({ kind: 'judge', id: 'all' })
    await until(() => bench.ended.length === 2)
    expect(bench.begun).toEqual(['judge all', 'judge all'])
  },
  'two processes on one queue share the work and tick as one': async () => {
    const namespace = randomBytes(6).toString('hex')
    const benches = [new Bench(), new Bench()]
    let ticks = 0
    const queues = benches.map(() => redisJobs(REDIS, namespace))
    open.push(...queues)
    for (const [index, bench] of benches.entries()) {
      const handlers = bench.handlers()
      handlers.tick = async () => void ticks++
      await queues[index]?.work(handlers, { tickSeconds: 1, onError: bench.onError })
    }
    for (let n = 0; n < 2 * CONCURRENCY.sync; n++) await queues[0]?.wake({ kind: 'sync', id: `scope ${n}` })
    await until(() => benches.every(({ running }) => running === CONCURRENCY.sync))
    const began = Date.now()
    ticks = 0
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect(ticks).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 1000) + 1)
    expect(ticks).toBeGreaterThanOrEqual(2)
    for (const bench of benches) bench.letGo()
    expect(benches.flatMap(({ begun }) => begun).toSorted()).toEqual(
      Array.from({ length: 2 * CONCURRENCY.sync }, (_, n) => `sync scope ${n}`).toSorted()
    )
  },
  'a Redis that cannot be reached costs a wake nothing but itself': async () => {
    const jobs = redisJobs('redis://127.0.0.1:1/0', 'nobody')
    await jobs.wake({ kind: 'tick', id: 'all' })
    await jobs.close(100)
  }
}
if (onRedis) describe('jobs over Redis', () => test.each(Object.entries(overRedis))('%s', (_title, run) => run()))
