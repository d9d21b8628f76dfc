import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, sql } from '../../src/db/database.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { collectRollup } from '../../src/reports/rollup/collect.ts'
import type { RollupFacts } from '../../src/reports/rollup/facts.ts'
import { weekOf } from '../../src/reports/rollup/week.ts'
import { testHub } from '../helpers/hub.ts'
import {
  type Planted,
  plantEvent,
  plantFinding,
  plantKeyResult,
  plantPerson,
  plantProject,
  plantTask
} from '../helpers/plant.ts'

/** Week 47 in Stockholm: Sunday 23:00 UTC to Sunday 23:00 UTC. Sent on the Monday after, at half past seven there. */
const ZONE = 'Europe/Stockholm'
const [FROM, TO] = ['2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z']
const NOW = '2026-11-23T06:30:00.000Z'

let hub: Awaited<ReturnType<typeof testHub>>
let facts: RollupFacts

const collect = (projects: string[] | null = null) =>
  collectRollup(hub.db, {
    recipient: { name: 'Sara Lind', zone: ZONE, language: 'en' },
    schedule: { weekday: 1, time: '07:30', zone: ZONE },
    week: weekOf('2026-11-18T12:00:00.000Z', ZONE),
    projects,
    now: NOW,
    maxAgeMinutes: 120
  })

beforeAll(async () => {
  hub = await testHub()
  await plant(hub.db)
  await recompute(hub.db, { now: NOW })
  facts = await collect()
})
afterAll(() => hub.close())

async function plant(db: Database): Promise<void> {
  const columns = { Backlog: 'backlog', Todo: 'todo', Doing: 'doing', Done: 'done' }
  await plantProject(db, { id: 'p1', name: 'Portal', readAt: '2026-11-23T05:00:00.000Z', columns })
  await plantProject(db, {
    id: 'p2',
    name: 'billing',
    readAt: '2026-11-23T05:10:00.000Z',
    columns: { Making: 'doing', Made: 'done' }
  })
  await plantProject(db, { id: 'p3', name: 'Archive', readAt: '2026-11-22T20:00:00.000Z' })
  await plantProject(db, { id: 'p4', name: 'Never read' })
  await plantProject(db, { id: 'p5', name: 'Not chosen', chosen: false, readAt: '2026-01-01T00:00:00.000Z' })
  await plantPerson(db, 'ada', 'Ada Abara')
  await plantPerson(db, 'bela', 'bela Holm')
  await plantPerson(db, 'zoe', 'Zoë Zimmer')

  const done = (id: string, completedAt: string, more: Partial<Planted> = {}) =>
    plantTask(db, { id, column: 'Done', category: 'done', completedAt, ...more })
  const begun = (task: string, at: string) => plantEvent(db, { task, type: 'moved', at, from: 'Todo', to: 'Doing' })

  await done('first instant', FROM, { assignees: ['bela', 'ada'] })
  await begun('first instant', '2026-11-13T10:00:00.000Z')
  await done('done', '2026-11-16T10:00:00.000Z', { assignees: ['ada'] })
  await begun('done', '2026-11-12T09:00:00.000Z')
  await done('long in the making', '2026-11-17T10:00:00.000Z')
  await begun('long in the making', '2026-11-10T09:00:00.000Z')
  await done('archived since', '2026-11-19T10:00:00.000Z', {
    presence: 'archived',
    assignees: ['bela'],
    completedKnown: 'observed'
  })
  await done('last instant', '2026-11-22T22:59:59.999Z')
  await done('next week', TO)
  await done('the week before', '2026-11-11T10:00:00.000Z')
  await done('nobody knows when', '2026-11-18T10:00:00.000Z', { completedKnown: 'at_least' })
  await done('deleted', '2026-11-18T10:00:00.000Z', { presence: 'deleted' })
  await done('not chosen', '2026-11-18T10:00:00.000Z', { project: 'p5' })
  await done('bill', '2026-11-16T15:00:00.000Z', { project: 'p2', column: 'Made', assignees: ['zoe'] })
  await plantEvent(db, { task: 'bill', type: 'created', at: '2026-11-16T08:00:00.000Z', to: 'Making', project: 'p2' })

  const open = (id: string, category: string, more: Partial<Planted> = {}) =>
    plantTask(db, { id, column: category[0]?.toUpperCase() + category.slice(1), category, ...more })
  await open('begun on Friday', 'doing', { enteredAt: '2026-11-20T10:00:00.000Z', assignees: ['ada'] })
  await begun('begun on Friday', '2026-11-20T10:00:00.000Z')
  await open('stuck', 'doing', { enteredAt: '2026-11-04T09:00:00.000Z' })
  await begun('stuck', '2026-11-04T09:00:00.000Z')
  await open('stuck for who knows how long', 'doing', {
    enteredAt: '2026-11-01T09:00:00.000Z',
    enteredKnown: 'at_least',
    assignees: ['ada']
  })
  await open('late', 'todo', { dueAt: '2026-11-18T12:00:00.000Z', assignees: ['zoe'] })
  await open('late for long', 'backlog', { dueAt: '2026-11-10T12:00:00.000Z', assignees: ['bela'] })
  await open('late since today', 'todo', { dueAt: '2026-11-23T01:00:00.000Z' })
  await open('not begun', 'todo', { dueAt: '2026-12-01T12:00:00.000Z' })
  await open('not begun and no date', 'todo')
  await open('given up', 'doing', { presence: 'archived', enteredAt: '2026-11-10T09:00:00.000Z' })
  await begun('given up', '2026-11-10T09:00:00.000Z')
  await plantEvent(db, { task: 'given up', type: 'archived', at: '2026-11-18T09:00:00.000Z' })
  await open('out of sight', 'doing', { presence: 'hidden', enteredAt: '2026-11-10T09:00:00.000Z' })
  await begun('out of sight', '2026-11-10T09:00:00.000Z')

  const find = (
    rule: string,
    task: string,
    since: string,
    closed: [at: string, reason: string] | null = null,
    openedAt = since
  ) => plantFinding(db, { rule, task, since, openedAt, ...(closed ? { closedAt: closed[0], reason: closed[1] } : {}) })
  await find('overdue', 'late', '2026-11-18T12:00:00.000Z')
  await find('overdue', 'late for long', '2026-11-10T12:00:00.000Z')
  await find('overdue', 'late since today', '2026-11-23T01:00:00.000Z')
  await find('overdue', 'done', '2026-11-12T12:00:00.000Z', ['2026-11-16T10:00:00.000Z', 'fixed'])
  await find('overdue', 'given up', '2026-11-12T12:00:00.000Z', ['2026-11-18T09:00:00.000Z', 'out_of_scope'])
  await find('overdue', 'next week', '2026-11-12T12:00:00.000Z', [TO, 'fixed'])
  await find('stale-doing', 'stuck', '2026-11-04T09:00:00.000Z')
  await find('stale-doing', 'stuck for who knows how long', '2026-11-01T09:00:00.000Z')
  await find('stale-doing', 'begun on Friday', '2026-11-20T10:00:00.000Z')
  // In its column since Monday of the week before: it became stale within the week, and was fixed the day after.
  await find(
    'stale-doing',
    'long in the making',
    '2026-11-09T08:00:00.000Z',
    ['2026-11-17T10:00:00.000Z', 'fixed'],
    '2026-11-16T09:00:00.000Z'
  )
  await find('missing-deadline', 'begun on Friday', '2026-11-20T10:00:00.000Z', ['2026-11-20T12:00:00.000Z', 'hidden'])
  await find('missing-deadline', 'begun on Friday', '2026-11-20T10:00:00.000Z', null, '2026-11-20T13:00:00.000Z')
  await find('missing-deadline', 'stuck', '2026-11-04T09:00:00.000Z')
  await find('missing-deadline', 'late', '2026-11-13T10:00:00.000Z', ['2026-11-17T11:00:00.000Z', 'fixed'])
  await find('no-assignee', 'stuck', '2026-11-04T09:00:00.000Z')

  const nothing = { v: 1, where: { field: 'title', is: 'is', value: 'no card is called so' } }
  const portal = { v: 1, where: { field: 'project', is: 'is', value: 'Portal' } }
  await plantKeyResult(db, { id: 'moved', filter: portal, target: 92 })
  await plantKeyResult(db, { id: 'still and behind', filter: nothing })
  await plantKeyResult(db, { id: 'still and reached', filter: nothing, target: 0 })
  await plantKeyResult(db, { id: 'over since Sunday', filter: nothing, to: '2026-11-15', zone: ZONE })
  await plantKeyResult(db, { id: 'begins on Sunday', filter: nothing, from: '2026-11-22', zone: ZONE })
  await plantKeyResult(db, { id: 'begins on Monday', filter: nothing, from: '2026-11-23', zone: ZONE })
}

describe('a weekly rollup', () => {
  test('has the figures of the recipient’s week and of the week before', () => {
    expect(facts.week).toEqual({ year: 2026, week: 47, from: FROM, to: TO })
    expect(facts.figures).toEqual({
      done: 6,
      doneBefore: 1,
      carriedOver: 5,
      carriedOverBefore: 7,
      overdue: 3,
      overdueNew: 1,
      overdueFixed: 1,
      stuck: 2,
      stuckOldestSince: '2026-11-01T09:00:00.000Z'
    })
  })

  test('counts findings open at its end, become true in it and fixed in it, by rule', () => {
    expect(facts.findings).toEqual({
      opened: 3,
      fixed: 3,
      medianDaysToFix: 2,
      byRule: expect.toSatisfy((rows: { rule: string }[]) => rows.length === 4)
    })
    expect(new Map(facts.findings.byRule.map(({ rule, ...counts }) => [rule, counts]))).toEqual(
      new Map([
        ['missing-deadline', { open: 2, opened: 1, fixed: 1 }],
        ['no-assignee', { open: 1, opened: 0, fixed: 0 }],
        ['stale-doing', { open: 2, opened: 1, fixed: 1 }],
        ['overdue', { open: 3, opened: 1, fixed: 1 }]
      ])
    )
    expect(facts.counts).toEqual({ noAssignee: 1, noDeadline: 2 })
  })

  test('lists cards by project, under their assignees in the order of the alphabet, unassigned last', () => {
    const told = facts.projects.map(({ name, done, people }) => [
      name,
      done,
      people.map((person) => [
        person.name,
        person.cards.map(({ title, state, workingDays }) => [title, state, workingDays])
      ])
    ])
    expect(told).toEqual([
      ['billing', 1, [['Zoë Zimmer', [['bill', 'done', null]]]]],
      [
        'Portal',
        5,
        [
          [
            'Ada Abara',
            [
              ['first instant', 'done', null],
              ['done', 'done', null],
              ['begun on Friday', 'carried over', 0],
              ['stuck for who knows how long', 'stuck', 15]
            ]
          ],
          [
            'bela Holm',
            [
              ['first instant', 'done', null],
              ['archived since', 'done', null],
              ['late for long', 'overdue', 8]
            ]
          ],
          ['Zoë Zimmer', [['late', 'overdue', 2]]],
          [
            null,
            [
              ['long in the making', 'done', null],
              ['last instant', 'done', null],
              ['stuck', 'stuck', 12]
            ]
          ]
        ]
      ]
    ])
    expect(facts.projects[1]?.url).toBe('https://trello.example/b/p1')
    expect(facts.projects[1]?.people[0]?.cards[0]).toEqual({
      title: 'first instant',
      url: 'https://trello.example/c/first instant',
      state: 'done',
      since: FROM,
      dueAt: null,
      dueIsDate: false,
      workingDays: null
    })
  })

  test('names what waits for someone now, the longest waiting first', () => {
    expect(facts.waiting.map(({ title, why, workingDays, assignees }) => [title, why, workingDays, assignees])).toEqual(
      [
        ['stuck for who knows how long', 'stuck', 15, ['Ada Abara']],
        ['stuck', 'stuck', 12, []],
        ['late for long', 'overdue', 8, ['bela Holm']],
        ['late', 'overdue', 2, ['Zoë Zimmer']],
        ['begun on Friday', 'stuck', 0, ['Ada Abara']],
        ['late since today', 'overdue', 0, []]
      ]
    )
  })

  test('shows eight weeks with cards done and median working days from start to done, over the change of clocks', () => {
    expect(facts.weeks.map(({ from, done, medianDays }) => [from, done, medianDays])).toEqual([
      ['2026-09-27T22:00:00.000Z', 0, null],
      ['2026-10-04T22:00:00.000Z', 0, null],
      ['2026-10-11T22:00:00.000Z', 0, null],
      ['2026-10-18T22:00:00.000Z', 0, null],
      ['2026-10-25T23:00:00.000Z', 0, null],
      ['2026-11-01T23:00:00.000Z', 0, null],
      ['2026-11-08T23:00:00.000Z', 1, null],
      [FROM, 6, 1]
    ])
    expect(facts.weeks.at(-1)?.to).toBe(TO)
  })

  test('says as of when, and which boards are older than the others', () => {
    expect(facts.asOf).toBe('2026-11-23T05:00:00.000Z')
    expect(facts.older).toEqual([{ project: 'Archive', asOf: '2026-11-22T20:00:00.000Z' }])
  })

  test('shows key results that moved, or stand still behind their pace, of periods that touch the week', () => {
    expect(facts.keyResults.map(({ title }) => title).sort()).toEqual(['begins on Sunday', 'moved', 'still and behind'])
    expect(facts.keyResults.find(({ title }) => title === 'moved')).toEqual({
      title: 'moved',
      objective: 'Objective of moved',
      unit: 'cards',
      start: 0,
      target: 92,
      direction: 'up',
      before: 1,
      after: 7,
      contributed: 6,
      reversed: 0,
      expectedByNow: 52,
      status: 'off track',
      url: null
    })
  })

  test('a card taken back in the week is one taken back, and one estimated anew has moved once', async () => {
    const { db } = hub
    const [before] = await db.rows<{ last: number }>(sql`select max(id) as last from contributions`)
    await plantTask(db, {
      id: 'done',
      column: 'Done',
      category: 'done',
      completedAt: '2026-11-17T09:00:00.000Z',
      assignees: ['ada']
    })
    await plantTask(db, { id: 'the week before', column: 'Doing', category: 'doing' })
    expect(await recompute(db, { now: NOW })).toBe(3)
    await db.run(sql`update contributions set recorded_at = '2026-11-19T10:00:00Z' where id > ${before?.last ?? 0}`)
    const moved = (await collect()).keyResults.find(({ title }) => title === 'moved')
    expect([moved?.before, moved?.after, moved?.contributed, moved?.reversed]).toEqual([0, 6, 6, 1])
  })

  test('of one project is of that project alone', async () => {
    const only = await collect(['trello:p2'])
    expect(only.figures).toMatchObject({
      done: 1,
      doneBefore: 0,
      carriedOver: 0,
      overdue: 0,
      stuck: 0,
      stuckOldestSince: null
    })
    expect(only.projects.map(({ name }) => name)).toEqual(['billing'])
    expect([only.waiting, only.older, only.asOf]).toEqual([[], [], '2026-11-23T05:10:00.000Z'])
    expect(only.findings).toMatchObject({ opened: 0, fixed: 0, medianDaysToFix: null })
  })

  test('leaves out what was read too long ago or is shown to nobody any more, and names it', async () => {
    const looked = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString()
    const set = (id: string, lookedAt: string | null, lostAt: string | null = null) =>
      hub.db.run(
        sql`update projects set looked_at = ${lookedAt}::timestamptz, lost_at = ${lostAt}::timestamptz where id = ${id}`
      )
    await set('trello:p1', looked(121))
    await set('trello:p2', looked(119))
    await set('trello:p3', looked(1), looked(1))
    const partly = await collect()
    expect(partly.leftOut).toEqual([
      { project: 'Archive', asOf: '2026-11-22T20:00:00.000Z' },
      { project: 'Portal', asOf: '2026-11-23T05:00:00.000Z' }
    ])
    expect(partly.projects.map(({ name }) => name)).toEqual(['billing'])
    expect([partly.figures.done, partly.asOf, partly.older]).toEqual([1, '2026-11-23T05:10:00.000Z', []])
    for (const id of ['trello:p1', 'trello:p2', 'trello:p3']) await set(id, null)
    expect((await collect()).leftOut).toEqual([])
  })

  test('of nothing is calm', async () => {
    const none = await collect(['trello:nobody'])
    expect([none.figures.done, none.projects, none.waiting, none.asOf]).toEqual([0, [], [], NOW])
  })
})
