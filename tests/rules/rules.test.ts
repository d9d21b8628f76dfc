/** The four built-in rules at their edges, through the engine. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { testHub } from '../helpers/hub.ts'
import { COLUMNS, type SmallBoard, smallBoard } from '../helpers/smallBoard.ts'

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
const everywhere = (facts: object) => Object.fromEntries(COLUMNS.map((column) => [column, { column, ...facts }]))
const found = async (rule: string) => (await board.findings(rule)).map(([task]) => task).sort()

describe('missing-deadline and no-assignee', () => {
  it('look at cards to be done, being done or blocked, and at no others', async () => {
    await board.put(everywhere({ dueAt: null, assignees: [] }))
    await board.judge(NOW)
    expect(await found('missing-deadline')).toEqual(['Blocked', 'Doing', 'To do'])
    expect(await found('no-assignee')).toEqual(['Blocked', 'Doing', 'To do'])
  })

  it('do not look at a card that is complete, archived, or in an archived column, project, or one not chosen', async () => {
    const bare = { dueAt: null, assignees: [] }
    await board.put({
      complete: { ...bare, completed: true },
      archived: { ...bare, presence: 'archived' },
      'in a column': { ...bare, column: 'Blocked' },
      elsewhere: { ...bare, project: 'p2', column: 'To do 2' }
    })
    await hub.db.run(sql`update columns set archived = true where id = 'trello:Blocked'`)
    await hub.db.run(sql`update projects set archived = true where id = 'trello:p2'`)
    await board.put({})
    expect(board.counts(await board.judge(NOW))).toEqual([0, 0])
  })

  it('since: when the card was made in such a column, or came into one from outside; between two of them it stays', async () => {
    const bare = { dueAt: null }
    const moved = (task: string, at: string, from: string, to: string) => ({ task, at, from, to })
    await board.put(
      {
        made: bare,
        came: { ...bare, column: 'Doing' },
        between: { ...bare, column: 'Doing' },
        'out and in': { ...bare, column: 'Blocked' },
        untold: bare
      },
      [
        { task: 'made', type: 'created', to: 'To do' },
        { task: 'came', type: 'created', to: 'Backlog' },
        moved('came', '2026-11-05T10:00:00.000Z', 'Backlog', 'Doing'),
        { task: 'between', type: 'created', to: 'Backlog' },
        moved('between', '2026-11-04T10:00:00.000Z', 'Backlog', 'To do'),
        moved('between', '2026-11-10T10:00:00.000Z', 'To do', 'Doing'),
        { task: 'out and in', type: 'created', to: 'To do' },
        moved('out and in', '2026-11-06T10:00:00.000Z', 'To do', 'Done'),
        moved('out and in', '2026-11-09T10:00:00.000Z', 'Done', 'Doing'),
        moved('out and in', '2026-11-11T10:00:00.000Z', 'Doing', 'Blocked')
      ]
    )
    await board.judge(NOW)
    const since = Object.fromEntries((await board.findings('missing-deadline')).map(([task, at]) => [task, at]))
    expect(since).toEqual({
      made: '2026-11-02T08:00:00.000Z',
      came: '2026-11-05T10:00:00.000Z',
      between: '2026-11-04T10:00:00.000Z',
      'out and in': '2026-11-09T10:00:00.000Z',
      untold: '2026-11-02T08:00:00.000Z'
    })
  })

  it('keep their finding, and its since, while the card moves from to-do to doing', async () => {
    await board.put({ card: { dueAt: null } }, [{ type: 'created', to: 'To do' }])
    await board.judge(NOW)
    const before = await board.findings('missing-deadline')
    await board.put({ card: { dueAt: null, column: 'Doing' } }, [
      { at: '2026-11-16T13:00:00.000Z', from: 'To do', to: 'Doing' }
    ])
    expect(board.counts(await board.judge('2026-11-16T14:00:00.000Z'))).toEqual([0, 0])
    expect(await board.findings('missing-deadline')).toEqual(before)
    expect(before).toEqual([['card', '2026-11-02T08:00:00.000Z', {}, null]])
  })

  it('tell when a due date was taken away', async () => {
    await board.put({ card: { dueAt: null } }, [
      { type: 'due_changed', at: '2026-11-03T08:00:00.000Z', from: null, to: '2026-12-01T12:00:00.000Z' },
      { type: 'due_changed', at: '2026-11-12T08:00:00.000Z', from: '2026-12-01T12:00:00.000Z', to: null }
    ])
    await board.judge(NOW)
    expect(await board.findings('missing-deadline')).toEqual([
      ['card', '2026-11-02T08:00:00.000Z', { removedAt: '2026-11-12T08:00:00.000Z' }, null]
    ])
  })
})

describe('overdue', () => {
  it('looks at every open card, and at the very millisecond', async () => {
    await board.put(everywhere({ dueAt: '2026-11-16T11:59:59.999Z' }))
    await board.put({ 'at the moment': { dueAt: NOW } })
    await board.judge(NOW)
    expect(await found('overdue')).toEqual(['Backlog', 'Blocked', 'Doing', 'To do'])
    await board.judge('2026-11-16T12:00:00.001Z')
    expect(await found('overdue')).toEqual(['Backlog', 'Blocked', 'Doing', 'To do', 'at the moment'])
    const [finding] = await board.findings('overdue')
    expect(finding!.slice(1)).toEqual([
      '2026-11-16T11:59:59.999Z',
      { dueAt: '2026-11-16T11:59:59.999Z', dueIsDate: false },
      null
    ])
  })

  it('takes a date without a time as lasting all day where its people are, west of Greenwich too', async () => {
    await hub.db.run(sql`update calendars set zone = 'America/Los_Angeles' where id = 'default'`)
    await board.put({
      date: { dueAt: '2026-11-15T00:00:00.000Z', dueIsDate: true },
      time: { dueAt: '2026-11-15T00:00:00.000Z' }
    })
    // Still the 15th in Los Angeles until eight in the morning of the 16th, UTC.
    await board.judge('2026-11-16T07:59:59.999Z')
    expect(await found('overdue')).toEqual(['time'])
    await board.judge('2026-11-16T08:00:00.000Z')
    expect(await found('overdue')).toEqual(['date', 'time'])
  })

  it('takes such a date as over when it is over east of Greenwich', async () => {
    await hub.db.run(sql`update calendars set zone = 'Pacific/Auckland' where id = 'default'`)
    await board.put({ date: { dueAt: '2026-11-16T00:00:00.000Z', dueIsDate: true } })
    await board.judge('2026-11-16T10:59:59.999Z')
    expect(await found('overdue')).toEqual([])
    await board.judge('2026-11-16T11:00:00.000Z')
    expect(await found('overdue')).toEqual(['date'])
  })
})

describe('stale-doing', () => {
  const entered = (task: string, at: string) => ({ task, at, from: 'To do', to: 'Doing' })

  it('fires on the sixth working day as work begins, over a weekend', async () => {
    // In since Friday the 6th: the 9th to the 13th are five working days, Monday the 16th is the sixth.
    await board.put({ card: { column: 'Doing' } }, [entered('card', '2026-11-06T15:00:00.000Z')])
    for (const now of ['2026-11-13T23:00:00.000Z', '2026-11-15T12:00:00.000Z', '2026-11-16T08:59:59.999Z']) {
      expect(board.counts(await board.judge(now))).toEqual([0, 0])
    }
    await board.judge('2026-11-16T09:00:00.000Z')
    expect(await board.findings('stale-doing')).toEqual([
      [
        'card',
        '2026-11-06T15:00:00.000Z',
        { column: 'Doing', enteredAt: '2026-11-06T15:00:00.000Z', known: 'reported', limit: 5 },
        null
      ]
    ])
  })

  it('gives a holiday as another day, and takes it back when the holiday goes', async () => {
    await hub.db.run(sql`update calendars set holidays = '{2026-11-11}' where id = 'default'`)
    await board.put({ card: { column: 'Doing' } }, [entered('card', '2026-11-06T15:00:00.000Z')])
    expect(board.counts(await board.judge('2026-11-16T12:00:00.000Z'))).toEqual([0, 0])
    expect(board.counts(await board.judge('2026-11-17T09:00:00.000Z'))).toEqual([1, 0])
  })

  it('looks at work in progress only, and begins anew when the card comes back', async () => {
    await board.put(
      everywhere({}),
      COLUMNS.map((column) => ({ task: column, at: '2026-10-01T08:00:00.000Z', to: column }))
    )
    await board.judge(NOW)
    expect(await found('stale-doing')).toEqual(['Doing'])
    await board.put({ Doing: { column: 'To do' } }, [
      { task: 'Doing', at: '2026-11-16T12:30:00.000Z', from: 'Doing', to: 'To do' }
    ])
    await board.judge('2026-11-16T13:00:00.000Z')
    await board.put({ Doing: { column: 'Doing' } }, [
      { task: 'Doing', at: '2026-11-16T13:30:00.000Z', from: 'To do', to: 'Doing' }
    ])
    await board.judge('2026-11-16T14:00:00.000Z')
    expect((await board.findings('stale-doing')).map(([task, , , reason]) => [task, reason])).toEqual([
      ['Doing', 'fixed']
    ])
  })
})
