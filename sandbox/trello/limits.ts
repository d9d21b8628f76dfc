/**
 * Rate limits as a sliding log: 100 requests in any 10 s per token, 300 per key, and 100 in 900 s per token on
 * the members and search families. More than 200 refusals of a key in one 10 s window, and all is refused until that
 * window ends; where the windows begin is random, as on the real thing.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/rate-limits
 */

import type { Clock } from '../kit/clock.ts'
import { SlidingLog } from '../kit/slidingLog.ts'
import type { Credentials } from './accounts.ts'

const WINDOW = 10_000
const MEMBERS_WINDOW = 900_000
const PER_KEY = 300
const PER_TOKEN = 100
const PER_MEMBERS = 100
const REFUSALS = 200

const MEMBERS_FAMILY = /^\/(members\b|membersSearch\b|search\b)/

interface Charge {
  headers: Record<string, string>
  /** Body of the 429, or null where the request may go on. */
  refused: { error: string; message: string } | null
}

export interface Limits {
  charge(credentials: Credentials, path: string): Charge
  /** What is left, without taking any. */
  look(credentials: Credentials): Record<string, string>
  /** Forgets all that was counted. */
  reset(): void
  mode: 'real' | 'off'
}

/** For what people do in the browser: it is counted nowhere. */
export const NO_LIMITS: Limits = {
  mode: 'off',
  charge: () => ({ headers: {}, refused: null }),
  look: () => ({}),
  reset: () => {}
}

export function createLimits(clock: Clock, mode: 'real' | 'off', random: () => number = Math.random): Limits {
  const logs = new Map<string, SlidingLog>()
  const refusals = new Map<string, { window: number; count: number }>()
  const phase = Math.floor(random() * WINDOW)

  const log = (name: string, span: number, most: number): SlidingLog => {
    const found = logs.get(name)
    if (found) return found
    const fresh = new SlidingLog(span, most)
    logs.set(name, fresh)
    return fresh
  }

  function refusalsOf(key: string, at: number): { window: number; count: number } {
    const window = Math.floor((at + phase) / WINDOW)
    const found = refusals.get(key)
    if (found?.window === window) return found
    const fresh = { window, count: 0 }
    refusals.set(key, fresh)
    return fresh
  }

  return {
    mode,
    charge(credentials, path) {
      if (this.mode === 'off') return { headers: headers(PER_KEY, PER_TOKEN), refused: null }
      const at = clock.elapsed()
      const key = credentials.key ?? ''
      const byKey = log(`key ${key}`, WINDOW, PER_KEY)
      const byToken = log(`token ${credentials.token}`, WINDOW, PER_TOKEN)
      const touched = [byKey, byToken]
      const family = MEMBERS_FAMILY.test(path) ? log(`members ${credentials.token}`, MEMBERS_WINDOW, PER_MEMBERS) : null
      if (family) touched.push(family)

      const counted = refusalsOf(key, at)
      const refused =
        counted.count > REFUSALS || byKey.left(at) === 0
          ? { error: 'API_KEY_LIMIT_EXCEEDED', message: 'Rate limit exceeded' }
          : byToken.left(at) === 0
            ? { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' }
            : family?.left(at) === 0
              ? { error: 'RATE_LIMIT_EXCEEDED', message: 'Exceeded rate limit to /1/member' }
              : null
      if (refused) counted.count += 1
      else for (const one of touched) one.add(at)
      return { headers: headers(byKey.left(at), byToken.left(at)), refused }
    },
    look(credentials) {
      if (this.mode === 'off') return headers(PER_KEY, PER_TOKEN)
      const at = clock.elapsed()
      const byKey = log(`key ${credentials.key ?? ''}`, WINDOW, PER_KEY)
      return headers(byKey.left(at), log(`token ${credentials.token}`, WINDOW, PER_TOKEN).left(at))
    },
    reset() {
      logs.clear()
      refusals.clear()
    }
  }
}

function headers(keyLeft: number, tokenLeft: number): Record<string, string> {
  return {
    'x-rate-limit-api-key-interval-ms': String(WINDOW),
    'x-rate-limit-api-key-max': String(PER_KEY),
    'x-rate-limit-api-key-remaining': String(keyLeft),
    'x-rate-limit-api-token-interval-ms': String(WINDOW),
    'x-rate-limit-api-token-max': String(PER_TOKEN),
    'x-rate-limit-api-token-remaining': String(tokenLeft)
  }
}
