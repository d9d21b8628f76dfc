import { Command } from 'commander'
import { firstOwnerToken } from '../access/comingIn.ts'
import type { Access } from '../access/open.ts'
import { type Config, readConfig } from '../config.ts'
import { announce } from '../db/lock.ts'
import { type Hub, openHub } from '../hub.ts'
import { inProcessJobs } from '../jobs/inProcess.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { handlers, TICK_SECONDS } from '../jobs/work.ts'
import { operations } from '../operations/index.ts'
import { releaseDeadLeases } from '../outbox/outbox.ts'
import { bold, say } from './print.ts'

export interface Serving {
  address: string
  access: Access
  /** The link that makes the first owner, as long as there is none. */
  firstOwner: string | null
  close(): Promise<void>
}

export const serveVerb = (): Command =>
  new Command('serve')
    .description('run the hub: API, and – unless REDIS_URL is set – the jobs too')
    .option('--port <port>', 'port to listen on (default: PORT, else 3000)')
    .action(async (options: { port?: string }) => {
      const config = readConfig({ ...process.env, ...(options.port === undefined ? {} : { PORT: options.port }) })
      const hub = await openHub(config)
      const serving = await serve(hub, config)
      const stopped = untilStopped()
      say(
        `Throughline answers on ${bold(serving.address)} – API at /docs, data in ${config.DATABASE_URL ? 'PostgreSQL' : config.DATA_DIR}.`
      )
      if (serving.firstOwner)
        say(`Nobody has an account yet. Open this to make yours:\n\n  ${bold(serving.firstOwner)}\n`)
      if (config.DATABASE_URL && !config.REDIS_URL) say('REDIS_URL is not set: this process does the jobs itself.')
      await stopped
      say('Finishing what runs, then closing.')
      await serving.close()
    })

/** Serves a hub until closed; takes the hub over. */
export async function serve(hub: Hub, config: Config): Promise<Serving> {
  let jobs: Jobs | null = null
  try {
    await releaseDeadLeases(hub)
    // The server and the queue are loaded by the verb that serves, not by every other one.
    const [{ redisJobs }, { buildServer }, { startServer }, { openAccess }] = await Promise.all([
      import('../jobs/bullmq.ts'),
      import('../server/app.ts'),
      import('../server/listen.ts'),
      import('../access/open.ts')
    ])
    jobs = config.REDIS_URL ? redisJobs(config.REDIS_URL, hub.instance) : inProcessJobs()
    const access = await openAccess(hub, jobs)
    const app = await buildServer({ hub, jobs, operations, access })
    const address = await startServer(app, { host: config.HOST, port: config.PORT })
    if (hub.db.engine === 'pglite') announce(config.DATA_DIR, address)
    if (!config.REDIS_URL) {
      await jobs.work(handlers(hub, jobs), {
        tickSeconds: TICK_SECONDS,
        onError: (job, error) => app.log.error({ err: error, job }, 'a job failed')
      })
    }
    const running = jobs
    const first = await firstOwnerToken(hub)
    return {
      address,
      access,
      firstOwner: first === null ? null : `${config.PUBLIC_URL ?? address}/first?token=${first}`,
      async close() {
        await app.close()
        await running.close()
        await hub.close()
      }
    }
  } catch (error) {
    await jobs?.close(0)
    await hub.close()
    throw error
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = () => {
      process.once('SIGINT', () => process.exit(130))
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
