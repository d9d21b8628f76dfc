import { expect, test } from 'vitest'
import { z } from 'zod'
import { operation } from '../../src/operations/operation.ts'
import { serving, TOKEN, toys } from './serving.ts'

const CANARY = 'c4n4ry-5ecret'

const leaky = operation({
  id: 'leak',
  right: 'see',
  method: 'POST',
  path: '/leak/:how',
  tag: 'Toys',
  summary: 'Fails with a secret about it',
  input: z.object({ how: z.string(), credentials: z.record(z.string(), z.string()) }),
  output: z.object({ done: z.boolean() }),
  async run(_context, { credentials }) {
    const cause = Object.assign(new Error('the inner one'), { request: { headers: { authorization: CANARY } } })
    throw Object.assign(new Error('no luck', { cause }), { credentials, parameters: [CANARY], query: CANARY })
  }
})

test('no secret reaches the log, whichever way it comes in', async () => {
  await using server = await serving({ operations: toys(leaky) })
  const headers = { authorization: `Bearer ${TOKEN}`, cookie: `session=${CANARY}`, 'x-api-key': CANARY }
  const payload = { credentials: { key: CANARY, token: CANARY } }
  const failed = await server.app.inject({ method: 'POST', url: '/api/leak/it', headers, payload })
  expect(failed.statusCode).toBe(500)
  expect(failed.body).not.toContain(CANARY)
  await server.app.inject({
    method: 'POST',
    url: '/api/leak/it',
    payload,
    headers: { authorization: `Bearer ${CANARY}` }
  })
  await server.app.inject({ method: 'POST', url: '/api/leak/it', headers, payload: { credentials: CANARY } })
  await server.app.inject({ url: `/readyz?token=${CANARY}`, headers })
  await server.app.inject({ url: `/nowhere?token=${CANARY}`, headers })
  await server.app.inject({ url: `/w/c4n4ry5ecret`, headers })
  server.app.log.info({ credentials: CANARY, headers, job: { token: CANARY }, request: { body: payload } }, 'careless')

  const logged = server.logged()
  expect(logged).toContain('no luck')
  expect(logged).toContain('the inner one')
  expect(logged).toContain('careless')
  expect(logged).toContain('/w/:token')
  expect(logged).not.toContain(CANARY)
  expect(logged).not.toContain('c4n4ry5ecret')
  expect(logged).not.toContain(TOKEN)
})

test('each answer is one line, with what was asked and how it went', async () => {
  await using server = await serving()
  const answer = await server.ask('GET', '/api/projects?chosen=true')
  const lines = server
    .logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toEqual([
    expect.objectContaining({
      level: 30,
      msg: 'answered',
      reqId: answer.headers['x-request-id'],
      req: { method: 'GET', path: '/api/projects', from: '127.0.0.1' },
      status: 200
    })
  ])
})

test('probes are silent', async () => {
  await using server = await serving()
  await server.app.inject('/healthz')
  await server.app.inject('/readyz')
  expect(server.logged()).toBe('')
})
