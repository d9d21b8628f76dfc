/** "50 requests per 10-second period from the same IP address" (https://github.com/basecamp/bc-api#rate-limiting). */
import type { Clock } from '../kit/clock.ts'
import { SlidingLog } from '../kit/slidingLog.ts'
import { Refused } from './refusal.ts'

const AMOUNT = 50
const WINDOW_MS = 10_000

export class Limits {
  mode: 'real' | 'off'
  readonly #clock: Clock
  #log = new SlidingLog(WINDOW_MS, AMOUNT)

  constructor(clock: Clock, mode: 'real' | 'off') {
    this.#clock = clock
    this.mode = mode
  }

  reset(): void {
    this.#log = new SlidingLog(WINDOW_MS, AMOUNT)
  }

  /** Throws the vendor's 429. A refused request counts for nothing. */
  take(): void {
    if (this.mode === 'off') return
    const now = this.#clock.elapsed()
    if (this.#log.left(now) < 1) {
      const seconds = Math.max(1, Math.ceil(this.#log.resetIn(now) / 1000))
      throw new Refused(429, { error: 'Rate limit exceeded.' }, { 'retry-after': String(seconds) })
    }
    this.#log.add(now)
  }
}
