/**
 * A hub's process, to be killed: does the jobs on PostgreSQL and, when asked to, answers HTTP. It ends with the process
 * that started it.
 */

import { readConfig } from '../../../src/config.ts'
import { openPostgres } from '../../../src/db/database.ts'
import { openHub } from '../../../src/hub.ts'
import { redisJobs } from '../../../src/jobs/bullmq.ts'
import { inProcessJobs } from '../../../src/jobs/inProcess.ts'
import { handlers } from '../../../src/jobs/work.ts'
import { LIMITS } from '../../../src/transport/governedFetch.ts'
import { settledMemory } from './memory.ts'
import { atRequest, atStatement } from './points.ts'
import type { ToWorker, WorkerOrder } from './worker.ts'

const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder
const { env, point = null, signal = 'SIGKILL' } = order
let { offset } = order
LIMITS.backoff = 5

const strike = () => {
  if (signal === 'fail') throw new Error('planted at the point')
  process.kill(process.pid, signal)
}
const open = await openPostgres(env.DATABASE_URL ?? '')
const ofStatements = point !== null && point.at !== 'request' && point.at !== 'answer'
const db = ofStatements ? atStatement(open, point, strike) : open
if (point && !ofStatements) atRequest(point, strike)
const hub = await openHub(readConfig(env), { db, now: () => new Date(Date.now() + offset).toISOString() })
const jobs = env.REDIS_URL ? redisJobs(env.REDIS_URL, hub.instance) : inProcessJobs()

if (order.serve) {
  const { buildServer } = await import('../../../src/server/app.ts')
  const app = await buildServer({ hub, jobs, operations: [], access: null })
  await app.listen({ host: '127.0.0.1', port: order.serve })
}

process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToWorker) => {
  if (message.kind === 'clock') offset = message.offset
  if (message.kind === 'memory') process.send?.({ kind: 'memory', bytes: settledMemory() })
  if (message.kind === 'stop') void jobs.close(5_000).then(() => process.exit(0))
})
await jobs.work(handlers(hub, jobs), {
  tickSeconds: 1,
  onError: ({ kind, id }, error) => process.stderr.write(`${kind} ${id}: ${(error as Error).stack}\n`)
})
process.send?.({ kind: 'ready' })
