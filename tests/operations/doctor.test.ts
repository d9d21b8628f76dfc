/** What doctor says, and what it says helps. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { projects } from '../../src/operations/projects/projects.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { retryCards, setAside } from '../../src/operations/sync/retry.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject } from '../helpers/plant.ts'

let hub: Awaited<ReturnType<typeof testHub>>
beforeEach(async () => {
  hub = await testHub()
})
afterEach(() => hub.close())

const ask = () => doctor.run({ hub, jobs: null, who: COMMAND_LINE }, {})
const said = async () => (await ask()).concerns.map(({ about, what, todo }) => `${about}: ${what} → ${todo}`)
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const connection = (skewMs: number | null) =>
  hub.db.run(sql`
    insert into connections (id, tool, account, account_name, credentials, skew_ms)
    values ('linear-1', 'linear', 'u1', 'Ada', '', ${skewMs}::int)`)

test('a fresh installation needs nobody', async () => {
  const { concerns, lag } = await ask()
  expect([concerns, lag]).toEqual([[], { outbox: 0, inbox: 0, looks: 0 }])
})

test('a hub that has not worked for an hour is told to be started, one that was late a moment is not', async () => {
  await hub.db.run(sql`
    insert into timetable (errand, every_seconds, due_at, done_at) values ('judge', 600, ${ago(59)}::timestamptz, ${ago(69)}::timestamptz)`)
  expect(await said()).toEqual([])
  await hub.db.run(sql`update timetable set due_at = ${ago(61)}::timestamptz`)
  const [concern, ...others] = await said()
  expect(others).toEqual([])
  expect(concern).toMatch(/^The hub: It has not worked by itself since .+ → Start it: throughline serve$/)
})

test('clocks that are far apart are told with what follows from it', async () => {
  await connection(-11 * 60_000)
  expect(await said()).toEqual([
    "Linear, Ada: Its clock is 11 minutes behind this machine's. Nothing is missed by that, but “overdue” comes that much sooner. → Let this machine take its time from a time server."
  ])
  await hub.db.run(sql`update connections set skew_ms = 90000`)
  expect(await said()).toEqual([])
})

test('boards that are too old to speak from, and boards nobody shows us, are two things; projects say the same', async () => {
  const looked = ago(200)
  await plantProject(hub.db, { id: 'p1', name: 'Old', readAt: looked, lookedAt: looked })
  await plantProject(hub.db, { id: 'p2', name: 'Gone', readAt: looked, lookedAt: looked, lostAt: ago(30) })
  await plantProject(hub.db, { id: 'p3', name: 'Fresh', readAt: ago(1), lookedAt: ago(119) })
  const concerns = await said()
  expect(concerns.map((words) => words.split(':')[0])).toEqual(['Gone', 'Old'])
  expect(concerns[0]).toContain('Its cards are hidden; nothing is deleted.')
  expect(concerns[1]).toContain('too old to speak from')
  const { projects: all } = await projects.run({ hub, jobs: null, who: COMMAND_LINE }, {})
  expect(
    all.map(({ name, freshness }) => [name, freshness.tooOld, freshness.webhook, freshness.lostAt !== null])
  ).toEqual([
    ['Fresh', false, 'none', false],
    ['Gone', true, 'none', true],
    ['Old', true, 'none', false]
  ])
})

test('what has been due for long shows as lag', async () => {
  await connection(null)
  await hub.db.run(sql`
    insert into scopes (id, connection_id, external_id, name, projects, next_look_at)
    values ('s', 'linear-1', 'x', 'X', '{}', now() - interval '10 minutes')`)
  await hub.db.run(sql`
    insert into outbox (channel, key, ref, state, due_at) values ('email', 'k', 'r', 'due', now() - interval '90 seconds')`)
  const { lag } = await ask()
  expect(lag.looks).toBeGreaterThanOrEqual(600)
  expect(lag.looks).toBeLessThan(660)
  expect(lag.outbox).toBeGreaterThanOrEqual(90)
  expect(lag.inbox).toBe(0)
})

test('cards that were set aside are listed with their place, and retried when somebody says so', async () => {
  await plantProject(hub.db, { id: 'p1', name: 'Website' })
  await hub.db.run(sql`
    insert into quarantine (task_id, project_id, title, path, reason, hash, body)
    values ('trello:c1', 'trello:p1', 'Bad', 'due', 'should be a date', 'h', '')`)
  const { cards } = await setAside.run({ hub, jobs: null, who: COMMAND_LINE }, { project: 'Website', limit: 10 })
  expect(cards).toMatchObject([{ task: 'trello:c1', projectName: 'Website', path: 'due', reason: 'should be a date' }])
  expect((await ask()).setAside).toBe(1)
  // Nobody reads its project: there is no one to ask.
  expect(await retryCards.run({ hub, jobs: null, who: COMMAND_LINE }, {})).toEqual({ read: 0, setAside: 0 })
})
