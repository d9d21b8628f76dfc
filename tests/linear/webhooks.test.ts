/** Linear's deliveries, byte by byte; and what the stand-in does with a receiver that fails. */
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { hooks } from '../../adapters/linear/webhook.ts'
import type { Delivery } from '../../src/adapter.ts'
import { refusal, scopeOf } from '../contract/account.ts'
import { linearAccount, team } from './account.ts'

const AT = '2026-11-16T08:00:00.000Z'
const HOOK = { url: 'https://hub.example/hooks/x', secret: 'secret' }

function delivery(
  payload: Record<string, unknown>,
  changes: Partial<Delivery> & { signature?: string } = {}
): Delivery {
  const body = Buffer.from(JSON.stringify({ webhookTimestamp: Date.parse(AT), ...payload }))
  const { signature = createHmac('sha256', 'secret').update(body).digest('hex'), ...rest } = changes
  const headers = { 'linear-signature': signature, 'linear-delivery': 'delivery-1' }
  return { method: 'POST', headers, body, url: HOOK.url, at: AT, ...rest }
}
const ISSUE = { type: 'Issue', action: 'update', actor: { id: 'ana' }, data: { id: 'i-1', updatedAt: AT } }
const hintsOf = (payload: Record<string, unknown>) => hooks.read(delivery(payload)).hints

describe('a delivery', () => {
  it('is trusted when it is signed over these very bytes within the last minute, either way', async () => {
    expect(await hooks.verify(delivery(ISSUE), HOOK)).toBeNull()
    const minute = (ms: number) => new Date(Date.parse(AT) + ms).toISOString()
    expect(await hooks.verify(delivery(ISSUE, { at: minute(60_000) }), HOOK)).toBeNull()
    expect(await hooks.verify(delivery(ISSUE, { at: minute(60_001) }), HOOK)).toBe('stale')
    expect(await hooks.verify(delivery(ISSUE, { at: minute(-60_001) }), HOOK)).toBe('stale')
  })

  it('is not, when anything about it is wrong', async () => {
    const good = delivery(ISSUE)
    expect(await hooks.verify(good, { ...HOOK, secret: null })).toBe('no_secret')
    expect(await hooks.verify(good, { ...HOOK, secret: '' })).toBe('no_secret')
    expect(await hooks.verify(good, { ...HOOK, secret: 'other' })).toBe('forged')
    expect(await hooks.verify(delivery(ISSUE, { signature: '' }), HOOK)).toBe('unsigned')
    expect(await hooks.verify({ ...good, headers: {} }, HOOK)).toBe('unsigned')
    expect(await hooks.verify(delivery(ISSUE, { signature: 'abc' }), HOOK)).toBe('forged')
    expect(await hooks.verify({ ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) }, HOOK)).toBe('forged')
    expect(await hooks.verify(delivery({ ...ISSUE, webhookTimestamp: null }), HOOK)).toBe('stale')
    expect(await hooks.verify(delivery({ ...ISSUE, webhookTimestamp: 'now' }), HOOK)).toBe('stale')
  })

  it('says which issue to read again, who did it and when', () => {
    expect(hooks.read(delivery(ISSUE))).toEqual({
      key: 'delivery-1',
      hints: [{ kind: 'task', externalId: 'i-1', deleted: false, at: AT, by: 'ana' }]
    })
    const deleted = (data: object) =>
      hintsOf({ ...ISSUE, action: 'remove', data: { id: 'i-1', ...data } }).map(
        (hint) => hint.kind === 'task' && hint.deleted
      )
    expect(deleted({})).toEqual([true])
    expect(deleted({ archivedAt: AT, trashed: true })).toEqual([true])
    expect(deleted({ archivedAt: AT })).toEqual([false])
  })

  it('of a comment names its issue, of a label its team, and of the rest nothing', () => {
    const comment = {
      type: 'Comment',
      action: 'remove',
      data: { id: 'c', issueId: 'i-2', userId: 'ben' },
      createdAt: AT
    }
    expect(hintsOf(comment)).toEqual([{ kind: 'task', externalId: 'i-2', deleted: false, at: AT, by: 'ben' }])
    expect(hintsOf({ type: 'Comment', action: 'create', data: { id: 'c', projectUpdateId: 'p' } })).toEqual([])
    expect(hintsOf({ type: 'IssueLabel', action: 'update', data: { id: 'l', teamId: 't-1' } })).toEqual([
      { kind: 'project', externalId: 't-1' }
    ])
    expect(hintsOf({ type: 'IssueLabel', action: 'update', data: { id: 'l' } })).toEqual([])
    expect(hintsOf({ type: 'Reaction', action: 'create', data: { id: 'r' } })).toEqual([])
    expect(hintsOf({ type: 'OAuthApp', action: 'revoked' })).toEqual([{ kind: 'revoked' }])
  })

  it('without an id of its own is known by its content', () => {
    const bare = { ...delivery(ISSUE), headers: {} }
    expect(hooks.read(bare).key).toMatch(/^[0-9a-f]{64}$/)
    expect(hooks.read(bare).key).toBe(hooks.read({ ...delivery(ISSUE), headers: {} }).key)
  })
})

describe('a webhook', () => {
  it('is one for each team, reused for the same address, and needs an admin', async () => {
    await using account = await linearAccount()
    const { session, tool } = account
    const [one, two] = [await team(account, 'One'), await team(account, 'Two')]
    const scope = { externalId: 'o', name: 'o', projects: [one.id, two.id] }
    const first = await session.webhooks!.register(scope, HOOK)
    expect(first.map(({ of, active, secret }) => ({ of, active, secret }))).toEqual([
      { of: one.id, active: true, secret: null },
      { of: two.id, active: true, secret: null }
    ])
    const again = await session.webhooks!.register(scope, { ...HOOK, secret: 'rotated' })
    expect(again.map(({ externalId }) => externalId)).toEqual(first.map(({ externalId }) => externalId))
    const elsewhere = await session.webhooks!.register(scope, { ...HOOK, url: 'https://hub.example/hooks/y' })
    expect(await session.webhooks!.list(scope, [])).toHaveLength(4)
    for (const hook of elsewhere) await session.webhooks!.remove(hook)
    expect(await session.webhooks!.list({ ...scope, projects: [two.id] }, [])).toHaveLength(1)
    await tool.admin('POST', 'rights', { admin: false })
    expect(await refusal(session.webhooks!.register(scope, HOOK))).toMatchObject({ kind: 'forbidden' })
  })

  it('that fails is tried again after a minute, an hour and six, then switched off until it is activated', async () => {
    await using account = await linearAccount()
    const { session, tool } = account
    let status = 500
    const ids: unknown[] = []
    const server = createServer((request, response) => {
      ids.push(request.headers['linear-delivery'])
      response.writeHead(status).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    try {
      const website = await team(account)
      const scope = await scopeOf(session, website.id)
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const [hook] = await session.webhooks!.register(scope, { url, secret: 's' })
      await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Unheard' })
      await tool.deliveries()
      const sent: number[] = []
      for (const wait of [60_000, 3_600_000, 21_600_000]) {
        await tool.clock({ advanceMs: wait + 1000 })
        sent.push((await tool.admin<{ sent: number }>('POST', 'retries')).sent)
        await tool.deliveries()
      }
      expect(sent).toEqual([1, 1, 1])
      expect([ids.length, new Set(ids).size]).toEqual([4, 1])
      expect((await session.webhooks!.list(scope, []))[0]?.active).toBe(false)
      status = 200
      await session.webhooks!.activate(hook!)
      await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Heard' })
      expect((await tool.deliveries()).at(-1)?.status).toBe(200)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })
})
