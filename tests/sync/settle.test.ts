/** What follows from the facts: category, entered, completed, last human activity. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { EventFacts, TaskFacts } from '../../src/model/task.ts'
import { settleProjects } from '../../src/sync/settle.ts'
import { testHub } from '../helpers/hub.ts'
import { type SmallBoard, smallBoard } from '../helpers/smallBoard.ts'

let hub: Hub
let board: SmallBoard
beforeAll(async () => {
  hub = await testHub()
})
afterAll(() => hub.close())
beforeEach(async () => {
  board = await smallBoard(hub)
})

const CREATED = '2026-11-02T08:00:00.000Z'
const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`
const made = (to: string): Partial<EventFacts> => ({ type: 'created', at: CREATED, to })
const moved = (day: number, from: string, to: string): Partial<EventFacts> => ({ at: on(day), from, to })

async function settled(facts: Partial<TaskFacts>, events: Partial<EventFacts>[] = []) {
  await board.put({ card: facts }, events)
  const [task] = await hub.db.rows(sql`
    select category, open, entered_column_at as entered, entered_known, completed_at as completed, completed_known from tasks`)
  return task
}

describe('Entered', () => {
  it.each([
    ['when it was made there', 'To do', [made('To do')], [CREATED, 'reported']],
    [
      'at its last move',
      'Doing',
      [made('To do'), moved(3, 'To do', 'Doing'), moved(4, 'Doing', 'To do'), moved(5, 'To do', 'Doing')],
      [on(5), 'reported']
    ],
    ['at least since it was made, where nothing tells', 'Doing', [], [CREATED, 'at_least']],
    [
      'at least since the last arrival elsewhere',
      'Doing',
      [moved(3, 'To do', 'Doing'), moved(5, 'Doing', 'Blocked')],
      [on(5), 'at_least']
    ]
  ])('%s', async (_name, column, events, [entered, entered_known]) => {
    expect(await settled({ column }, events)).toMatchObject({ entered, entered_known })
  })

  it('never before our knowledge begins', async () => {
    await hub.db.run(sql`update projects set history_from = ${on(9)}::timestamptz`)
    await board.put({ card: { column: 'Doing' } })
    await hub.db.run(sql`update projects set history_from = ${on(9)}::timestamptz`)
    await settleProjects(hub.db, ['trello:p1'])
    expect(await hub.db.rows(sql`select entered_column_at as at, entered_known as known from tasks`)).toEqual([
      { at: on(9), known: 'at_least' }
    ])
  })

  it('in the tool’s own words, where it has them', async () => {
    const facts = { column: 'Doing', enteredColumnAt: on(7) }
    expect(await settled(facts, [moved(5, 'To do', 'Doing')])).toMatchObject({
      entered: on(7),
      entered_known: 'reported'
    })
  })
})

describe('Completed', () => {
  it.each([
    ['when it came to Done', 'Done', [made('To do'), moved(5, 'To do', 'Done')], [on(5), 'reported']],
    [
      'when it came to the first of two done columns',
      'Shipped',
      [moved(5, 'Doing', 'Done'), moved(8, 'Done', 'Shipped')],
      [on(5), 'reported']
    ],
    [
      'when it came back to one',
      'Shipped',
      [moved(4, 'Doing', 'Done'), moved(5, 'Done', 'Doing'), moved(6, 'Doing', 'Done'), moved(8, 'Done', 'Shipped')],
      [on(6), 'reported']
    ],
    ['when it was made in one', 'Done', [made('Done')], [CREATED, 'reported']],
    [
      'before what we know, where the oldest move we know left a done column',
      'Shipped',
      [moved(8, 'Done', 'Shipped')],
      [CREATED, 'at_least']
    ],
    ['before what we know, where nothing tells', 'Done', [], [CREATED, 'at_least']],
    ['not at all in a column of work', 'Doing', [moved(4, 'Doing', 'Done'), moved(5, 'Done', 'Doing')], [null, null]]
  ])('%s', async (_name, column, events, [completed, completed_known]) => {
    const done = column !== 'Doing'
    expect(await settled({ column }, events)).toMatchObject({
      category: done ? 'done' : 'doing',
      open: !done,
      completed,
      completed_known
    })
  })

  it('when it was marked, wherever it stands; the last time, where it was reopened between', async () => {
    const marks: Partial<EventFacts>[] = [
      { type: 'completed', at: on(4) },
      { type: 'reopened', at: on(5) },
      { type: 'completed', at: on(6) }
    ]
    expect(await settled({ column: 'Doing', completed: true }, marks)).toMatchObject({
      category: 'done',
      open: false,
      completed: on(6),
      completed_known: 'reported'
    })
    expect(await settled({ column: 'Doing' }, [{ type: 'reopened', at: on(7) }])).toMatchObject({
      category: 'doing',
      open: true,
      completed: null
    })
  })

  it('in the tool’s own words, where it has them', async () => {
    const facts = { column: 'Done', completed: true, completedAt: on(6) }
    expect(await settled(facts, [moved(5, 'To do', 'Done')])).toMatchObject({
      completed: on(6),
      completed_known: 'reported'
    })
  })

  it('stays when the card or its column is archived', async () => {
    await settled({ column: 'Done' }, [moved(5, 'To do', 'Done')])
    expect(await settled({ column: 'Done', presence: 'archived' })).toMatchObject({ completed: on(5), open: false })
    await hub.db.run(sql`update columns set archived = true`)
    expect(await settled({ column: 'Done' })).toMatchObject({ completed: on(5), category: 'done' })
  })
})

it('The hub’s own comment is no human activity', async () => {
  const event = (day: number): Partial<EventFacts> => ({ externalId: `c${day}`, type: 'commented', at: on(day) })
  const last = async () => (await hub.db.rows(sql`select last_human_activity_at as at from tasks`))[0]?.at
  await board.put({ card: {} }, [event(5), event(6)])
  expect(await last()).toBe(on(6))
  await hub.db.run(sql`
    insert into comments (id, task_id, at, text, ours) values ('trello:c6', 'trello:card', ${on(6)}, 'Noted', true)`)
  await settleProjects(hub.db, ['trello:p1'])
  expect(await last()).toBe(on(5))
})

it('Settling twice writes nothing', async () => {
  await settled({ column: 'Done' }, [moved(5, 'To do', 'Done')])
  expect(await settleProjects(hub.db, ['trello:p1', 'trello:p2'])).toBe(0)
})
