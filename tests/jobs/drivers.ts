/** The queue drivers that can be had here: always the one in this process, BullMQ when REDIS_URL is set. */
import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { redisJobs } from '../../src/jobs/bullmq.ts'
import { inProcessJobs } from '../../src/jobs/inProcess.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'

export interface Driver {
  name: string
  /** A queue that nobody else uses. */
  open(): Jobs
}

const inProcess: Driver = { name: 'in this process', open: inProcessJobs }

/** A Redis database of our own, whatever REDIS_URL names: it is emptied. */
export const REDIS = (() => {
  const url = new URL(process.env.REDIS_URL || 'redis://127.0.0.1:6379')
  url.pathname = '/9'
  return url.href
})()

const overRedis: Driver = { name: 'BullMQ', open: () => redisJobs(REDIS, randomBytes(6).toString('hex')) }

export const onRedis = Boolean(process.env.REDIS_URL)
export const DRIVERS: readonly Driver[] = onRedis ? [inProcess, overRedis] : [inProcess]

export async function emptyRedis(): Promise<void> {
  const client = new Redis(REDIS)
  await client.flushdb()
  await client.quit()
}
