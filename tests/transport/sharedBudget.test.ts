/** Budgets over several processes and one real Redis, against a tool that keeps its own count. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { SlidingLog } from '../../sandbox/kit/slidingLog.ts'
import type { Budget } from '../../src/adapter.ts'
import type { Meters, Urgency } from '../../src/transport/budget.ts'
import { sharedMeters } from '../../src/transport/sharedLog.ts'
import { emptied, REDIS, wayToRedis } from './redis.ts'

const READER = fileURLToPath(new URL('reader.fixture.ts', import.meta.url))
const SECOND = { amount: 20, perMs: 1000 }

/** A tool that lets 20 requests through in any second. */
let tool: Server
let address: string
let log: SlidingLog
let answered: number[]

let namespace: string
const open: Meters[] = []
const children: ChildProcess[] = []

const aProcess = (url = REDIS, options: Parameters<typeof sharedMeters>[2] = {}): Meters => {
  const meters = sharedMeters(url, namespace, options)
  open.push(meters)
  return meters
}
const of = (meters: Meters, window: Partial<Budget>, name = 'requests') =>
  meters.meter('tool', { name, scope: 'token', ...SECOND, ...window }, 'one token')

/** Readers beside each other; resolves when all are through. */
function readers(count: number, requests: number, url = REDIS): Promise<void> {
  const all = Array.from({ length: count }, async () => {
    const child = spawn(process.execPath, [READER, url, namespace, address, String(requests)], { stdio: 'inherit' })
    children.push(child)
    expect((await once(child, 'exit'))[0]).toBe(0)
  })
  return Promise.all(all).then(() => {})
}

beforeAll(async () => {
  tool = createServer((_request, response) => {
    const now = performance.now()
    const status = log.left(now) > 0 ? 200 : 429
    if (status === 200) log.add(now)
    answered.push(status)
    response.writeHead(status).end()
  })
  tool.listen(0, '127.0.0.1')
  await once(tool, 'listening')
  address = `http://127.0.0.1:${(tool.address() as AddressInfo).port}/`
})
afterAll(() => {
  tool.closeAllConnections()
  tool.close()
})
beforeEach(() => {
  namespace = `test-${randomBytes(6).toString('hex')}`
  log = new SlidingLog(SECOND.perMs, SECOND.amount)
  answered = []
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(open.splice(0).map((meters) => meters.close()))
})

const allServed = (count: number) => expect(answered).toEqual(Array.from({ length: count }, () => 200))

const cases: Record<string, () => Promise<void>> = {
  'are never overdrawn, though three processes ask as often as they may': async () => {
    const began = performance.now()
    await readers(3, 40)
    allServed(120)
    // 120 requests at 20 a second, the first 20 at once.
    expect(performance.now() - began).toBeGreaterThan(5_000)
  },

  'are not overdrawn when Redis is flushed in the middle': async () => {
    const reading = readers(3, 40)
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(30), { timeout: 30_000, interval: 5 })
    await emptied(namespace)
    await reading
    allServed(120)
  },

  'are not overdrawn when Redis goes away in the middle and comes back': async () => {
    await using way = await wayToRedis()
    const reading = readers(3, 60, way.url)
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(30), { timeout: 30_000, interval: 5 })
    way.be('cut')
    const before = answered.length
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(before + 45), { timeout: 60_000, interval: 20 })
    way.be('open')
    await reading
    allServed(180)
  },

  'are not overdrawn, and nobody hangs, when Redis goes silent': async () => {
    await using way = await wayToRedis()
    const reading = readers(2, 50, way.url)
    await vi.waitFor(() => expect(answered.length).toBeGreaterThan(30), { timeout: 30_000, interval: 5 })
    way.be('silent')
    await reading
    allServed(100)
  },

  'are used in a safe share by a process that never reached Redis': async () => {
    const meter = of(aProcess('redis://127.0.0.1:1/0'), {})
    const units = await Promise.all(Array.from({ length: 5 }, () => meter.take(1, 1)))
    expect(units).toHaveLength(5)
    expect(await meter.usage()).toEqual({ used: 5, amount: 20 })
    // It reckons with three others: a quarter of 20 is 5, the sixth waits for one to come back.
    const sixth = meter.take(1, 1)
    expect(await Promise.race([sixth.then(() => 'passed'), sleep(100, 'waits')])).toBe('waits')
    units[0]?.(false)
    await sixth
  },

  'are told as used over all processes, by one that used none of them': async () => {
    const [busy, idle] = [aProcess(), aProcess()].map((meters) => of(meters, { perMs: 60_000 }))
    for (const giveBack of await Promise.all([1, 2, 3].map(() => busy!.take(1, 1)))) giveBack(true)
    await busy!.take(4, 1)
    await vi.waitFor(async () => expect(await idle!.usage()).toEqual({ used: 7, amount: 20 }))
    busy!.learn({ amount: 40 })
    await vi.waitFor(async () => expect(await idle!.usage()).toEqual({ used: 7, amount: 40 }))
  },

  'are given out most urgent first, whichever process asks, and among equals in turns': async () => {
    const [holder, a, b] = [aProcess(), aProcess(), aProcess()].map((meters) => of(meters, { amount: 1, perMs: 50 }))
    const order: string[] = []
    const giveBack = await holder!.take(1, 2)
    const asked: Promise<unknown>[] = []
    for (const [meter, name, urgency] of [
      [a, 'a sweeps', 2],
      [a, 'a sweeps again', 2],
      [b, 'b sweeps', 2],
      [b, 'b pulls', 1],
      [a, 'a comments', 0]
    ] as const) {
      asked.push(
        meter!.take(1, urgency as Urgency).then((back) => {
          order.push(name)
          back(true)
        })
      )
      await sleep(50)
    }
    giveBack(true)
    await Promise.all(asked)
    // Having been overtaken by its own comment, `a` asked for its sweeps after `b` had asked for its own.
    expect(order.slice(0, 2)).toEqual(['a comments', 'b pulls'])
    expect(order.slice(2).filter((name) => name.startsWith('a'))).toEqual(['a sweeps', 'a sweeps again'])
    expect(order.slice(2).indexOf('b sweeps')).toBeLessThan(2)
  },

  'once closed are closed for all': async () => {
    const [one, other] = [of(aProcess(), {}), of(aProcess(), {})]
    for (const meter of [one, other]) (await meter.take(1, 1))(true)
    one.close(600_000)
    // What one process sends arrives in its order: the word is there before this question.
    await expect(one.take(1, 1, { patience: 60_000 })).rejects.toMatchObject({ name: 'BudgetUsedUp' })
    const refused = await other.take(1, 0, { patience: 60_000 }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'BudgetUsedUp' })
    expect((refused as { forMs: number }).forMs).toBeGreaterThan(590_000)
  },

  'have the size and what is left that the tool told one of them': async () => {
    const hour = { perMs: 3_600_000 }
    const [one, other] = [of(aProcess(), hour), of(aProcess(), hour)]
    ;(await one.take(1, 1))(true)
    one.learn({ amount: 10, left: 3, resetMs: 1_800_000 })
    for (let taken = 0; taken < 3; taken++) (await other.take(1, 1))(true)
    const refused = await other.take(1, 1, { patience: 60_000 }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'BudgetUsedUp' })
    expect((refused as { forMs: number }).forMs).toBeLessThanOrEqual(1_804_000)
  },

  'do not count what was taken and not used': async () => {
    const hour = { amount: 1, perMs: 3_600_000 }
    const [one, other] = [of(aProcess(), hour), of(aProcess(), hour)]
    const giveBack = await one.take(1, 1)
    const waiting = other.take(1, 1)
    await sleep(100)
    giveBack(false)
    ;(await waiting)(false)
    await one.take(1, 1)
  },

  'that count by the day begin anew at midnight, UTC': async () => {
    let now = Date.UTC(2026, 10, 20, 22)
    const day = { amount: 2, perMs: 86_400_000, calendarDay: true }
    const [one, other] = [aProcess(REDIS, { now: () => now }), aProcess(REDIS, { now: () => now })].map((m) =>
      of(m, day)
    )
    ;(await one!.take(2, 1))(true)
    const refused = await other!.take(1, 1, { patience: 60_000 }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'BudgetUsedUp', forMs: 2 * 3_600_000 })
    now = Date.UTC(2026, 10, 21)
    await other!.take(1, 1)
  },

  'of a process that was killed come back: its lease, then the period': async () => {
    let now = Date.UTC(2026, 10, 20)
    const child = spawn(process.execPath, [READER, REDIS, namespace, address, '0', String(now)])
    children.push(child)
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const meter = of(aProcess(REDIS, { now: () => now }), {})
    const asks = async (patience: number) => {
      const stop = AbortSignal.timeout(300)
      return meter.take(1, 1, { patience, signal: stop }).then(
        () => 'passed',
        (error: { name: string }) => error.name
      )
    }
    now += 29_000
    expect(await asks(1e9)).toBe('TimeoutError')
    now += 1_500
    // The lease is over: for how long it counts is known now.
    expect(await asks(100)).toBe('BudgetUsedUp')
    now += 500
    expect(await asks(1e9)).toBe('passed')
  },

  'do not wait for a process that was killed while it was first in line': async () => {
    const child = spawn(process.execPath, [READER, REDIS, namespace, address, '0'])
    children.push(child)
    const holder = of(aProcess(), {})
    const giveBack = await holder.take(20, 0)
    await sleep(1_500)
    child.kill('SIGKILL')
    const next = of(aProcess(), {}).take(1, 2)
    giveBack(false)
    ;(await next)(true)
  },

  'and lanes: one thing after the other, whichever process does it': async () => {
    const processes = [aProcess(), aProcess(), aProcess()]
    let busy = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++busy)
      await sleep(5)
      busy--
    }
    await Promise.all(processes.flatMap((meters) => Array.from({ length: 10 }, () => meters.lane('board', work))))
    expect(most).toBe(1)
    const failed = processes[0]!.lane('board', async () => {
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await processes[1]!.lane('board', async () => 'done')).toBe('done')
  },

  'leave nothing open in Redis when they are closed': async () => {
    await using way = await wayToRedis()
    const meters = aProcess(way.url)
    ;(await of(meters, {}).take(1, 1))(true)
    expect(way.connections()).toBe(2)
    await meters.close()
    await vi.waitFor(() => expect(way.connections()).toBe(0))
  }
}

// Other processes share the cores, and the tool's clock does not wait for them.
describe('Budgets shared through Redis', { retry: 2 }, () =>
  it.each(Object.entries(cases))('%s', (_title, run) => run())
)
