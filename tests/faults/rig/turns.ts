/** The jobs of a hub in this process, done only when told: one tick, and everything it wakes, one after the other. */
import type { Hub } from '../../../src/hub.ts'
import type { Job, Jobs } from '../../../src/jobs/jobs.ts'
import { handlers } from '../../../src/jobs/work.ts'

export interface Turns {
  jobs: Jobs
  /** A tick, and all that follows from it. */
  turn(): Promise<void>
  /** What jobs threw, the newest last. */
  errors: string[]
}

/** So many jobs in one turn mean that they wake each other without end. */
const ENDLESS = 500

export function turnsOf(hub: Hub): Turns {
  const waiting = new Map<string, Job>()
  const errors: string[] = []
  const jobs: Jobs = {
    wake: async (job) => void waiting.set(`${job.kind} ${job.id}`, job),
    work: async () => {},
    close: async () => {}
  }
  const work = handlers(hub, jobs)
  const { signal } = new AbortController()
  return {
    jobs,
    errors,
    async turn() {
      await jobs.wake({ kind: 'tick', id: 'all' })
      for (let done = 0; waiting.size > 0; done++) {
        if (done > ENDLESS) throw new Error(`Jobs wake each other without end: ${[...waiting.keys()].join(', ')}`)
        const [[key, job]] = [...waiting] as [[string, Job]]
        waiting.delete(key)
        await work[job.kind](job.id, signal).catch((error: unknown) => {
          errors.push(`${key}: ${(error as Error).message ?? String(error)}`)
        })
      }
    }
  }
}
