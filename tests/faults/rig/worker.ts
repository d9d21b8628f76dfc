/** A hub's process seen from outside: started, told the time, killed. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Point } from './points.ts'

export interface WorkerOrder {
  /** With REDIS_URL its jobs are BullMQ's, else its own. */
  env: Record<string, string>
  /** Milliseconds its clock is ahead of real time. */
  offset: number
  /** Where it strikes itself, and with what; `fail`: the statement throws instead. */
  point?: Point
  signal?: 'SIGKILL' | 'SIGSTOP' | 'fail'
  /** Answers HTTP on this port too. */
  serve?: number
}

export type ToWorker = { kind: 'clock'; offset: number } | { kind: 'memory' } | { kind: 'stop' }

export interface WorkerProcess {
  pid: number
  /** Nothing, or the signal or code it ended with. */
  ended(): string | null
  /** Everything it wrote. */
  said(): string
  tell(message: ToWorker): void
  /** Resident bytes after everything that could be was given back. */
  memory(): Promise<number>
  kill(signal?: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Lets it finish what it does. */
  stop(): Promise<void>
  /** True once it has ended; false when it has not within `ms`. */
  gone(ms: number): Promise<boolean>
  /** True once it has been stopped by SIGSTOP; false when it has not within `ms`. */
  stopped(ms: number): Promise<boolean>
}

const FIXTURE = fileURLToPath(new URL('./worker.fixture.ts', import.meta.url))

/** Resolves when it works, or has ended before it could. */
export async function startWorker(order: WorkerOrder): Promise<WorkerProcess> {
  const child = fork(FIXTURE, [JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: {}
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (said += piece.toString()))
  let ended: string | null = null
  const end = new Promise<void>((done) =>
    child.once('exit', (code, signal) => {
      ended = signal ?? String(code)
      done()
    })
  )
  await Promise.race([once(child, 'message'), end])
  const within = async (ms: number, what: Promise<unknown>) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((done) => (timer = setTimeout(() => done(false), ms)))
    return Promise.race([what.then(() => true), late]).finally(() => clearTimeout(timer))
  }
  return {
    pid: child.pid!,
    ended: () => ended,
    said: () => said,
    tell: (message) => void (child.connected && child.send(message)),
    async memory() {
      const answer = once(child, 'message')
      child.send({ kind: 'memory' })
      return ((await answer)[0] as { bytes: number }).bytes
    },
    kill: (signal = 'SIGKILL') => void child.kill(signal),
    async stop() {
      if (child.connected) child.send({ kind: 'stop' })
      if (!(await within(8_000, end))) child.kill('SIGKILL')
      await end
    },
    gone: (ms) => within(ms, end),
    async stopped(ms) {
      for (const until = Date.now() + ms; Date.now() < until; await pause(20)) {
        if (ended !== null) return false
        if (stateOf(child) === 'T') return true
      }
      return false
    }
  }
}

/** The letter /proc gives it; `T` is stopped. */
function stateOf(child: ChildProcess): string | undefined {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  return stat[stat.lastIndexOf(')') + 2]
}
