import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'

const BOARD = madeId('board', 1, 0)

let trello: TrelloSandbox
let card: string
beforeAll(async () => {
  trello = await startTrello()
})
afterAll(() => trello.stop())
beforeEach(async () => {
  await trello.limits('off')
  await trello.clearFaults()
  await trello.load(makeBoard({ cards: 3 }))
  await trello.forgetRequests()
  card = (await trello.dump(BOARD)).cards[0]!.id as string
})

describe('Pages of the Trello stand-in', () => {
  it('give 2,500 cards and 4,800 actions exactly once, newest page first', async () => {
    await trello.load(makeBoard({ number: 3, cards: 2500, moves: 2300 }))
    const id = madeId('board', 3, 0)
    const cards: string[] = []
    for (let before = ''; ; ) {
      const page = await trello.get<{ id: string }[]>(`/boards/${id}/cards/all?fields=name&limit=1000${before}`)
      const ids = page.map((one) => one.id)
      expect(ids).not.toEqual([...ids].sort())
      expect(ids).not.toEqual([...ids].sort().reverse())
      if (cards.length > 0) expect(ids.every((one) => one < cards.at(-1000)!)).toBe(true)
      cards.push(...ids.sort().reverse())
      if (page.length < 1000) break
      before = `&before=${ids.at(-1)}`
    }
    expect(cards).toHaveLength(2500)
    expect(new Set(cards).size).toBe(2500)

    const actions: { id: string; date: string }[] = []
    for (let before = ''; ; before = `&before=${actions.at(-1)!.id}`) {
      const page = await trello.get<{ id: string; date: string }[]>(`/boards/${id}/actions?limit=1000${before}`)
      actions.push(...page)
      if (page.length < 1000) break
    }
    expect(new Set(actions.map((one) => one.id)).size).toBe(4800)
    expect(actions.map((one) => one.date)).toEqual(
      actions
        .map((one) => one.date)
        .sort()
        .reverse()
    )
    const moves = await trello.get<Row[]>(
      `/boards/${id}/actions?limit=1000&filter=updateCard:idList&since=${actions[10]!.id}`
    )
    expect(moves).toHaveLength(10)
    expect(await trello.get(`/boards/${id}/actions`)).toHaveLength(50)
    expect((await trello.call('GET', `/boards/${id}/cards/all?limit=1001`)).status).toBe(400)
  })
})

describe('Credentials', () => {
  it('are read from the header and from the query, and told apart when they are wrong', async () => {
    const ask = async (query: string, headers = {}) => {
      const response = await fetch(`${trello.url}/1/boards/${BOARD}?fields=name&${query}`, { headers })
      return [response.status, response.headers.get('content-type')?.split(';')[0], await response.text()]
    }
    const board = JSON.stringify({ id: BOARD, name: 'Board 1' })
    expect((await ask('key=sandbox-key&token=sandbox-token&lists=none'))[2]).toBe(board)
    const header = { authorization: 'OAuth oauth_consumer_key="sandbox-key", oauth_token="sandbox-token"' }
    expect((await ask('lists=none', header))[2]).toBe(board)
    expect(await ask('key=other&token=sandbox-token')).toEqual([401, 'text/plain', 'invalid key'])
    expect(await ask('key=sandbox-key&token=other')).toEqual([401, 'text/plain', 'invalid token'])
    const wrongId = await fetch(`${trello.url}/1/boards/nonsense!`)
    expect([wrongId.status, await wrongId.text()]).toEqual([400, 'invalid id'])
    const { last } = await trello.requests(5)
    expect(last.map((line) => [line.headers.authorization, line.query.includes('sandbox-token')])).toEqual([
      [undefined, true],
      [header.authorization, false],
      [undefined, true],
      [undefined, false],
      [undefined, false]
    ])
  })

  it('can be revoked, and be allowed to read only', async () => {
    await trello.account({
      token: 'guest',
      scopes: ['read'],
      member: { id: '690000000000000000000b99', fullName: 'Guest' }
    })
    expect((await trello.call('GET', `/cards/${card}`, { token: 'guest' })).status).toBe(200)
    const comment = await trello.call('POST', `/cards/${card}/actions/comments?text=x`, { token: 'guest' })
    expect([comment.status, comment.text]).toEqual([401, 'unauthorized permission requested'])
    await trello.account({ token: 'guest', revoked: true })
    const revoked = await trello.call('GET', `/cards/${card}`, { token: 'guest' })
    expect([revoked.status, revoked.text]).toEqual([401, 'invalid token'])
  })

  it('see nothing of a board whose access was taken away, also after it was loaded again', async () => {
    await trello.access(BOARD, false)
    await trello.load(makeBoard({ cards: 3 }))
    for (const path of [`/boards/${BOARD}`, `/cards/${card}`, `/boards/${BOARD}/cards/all`]) {
      const answer = await trello.call('GET', path)
      expect([answer.status, answer.text]).toEqual([404, 'The requested resource was not found.'])
    }
    expect((await trello.get<Row[]>('/members/me/boards')).map(({ id }) => id)).not.toContain(BOARD)
    await trello.access(BOARD, true)
    expect((await trello.call('GET', `/cards/${card}`)).status).toBe(200)
  })
})

describe('Rate limits', () => {
  const burst = (count: number, path = `/cards/${card}?fields=name`) =>
    Promise.all(Array.from({ length: count }, () => trello.call('GET', path)))

  it('let a token have 100 requests in 10 seconds, say what is left, and come back by themselves', async () => {
    await trello.limits('real')
    const first = await burst(100)
    expect(first.map(({ status }) => status)).toEqual(Array(100).fill(200))
    const left = first.map(({ headers }) => Number(headers.get('x-rate-limit-api-token-remaining')))
    expect(left.sort((a, b) => b - a)).toEqual(Array.from({ length: 100 }, (_, index) => 99 - index))
    const refused = await trello.call('GET', `/cards/${card}`)
    expect(refused.status).toBe(429)
    expect(refused.json).toEqual({ error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' })
    expect(refused.headers.get('retry-after')).toBeNull()
    await trello.clock({ advanceMs: 10_001 })
    expect((await trello.call('GET', `/cards/${card}`)).status).toBe(200)
  })

  it('shut a key out for the rest of the window after 200 refusals', async () => {
    await trello.limits('real')
    await burst(100)
    // The window's phase is random, and it may end between a burst and the question: then the next burst tells.
    const errors: unknown[] = []
    while (errors.at(-1) !== 'API_KEY_LIMIT_EXCEEDED' && errors.length < 5) {
      await burst(250)
      errors.push(((await trello.call('GET', `/cards/${card}`)).json as Row).error)
    }
    expect(errors.at(-1)).toBe('API_KEY_LIMIT_EXCEEDED')
    await trello.clock({ advanceMs: 20_000 })
    expect((await trello.call('GET', `/cards/${card}`)).status).toBe(200)
  })

  it('count the members family over 15 minutes', async () => {
    await trello.limits('real')
    for (let round = 0; round < 2; round += 1) {
      await burst(50, '/members/me')
      await trello.clock({ advanceMs: 11_000 })
    }
    const refused = await trello.call('GET', '/members/me')
    expect([refused.status, (refused.json as Row).error]).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
    expect((await trello.call('GET', `/cards/${card}`)).status).toBe(200)
  })

  it('count every read inside a batch', async () => {
    await trello.limits('real')
    const urls = Array(10).fill(`/cards/${card}?fields=name%2Cdue`).join(',')
    const first = await trello.call('GET', `/batch?urls=${encodeURIComponent(urls)}`)
    expect(first.json).toEqual(Array(10).fill({ 200: { id: card, name: 'Card 1', due: null } }))
    expect(first.headers.get('x-rate-limit-api-token-remaining')).toBe('90')
    await burst(85)
    const second = (await trello.call('GET', `/batch?urls=${encodeURIComponent(urls)}`)).json as Row[]
    expect(second.map((one) => Object.keys(one)[0])).toEqual([...Array(5).fill('200'), ...Array(5).fill('429')])
    const { total, inner } = await trello.requests()
    expect([total, inner['GET /cards/{id}']]).toEqual([87, 20])
  })
})

describe('A batch', () => {
  it('gives each read its own status', async () => {
    const urls = `/cards/${card}?fields=name,/cards/5e93ba98614ac22d22f085c4,/cards/x,/elephants`
    const answer = await trello.call('GET', `/batch?urls=${encodeURIComponent(urls)}`)
    const missing = 'The requested resource was not found.'
    expect(answer.json).toEqual([
      { 200: { id: card, name: 'Card 1' } },
      { 404: missing },
      { 400: 'invalid id' },
      { 404: missing }
    ])
    const eleven = Array(11).fill('/members/me').join(',')
    expect((await trello.call('GET', `/batch?urls=${eleven}`)).status).toBe(400)
    const bareComma = `/cards/${card}?fields=name,due`
    expect((await trello.call('GET', `/batch?urls=${encodeURIComponent(bareComma)}`)).status).toBe(400)
  })
})

describe('Faults', () => {
  const comments = async () => (await trello.dump(BOARD)).actions.filter(({ type }) => type === 'commentCard').length
  const post = () => trello.call('POST', `/cards/${card}/actions/comments`, { body: { text: 'x' } })

  it('answer in the stead of Trello, for the requests they match and as often as they were told', async () => {
    await trello.fault({
      method: 'GET',
      path: '^/cards/',
      nth: 2,
      times: 2,
      effect: { status: 429, headers: { 'retry-after': '7' } }
    })
    const seen = []
    for (let ask = 0; ask < 4; ask += 1) seen.push((await trello.call('GET', `/cards/${card}`)).status)
    expect(seen).toEqual([200, 429, 429, 200])
    expect((await trello.faults())[0]).toMatchObject({ matched: 4, fired: 2 })
    await trello.clearFaults()
    await trello.fault({
      effect: { status: 200, body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }
    })
    const page = await trello.call('GET', `/boards/${BOARD}`)
    expect([page.status, page.headers.get('content-type'), page.text]).toEqual([
      200,
      'text/html',
      '<html>Log in</html>'
    ])
  })

  it('hang up before or after the effect', async () => {
    await trello.fault({ method: 'POST', times: 1, effect: { drop: 'before' } })
    await expect(post()).rejects.toThrow()
    expect(await comments()).toBe(0)
    await trello.fault({ method: 'POST', times: 1, effect: { drop: 'after' } })
    await expect(post()).rejects.toThrow()
    expect(await comments()).toBe(1)
  })

  it('hold the answer for good once the effect is there', async () => {
    await trello.fault({ method: 'POST', times: 1, effect: { hold: true } })
    const signal = AbortSignal.timeout(400)
    const url = `${trello.url}/1/cards/${card}/actions/comments?text=x&key=${trello.key}&token=${trello.token}`
    await expect(fetch(url, { method: 'POST', signal })).rejects.toThrow('timeout')
    expect(await comments()).toBe(1)
    expect((await trello.requests(1)).last[0]).toMatchObject({
      status: null,
      template: 'POST /cards/{id}/actions/comments'
    })
  })

  it('cut a body short, spread it over time, and delay the answer', async () => {
    await trello.fault({ times: 1, effect: { truncate: 20 } })
    await expect(trello.call('GET', `/cards/${card}`)).rejects.toThrow()
    for (const effect of [{ slowMs: 300 }, { latencyMs: 300 }]) {
      await trello.clearFaults()
      await trello.fault({ times: 1, effect })
      const start = performance.now()
      expect((await trello.call('GET', `/cards/${card}`)).json).toMatchObject({ id: card })
      expect(performance.now() - start).toBeGreaterThan(250)
    }
  })
})

describe('The process', () => {
  it('shows its own clock in the Date header', async () => {
    await trello.clock({ now: '2027-03-01T08:00:00Z' })
    const { headers } = await trello.call('GET', `/cards/${card}`)
    expect(headers.get('date')?.slice(0, 22)).toBe('Mon, 01 Mar 2027 08:00')
  })

  it('ends when the test that started it is killed', async () => {
    const helper = new URL('../helpers/sandbox.ts', import.meta.url)
    const script = `const { startTrello } = await import('${helper}')
      console.log((await startTrello()).pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line)
    expect(process.kill(pid, 0)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5000)
  })

  it('ends on SIGTERM', async () => {
    const other = await startTrello()
    await other.stop()
    expect(() => process.kill(other.pid, 0)).toThrow()
    await expect(fetch(`${other.url}/1/members/me`)).rejects.toThrow()
  })
})
