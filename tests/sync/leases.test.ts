/** One look at a scope at a time; who lost it writes nothing more. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { syncScope } from '../../src/sync/run.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Connected, connected, hurry, tasksOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
let trello: TrelloSandbox
let hub: Hub
let at: Connected
beforeAll(async () => {
  hurry()
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
  hub = await testHub()
})
afterAll(async () => {
  await hub.close()
  await trello.stop()
})
beforeEach(async () => {
  await trello.clearFaults()
  await trello.load(makeBoard({ cards: 5 }))
  await hub.db.run(sql`truncate connections, projects, columns, tasks, task_versions, task_events, scopes, sync_runs,
    sync_pages, quarantine cascade`)
  at = await connected(hub, trello, [board])
})

/** A look that waits for its history until the returned function is called. */
async function halfway(): Promise<{ look: ReturnType<Connected['look']>; pages: () => Promise<number> }> {
  await trello.fault({ path: 'cards/all', times: 1, effect: { latencyMs: 1500 } })
  const look = at.look(board)
  look.catch(() => {})
  const pages = async () => {
    const [run] = await hub.db.rows<{ pages: number }>(sql`select pages from sync_runs order by id desc limit 1`)
    return run?.pages ?? 0
  }
  while ((await pages()) < 2) await new Promise((done) => setTimeout(done, 10))
  return { look, pages }
}

it('A second look by the same process is told that the scope is busy, and the first one goes on', async () => {
  const { look } = await halfway()
  await expect(at.look(board)).rejects.toMatchObject({ name: 'ScopeBusy' })
  expect(await look).toMatchObject({ fetched: 5, stored: 5, requests: 3 })
})

it('A look whose lease ran out and was taken over stores nothing more', async () => {
  const { look } = await halfway()
  await hub.db.run(sql`update sync_runs set lease_until = now() - interval '1 second'`)
  const other = { ...hub, owner: 'another process' }
  expect(await syncScope(other, at.scope(board))).toMatchObject({ fetched: 5, stored: 5, requests: 3 })
  await expect(look).rejects.toMatchObject({ name: 'LeaseLost' })
  const runs = await hub.db.rows(sql`select state, pages, events from sync_runs`)
  expect(runs).toEqual([{ state: 'complete', pages: 3, events: 5 }])
  expect(await tasksOf(hub)).toHaveLength(5)
})

it('A look that failed when all its pages were stored does not read them again', async () => {
  await at.look(board)
  const source = makeBoard({ cards: 5 })
  await trello.load({ ...source, cards: source.cards!.slice(1) })
  await trello.fault({ path: '^/cards/', effect: { status: 500 } })
  await expect(at.look(board, { sweep: true })).rejects.toMatchObject({ kind: 'provider_down' })
  await trello.clearFaults()
  await trello.forgetRequests()
  expect(await at.look(board, { sweep: true })).toMatchObject({ fetched: 4 })
  expect((await trello.requests(0)).byTemplate).toEqual({ 'GET /cards/{id}': 1 })
  expect((await tasksOf(hub)).map(({ presence }) => presence)).toEqual(['hidden', ...Array(4).fill('present')])
})

it('A look that was called off stops, and the next one goes on from its last page', async () => {
  const stop = new AbortController()
  await trello.fault({ path: 'cards/all', times: 1, effect: { latencyMs: 1500 } })
  const look = syncScope(hub, at.scope(board), { signal: stop.signal })
  look.catch(() => {})
  while ((await trello.requests(0)).byTemplate['GET /boards/{id}/cards/{filter}'] === undefined) {}
  stop.abort(new Error('called off'))
  await expect(look).rejects.toThrow('called off')
  await trello.forgetRequests()
  await trello.clearFaults()
  expect(await at.look(board)).toMatchObject({ fetched: 5, stored: 5 })
  expect((await trello.requests(0)).total).toBe(1)
})
