/** Changes seen before the tool tells of them: observed, then replaced by what is reported, and counted once. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Connected, connected, eventsOf, taskOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const card = madeId('card', 1, 0, Date.parse('2026-09-01T08:00:00Z'))
const [todo, doing, done] = [0, 1, 2].map((index) => madeId('list', 1, index))
const [ada, bela] = [0, 1].map((index) => madeId('member', 1, index))
const MOVED = '2026-11-16T09:30:00.000Z'

let trello: TrelloSandbox
let hub: Hub
let look: Connected['look']
beforeAll(async () => {
  trello = await startTrello()
  hub = await testHub()
})
afterAll(async () => {
  await hub.close()
  await trello.stop()
})
beforeEach(async () => {
  await trello.clock({ now: '2026-11-16T09:00:00.000Z' })
  await trello.load(makeBoard({ cards: [{ idMembers: [ada!] }] }))
  await hub.db.run(sql`truncate connections, projects, columns, identities, tasks, task_versions, task_raw, task_events,
    comments, quarantine, scopes, sync_runs, sync_pages, findings cascade`)
  ;({ look } = await connected(hub, trello, [board]))
  await look(board)
  await trello.clock({ now: '2026-11-16T09:30:30.000Z' })
})

/** An action that shows in the history only now. */
async function report(type: string, data: Record<string, unknown>, date = MOVED): Promise<void> {
  const state = await trello.dump(board)
  const action = {
    ...(state.actions[0] as object),
    id: madeId('action', 9, 1, Date.parse(date)),
    type,
    date,
    data: { card: { id: card, name: 'Card 1' }, board: { id: board }, ...data }
  }
  await trello.load({ ...state, id: board, name: 'Board 1', actions: [action, ...state.actions] } as never)
}

const told = async () =>
  (await eventsOf(hub, card)).slice(1).map(({ type, at, from_id, to_id, source }) => [type, at, from_id, to_id, source])
const named = (id: string | undefined) => `trello:${id}`

it('A move is observed, then reported, and its moment becomes the reported one', async () => {
  await trello.plant(card, { idList: doing, dateLastActivity: '2026-11-16T09:30:00.250Z' })
  await look(board, { sweep: true })
  expect(await told()).toEqual([['moved', '2026-11-16T09:30:00.250Z', named(todo), named(doing), 'observed']])
  expect(await taskOf(hub, card)).toMatchObject({
    category: 'doing',
    entered_column_at: '2026-11-16T09:30:00.250Z',
    entered_known: 'observed'
  })

  await report('updateCard', { old: { idList: todo }, listBefore: { id: todo }, listAfter: { id: doing } })
  await look(board, { sweep: true })
  expect(await told()).toEqual([['moved', MOVED, named(todo), named(doing), 'reported']])
  expect(await taskOf(hub, card)).toMatchObject({ entered_column_at: MOVED, entered_known: 'reported' })
})

it('An action that shows half an hour late is found by the next sweep, which also sees that a comment was edited', async () => {
  await trello.plant(card, { idList: doing, dateLastActivity: '2026-11-16T09:30:30.250Z' })
  await look(board, { sweep: true })
  await trello.clock({ advanceMs: 1_800_000 })
  const posted = await trello.call('POST', `/cards/${card}/actions/comments`, { body: { text: 'Frist' } })
  await look(board)
  await report('updateCard', { old: { idList: todo }, listBefore: { id: todo }, listAfter: { id: doing } })
  await trello.call('PUT', `/actions/${(posted.json as { id: string }).id}`, { body: { text: 'First' } })
  await look(board)
  const moves = async () =>
    (await told()).filter(([type]) => type === 'moved').map(([, at, , , source]) => [at, source])
  expect(await moves()).toEqual([['2026-11-16T09:30:30.250Z', 'observed']])
  await look(board, { sweep: true })
  expect(await moves()).toEqual([[MOVED, 'reported']])
  expect(await hub.db.rows(sql`select text, edited_at is not null as edited from comments`)).toEqual([
    { text: 'First', edited: true }
  ])
})

it('A change that moved no date is observed at our look, not before the one that did not see it', async () => {
  await trello.plant(card, { idList: done })
  await look(board, { sweep: true })
  expect(await told()).toEqual([['moved', '2026-11-16T09:00:00.000Z', named(todo), named(done), 'observed']])
})

it.each([
  [
    'due_changed',
    { due: '2026-12-01T12:00:00.000Z' },
    'updateCard',
    { old: { due: null }, card: { id: card, due: '2026-12-01T12:00:00.000Z' } },
    null,
    '2026-12-01T12:00:00.000Z'
  ],
  ['completed', { dueComplete: true }, 'updateCard', { old: { dueComplete: false } }, null, null],
  ['archived', { closed: true }, 'updateCard', { old: { closed: false } }, null, null],
  ['assigned', { idMembers: [ada, bela] }, 'addMemberToCard', { idMember: bela }, null, named(bela)],
  ['unassigned', { idMembers: [] }, 'removeMemberFromCard', { idMember: ada }, named(ada), null]
] as const)('%s is counted once, whoever tells of it first', async (type, facts, action, data, from, to) => {
  await trello.plant(card, { ...facts, dateLastActivity: '2026-11-16T09:30:00.250Z' })
  await look(board, { sweep: true })
  expect(await told()).toEqual([[type, '2026-11-16T09:30:00.250Z', from, to, 'observed']])
  await report(action, data)
  await look(board)
  expect(await told()).toEqual([[type, MOVED, from, to, 'reported']])
})

it('Two moves between two looks are observed as one and reported as two', async () => {
  await trello.plant(card, { idList: done, dateLastActivity: '2026-11-16T09:30:20.250Z' })
  await look(board, { sweep: true })
  expect(await told()).toEqual([['moved', '2026-11-16T09:30:20.250Z', named(todo), named(done), 'observed']])
  await report('updateCard', { old: { idList: todo }, listBefore: { id: todo }, listAfter: { id: doing } })
  await look(board)
  expect((await told()).map(([, , , to, source]) => [to, source])).toEqual([
    [named(doing), 'reported'],
    [named(done), 'observed']
  ])
  const later = '2026-11-16T09:30:20.000Z'
  const state = await trello.dump(board)
  const second = {
    ...(state.actions[0] as object),
    id: madeId('action', 9, 2, Date.parse(later)),
    date: later,
    data: {
      card: { id: card },
      board: { id: board },
      old: { idList: doing },
      listBefore: { id: doing },
      listAfter: { id: done }
    }
  }
  await trello.load({ ...state, id: board, name: 'Board 1', actions: [second, ...state.actions] } as never)
  await look(board)
  expect(await told()).toEqual([
    ['moved', MOVED, named(todo), named(doing), 'reported'],
    ['moved', later, named(doing), named(done), 'reported']
  ])
})
