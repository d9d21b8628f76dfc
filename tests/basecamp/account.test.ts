/** Who connects, and what Basecamp says about the account. */
import { describe, expect, it } from 'vitest'
import { Meters } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'
import { ACCOUNT, adapter, NOW, OWN_ID, OWN_TOKEN, sessionAt, startAccount } from './account.ts'

describe('An account at Basecamp', () => {
  it('is the first one of Basecamp’s where no number was given, and its token’s end is told', async () => {
    await using account = await startAccount()
    const session = sessionAt(account.tool.url, { token: OWN_TOKEN })
    expect(await session.whoAmI()).toEqual({
      externalId: OWN_ID,
      name: 'Throughline',
      username: null,
      missing: [],
      expiresAt: expect.stringContaining('2026-11-30T09:00:')
    })
    expect((await account.tool.requests(10)).last.map(({ path }) => path)).toEqual([
      '/launchpad.37signals.com/authorization.json',
      `/${ACCOUNT}/my/profile.json`,
      '/launchpad.37signals.com/authorization.json'
    ])
  })

  it('that was switched off is a revoked one, whatever is asked', async () => {
    await using account = await startAccount()
    await account.tool.admin('POST', 'features', { inactive: true })
    await expect(account.session.whoAmI()).rejects.toMatchObject({ kind: 'auth_revoked', code: 'account_inactive' })
  })

  it('is refused when its token ended, in words that hold no token', async () => {
    await using account = await startAccount()
    await account.tool.admin('POST', 'revoke', { token: OWN_TOKEN })
    const error = await account.session.whoAmI().catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ kind: 'auth_revoked', status: 401 })
    expect(String((error as Error).stack)).not.toContain(OWN_TOKEN)
  })

  it('sees nothing of what only its colleagues may see, and a client only what clients may', async () => {
    await using account = await startAccount()
    await account.tool.project({ name: 'Inside', columns: [] })
    const open = await account.tool.project({ name: 'With clients', columns: [], guests: true })
    const client = await account.tool.person({ name: 'A Client' })
    const session = sessionAt(account.tool.url, { token: `token-${client}`, account: ACCOUNT })
    const offered = await Array.fromAsync(session.projects())
    expect(offered.map(({ externalId }) => externalId)).toEqual([open.id])
    const [scope] = await session.scopes([open.id])
    const hook = { url: `https://hub.example/${'s'.repeat(43)}`, secret: 'agreed' }
    await expect(session.webhooks?.register(scope!, hook)).rejects.toMatchObject({ kind: 'forbidden', status: 403 })
  })

  it('is asked for nothing without a name: the stand-in insists on the header as Basecamp does', async () => {
    await using account = await startAccount()
    const nameless = await fetch(`${account.tool.url}/${ACCOUNT}/my/profile.json`, {
      headers: { authorization: `Bearer ${OWN_TOKEN}`, 'user-agent': '' }
    })
    expect([nameless.status, nameless.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8'])
    await account.session.whoAmI()
    const { last } = await account.tool.requests(10)
    expect(last.at(-1)?.headers['user-agent']).toBe('Throughline (https://throughline.example)')
    for (const { path, query, body, headers } of last) {
      const { authorization, ...others } = headers
      expect(authorization).toBe(`Bearer ${OWN_TOKEN}`)
      expect(`${path}?${query}${body}${JSON.stringify(others)}`).not.toContain(OWN_TOKEN)
    }
  })

  it('is held to fifty requests in ten seconds, as the stand-in counts them', async () => {
    await using account = await startAccount({ limits: 'real', now: NOW })
    const ask = () =>
      fetch(`${account.tool.url}/${ACCOUNT}/my/profile.json`, {
        headers: { authorization: `Bearer ${OWN_TOKEN}`, 'user-agent': 'Test (test@larkfield.example)' }
      })
    const statuses: number[] = []
    for (let index = 0; index < 51; index++) statuses.push((await ask()).status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(50)
    const refused = await ask()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await account.tool.clock({ advanceMs: 10_000 })
    expect((await ask()).status).toBe(200)
  })

  it('keeps one budget for the address however many accounts there are', () => {
    expect(adapter.budgets).toEqual([{ name: 'address', scope: 'address', amount: 50, perMs: 10_000 }])
    const host = createHost({
      adapter,
      credentials: { current: () => ({ token: OWN_TOKEN }) },
      instance: 'throughline-test',
      meters: new Meters(),
      urgency: 0
    })
    const elsewhere = host.fetch({
      method: 'GET',
      path: 'https://launchpad.37signals.com.evil.example/authorization.json'
    })
    return expect(elsewhere).rejects.toMatchObject({ code: 'foreign_address' })
  })
})
