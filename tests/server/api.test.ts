import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AdapterError } from '../../src/adapter.ts'
import type { Hub } from '../../src/hub.ts'
import type { Job, Jobs } from '../../src/jobs/jobs.ts'
import { operations as realOperations } from '../../src/operations/index.ts'
import { operation, Refusal } from '../../src/operations/operation.ts'
import { serving, sharedHub, TOKEN, toys, withoutDatabase } from './serving.ts'

let hub: Hub
beforeAll(async () => {
  hub = await sharedHub()
})
afterAll(() => hub?.close())

const told = operation({
  id: 'tell',
  right: 'see',
  method: 'GET',
  path: '/cards/:card',
  tag: 'Toys',
  summary: 'Says what it was given',
  input: z.object({
    card: z.string(),
    limit: z.coerce.number().int().min(1).max(10).default(3),
    names: z.array(z.string()).optional()
  }),
  output: z.object({ card: z.string(), limit: z.number(), names: z.array(z.string()).nullable() }),
  run: async (_context, { card, limit, names }) => ({ card, limit, names: names ?? null, secret: 'not in the schema' })
})

const moved = operation({
  id: 'move',
  right: 'see',
  method: 'PUT',
  path: '/cards/:card/column',
  tag: 'Toys',
  summary: 'Moves a card',
  input: z
    .object({ card: z.string(), column: z.enum(['Doing', 'Done']), from: z.string().optional() })
    .refine(({ column, from }) => column !== from, { path: ['column'], message: 'should be another one' }),
  output: z.object({ card: z.string(), column: z.string() }),
  async run({ jobs }, { card, column }) {
    await jobs?.wake({ kind: 'judge', id: 'all' })
    return { card, column }
  }
})

const failing = (fail: () => unknown) =>
  operation({
    id: 'fail',
    right: 'see',
    method: 'POST',
    path: '/fail',
    tag: 'Toys',
    summary: 'Fails',
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    run: async () => {
      throw fail()
    }
  })

const answerTo = async (fail: () => unknown) => {
  await using server = await serving({ hub, operations: toys(failing(fail)) })
  const answer = await server.ask('POST', '/api/fail')
  return { status: answer.statusCode, headers: answer.headers, error: answer.json().error, logged: server.logged() }
}

describe('a key', () => {
  test('is asked for at every operation there is', async () => {
    await using server = await serving({ hub })
    expect(realOperations.length).toBeGreaterThan(0)
    for (const { method, path, id } of realOperations) {
      const url = `/api${path.replace(/:\w+/g, 'x')}`
      const bare = await server.app.inject({ method, url })
      expect([id, bare.statusCode, bare.json().error.code]).toEqual([id, 401, 'not_signed_in'])
      const wrong = await server.app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}x` } })
      expect([id, wrong.statusCode, wrong.json().error.code]).toEqual([id, 401, 'key_wrong'])
    }
  })

  test('is missing: the answer says how to send it', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject('/api/projects')
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="throughline"')
    expect(answer.json()).toEqual({
      error: {
        code: 'not_signed_in',
        message: 'Sign in first, or send an API key as “Authorization: Bearer …”.'
      }
    })
  })

  test.each(['Basic abc', 'Bearer', `bearer${TOKEN}`, `Bearer ${TOKEN} ${TOKEN}`, `Token ${TOKEN}`])(
    'is not found in “%s”',
    async (authorization) => {
      await using server = await serving({ hub })
      const answer = await server.app.inject({ url: '/api/projects', headers: { authorization } })
      expect(answer.statusCode).toBe(401)
    }
  )

  test('lets in, with any spelling of the scheme', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject({ url: '/api/projects', headers: { authorization: `bearer ${TOKEN}` } })
    expect([answer.statusCode, answer.json()]).toEqual([200, { projects: [] }])
  })

  test('is asked for before the body is read', async () => {
    await using server = await serving({ hub })
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/sync',
      headers: { 'content-type': 'application/json' },
      payload: '{not json'
    })
    expect(answer.statusCode).toBe(401)
  })
})

describe('the input of an operation', () => {
  test('comes from the path and the query; the answer holds only what its schema names', async () => {
    await using server = await serving({ hub, operations: toys(told) })
    const answer = await server.ask('GET', '/api/cards/trello%3Aa%2Fb?limit=7&names=one&names=two')
    expect(answer.json()).toEqual({ card: 'trello:a/b', limit: 7, names: ['one', 'two'] })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('takes one value for a list of one, and the default of what is not given', async () => {
    await using server = await serving({ hub, operations: toys(told) })
    expect((await server.ask('GET', '/api/cards/a?names=one')).json()).toEqual({ card: 'a', limit: 3, names: ['one'] })
  })

  test('comes from the path and the body; the workers can be woken', async () => {
    const woken: Job[] = []
    const jobs = { wake: async (job: Job) => void woken.push(job) } as unknown as Jobs
    await using server = await serving({ hub, jobs, operations: toys(moved) })
    const answer = await server.ask('PUT', '/api/cards/a/column', { column: 'Done' })
    expect([answer.statusCode, answer.json()]).toEqual([200, { card: 'a', column: 'Done' }])
    expect(woken).toEqual([{ kind: 'judge', id: 'all' }])
  })

  test.each([
    ['GET', '/api/cards/a?limit=99', undefined, 'limit: Too big: expected number to be <=10'],
    ['GET', '/api/cards/a?limt=9', undefined, 'Unrecognized key: "limt"'],
    ['GET', '/api/cards/a?card=b', undefined, 'card: is taken from the path; leave it out elsewhere.'],
    ['PUT', '/api/cards/a/column', {}, 'column: Invalid option: expected one of "Doing"|"Done"'],
    ['PUT', '/api/cards/a/column', { column: 'Done', from: 'Done' }, 'column: should be another one'],
    [
      'PUT',
      '/api/cards/a/column',
      { column: 'Done', card: 'b' },
      'card: is taken from the path; leave it out elsewhere.'
    ],
    ['PUT', '/api/cards/a/column', '["Done"]', 'The body should be a JSON object.'],
    ['PUT', '/api/cards/a/column', '"Done"', 'The body should be a JSON object.']
  ] as const)('%s %s with %j is refused', async (method, url, payload, message) => {
    await using server = await serving({ hub, operations: toys(told, moved) })
    const answer = await server.ask(method, url, payload)
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: { code: 'bad_input', message } }])
  })
})

describe('what goes wrong', () => {
  test('a refusal is answered as it says', async () => {
    const { status, error } = await answerTo(() => new Refusal(409, 'nothing_chosen', 'Choose a project first.'))
    expect([status, error]).toEqual([409, { code: 'nothing_chosen', message: 'Choose a project first.' }])
  })

  test('a tool that fails is a 502 in its words', async () => {
    const { status, error } = await answerTo(() => new AdapterError('forbidden', { code: 'missing_write_right' }))
    expect([status, error.code]).toEqual([502, 'forbidden'])
  })

  test('what nobody foresaw tells the id to look for, and nothing else', async () => {
    const { status, headers, error, logged } = await answerTo(() => new Error('row 17 of salaries'))
    const id = headers['x-request-id'] as string
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(status).toBe(500)
    expect(error).toEqual({
      code: 'internal',
      message: `Something went wrong on our side. The log says more under ${id}.`
    })
    const line = logged.split('\n').find((text) => text.includes('row 17 of salaries')) ?? ''
    expect(JSON.parse(line)).toMatchObject({
      level: 50,
      reqId: id,
      err: { type: 'Error', message: 'row 17 of salaries' }
    })
  })

  test.each(['a word', 42, {}])('throwing %j is answered too', async (thrown) => {
    const { status, error } = await answerTo(() => thrown)
    expect([status, error.code]).toEqual([500, 'internal'])
  })

  test('an answer that is not what its schema says is our fault', async () => {
    const odd = { ...told, run: async () => ({ card: 7, limit: 'x', names: null }) as never }
    await using server = await serving({ hub, operations: toys(odd) })
    const answer = await server.ask('GET', '/api/cards/a')
    expect([answer.statusCode, answer.json().error.code]).toEqual([500, 'internal'])
  })

  test.each(['CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '08006', '57P01', '53300'])(
    'a lost connection to the database (%s) asks to come back',
    async (code) => {
      const { status, headers, error } = await answerTo(() => Object.assign(new Error('gone'), { code }))
      expect([status, headers['retry-after'], error.code]).toEqual([503, '5', 'database_unreachable'])
    }
  )
})

test('a database that is closed asks to come back', async () => {
  await using server = await serving({ ...(await withoutDatabase(hub)) })
  const answer = await server.ask('GET', '/api/projects')
  expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toEqual([
    503,
    '5',
    {
      error: {
        code: 'database_unreachable',
        message: 'The database isn’t answering. Nothing is lost; try again in a few seconds.'
      }
    }
  ])
})
