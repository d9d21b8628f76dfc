/** Linear's budgets: what its headers say is believed, and what it refuses is waited for. */
import { describe, expect, it } from 'vitest'
import { linear } from '../../adapters/linear/index.ts'
import { quotas, refusal } from '../../adapters/linear/refusal.ts'
import { DEAREST } from '../../sandbox/linear/limits.ts'
import { ask, linearAccount, team } from './account.ts'

const DATE = 'Mon, 16 Nov 2026 08:00:00 GMT'
const at = (minutes: number) => String(Date.parse('2026-11-16T08:00:00Z') + minutes * 60_000)
const limited = (headers: Record<string, string>) =>
  refusal({
    status: 400,
    headers: new Headers({ date: DATE, ...headers }),
    body: { errors: [{ message: '', extensions: { code: 'RATELIMITED' } }] }
  })

describe('the limits', () => {
  it('let an hour of requests pass and refuse the next with 400 RATELIMITED and when it is full again', async () => {
    await using account = await linearAccount({ limits: 'real' })
    let refused: Awaited<ReturnType<typeof ask>> | null = null
    let passed = 0
    for (; passed < 2600 && !refused; passed++) {
      const answer = await ask(account.tool.url, '{ viewer { id } }')
      if (answer.status !== 200) refused = answer
    }
    // The bucket was not quite full, and runs in again while we ask.
    expect(passed).toBeGreaterThan(2490)
    expect(refused?.status).toBe(400)
    expect(refused?.body.errors?.[0]?.extensions.code).toBe('RATELIMITED')
    expect(refused?.headers.get('x-ratelimit-requests-remaining')).toBe('0')
    const reset = Number(refused?.headers.get('x-ratelimit-requests-reset')) - Date.now()
    expect(reset).toBeGreaterThan(3_500_000)
    expect(reset).toBeLessThan(3_601_000)
  })

  it('refuse a single question that is too dear before it is answered', async () => {
    await using account = await linearAccount({ limits: 'real' })
    const nested = '{ issues(first: 250) { nodes { id labels(first: 50) { nodes { id name } } } } }'
    const { status, body } = await ask(account.tool.url, nested)
    expect(status).toBe(400)
    expect(body.errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
    expect(DEAREST).toBe(10_000)
  })

  it('are never met by the adapter, whose questions cost what it said or less', async () => {
    await using account = await linearAccount({ limits: 'real' })
    const website = await team(account)
    const [scope] = await account.session.scopes([website.id])
    await account.tool.tasks(
      Array.from({ length: 600 }, (_, index) => ({
        project: website.id,
        column: website.columns.Todo!,
        title: `T${index}`
      }))
    )
    for (let turn = 0; turn < 5; turn++)
      for await (const _ of account.session.pull(scope!, { sweep: true, mark: null, cursor: null }));
    expect((await account.tool.requests(0)).byStatus).toEqual({ '200': 31 })
  })

  it('are told by headers: size, what is left and when they begin anew, on the tool’s own clock', () => {
    const headers = new Headers({
      date: DATE,
      'x-ratelimit-requests-limit': '5000',
      'x-ratelimit-requests-remaining': '4999',
      'x-ratelimit-requests-reset': at(60),
      'x-ratelimit-complexity-limit': '2000000',
      'x-ratelimit-complexity-remaining': '1905300',
      'x-ratelimit-complexity-reset': at(30)
    })
    expect(quotas({ status: 200, headers, body: {} })).toEqual([
      { budget: 'requests', amount: 5000, left: 4999, resetMs: 3_600_000 },
      { budget: 'complexity', amount: 2_000_000, left: 1_905_300, resetMs: 1_800_000 }
    ])
    expect(quotas({ status: 200, headers: new Headers({ 'x-ratelimit-requests-limit': 'many' }), body: {} })).toEqual(
      []
    )
    expect(quotas({ status: 200, headers: new Headers(), body: {} })).toEqual([])
    expect(linear.budgets.map(({ name }) => name)).toEqual(['requests', 'complexity'])
  })

  it('that are used up say until when: the one that is empty, or an endpoint’s own', () => {
    expect(
      limited({
        'x-ratelimit-requests-remaining': '7',
        'x-ratelimit-requests-reset': at(50),
        'x-ratelimit-complexity-remaining': '0',
        'x-ratelimit-complexity-reset': at(20)
      })
    ).toEqual({ kind: 'rate_limited', code: 'RATELIMITED', retryAfterMs: 1_200_000 })
    expect(
      limited({ 'x-ratelimit-endpoint-requests-remaining': '0', 'x-ratelimit-endpoint-requests-reset': at(1) })
    ).toEqual({
      kind: 'rate_limited',
      code: 'RATELIMITED',
      retryAfterMs: 60_000
    })
    expect(limited({})).toEqual({ kind: 'rate_limited', code: 'RATELIMITED', retryAfterMs: null })
  })
})

describe('an answer', () => {
  const judged = (status: number, ...extensions: unknown[]) =>
    refusal({
      status,
      headers: new Headers(),
      body: { data: { issues: [] }, errors: extensions.map((one) => ({ extensions: one })) }
    })

  it('with errors is none, whatever its status and whatever data it brings along', () => {
    expect(judged(200, { type: 'authentication error' })).toEqual({
      kind: 'auth_revoked',
      code: 'AUTHENTICATION_ERROR'
    })
    expect(judged(400, { type: 'invalid input', code: 'INPUT_ERROR' })).toEqual({
      kind: 'bad_response',
      code: 'INPUT_ERROR'
    })
    expect(judged(200, { type: 'usage limit exceeded' })).toEqual({ kind: 'plan_limit', code: 'USAGE_LIMIT_EXCEEDED' })
    expect(judged(200, { type: 'lock timeout' })).toEqual({
      kind: 'provider_down',
      code: 'LOCK_TIMEOUT',
      unclear: true
    })
    expect(judged(500, {})).toEqual({ kind: 'provider_down', code: null, unclear: true })
    expect(judged(200, null)).toEqual({ kind: 'bad_response', code: null })
    // Of several the one that says more decides.
    expect(judged(200, { type: 'invalid input' }, { type: 'forbidden' })).toEqual({
      kind: 'forbidden',
      code: 'FORBIDDEN'
    })
  })

  it('without errors speaks for itself', () => {
    for (const body of [{ data: {} }, { data: {}, errors: [] }, undefined, 'text', null])
      expect(refusal({ status: 200, headers: new Headers(), body })).toBeNull()
  })
})
