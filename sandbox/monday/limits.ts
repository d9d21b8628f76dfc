/**
 * What monday counts: requests a minute, points of complexity a minute, calls a day. Every answer says in its headers
 * what is left. https://developer.monday.com/api-reference/docs/rate-limits.md
 */
import type { Clock } from '../kit/clock.ts'
import { SlidingLog } from '../kit/slidingLog.ts'
import { ACCOUNT, type Token } from './world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** By plan: requests a minute, calls a day, requests at once. */
const PLANS: Record<string, { minute: number; day: number; at_once: number }> = {
  free: { minute: 1000, day: 1000, at_once: 40 },
  pro: { minute: 2500, day: 10_000, at_once: 100 },
  enterprise: { minute: 5000, day: 25_000, at_once: 250 }
}

const POINTS = { personal: 10_000_000, app: 5_000_000 }
/** What a refused call takes of the day. */
const REFUSED = 0.1

export interface Refused {
  status: 429
  body: string
  headers: Record<string, string>
}

export function createLimits(clock: Clock, mode: 'real' | 'off') {
  const plan = PLANS[ACCOUNT.tier]!
  let requests: SlidingLog
  const points = new Map<string, SlidingLog>()
  let day = { number: 0, calls: 0 }
  /** What the day holds; tests make it small. */
  let daily = plan.day

  const limits = {
    mode,
    reset() {
      requests = new SlidingLog(MINUTE, plan.minute)
      points.clear()
      day = { number: 0, calls: 0 }
      daily = plan.day
    },
    setDaily(calls: number) {
      daily = calls
    },
    /** Counts a call, or says why it is refused. */
    take(): Refused | null {
      if (limits.mode === 'off') return null
      const now = clock.elapsed()
      const today = Math.floor(clock.now() / DAY)
      if (day.number !== today) day = { number: today, calls: 0 }
      if (day.calls >= daily) {
        day.calls += REFUSED
        return refusal('DAILY_LIMIT_EXCEEDED', 'Daily limit exceeded', null)
      }
      if (requests.left(now) < 1) {
        day.calls += REFUSED
        return refusal('Rate Limit Exceeded', 'Minute limit rate exceeded', requests.resetIn(now))
      }
      requests.add(now)
      day.calls += 1
      return null
    },
    /** Counts what an answer cost, or refuses to give it. */
    charge(token: string, kind: Token['kind'], cost: number): Refused | null {
      if (limits.mode === 'off') return null
      const log = logOf(token, kind)
      const now = clock.elapsed()
      const left = log.left(now)
      if (left < cost) {
        const facts = { complexity: cost, complexity_budget_left: left, complexity_budget_limit: POINTS[kind] }
        return refusal('COMPLEXITY_BUDGET_EXHAUSTED', 'Complexity budget exhausted', log.resetIn(now), facts)
      }
      log.add(now, cost)
      return null
    },
    headers(token: string, kind: Token['kind']): Record<string, string> {
      const now = clock.elapsed()
      const log = logOf(token, kind)
      const reset = Math.ceil(log.resetIn(now) / 1000)
      return {
        'ratelimit-policy': `"minuteRate";q=${plan.minute};w=60, "concurrency";q=${plan.at_once};qu="concurrent-requests", "complexityMinute";q=${POINTS[kind]};w=60;qu="content-bytes"`,
        ratelimit: `"minuteRate";r=${requests.left(now)}, "concurrency";r=${plan.at_once - 1}, "complexityMinute";r=${log.left(now)};t=${reset}`
      }
    }
  }
  limits.reset()

  function logOf(token: string, kind: Token['kind']): SlidingLog {
    const known = points.get(token) ?? new SlidingLog(MINUTE, POINTS[kind])
    points.set(token, known)
    return known
  }
  return limits
}

function refusal(code: string, message: string, ms: number | null, facts: Record<string, unknown> = {}): Refused {
  const seconds = ms === null ? null : Math.ceil(ms / 1000)
  const wait = seconds === null ? {} : { retry_in_seconds: seconds }
  return {
    status: 429,
    body: JSON.stringify({ errors: [{ message, extensions: { code, ...facts, ...wait, status_code: 429 } }] }),
    headers: seconds === null ? {} : { 'retry-after': String(seconds) }
  }
}
