/** How often a scope is looked at. */
import { describe, expect, it } from 'vitest'
import { pause } from '../../src/sync/pace.ts'

const trello = [{ amount: 100, perMs: 10_000 }]
const look = { minutes: 5, maxAgeMinutes: 120, quietLooks: 0, requests: 2, scopes: 10, budgets: trello }

describe('the pause after a look', () => {
  it('is half of SYNC_MINUTES while something moves, and SYNC_MINUTES after the first quiet look', () => {
    expect(pause(look)).toBe(150)
    expect(pause({ ...look, quietLooks: 1 })).toBe(300)
  })

  it('grows with every quiet look, six-fold at most', () => {
    const pauses = [2, 3, 4, 5, 6, 50].map((quietLooks) => pause({ ...look, quietLooks }))
    expect(pauses).toEqual([450, 675, 1012.5, 1518.75, 1800, 1800])
  })

  it('stays short enough for three looks before the facts are too old to speak from', () => {
    expect(pause({ ...look, quietLooks: 50, maxAgeMinutes: 30 })).toBe(600)
    // Asked for looks once an hour, it does not look more often because facts should be younger than that.
    expect(pause({ ...look, minutes: 60, quietLooks: 50, maxAgeMinutes: 30 })).toBe(3_600)
  })

  it('leaves half of the budget to comments, webhooks and sweeps, however many scopes there are', () => {
    // 1,000 requests a day, 20 boards at 1 request a look: 20 rounds of 86,400 s / 500 requests.
    const daily = [{ amount: 1_000, perMs: 86_400_000 }]
    expect(pause({ ...look, requests: 1, scopes: 20, budgets: daily })).toBe(3_456)
    expect(pause({ ...look, requests: 1, scopes: 2, budgets: daily })).toBe(345.6)
    // Budgets of something else than requests, or of some addresses only, say nothing here.
    const others = [
      { amount: 1, perMs: 86_400_000, of: 'complexity' as const },
      { amount: 1, perMs: 86_400_000, paths: /actions/ }
    ]
    expect(pause({ ...look, budgets: others })).toBe(150)
  })
})
