import type { FastifyInstance } from 'fastify'
import type { TokenCheck } from '../tokens.ts'
import { Declined } from './errors.ts'

/**
 * Everything in this scope needs the token. Asked for before the body is read, and after the rate limit has counted the
 * request: a scope's `onRequest` hooks would run before the limit, which is a hook of the route.
 */
export function requireToken(scope: FastifyInstance, tokens: TokenCheck): void {
  scope.addHook('preParsing', async (request, reply, payload) => {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined && (await tokens.check(bearer))) return payload
    reply.header('www-authenticate', 'Bearer realm="throughline"')
    throw bearer === undefined
      ? new Declined(401, 'token_missing', `This needs the hub's token. ${HOW}`)
      : new Declined(401, 'token_wrong', `This is not the hub's token. ${HOW}`)
  })
}

const HOW =
  'Send it as “Authorization: Bearer …”. It was printed when the hub first started; if it is lost, set API_TOKEN and restart.'
