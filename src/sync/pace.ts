/**
 * How long a scope rests after a look. A busy one is looked at twice as often as SYNC_MINUTES says, a quiet one ever
 * less – but never so seldom that its facts grow too old to speak from, and never so often that all scopes of the
 * account together would use more than half of what the tool allows: the rest is for comments, webhooks and sweeps.
 */
import type { Budget } from '../adapter.ts'
import type { Config } from '../config.ts'

export interface Look {
  /** SYNC_MINUTES. */
  minutes: number
  /** FACTS_MAX_AGE_MINUTES. */
  maxAgeMinutes: number
  /** Looks in a row that found nothing new, this one included; 0 when it found something. */
  quietLooks: number
  /** Requests an incremental look takes. */
  requests: number
  /** Scopes that are read with the same account. */
  scopes: number
  budgets: readonly Pick<Budget, 'amount' | 'perMs' | 'of' | 'paths'>[]
}

/** Quiet scopes rest at most so many times SYNC_MINUTES. */
const LONGEST = 6
/** The share of a tool's budget that incremental looks may take together. */
const SHARE = 0.5

/** Seconds until the next look; the caller spreads them a little. */
export function pause({ minutes, maxAgeMinutes, quietLooks, requests, scopes, budgets }: Look): number {
  const wished = minutes * 60 * (quietLooks === 0 ? 0.5 : Math.min(LONGEST, 1.5 ** (quietLooks - 1)))
  // Three looks before facts are too old: one may fail, one may be late.
  const kept = Math.min(wished, Math.max(minutes, maxAgeMinutes / 3) * 60)
  return Math.max(kept, ...budgets.filter(isOfRequests).map((budget) => slowest(budget, requests * scopes)))
}

/** The pause at which so many requests a round take no more than their share of the budget, in seconds. */
const slowest = ({ amount, perMs }: Pick<Budget, 'amount' | 'perMs'>, requests: number): number =>
  (requests * perMs) / (amount * SHARE) / 1000

/** The installation's part of a look's pace. */
export const paceOf = ({ SYNC_MINUTES, FACTS_MAX_AGE_MINUTES }: Config): Pick<Look, 'minutes' | 'maxAgeMinutes'> => ({
  minutes: SYNC_MINUTES,
  maxAgeMinutes: FACTS_MAX_AGE_MINUTES
})

const isOfRequests = ({ of = 'requests', paths }: Pick<Budget, 'of' | 'paths'>): boolean =>
  of === 'requests' && paths === undefined
