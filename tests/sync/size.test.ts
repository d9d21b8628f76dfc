/** Large boards: complete, and in as many statements as small ones. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import { judge } from '../../src/rules/engine.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { counting } from '../helpers/statements.ts'
import { connected, hurry, tasksOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)

let trello: TrelloSandbox
beforeAll(async () => {
  hurry()
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
})
afterAll(() => trello.stop())

it('A board of 3,500 cards and 2,300 moves is read whole', async () => {
  const source = makeBoard({ cards: 3500, moves: 2300, lists: ['To do', 'Doing', 'Done'] })
  await trello.load(source)
  const hub = await testHub()
  const { look } = await connected(hub, trello, [board])
  // The board, four pages of cards, six of history (5,800 actions).
  expect(await look(board)).toMatchObject({ fetched: 3500, stored: 3500, quarantined: 0, events: 5800, requests: 11 })
  const stands = new Map(source.cards!.map(({ id, idList }) => [`trello:${id}`, `trello:${idList}`]))
  const tasks = await tasksOf(hub)
  expect(new Map(tasks.map(({ id, column_id }) => [id, column_id]))).toEqual(stands)
  expect(new Set(tasks.map(({ entered_known }) => entered_known))).toEqual(new Set(['reported']))
  expect(await hub.db.rows(sql`select category, count(*)::int as n from tasks group by 1 order by 1`)).toEqual([
    { category: 'doing', n: 2300 },
    { category: 'todo', n: 1200 }
  ])
  await hub.close()
})

/** Statements of a first sync, of one with everything touched, and of a judgement. */
async function statements(cards: number): Promise<Record<string, number>> {
  await trello.load(makeBoard({ cards }))
  const hub = await testHub()
  const db = counting(hub.db)
  const { look } = await connected({ ...hub, db }, trello, [board])
  db.sent()
  await look(board)
  const first = db.sent()
  await judge(db, { now: '2026-11-20T09:00:00.000Z' })
  const judged = db.sent()
  for (let index = 0; index < cards; index++) await trello.plant(card(index), { name: 'Touched', idMembers: [] })
  await look(board, { sweep: true })
  const sweep = db.sent()
  expect((await tasksOf(hub)).filter(({ title }) => title === 'Touched')).toHaveLength(cards)
  await hub.close()
  return { first, judged, sweep }
}

it('Storing, settling and judging 999 cards takes the statements of 9: none for a single card', async () => {
  const nine = await statements(9)
  expect(await statements(999)).toEqual(nine)
  // How rules are set; calendars; which rules and projects are out of step; and one statement for all of those.
  expect(nine.judged).toBe(4)
})
