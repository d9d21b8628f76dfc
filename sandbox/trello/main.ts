#!/usr/bin/env node
/** The Trello stand-in as a process of its own. */
import { readFile } from 'node:fs/promises'
import { demoBoards } from '../demo/larkfield.ts'
import { run } from '../kit/main.ts'
import type { BoardExport } from './facts.ts'
import { serveTrello } from './server.ts'

await run({
  name: 'Trello',
  file: 'sandbox/trello/main.ts',
  credentials: 'Credentials: key "sandbox-key", token "sandbox-token". The API is under /1.',
  options: { board: 'FILE      a board export to load; may be given several times' },
  async start({ demo, given, ...options }) {
    const trello = await serveTrello(options)
    for (const file of given.board ?? []) trello.world.load(JSON.parse(await readFile(file, 'utf8')) as BoardExport)
    if (demo) for (const board of demoBoards(new Date(trello.world.clock.now()))) trello.world.load(board)
    return trello
  }
})
