/** The stand-in over HTTP, on this machine only: the API under `/1`, the switches for tests under `/_sandbox`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { DEFAULT_ACCOUNT, keepAccount } from './accounts.ts'
import { createAdmin } from './admin.ts'
import { type ApiRequest, createApi, type Outcome } from './api.ts'
import { createClock } from './clock.ts'
import { createFaults, type Effect } from './faults.ts'
import { createLimits } from './limits.ts'
import { Recorder } from './recorder.ts'
import { World } from './world.ts'

export interface TrelloOptions {
  /** 0 takes any free one. */
  port?: number
  limits?: 'real' | 'off'
  /** Where the sandbox clock starts, in milliseconds since 1970; real time when absent. */
  now?: number
}

export interface Trello {
  url: string
  world: World
  close(): Promise<void>
}

export async function serveTrello(options: TrelloOptions = {}): Promise<Trello> {
  const world = new World(createClock(options.now ?? null))
  const limits = createLimits(world.clock, options.limits ?? 'real')
  const faults = createFaults()
  const recorder = new Recorder()
  const api = createApi(world, limits, recorder)
  const admin = createAdmin({ world, limits, faults, recorder })
  keepAccount(world, DEFAULT_ACCOUNT)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://sandbox')
    const method = request.method ?? 'GET'
    const body = method === 'GET' ? '' : await readText(request)
    if (pathname.startsWith('/_sandbox/')) return admin(method, pathname.slice(9), searchParams, body, response)

    const path = pathname.startsWith('/1/') ? pathname.slice(2) : pathname
    const match = pathname.startsWith('/1/') ? api.match(method, path) : null
    const line = recorder.begin({
      at: world.nowIso(),
      method,
      path,
      query: search.slice(1),
      headers: request.headers,
      body,
      template: match && `${method} ${match.route.template}`
    })
    const effect = faults.strike(method, path + search)
    if (effect?.latencyMs) await wait(effect.latencyMs)
    if (effect?.drop === 'before') return void request.socket.destroy()

    const asked: ApiRequest = {
      method,
      path,
      query: searchParams,
      authorization: request.headers.authorization,
      contentType: request.headers['content-type'] ?? '',
      body
    }
    const outcome = effect?.status === undefined ? api.answer(asked, match) : planted(effect)
    if (effect?.drop === 'after') return void request.socket.destroy()
    if (effect?.hold) return
    const { reply } = outcome
    recorder.end(line, reply.status)
    if (effect?.status === undefined && recorder.keep > 0) {
      const parsed = parse(body, asked.contentType)
      recorder.exchange({ method, path, query: line.query, body: parsed, ...exchanged(outcome) })
    }
    await send(response, world, outcome, effect)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('the stand-in itself failed')
    })
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((ready) => server.listen(options.port ?? 0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    close: () => close(server)
  }
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}

async function send(
  response: ServerResponse,
  world: World,
  { reply, headers }: Outcome,
  effect: Effect | null
): Promise<void> {
  const bytes = Buffer.from(reply.body)
  response.sendDate = false
  response.writeHead(reply.status, {
    'content-type': reply.type === 'json' ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-length': bytes.length,
    date: new Date(world.clock.now()).toUTCString(),
    ...headers
  })
  if (effect?.truncate !== undefined) {
    response.write(bytes.subarray(0, effect.truncate), () => response.socket?.destroy())
    return
  }
  if (effect?.slowMs) {
    const pieces = 10
    const size = Math.ceil(bytes.length / pieces)
    for (let piece = 0; piece < pieces && !response.destroyed; piece += 1) {
      response.write(bytes.subarray(piece * size, (piece + 1) * size))
      await wait(effect.slowMs / pieces)
    }
  }
  if (effect?.slowMs) response.end()
  else response.end(bytes)
}

/** An answer that a fault gives in Trello's stead. */
function planted(effect: Effect): Outcome {
  return { reply: { status: effect.status!, type: 'text', body: effect.body ?? '' }, headers: effect.headers ?? {} }
}

function exchanged({ reply }: Outcome) {
  return { status: reply.status, type: reply.type, answer: reply.body }
}

function parse(body: string, contentType: string): unknown {
  if (body === '') return null
  if (contentType.includes('json')) {
    try {
      return JSON.parse(body)
    } catch {
      return body
    }
  }
  return Object.fromEntries(new URLSearchParams(body))
}

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
