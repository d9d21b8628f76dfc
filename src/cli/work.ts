import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { openHub } from '../hub.ts'
import { handlers, TICK_SECONDS } from '../jobs/work.ts'
import { Refusal } from '../operations/operation.ts'
import { say } from './print.ts'
import { untilStopped } from './serve.ts'

export const workVerb = (): Command =>
  new Command('work')
    .description('do the jobs: sync, judge, deliver, report. Run as many as you like beside `serve`')
    .addHelpText(
      'after',
      '\nNeeds DATABASE_URL and REDIS_URL. On one machine `throughline serve` does the work itself.'
    )
    .action(async () => {
      const config = readConfig()
      const { DATABASE_URL, REDIS_URL } = config
      if (!DATABASE_URL || !REDIS_URL) {
        const missing = [DATABASE_URL ? '' : 'DATABASE_URL', REDIS_URL ? '' : 'REDIS_URL'].filter(Boolean).join(' and ')
        throw new Refusal(
          400,
          'needs_services',
          `A worker of its own needs PostgreSQL and Redis: set ${missing}. On one machine, \`throughline serve\` does the work itself.`
        )
      }
      const hub = await openHub(config)
      const { redisJobs } = await import('../jobs/bullmq.ts')
      const jobs = redisJobs(REDIS_URL, hub.instance)
      await jobs.work(handlers(hub, jobs), {
        tickSeconds: TICK_SECONDS,
        onError: ({ kind, id }, error) => say(`${kind} ${id}: ${(error as Error).message}`)
      })
      const stopped = untilStopped()
      say(`Working as ${hub.owner}.`)
      await stopped
      await jobs.close()
      await hub.close()
    })
