/** The engine: opening once, closing with the reason, and doing no more than was asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { judge } from '../../src/rules/engine.ts'
import { noAssignee } from '../../src/rules/noAssignee.ts'
import { settleProjects } from '../../src/sync/settle.ts'
import { testHub } from '../helpers/hub.ts'
import { type SmallBoard, smallBoard } from '../helpers/smallBoard.ts'
import { counting } from '../helpers/statements.ts'

let hub: Hub
let board: SmallBoard
beforeAll(async () => {
  hub = await testHub()
})
afterAll(() => hub.close())
beforeEach(async () => {
  board = await smallBoard(hub)
})

const NOW = '2026-11-16T12:00:00.000Z'
const LATER = '2026-11-16T13:00:00.000Z'
const reasons = async (rule: string) =>
  Object.fromEntries((await board.findings(rule)).map(([task, , , reason]) => [task, reason]))
const settle = () => settleProjects(hub.db, ['trello:p1', 'trello:p2'])

describe('A finding', () => {
  const bare = { assignees: [] }

  it.each([
    ['fixed', 'somebody was assigned', { assignees: ['ada'] }],
    ['fixed', 'the card was marked complete', { ...bare, completed: true }],
    ['fixed', 'the card came to Done', { ...bare, column: 'Done' }],
    ['out_of_scope', 'the card was archived', { ...bare, presence: 'archived' as const }],
    ['out_of_scope', 'the card came to a column of notes', { ...bare, column: 'Notes' }],
    ['out_of_scope', 'the card came to a column that says nothing', { ...bare, column: 'Odds and ends' }],
    [
      'dismissed',
      'someone put a label on it',
      { ...bare, labels: [{ externalId: 'l', name: 'No-Alerts', colour: null }] }
    ]
  ])('is closed as %s when %s', async (reason, _why, facts) => {
    await board.put({ card: bare })
    expect(board.counts(await board.judge(NOW))).toEqual([1, 0])
    await board.put({ card: facts })
    expect(board.counts(await board.judge(LATER))).toEqual([0, 1])
    expect(await reasons('no-assignee')).toEqual({ card: reason })
    const [finding] = await hub.db.rows(sql`select opened_at, closed_at from findings`)
    expect(finding).toEqual({ opened_at: NOW, closed_at: LATER })
  })

  it.each([
    ['gone', 'the card was deleted', sql`update tasks set presence = 'deleted'`],
    ['gone', 'the task itself is not there', sql`delete from tasks`],
    ['hidden', 'the card cannot be seen', sql`update tasks set presence = 'hidden'`],
    ['out_of_scope', 'the column was archived', sql`update columns set archived = true`],
    ['out_of_scope', 'the board was closed', sql`update projects set archived = true`],
    ['out_of_scope', 'the board is not chosen any more', sql`update projects set chosen = false`],
    [
      'rule_changed',
      'the column means something else now',
      sql`update columns set category = 'reference' where name = 'To do'`
    ],
    ['rule_changed', 'the column is a backlog now', sql`update columns set category = 'backlog' where name = 'To do'`]
  ])('is closed as %s when %s', async (reason, _why, change) => {
    await board.put({ card: bare })
    await board.judge(NOW)
    await hub.db.run(change)
    await settle()
    expect(board.counts(await board.judge(LATER))).toEqual([0, 1])
    expect(await reasons('no-assignee')).toEqual({ card: reason })
  })

  it('is closed as rule_changed also when the card had moved on meanwhile', async () => {
    await board.put({ card: bare })
    await board.judge(NOW)
    await board.put({ card: { ...bare, column: 'Doing' } })
    await board.judge(NOW)
    await hub.db.run(sql`update columns set category = 'reference' where name = 'Doing'`)
    await settle()
    await board.judge(LATER)
    expect(await reasons('no-assignee')).toEqual({ card: 'rule_changed' })
  })

  it('is opened anew, as another one, when it is true again', async () => {
    await board.put({ card: bare })
    await board.judge(NOW)
    await board.put({ card: {} })
    await board.judge(NOW)
    await board.put({ card: bare })
    await board.judge(LATER)
    expect((await board.findings('no-assignee')).map(([task, , , reason]) => [task, reason])).toEqual([
      ['card', 'fixed'],
      ['card', null]
    ])
  })

  it('tells its evidence anew when that changes, and stays the same finding', async () => {
    await board.put({ card: { dueAt: '2026-11-10T12:00:00.000Z' } })
    await board.judge(NOW)
    await board.put({ card: { dueAt: '2026-11-12T12:00:00.000Z' } })
    expect(board.counts(await board.judge(LATER))).toEqual([0, 0])
    expect(await board.findings('overdue')).toEqual([
      ['card', '2026-11-10T12:00:00.000Z', { dueAt: '2026-11-12T12:00:00.000Z', dueIsDate: false }, null]
    ])
  })

  it('goes along with its card to another project, whichever of the two is judged', async () => {
    await board.put({ card: bare })
    await board.judge(NOW)
    await board.put({ card: { ...bare, project: 'p2', column: 'To do 2' } })
    expect(board.counts(await board.judge(LATER, { projects: ['trello:p1'] }))).toEqual([0, 0])
    const places = () => hub.db.rows(sql`select project_id, column_id, closed_at from findings`)
    expect(await places()).toEqual([{ project_id: 'trello:p2', column_id: 'trello:To do 2', closed_at: null }])
    await board.put({ card: bare })
    expect(board.counts(await board.judge(LATER, { projects: ['trello:p1'] }))).toEqual([0, 0])
    expect(await places()).toEqual([{ project_id: 'trello:p1', column_id: 'trello:To do', closed_at: null }])
  })
})

describe('The engine', () => {
  const many = { a: { assignees: [] }, b: { dueAt: null }, c: { dueAt: '2026-11-10T12:00:00.000Z' }, d: {} }

  it('changes nothing the second time', async () => {
    await board.put(many)
    expect(board.counts(await board.judge(NOW))).toEqual([3, 0])
    const rows = () => hub.db.rows(sql`select *, xmin::text from findings order by id`)
    const before = await rows()
    expect(board.counts(await board.judge(NOW))).toEqual([0, 0])
    expect(await rows()).toEqual(before)
  })

  it('judges only the tasks it is given', async () => {
    await board.put({ a: { assignees: [] }, b: { assignees: [] } })
    await board.judge(NOW, { tasks: ['trello:a'] })
    expect(await reasons('no-assignee')).toEqual({ a: null })
    await board.judge(NOW)
    await board.put({ a: {}, b: {} })
    await board.judge(LATER, { tasks: ['trello:b'] })
    expect(await reasons('no-assignee')).toEqual({ a: null, b: 'fixed' })
  })

  it('judges only the projects it is given', async () => {
    const elsewhere = { project: 'p2', column: 'To do 2', assignees: [] }
    await board.put({ a: { assignees: [] }, b: elsewhere })
    await board.judge(NOW, { projects: ['trello:p2'] })
    expect(await reasons('no-assignee')).toEqual({ b: null })
    await board.judge(NOW)
    await board.put({ a: {}, b: { ...elsewhere, assignees: ['ada'] } })
    await board.judge(LATER, { projects: ['trello:p1'] })
    expect(await reasons('no-assignee')).toEqual({ a: 'fixed', b: null })
  })

  it('judges only the rules it is given', async () => {
    await board.put({ a: { assignees: [], dueAt: null } })
    expect(await judge(hub.db, { now: NOW, rules: [noAssignee] })).toEqual([
      { rule: 'no-assignee', opened: 1, closed: 0 }
    ])
    expect(await board.findings('missing-deadline')).toEqual([])
  })

  it('sends one statement for all rules, one for what is out of step, one for how rules are set, and one for the calendars', async () => {
    await board.put(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`task ${index}`, { assignees: [] }])))
    const db = counting(hub.db)
    expect((await judge(db, { now: NOW })).map(({ rule, opened }) => [rule, opened])).toEqual([
      ['missing-deadline', 0],
      ['no-assignee', 50],
      ['stale-doing', 0],
      ['overdue', 0]
    ])
    expect(db.sent()).toBe(4)
    await judge(db, { now: NOW })
    expect(db.sent()).toBe(3)
    await judge(db, { now: NOW, tasks: ['trello:task 1', 'trello:task 2'] })
    expect(db.sent()).toBe(3)
  })

  it('goes by the calendar of each project', async () => {
    await hub.db.run(sql`
      insert into calendars (id, name, zone, working_days, starts_at, ends_at, holidays)
      values ('sunday', 'From Sunday', 'Asia/Jerusalem', '{7,1,2,3,4}', '09:00', '17:00', '{}') on conflict do nothing`)
    await hub.db.run(sql`update projects set calendar_id = 'sunday' where id = 'trello:p2'`)
    const moved = (task: string, to: string) => ({ task, at: '2026-11-08T06:00:00.000Z', to })
    await board.put({ here: { column: 'Doing' }, there: { column: 'Doing 2', project: 'p2' } }, [
      moved('here', 'Doing'),
      moved('there', 'Doing 2')
    ])
    // In since Sunday the 8th: on Monday the 16th the sixth working day begins, two hours earlier in Jerusalem.
    await board.judge('2026-11-15T12:00:00.000Z')
    expect(await board.findings('stale-doing')).toEqual([])
    await board.judge('2026-11-16T08:00:00.000Z')
    expect(await reasons('stale-doing')).toEqual({ there: null })
    await board.judge('2026-11-16T09:00:00.000Z')
    expect(await reasons('stale-doing')).toEqual({ there: null, here: null })
  })
})
