/**
 * A process that works: `worker.fixture.ts REDIS_URL|'' NAMESPACE ends|hangs|stays`. It says what it begins. With `ends`
 * it wakes one job, does it, closes its jobs and must then end by itself; with `hangs` no job of it ever ends; with
 * `stays` it closes its jobs when its input ends.
 */
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { inProcessJobs } from '../../src/jobs/inProcess.ts'
import { type Handlers, JOB_KINDS } from '../../src/jobs/jobs.ts'

const [redis = '', namespace = '', how = 'ends'] = process.argv.slice(2)
const jobs = redis === '' ? inProcessJobs() : redisJobs(redis, namespace)
const first = Promise.withResolvers<void>()

const handlers = Object.fromEntries(
  JOB_KINDS.map((kind) => [
    kind,
    async (id: string) => {
      if (kind === 'tick') return
      console.log(`${kind} ${id}`)
      first.resolve()
      if (how === 'hangs') await new Promise(() => {})
    }
  ])
) as unknown as Handlers

await jobs.work(handlers, { tickSeconds: 1, onError: () => {} })
console.log('works')
if (how === 'ends') {
  await jobs.wake({ kind: 'judge', id: 'all' })
  await first.promise
}
if (how === 'stays') {
  process.stdin.resume()
  await new Promise((ended) => process.stdin.once('end', ended))
}
if (how !== 'hangs') {
  await jobs.close(1_000)
  console.log('closed')
}
