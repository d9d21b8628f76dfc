/** Cards nobody foresaw: set aside when they cannot be read, stored whole when they can. */
import { zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { rawOf } from '../../src/sync/pageRaw.ts'
import { MAX_DESCRIPTION } from '../../src/sync/pageTasks.ts'
import { retrySetAside } from '../../src/sync/refetch.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Connected, connected, taskOf, tasksOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)

let trello: TrelloSandbox
let hub: Hub
let look: Connected['look']
beforeAll(async () => {
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
  hub = await testHub()
})
afterAll(async () => {
  await hub.close()
  await trello.stop()
})

async function begin(cards: number | Row[]): Promise<void> {
  await trello.clearFaults()
  await trello.load(makeBoard({ cards: cards as number }))
  await hub.db.run(sql`truncate connections, projects, columns, tasks, task_versions, task_raw, task_events, comments,
    quarantine, scopes, sync_runs, sync_pages cascade`)
  ;({ look } = await connected(hub, trello, [board]))
}

const quarantined = () => hub.db.rows(sql`select task_id, project_id, title, path, reason, body from quarantine`)

describe('One poisoned card among 500', () => {
  beforeEach(async () => {
    await begin(500)
    await trello.plant(card(123), { due: 42 })
  })

  it('is set aside with its path, and the other 499 are stored', async () => {
    expect(await look(board)).toMatchObject({ fetched: 500, stored: 499, unchanged: 0, quarantined: 1 })
    expect(await tasksOf(hub)).toHaveLength(499)
    const [aside, ...others] = await quarantined()
    expect(others).toEqual([])
    expect(aside).toMatchObject({
      task_id: `trello:${card(123)}`,
      project_id: `trello:${board}`,
      title: 'Card 124',
      path: 'due',
      reason: 'Invalid input: expected string, received number'
    })
    expect(JSON.parse(zstdDecompressSync(aside!.body as Uint8Array).toString())).toMatchObject({ due: 42 })
  })

  it('comes in when it is mended, and its place is empty again', async () => {
    await look(board)
    await trello.clock({ advanceMs: 3_600_000 })
    await trello.plant(card(123), { due: '2026-12-01T12:00:00.000Z' })
    await trello.call('PUT', `/cards/${card(123)}`, { body: { name: 'Mended' } })
    expect(await look(board)).toMatchObject({ mode: 'incremental', fetched: 1, stored: 1, quarantined: 0 })
    expect(await taskOf(hub, card(123))).toMatchObject({ title: 'Mended', due_at: '2026-12-01T12:00:00.000Z' })
    expect(await quarantined()).toEqual([])
  })

  it('is read again at once when somebody says so', async () => {
    await look(board)
    expect(await retrySetAside(hub, null)).toEqual({ read: 0, setAside: 1, projects: [`trello:${board}`] })
    expect(await quarantined()).toMatchObject([{ path: 'due' }])
    await trello.plant(card(123), { due: null })
    expect(await retrySetAside(hub, 'trello:elsewhere')).toEqual({ read: 0, setAside: 0, projects: [] })
    expect(await retrySetAside(hub, `trello:${board}`)).toEqual({ read: 1, setAside: 0, projects: [`trello:${board}`] })
    expect(await quarantined()).toEqual([])
    expect(await tasksOf(hub)).toHaveLength(500)
  })

  it('keeps what was known of it when it was poisoned later', async () => {
    await trello.plant(card(123), { due: null })
    await look(board)
    await trello.plant(card(123), { due: 42, name: 'Poisoned' })
    expect(await look(board, { sweep: true })).toMatchObject({ fetched: 500, quarantined: 1 })
    expect(await taskOf(hub, card(123))).toMatchObject({ title: 'Card 124', presence: 'present', open: true })
    expect(await quarantined()).toHaveLength(1)
  })

  it('leaves its place when it is deleted, and when a sweep does not find it any more', async () => {
    await trello.plant(card(7), { idMembers: ['nobody'] })
    await look(board)
    expect((await quarantined()).map(({ path }) => path).sort()).toEqual(['due', 'idMembers.0'])
    await trello.call('DELETE', `/cards/${card(123)}`)
    await look(board)
    expect((await quarantined()).map(({ path }) => path)).toEqual(['idMembers.0'])
    const source = makeBoard({ cards: 500 })
    await trello.load({ ...source, cards: source.cards!.filter(({ id }) => id !== card(7)) })
    await look(board, { sweep: true })
    expect(await quarantined()).toEqual([])
  })
})

describe('A moment that no calendar has', () => {
  it.each([
    ['+020260-01-01T00:00:00.000Z', 'a mistyped year'],
    ['-000044-03-15T00:00:00.000Z', 'a year before the first'],
    ['soon', 'no date']
  ])('%s (%s) sets its card aside and harms no other', async (due) => {
    await begin(3)
    await trello.plant(card(1), { due })
    expect(await look(board)).toMatchObject({ fetched: 3, stored: 2, quarantined: 1 })
    expect(await quarantined()).toMatchObject([{ path: 'due', reason: 'should be a date' }])
  })

  it('is taken up to the year 9999', async () => {
    await begin(1)
    await trello.plant(card(0), { due: '9999-12-31T23:59:59.999Z', start: '0001-01-01T00:00:00.000Z' })
    await look(board)
    expect(await taskOf(hub, card(0))).toMatchObject({
      due_at: '9999-12-31T23:59:59.999Z',
      start_at: '0001-01-01T00:00:00.000Z'
    })
  })
})

describe('Texts', () => {
  it.each([
    ['right-to-left and bidi overrides', 'שלום \u202eabc\u202c مرحبا'],
    ['emoji of several code points', '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 e\u0301'],
    ['Chinese, Japanese, Korean', '看板 カンバン 칸반 𠮷野家'],
    ['markup and quotes', `<script>alert("x")</script> **b** {{t}} ' \\ \\u0000 $1 %s`],
    ['a backslash before a NUL that is none', '\\\\u0000 \\u0000']
  ])('with %s come back exactly as they were', async (_name, text) => {
    await begin([{ name: text, desc: text }])
    await trello.call('POST', `/cards/${card(0)}/actions/comments`, { body: { text } })
    await look(board)
    expect(await taskOf(hub, card(0))).toMatchObject({ title: text, description: text, description_cut: false })
    expect(await hub.db.rows(sql`select text from comments`)).toEqual([{ text }])
  })

  it('with NUL and lone surrogates are stored with U+FFFD in their place, the rest intact', async () => {
    await begin([{ name: 'a\u0000b\ud800c\udc00d\\\u0000', desc: '\u0000\u0000' }, { name: 'next' }])
    await look(board)
    expect(await taskOf(hub, card(0))).toMatchObject({
      title: 'a\ufffdb\ufffdc\ufffdd\\\ufffd',
      description: '\ufffd\ufffd'
    })
    expect(await look(board, { sweep: true })).toMatchObject({ stored: 0, unchanged: 2 })
  })

  it('of ten million characters are cut between two characters and flagged; the raw card stays whole', async () => {
    const desc = `a${'🙂'.repeat(5_000_000)}`
    await begin([{ name: 'Long', desc }])
    await look(board)
    const task = await taskOf(hub, card(0))
    expect(task.description_cut).toBe(true)
    expect(task.description).toBe(desc.slice(0, MAX_DESCRIPTION - 1))
    expect(((await rawOf(hub.db, `trello:${card(0)}`)) as { desc: string }).desc).toBe(desc)
  })
})

describe('JSON that was made to harm', () => {
  /** What Trello would answer for the cards, as text. */
  const answer = async (more: string) => {
    const known = (await trello.get<Row[]>(`/boards/${board}/cards/all`))[0]!
    const body = `[${JSON.stringify(known).slice(0, -1)},${more}}]`
    await trello.fault({ path: 'cards/all', effect: { status: 200, body } })
  }

  it('with a __proto__ key changes no prototype and no fact', async () => {
    await begin([{ name: 'Plain' }])
    await answer('"__proto__":{"polluted":true,"closed":true},"constructor":{"prototype":{"polluted":true}}')
    await look(board)
    expect(({} as Row).polluted).toBeUndefined()
    expect(await taskOf(hub, card(0))).toMatchObject({ title: 'Plain', presence: 'present', open: true })
  })

  it('a thousand levels deep is read', async () => {
    await begin([{ name: 'Deep' }])
    await answer(`"deep":${'['.repeat(1000)}${']'.repeat(1000)}`)
    expect(await look(board)).toMatchObject({ stored: 1, quarantined: 0 })
    expect(await taskOf(hub, card(0))).toMatchObject({ title: 'Deep' })
  })

  it('with ids past 2^53 keeps them to the last digit', async () => {
    await begin([{ name: 'Plain' }])
    await answer('"other":{"id":9007199254740993,"ids":[-12345678901234567890]}')
    await look(board)
    expect(await rawOf(hub.db, `trello:${card(0)}`)).toMatchObject({
      other: { id: '9007199254740993', ids: ['-12345678901234567890'] }
    })
  })

  it('that is no card at all, or has no id, is set aside under its content', async () => {
    await begin([{ name: 'Plain' }])
    await trello.fault({ path: 'cards/all', effect: { status: 200, body: '[null,{"name":"Nameless"},7]' } })
    expect(await look(board)).toMatchObject({ fetched: 2, stored: 0, quarantined: 2 })
    expect((await quarantined()).map(({ path, title }) => [path, title])).toEqual(
      expect.arrayContaining([
        ['', null],
        ['id', 'Nameless']
      ])
    )
  })
})
