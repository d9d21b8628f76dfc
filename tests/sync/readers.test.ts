/** One board, two accounts of ours: one reads it and speaks there, the other stands in. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect } from '../../src/connections/connect.ts'
import { assignReaders, chooseProjects, readersAreMissing } from '../../src/connections/readers.ts'
import { sql } from '../../src/db/database.ts'
import { handlers } from '../../src/jobs/work.ts'
import { judge } from '../../src/rules/engine.ts'
import { syncScope } from '../../src/sync/run.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { type Line, startLine } from '../helpers/line.ts'
import { hurry } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const MEMBER = madeId('member', 7, 7)
/** Old enough for a note: what is open began an hour ago. */
const made = makeBoard({ cards: 3, from: new Date(Date.now() - 3_600_000).toISOString() })
let line: Line
let other: string

beforeEach(async () => {
  hurry()
  line = await startLine([made])
  await line.trello.account({ token: 'second', member: { id: MEMBER, fullName: 'Second Account' }, joins: true })
  const { connection } = await connect(line.hub, {
    tool: 'trello',
    credentials: { key: line.trello.key, token: 'second' },
    baseUrl: `${line.trello.url}/1`
  })
  other = connection.id
  await chooseProjects(line.hub, line.boards)
})
afterEach(() => line[Symbol.asyncDispose]())

const scopes = () =>
  line.hub.db.rows<{ id: string; connectionId: string }>(
    sql`select id, connection_id as "connectionId" from scopes order by id`
  )
const reader = async () => (await scopes()).map(({ connectionId }) => connectionId)
const look = async () => {
  for (const { id } of await scopes()) await syncScope(line.hub, id)
}
const tick = () =>
  handlers(line.hub, { wake: async () => {}, work: async () => {}, close: async () => {} }).tick(
    'all',
    new AbortController().signal
  )
const presences = async () => {
  const rows = await line.hub.db.rows<{ presence: string; n: number }>(
    sql`select presence, count(*)::int as n from tasks group by presence`
  )
  return Object.fromEntries(rows.map(({ presence, n }) => [presence, n]))
}
const lost = async () => (await line.hub.db.rows(sql`select 1 from projects where lost_at is not null`)).length > 0

it('A board is read once, by the account that was connected first, and choosing again changes nothing', async () => {
  const [first] = await reader()
  expect(await reader()).toEqual([first])
  expect(first).not.toBe(other)
  expect(await readersAreMissing(line.hub.db)).toBe(false)
  await line.sync()
  await assignReaders(line.hub)
  expect(
    await line.hub.db.rows(sql`select mark is not null as marked, swept_at is not null as swept from scopes`)
  ).toEqual([{ marked: true, swept: true }])
})

it('When its token is refused the other account reads on, and the first one does not take it back', async () => {
  await line.sync()
  const [first] = await reader()
  await line.trello.account({ token: line.trello.token, revoked: true })
  await expect(look()).rejects.toMatchObject({ kind: 'auth_revoked' })
  expect(await readersAreMissing(line.hub.db)).toBe(true)
  await tick()
  expect(await reader()).toEqual([other])
  await look()
  expect(await presences()).toEqual({ present: 3 })
  const { rows } = line.hub.db
  expect(await rows(sql`select count(*)::int as n from task_versions`)).toEqual([{ n: 0 }])
  await line.trello.account({ token: line.trello.token, revoked: false })
  await connect(line.hub, {
    tool: 'trello',
    credentials: { key: line.trello.key, token: line.trello.token },
    baseUrl: `${line.trello.url}/1`
  })
  expect(first).not.toBe(other)
  expect(await readersAreMissing(line.hub.db)).toBe(false)
})

it('A board that one account loses is read by the other; only when neither is shown it are its tasks hidden', async () => {
  await line.sync()
  await line.trello.access(board, false)
  for (const _ of [1, 2]) await expect(look()).rejects.toMatchObject({ kind: 'not_found' })
  expect([await presences(), await lost()]).toEqual([{ present: 3 }, false])
  await tick()
  expect(await reader()).toEqual([other])
  await look()
  await line.trello.access(board, false, MEMBER)
  for (const _ of [1, 2]) await expect(look()).rejects.toMatchObject({ kind: 'not_found' })
  expect([await presences(), await lost()]).toEqual([{ hidden: 3 }, true])
  // Now they take turns: whoever gets in again brings everything back.
  await line.trello.access(board, true)
  await tick()
  await look()
  expect([await presences(), await lost(), (await reader())[0] === other]).toEqual([{ present: 3 }, false, false])
})

it('The comment is changed by the account that wrote it, and never said twice by the other', async () => {
  await line.sync()
  await line.alerts(true)
  await line.deliver()
  const card = String((made.cards as { id: string }[])[0]?.id)
  expect(await line.comments(card)).toHaveLength(1)
  await line.trello.account({ token: line.trello.token, revoked: true })
  await expect(look()).rejects.toMatchObject({ kind: 'auth_revoked' })
  await tick()
  await line.trello.call('PUT', `/cards/${card}`, { body: { due: '2020-01-01T10:00:00.000Z' }, token: 'second' })
  await line.sync()
  await judge(line.hub.db, { now: line.hub.now() })
  await line.alerts(true)
  await line.deliver(true)
  const [before] = await line.comments(card)
  expect(await line.comments(card)).toHaveLength(1)
  expect(
    await line.hub.db.rows(sql`select outcome ->> 'reason' as reason from outbox where ref = ${`trello:${card}`}`)
  ).toEqual([{ reason: 'written_by_another_account' }])
  await line.trello.account({ token: line.trello.token, revoked: false })
  await connect(line.hub, {
    tool: 'trello',
    credentials: { key: line.trello.key, token: line.trello.token },
    baseUrl: `${line.trello.url}/1`
  })
  await line.deliver(true)
  const [after] = await line.comments(card)
  expect(after?.id).toBe(before?.id)
  expect(after?.text).not.toBe(before?.text)
})
