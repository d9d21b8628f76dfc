/** Processes of the benchmarks' own: started with a script of this folder, told what to do, spoken to in lines of JSON. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Child<T> {
  /** What it says first. */
  said: T
  process: ChildProcess
  stop(): Promise<void>
}

/** `environment` is added to that of this process. */
export async function startChild<T>(
  script: string,
  args: readonly string[],
  environment: Record<string, string> = {}
): Promise<Child<T>> {
  const main = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment }
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const said = await new Promise<T>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`${script} ended with ${code} before it said anything.`)))
    createInterface({ input: child.stdout }).once('line', (line) => ready(JSON.parse(line) as T))
  })
  return {
    said,
    process: child,
    async stop() {
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** Says the one thing the parent waits for, and ends with it, also with a killed one. */
export function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
  process.stdin.resume().once('end', () => process.exit(0))
  process.once('SIGTERM', () => process.exit(0))
}
