/**
 * Leaky buckets as Linear has them: so many requests and points an hour, refilled all the time; a single query may cost
 * 10,000 at most. https://linear.app/developers/rate-limiting
 */
import type { Clock } from '../kit/clock.ts'
import type { Account } from './facts.ts'

export const DEAREST = 10_000
const HOUR = 3_600_000

const AMOUNTS = {
  key: { requests: 2500, complexity: 3_000_000 },
  oauth: { requests: 5000, complexity: 2_000_000 }
} as const

type Part = 'requests' | 'complexity'

interface Bucket {
  level: number
  at: number
}

export class Limits {
  mode: 'real' | 'off' = 'real'
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()
  /** How much is gone before anybody asks, a moment ago or long since: nobody may rely on a full bucket. */
  readonly #random: () => number

  constructor(clock: Clock, random: () => number = Math.random) {
    this.#clock = clock
    this.#random = random
  }

  reset(): void {
    this.#buckets.clear()
  }

  /** Takes from both buckets, or from none. */
  take(account: Account, points: number): boolean {
    if (this.mode === 'off') return true
    const requests = this.#bucket(account, 'requests')
    const complexity = this.#bucket(account, 'complexity')
    if (requests.level < 1 || complexity.level < points) return false
    requests.level -= 1
    complexity.level -= points
    return true
  }

  headers(account: Account, points: number): Record<string, string> {
    const part = (name: Part) => {
      const amount = AMOUNTS[account.by][name]
      const { level } = this.#bucket(account, name)
      const fullIn = ((amount - level) / amount) * HOUR
      return {
        [`x-ratelimit-${name}-limit`]: String(amount),
        [`x-ratelimit-${name}-remaining`]: String(Math.floor(this.mode === 'off' ? amount : level)),
        [`x-ratelimit-${name}-reset`]: String(Math.ceil(this.#clock.now() + fullIn))
      }
    }
    return { ...part('requests'), ...part('complexity'), 'x-complexity': String(points) }
  }

  #bucket(account: Account, part: Part): Bucket {
    const amount = AMOUNTS[account.by][part]
    const key = `${account.by} ${account.userId} ${part}`
    const now = this.#clock.elapsed()
    const bucket = this.#buckets.get(key) ?? { level: amount - Math.floor(this.#random() * 3), at: now }
    bucket.level = Math.min(amount, bucket.level + ((now - bucket.at) / HOUR) * amount)
    bucket.at = now
    this.#buckets.set(key, bucket)
    return bucket
  }
}
