/** The home screen's answer, and what of it a member with some of the boards does not get. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND_LINE, type Who } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { overview } from '../../src/operations/overview.ts'
import { testHub } from '../helpers/hub.ts'
import { plantEvent, plantFinding, plantKeyResult, plantProject, plantTask } from '../helpers/plant.ts'

/** Thursday noon of week 47; the reader's weeks begin on Sunday 23:00 UTC, in Stockholm. */
const NOW = '2026-11-19T12:00:00.000Z'

let opened: Awaited<ReturnType<typeof testHub>>
let hub: Hub
const member: Who = { ...COMMAND_LINE, id: 'u1', role: 'member', via: 'web', projects: ['trello:p1'] }
const ask = (who: Who, team?: string) => overview.run({ hub, jobs: null, who }, team ? { team } : {})

beforeAll(async () => {
  opened = await testHub()
  hub = { ...opened, now: () => NOW }
  const { db } = hub
  await db.run(
    sql`insert into users (id, name, email, role, time_zone) values ('u1', 'Ana', 'ana@x.example', 'member', 'Europe/Stockholm')`
  )
  const columns = { Doing: 'doing', Done: 'done' }
  const [readAt, lookedAt] = ['2026-11-19T11:50:00.000Z', '2026-11-19T11:51:00.000Z']
  await plantProject(db, { id: 'p1', name: 'Portal', columns, readAt, lookedAt })
  await plantProject(db, { id: 'p2', name: 'Secret', columns: { Work: 'doing', Made: 'done' }, readAt, lookedAt })
  await plantProject(db, { id: 'p3', name: 'Not chosen', chosen: false })
  await db.run(sql`insert into teams (id, name) values ('team-1', 'Product')`)
  await db.run(sql`insert into team_projects (project_id, team_id) values ('trello:p2', 'team-1')`)

  const done = (id: string, completedAt: string, project = 'p1') =>
    plantTask(db, { id, title: id, project, category: 'done', completedAt, labels: ['points'], estimate: 3 })
  await done('monday early', '2026-11-15T23:00:00.000Z')
  await done('yesterday', '2026-11-18T10:00:00.000Z')
  await done('today', '2026-11-19T10:00:00.000Z')
  await done('secret today', '2026-11-19T11:00:00.000Z', 'p2')
  await done('not chosen', '2026-11-19T11:00:00.000Z', 'p3')
  await done('last week by now', '2026-11-10T10:00:00.000Z')
  await done('last week after', '2026-11-13T10:00:00.000Z')
  await done('too long ago', '2026-09-20T10:00:00.000Z')

  await plantTask(db, {
    id: 'slow',
    title: 'Slow',
    column: 'Doing',
    category: 'doing',
    enteredAt: '2026-11-02T09:00:00.000Z'
  })
  await plantEvent(db, { task: 'slow', type: 'moved', at: '2026-11-02T09:00:00.000Z', to: 'Doing' })
  await plantTask(db, {
    id: 'new',
    title: 'New',
    column: 'Doing',
    category: 'doing',
    enteredAt: '2026-11-17T09:00:00.000Z'
  })
  await plantTask(db, { id: 'late', title: 'Late', category: 'todo', dueAt: '2026-11-12T09:00:00.000Z' })
  await plantTask(db, {
    id: 'hush',
    title: 'Hush',
    project: 'p2',
    category: 'doing',
    enteredAt: '2026-11-02T09:00:00.000Z'
  })
  await plantFinding(db, { rule: 'stale-doing', task: 'slow', since: '2026-11-02T09:00:00.000Z' })
  await plantFinding(db, { rule: 'no-assignee', task: 'slow', since: '2026-09-01T09:00:00.000Z' })
  await plantFinding(db, { rule: 'overdue', task: 'late', since: '2026-11-12T09:00:00.000Z' })
  await plantFinding(db, { rule: 'overdue', task: 'hush', since: '2026-10-01T09:00:00.000Z', project: 'p2' })
  await plantFinding(db, {
    rule: 'missing-deadline',
    task: 'new',
    since: '2026-11-16T09:00:00.000Z',
    closedAt: '2026-11-18T09:00:00.000Z',
    reason: 'fixed'
  })
  const measure = { kind: 'sum', field: 'estimate' }
  const filter = { v: 1, where: { field: 'labels', is: 'has', value: 'points' } }
  await plantKeyResult(db, { id: 'kr', title: 'Portal points', filter, measure })
  await recompute(db, { now: NOW })

  await db.run(
    sql`insert into connections (id, tool, account, account_name, credentials) values ('c1', 'trello', 'a', 'Ada', '')`
  )
  await db.run(sql`
    insert into scopes (id, connection_id, external_id, name, projects, next_look_at) values
      ('s1', 'c1', 'p1', 'Portal', '{trello:p1}', ${'2026-11-19T12:03:00.000Z'}::timestamptz),
      ('s2', 'c1', 'p2', 'Secret', '{trello:p2}', ${'2026-11-19T12:01:00.000Z'}::timestamptz)`)
  const run = (scope: string, state: string, startedAt: string) =>
    db.run(sql`
      insert into sync_runs (scope_id, mode, state, owner, lease_until, started_at)
      values (${scope}, 'sweep', ${state}, 'x', ${startedAt}::timestamptz, ${startedAt}::timestamptz)`)
  await run('s1', 'failed', '2026-11-18T12:30:00.000Z')
  await run('s1', 'complete', '2026-11-19T11:50:00.000Z')
  await run('s1', 'complete', '2026-11-19T11:30:00.000Z')
  await run('s1', 'failed', '2026-11-18T11:59:00.000Z')
  await run('s1', 'complete', '2026-11-19T11:55:00.000Z')
  await run('s2', 'failed', '2026-11-19T11:40:00.000Z')
})
afterAll(() => opened.close())

test('a member is told of this week, in their zone, on the boards they see', async () => {
  const told = await ask(member)
  expect(told).toMatchObject({
    zone: 'Europe/Stockholm',
    week: { year: 2026, week: 47, from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' },
    boards: 1,
    teams: []
  })
  expect(told.figures.done).toEqual({ value: 3, before: 1, weeks: [0, 0, 0, 0, 0, 0, 2, 3] })
  // “Slow” was in Doing since before last Monday, and is still; before that it was in no column of work.
  expect(told.figures.carriedOver).toEqual({ value: 1, before: 1, weeks: [0, 0, 0, 0, 0, 0, 1, 1] })
  // By noon on 12 November it had been overdue for three hours.
  expect(told.figures.overdue).toEqual({ value: 1, opened: 0, oldestDays: 5, weeks: [0, 0, 0, 0, 0, 0, 1, 1] })
  expect(told.figures.stuck).toEqual({ value: 1, stale: 1, blocked: 0, weeks: [0, 0, 0, 0, 0, 0, 1, 1] })
})

test('findings are told by rule, with what is new and fixed since Monday; the one that stands still waits first', async () => {
  const { findings, waiting } = await ask(member)
  const byRule = Object.fromEntries(
    findings.byRule.map(({ rule, open, opened, fixed }) => [rule, [open, opened, fixed]])
  )
  expect(byRule).toMatchObject({
    overdue: [1, 0, 0],
    'stale-doing': [1, 0, 0],
    'no-assignee': [1, 0, 0],
    'missing-deadline': [0, 1, 1]
  })
  expect([findings.open, findings.cards, findings.medianDaysToFix]).toEqual([3, 2, 2])
  expect(waiting.total).toBe(2)
  expect(waiting.cards.map(({ title, rule, workingDays }) => [title, rule, workingDays])).toEqual([
    ['Slow', 'stale-doing', 13],
    ['Late', 'overdue', 5]
  ])
})

test('what was finished since yesterday says what it counted for', async () => {
  const { finished } = await ask(member)
  expect([finished.total, finished.since]).toEqual([2, '2026-11-17T23:00:00.000Z'])
  expect(finished.cards.map(({ title, counts }) => [title, counts])).toEqual([
    ['today', [{ keyResult: 'kr', title: 'Portal points', amount: 3, unit: 'cards' }]],
    ['yesterday', [{ keyResult: 'kr', title: 'Portal points', amount: 3, unit: 'cards' }]]
  ])
})

test('each tool says how it is read: hour by hour, webhooks, the next look', async () => {
  const [trello, ...others] = (await ask(member)).sync
  expect(others).toEqual([])
  expect(trello).toMatchObject({
    tool: 'trello',
    state: 'fine',
    boards: 1,
    readAt: '2026-11-19T11:51:00.000Z',
    webhooks: 'none',
    nextAt: '2026-11-19T12:03:00.000Z'
  })
  expect(trello?.cards).toBe(9)
  expect(trello?.hours).toHaveLength(24)
  expect([trello?.hours[0], trello?.hours[23]]).toEqual([
    { ok: 0, failed: 1 },
    { ok: 3, failed: 0 }
  ])
})

test('those who see everything get all of it, or a team’s part', async () => {
  const all = await ask(COMMAND_LINE)
  expect([all.zone, all.boards, all.teams]).toEqual(['UTC', 2, [{ id: 'team-1', name: 'Product' }]])
  expect(all.figures.overdue).toMatchObject({ value: 2 })
  expect(all.finished.total).toBe(3)
  expect(all.sync).toMatchObject([{ state: 'failing', boards: 2 }])
  const team = await ask(COMMAND_LINE, 'team-1')
  expect([team.boards, team.finished.cards.map(({ title }) => title), team.waiting.total]).toEqual([
    1,
    ['secret today'],
    1
  ])
  expect((await ask(member, 'team-1')).boards).toBe(0)
})

test('whoever sees no board gets zeros of nothing', async () => {
  const none = await ask({ ...member, projects: [] })
  expect([none.boards, none.sync, none.finished.total, none.figures.done.value, none.findings.open]).toEqual([
    0,
    [],
    0,
    0,
    0
  ])
})

test('on a Monday what was finished since Friday is news', async () => {
  const monday = { ...hub, now: () => '2026-11-16T10:00:00.000Z' }
  const { finished } = await overview.run({ hub: monday, jobs: null, who: member }, {})
  expect(finished.since).toBe('2026-11-12T23:00:00.000Z')
  expect(finished.cards.map(({ title }) => title)).toContain('last week after')
})
