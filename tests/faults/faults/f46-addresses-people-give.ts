/**
 * F46: an address that a person gives us leads inwards – written so, by its name, by a name that changes its mind, by a
 * redirect – or to an answer without end. The rig's own network is the one that must not be asked.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GuardError, type GuardOptions, guardedFetch } from '../../../src/transport/guardedFetch.ts'
import type { Random } from '../rig/random.ts'
import type { Fault } from '../rig/rig.ts'

/** Answers at 127.0.0.1, which counts as public here; 127.0.0.2 is the inside. */
interface Outside {
  port: number
  asked: string[]
  answer: (request: IncomingMessage, response: ServerResponse) => void
}

interface Attack {
  address: (outside: Outside, random: Random) => string
  resolve?: () => (name: string) => Promise<string[]>
  answer?: Outside['answer']
  reason: string
  /** How often the outside may have been asked before it was seen through. */
  asked: number
}

const INSIDE = [
  'http://169.254.169.254/latest/meta-data/',
  'http://127.0.0.2/',
  'http://[::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[64:ff9b:1::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[fd00:ec2::254]/',
  'http://10.0.0.1/',
  'http://100.64.0.1/'
]
const GIGABYTE = 1024 ** 3

const ATTACKS: readonly Attack[] = [
  { address: (_outside, random) => random.pick(INSIDE), reason: 'not_public', asked: 0 },
  {
    address: ({ port }) => `http://inside.example:${port}/`,
    resolve: () => async () => ['127.0.0.1', '::ffff:10.0.0.1'],
    reason: 'not_public',
    asked: 0
  },
  {
    address: ({ port }) => `http://rebinds.example:${port}/`,
    resolve: () => {
      let times = 0
      return async () => (times++ === 0 ? ['127.0.0.1'] : ['127.0.0.2'])
    },
    answer: (_request, response) => void response.writeHead(307, { location: '/again' }).end(),
    reason: 'not_public',
    asked: 1
  },
  {
    address: ({ port }) => `http://leads-on.example:${port}/`,
    answer: (_request, response) => void response.writeHead(302, { location: INSIDE[0] }).end(),
    reason: 'not_public',
    asked: 1
  },
  {
    address: ({ port }) => `http://talks.example:${port}/`,
    answer: (_request, response) => pour(response, GIGABYTE),
    reason: 'too_large',
    asked: 1
  }
]

export const addressesPeopleGive: Fault = {
  id: 'F46',
  title: 'addresses that lead inwards, or to an answer without end',
  needs: 'nothing',
  rounds: 25,
  short: ATTACKS.length,
  async run(_rig, { number, random }) {
    const { address, resolve, answer, reason, asked } = ATTACKS[number % ATTACKS.length] as Attack
    const outside: Outside = { port: 0, asked: [], answer: answer ?? ((_request, response) => void response.end('in')) }
    const server = await open(outside)
    const began = performance.now()
    const options: GuardOptions = {
      allow: { http: true, ports: [outside.port], addresses: ['127.0.0.1'] },
      resolve: resolve?.() ?? (async () => ['127.0.0.1'])
    }
    const url = address(outside, random)
    const found = await guardedFetch(url, {}, options).then(
      ({ status }) => `answered with ${status}`,
      (error: unknown) => (error instanceof GuardError ? error.reason : String(error))
    )
    const recoveryMs = performance.now() - began
    server.closeAllConnections()
    server.close()
    const wrong: string[] = []
    if (found !== reason) wrong.push(`${url} was ${found}, not ${reason}`)
    if (outside.asked.length !== asked) wrong.push(`${url} asked ${outside.asked.length} times, not ${asked}`)
    return { recoveryMs, wrong }
  }
}

async function open(outside: Outside): Promise<Server> {
  const server = createServer((request, response) => {
    outside.asked.push(request.url ?? '')
    outside.answer(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  outside.port = (server.address() as AddressInfo).port
  return server
}

function pour(response: ServerResponse, bytes: number): void {
  const piece = Buffer.alloc(65_536, 'x')
  let left = bytes
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) return void response.once('drain', write)
    }
    response.end()
  }
  write()
}
