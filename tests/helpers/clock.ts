/** A clock that moves only when told, and then goes through every alarm on its way. */
import type { Clock } from '../../src/transport/budget.ts'

export interface FakeClock extends Clock {
  /** Moves on by `ms`, waking sleepers in their order. */
  advance(ms: number): Promise<void>
  /** Goes on until nobody sleeps any more. */
  run(): Promise<void>
  /** Sleepers at this moment. */
  sleeping(): number
  /** How long each sleep was asked to be, in order. */
  slept: number[]
}

export function fakeClock(): FakeClock {
  let now = 0
  const epoch = Date.now()
  let sleepers: { at: number; wake: () => void }[] = []
  /** Lets everything that can go on without time do so. */
  const settle = () => new Promise((done) => setImmediate(done))

  async function goTo(end: number): Promise<void> {
    for (;;) {
      await settle()
      const next = sleepers.reduce<(typeof sleepers)[number] | null>(
        (least, one) => (least === null || one.at < least.at ? one : least),
        null
      )
      if (!next || next.at > end) break
      now = next.at
      sleepers = sleepers.filter((one) => one !== next)
      next.wake()
    }
    if (end < Number.POSITIVE_INFINITY) now = end
    await settle()
  }

  const clock: FakeClock = {
    slept: [],
    now: () => now,
    wall: () => epoch + now,
    sleep(ms, signal) {
      clock.slept.push(ms)
      return new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((one) => one !== sleeper)
          reject(signal.reason)
        })
      })
    },
    advance: (ms) => goTo(now + ms),
    run: () => goTo(Number.POSITIVE_INFINITY),
    sleeping: () => sleepers.length
  }
  return clock
}
