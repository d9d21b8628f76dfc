import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError } from '../../src/config.ts'
import { operation } from '../../src/operations/operation.ts'
import { startServer } from '../../src/server/listen.ts'
import { serving, TOKEN, toys } from './serving.ts'

const HERE = { host: '127.0.0.1', port: 0 }
const headers = { authorization: `Bearer ${TOKEN}` }

/** An operation that runs until it is let go. */
function slow() {
  const begun = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const runs = operation({
    id: 'slow',
    right: 'see',
    method: 'GET',
    path: '/slow',
    tag: 'Toys',
    summary: 'Takes its time',
    input: z.object({}),
    output: z.object({ done: z.boolean() }),
    async run() {
      begun.resolve()
      await letGo.promise
      return { done: true }
    }
  })
  return { runs, begun: begun.promise, letGo: letGo.resolve }
}

test('answers at the address it gives', async () => {
  await using server = await serving()
  const address = await startServer(server.app, HERE)
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const answer = await fetch(`${address}/api/projects`, { headers })
  expect([answer.status, await answer.json()]).toEqual([200, { projects: [] }])
})

test('a port that is taken is named, with what to change', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await using server = await serving()
  const starting = startServer(server.app, { host: '127.0.0.1', port })
  await expect(starting).rejects.toThrow(new ConfigError(`Port ${port} is in use. Set PORT to another one.`))
  other.close()
})

test('an address that is not this machine’s is named', async () => {
  await using server = await serving()
  const starting = startServer(server.app, { host: '203.0.113.1', port: 0 })
  await expect(starting).rejects.toThrow('This machine has no address 203.0.113.1.')
})

test('closing lets a running request finish, takes no new one, and does not wait for idle connections', async () => {
  const { runs, begun, letGo } = slow()
  await using server = await serving({ operations: toys(runs) })
  const address = await startServer(server.app, HERE)
  await (await fetch(`${address}/healthz`)).json()
  const running = fetch(`${address}/api/slow`, { headers })
  await begun
  const began = performance.now()
  const closing = server.app.close()
  await sleep(50)
  await expect(fetch(`${address}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow()
  letGo()
  const answer = await running
  expect([answer.status, await answer.json()]).toEqual([200, { done: true }])
  await closing
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('a client that leaves is noted, and is no error', async () => {
  const { runs, begun, letGo } = slow()
  await using server = await serving({ operations: toys(runs) })
  const address = await startServer(server.app, HERE)
  const leaving = new AbortController()
  const asked = fetch(`${address}/api/slow`, { headers, signal: leaving.signal })
  await begun
  leaving.abort()
  await expect(asked).rejects.toThrow()
  await expect.poll(() => server.logged()).toContain('the client left before its answer')
  letGo()
  await sleep(50)
  expect(levels(server.logged())).not.toContain(50)
})

test('a client that leaves in the middle of its body is no error', async () => {
  await using server = await serving()
  const address = new URL(await startServer(server.app, HERE))
  const socket = connect(Number(address.port), address.hostname)
  await once(socket, 'connect')
  socket.write(
    `POST /api/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"sweep"`
  )
  await sleep(100)
  socket.destroy()
  await expect.poll(() => server.logged()).toContain('the client left before its answer')
  await sleep(50)
  expect(levels(server.logged())).not.toContain(50)
})

const levels = (logged: string): number[] =>
  logged
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).level)
