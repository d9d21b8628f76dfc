/** Incremental pulls: cheap, complete, and silent when nothing happened. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { moved } from '../../src/sync/look.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Connected, columnsOf, connected, eventsOf, hurry, taskOf, tasksOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const list = (index: number, of = 1) => madeId('list', of, index)
const member = (index: number) => madeId('member', 1, index)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)

let trello: TrelloSandbox
let hub: Hub
let look: Connected['look']
let at: Connected
beforeAll(async () => {
  hurry()
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
  hub = await testHub()
})
afterAll(async () => {
  await hub.close()
  await trello.stop()
})

/** The board as made, read once. */
beforeEach(async () => {
  await trello.clearFaults()
  for (const number of [1, 2, 3]) await trello.drop(madeId('board', number, 0)).catch(() => {})
  await trello.load(makeBoard({ cards: 40, moves: 50, lists: ['To do', 'Doing', 'Odds and ends', 'Done'] }))
  await hub.db.run(sql`truncate connections, projects, columns, identities, tasks, task_versions, task_raw, task_events,
    comments, quarantine, scopes, sync_runs, sync_pages, findings cascade`)
  at = await connected(hub, trello, [board])
  look = at.look
  await look(board)
  await trello.clock({ advanceMs: 3_600_000 })
})

const put = async (path: string, body: Record<string, unknown>) => {
  const answer = await trello.call('PUT', path, { body })
  expect([path, answer.status]).toEqual([path, 200])
}

async function fresh() {
  const other = await testHub()
  const full = await (await connected(other, trello, [board])).look(board)
  const tasks = await tasksOf(other)
  await other.close()
  return { full, tasks }
}

const stored = () =>
  hub.db.rows(sql`select id, xmin::text as version from tasks union all select id, xmin::text from columns
    union all select id, xmin::text from task_events union all select task_id, xmin::text from task_raw order by 1, 2`)

describe('A look at a board', () => {
  it('that is quiet costs one request and writes no row', async () => {
    const before = await stored()
    expect(await look(board)).toMatchObject({ mode: 'incremental', requests: 1, fetched: 0, events: 0 })
    expect(await stored()).toEqual(before)
  })

  it('that is unchanged writes no row in a sweep either', async () => {
    const before = await stored()
    expect(before).toHaveLength(40 + 4 + 90 + 40)
    expect(await look(board, { sweep: true })).toMatchObject({
      mode: 'sweep',
      fetched: 40,
      stored: 0,
      unchanged: 40,
      events: 0,
      requests: 3
    })
    expect(await stored()).toEqual(before)
  })

  it('takes ten touched cards with fewer requests than a full sync, and ends where a fresh one does', async () => {
    await put(`/cards/${card(0)}`, { idList: list(1) })
    await put(`/cards/${card(1)}`, { idList: list(3) })
    await put(`/cards/${card(2)}`, { due: '2026-12-01T12:00:00.000Z' })
    await put(`/cards/${card(3)}`, { name: 'Another name' })
    await put(`/cards/${card(4)}`, { idMembers: [member(0), member(1)] })
    await put(`/cards/${card(5)}`, { closed: true })
    await put(`/cards/${card(6)}`, { dueComplete: true })
    await put(`/cards/${card(7)}`, { desc: 'Now with a text' })
    await put(`/cards/${card(8)}`, { start: '2026-11-20T08:00:00.000Z' })
    expect((await trello.call('POST', `/cards/${card(9)}/actions/comments`, { body: { text: 'Seen' } })).status).toBe(
      200
    )
    await trello.clock({ advanceMs: 5_000 })

    expect(await look(board)).toMatchObject({ mode: 'incremental', requests: 2, fetched: 40, stored: 10, events: 11 })
    const { full, tasks } = await fresh()
    expect(full.requests).toBe(3)
    expect(await tasksOf(hub)).toEqual(tasks)
    expect(await taskOf(hub, card(5))).toMatchObject({ presence: 'archived', open: false })
    expect(await taskOf(hub, card(6))).toMatchObject({ category: 'done', completed_known: 'reported' })
    expect(await taskOf(hub, card(9))).toMatchObject({ comment_count: 1 })
  })

  it('reads one touched card alone', async () => {
    await put(`/cards/${card(3)}`, { name: 'Another name' })
    await trello.clock({ advanceMs: 5_000 })
    expect(await look(board)).toMatchObject({ requests: 2, fetched: 1, stored: 1 })
    expect(await taskOf(hub, card(3))).toMatchObject({ title: 'Another name' })
  })

  it('finds new cards, deleted ones and new lists', async () => {
    const made = await trello.call('POST', '/cards', { body: { idList: list(0), name: 'New' } })
    const id = String((made.json as { id: string }).id)
    await trello.call('DELETE', `/cards/${card(11)}`)
    await trello.call('POST', '/lists', { body: { idBoard: board, name: 'Blocked', pos: 'bottom' } })
    await trello.clock({ advanceMs: 5_000 })
    await look(board)
    expect(await taskOf(hub, id)).toMatchObject({
      title: 'New',
      category: 'todo',
      open: true,
      entered_known: 'reported'
    })
    expect(await taskOf(hub, card(11))).toMatchObject({ presence: 'deleted', open: false })
    expect((await columnsOf(hub, board)).at(-1)).toMatchObject({ name: 'Blocked', category: 'blocked' })
    expect((await tasksOf(hub)).filter(({ id }) => id !== `trello:${card(11)}`)).toEqual((await fresh()).tasks)
  })

  it('takes a new name of a custom field or a label from every card, though no card was touched', async () => {
    const field = { id: madeId('member', 9, 1), name: 'Points', type: 'number' }
    const label = { id: madeId('member', 9, 2), name: 'Bug', color: 'red', idBoard: board }
    const source = makeBoard({ cards: 3, facts: { customFields: [field], labels: [label] } })
    await trello.load(source)
    const item = { id: madeId('member', 9, 3), idCustomField: field.id, value: { number: '3' } }
    await trello.plant(card(1), { labels: [label], customFieldItems: [item] })
    await look(board, { sweep: true })
    expect(await taskOf(hub, card(1))).toMatchObject({ fields: { [field.id]: { name: 'Points', value: 3 } } })

    const state = await trello.dump(board)
    const date = await trello.clock({ advanceMs: 60_000 })
    const told = (index: number, type: string) => ({
      ...(state.actions[0] as object),
      id: madeId('action', 9, index, Date.parse(date)),
      type,
      date,
      data: { board: { id: board } }
    })
    await trello.load({
      ...(state as unknown as ReturnType<typeof makeBoard>),
      customFields: [{ ...field, name: 'Story points' }],
      actions: [told(1, 'updateCustomField'), told(2, 'updateLabel'), ...state.actions] as never
    })
    await trello.plant(card(1), { labels: [{ ...label, name: 'Defect' }] })
    await look(board)
    expect(await taskOf(hub, card(1))).toMatchObject({
      fields: { [field.id]: { name: 'Story points', value: 3 } },
      labels: [{ name: 'Defect' }]
    })
  })

  it('takes cards in that a list brought along from another board', async () => {
    const other = makeBoard({ number: 2, cards: 4, lists: ['Doing', 'Done'] })
    await trello.load(other)
    await put(`/lists/${list(0, 2)}`, { idBoard: board })
    await trello.clock({ advanceMs: 5_000 })
    await look(board)
    expect(await tasksOf(hub, board)).toHaveLength(44)
    expect(await taskOf(hub, madeId('card', 2, 0, CREATED))).toMatchObject({
      project_id: `trello:${board}`,
      column_id: `trello:${list(0, 2)}`,
      category: 'doing',
      open: true
    })
  })

  it('sees an edit that was made on a card after it was read and before the run ended', async () => {
    await trello.load(makeBoard({ cards: 1500, lists: ['To do', 'Doing', 'Done'] }))
    await look(board, { sweep: true })
    await trello.forgetRequests()
    await trello.fault({ path: 'cards/all.*before=', times: 1, effect: { latencyMs: 1500 } })
    const run = look(board, { sweep: true })
    // The newest thousand cards are in; the others are being waited for.
    for (let asked = 0; asked < 2; ) {
      const { byTemplate } = await trello.requests(0)
      asked = Object.entries(byTemplate).reduce((sum, [path, n]) => (path.includes('/cards') ? sum + n : sum), 0)
      await new Promise((done) => setTimeout(done, 10))
    }
    await put(`/cards/${card(1498)}`, { name: 'Edited while it was read' })
    await run
    expect(await taskOf(hub, card(1498))).toMatchObject({ title: 'Card 1499' })
    await look(board)
    expect(await taskOf(hub, card(1498))).toMatchObject({ title: 'Edited while it was read' })
  })

  it('that failed after it had stored a part leaves nothing unsettled for the next one', async () => {
    await trello.load(makeBoard({ cards: 1500, lists: ['To do', 'Doing', 'Done'] }))
    await look(board, { sweep: true })
    for (const index of [1498, 1, 2]) await put(`/cards/${card(index)}`, { idList: list(2) })
    await trello.clock({ advanceMs: 5_000 })
    // Two pages of cards; the second one, from the older two down, fails: the first is stored.
    const second = (Number.parseInt(card(2).slice(0, 8), 16) + 1).toString(16)
    await trello.fault({ path: `cards/all.*before=${second}`, effect: { status: 500 } })
    await expect(look(board)).rejects.toMatchObject({ kind: 'provider_down', status: 500 })
    expect(await taskOf(hub, card(1498))).toMatchObject({ column_id: `trello:${list(2)}`, category: 'done' })
    await trello.clearFaults()
    await look(board)
    for (const index of [1498, 1, 2]) {
      expect(await taskOf(hub, card(index))).toMatchObject({ category: 'done', open: false, entered_known: 'reported' })
    }
  })
})

describe('Asking which boards moved', () => {
  it('costs one request for all of them, ticks the quiet ones off, and names the active ones', async () => {
    const others = [2, 3].map((number) => makeBoard({ number, cards: 2 }))
    for (const other of others) await trello.load(other)
    at = await connected(hub, trello)
    const boards = [board, ...others.map(({ id }) => id)]
    for (const id of boards) await at.look(id)
    await trello.clock({ advanceMs: 120_000 })
    await put(`/cards/${card(1)}`, { name: 'Moved on' })
    await trello.forgetRequests()
    expect(await moved(hub, boards.map(at.scope))).toEqual([at.scope(board)])
    expect((await trello.requests(0)).byTemplate).toEqual({ 'GET /members/{id}/boards': 1 })
    await at.look(board)
    await trello.clock({ advanceMs: 120_000 })
    await at.look(board)
    expect(await moved(hub, boards.map(at.scope))).toEqual([])
  })
})

describe('Columns', () => {
  it('keep a confirmed category over a new name, and judge a suggested one anew', async () => {
    expect((await columnsOf(hub, board)).map(({ category }) => category)).toEqual(['todo', 'doing', 'unmapped', 'done'])
    await hub.db.run(sql`update columns set category = 'blocked', category_source = 'confirmed'
      where id = ${`trello:${list(1)}`}`)
    await put(`/lists/${list(1)}`, { name: 'Finished' })
    await put(`/lists/${list(0)}`, { name: 'Done last week' })
    await put(`/lists/${list(2)}`, { name: 'In progress' })
    await trello.clock({ advanceMs: 5_000 })
    expect(await look(board)).toMatchObject({ requests: 2 })
    expect(await columnsOf(hub, board)).toMatchObject([
      { name: 'Done last week', category: 'done', category_source: 'suggested' },
      { name: 'Finished', category: 'blocked', category_source: 'confirmed' },
      { name: 'In progress', category: 'doing', category_source: 'suggested' },
      { name: 'Done', category: 'done', category_source: 'suggested' }
    ])
    const categories = new Map((await tasksOf(hub)).map((task) => [task.column_id, task.category]))
    expect(categories.get(`trello:${list(2)}`)).toBe('doing')
  })
})

describe('Former states of a task', () => {
  const versions = () =>
    hub.db.rows<{ task_id: string; valid_from: string; valid_to: string; state: Record<string, unknown> }>(
      sql`select task_id, valid_from, valid_to, state from task_versions order by id`
    )

  it('are none after a first sync, and one after a move: what was true until then', async () => {
    expect(await versions()).toEqual([])
    const before = await taskOf(hub, card(20))
    expect(before).toMatchObject({ category: 'doing', column_id: `trello:${list(1)}` })
    await put(`/cards/${card(20)}`, { idList: list(3) })
    const after = (await trello.dump(board)).cards.find(({ id }) => id === card(20))!
    await trello.clock({ advanceMs: 5_000 })
    await look(board)
    const [version, ...others] = await versions()
    expect(others).toEqual([])
    expect(version).toMatchObject({
      task_id: `trello:${card(20)}`,
      valid_from: before.created_at,
      valid_to: after.dateLastActivity,
      state: { column_id: `trello:${list(1)}`, category: 'doing', open: true, entered_known: 'reported' }
    })
    const [open] = await hub.db.rows(sql`select valid_from from tasks where id = ${`trello:${card(20)}`}`)
    expect(open).toEqual({ valid_from: after.dateLastActivity })
  })

  it('are one as well where a sweep saw the move before the history told of it', async () => {
    await put(`/cards/${card(20)}`, { idList: list(3) })
    await look(board, { sweep: true })
    expect(await versions()).toMatchObject([{ state: { column_id: `trello:${list(1)}`, category: 'doing' } }])
    expect((await eventsOf(hub, card(20))).map(({ type, source }) => `${type} ${source}`)).toEqual([
      'created reported',
      'moved reported',
      'moved reported'
    ])
  })

  it('are not written for a new name, which no rule looks at', async () => {
    await put(`/cards/${card(20)}`, { name: 'Another name' })
    await look(board)
    expect(await taskOf(hub, card(20))).toMatchObject({ title: 'Another name' })
    expect(await versions()).toEqual([])
  })
})
