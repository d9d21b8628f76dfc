/** A look whose process is killed goes on from its last stored page, in another one, without a manual step. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { sql } from '../../src/db/database.ts'
import { type Hub, openHub } from '../../src/hub.ts'
import type { SyncOutcome } from '../../src/sync/run.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testDatabase } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { connected, tasksOf } from '../helpers/trello.ts'
import type { LookOrder } from './killed.fixture.ts'

const FIXTURE = fileURLToPath(new URL('./killed.fixture.ts', import.meta.url))
const board = madeId('board', 1, 0)
const CARDS = 1200
const MOVES = 1500
/** The board, two pages of cards, three of history. */
const PAGES = 6

let trello: TrelloSandbox
let expected: unknown[]
beforeAll(async () => {
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
  await trello.load(makeBoard({ cards: CARDS, moves: MOVES }))
  const { folder, env, drop } = await place()
  const hub = await openHub(readConfig(env))
  await (await connected(hub, trello, [board])).look(board)
  expected = await tasksOf(hub)
  await hub.close()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})
afterAll(() => trello.stop())

/** Where a hub lives that several processes open one after the other. */
async function place() {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-killed-'))
  const env: Record<string, string> = { DATA_DIR: folder, LOG_LEVEL: 'silent' }
  if (!process.env.DATABASE_URL) return { folder, env, drop: async () => {} }
  const { url, drop } = await testDatabase()
  return { folder, env: { ...env, DATABASE_URL: url! }, drop }
}

const within = async <T>(env: Record<string, string>, work: (hub: Hub) => Promise<T>): Promise<T> => {
  const hub = await openHub(readConfig(env))
  try {
    return await work(hub)
  } finally {
    await hub.close()
  }
}

function start(order: LookOrder): { child: ChildProcess; outcome: Promise<SyncOutcome | null> } {
  const child = spawn(process.execPath, [FIXTURE, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout!.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  const outcome = new Promise<SyncOutcome | null>((done) =>
    child.once('exit', (code) => done(code === 0 ? (JSON.parse(text) as SyncOutcome) : null))
  )
  return { child, outcome }
}

const requests = async () => (await trello.requests(0)).total

/** As many random places as the machine has patience for; each in its title. */
const places = [...new Set(Array.from({ length: 3 }, () => 1 + Math.floor(Math.random() * (PAGES - 1))))].sort()

it.each(places)('Killed after page %i, it reads only the pages that are left', async (stored) => {
  const { folder, env, drop } = await place()
  const scope = await within(env, async (hub) => (await connected(hub, trello, [board])).scope(board))
  await trello.clearFaults()
  await trello.forgetRequests()
  // The next page is asked for while the last one is stored, and this one is never answered.
  await trello.fault({ path: `/boards/${board}`, nth: stored + 1, effect: { hold: true } })
  const { child, outcome } = start({ env, scope })
  while ((await requests()) <= stored) await new Promise((done) => setTimeout(done, 20))
  child.kill('SIGKILL')
  expect(await outcome).toBeNull()
  await trello.clearFaults()
  await trello.forgetRequests()

  if (env.DATABASE_URL) {
    // Another process cannot know that this one is dead before its lease ends.
    await within(env, async (hub) => {
      await expect(connected(hub, trello, [board]).then(({ look }) => look(board))).rejects.toMatchObject({
        name: 'ScopeBusy'
      })
      await hub.db.run(sql`update sync_runs set lease_until = now()`)
    })
    await trello.forgetRequests()
  }
  expect(await start({ env, scope }).outcome).toMatchObject({
    mode: 'sweep',
    fetched: CARDS,
    stored: CARDS,
    unchanged: 0,
    quarantined: 0,
    events: CARDS + MOVES,
    requests: PAGES
  })
  // And the one that was just being stored, if it was.
  expect([PAGES - stored, PAGES - stored + 1]).toContain(await requests())
  await within(env, async (hub) => {
    expect(await tasksOf(hub)).toEqual(expected)
    expect(await hub.db.rows(sql`select pages from sync_runs where state = 'complete'`)).toEqual([{ pages: PAGES }])
    expect(await hub.db.rows(sql`select count(*)::int as n from task_versions`)).toEqual([{ n: 0 }])
  })
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

it('Killed at any moment, three times over, it still ends where an undisturbed one does', async () => {
  const { folder, env, drop } = await place()
  const scope = await within(env, async (hub) => (await connected(hub, trello, [board])).scope(board))
  await trello.clearFaults()
  const waits = Array.from({ length: 3 }, () => Math.floor(Math.random() * 400))
  for (const wait of waits) {
    await trello.forgetRequests()
    const { child, outcome } = start({ env, scope })
    while ((await requests()) === 0 && child.exitCode === null) await new Promise((done) => setTimeout(done, 5))
    await new Promise((done) => setTimeout(done, wait))
    child.kill('SIGKILL')
    await outcome
    if (env.DATABASE_URL) await within(env, (hub) => hub.db.run(sql`update sync_runs set lease_until = now()`))
  }
  expect(await start({ env, scope }).outcome, `killed after ${waits.join(', ')} ms`).not.toBeNull()
  await within(env, async (hub) => {
    expect(await tasksOf(hub), `killed after ${waits.join(', ')} ms`).toEqual(expected)
    const [ledger] = await hub.db.rows(sql`
      select sum(fetched)::int as fetched, sum(stored + unchanged + quarantined)::int as told, sum(stored)::int as stored
      from sync_runs`)
    expect(ledger).toEqual({ fetched: ledger!.told, told: ledger!.told, stored: CARDS })
  })
  await drop()
  rmSync(folder, { recursive: true, force: true })
})
