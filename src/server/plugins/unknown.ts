import type { FastifyInstance } from 'fastify'
import { Declined, readsPages } from './errors.ts'
import { NOT_FOUND_LIMIT, PAGES_LIMIT } from './security.ts'
import type { WebApp } from './web.ts'

/** The app's page where an address is a person's; unknown paths are rate-limited too: guessing them is what scanners do. Needs the rate limit to be registered. */
export function answerUnknownPaths(app: FastifyInstance, web: WebApp | null): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit(web ? PAGES_LIMIT : NOT_FOUND_LIMIT) }, async (request, reply) => {
    if (await web?.answers(request, reply)) return reply
    throw new Declined(
      404,
      'no_such_path',
      readsPages(request)
        ? 'There is no page at this address. It may have been typed or copied only in part.'
        : `There is no ${request.method} at this path. What there is: /docs, or /openapi.json for programs.`
    )
  })
}
