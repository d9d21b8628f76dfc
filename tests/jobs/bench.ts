/** What tests of queues work with: jobs that say when they begin, processes that work, and what closes all of them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, vi } from 'vitest'
import { type Handlers, JOB_KINDS, type Job, type JobKind, type Jobs } from '../../src/jobs/jobs.ts'

/** Work that says when it begins, and ends when it is let go. */
export class Bench {
  readonly begun: string[] = []
  readonly ended: string[] = []
  readonly errors: [Job, string][] = []
  running = 0
  most = 0
  #waiting: (() => void)[] = []
  hold = true

  handlers(kinds: JobKind[] = ['sync', 'judge', 'deliver', 'report']): Handlers {
    const idle = async () => {}
    const handlers: Record<string, Handlers[JobKind]> = Object.fromEntries(JOB_KINDS.map((kind) => [kind, idle]))
    for (const kind of kinds) {
      handlers[kind] = async (id) => {
        this.begun.push(`${kind} ${id}`)
        this.most = Math.max(this.most, ++this.running)
        if (this.hold) await new Promise<void>((go) => this.#waiting.push(go))
        this.running--
        this.ended.push(`${kind} ${id}`)
      }
    }
    return handlers as Handlers
  }

  letGo(): void {
    for (const go of this.#waiting.splice(0)) go()
  }

  readonly onError = (job: Job, error: unknown): void => void this.errors.push([job, (error as Error).message])
}

export const until = (what: () => boolean) =>
  vi.waitFor(() => expect(what()).toBe(true), { timeout: 15_000, interval: 20 })
export const aMoment = () => new Promise((resolve) => setTimeout(resolve, 300))
/** No tick within a test that does not look for one. */
export const NEVER = 59

const WORKER = fileURLToPath(new URL('worker.fixture.ts', import.meta.url))

/** Closed after each test. */
export const open: Jobs[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.close(100)))
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A process that works; see its file for how. */
export function worker(redis: string, namespace: string, how: 'ends' | 'hangs' | 'stays') {
  const child = spawn(process.execPath, [WORKER, redis, namespace, how], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { child, said, ended, says: (word: string) => until(() => said.includes(word)) }
}
