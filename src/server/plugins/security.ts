/** Headers that keep browsers strict, and how often one address may ask. */
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'
import { STYLE_HASH } from '../pages/page.ts'
import { Declined } from './errors.ts'

const MINUTE = 60_000

/** Per address. The API's is far above what a busy office does, and low enough to blunt a runaway script. */
const LIMIT = { max: 1_200, timeWindow: MINUTE }
/** The app's files, some twenty a page and kept for a year: an office behind one address fetches a new version at once. */
const FILES_LIMIT = 12_000
export const PAGE_LIMIT = { max: 60, timeWindow: MINUTE }
/** Streams that stay open; one is opened a page, and again every few minutes. */
export const STREAM_LIMIT = { max: 120, timeWindow: MINUTE }
/** Each takes a database of its own for a moment. */
export const CHECK_LIMIT = { max: 20, timeWindow: MINUTE }
/** Each reads everything there is. */
export const EXPORT_LIMIT = { max: 20, timeWindow: MINUTE }
/** All boards of a tool may tell us from one address. */
export const HOOK_LIMIT = { max: 6_000, timeWindow: MINUTE }
/** Where the app's page answers what is not known otherwise. */
export const PAGES_LIMIT = { max: 300, timeWindow: MINUTE }
export const NOT_FOUND_LIMIT = { max: 60, timeWindow: MINUTE }
/** Signing in and what leads there; attempts at a password are counted more strictly (`access/auth.ts`). */
export const SIGN_IN_LIMIT = { max: 120, timeWindow: MINUTE }
/** The board asks anew every few seconds; whoever guesses its password asks more often. */
export const BOARD_LIMIT = { max: 300, timeWindow: MINUTE }

/** Our own pages: one known stylesheet, no script, nothing from elsewhere. */
const STRICT = {
  'default-src': [`'none'`],
  'style-src': [STYLE_HASH],
  'img-src': ['data:'],
  'base-uri': [`'none'`],
  'form-action': [`'none'`],
  'frame-ancestors': [`'none'`]
}

/** The web app: scripts of ours only; the component library sets styles from them. */
export const APP_POLICY = {
  useDefaults: false,
  directives: {
    ...STRICT,
    'script-src': [`'self'`],
    'style-src': [`'self'`, `'unsafe-inline'`],
    'img-src': [`'self'`, 'data:'],
    'font-src': [`'self'`],
    'connect-src': [`'self'`],
    // The weekly mail is shown as it will look, in a frame that runs nothing.
    'frame-src': [`'self'`],
    'form-action': [`'self'`]
  }
}

/** The browsable description runs scripts of ours, sets styles from them, and asks this server only. */
export const DOCS_POLICY = {
  useDefaults: false,
  directives: {
    ...STRICT,
    'script-src': [`'self'`],
    'style-src': [`'self'`, `'unsafe-inline'`],
    'img-src': [`'self'`, 'data:'],
    'connect-src': [`'self'`]
  }
}

/** The board of queues is a page as the description is, and names its own folder for what it loads. */
export const BOARD_POLICY = {
  useDefaults: false,
  directives: { ...DOCS_POLICY.directives, 'base-uri': [`'self'`], 'font-src': [`'self'`] }
}

const FILES = 'files of '

/** Call it before any route: the limit is put on routes as they are added. */
export async function addSecurity(app: FastifyInstance, config: Pick<Config, 'PUBLIC_URL'>): Promise<void> {
  await app.register(rateLimit, {
    ...LIMIT,
    // Counted apart, so that opening pages leaves what pages ask for.
    keyGenerator: ({ ip, url }) => (url.startsWith('/assets/') ? FILES + ip : ip),
    max: (_request, key) => (key.startsWith(FILES) ? FILES_LIMIT : LIMIT.max),
    errorResponseBuilder: (_request, { ttl }) =>
      new Declined(429, 'too_many_requests', `Too many requests. Try again in ${Math.ceil(ttl / 1000)} seconds.`)
  })
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: STRICT },
    // Only where people reach the hub by https: the header would otherwise bind a host that cannot keep it.
    strictTransportSecurity: config.PUBLIC_URL?.startsWith('https:') ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' }
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // Nothing is unpacked here, so that what comes small stays small. After the rate limit has counted the request.
  app.addHook('preParsing', async ({ headers }, _reply, payload) => {
    if (/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return payload
    throw new Declined(415, 'packed', 'Send the body as it is, without Content-Encoding.')
  })
}
