/**
 * Operations as routes. The `:name` parts of the path and the query (GET, DELETE) or the JSON body (POST, PUT) are put
 * together into one input, which the operation's own schema checks as a whole; names it does not know are refused.
 */
import type { FastifyInstance, FastifyRequest, FastifySerializerCompiler, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { Context, Operation } from '../operations/operation.ts'
import { perform } from '../operations/perform.ts'
import { Declined, Problem } from './plugins/errors.ts'
import { answer, BEARER } from './plugins/openapi.ts'

export function addOperations(
  api: FastifyInstance,
  context: Omit<Context, 'who'>,
  operations: readonly Operation[]
): void {
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  for (const operation of operations) api.route(routeOf(operation, context))
}

/** What is sent is what the schema says, and no more: keys it does not name are left out. */
export const serializer: FastifySerializerCompiler<z.ZodType> = ({ schema, method, url }) => {
  return (answer) => {
    const parsed = schema.safeParse(answer)
    if (parsed.success) return JSON.stringify(parsed.data)
    // A plain Error: a ZodError would be taken for a fault of the input.
    throw new Error(`The answer of ${method} ${url} is not what its schema says: ${parsed.error.message}`)
  }
}

function routeOf(operation: Operation, context: Omit<Context, 'who'>): RouteOptions {
  const inPath = pathNames(operation.path)
  const input = operation.input.strict()
  const lists = Object.keys(input.shape).filter((name) => isList(input.shape[name]))
  return {
    method: operation.method,
    url: operation.path,
    schema: description(operation, inPath),
    handler: async (request) => {
      const { who } = request
      if (who === null) throw new Error('A route of the API outside the scope that knows who asks.')
      return perform(operation, { ...context, who }, gather(request, inPath, lists))
    }
  }
}

function gather(request: FastifyRequest, inPath: string[], lists: string[]): Record<string, unknown> {
  const sent = sendsBody(request.method) ? bodyOf(request) : queryOf(request, lists)
  const twice = inPath.find((name) => Object.hasOwn(sent, name))
  if (twice) throw new Declined(400, 'bad_input', `${twice}: is taken from the path; leave it out elsewhere.`)
  return { ...sent, ...(request.params as Record<string, string>) }
}

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new Declined(400, 'bad_input', 'The body should be a JSON object.')
  }
  if (depthOf(body) > DEEPEST) {
    throw new Declined(400, 'bad_input', `The body is nested too deeply; at most ${DEEPEST} levels are read.`)
  }
  return body as Record<string, unknown>
}

/** `?project=a` is a list of one where a list is asked for. */
function queryOf({ query }: FastifyRequest, lists: string[]): Record<string, unknown> {
  const sent = { ...(query as Record<string, string | string[]>) }
  for (const name of lists) if (typeof sent[name] === 'string') sent[name] = [sent[name]]
  return sent
}

const DEEPEST = 64

/** Counts up to one more than is allowed; without recursion, as the depth is what is in doubt. */
function depthOf(body: object): number {
  let level: object[] = [body]
  let depth = 0
  while (level.length > 0 && depth <= DEEPEST) {
    depth++
    level = level.flatMap((value) =>
      Object.values(value).filter((inner) => typeof inner === 'object' && inner !== null)
    )
  }
  return depth
}

/** The parts of the input and the answers, for the API's description. */
function description(operation: Operation, inPath: string[]) {
  const fields = Object.entries(operation.input.shape)
  const params = fields.filter(([name]) => inPath.includes(name))
  const sent = fields.filter(([name]) => !inPath.includes(name))
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    security: [{ [BEARER]: [] }],
    ...(params.length > 0 ? { params: z.object(Object.fromEntries(params)) } : {}),
    ...(sent.length > 0
      ? { [sendsBody(operation.method) ? 'body' : 'querystring']: z.strictObject(Object.fromEntries(sent)) }
      : {}),
    response: {
      200: answer('Done', operation.output),
      400: answer('The input is not what it should be; the message names the field', Problem),
      401: answer('The token is missing or not the right one', Problem),
      429: answer('Too many requests; Retry-After says when to come back', Problem),
      default: answer('What was asked for could not be done; the message says why and what to do', Problem)
    }
  }
}

const sendsBody = (method: string): boolean => method === 'POST' || method === 'PUT'

const pathNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (!schema) return false
  const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType }
  return def.type === 'array' || isList(def.innerType ?? def.in)
}
