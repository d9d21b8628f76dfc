#!/usr/bin/env node
/** Starts the stand-in for Trello as a process of its own. Prints one JSON line with its address when it is ready. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { demoBoards } from '../demo/larkfield.ts'
import type { BoardExport } from './facts.ts'
import { serveTrello } from './server.ts'

const HELP = `A stand-in for Trello's HTTP API, on this machine only.

  node sandbox/trello/main.ts [options]

  --port N          port to listen on; 0, the default, takes a free one
  --board FILE      a board export to load; may be given several times
  --demo            loads the boards of Larkfield, the demo company
  --now ISO         starts the clock here instead of at the real time
  --limits real|off rate limits as Trello has them, or none (default: real)
  --with-parent     ends when standard input closes, so that no process outlives its test
  --help            this text

Credentials: key "sandbox-key", token "sandbox-token". The API is under /1, switches for tests under /_sandbox.
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    board: { type: 'string', multiple: true, default: [] },
    demo: { type: 'boolean', default: false },
    now: { type: 'string' },
    limits: { type: 'string', default: 'real' },
    'with-parent': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

if (values.help) {
  process.stdout.write(HELP)
} else {
  const now = values.now === undefined ? undefined : Date.parse(values.now)
  const port = Number(values.port)
  if (Number.isNaN(now)) fail(`--now: no moment: ${values.now}`)
  if (values.limits !== 'real' && values.limits !== 'off') fail(`--limits is real or off, not ${values.limits}`)
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port: no port: ${values.port}`)

  const trello = await serveTrello({ port, limits: values.limits, ...(now === undefined ? {} : { now }) })
  for (const file of values.board) trello.world.load(JSON.parse(await readFile(file, 'utf8')) as BoardExport)
  if (values.demo) for (const board of demoBoards(new Date(trello.world.clock.now()))) trello.world.load(board)

  const end = async () => {
    await trello.close()
    process.exit(0)
  }
  process.once('SIGTERM', () => void end())
  process.once('SIGINT', () => void end())
  if (values['with-parent'])
    process.stdin
      .resume()
      .once('end', () => void end())
      .once('close', () => void end())
  process.stdout.write(`${JSON.stringify({ url: trello.url })}\n`)
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`)
  process.exit(2)
}
