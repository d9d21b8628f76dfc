/** The command as people run it: child processes of `node src/cli/main.ts`, each installation in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { emptyPostgres } from '../db/engines.ts'
import { onPostgres } from '../helpers/hub.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

interface How {
  env?: Record<string, string>
  input?: string
  cwd?: string
}

/** An environment in which nothing of this machine shows. */
const bare = (env: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  NO_COLOR: '1',
  LOG_LEVEL: 'silent',
  ...env
})

function begin(args: string[], { env, input, cwd }: How): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: bare(env),
    cwd: cwd ?? tmpdir(),
    stdio: ['pipe', 'pipe', 'pipe']
  })
  child.stdin?.on('error', () => {})
  child.stdin?.end(input ?? '')
  return child
}

/** Runs the command to its end. */
export async function throughline(args: string[], how: How = {}): Promise<Ended> {
  const child = begin(args, how)
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout as never), text(child.stderr as never)])
  return { code: await code, stdout, stderr }
}

/** A command that keeps running. */
export interface Running {
  pid: number
  /** Waits until it has said this, on either stream; gives everything said so far. */
  said(what: RegExp): Promise<string>
  /** Sends the signal and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export function keepRunning(args: string[], how: How = {}): Running {
  const child = begin(args, how)
  let told = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      told += part
      for (const listener of listeners) listener()
    })
  }
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    pid: child.pid as number,
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!what.test(told)) return
          listeners.delete(look)
          resolve(told)
        }
        listeners.add(look)
        void code.then((ended) => reject(new Error(`ended with ${ended} before saying ${what}:\n${told}`)))
        look()
      }),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return code
    }
  }
}

export interface Installation extends AsyncDisposable {
  folder: string
  env: Record<string, string>
  run(args: string[], how?: How): Promise<Ended>
  /** Runs with `--json` and gives what it printed; throws when it failed. */
  json<T = Record<string, unknown>>(...args: string[]): Promise<T>
  keep(args: string[], how?: How): Running
}

/** On PostgreSQL when DATABASE_URL is set, else embedded in its folder; `embedded` forces that. */
export async function installation(env: Record<string, string> = {}, embedded = false): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'))
  const base = onPostgres() && !embedded ? await emptyPostgres() : null
  const own = { DATA_DIR: folder, ...(base ? { DATABASE_URL: base.url } : {}), ...env }
  const running: Running[] = []
  const run = (args: string[], how: How = {}) => throughline(args, { ...how, env: { ...own, ...how.env } })
  return {
    folder,
    env: own,
    run,
    async json(...args) {
      const { code, stdout, stderr } = await run([...args, '--json'])
      if (code !== 0) throw new Error(`throughline ${args.join(' ')} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout)
    },
    keep(args, how = {}) {
      const one = keepRunning(args, { ...how, env: { ...own, ...how.env } })
      running.push(one)
      return one
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map((one) => one.stop('SIGKILL')))
      await base?.drop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
