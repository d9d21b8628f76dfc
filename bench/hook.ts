/** Deliveries of Trello for a hook of a hub's, signed, and a flood of them. */
import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { sql } from '../src/db/database.ts'
import type { Hub } from '../src/hub.ts'
import { keepHooks } from '../src/webhooks/hooks.ts'
import { HOOK_SECRET } from './ground.ts'
import { actionFacts } from './standIn/cards.ts'

/** As the environment of the hub has to say. */
export const PUBLIC_URL = 'http://hub.bench'

/** Has the hub register its hooks; the address of one of them, as Trello knows it. */
export async function registered(hub: Hub): Promise<string> {
  await keepHooks(hub)
  const [row] = await hub.db.rows<{ id: string; url: Uint8Array }>(
    sql`select id, url from hooks where state = 'active' order by id limit 1`
  )
  if (!row) throw new Error('No hook was registered.')
  return hub.keyring.open(row.url, row.id)
}

let deliveries = 0

/** What tells of a change of one card, about 4 KB, with an id of its own. */
export function delivery(url: string, card: number): { body: string; signature: string } {
  const action = actionFacts(1, card, 1, Date.now())
  const body = JSON.stringify({
    action: { ...action, id: `${action.id.slice(0, 12)}${(deliveries++).toString(16).padStart(12, '0')}` },
    model: { id: action.data.board.id, name: 'Board 1', desc: 'What the board is for. '.repeat(140) },
    webhook: { id: action.id, active: true }
  })
  return { body, signature: createHmac('sha1', HOOK_SECRET).update(body).update(url).digest('base64') }
}

/** A whole request; each comes from an address of its own, for nobody sends so many. */
export function request(url: string, from: number, { body, signature }: ReturnType<typeof delivery>): Buffer {
  const { pathname, host } = new URL(url)
  const address = `10.${(from >> 16) & 255}.${(from >> 8) & 255}.${from & 255}`
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    `x-forwarded-for: ${address}`,
    `x-trello-webhook: ${signature}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Sends all of them over so many connections, each the next when the last one was answered. Throws unless all get 200. */
export async function flood(address: string, requests: readonly Buffer[], connections: number): Promise<void> {
  const { hostname, port } = new URL(address)
  let next = 0
  const one = () =>
    new Promise<void>((done, failed) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      let answer = ''
      const send = () => {
        const request = requests[next++]
        if (request) socket.write(request)
        else {
          socket.end()
          done()
        }
      }
      socket.once('error', failed).once('connect', send)
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1')
        // An acknowledgement has no body.
        if (!answer.endsWith('\r\n\r\n')) return
        if (!answer.startsWith('HTTP/1.1 200')) failed(new Error(answer.split('\r\n')[0]))
        answer = ''
        send()
      })
    })
  await Promise.all(Array.from({ length: connections }, one))
}
