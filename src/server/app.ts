/**
 * The HTTP door: the API below `/api`, its description, health, and the few pages people open without an account.
 *
 * Closing is graceful: no new connection is taken, what runs gets its answer, and after `CLOSE_GRACE_MS` whatever is
 * still open is cut.
 */
import { randomUUID } from 'node:crypto'
import { type FastifyInstance, fastify, LogController } from 'fastify'
import { homeOf } from '../access/home.ts'
import type { Access } from '../access/open.ts'
import type { Hub } from '../hub.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Operation } from '../operations/operation.ts'
import { addHooks } from './hooks.ts'
import { type LogTarget, loggerOptions, logRequests } from './log.ts'
import { addPages } from './pages/pages.ts'
import { knowWhoAsks } from './plugins/auth.ts'
import { addBoard } from './plugins/board.ts'
import { addCheck } from './plugins/check.ts'
import { answerBadAddress, answerErrors } from './plugins/errors.ts'
import { addExport } from './plugins/export.ts'
import { addHealth } from './plugins/health.ts'
import { addOpenApi } from './plugins/openapi.ts'
import { addProgress } from './plugins/progress.ts'
import { addSecurity } from './plugins/security.ts'
import { addSignIn } from './plugins/signIn.ts'
import { answerUnknownPaths } from './plugins/unknown.ts'
import { addWeb } from './plugins/web.ts'
import { readinessOf } from './readiness.ts'
import { addOperations, serializer } from './routes.ts'

export interface ServerOptions {
  hub: Hub
  /** Woken after changes; null when this process has no workers to wake. */
  jobs: Jobs | null
  operations: readonly Operation[]
  /** Who may come in, and how; null where nobody does: webhooks and pages only. */
  access: Access | null
  /** Default: the level of the configuration, to standard output. */
  log?: LogTarget
}

export async function buildServer({ hub, jobs, operations, access, log }: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: loggerOptions(hub.config.LOG_LEVEL, log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Only a proxy on this machine is believed about who is asking.
    trustProxy: 'loopback',
    bodyLimit: MEGABYTE,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 500 },
    requestTimeout: RECEIVE_MS,
    connectionTimeout: SILENCE_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: CHECK_MS },
    forceCloseConnections: 'idle',
    frameworkErrors: answerBadAddress
  })
  // JSON only: without this Fastify also reads text/plain.
  app.removeContentTypeParser('text/plain')
  app.setSerializerCompiler(serializer)
  // Operations check their own input, whole (see routes.ts).
  app.setValidatorCompiler(() => (value) => ({ value }))

  const readiness = readinessOf(hub.db)
  logRequests(app)
  closeGracefully(app)
  answerErrors(app, readiness)
  await addSecurity(app, hub.config)
  const web = await addWeb(app, hub.config.WEB_DIR)
  answerUnknownPaths(app, web)
  await addOpenApi(app, operations)
  addHealth(app, readiness)
  const { doorkeeper } = access ?? NOBODY
  addPages(app, { hub, jobs, doorkeeper, readiness, home: web === null })
  await addHooks(app, hub, jobs)
  await addBoard(app, hub, doorkeeper)
  if (access) addSignIn(app, hub, access.auth)
  await app.register(
    async (api) => {
      knowWhoAsks(api, doorkeeper, homeOf(hub))
      await addProgress(api, hub)
      await addCheck(api, hub)
      addExport(api, hub)
      addOperations(api, { hub, jobs }, operations)
    },
    { prefix: '/api' }
  )
  await app.ready()
  return app
}

/** Nobody is let in. */
const NOBODY: Pick<Access, 'doorkeeper'> = { doorkeeper: { whoIs: async () => null } }

const MEGABYTE = 1024 * 1024
const HEADERS_MS = 15_000
/** To receive a whole request. */
const RECEIVE_MS = 30_000
/** How often connections are held against these two. */
const CHECK_MS = 5_000
/** Nothing sent either way. Generous, because a sweep of many boards is answered only when it is done. */
const SILENCE_MS = 15 * 60_000
/** Longer than the minute after which proxies drop a connection, so that they never reuse one we just closed. */
const KEEP_ALIVE_MS = 72_000
const CLOSE_GRACE_MS = 10_000

function closeGracefully(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS).unref()
  })
  // Else a connection whose last answer went out during closing would be kept alive, and closing would wait for it.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
