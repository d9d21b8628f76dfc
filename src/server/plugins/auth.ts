/** Who asks, for everything in a scope: known before the body is read, and nobody unknown gets further. */
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Doorkeeper } from '../../access/doorkeeper.ts'
import type { Who } from '../../access/who.ts'
import { Declined } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null outside the scopes that know. */
    who: Who | null
  }
}

/**
 * Asked after the rate limit has counted the request: a scope's `onRequest` hooks would run before the limit, which is
 * a hook of the route. `home`: the address people reach the hub at.
 */
export function knowWhoAsks(scope: FastifyInstance, doorkeeper: Doorkeeper, home: string): void {
  scope.decorateRequest('who', null)
  scope.addHook('preParsing', async (request, reply, payload) => {
    const who = await doorkeeper.whoIs(fromNodeHeaders(request.headers))
    if (who === null) {
      reply.header('www-authenticate', 'Bearer realm="throughline"')
      throw request.headers.authorization === undefined
        ? new Declined(401, 'not_signed_in', 'Sign in first, or send an API key as “Authorization: Bearer …”.')
        : new Declined(401, 'key_wrong', 'This key is not known here, or no longer. Make a new one in Settings.')
    }
    if (who.via === 'web' && !isRead(request) && !isOurPage(request, home))
      throw new Declined(403, 'elsewhere', 'Changes come from the pages of this hub only. Open it and try again there.')
    request.who = who
    return payload
  })
}

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'

/** A cookie comes along wherever a request comes from; what a browser says of the page it comes from cannot be forged. */
export function isOurPage({ headers, host }: FastifyRequest, home: string): boolean {
  const { origin } = headers
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return origin === new URL(home).origin || new URL(origin).host === host
}
