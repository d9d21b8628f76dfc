/**
 * 100 requests a minute for each token, as the plans from Free to Business have it
 * (https://developer.clickup.com/docs/rate-limits). A window begins anew at a moment of its own, at any phase.
 */
import type { Clock } from '../kit/clock.ts'

const AMOUNT = 100
const WINDOW_MS = 60_000
/** Without limits the stand-in plays a plan whose limits nobody reaches, so that clients do not hold back either. */
const PLENTY = 1_000_000

export class Limits {
  mode: 'real' | 'off'
  readonly #clock: Clock
  readonly #phase: number
  #taken = new Map<string, { window: number; count: number }>()

  constructor(clock: Clock, mode: 'real' | 'off', random: () => number = Math.random) {
    this.#clock = clock
    this.mode = mode
    this.#phase = random() * WINDOW_MS
  }

  reset(): void {
    this.#taken.clear()
  }

  /** Takes one; the headers say what is left. A refused request takes nothing. */
  take(token: string): { allowed: boolean; headers: Record<string, string> } {
    if (this.mode === 'off') return { allowed: true, headers: headers(PLENTY, PLENTY, this.#clock.now() + WINDOW_MS) }
    const at = this.#clock.elapsed() + this.#phase
    const window = Math.floor(at / WINDOW_MS)
    const known = this.#taken.get(token)
    const count = known?.window === window ? known.count : 0
    const allowed = count < AMOUNT
    if (allowed) this.#taken.set(token, { window, count: count + 1 })
    const ends = this.#clock.now() + (window + 1) * WINDOW_MS - at
    return { allowed, headers: headers(AMOUNT, allowed ? AMOUNT - count - 1 : 0, ends) }
  }
}

/** `Reset` in Unix seconds. */
const headers = (limit: number, remaining: number, ends: number): Record<string, string> => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(Math.ceil(ends / 1000))
})
