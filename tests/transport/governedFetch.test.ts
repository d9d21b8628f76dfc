import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AdapterError, type Budget, type HostRequest } from '../../src/adapter.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost, type GovernedFetchOptions, LIMITS } from '../../src/transport/governedFetch.ts'
import { type FakeClock, fakeClock } from '../helpers/clock.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let url: string
/** What the tool answers, one after the other; the last one again and again. */
let answers: Answer[]
let seen: { method: string; url: string; body: string; authorization: string | undefined }[]
const limits = { ...LIMITS }

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    const { method = '', url = '', headers } = request
    seen.push({ method, url, body, authorization: headers.authorization })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  seen = []
})
afterEach(() => Object.assign(LIMITS, limits))

const status =
  (code: number, body = '', headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(code, headers)
    response.end(body)
  }
const ok = status(200, '{"fine":true}', { date: 'Mon, 16 Nov 2026 09:00:00 GMT' })
const hangUp: Answer = (request) => request.socket.destroy()
const reset: Answer = (request) => request.socket.resetAndDestroy()
const silence: Answer = () => {}
const cutOff: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('{"half":', () => response.socket?.destroy())
}

interface Rig {
  clock: FakeClock
  fetch: (request?: Partial<HostRequest>) => Promise<unknown>
}

function rig(options: Partial<GovernedFetchOptions> & { budgets?: Budget[]; key?: string } = {}): Rig {
  const clock = fakeClock()
  const adapter = {
    tool: 'trello' as const,
    baseUrl: url,
    budgets: options.budgets ?? [],
    budgetKeys: () => ({ token: options.key ?? 'token', key: 'key', account: 'account' }),
    authorize: () => ({})
  }
  const { fetch } = createHost({
    adapter,
    credentials: { current: () => null },
    instance: 'throughline-test',
    meters: new Meters(clock),
    urgency: 1,
    clock,
    random: () => 0.5,
    ...options
  })
  return {
    clock,
    async fetch(request = {}) {
      let done = false
      const answer = fetch({ method: 'GET', path: '/cards', ...request }).finally(() => {
        done = true
      })
      answer.catch(() => {})
      // Real answers take real time; the waits between them do not.
      while (!done) {
        await clock.run()
        await new Promise((next) => setTimeout(next, 1))
      }
      return (await answer).json()
    }
  }
}

const failure = async (asked: Promise<unknown>): Promise<AdapterError> => {
  const error = await asked.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason
  )
  expect(error).toBeInstanceOf(AdapterError)
  return error as AdapterError
}

describe('What a status means', () => {
  it.each([
    [400, 'bad_response', 1],
    [401, 'auth_revoked', 1],
    [402, 'plan_limit', 1],
    [403, 'forbidden', 1],
    [404, 'not_found', 1],
    [410, 'not_found', 1],
    [408, 'provider_down', 4],
    [425, 'provider_down', 4],
    [429, 'rate_limited', 4],
    [449, 'provider_down', 4],
    [500, 'provider_down', 4],
    [502, 'provider_down', 4],
    [503, 'provider_down', 4],
    [504, 'provider_down', 4],
    [301, 'bad_response', 1],
    [302, 'bad_response', 1],
    [418, 'bad_response', 1]
  ])('%i is %s, asked for %i times', async (code, kind, times) => {
    answers = [status(code, 'The requested resource was not found.', { location: `${url}/elsewhere` })]
    expect(await failure(rig().fetch())).toMatchObject({ kind, status: code, code: null })
    expect(seen.map((one) => one.url)).toEqual(Array(times).fill('/cards'))
  })

  it.each([
    ['{"error":"API_TOKEN_LIMIT_EXCEEDED","message":"Rate limit exceeded"}', 'API_TOKEN_LIMIT_EXCEEDED'],
    ['{"code":"forbidden.thing"}', 'forbidden.thing'],
    ['{"error":"a sentence with the token in it"}', null],
    ['{"error":{"deep":1}}', null],
    ['null', null],
    ['<html>', null]
  ])('takes the code of %s, and no text', async (body, code) => {
    answers = [status(403, body)]
    expect(await failure(rig().fetch())).toMatchObject({ kind: 'forbidden', code })
  })

  it('takes any 2xx as success, and the time from its Date header', async () => {
    answers = [status(202, '{"fine":true}', { date: 'Mon, 16 Nov 2026 09:00:00 GMT' })]
    const host = createHost({
      adapter: {
        tool: 'trello',
        baseUrl: url,
        budgets: [],
        budgetKeys: () => ({ token: '', key: '', account: '' }),
        authorize: () => ({})
      },
      credentials: { current: () => null },
      instance: '',
      meters: new Meters(),
      urgency: 1
    })
    const answer = await host.fetch({ method: 'GET', path: '/x' })
    expect([answer.status, answer.at, answer.json()]).toEqual([202, '2026-11-16T09:00:00.000Z', { fine: true }])
  })

  it('keeps ids past 2^53 to the last digit, and leaves other numbers alone', async () => {
    answers = [
      status(200, '{"id":12345678901234567890,"n":[9007199254740993,1.5,-1e3,9007199254740991,"1234567890123456789"]}')
    ]
    expect(await rig().fetch()).toEqual({
      id: '12345678901234567890',
      n: ['9007199254740993', 1.5, -1000, 9007199254740991, '1234567890123456789']
    })
  })

  it.each([
    ['<!doctype html><title>Log in</title>', 'html'],
    ['', 'empty'],
    ['{"half":', 'not_json']
  ])('a 200 that says %j is a bad response', async (body, code) => {
    answers = [status(200, body)]
    expect(await failure(rig().fetch())).toMatchObject({ kind: 'bad_response', status: 200, code })
  })
})

describe('Trying again', () => {
  it('waits twice as long each time, by chance between half and all of it', async () => {
    for (const [random, waits] of [
      [0, [500, 1000, 2000]],
      [0.999_999, [1000, 2000, 4000]]
    ] as const) {
      answers = [status(502)]
      const { fetch, clock } = rig({ random: () => random })
      await failure(fetch())
      expect(clock.slept.map((ms) => Math.round(ms))).toEqual(waits)
    }
  })

  it.each([
    ['a reset connection', reset],
    ['a connection that hangs up', hangUp],
    ['half a body', cutOff],
    ['a 500', status(500)]
  ])('goes on after %s when the answer comes', async (_name, fault) => {
    answers = [fault, fault, ok]
    expect(await rig().fetch()).toEqual({ fine: true })
    expect(seen).toHaveLength(3)
  })

  it.each([
    ['a reset connection', reset],
    ['half a body', cutOff],
    ['a 500', status(500)],
    ['a 504', status(504)]
  ])('never repeats a POST after %s: it may have taken effect', async (_name, fault) => {
    answers = [fault, ok]
    const error = await failure(rig().fetch({ method: 'POST', body: { text: 'once' } }))
    expect(error).toMatchObject({ kind: 'provider_down', unclear: true })
    expect(seen).toEqual([expect.objectContaining({ method: 'POST', body: '{"text":"once"}' })])
  })

  it('repeats a POST that was refused unread, and PUT and DELETE after anything', async () => {
    answers = [status(429), ok]
    expect(await rig().fetch({ method: 'POST', body: { text: 'once' } })).toEqual({ fine: true })
    for (const method of ['PUT', 'DELETE'] as const) {
      answers = [status(500), ok]
      expect(await rig().fetch({ method })).toEqual({ fine: true })
    }
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'PUT', 'PUT', 'DELETE', 'DELETE'])
  })

  it('says of a refused connection that nothing happened', async () => {
    const gone = createServer()
    await new Promise<void>((ready) => gone.listen(0, '127.0.0.1', ready))
    const { port } = gone.address() as AddressInfo
    await new Promise((closed) => gone.close(closed))
    const error = await failure(rig({ baseUrl: `http://127.0.0.1:${port}` }).fetch({ method: 'POST', body: {} }))
    expect(error).toMatchObject({ kind: 'provider_down', unclear: false })
  })

  it('gives up on silence after the time limit', async () => {
    LIMITS.timeout = 60
    answers = [silence]
    expect(await failure(rig().fetch())).toMatchObject({ kind: 'provider_down', code: 'timeout', unclear: true })
    expect(seen).toHaveLength(LIMITS.attempts)
  })

  it('stops at once when called off, under way and between two attempts', async () => {
    const stop = new AbortController()
    answers = [silence]
    const asked = rig({ signal: stop.signal }).fetch()
    setTimeout(() => stop.abort(new Error('enough')), 30)
    await expect(asked).rejects.toThrow('enough')
    expect(seen).toHaveLength(1)
    const other = new AbortController()
    answers = [
      (_request, response) => {
        other.abort(new Error('enough'))
        response.writeHead(500).end()
      }
    ]
    await expect(rig({ signal: other.signal }).fetch()).rejects.toThrow('enough')
    expect(seen).toHaveLength(2)
  })
})

describe('A body', () => {
  it('that grows past the cap is cut, also when it was small on its way', async () => {
    LIMITS.body = 1_000_000
    answers = [status(200, JSON.stringify('x'.repeat(1_000_001)))]
    expect(await failure(rig().fetch())).toMatchObject({ kind: 'bad_response', code: 'too_large' })
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32))
    expect(bomb.length).toBeLessThan(60_000)
    answers = [
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' })
        response.end(bomb)
      }
    ]
    const before = process.memoryUsage().arrayBuffers
    expect(await failure(rig().fetch())).toMatchObject({ kind: 'bad_response', code: 'too_large' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
    expect(seen).toHaveLength(2)
  })
})

describe('A redirect', () => {
  it('is not followed: credentials would travel along', async () => {
    answers = [status(307, '', { location: `${url}/elsewhere` })]
    await failure(rig().fetch({ headers: { authorization: 'secret' } }))
    expect(seen.map((one) => [one.url, one.authorization])).toEqual([['/cards', 'secret']])
  })
})

describe('A tool that says it is too much', () => {
  const budget: Budget = { name: 'token', scope: 'token', amount: 100, perMs: 10_000 }

  it('is left alone for its Retry-After in seconds', async () => {
    answers = [status(429, '', { 'retry-after': '7' }), ok]
    const { fetch, clock } = rig({ budgets: [budget] })
    await fetch()
    expect(clock.now()).toBeGreaterThanOrEqual(7000)
    expect(clock.now()).toBeLessThan(9000)
  })

  it('is left alone until its Retry-After as a date', async () => {
    answers = [status(429, '', { 'retry-after': new Date(Date.now() + 20_000).toUTCString() }), ok]
    const { fetch, clock } = rig({ budgets: [budget] })
    await fetch()
    expect(clock.now()).toBeGreaterThanOrEqual(18_500)
    expect(clock.now()).toBeLessThan(22_000)
  })

  it.each([
    ['the seconds it names', { 'retry-after': '3' }, 3000],
    ['ten seconds where it names none', {}, 10_000],
    ['ten seconds where what it names is no moment', { 'retry-after': 'soon' }, 10_000]
  ])('without a word of when is left alone for %s', async (_name, headers, ms) => {
    answers = [status(429, '', headers as Record<string, string>), ok]
    const { fetch, clock } = rig({ budgets: [budget] })
    await fetch()
    expect(clock.now()).toBeGreaterThanOrEqual(ms)
    expect(clock.now()).toBeLessThan(ms + 1100)
  })

  it('for ten minutes is not waited for, and not asked again before that', async () => {
    answers = [status(429, '', { 'retry-after': '600' })]
    const { fetch, clock } = rig({ budgets: [budget] })
    const error = await failure(fetch())
    expect(error).toMatchObject({ kind: 'rate_limited', status: 429 })
    expect(Date.parse(error.retryAt!) - Date.now()).toBeGreaterThan(590_000)
    expect(clock.now()).toBe(0)
    expect(await failure(fetch())).toMatchObject({ kind: 'rate_limited', status: null, code: 'waiting' })
    expect(seen).toHaveLength(1)
    await clock.advance(600_001)
    answers = [ok]
    expect(await fetch()).toEqual({ fine: true })
  })

  it('of one token does not stop another one with the same key; of the key stops both', async () => {
    const budgets: Budget[] = [
      { ...budget, refusals: ['TOKEN_FULL'] },
      { name: 'key', scope: 'key', amount: 300, perMs: 10_000, refusals: ['KEY_FULL'] }
    ]
    const clock = fakeClock()
    const meters = new Meters(clock)
    const one = rig({ budgets, meters, clock, key: 'one' })
    const other = rig({ budgets, meters, clock, key: 'other' })
    answers = [status(429, '{"error":"TOKEN_FULL"}', { 'retry-after': '600' }), ok]
    await failure(one.fetch())
    expect(await other.fetch()).toEqual({ fine: true })
    expect(await failure(one.fetch())).toMatchObject({ code: 'waiting' })
    answers = [status(429, '{"error":"KEY_FULL"}', { 'retry-after': '1200' }), ok]
    await failure(other.fetch())
    expect(await failure(one.fetch())).toMatchObject({ code: 'waiting' })
    expect(seen).toHaveLength(3)
  })
})
