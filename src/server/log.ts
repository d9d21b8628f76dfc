/**
 * What the server writes to its log, and what it never does: headers, bodies, query strings, note tokens, and whatever
 * an error carries besides its words.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface LogTarget {
  level?: string
  /** Gets one line of JSON at a time. */
  stream?: { write(line: string): void }
}

export function loggerOptions(level: string, target: LogTarget = {}) {
  return {
    level: target.level ?? level,
    ...(target.stream ? { stream: target.stream } : {}),
    redact: { paths: SECRETS, censor: '[hidden]' },
    serializers: { req: requestFacts, err: errorFacts, error: errorFacts }
  }
}

/** One line per answer. Probes write only when something is wrong: their routes have a `logLevel` of their own. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ req: request, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.info({ req: request }, 'the client left before its answer')
  })
}

const NAMES = ['authorization', 'cookie', 'credentials', 'token', 'bearer', 'password', 'secret', 'headers', 'body']
const SECRETS = NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** The pattern stands for the path where there is one, as a path may hold the token of a note. */
const requestFacts = (request: FastifyRequest) => ({
  method: request.method,
  path: request.routeOptions?.url ?? request.url?.split('?', 1)[0]?.slice(0, 200),
  from: request.ip
})

/** No other property of an error: drivers put parameters there, and clients whole requests. */
function errorFacts(error: unknown, depth = 0): { type: string; message: string; stack: string; code?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' }
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error && depth < 3 ? { cause: errorFacts(error.cause, depth + 1) } : {})
  }
}
