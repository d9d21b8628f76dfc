/** Starts a stand-in as a process of its own. Prints one JSON line with its address when it is ready. */
import { parseArgs } from 'node:util'
import { type Clock, createClock } from './clock.ts'
import type { Served } from './server.ts'

export interface Program {
  /** `Trello` */
  name: string
  /** `sandbox/trello/main.ts` */
  file: string
  /** What to connect with, in one sentence. */
  credentials: string
  /** Options of this tool alone: what each says in `--help`. Each takes a value and may be given several times. */
  options?: Record<string, string>
  start(options: {
    port: number
    clock: Clock
    limits: 'real' | 'off'
    demo: boolean
    given: Record<string, string[]>
  }): Promise<Served>
}

export async function run(program: Program): Promise<void> {
  const own = Object.keys(program.options ?? {})
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      now: { type: 'string' },
      limits: { type: 'string', default: 'real' },
      demo: { type: 'boolean', default: false },
      'with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...Object.fromEntries(own.map((name) => [name, { type: 'string' as const, multiple: true }]))
    }
  })
  if (values.help) return void process.stdout.write(help(program))
  const now = values.now === undefined ? null : Date.parse(values.now)
  const port = Number(values.port)
  if (Number.isNaN(now)) fail(`--now: no moment: ${values.now}`)
  if (values.limits !== 'real' && values.limits !== 'off') fail(`--limits is real or off, not ${values.limits}`)
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port: no port: ${values.port}`)

  const given = Object.fromEntries(
    own
      .map((name) => [name, (values as Record<string, unknown>)[name] as string[] | undefined])
      .map(([name, one]) => [name, one ?? []])
  ) as Record<string, string[]>
  const { demo, limits } = values
  const served = await program.start({ port, clock: createClock(now), limits, demo, given })

  const end = async () => {
    await served.close()
    process.exit(0)
  }
  process.once('SIGTERM', () => void end())
  process.once('SIGINT', () => void end())
  if (values['with-parent'])
    process.stdin
      .resume()
      .once('end', () => void end())
      .once('close', () => void end())
  process.stdout.write(`${JSON.stringify({ url: served.url })}\n`)
}

const help = ({
  name,
  file,
  credentials,
  options = {}
}: Program): string => `A stand-in for ${name}'s HTTP API, on this machine only.

  node ${file} [options]

  --port N          port to listen on; 0, the default, takes a free one
${Object.entries(options)
  .map(([option, text]) => `  --${option.padEnd(16)}${text}\n`)
  .join('')}  --demo            loads what Larkfield, the demo company, has there
  --now ISO         starts the clock here instead of at the real time
  --limits real|off rate limits as ${name} has them, or none (default: real)
  --with-parent     ends when standard input closes, so that no process outlives its test
  --help            this text

${credentials} Switches for tests are under /_sandbox.
`

function fail(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}
