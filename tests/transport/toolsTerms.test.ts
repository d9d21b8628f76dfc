/** What an adapter tells the host as data: what refusals mean, what is left of a budget, where requests may go. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, AdapterError, Answer, Budget, Host } from '../../src/adapter.ts'
import { Meter, Meters } from '../../src/transport/budget.ts'
import { type CredentialSource, createHost } from '../../src/transport/governedFetch.ts'
import { type FakeClock, fakeClock } from '../helpers/clock.ts'

interface Reply {
  status?: number
  body?: string
  headers?: Record<string, string>
  /** Milliseconds before it is sent. */
  after?: number
}

let server: Server
let url: string
let replies: Reply[]
let seen: { url: string; headers: IncomingMessage['headers']; at: number; answeredAt: number }[]

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const line = { url: request.url ?? '', headers: request.headers, at: performance.now(), answeredAt: 0 }
    seen.push(line)
    const {
      status = 200,
      body = '{}',
      headers = {},
      after = 0
    } = (replies.length > 1 ? replies.shift() : replies[0]) ?? {}
    if (after) await new Promise((done) => setTimeout(done, after))
    line.answeredAt = performance.now()
    response.writeHead(status, headers)
    response.end(body)
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
  replies = [{}]
})

type Terms = Partial<Pick<Adapter, 'refusal' | 'quotas' | 'hosts' | 'budgets' | 'authorize' | 'baseUrl'>>

function host(
  terms: Terms,
  options: { clock?: FakeClock; credentials?: CredentialSource; baseUrl?: string | null } = {}
): Host {
  const { clock = fakeClock(), credentials = { current: () => 'secret' }, baseUrl = null } = options
  return createHost({
    adapter: {
      tool: 'linear',
      baseUrl: url,
      budgets: [],
      budgetKeys: () => ({ token: 't', key: 'k', account: 'a' }),
      authorize: (secret) => ({ authorization: `Bearer ${secret}` }),
      ...terms
    },
    credentials,
    baseUrl,
    instance: 'throughline-test',
    meters: new Meters(clock),
    urgency: 1,
    clock,
    random: () => 0
  })
}

/** Runs a promise on a clock that does not wait. */
async function on<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let done = false
  const settled = promise.finally(() => {
    done = true
  })
  settled.catch(() => {})
  while (!done) {
    await clock.run()
    await new Promise((next) => setTimeout(next, 1))
  }
  return settled
}
const failed = (promise: Promise<unknown>): Promise<AdapterError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: AdapterError) => error
  )

describe('A refusal in the tool’s own terms', () => {
  const graphql = ({ body }: Answer) =>
    (body as { errors?: unknown[] })?.errors ? ({ kind: 'forbidden', code: 'NOT_YOURS' } as const) : null

  it('inside an answer with status 200 is a failure', async () => {
    replies = [{ body: '{"errors":[{}]}' }]
    expect(await failed(host({ refusal: graphql }).fetch({ method: 'POST', path: '/graphql' }))).toMatchObject({
      kind: 'forbidden',
      code: 'NOT_YOURS',
      status: 200
    })
  })

  it('says more than the status does, and leaves the rest to the status', async () => {
    replies = [{ status: 401, body: '{"errors":[{}]}' }]
    expect((await failed(host({ refusal: graphql }).fetch({ method: 'GET', path: '/' }))).kind).toBe('forbidden')
    replies = [{ status: 401, body: 'no' }]
    expect((await failed(host({ refusal: graphql }).fetch({ method: 'GET', path: '/' }))).kind).toBe('auth_revoked')
  })

  it('is waited for as long as the body says, or the header, whichever is longer', async () => {
    const refusal = ({ status }: Answer) =>
      status === 200 ? null : ({ kind: 'rate_limited', code: null, retryAfterMs: 30_000 } as const)
    for (const [header, least] of [
      ['5', 30_000],
      ['60', 60_000]
    ] as const) {
      const clock = fakeClock()
      replies = [{ status: 429, headers: { 'retry-after': header } }, { body: '{"fine":1}' }]
      const asking = host({ refusal, budgets: [{ name: 'b', scope: 'token', amount: 5, perMs: 1000 }] }, { clock })
      const answer = await on(clock, asking.fetch({ method: 'GET', path: '/' }))
      expect(answer.json()).toEqual({ fine: 1 })
      expect(clock.now()).toBeGreaterThanOrEqual(least)
      expect(clock.now()).toBeLessThan(least + 5000)
    }
  })

  it('of a day’s calls closes that budget alone', async () => {
    const budgets: Budget[] = [
      { name: 'minute', scope: 'token', amount: 100, perMs: 60_000 },
      {
        name: 'day',
        scope: 'account',
        amount: 1000,
        perMs: 86_400_000,
        calendarDay: true,
        refusals: ['DAILY'],
        paths: /^\/v2/
      }
    ]
    const refusal = ({ status }: Answer) =>
      status === 429 ? ({ kind: 'rate_limited', code: 'DAILY', retryAfterMs: 3_600_000 } as const) : null
    const clock = fakeClock()
    const asking = host({ refusal, budgets }, { clock })
    replies = [{ status: 429 }, {}]
    expect((await failed(on(clock, asking.fetch({ method: 'GET', path: '/v2' })))).code).toBe('DAILY')
    expect((await failed(on(clock, asking.fetch({ method: 'GET', path: '/v2' })))).code).toBe('waiting')
    expect((await on(clock, asking.fetch({ method: 'GET', path: '/other' }))).status).toBe(200)
    expect(seen).toHaveLength(2)
  })
})

describe('What an answer says of budgets', () => {
  it('changes their size', async () => {
    const clock = fakeClock()
    const quotas = () => [{ budget: 'b', amount: 2 }]
    const asking = host({ quotas, budgets: [{ name: 'b', scope: 'token', amount: 100, perMs: 10_000 }] }, { clock })
    await on(clock, asking.fetch({ method: 'GET', path: '/' }))
    await on(clock, Promise.all([1, 2, 3].map(() => asking.fetch({ method: 'GET', path: '/' }))))
    expect(clock.now()).toBeGreaterThanOrEqual(10_000)
    expect(clock.now()).toBeLessThan(21_000)
  })

  it('counts what others used, until it begins anew', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 10, perMs: 60_000 }, clock)
    const giveBack = await meter.take(1, 0)
    giveBack(true)
    meter.learn({ left: 3, resetMs: 5000 })
    meter.learn({ left: 3, resetMs: 5000 })
    for (let taken = 0; taken < 3; taken++) (await meter.take(1, 0))(true)
    const fifth = meter.take(1, 0)
    let came: number | null = null
    void fifth.then(() => {
      came = clock.now()
    })
    await clock.advance(4999)
    expect(came).toBeNull()
    // What is counted goes away in thousandths of a period.
    await clock.advance(61)
    expect(came).not.toBeNull()
  })

  it('never makes room that we know is not there', async () => {
    const clock = fakeClock()
    const meter = new Meter({ amount: 2, perMs: 60_000 }, clock)
    ;(await meter.take(2, 0))(true)
    meter.learn({ left: 2 })
    let came = false
    void meter.take(1, 0).then(() => {
      came = true
    })
    await clock.advance(59_000)
    expect(came).toBe(false)
  })

  it('of a calendar day begin anew at midnight, UTC', async () => {
    const midnight = Date.UTC(2026, 10, 20)
    const base = fakeClock()
    const meter = new Meter(
      { amount: 1, perMs: 86_400_000, calendarDay: true },
      { ...base, wall: () => midnight - 3_600_000 + base.now() }
    )
    ;(await meter.take(1, 0))(true)
    let came: number | null = null
    void meter.take(1, 0).then(() => {
      came = base.now()
    })
    await base.run()
    expect(came).toBeGreaterThanOrEqual(3_600_000)
    expect(came).toBeLessThan(3_601_000)
  })

  it('of complexity take what a request says it costs, and nothing where it says nothing', async () => {
    const clock = fakeClock()
    const budgets: Budget[] = [
      { name: 'requests', scope: 'token', amount: 100, perMs: 60_000 },
      { name: 'complexity', scope: 'token', amount: 1000, perMs: 60_000, of: 'complexity' }
    ]
    const asking = host({ budgets }, { clock })
    const dear = () => asking.fetch({ method: 'GET', path: '/', units: { complexity: 600 } })
    await on(clock, dear())
    await on(clock, Promise.all(Array.from({ length: 20 }, () => asking.fetch({ method: 'GET', path: '/' }))))
    expect(clock.now()).toBe(0)
    await on(clock, dear())
    expect(clock.now()).toBeGreaterThanOrEqual(60_000)
  })
})

describe('Where requests go', () => {
  it('a page’s own link is followed on the same origin, and nowhere else', async () => {
    await host({}).fetch({ method: 'GET', path: `${url}/projects.json?page=2` })
    expect(seen.map((one) => one.url)).toEqual(['/projects.json?page=2'])
    for (const path of ['https://evil.example/x', 'http://169.254.169.254/', `${url}.evil.example/x`, 'nonsense']) {
      expect((await failed(host({}).fetch({ method: 'GET', path }))).code).toBe('foreign_address')
    }
    expect(seen).toHaveLength(1)
  })

  it('another host of the tool is reached below a stand-in’s address, a strange one not at all', async () => {
    const asking = host(
      { baseUrl: 'https://api.tool.example', hosts: ['auth.tool.example'] },
      { baseUrl: `${url}/base` }
    )
    await asking.fetch({ method: 'GET', path: 'https://auth.tool.example/me.json?x=1' })
    expect(seen.map((one) => one.url)).toEqual(['/auth.tool.example/me.json?x=1'])
    expect((await failed(asking.fetch({ method: 'GET', path: 'https://other.example/' }))).code).toBe('foreign_address')
    expect((await failed(asking.fetch({ method: 'GET', path: 'http://auth.tool.example/' }))).code).toBe(
      'foreign_address'
    )
  })

  it('a status that is an answer here is one', async () => {
    replies = [{ status: 304, body: '' }]
    expect((await host({}).fetch({ method: 'GET', path: '/', accept: [304] })).status).toBe(304)
    expect((await failed(host({}).fetch({ method: 'GET', path: '/' }))).kind).toBe('bad_response')
  })

  it('one after the other in the same lane, side by side in others', async () => {
    replies = [{ after: 60 }]
    const asking = host({})
    await Promise.all([
      asking.fetch({ method: 'GET', path: '/a1', lane: 'a' }),
      asking.fetch({ method: 'GET', path: '/a2', lane: 'a' }),
      asking.fetch({ method: 'GET', path: '/b1', lane: 'b' })
    ])
    const [first, second, beside] = ['/a1', '/a2', '/b1'].map((path) => seen.find((one) => one.url === path))
    expect(second?.at).toBeGreaterThanOrEqual(first?.answeredAt ?? Number.NaN)
    expect(beside?.at).toBeLessThan(first?.answeredAt ?? Number.NaN)
  })

  it('after one in the lane that failed, the next goes all the same', async () => {
    replies = [{ status: 404 }, {}]
    const asking = host({})
    const first = failed(asking.fetch({ method: 'GET', path: '/a1', lane: 'a' }))
    const second = asking.fetch({ method: 'GET', path: '/a2', lane: 'a' })
    expect((await first).kind).toBe('not_found')
    expect((await second).status).toBe(200)
  })
})

describe('Credentials', () => {
  it('are asked for with every request, and renewed once when they are refused', async () => {
    let secret = 'old'
    let renewals = 0
    const credentials: CredentialSource = {
      current: () => secret,
      async renew(refused) {
        renewals++
        expect(refused).toBe('old')
        secret = 'new'
        return true
      }
    }
    replies = [{ status: 401 }, { body: '{"fine":1}' }]
    const answer = await host({}, { credentials }).fetch({ method: 'POST', path: '/' })
    expect(answer.json()).toEqual({ fine: 1 })
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new'])
    expect(renewals).toBe(1)
  })

  it('that are refused again after a renewal are a revoked account', async () => {
    let renewals = 0
    const credentials: CredentialSource = {
      current: () => 'any',
      async renew() {
        renewals++
        return true
      }
    }
    replies = [{ status: 401 }]
    expect((await failed(host({}, { credentials }).fetch({ method: 'GET', path: '/' }))).kind).toBe('auth_revoked')
    expect([renewals, seen.length]).toEqual([1, 2])
  })
})
