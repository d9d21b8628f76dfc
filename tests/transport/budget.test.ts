import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Meter, type Urgency } from '../../src/transport/budget.ts'
import { fakeClock } from '../helpers/clock.ts'

interface Sent {
  at: number
  answeredAt: number
  units: number
  /** Between 0 and 1: where on its way the tool's clock ticked. */
  counted: number
}

describe('A budget', () => {
  const request = fc.record({
    after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })),
    latency: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })),
    units: fc.integer({ min: 1, max: 4 }),
    urgency: fc.constantFrom<Urgency>(0, 1, 2),
    counted: fc.double({ min: 0, max: 1, noNaN: true })
  })

  it('never lets more than its amount into any window, whatever the latencies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 10, max: 2000 }),
        fc.array(request, { minLength: 1, maxLength: 40 }),
        async (amount, perMs, requests) => {
          const clock = fakeClock()
          const meter = new Meter({ amount, perMs }, clock)
          const sent: Sent[] = []
          const all = Promise.all(
            requests.map(async ({ after, latency, urgency, counted, ...asked }) => {
              await clock.sleep(after)
              const units = Math.min(asked.units, amount)
              const giveBack = await meter.take(units, urgency)
              const at = clock.now()
              await clock.sleep(latency)
              sent.push({ at, answeredAt: clock.now(), units, counted })
              giveBack(true)
            })
          )
          await clock.run()
          await all
          expect(sent).toHaveLength(requests.length)
          // The tool may have counted each anywhere between its sending and its answer.
          const ticks = sent.map(({ at, answeredAt, units, counted }) => ({
            tick: at + (answeredAt - at) * counted,
            units
          }))
          for (const { tick: from } of ticks) {
            const inside = ticks.filter(({ tick }) => tick >= from && tick < from + perMs)
            expect(inside.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(amount)
          }
        }
      ),
      { numRuns: 150 }
    )
  })

  it('sends a request when the one its amount before it has been answered for a whole period', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 2, maxLength: 30 }),
        async (amount, latencies) => {
          const clock = fakeClock()
          const perMs = 1000
          const meter = new Meter({ amount, perMs }, clock)
          const sent: Sent[] = []
          // One after the other, as a pull does it.
          const all = (async () => {
            for (const latency of latencies) {
              const giveBack = await meter.take(1, 1)
              const at = clock.now()
              await clock.sleep(latency)
              sent.push({ at, answeredAt: clock.now(), units: 1, counted: 0 })
              giveBack(true)
            }
          })()
          await clock.run()
          await all
          for (let index = 0; index + amount < sent.length; index++) {
            expect(sent[index + amount]!.at).toBeGreaterThanOrEqual(sent[index]!.answeredAt + perMs)
          }
        }
      ),
      { numRuns: 100 }
    )
  })

  const granted = (meter: Meter, order: string[]) => (name: string, urgency: Urgency, signal?: AbortSignal) =>
    meter.take(1, urgency, { signal }).then((giveBack) => {
      order.push(name)
      return giveBack
    })

  it('serves by urgency, then in the order of asking', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 1, perMs: 1000 }, clock)
    const order: string[] = []
    const ask = granted(meter, order)
    const first = await ask('first', 2)
    for (const [name, urgency] of [
      ['sweep 1', 2],
      ['pull 1', 1],
      ['sweep 2', 2],
      ['comment 1', 0],
      ['pull 2', 1],
      ['comment 2', 0]
    ] as const)
      void ask(name, urgency).then((giveBack) => giveBack(true))
    first(true)
    await clock.run()
    expect(order).toEqual(['first', 'comment 1', 'comment 2', 'pull 1', 'pull 2', 'sweep 1', 'sweep 2'])
    // The seventh left six periods after the first was answered; one millisecond of grace each.
    expect(clock.now()).toBe(6 * 1001)
  })

  it('lets who calls off leave the queue, and serves the next one', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 1, perMs: 1000 }, clock)
    const order: string[] = []
    const ask = granted(meter, order)
    const giveBack = await ask('first', 1)
    const stop = new AbortController()
    const called = ask('called off', 1, stop.signal)
    const next = ask('next', 1)
    giveBack(true)
    stop.abort(new Error('enough'))
    await expect(called).rejects.toThrow('enough')
    await clock.run()
    await next
    expect(order).toEqual(['first', 'next'])
    await expect(meter.take(1, 0, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
  })

  it('leaves no timer behind when nobody waits', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 1, perMs: 900_000 }, clock)
    const giveBack = await meter.take(1, 1)
    giveBack(true)
    const stop = new AbortController()
    const called = meter.take(1, 1, { signal: stop.signal })
    await clock.advance(0)
    expect(clock.sleeping()).toBe(1)
    stop.abort(new Error('enough'))
    await expect(called).rejects.toThrow('enough')
    expect(clock.sleeping()).toBe(0)
  })

  it('counts nothing for a unit that was taken and not used', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 1, perMs: 1000 }, clock)
    ;(await meter.take(1, 1))(false)
    await meter.take(1, 1)
    expect(clock.now()).toBe(0)
  })

  it('once closed lets nobody pass until the time is over, and a shorter closing does not shorten it', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 5, perMs: 1000 }, clock)
    meter.close(30_000)
    meter.close(10)
    await expect(meter.take(1, 0, { patience: 29_999 })).rejects.toMatchObject({ name: 'BudgetUsedUp', forMs: 30_000 })
    let passedAt: number | null = null
    const passing = meter.take(1, 0).then(() => {
      passedAt = clock.now()
    })
    await clock.advance(29_999)
    expect(passedAt).toBeNull()
    await clock.run()
    await passing
    expect(passedAt).toBe(30_001)
  })

  it('closed while others wait is obeyed by them, and for a year at that', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 1, perMs: 1000 }, clock)
    ;(await meter.take(1, 1))(true)
    let passedAt = 0
    const waiting = meter.take(1, 1).then(() => {
      passedAt = clock.now()
    })
    const year = 365 * 86_400_000
    meter.close(year)
    await clock.run()
    await waiting
    expect(passedAt).toBeGreaterThanOrEqual(year)
    // Longer timers than a 32-bit number holds would go off at once, over and over.
    expect(Math.max(...clock.slept)).toBeLessThan(2 ** 31)
    expect(clock.slept.length).toBeLessThan(30)
  })
})
