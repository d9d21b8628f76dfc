import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Hub } from '../../src/hub.ts'
import { operation } from '../../src/operations/operation.ts'
import { serving, sharedHub, TOKEN, toys } from './serving.ts'

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
})
afterAll(() => hub?.close())

const echo = operation({
  id: 'echo',
  right: 'see',
  method: 'POST',
  path: '/echo',
  tag: 'Toys',
  summary: 'Gives back what it got',
  input: z.object({ value: z.json() }),
  output: z.object({ value: z.json() }),
  run: async (_context, { value }) => ({ value })
})

const nested = (levels: number) => `{"value":${'['.repeat(levels)}${']'.repeat(levels)}}`

describe('a body', () => {
  test.each([
    ['cut off', '{"value": 1', 400, 'bad_json'],
    ['not JSON at all', 'value=1', 400, 'bad_json'],
    ['empty', '', 400, 'bad_json'],
    ['with __proto__', '{"value": 1, "__proto__": {"admin": true}}', 400, 'bad_json'],
    ['with __proto__ deep inside', '{"value": [{"__proto__": {"admin": true}}]}', 400, 'bad_json'],
    ['with __proto__ escaped', '{"\\u005f_proto__": {"admin": true}, "value": 1}', 400, 'bad_json'],
    ['with constructor.prototype', '{"value": {"constructor": {"prototype": {"admin": true}}}}', 400, 'bad_json'],
    ['1,000 levels deep', nested(1_000), 400, 'bad_input'],
    ['400,000 levels deep', nested(400_000), 400, 'bad_input'],
    ['wider than 1 MB', `{"value": "${'x'.repeat(1024 * 1024)}"}`, 413, 'too_large']
  ])('%s is refused', async (_what, payload, status, code) => {
    await using server = await serving({ hub, operations: toys(echo) })
    const answer = await server.ask('POST', '/api/echo', payload)
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('nested as deep as is sensible is read', async () => {
    await using server = await serving({ hub, operations: toys(echo) })
    expect((await server.ask('POST', '/api/echo', nested(60))).statusCode).toBe(200)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    'as %s is refused',
    async (type) => {
      await using server = await serving({ hub, operations: toys(echo) })
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/echo',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': type },
        payload: '{"value":1}'
      })
      expect([answer.statusCode, answer.json().error]).toEqual([
        415,
        { code: 'wrong_content_type', message: 'Send the body as JSON, with “Content-Type: application/json”.' }
      ])
    }
  )
})

describe('an address', () => {
  test.each([
    ['/%zz', 400, 'bad_address'],
    [`/api/projects/${'x'.repeat(501)}/columns`, 400, 'bad_address'],
    ['/api/nothing', 404, 'no_such_path'],
    ['/.env', 404, 'no_such_path'],
    ['/docs/..%2f..%2fpackage.json', 404, 'no_such_path']
  ])('%s leads nowhere', async (url, status, code) => {
    await using server = await serving({ hub })
    const answer = await server.ask('GET', url)
    expect([answer.statusCode, answer.json().error?.code]).toEqual([status, code])
  })

  test('with __proto__ in its query is refused', async () => {
    await using server = await serving({ hub })
    const answer = await server.ask('GET', '/api/projects?__proto__=1')
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'bad_input'])
  })

  test('that does not exist is answered to a reader with a page', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject({ url: '/nowhere', headers: { accept: 'text/html,*/*' } })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(answer.body).toContain('There is no page at this address.')
  })
})

describe('asking too often', () => {
  const flood = async (url: string, times: number) => {
    await using server = await serving({ hub })
    const answers = []
    for (let at = 0; at < times; at++) answers.push(await server.app.inject(url))
    return { answers, other: (await server.app.inject({ url, remoteAddress: '203.0.113.9' })).statusCode }
  }

  test.each([
    ['/no/such/path', 404],
    ['/w/abcdef', 404],
    ['/', 200]
  ])('%s is answered 60 times a minute', async (url, status) => {
    const { answers, other } = await flood(url, 62)
    expect(answers.slice(0, 60).every(({ statusCode }) => statusCode === status)).toBe(true)
    expect(answers.slice(60).map(({ statusCode }) => statusCode)).toEqual([429, 429])
    expect(Number(answers[61]?.headers['retry-after'])).toBeGreaterThan(0)
    expect(answers[61]?.json().error.code).toBe('too_many_requests')
    expect(other).toBe(status)
  })

  test('paths that differ share one count when they do not exist', async () => {
    await using server = await serving({ hub })
    for (let at = 0; at < 60; at++) await server.app.inject(`/guess/${at}`)
    expect((await server.app.inject('/guess/60')).statusCode).toBe(429)
  })

  test('wrong tokens count before they are looked at', async () => {
    await using server = await serving({ hub, operations: toys(echo) })
    let last = 0
    for (let at = 0; at < 1_201; at++) last = (await server.app.inject({ method: 'POST', url: '/api/echo' })).statusCode
    expect(last).toBe(429)
  })

  test('the app’s own files leave the count of what pages ask for alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-web-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'assets', 'app.js'), 'void 0')
    try {
      await using server = await serving({ env: { WEB_DIR: folder } })
      const statuses = new Set<number>()
      for (let at = 0; at < 1_300; at++) statuses.add((await server.app.inject('/assets/app.js')).statusCode)
      expect([...statuses]).toEqual([200])
      expect((await server.app.inject('/api/me')).headers['x-ratelimit-remaining']).toBe('1199')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('never stops whoever watches over the process', async () => {
    const { answers } = await flood('/healthz', 200)
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true)
  })
})
