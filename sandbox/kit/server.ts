/** A stand-in over HTTP, on this machine only: the tool's API, and the switches for tests under `/_sandbox`. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createAdmin, type Switches } from './admin.ts'
import type { Clock } from './clock.ts'
import { createFaults, type Effect } from './faults.ts'
import type { Planting } from './plant.ts'
import { Post } from './post.ts'
import { Recorder } from './recorder.ts'

/** One request to the tool's API. */
export interface Asked {
  method: string
  /** Below the API's prefix, without the query; whole where it does not begin with it (`/other.host/path`). */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  contentType: string
  body: string
}

export interface Reply {
  status: number
  type: 'json' | 'text' | 'html'
  body: string
  headers?: Record<string, string>
}

/** What a tool's stand-in brings along; the rest is the same for all. */
export interface StandIn {
  clock: Clock
  /** What paths of the API begin with and templates do not say (`/1`); it is taken off where it stands. */
  prefix: string
  /** `GET /boards/{id}` or `query Boards`: what requests are counted by. Null: unknown. */
  template(asked: Asked): string | null
  answer(asked: Asked): Reply | Promise<Reply>
  /** Limits of the real thing, or none. */
  limits: { mode: 'real' | 'off'; reset(): void }
  planting: Planting
  /** Switches of this tool alone. */
  switches?: Switches
}

export interface Served {
  url: string
  close(): Promise<void>
}

export interface Rig {
  standIn: StandIn
  faults: ReturnType<typeof createFaults>
  recorder: Recorder
  post: Post
}

/** `make` gets what a tool's stand-in may need of the rig: where its webhooks leave, and what it counts on. */
export async function serveStandIn<T extends StandIn>(
  port: number,
  clock: Clock,
  make: (rig: { clock: Clock; post: Post; recorder: Recorder; url: () => string }) => T
): Promise<Served & { standIn: T }> {
  const faults = createFaults()
  const recorder = new Recorder()
  const post = new Post(clock)
  let url = ''
  const standIn = make({ clock, post, recorder, url: () => url })
  const admin = createAdmin({ standIn, faults, recorder, post })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://sandbox')
    const method = request.method ?? 'GET'
    const body = method === 'GET' ? '' : await readText(request)
    if (pathname.startsWith('/_sandbox/')) return admin(method, pathname.slice(9), searchParams, body, response)

    const ours = pathname.startsWith(`${standIn.prefix}/`)
    const path = ours ? pathname.slice(standIn.prefix.length) : pathname
    const contentType = request.headers['content-type'] ?? ''
    const asked: Asked = { method, path, query: searchParams, headers: request.headers, contentType, body }
    const template = standIn.template(asked)
    const line = recorder.begin({
      at: new Date(clock.now()).toISOString(),
      method,
      path,
      query: search.slice(1),
      headers: request.headers,
      body,
      template
    })
    const effect = faults.strike(
      method,
      /^(query|mutation) /.test(template ?? '') ? `${path} ${template}` : path + search
    )
    if (effect?.latencyMs) await wait(effect.latencyMs)
    if (effect?.drop === 'before') return void request.socket.destroy()

    const reply = effect?.status !== undefined ? planted(effect) : await standIn.answer(asked)
    if (effect?.drop === 'after') return void request.socket.destroy()
    if (effect?.hold) return
    recorder.end(line, reply.status)
    if (effect?.status === undefined && recorder.keep > 0) {
      recorder.exchange({
        method,
        path,
        query: line.query,
        body: parse(body, contentType),
        status: reply.status,
        type: reply.type === 'json' ? 'json' : 'text',
        answer: reply.body
      })
    }
    await send(response, clock, reply, effect)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end('the stand-in itself failed')
    })
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, standIn, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}

async function send(
  response: ServerResponse,
  clock: Clock,
  { status, type, body, headers = {} }: Reply,
  effect: Effect | null
): Promise<void> {
  const bytes = Buffer.from(body)
  response.sendDate = false
  const kind = { json: 'application/json', text: 'text/plain', html: 'text/html' }[type]
  response.writeHead(status, {
    ...(status === 204 || status === 304
      ? {}
      : { 'content-type': `${kind}; charset=utf-8`, 'content-length': bytes.length }),
    date: new Date(clock.now()).toUTCString(),
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
  if (effect?.slowMs || status === 204 || status === 304) response.end()
  else response.end(bytes)
}

/** An answer that a fault gives in the tool's stead. */
function planted(effect: Effect): Reply {
  const { status = 500, body = '', headers = {} } = effect
  return { status, type: 'text', body, headers }
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
