/** Errors into answers: `{error: {code, message}}`, or a calm page where a person is reading. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Explanation, explain } from '../../operations/explain.ts'
import { messagePage } from '../pages/page.ts'
import type { Readiness } from '../readiness.ts'

export const Problem = z
  .object({
    error: z.object({
      code: z.string().describe('Stays the same, for programs'),
      message: z.string().describe('What happened and what to do, for people')
    })
  })
  .meta({ id: 'Problem' })

/** The server itself does not do what was asked; operations say so with a `Refusal`. */
export class Declined extends Error {
  override readonly name = 'Declined'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** When a client may ask again after a 503. */
export const RETRY_AFTER_SECONDS = 5

export function answerErrors(app: FastifyInstance, readiness: () => Promise<Readiness>): void {
  app.setErrorHandler(async (error, request, reply) => {
    if (clientLeft(error, request)) return reply.code(499).send()
    const known = declined(error) ?? explain(error)
    const words = known ?? ((await databaseIsGone(error, readiness)) ? DATABASE_GONE : unforeseen(request.id))
    if (words.status === 500) request.log.error({ req: request, err: error }, 'failed')
    else if (words.status > 500) request.log.warn({ req: request, err: error }, 'not done')
    if (words.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS)
    reply.code(words.status)
    if (readsPages(request)) return reply.type('text/html; charset=utf-8').send(messagePage(TITLE, words.message))
    return reply.type('application/json; charset=utf-8').send({ error: { code: words.code, message: words.message } })
  })
}

/** An address that cannot be read at all never reaches a route, so Fastify asks for its answer apart. */
export function answerBadAddress(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const message = 'This address cannot be read: a part is malformed or too long.'
  reply
    .code(400)
    .type('application/json; charset=utf-8')
    .send({ error: { code: 'bad_address', message } })
}

const TITLE = 'Not this time'

const DATABASE_GONE: Explanation = {
  status: 503,
  code: 'database_unreachable',
  message: 'The database isn’t answering. Nothing is lost; try again in a few seconds.'
}

const unforeseen = (id: string): Explanation => ({
  status: 500,
  code: 'internal',
  message: `Something went wrong on our side. The log says more under ${id}.`
})

function declined(error: unknown): Explanation | null {
  if (error instanceof Declined) return { status: error.status, code: error.code, message: error.message }
  const {
    code = '',
    statusCode = 500,
    message = ''
  } = error as { code?: string; statusCode?: number; message?: string }
  if (FRAMEWORK[code]) return FRAMEWORK[code]
  const ofFramework = String(code).startsWith('FST_') && statusCode >= 400 && statusCode < 500
  return ofFramework ? { status: statusCode, code: 'bad_request', message } : null
}

/** https://fastify.dev/docs/latest/Reference/Errors/ */
const FRAMEWORK: Record<string, Explanation> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'too_large', message: 'The body may be 1 MB at most.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'wrong_content_type',
    message: 'Send the body as JSON, with “Content-Type: application/json”.'
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'bad_json',
    message: 'The body is empty. Send a JSON object, or no Content-Type.'
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    code: 'bad_json',
    message:
      'The body cannot be read as JSON: it is malformed, or has a key such as __proto__ or constructor.prototype.'
  }
}

/** A connection that ends while its body is read is no fault of ours. */
const clientLeft = (error: unknown, { raw }: FastifyRequest): boolean =>
  raw.destroyed && !raw.complete && (error as { code?: string }).code === 'ECONNRESET'

/**
 * Drivers name a lost connection in many ways and the embedded engine in none, so what is not known by its code is
 * settled by asking the database.
 */
async function databaseIsGone(error: unknown, readiness: () => Promise<Readiness>): Promise<boolean> {
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && LOST_CONNECTION.test(code)) return true
  return !(await readiness()).ready
}

/** postgres.js and SQLSTATE: connection exceptions, shutdown, too many connections. */
const LOST_CONNECTION = /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|08...|57P0[1-3]|53300)$/

/** A person with a browser, not a program. */
export const readsPages = ({ url, headers }: FastifyRequest): boolean =>
  !url.startsWith('/api') && (headers.accept ?? '').includes('text/html')
