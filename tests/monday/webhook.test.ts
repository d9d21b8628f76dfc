/** Webhooks of monday: the token an app's deliveries carry, the address of the others, and what comes over HTTP. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { hooks, signedWith } from '../../adapters/monday/webhook.ts'
import type { Delivery, Hook } from '../../src/adapter.ts'
import { startStandIn } from '../helpers/standIn.ts'
import { open, project, scopeOf } from './opened.ts'

const NOW = '2026-11-16T08:00:00.000Z'
const URL_ = `https://hub.example/hooks/${'s'.repeat(43)}`
const SECRET = 'signing-secret'
const hook: Hook = { url: URL_, secret: signedWith(SECRET) }
const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000)

const delivery = (body: unknown, authorization?: string, url = URL_): Delivery => ({
  method: 'POST',
  headers: { authorization },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  url,
  at: NOW
})

const token = (claims: Record<string, unknown> = {}, secret = SECRET, alg = 'HS256') =>
  new SignJWT({ accountId: 1, userId: 2, aud: URL_, iat: seconds(NOW), exp: seconds(NOW) + 300, ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret))

describe('A delivery of an app', () => {
  const of = (authorization?: string) => hooks.verify(delivery({ event: { type: 'x' } }, authorization), hook)

  it('is trusted for its token, with or without the word Bearer', async () => {
    expect(await of(await token())).toBeNull()
    expect(await of(`Bearer ${await token()}`)).toBeNull()
  })

  it('is not without one, with somebody else’s, cut short, meant for another address, or of no signature', async () => {
    const good = await token()
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.`
    expect(await of()).toBe('unsigned')
    expect(await of('')).toBe('unsigned')
    expect(await of(await token({}, 'another-secret'))).toBe('forged')
    expect(await of(good.slice(0, -8))).toBe('forged')
    expect(await of('abc')).toBe('forged')
    expect(await of(unsigned)).toBe('forged')
    expect(await of(await token({ aud: 'https://other.example/hook' }))).toBe('forged')
    expect(await of(await token({ exp: undefined }))).toBe('forged')
  })

  it('is stale when its token has ended, give or take what clocks differ', async () => {
    expect(await of(await token({ exp: seconds(NOW) - 20 }))).toBeNull()
    expect(await of(await token({ exp: seconds(NOW) - 40 }))).toBe('stale')
  })

  it('is never trusted for its address alone, nor for an empty secret', async () => {
    expect(await hooks.verify(delivery({}), hook)).toBe('unsigned')
    expect(await hooks.verify(delivery({}, await token({}, 'x')), { url: URL_, secret: signedWith('') })).toBe(
      'no_secret'
    )
  })
})

describe('A delivery of a personal token', () => {
  it('is trusted for its address, under whatever name we are reached', async () => {
    for (const secret of [null, 'agreed-with-ourselves']) {
      const plain = { url: URL_, secret }
      expect(await hooks.verify(delivery({}), plain)).toBeNull()
      expect(await hooks.verify(delivery({}, undefined, URL_.replace('hub.', 'inner.')), plain)).toBeNull()
      expect(await hooks.verify(delivery({}, undefined, `${URL_}x`), plain)).toBe('forged')
      expect(await hooks.verify(delivery({}, undefined, URL_.slice(0, -1)), plain)).toBe('forged')
      expect(await hooks.verify(delivery({}, undefined, 'nonsense'), plain)).toBe('forged')
    }
  })

  it('is not when the address holds nothing that cannot be guessed', async () => {
    const url = 'https://hub.example/hooks/monday'
    expect(await hooks.verify(delivery({}, undefined, url), { url, secret: null })).toBe('no_secret')
  })
})

describe('The challenge', () => {
  it('is answered with itself, and nothing else is taken for one', () => {
    expect(hooks.handshake?.(delivery({ challenge: 'abc' }))).toEqual({ status: 200, body: { challenge: 'abc' } })
    for (const body of [{ challenge: 5 }, { challenge: 'abc', event: {} }, {}, 'null', '', '[]', '"challenge"']) {
      expect(hooks.handshake?.(delivery(body))).toBeNull()
    }
  })
})

describe('Over HTTP', () => {
  let server: Server | null = null
  afterEach(() => server?.closeAllConnections())

  /** Answers challenges, and deliveries with `status`; keeps what came. */
  async function listening(status: () => number): Promise<{ url: string; came: Delivery[] }> {
    const came: Delivery[] = []
    server = createServer(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      const got = {
        method: request.method ?? '',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(pieces),
        url: `http://${request.headers.host}${request.url}`,
        at: new Date().toISOString()
      }
      const answer = hooks.handshake?.(got)
      if (!answer) came.push(got)
      response.writeHead(answer?.status ?? status(), { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer?.body ?? {}))
    })
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${'t'.repeat(43)}`, came }
  }

  it('hooks of an app are signed with its secret, and the secret is told to the hub', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Told of' })
    const { token: appToken } = await tool.admin<{ token: string }>('POST', 'tokens', {})
    const { url, came } = await listening(() => 200)
    const session = open(tool, { token: appToken, signingSecret: 'sandbox-signing-secret' })
    const made = await session.webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    expect(made).toHaveLength(12)
    expect(new Set(made.map(({ secret }) => secret))).toEqual(new Set([signedWith('sandbox-signing-secret')]))
    await tool.change(task, { column: board.columns.Doing! })
    await tool.deliveries()
    expect(came).toHaveLength(1)
    expect(await hooks.verify(came[0]!, { url, secret: made[0]!.secret })).toBeNull()
    expect(await hooks.verify(came[0]!, { url, secret: signedWith('another') })).toBe('forged')
    expect(hooks.read(came[0]!).hints).toMatchObject([{ kind: 'task', externalId: task, deleted: false }])
  })

  it('are registered once however often they are asked for, and anew when they were taken away', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const { url } = await listening(() => 200)
    const { webhooks } = open(tool)
    const first = await webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    const second = await webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    expect(second).toEqual(first)
    await webhooks!.remove(first[0]!)
    await webhooks!.remove(first[0]!)
    expect(await webhooks!.list(scopeOf(board.id), first)).toEqual(first.slice(1))
    const third = await webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    expect(third.slice(1)).toEqual(first.slice(1))
    expect(third[0]!.externalId).not.toBe(first[0]!.externalId)
    expect(await webhooks!.list(scopeOf(board.id), third)).toEqual(third)
  })

  it('that were not taken come again under the same key', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Told of' })
    let status = 500
    const { url, came } = await listening(() => status)
    await open(tool).webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    await tool.change(task, { title: 'Told of twice' })
    await tool.deliveries()
    status = 200
    await tool.admin('POST', 'retries')
    await tool.admin('POST', 'retries')
    expect(came).toHaveLength(2)
    expect(JSON.parse(String(came[1]!.body)).event).toMatchObject({ isRetry: true, retryCount: 1, type: 'update_name' })
    expect(hooks.read(came[1]!).key).toBe(hooks.read(came[0]!).key)
  })

  it('of sub-items come to the board of their parents', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const task = { project: board.id, column: board.columns['To do']! }
    const whole = await tool.task({ ...task, title: 'The whole' })
    const { url, came } = await listening(() => 200)
    await open(tool).webhooks!.register(scopeOf(board.id), { url, secret: 'ours' })
    const part = await tool.task({ ...task, title: 'A part', parent: whole })
    await tool.change(part, { completed: true })
    await tool.deliveries()
    const told = came.map((one) => hooks.read(one).hints[0])
    expect(told).toMatchObject([
      { kind: 'task', externalId: part },
      { kind: 'task', externalId: part }
    ])
  })

  it('at an address that does not answer the challenge are not made', async () => {
    await using tool = await startStandIn('monday')
    const board = await project(tool)
    const made = open(tool).webhooks!.register(scopeOf(board.id), { url: 'http://127.0.0.1:9/nobody', secret: 'ours' })
    await expect(made).rejects.toMatchObject({ kind: 'bad_response' })
  })
})
