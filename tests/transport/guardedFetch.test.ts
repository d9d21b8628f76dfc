/** What people give us as an address, against real servers and a resolver that lies. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBrotliCompress, createGzip } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GuardError, type GuardedRequest, type GuardOptions, guardedFetch } from '../../src/transport/guardedFetch.ts'
import { isPublic } from '../../src/transport/publicAddress.ts'

let server: Server
let port: number
let asked: { method: string; host: string; url: string; headers: IncomingMessage['headers']; body: string }[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    const { method = '', url = '', headers } = request
    asked.push({ method, url, host: headers.host ?? '', headers, body })
    answer(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  answer = (_request, response) => void response.end('fine')
})

/** The one address of these tests that counts as public. */
const here = (names: Record<string, string[]> = {}): GuardOptions => ({
  allow: { http: true, ports: [port], addresses: ['127.0.0.1'] },
  resolve: async (name) => names[name] ?? ['127.0.0.1']
})
const ask = (host: string, request: GuardedRequest = {}, options: GuardOptions = here()) =>
  guardedFetch(`http://${host}:${port}/hook`, request, options)

const reason = async (asking: Promise<unknown>): Promise<string> => {
  const error = await asking.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(GuardError)
  return (error as GuardError).reason
}

const leads =
  (status: number, to: string | ((url: string) => string)) => (request: IncomingMessage, response: ServerResponse) => {
    const location = typeof to === 'string' ? to : to(request.url ?? '')
    response.writeHead(status, { location }).end()
  }

describe('An address', () => {
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2001:20::1',
    '2002:7f00:1::1',
    '2002:a9fe:a9fe::',
    '2606:4700::5efe:10.0.0.1',
    '2606:4700::200:5efe:10.0.0.1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'nonsense'
  ])('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80e::200e'
  ])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true)
  })
})

describe('What people give us as an address', () => {
  it.each([
    ['', 'bad_url'],
    ['hook', 'bad_url'],
    ['http://chat.example/hook', 'not_https'],
    ['ftp://chat.example/hook', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['data:text/plain,x', 'not_https'],
    ['https://name:word@chat.example/', 'credentials_in_url'],
    ['https://name@chat.example/', 'credentials_in_url'],
    ['https://chat.example:22/', 'port'],
    ['https://chat.example:80/', 'port'],
    ['https://chat.example:6379/', 'port'],
    ['https://2130706433/', 'host_form'],
    ['https://0x7f000001/', 'host_form'],
    ['https://0177.0.0.1/', 'host_form'],
    ['https://127.1/', 'host_form'],
    ['https://0x08080808/', 'host_form'],
    ['https://127.0.0.1./', 'host_form'],
    ['https://①②⑦.0.0.1/', 'host_form'],
    ['https:127.1', 'host_form'],
    ['https://127.0.0.1/', 'not_public'],
    ['https://169.254.169.254/latest/meta-data/', 'not_public'],
    ['https://[::1]/', 'not_public'],
    ['https://[::ffff:127.0.0.1]/', 'not_public'],
    ['https://[64:ff9b::7f00:1]/', 'not_public'],
    ['https://[fe80::1]/', 'not_public']
  ])('%s is refused: %s', async (address, expected) => {
    const resolve = async () => ['127.0.0.1']
    expect(await reason(guardedFetch(address, {}, { resolve }))).toBe(expected)
    expect(asked).toEqual([])
  })

  it('is asked at the address its name had when it was checked, and by its name', async () => {
    let times = 0
    const resolve = async () => (++times === 1 ? ['127.0.0.1'] : ['127.0.0.2'])
    const { text, status } = await ask('chat.example', { method: 'POST', body: 'hi' }, { ...here(), resolve })
    expect([status, text, times]).toEqual([200, 'fine', 1])
    expect(asked).toMatchObject([{ method: 'POST', host: `chat.example:${port}`, url: '/hook', body: 'hi' }])
  })

  it('whose name turns inwards between two hops is refused at the second', async () => {
    let times = 0
    const resolve = async () => (++times === 1 ? ['127.0.0.1'] : ['127.0.0.2'])
    answer = leads(307, '/again')
    expect(await reason(ask('chat.example', {}, { ...here(), resolve }))).toBe('not_public')
    expect([asked.length, times]).toEqual([1, 2])
  })

  it.each([
    ['one address that is not public among others', ['127.0.0.1', '10.0.0.1'], 'not_public'],
    ['no address', [], 'unknown_host']
  ])('whose name has %s is refused', async (_what, addresses, expected) => {
    expect(await reason(ask('chat.example', {}, here({ 'chat.example': addresses })))).toBe(expected)
    expect(asked).toEqual([])
  })

  it('whose name does not exist is refused by the machine’s own resolver', async () => {
    expect(await reason(guardedFetch('https://no-such-name.invalid/'))).toBe('unknown_host')
  })

  it('whose name is this machine is refused by the machine’s own resolver', async () => {
    expect(await reason(guardedFetch('https://localhost/'))).toBe('not_public')
  })
})

describe('A redirect', () => {
  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'port'],
    ['//169.254.169.254/', 'port'],
    ['gopher://chat.example/', 'not_https'],
    ['http://name:word@chat.example/', 'credentials_in_url'],
    ['http://[', 'bad_redirect']
  ])('to %s is not followed', async (to, expected) => {
    answer = leads(302, to)
    const allow = { http: true, ports: [port], addresses: ['127.0.0.1'] }
    const found = await reason(ask('chat.example', {}, { ...here(), allow }))
    expect(found).toBe(to.includes('169.254') ? 'not_public' : expected)
    expect(asked).toHaveLength(1)
  })

  it('is followed three times and no more', async () => {
    answer = (request, response) => {
      const step = Number(request.url?.match(/\d+/)?.[0] ?? 0)
      if (step < 3) leads(302, `/${step + 1}`)(request, response)
      else response.end('there')
    }
    expect(await ask('chat.example')).toMatchObject({ text: 'there', url: `http://chat.example:${port}/3` })
    asked = []
    answer = leads(302, '/hook')
    expect(await reason(ask('chat.example'))).toBe('too_many_redirects')
    expect(asked).toHaveLength(4)
  })

  const secret = {
    headers: { authorization: 'Bearer word', cookie: 'a=b', 'x-key': 'word', 'content-type': 'text/plain' }
  }

  it('to another host takes nothing along that was meant for the first', async () => {
    answer = (request, response) => {
      if (request.headers.host?.startsWith('chat')) leads(302, `http://other.example:${port}/`)(request, response)
      else response.end('other')
    }
    await ask('chat.example', { method: 'POST', body: 'message', ...secret })
    expect(asked.map(({ method, body }) => [method, body])).toEqual([
      ['POST', 'message'],
      ['GET', '']
    ])
    const { authorization, cookie, 'x-key': key } = asked[1]?.headers ?? {}
    expect([authorization, cookie, key]).toEqual([undefined, undefined, undefined])
  })

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'message'],
    [307, 'POST', 'POST', 'message'],
    [308, 'POST', 'POST', 'message']
  ] as const)('with %i after %s on the same host is a %s', async (status, method, then, body) => {
    answer = (request, response) => {
      if (request.url === '/hook') leads(status, '/next')(request, response)
      else response.end()
    }
    await ask('chat.example', { method, body: 'message', ...secret })
    expect(asked[1]).toMatchObject({ method: then, body, headers: { authorization: 'Bearer word' } })
    expect(asked[1]?.headers['content-type']).toBe(then === 'GET' ? undefined : 'text/plain')
  })

  it.each([307, 308])('with %i to another host would send the message there: refused', async (status) => {
    answer = leads(status, `http://other.example:${port}/`)
    expect(await reason(ask('chat.example', { method: 'POST', body: 'message' }))).toBe('bad_redirect')
    expect(asked).toHaveLength(1)
  })
})

describe('An answer', () => {
  /** Writes until nobody listens any more; tells how much it was. */
  const endless = (bytes: number, through?: () => NodeJS.ReadWriteStream) => {
    const sent = { bytes: 0, cut: false }
    answer = (_request, response) => {
      const stream = through?.()
      const encoding = stream ? { 'content-encoding': through === createGzip ? 'gzip' : 'br' } : {}
      response.writeHead(200, encoding)
      stream?.pipe(response)
      const sink = stream ?? response
      const piece = Buffer.alloc(65_536, 'x')
      const write = () => {
        while (!sent.cut && sent.bytes < bytes) {
          sent.bytes += piece.length
          if (!sink.write(piece)) return void sink.once('drain', write)
        }
        if (!sent.cut) sink.end()
      }
      response.on('close', () => {
        sent.cut = !response.writableFinished
      })
      write()
    }
    return sent
  }
  const GIGABYTE = 1024 ** 3

  it.each([
    ['as it is', undefined],
    ['as gzip', createGzip],
    ['as Brotli', createBrotliCompress]
  ])('of a gigabyte, %s, is cut after the first megabyte', async (_how, through) => {
    const sent = endless(GIGABYTE, through as () => NodeJS.ReadWriteStream)
    const before = process.memoryUsage().rss
    expect(await reason(ask('chat.example'))).toBe('too_large')
    expect(sent.bytes).toBeLessThan(GIGABYTE / 4)
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
  })

  it('of just as much as may be is read', async () => {
    answer = (_request, response) => void response.end('x'.repeat(1000))
    expect((await ask('chat.example', {}, { ...here(), maxBytes: 1000 })).text).toHaveLength(1000)
    expect(await reason(ask('chat.example', {}, { ...here(), maxBytes: 999 }))).toBe('too_large')
  })

  it.each([
    ['that never begins', () => {}],
    [
      'that drips',
      (_request: IncomingMessage, response: ServerResponse) => {
        const drip = setInterval(() => response.write('x'), 20)
        response.on('close', () => clearInterval(drip))
      }
    ]
  ])('%s is waited for as long as was said', async (_what, how) => {
    answer = how
    expect(await reason(ask('chat.example', {}, { ...here(), timeoutMs: 300 }))).toBe('timeout')
  })

  it('that never comes because the name is never resolved is waited for no longer', async () => {
    const resolve = () => new Promise<string[]>(() => {})
    expect(await reason(ask('chat.example', {}, { ...here(), resolve, timeoutMs: 100 }))).toBe('timeout')
  })

  it('that breaks off is no answer; one that is called off says why', async () => {
    answer = (request) => void request.socket.destroy()
    expect(await reason(ask('chat.example'))).toBe('no_answer')
    answer = () => {}
    const stop = AbortSignal.timeout(50)
    await expect(ask('chat.example', {}, { ...here(), signal: stop })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('of any status is given back as it is', async () => {
    answer = (_request, response) => void response.writeHead(404, { 'x-why': 'gone' }).end('no such hook')
    const { status, headers, text } = await ask('chat.example')
    expect([status, headers.get('x-why'), text]).toEqual([404, 'gone', 'no such hook'])
  })
})
