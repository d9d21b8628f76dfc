import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { loadPostgres } from '../../src/db/postgresDriver.ts'

const message = (type: string, body: Buffer) => {
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const READY = (state: 'I' | 'T') => message('Z', Buffer.from(state))
const LET_IN = Buffer.concat([message('R', Buffer.alloc(4)), READY('I')])
const BEGUN = Buffer.concat([message('C', Buffer.from('BEGIN\0')), READY('T')])

/** Lets clients in and begins transactions as PostgreSQL does, and drops the connection at anything else. */
async function droppingServer() {
  const server = createServer((socket) => {
    let answers = 0
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      const number = answers++
      if (number === 0) socket.write(LET_IN)
      else if (number === 1 && bytes.includes('begin')) socket.write(BEGUN)
      else socket.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `postgres://somebody@127.0.0.1:${port}/db`, close: () => server.close() }
}

test('a connection that closes under a transaction fails it, ends no process and silences no later query', async () => {
  const server = await droppingServer()
  const uncaught: unknown[] = []
  const note = (error: unknown) => uncaught.push(error)
  process.on('uncaughtException', note)
  const connect = await loadPostgres()
  const client = connect(server.url, {
    max: 1,
    fetch_types: false,
    onnotice: () => {},
    connect_timeout: 5,
    backoff: () => 0.01
  })
  const closed = { code: 'CONNECTION_CLOSED' }
  try {
    for (let again = 0; again < 3; again++) {
      const transaction = client.begin(async (tx) => {
        await tx`select 1`.catch(() => {})
        await tx`select 2`
      })
      await expect(transaction).rejects.toMatchObject(closed)
      await expect(client`select 3`).rejects.toMatchObject(closed)
    }
    expect(uncaught).toEqual([])
  } finally {
    process.off('uncaughtException', note)
    await client.end({ timeout: 0 })
    server.close()
  }
})
