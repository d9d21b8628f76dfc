/** Hostile traffic at the door where tools tell of changes, and on the wire itself. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/index.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { type Serving, serving, sharedHub, TOKEN } from './serving.ts'

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
})
afterAll(() => hub?.close())

const MEGABYTE = 1024 * 1024
const receivers = adapters.flatMap(({ tool, hooks }) => (hooks ? [{ tool, refusal: hooks.refusal }] : []))

const written = async (): Promise<number> => {
  const [row] = await hub.db.rows<{ rows: number }>(sql`select count(*)::int as rows from inbox`)
  return row?.rows ?? -1
}

async function listening(server: Serving): Promise<{ port: number; url: string }> {
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
  return { url, port: Number(new URL(url).port) }
}

const post = (server: Serving, tool: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: `/hooks/${tool}/nobody-knows-this-address`,
    headers: { 'content-type': 'application/json', ...headers },
    payload
  })

describe.each(receivers)('what comes for $tool', ({ tool, refusal }) => {
  test.each([
    ['an unknown address', '{"action":{}}'],
    ['1,000 levels', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['400,000 levels', `${'['.repeat(400_000)}${']'.repeat(400_000)}`],
    ['__proto__', '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'],
    ['no JSON', '\u0000\u0001'],
    ['nothing at all', '']
  ])('with %s is refused as the tool wants it, and nothing is written', async (_what, payload) => {
    await using server = await serving({ hub })
    expect((await post(server, tool, payload)).statusCode).toBe(refusal)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
    expect(await written()).toBe(0)
  })

  test.each([
    ['gzip', gzipSync('x'.repeat(1000))],
    ['br', Buffer.from('x')],
    ['gzip, gzip', Buffer.from('x')]
  ])('packed as %s is not unpacked', async (encoding, payload) => {
    await using server = await serving({ hub })
    const answer = await post(server, tool, payload, { 'content-encoding': encoding })
    expect([answer.statusCode, answer.json().error.code]).toEqual([415, 'packed'])
    expect(await written()).toBe(0)
  })
})

describe('a body for a webhook', () => {
  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
    'of just more than 1 MB is refused, as %s',
    async (type) => {
      await using server = await serving({ hub })
      const headers = { 'content-type': type }
      expect((await post(server, 'trello', Buffer.alloc(MEGABYTE + 1, 'x'), headers)).statusCode).toBe(413)
      expect((await post(server, 'trello', Buffer.alloc(MEGABYTE, 'x'), headers)).statusCode).not.toBe(413)
      expect(await written()).toBe(0)
    }
  )

  test('of a type that is none is refused', async () => {
    await using server = await serving({ hub })
    expect((await post(server, 'trello', '{}', { 'content-type': 'nonsense' })).statusCode).toBe(415)
  })

  test.each([
    ['that says it is a gigabyte', { 'content-length': String(1024 ** 3) }],
    ['that says nothing and does not end', { 'transfer-encoding': 'chunked' }]
  ])('%s is refused before much of it is read', async (_what, headers) => {
    await using server = await serving({ hub })
    const { port } = await listening(server)
    let sent = 0
    const endless = new Readable({
      read() {
        sent += 65_536
        this.push(Buffer.alloc(65_536, 'x'))
      }
    })
    const asking = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/hooks/trello/nobody', headers })
    asking.on('error', () => {})
    endless.pipe(asking)
    const [answer] = await once(asking, 'response')
    expect(answer.statusCode).toBe(413)
    endless.unpipe(asking)
    asking.destroy()
    // What the wire holds on its way is not what we keep.
    expect(sent).toBeLessThan(64 * MEGABYTE)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  })
})

describe('a bomb', () => {
  test('of fifty megabytes in fifty kilobytes is not unpacked by the API either', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/sync',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip'
      },
      payload: gzipSync(Buffer.alloc(50 * MEGABYTE, ' '))
    })
    expect([answer.statusCode, answer.json().error.code]).toEqual([415, 'packed'])
  })

  test('“identity” is no packing', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject({
      url: '/api/projects',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-encoding': 'identity' }
    })
    expect(answer.statusCode).toBe(200)
  })
})

describe('a flood', () => {
  test('at one webhook from one address is stopped after 6,000 a minute; another address is heard', async () => {
    await using server = await serving({ hub })
    const statuses = new Map<number, number>()
    for (let sent = 0; sent < 6_010; sent++) {
      const { statusCode } = await post(server, 'trello', '{}')
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    }
    expect(statuses.get(429)).toBe(10)
    const other = await server.app.inject({ method: 'POST', url: '/hooks/trello/x', remoteAddress: '203.0.113.9' })
    expect(other.statusCode).not.toBe(429)
    expect(await written()).toBe(0)
  })
})

describe('on the wire', () => {
  const dial = async (port: number): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }

  test('who sends headers, or a body, drop by drop is cut off; others are answered meanwhile', async () => {
    await using server = await serving({ hub })
    const { port, url } = await listening(server)
    const began = performance.now()
    const slow = async (start: string): Promise<{ said: string; ms: number }> => {
      const socket = await dial(port)
      socket.write(start)
      const drip = setInterval(() => socket.writable && socket.write('x'), 500)
      const said = await text(socket).catch(() => '')
      clearInterval(drip)
      socket.destroy()
      return { said, ms: performance.now() - began }
    }
    const headers = Array.from({ length: 50 }, () => slow('POST /hooks/trello/x HTTP/1.1\r\nHost: hub\r\nX-Slow: '))
    const body = slow('POST /hooks/trello/x HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\n')
    for (let times = 0; times < 5; times++) expect((await fetch(`${url}/healthz`)).status).toBe(200)
    for (const { said, ms } of await Promise.all(headers)) {
      expect(said).toMatch(/^HTTP\/1\.1 408 /)
      expect(ms).toBeLessThan(25_000)
    }
    expect((await body).ms).toBeLessThan(45_000)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await written()).toBe(0)
  })

  test.each([
    ['headers beyond measure', `GET /healthz HTTP/1.1\r\nHost: hub\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400],
    [
      'two lengths',
      'POST /hooks/trello/x HTTP/1.1\r\nHost: hub\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx',
      400
    ],
    [
      'a length and chunks',
      'POST /hooks/trello/x HTTP/1.1\r\nHost: hub\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400
    ]
  ])('%s is refused', async (_what, bytes, status) => {
    await using server = await serving({ hub })
    const { port, url } = await listening(server)
    const socket = await dial(port)
    socket.write(bytes)
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })
})
