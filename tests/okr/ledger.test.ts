import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../src/db/database.ts'
import { parse } from '../../src/model/filter/parse.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { keyResultProgress } from '../../src/okr/progress.ts'
import { testHub } from '../helpers/hub.ts'
import {
  type Planted,
  type PlantedKeyResult,
  plantKeyResult,
  plantPerson,
  plantProject,
  plantTask
} from '../helpers/plant.ts'

const NOW = '2026-11-20T12:00:00.000Z'
const DONE = '2026-11-10T09:00:00.000Z'

let hub: Awaited<ReturnType<typeof testHub>>
let db: Database
beforeAll(async () => {
  hub = await testHub()
  db = hub.db
  await plantProject(db, { id: 'p1', name: 'Portal', columns: { Doing: 'doing', Done: 'done', Accepted: 'done' } })
  await plantProject(db, { id: 'p2', name: 'Website', columns: { Live: 'done' } })
  await plantPerson(db, 'ada', 'Ada Abara')
})
afterAll(() => hub.close())
beforeEach(async () => {
  await db.run(sql`delete from objectives`)
  await db.run(sql`delete from tasks`)
})

const filter = (text: string) => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.filter
}
const points = (value: number) => ({ f1: { name: 'Points', type: 'number' as const, value } })
const done = (id: string, facts: Partial<Planted> = {}) =>
  plantTask(db, { id, column: 'Done', category: 'done', completedAt: DONE, ...facts })
const keyResult = (facts: PlantedKeyResult = {}) => plantKeyResult(db, facts)
const step = () => recompute(db, { now: NOW })

/** The ledger, oldest row first: what, how much, why, when. */
const ledger = async (keyResultId = 'kr') =>
  (
    await db.rows<{ task: string; amount: number; kind: string; reason: string | null; at: string }>(sql`
      select task_id as task, amount, kind, reason, effective_at as at from contributions
      where key_result_id = ${keyResultId} order by id`)
  ).map(({ task, amount, kind, reason, at }) => [task.slice('trello:'.length), amount, kind, reason, at])
const current = async (id = 'kr') => (await keyResultProgress(db)).find((one) => one.id === id)?.current

describe('what counts', () => {
  test('a completed card counts one, and nothing else does', async () => {
    await keyResult()
    await done('a')
    await plantTask(db, { id: 'open', column: 'Doing', category: 'doing' })
    await done('deleted', { presence: 'deleted' })
    expect(await step()).toBe(1)
    expect(await ledger()).toEqual([['a', 1, 'counted', null, DONE]])
    expect(await step()).toBe(0)
    expect(await ledger()).toHaveLength(1)
  })

  test('a sum adds up a number field, found by its name in any case or by its id; text and nothing add nothing', async () => {
    await keyResult({ id: 'name', measure: { kind: 'sum', field: 'pOINTS' } })
    await keyResult({ id: 'id', measure: { kind: 'sum', field: 'f1' } })
    await done('a', { fields: points(2.5) })
    await done('b', { fields: points(-1) })
    await done('c', { fields: { f1: { name: 'Points', type: 'text', value: '40' } } })
    await done('d', { fields: points(0) })
    await done('e')
    expect(await step()).toBe(4)
    expect([await current('name'), await current('id')]).toEqual([1.5, 1.5])
  })

  test('a sum of estimates adds up the tool’s own estimate', async () => {
    await keyResult({ measure: { kind: 'sum', field: 'Estimate' } })
    await done('a', { estimate: 5 })
    await done('b', { estimate: 0.5 })
    await step()
    expect(await current()).toBe(5.5)
  })

  test('decimals add up as people add them, whatever was taken back in between', async () => {
    await keyResult({ start: 0.3, measure: { kind: 'sum', field: 'Points' } })
    await done('a', { fields: points(0.1) })
    await done('b', { fields: points(0.2) })
    await step()
    expect(await current()).toBe(0.6)
    await done('a', { fields: points(0.7) })
    await step()
    await done('a', { category: 'doing', column: 'Doing', completedAt: null, fields: points(0.7) })
    await step()
    expect(await current()).toBe(0.5)
  })

  test('downwards, done work lowers the figure', async () => {
    await keyResult({ start: 12, target: 5, direction: 'down', measure: { kind: 'sum', field: 'Points' } })
    await done('a', { fields: points(3) })
    await step()
    expect(await current()).toBe(9)
  })

  test('a filter chooses by label, project, column or assignee', async () => {
    const by = {
      label: 'labels has "Accepted"',
      project: 'project = "Website"',
      column: 'column = "Live"',
      who: 'assignees has "ada abara"'
    }
    for (const [id, text] of Object.entries(by)) await keyResult({ id, filter: filter(text) })
    await done('labelled', { labels: ['accepted'] })
    await done('elsewhere', { project: 'p2', column: 'Live' })
    await done('adas', { assignees: ['bela', 'ada'] })
    await step()
    const counted = await Promise.all(Object.keys(by).map(async (id) => (await ledger(id)).map(([task]) => task)))
    expect(counted).toEqual([['labelled'], ['elsewhere'], ['elsewhere'], ['adas']])
  })

  test('a card we can no longer see keeps counting: losing access takes nothing back', async () => {
    await keyResult()
    await done('a')
    await step()
    await done('a', { presence: 'hidden' })
    expect(await step()).toBe(0)
    await done('a', { presence: 'archived' })
    expect(await step()).toBe(0)
    expect(await current()).toBe(1)
  })

  test.each([
    ['Europe/Lisbon', '2026-09-30T23:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-09-30T10:00:00.000Z', '2026-12-31T10:00:00.000Z'],
    ['America/Los_Angeles', '2026-10-01T07:00:00.000Z', '2027-01-01T08:00:00.000Z']
  ])('in %s the period runs from the first day’s first instant to the last day’s last', async (zone, from, to) => {
    const justBefore = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()
    await keyResult({ zone })
    await done('too early', { completedAt: justBefore(from) })
    await done('first', { completedAt: from })
    await done('last', { completedAt: justBefore(to) })
    await done('too late', { completedAt: to })
    await step()
    expect((await ledger()).map(([task]) => task)).toEqual(['first', 'last'])
  })

  test('a day that begins twice, as clocks go back at one, begins the first time', async () => {
    // Havana, 1 November 2026: 00:00 to 00:59 comes twice, first at UTC−4.
    await keyResult({ zone: 'America/Havana', from: '2026-11-01', to: '2026-11-30' })
    await done('first hour', { completedAt: '2026-11-01T04:10:00.000Z' })
    await done('the day before', { completedAt: '2026-11-01T03:59:59.999Z' })
    await step()
    expect((await ledger()).map(([task]) => task)).toEqual(['first hour'])
  })
})

describe('what is taken back', () => {
  const later = '2026-11-12T15:00:00.000Z'
  const CHANGES: [what: string, change: Partial<Planted>, rows: unknown[]][] = [
    ['reopened', { category: 'doing', column: 'Doing', completedAt: null }, [['a', -3, 'reversed', 'reopened', DONE]]],
    ['deleted', { presence: 'deleted' }, [['a', -3, 'reversed', 'deleted', DONE]]],
    ['relabelled', { labels: ['Other'] }, [['a', -3, 'reversed', 'no longer matches', DONE]]],
    ['moved to another board', { project: 'p2', column: 'Live' }, [['a', -3, 'reversed', 'no longer matches', DONE]]],
    ['freed of its number', { fields: {} }, [['a', -3, 'reversed', 'no longer matches', DONE]]],
    [
      'found done before the period',
      { completedAt: '2026-09-30T23:59:59.999Z' },
      [['a', -3, 'reversed', 'no longer matches', DONE]]
    ],
    [
      're-estimated',
      { fields: points(8) },
      [
        ['a', -3, 'reversed', 'changed', DONE],
        ['a', 8, 'counted', null, DONE]
      ]
    ],
    [
      'found done at another moment',
      { completedAt: later },
      [
        ['a', -3, 'reversed', 'changed', DONE],
        ['a', 3, 'counted', null, later]
      ]
    ]
  ]

  test.each(CHANGES)(
    'a card that is %s is reversed by a row that says why and counts when the work did',
    async (_what, change, rows) => {
      await keyResult({
        filter: filter('labels has "Accepted" and project = "Portal"'),
        measure: { kind: 'sum', field: 'Points' }
      })
      const facts = { labels: ['Accepted'], fields: points(3) }
      await done('a', facts)
      await step()
      await done('a', { ...facts, ...change })
      expect(await step()).toBe(rows.length)
      expect((await ledger()).slice(1)).toEqual(rows)
      await done('a', facts)
      await step()
      expect((await ledger()).at(-1)).toEqual(['a', 3, 'counted', null, DONE])
      expect(await current()).toBe(3)
    }
  )

  test('a card whose row is gone altogether is reversed as deleted', async () => {
    await keyResult()
    await done('a')
    await step()
    await db.run(sql`delete from tasks where id = 'trello:a'`)
    await step()
    expect((await ledger()).at(-1)).toEqual(['a', -1, 'reversed', 'deleted', DONE])
    expect(await step()).toBe(0)
  })

  test('no row is ever changed or removed: what stood there stands there after everything', async () => {
    await keyResult()
    const rows = () => db.rows<{ id: number }>(sql`select * from contributions order by id`)
    let before: { id: number }[] = []
    for (const [, change] of CHANGES) {
      await done('a')
      await step()
      await done('a', change)
      await step()
      const after = await rows()
      expect(after.slice(0, before.length)).toEqual(before)
      expect(after.length).toBeGreaterThanOrEqual(before.length)
      before = after
    }
    expect(before.length).toBeGreaterThan(6)
  })
})

test('two recomputes at once append each difference once', async () => {
  await keyResult()
  for (let n = 0; n < 30; n++) await done(`c${n}`)
  const appended = await Promise.all([1, 2, 3, 4].map(() => step()))
  expect(appended.reduce((sum, n) => sum + n)).toBe(30)
  expect(await ledger()).toHaveLength(30)
  for (let n = 0; n < 10; n++) await done(`c${n}`, { category: 'doing', column: 'Doing', completedAt: null })
  expect((await Promise.all([1, 2, 3].map(() => step()))).reduce((sum, n) => sum + n)).toBe(10)
  expect(await current()).toBe(20)
})

test('one key result alone can be recomputed, and the others wait', async () => {
  await keyResult({ id: 'one' })
  await keyResult({ id: 'two' })
  await done('a')
  expect(await recompute(db, { keyResult: 'two', now: NOW })).toBe(1)
  expect([await ledger('one'), (await ledger('two')).length]).toEqual([[], 1])
})
