/** The queue drivers that can be had here: always the one in this process, BullMQ when REDIS_URL is set. */
import { randomBytes } from 'node:crypto'
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { inProcessJobs } from '../../src/jobs/inProcess.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'

export interface Driver {
  name: string
  /** What a process of its own is given to use it; empty for none. */
  redis: string
  /** A queue that nobody else uses. */
  open(): Jobs
}

const inProcess: Driver = { name: 'in this process', redis: '', open: inProcessJobs }

/** A database for tests of queues, whatever REDIS_URL names. */
export const REDIS = (() => {
  const url = new URL(process.env.REDIS_URL || 'redis://127.0.0.1:6379')
  url.pathname = '/9'
  return url.href
})()

const overRedis: Driver = {
  name: 'BullMQ',
  redis: REDIS,
  open: () => redisJobs(REDIS, randomBytes(6).toString('hex'))
}

export const onRedis = Boolean(process.env.REDIS_URL)
export const DRIVERS: readonly Driver[] = onRedis ? [inProcess, overRedis] : [inProcess]
