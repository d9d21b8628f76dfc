/** What only several processes, and a Redis that fails, can show of the queue. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { CONCURRENCY } from '../../src/jobs/jobs.ts'
import { emptied, wayToRedis } from '../transport/redis.ts'
import { aMoment, Bench, NEVER, open, until, worker } from './bench.ts'
import { REDIS } from './drivers.ts'

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
    await emptied(namespace, REDIS)
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
  'jobs in Redis when it is emptied are found again by the tick': async () => {
    const bench = new Bench()
    const namespace = randomBytes(6).toString('hex')
    const jobs = redisJobs(REDIS, namespace)
    open.push(jobs)
    const due = new Set(Array.from({ length: CONCURRENCY.sync + 5 }, (_, n) => `scope ${n}`))
    const handlers = bench.handlers()
    const work = handlers.sync
    handlers.sync = async (id, signal) => {
      await work(id, signal)
      due.delete(id)
    }
    handlers.tick = async () => {
      for (const id of due) await jobs.wake({ kind: 'sync', id })
    }
    await jobs.work(handlers, { tickSeconds: 1, onError: bench.onError })
    await until(() => bench.running === CONCURRENCY.sync)
    await emptied(namespace, REDIS)
    bench.hold = false
    bench.letGo()
    await until(() => due.size === 0)
  },
  'a Redis that is away costs no wake an error or more than a moment, and workers come back by themselves':
    async () => {
      await using way = await wayToRedis()
      const bench = new Bench()
      bench.hold = false
      const jobs = redisJobs(way.url, randomBytes(6).toString('hex'))
      open.push(jobs)
      let ticks = 0
      const handlers = bench.handlers()
      handlers.tick = async () => void ticks++
      await jobs.work(handlers, { tickSeconds: 1, onError: bench.onError })
      await until(() => ticks > 0)
      for (const state of ['cut', 'silent'] as const) {
        way.be(state)
        await aMoment()
        const began = performance.now()
        for (let n = 0; n < 3; n++) await jobs.wake({ kind: 'judge', id: `${state} ${n}` })
        expect(performance.now() - began).toBeLessThan(5_000)
        way.be('open')
        const before = ticks
        await until(() => ticks >= before + 2)
        await jobs.wake({ kind: 'report', id: state })
        await until(() => bench.ended.includes(`report ${state}`))
      }
      // One word for each time it was away, not one for every worker and attempt.
      expect(bench.errors.length).toBeLessThanOrEqual(4)
    },
  'a worker that starts while Redis is away begins when it is there': async () => {
    await using way = await wayToRedis()
    way.be('cut')
    const bench = new Bench()
    bench.hold = false
    const jobs = redisJobs(way.url, randomBytes(6).toString('hex'))
    open.push(jobs)
    let ticks = 0
    const handlers = bench.handlers()
    handlers.tick = async () => void ticks++
    await jobs.work(handlers, { tickSeconds: 1, onError: bench.onError })
    await aMoment()
    way.be('open')
    await until(() => ticks > 0)
    await jobs.wake({ kind: 'judge', id: 'all' })
    await until(() => bench.ended.includes('judge all'))
  },
  'a process closes and ends though Redis is gone': async () => {
    for (const state of ['cut', 'silent'] as const) {
      await using way = await wayToRedis()
      const { child, said, ended, says } = worker(way.url, randomBytes(6).toString('hex'), 'stays')
      await says('works')
      await aMoment()
      way.be(state)
      child.stdin.end()
      expect([state, await ended, said.at(-1)]).toEqual([state, 0, 'closed'])
    }
  },
  'the job of a worker that was killed is done by another one, however often that happens': async () => {
    const namespace = randomBytes(6).toString('hex')
    const waker = redisJobs(REDIS, namespace)
    open.push(waker)
    await waker.wake({ kind: 'sync', id: 'a' })
    for (let times = 0; times < 2; times++) {
      const { child, ended, said } = worker(REDIS, namespace, 'hangs')
      await vi.waitFor(() => expect(said).toContain('sync a'), { timeout: 60_000, interval: 50 })
      child.kill('SIGKILL')
      await ended
    }
    const bench = new Bench()
    bench.hold = false
    const jobs = redisJobs(REDIS, namespace)
    open.push(jobs)
    await jobs.work(bench.handlers(), { tickSeconds: NEVER, onError: bench.onError })
    await vi.waitFor(() => expect(bench.ended).toEqual(['sync a']), { timeout: 60_000, interval: 50 })
    await waker.wake({ kind: 'sync', id: 'a' })
    await until(() => bench.ended.length === 2)
  },
  'a Redis that cannot be reached costs a wake nothing but itself': async () => {
    const jobs = redisJobs('redis://127.0.0.1:1/0', 'nobody')
    await jobs.wake({ kind: 'tick', id: 'all' })
    await jobs.close(100)
  }
}
describe('jobs over Redis', () =>
  test.each(Object.entries(overRedis))('%s', { timeout: 150_000 }, (_title, run) => run()))
