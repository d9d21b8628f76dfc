/**
 * The web app, as it was built: its files, and its page at every address that is a person's and nobody else's. Names of
 * built files change with what is in them, so browsers keep those for a year and the page itself not at all.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readsPages } from './errors.ts'
import { APP_POLICY } from './security.ts'

const YEAR_SECONDS = 31_536_000

/** Addresses below these are never the app's. */
const OTHERS = /^\/(api|hooks|docs|admin|oauth|w|assets)(\/|$)/

export interface WebApp {
  /** True when the app's page was sent as the answer. */
  answers(request: FastifyRequest, reply: FastifyReply): Promise<boolean>
}

/** `folder`: what `npm run build` made; null when it is not there. */
export async function addWeb(app: FastifyInstance, folder: string): Promise<WebApp | null> {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return null
  const page = readFileSync(index)
  await app.register(files, {
    root: folder,
    index: false,
    wildcard: false,
    globIgnore: ['index.html'],
    cacheControl: false,
    setHeaders: (reply, path) => {
      const built = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', built ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    }
  })
  return {
    async answers(request, reply) {
      const path = request.url.split('?', 1)[0] ?? ''
      if (request.method !== 'GET' || !readsPages(request) || OTHERS.test(path)) return false
      await reply.helmet({ contentSecurityPolicy: APP_POLICY })
      await reply.code(200).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
      return true
    }
  }
}
