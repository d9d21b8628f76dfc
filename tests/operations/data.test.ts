/** Deleting all that is known of cards: the notes first, never by mistake, and nothing else. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { connectTool } from '../../src/operations/connections/connections.ts'
import { deliver, setAlerts } from '../../src/operations/findings/alerts.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { perform } from '../../src/operations/perform.ts'
import { choose } from '../../src/operations/projects/projects.ts'
import { dataKept, deleteData } from '../../src/operations/settings/data.ts'
import { sync } from '../../src/operations/sync/sync.ts'
import { makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'

const NAME = 'hub.larkfield.example'
const board = makeBoard({ number: 1, cards: 5 })
const project = `trello:${board.id}`

let trello: TrelloSandbox
let hub: Awaited<ReturnType<typeof testHub>>
beforeAll(async () => {
  trello = await startTrello()
})
afterAll(() => trello.stop())
beforeEach(async () => {
  await trello.load(board)
  hub = await testHub({ TRELLO_URL: `${trello.url}/1`, PUBLIC_URL: `https://${NAME}`, ALERT_GRACE_MINUTES: '0' })
  await ask(connectTool, { tool: 'trello', credentials: { key: trello.key, token: trello.token } })
  await ask(choose, { projects: [project] })
  await ask(sync)
})
afterEach(() => hub.close())

type Kept = Awaited<ReturnType<typeof dataKept.run>>
const ask = (operation: unknown, input: Record<string, unknown> = {}) =>
  perform(operation as Operation, { hub, jobs: null, who: COMMAND_LINE }, input)
const kept = () => ask(dataKept) as Promise<Kept>
const NOTHING = { tasks: 0, history: 0, comments: 0, findings: 0, contributions: 0, notes: 0 }

async function speak(): Promise<number> {
  await ask(setAlerts, { project, on: true })
  await ask(deliver)
  return (await kept()).goes.notes
}

test('what is kept is counted, with how long', async () => {
  const { hub: name, goes, stays, retention } = await kept()
  expect([name, retention]).toEqual([NAME, { inboxDays: 7, runDays: 30 }])
  expect(goes).toMatchObject({ tasks: 5, contributions: 0, notes: 0 })
  expect(stays).toMatchObject({ connections: 1, objectives: 0, keyResults: 0, users: 0 })
})

test('another name deletes nothing', async () => {
  await expect(ask(deleteData, { hub: 'another.example' })).rejects.toMatchObject({ code: 'wrong_name', status: 422 })
  expect((await kept()).goes.tasks).toBe(5)
})

test('notes are taken back from the cards, then all that is known of cards goes, and nothing is read any more', async () => {
  const notes = await speak()
  expect(notes).toBeGreaterThan(0)
  const before = await kept()
  expect(await ask(deleteData, { hub: NAME })).toEqual({ deleted: before.goes, notesLeft: 0 })
  const after = await kept()
  expect(after.goes).toEqual(NOTHING)
  // Choosing the board, alerts and this are in the log as well.
  expect(after.stays).toEqual({ ...before.stays, changes: before.stays.changes + 1 })
  expect(
    await hub.db.rows(sql`select count(*)::int as n from projects where chosen or alerts or read_at is not null`)
  ).toEqual([{ n: 0 }])
  expect(await hub.db.rows(sql`select count(*)::int as n from outbox where channel = 'comment'`)).toEqual([{ n: 0 }])
  const [change] = await hub.db.rows<{ before: object; after: object }>(
    sql`select before, after from audit where operation = 'deleteData'`
  )
  expect(change).toEqual({ before: before.goes, after: NOTHING })

  await ask(sync).catch(() => {})
  expect((await kept()).goes.tasks).toBe(0)
  await ask(choose, { projects: [project] })
  await ask(sync)
  expect((await kept()).goes.tasks).toBe(5)
})

test('notes that cannot be taken back hold it up, until somebody says to leave them', async () => {
  const notes = await speak()
  await hub.db.run(sql`update connections set state = 'parked', state_reason = 'auth_revoked'`)
  await expect(ask(deleteData, { hub: NAME })).rejects.toMatchObject({ code: 'notes_left', status: 409 })
  expect((await kept()).goes).toMatchObject({ tasks: 5, notes })
  expect(await ask(deleteData, { hub: NAME, leaveNotes: true })).toMatchObject({ notesLeft: notes })
  expect((await kept()).goes).toEqual(NOTHING)
})
