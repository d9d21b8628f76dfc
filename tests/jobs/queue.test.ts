/** The contract of the queue port, for every driver. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CONCURRENCY } from '../../src/jobs/jobs.ts'
import { aMoment, Bench, NEVER, open, until, worker } from './bench.ts'
import { DRIVERS } from './drivers.ts'

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

  test('a tick comes at once when work begins', async () => {
    const bench = new Bench()
    let ticks = 0
    const handlers = bench.handlers()
    handlers.tick = async () => void ticks++
    await start(bench, handlers)
    await until(() => ticks === 1)
  })

  test('work that nobody was woken for is found by the tick', async () => {
    const bench = new Bench()
    bench.hold = false
    const due = new Set(['a', 'b'])
    const handlers = bench.handlers()
    const jobs = driver.open()
    open.push(jobs)
    handlers.tick = async () => {
      for (const id of due) await jobs.wake({ kind: 'sync', id })
    }
    handlers.sync = async (id) => {
      due.delete(id)
      bench.ended.push(id)
    }
    await jobs.work(handlers, { tickSeconds: 1, onError: bench.onError })
    await until(() => bench.ended.length >= 2)
    // Later, when nothing is due any more, something becomes so and its wake is lost.
    due.add('c')
    await until(() => due.size === 0)
    expect([bench.ended.toSorted(), bench.errors]).toEqual([['a', 'b', 'c'], []])
  })

  test('a job that fails every time does not stop those of its kind', async () => {
    const bench = new Bench()
    bench.hold = false
    const handlers = bench.handlers()
    handlers.judge = async (id) => {
      if (id === 'bad') throw new Error('bad')
      bench.ended.push(id)
    }
    const jobs = await start(bench, handlers)
    for (let n = 0; n < 3; n++) {
      await jobs.wake({ kind: 'judge', id: 'bad' })
      await until(() => bench.errors.length === n + 1)
    }
    await jobs.wake({ kind: 'judge', id: 'good' })
    await until(() => bench.ended.length === 1)
    expect(bench.errors.map(([job, words]) => [job.id, words])).toEqual(Array.from({ length: 3 }, () => ['bad', 'bad']))
  })

  test('closed it may be woken and closed again, and does nothing', async () => {
    const bench = new Bench()
    bench.hold = false
    const jobs = await start(bench)
    await jobs.close(100)
    await jobs.wake({ kind: 'judge', id: 'all' })
    await jobs.close(100)
    await aMoment()
    expect([bench.begun, bench.errors]).toEqual([[], []])
  })

  test('a process that closed its jobs has nothing left that keeps it alive', async () => {
    const { said, ended } = worker(driver.redis, randomBytes(6).toString('hex'), 'ends')
    expect(await ended).toBe(0)
    expect(said).toEqual(['works', 'judge all', 'closed'])
  })
})
