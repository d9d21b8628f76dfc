/** Everything a tool may answer instead of an answer becomes the right `AdapterError`, and nothing is concluded from it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Effect } from '../../sandbox/kit/faults.ts'
import { AdapterError, type AdapterErrorKind, type Scope } from '../../src/adapter.ts'
import { Meters } from '../../src/transport/budget.ts'
import { fakeClock } from '../helpers/clock.ts'
import { type Account, COLUMNS, column, pull, refusal, scopeOf, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

const html = { 'content-type': 'text/html' }

const COMMON: { name: string; effect: Effect; kinds: AdapterErrorKind[]; retryAfterMs?: number }[] = [
  // Where a tool answers 401 also for what one may not see, the account is asked who it is; it is good.
  { name: '401', effect: { status: 401, body: 'unauthorized' }, kinds: ['auth_revoked', 'forbidden'] },
  { name: '403', effect: { status: 403, body: '{}' }, kinds: ['forbidden'] },
  { name: '404', effect: { status: 404, body: '{}' }, kinds: ['not_found'] },
  { name: '429 without a word of when', effect: { status: 429, body: '{}' }, kinds: ['rate_limited'] },
  {
    name: '429 with Retry-After',
    effect: { status: 429, body: '{}', headers: { 'retry-after': '600' } },
    kinds: ['rate_limited'],
    retryAfterMs: 600_000
  },
  { name: '500', effect: { status: 500, body: 'oops' }, kinds: ['provider_down'] },
  { name: '502 with a page', effect: { status: 502, body: '<html>', headers: html }, kinds: ['provider_down'] },
  { name: '507', effect: { status: 507, body: '{}' }, kinds: ['plan_limit'] },
  {
    name: 'a login page with status 200',
    effect: { status: 200, body: '<!doctype html><title>Log in</title>', headers: html },
    kinds: ['bad_response']
  },
  { name: 'a truncated answer', effect: { truncate: 20 }, kinds: ['provider_down', 'bad_response'] },
  { name: 'JSON of another shape', effect: { status: 200, body: '{"surprise":true}' }, kinds: ['bad_response'] },
  { name: 'nothing at all', effect: { status: 200, body: '' }, kinds: ['bad_response'] },
  { name: 'a closed line', effect: { drop: 'before' }, kinds: ['provider_down'] }
]

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  let account: Account
  let scope: Scope

  beforeAll(async () => {
    account = await startAccount(rig)
    const project = await account.tool.project({ name: 'Website', columns: COLUMNS })
    await account.tool.task({ project: project.id, column: column(project, 'To do'), title: 'One' })
    scope = await scopeOf(account.session, project.id)
  })
  beforeEach(() => account.tool.clearFaults())
  afterAll(() => account[Symbol.asyncDispose]())

  /** What a sweep is refused with, on a clock that does not wait. */
  async function refused(effect: Effect): Promise<{ error: AdapterError; waitsMs: number | null }> {
    await account.tool.fault({ path: rig.listing, effect })
    const clock = fakeClock()
    const session = account.open({ clock, meters: new Meters(clock) })
    const pulling = refusal(pull(session, scope))
    let error: unknown
    let done = false
    void pulling.then((one) => {
      error = one
      done = true
    })
    for (let turn = 0; turn < 400 && !done; turn++) {
      await new Promise((tick) => setTimeout(tick, 5))
      await clock.run()
    }
    expect(error).toBeInstanceOf(AdapterError)
    const { retryAt } = error as AdapterError
    return { error: error as AdapterError, waitsMs: retryAt === null ? null : Date.parse(retryAt) - clock.wall() }
  }

  it.each(COMMON.map((one) => [one.name, one] as const))('%s', async (_, { effect, kinds, retryAfterMs }) => {
    const { error, waitsMs } = await refused(effect)
    expect(kinds).toContain(error.kind)
    if (retryAfterMs !== undefined) expectNear(waitsMs, retryAfterMs)
  })

  it.each(rig.refusals.map((one) => [one.name, one] as const))('in its own terms: %s', async (_, one) => {
    const { error, waitsMs } = await refused(one.effect)
    expect(error.kind).toBe(one.kind)
    if (one.code !== undefined) expect([one.code, 'waiting']).toContain(error.code)
    if (one.retryAfterMs !== undefined) expectNear(waitsMs, one.retryAfterMs)
  })

  it('credentials that nobody knows are a revoked account', async () => {
    const error = await refusal(account.open({ credentials: rig.wrongCredentials }).whoAmI())
    expect(error).toBeInstanceOf(AdapterError)
    expect((error as AdapterError).kind).toBe('auth_revoked')
  })

  it('no refusal carries a secret in its words', async () => {
    const { error } = await refused({ status: 500, body: 'oops' })
    const secrets = Object.values(rig.credentials as Record<string, string>)
    const said = `${error.stack} ${JSON.stringify(error)}`
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([])
  })
})

/** A wait that was begun a moment ago, or is not there because it has been waited for. */
function expectNear(waitsMs: number | null, ms: number): void {
  if (waitsMs === null) throw new Error('It names no time.')
  expect(waitsMs).toBeLessThanOrEqual(ms + 60_000)
  if (ms > 120_000) expect(waitsMs).toBeGreaterThan(ms - 60_000)
}
