/** What monday refuses with, published, and what its answers of 2026 say of budgets. */
import { expect, it } from 'vitest'
import { quotas, refusal } from '../../adapters/monday/refusal.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { type ERRORS, payload, recorded } from './payloads.ts'

describeWithShared('Recorded refusals and budgets', () => {
  const error = (file: (typeof ERRORS)[number], status = 200) =>
    refusal({ status, headers: new Headers(), body: payload(`errors/${file}`) })

  it('are known by their codes', () => {
    expect(error('complexity_budget_exhausted')).toEqual({
      kind: 'rate_limited',
      code: 'COMPLEXITY_BUDGET_EXHAUSTED',
      retryAfterMs: 60_000,
      unclear: false
    })
    expect(error('user_unauthorized')).toMatchObject({ kind: 'forbidden', code: 'UserUnauthorizedException' })
    // One picture that cannot be shown costs nothing but itself.
    expect(error('partial_data')).toBeNull()
  })

  it('the real headers say how much there is and how much is left', () => {
    const { headers, response } = recorded('items').findLast((one) => one.headers.ratelimit)!
    const found = quotas({ status: 200, headers: new Headers(headers), body: response })
    expect(found.map(({ budget }) => budget)).toEqual(['requests', 'complexity'])
    expect(found[0]).toMatchObject({ amount: 1335, left: expect.any(Number) })
    expect(found[1]).toMatchObject({ amount: 5_000_000, left: expect.any(Number), resetMs: expect.any(Number) })
    expect(found[0]!.left).toBeLessThan(1335)
  })
})
