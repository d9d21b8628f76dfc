import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { previewRule, rules, setRule } from '../../src/operations/findings/rules.ts'
import { perform } from '../../src/operations/perform.ts'
import { judge } from '../../src/rules/engine.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject, plantTask } from '../helpers/plant.ts'

/** A Friday; entered on the Mondays before, five and ten working days ago. */
const NOW = '2026-11-20T12:00:00.000Z'
let hub: Hub
const context = () => ({ hub, jobs: null, who: COMMAND_LINE })

beforeAll(async () => {
  const opened = await testHub()
  hub = { ...opened, now: () => NOW }
  await plantProject(hub.db, { id: 'p1', name: 'Website', columns: { doing: 'doing' } })
  for (const [id, enteredAt] of [
    ['three', '2026-11-17T09:00:00.000Z'],
    ['six', '2026-11-12T09:00:00.000Z'],
    ['nine', '2026-11-09T09:00:00.000Z']
  ] as const)
    await plantTask(hub.db, { id, column: 'doing', category: 'doing', enteredAt, enteredKnown: 'reported' })
  await judge(hub.db, { now: NOW })
})
afterAll(() => hub?.close())

const stale = async () => (await perform(rules, context(), {})).rules.find(({ id }) => id === 'stale-doing')
const open = async () =>
  (
    await hub.db.rows<{ task: string }>(
      sql`select task_id as task from findings where rule = 'stale-doing' and closed_at is null order by task_id`
    )
  ).map(({ task }) => task)
const reasons = () =>
  hub.db.rows(
    sql`select task_id as task, reason from findings where rule = 'stale-doing' and closed_at is not null order by id`
  )

test('a rule says what it looks at, what it finds and what can be changed', async () => {
  expect(await stale()).toEqual({
    id: 'stale-doing',
    about: 'A card has been in a column of work in progress for more than N working days.',
    on: true,
    params: { workingDays: 5 },
    parameters: [{ name: 'workingDays', value: 5, default: 5, min: 0, max: null }],
    categories: ['doing'],
    open: 2,
    cards: 3
  })
})

test('a change is shown before it is made, and makes nothing', async () => {
  const looser = await perform(previewRule, context(), { rule: 'stale-doing', on: 'true', params: '{"workingDays":8}' })
  expect(looser).toEqual({ fires: 1, opened: 0, closed: 1, notes: 0, cards: [] })
  const tighter = await perform(previewRule, context(), {
    rule: 'stale-doing',
    on: 'true',
    params: '{"workingDays":2}'
  })
  expect(tighter).toEqual({
    fires: 3,
    opened: 1,
    closed: 0,
    notes: 0,
    cards: [{ task: 'trello:three', title: 'three', url: 'https://trello.example/c/three', projectName: 'Website' }]
  })
  const off = await perform(previewRule, context(), { rule: 'stale-doing', on: 'false' })
  expect(off).toMatchObject({ fires: 0, closed: 2 })
  expect(await open()).toEqual(['trello:nine', 'trello:six'])
})

test('a change holds at once and at every later judgement; what it closes was not fixed', async () => {
  expect(await perform(setRule, context(), { rule: 'stale-doing', on: true, params: { workingDays: 8 } })).toEqual({
    opened: 0,
    closed: 1
  })
  await judge(hub.db, { now: NOW })
  expect(await open()).toEqual(['trello:nine'])
  expect(await reasons()).toEqual([{ task: 'trello:six', reason: 'rule_changed' }])
  expect(await perform(setRule, context(), { rule: 'stale-doing', on: false })).toEqual({ opened: 0, closed: 1 })
  await judge(hub.db, { now: NOW })
  expect(await open()).toEqual([])
  expect(await stale()).toMatchObject({ on: false, params: { workingDays: 5 } })
  expect(await perform(setRule, context(), { rule: 'stale-doing', on: true })).toEqual({ opened: 2, closed: 0 })
  expect(
    await hub.db.rows(
      sql`select operation, subject, before, after from audit where operation = 'setRule' order by id limit 1`
    )
  ).toEqual([
    {
      operation: 'setRule',
      subject: 'rule stale-doing',
      before: { on: true, params: { workingDays: 5 } },
      after: { on: true, params: { workingDays: 8 } }
    }
  ])
})

test('what cannot be is refused in words', async () => {
  const set = (input: object) => perform(setRule, context(), input)
  await expect(set({ rule: 'nothing', on: true })).rejects.toMatchObject({ status: 404 })
  await expect(set({ rule: 'stale-doing', on: true, params: { workingDays: -1 } })).rejects.toMatchObject({
    status: 422
  })
  await expect(set({ rule: 'stale-doing', on: true, params: { workingDays: 'many' } })).rejects.toMatchObject({
    status: 422
  })
})
