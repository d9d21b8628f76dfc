/** A key result: its course and forecast, its ledger for who sees what, its mapping before it is saved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMAND_LINE, type Who } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { keyResult, previewKeyResult, setKeyResult } from '../../src/operations/okr/keyResults.ts'
import { ledger } from '../../src/operations/okr/ledger.ts'
import {
  addKeyResult,
  addObjective,
  objectives,
  removeObjective,
  setObjective
} from '../../src/operations/okr/objectives.ts'
import { perform } from '../../src/operations/perform.ts'
import { testHub } from '../helpers/hub.ts'
import { plantEvent, plantKeyResult, plantProject, plantTask } from '../helpers/plant.ts'

/** Thursday of the week that begins on 16 November. */
const NOW = '2026-11-19T12:00:00.000Z'
const INPUT = { by: 'done', order: 'newest', limit: 100 } as const

let opened: Awaited<ReturnType<typeof testHub>>
let hub: Hub
const member: Who = { ...COMMAND_LINE, id: 'u1', role: 'member', via: 'web', projects: ['trello:p1'] }
const manager: Who = { ...member, role: 'manager' }
const as = (who: Who) => ({ hub, jobs: null, who })

beforeAll(async () => {
  opened = await testHub()
  hub = { ...opened, now: () => NOW }
  await plantProject(hub.db, { id: 'p1', name: 'Searches', columns: { Offer: 'doing', Signed: 'done' } })
  await plantProject(hub.db, { id: 'p2', name: 'Secret', columns: { Made: 'done' } })
  // One a week on Tuesdays from 6 October to 10 November, every other one on a board that members do not see.
  for (const [place, day] of ['10-06', '10-13', '10-20', '10-27', '11-03', '11-10'].entries()) {
    const at = `2026-${day}T09:00:00.000Z`
    const own = place % 2 === 0
    await plantTask(hub.db, {
      id: `t${place}`,
      title: `Card ${place}`,
      project: own ? 'p1' : 'p2',
      column: own ? 'Signed' : 'Made',
      category: 'done',
      completedAt: at,
      labels: ['signed'],
      estimate: place + 0.5
    })
    if (own) await plantEvent(hub.db, { task: `t${place}`, type: 'moved', at, from: 'Offer', to: 'Signed' })
  }
  const filter = { v: 1, where: { all: [{ field: 'labels', is: 'has', value: 'signed' }] } }
  await plantKeyResult(hub.db, { id: 'kr', title: 'Placements', filter, target: 12 })
  await recompute(hub.db, { now: NOW })
})
afterAll(() => opened.close())

describe('a key result', () => {
  test('tells its course day by day, its full weeks, and where it is likely to end', async () => {
    const told = await keyResult.run(as(member), { id: 'kr' })
    expect(told.course).toEqual([
      { on: '2026-10-06', value: 1 },
      { on: '2026-10-13', value: 2 },
      { on: '2026-10-20', value: 3 },
      { on: '2026-10-27', value: 4 },
      { on: '2026-11-03', value: 5 },
      { on: '2026-11-10', value: 6 }
    ])
    // The week of 28 September began before the first day, that of 16 November is not over.
    expect(told.weeks).toEqual([1, 1, 1, 1, 1, 1])
    expect(told.keyResult).toMatchObject({ current: 6, share: 0.5, expectedShare: 49 / 92, pace: 'at risk' })
    // 43 days from noon on the 19th: 42.5, so six weeks and half a day at one a week.
    expect(told.forecast?.likely).toBeCloseTo(6 + 6 + 1 / 7, 5)
    expect(told.forecast).toMatchObject({ reachedOn: '2026-12-31' })
    expect(told.forecast?.band[0]?.on).toBe('2026-11-26')
    expect(told.forecast?.band.at(-1)?.on).toBe('2026-12-31')
    expect(told.reversed).toEqual({ cards: 0, latest: null })
  })

  test('has no forecast before four full weeks, and none after its last day', async () => {
    const at = (now: string) =>
      keyResult.run({ hub: { ...hub, now: () => now }, jobs: null, who: member }, { id: 'kr' })
    const early = await at('2026-11-01T12:00:00.000Z')
    expect([early.weeks, early.forecast]).toEqual([[1, 1, 1], null])
    expect((await at('2026-11-02T12:00:00.000Z')).forecast).not.toBeNull()
    expect((await at('2027-01-04T12:00:00.000Z')).forecast).toBeNull()
  })

  test('stands under its objective, which is the mean of its key results', async () => {
    const { objectives: all } = await objectives.run(as(member), {})
    expect(all).toMatchObject([{ id: 'o-kr', share: 0.5, expectedShare: 49 / 92, pace: 'at risk' }])
    await expect(keyResult.run(as(member), { id: 'none' })).rejects.toThrow('There is no key result none.')
  })
})

describe('the ledger', () => {
  test('names only cards on boards that the reader sees, counts all of them, and says how many are hidden', async () => {
    const { contributions, sum, recomputed, hidden, entries } = await ledger.run(as(member), { id: 'kr', ...INPUT })
    expect(contributions.map(({ title, tool, column, amount, total }) => [title, tool, column, amount, total])).toEqual(
      [
        [null, null, null, 1, 6],
        ['Card 4', 'trello', 'Signed', 1, 5],
        [null, null, null, 1, 4],
        ['Card 2', 'trello', 'Signed', 1, 3],
        [null, null, null, 1, 2],
        ['Card 0', 'trello', 'Signed', 1, 1]
      ]
    )
    expect(contributions.filter(({ task, url }) => task !== null || url !== null)).toHaveLength(3)
    expect({ sum, recomputed, hidden, entries }).toEqual({ sum: 6, recomputed: 6, hidden: 3, entries: 6 })
    expect((await ledger.run(as(COMMAND_LINE), { id: 'kr', ...INPUT })).hidden).toBe(0)
  })

  test('comes page by page, either way round', async () => {
    const walk = async (order: 'newest' | 'oldest') => {
      const totals: number[] = []
      let after: number | undefined
      for (;;) {
        const page = await ledger.run(as(member), {
          id: 'kr',
          by: 'done',
          order,
          limit: 4,
          ...(after ? { after } : {})
        })
        totals.push(...page.contributions.map(({ total }) => total))
        if (page.next === null) return totals
        expect(page.recomputed === null).toBe(after !== undefined)
        after = page.next
      }
    }
    expect(await walk('newest')).toEqual([6, 5, 4, 3, 2, 1])
    expect(await walk('oldest')).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('a mapping', () => {
  const asked = { filter: 'labels has signed', from: '2026-10-01', to: '2026-12-31' }

  test('is tried on the boards that the asker sees, and changes nothing', async () => {
    const own = await perform(previewKeyResult, as(manager), { ...asked, sum: 'estimate' })
    expect([own.count, own.amount]).toEqual([3, 0.5 + 2.5 + 4.5])
    expect(own.cards.map(({ title, projectName, amount }) => [title, projectName, amount])).toEqual([
      ['Card 4', 'Searches', 4.5],
      ['Card 2', 'Searches', 2.5],
      ['Card 0', 'Searches', 0.5]
    ])
    expect(await perform(previewKeyResult, as(COMMAND_LINE), asked)).toMatchObject({ count: 6, amount: 6 })
    expect(
      await perform(previewKeyResult, as(manager), { ...asked, from: '2026-10-07', to: '2026-10-20' })
    ).toMatchObject({ count: 1, amount: 1 })
    const none = await perform(previewKeyResult, as(manager), { ...asked, filter: 'title contains Secret' })
    expect(none).toEqual({ count: 0, amount: 0, cards: [] })
    await expect(perform(previewKeyResult, as(member), asked)).rejects.toMatchObject({ status: 403 })
    await expect(perform(previewKeyResult, as(manager), { ...asked, filter: 'labels haz x' })).rejects.toMatchObject({
      code: 'bad_filter'
    })
  })

  test('is changed with title, target and dates; the ledger follows, and the log keeps both', async () => {
    const change = {
      id: 'kr',
      title: 'Half of them',
      target: 4,
      to: '2026-11-05',
      filter: 'labels has signed',
      sum: 'estimate'
    }
    expect(await perform(setKeyResult, as(manager), change)).toEqual({
      id: 'kr',
      title: 'Half of them',
      current: 0.5 + 1.5 + 2.5 + 3.5 + 4.5,
      contributions: 5
    })
    const [kept] = await hub.db.rows<{ subject: string; before: object; after: object }>(
      sql`select subject, before, after from audit where operation = 'setKeyResult' order by id desc limit 1`
    )
    expect(kept).toMatchObject({
      subject: 'key result kr',
      before: { title: 'Placements', target: 12, measure: { kind: 'count' } },
      after: { title: 'Half of them', target: 4, to: '2026-11-05', measure: { kind: 'sum', field: 'estimate' } }
    })
    const back = await perform(setKeyResult, as(manager), {
      id: 'kr',
      title: 'Placements',
      target: 12,
      to: '2026-12-31',
      sum: null
    })
    expect([back.current, back.contributions]).toEqual([6, 6])
    await expect(perform(setKeyResult, as(manager), { id: 'kr', from: '2027-01-01' })).rejects.toMatchObject({
      code: 'bad_period'
    })
    await expect(perform(setKeyResult, as(member), { id: 'kr', title: 'x' })).rejects.toMatchObject({ status: 403 })
    await expect(perform(setKeyResult, as(manager), { id: 'no', title: 'x' })).rejects.toMatchObject({ status: 404 })
  })

  test('of which a part alone is changed keeps the rest, and turns round with its start and target only', async () => {
    await perform(setKeyResult, as(manager), { id: 'kr', start: 20 })
    expect((await keyResult.run(as(member), { id: 'kr' })).keyResult).toMatchObject({
      title: 'Placements',
      direction: 'down',
      current: 14,
      share: 0.75
    })
    await perform(setKeyResult, as(manager), { id: 'kr', start: 0 })
    expect((await keyResult.run(as(member), { id: 'kr' })).keyResult).toMatchObject({ direction: 'up', current: 6 })
  })
})

describe('an objective', () => {
  const standing = async (id: string) =>
    (await objectives.run(as(member), {})).objectives
      .filter((one) => one.id === id)
      .map(({ title, from, to, keyResults }) => [title, from, to, keyResults.map((one) => [one.from, one.current])])

  test('is changed, and takes along the key results that had its days; their ledgers follow', async () => {
    const { id } = await perform(addObjective, as(manager), { title: 'Grow', from: '2026-10-01', to: '2026-12-31' })
    const add = (title: string, days: object) =>
      perform(addKeyResult, as(manager), { objective: id, title, target: 6, filter: 'labels has signed', ...days })
    await add('Along', {})
    await add('On its own', { from: '2026-10-13' })
    expect(await standing(id)).toEqual([
      [
        'Grow',
        '2026-10-01',
        '2026-12-31',
        [
          ['2026-10-01', 6],
          ['2026-10-13', 5]
        ]
      ]
    ])
    const set = (change: object, who = manager) => perform(setObjective, as(who), { id, ...change })
    expect(await set({ title: 'Grow on' })).toEqual({ id, title: 'Grow on', moved: 0 })
    expect(await set({ from: '2026-11-01' })).toEqual({ id, title: 'Grow on', moved: 1 })
    expect(await standing(id)).toEqual([
      [
        'Grow on',
        '2026-11-01',
        '2026-12-31',
        [
          ['2026-11-01', 2],
          ['2026-10-13', 5]
        ]
      ]
    ])
    const [kept] = await hub.db.rows(
      sql`select subject, before, after from audit where operation = 'setObjective' order by id desc limit 1`
    )
    expect(kept).toMatchObject({
      subject: `objective ${id}`,
      before: { title: 'Grow on', from: '2026-10-01', keyResults: ['Along', 'On its own'] },
      after: { title: 'Grow on', from: '2026-11-01' }
    })
    await expect(set({ to: '2026-10-01' })).rejects.toMatchObject({ code: 'bad_period' })
    await expect(set({ title: 'x' }, member)).rejects.toMatchObject({ status: 403 })
    await expect(perform(setObjective, as(manager), { id: 'none', title: 'x' })).rejects.toMatchObject({ status: 404 })

    await expect(perform(removeObjective, as(member), { id })).rejects.toMatchObject({ status: 403 })
    expect(await perform(removeObjective, as(manager), { id })).toEqual({ removed: true })
    expect(await perform(removeObjective, as(manager), { id })).toEqual({ removed: false })
    expect(await standing(id)).toEqual([])
    const left = await hub.db.rows(sql`
      select 1 from contributions c left join key_results k on k.id = c.key_result_id where k.id is null`)
    expect(left).toEqual([])
  })
})
