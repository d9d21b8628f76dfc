/** A card that is not there any more: why, and what is never concluded from too little. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { judge } from '../../src/rules/engine.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Connected, connected, hurry, taskOf, tasksOf } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)
const list = (of: number, index: number) => madeId('list', of, index)

let trello: TrelloSandbox
let hub: Hub
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

async function begin(cards: Parameters<typeof makeBoard>[0]): Promise<void> {
  await trello.clearFaults()
  for (const number of [1, 2, 3]) await trello.drop(madeId('board', number, 0)).catch(() => {})
  await trello.load(makeBoard({ lists: ['To do', 'Doing'], ...cards }))
  await trello.load(makeBoard({ number: 2, cards: 1 }))
  await trello.load(makeBoard({ number: 3, cards: 1 }))
  await hub.db.run(sql`truncate connections, projects, columns, identities, tasks, task_versions, task_raw, task_events,
    comments, quarantine, scopes, sync_runs, sync_pages, findings cascade`)
  at = await connected(hub, trello, [board])
  await at.look(board)
  await judge(hub.db, { now: '2026-11-16T09:00:00.000Z' })
  await trello.clock({ advanceMs: 3_600_000 })
}

const presences = async () =>
  Object.fromEntries(
    Object.entries(Object.groupBy(await tasksOf(hub), ({ presence }) => String(presence))).map(([key, of]) => [
      key,
      of!.length
    ])
  )

/** Why the finding `no-assignee` of a card was closed; `open` while it is not. */
async function reasonOf(id: string): Promise<string> {
  const [finding] = await hub.db.rows<{ reason: string | null }>(
    sql`select reason from findings where task_id = ${`trello:${id}`} and rule = 'no-assignee' order by id desc limit 1`
  )
  return finding ? (finding.reason ?? 'open') : 'none'
}

const put = async (path: string, body: Record<string, unknown>) =>
  expect((await trello.call('PUT', path, { body })).status).toBe(200)

describe.each([
  ['a sweep', { sweep: true }],
  ['an incremental pull', { sweep: false }]
])('After %s', (_name, how) => {
  it('deleted, moved away, archived and in an archived list are four states, each with its reason', async () => {
    await begin({ cards: [{}, {}, {}, {}, { list: 1 }, {}] })
    await trello.account({ token: 'person', member: { id: madeId('member', 3, 9), fullName: 'Someone' }, joins: true })
    const person = async (path: string, body: Record<string, unknown>) =>
      expect((await trello.call('PUT', path, { body, token: 'person' })).status).toBe(200)
    await trello.call('DELETE', `/cards/${card(0)}`)
    await person(`/cards/${card(1)}`, { idBoard: madeId('board', 2, 0), idList: list(2, 0) })
    await person(`/cards/${card(2)}`, { idBoard: madeId('board', 3, 0), idList: list(3, 0) })
    await trello.access(madeId('board', 3, 0), false)
    await put(`/cards/${card(3)}`, { closed: true })
    await put(`/lists/${list(1, 1)}`, { closed: true })
    await trello.clock({ advanceMs: 5_000 })
    await at.look(board, how)
    await judge(hub.db, { now: '2026-11-16T11:00:00.000Z' })

    const states = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (index) => {
        const { presence, open } = await taskOf(hub, card(index))
        return [presence, open, await reasonOf(card(index))]
      })
    )
    expect(states).toEqual([
      ['deleted', false, 'gone'],
      ['hidden', false, 'hidden'],
      ['hidden', false, 'hidden'],
      ['archived', false, 'out_of_scope'],
      ['present', false, 'out_of_scope'],
      ['present', true, 'open']
    ])

    await trello.access(madeId('board', 3, 0), true)
    await person(`/cards/${card(2)}`, { idBoard: board, idList: list(1, 0) })
    await put(`/cards/${card(3)}`, { closed: false })
    await put(`/lists/${list(1, 1)}`, { closed: false })
    await trello.clock({ advanceMs: 5_000 })
    await at.look(board, how)
    await judge(hub.db, { now: '2026-11-16T12:00:00.000Z' })
    for (const index of [2, 3, 4]) {
      expect(await taskOf(hub, card(index))).toMatchObject({ presence: 'present', open: true })
      expect(await reasonOf(card(index))).toBe('open')
    }
  })

  it('a card that became a template is no task any more', async () => {
    await begin({ cards: 3 })
    await trello.plant(card(1), { isTemplate: true })
    await put(`/cards/${card(1)}`, { name: 'How we write cards' })
    await trello.clock({ advanceMs: 5_000 })
    await at.look(board, how)
    expect(await presences()).toEqual({ present: 2, hidden: 1 })
  })
})

describe('A sweep', () => {
  /** The board without its first cards, and without a word of why. */
  const shorten = (cards: number, by: number) => {
    const source = makeBoard({ cards, lists: ['To do', 'Doing'] })
    return trello.load({ ...source, cards: source.cards!.slice(by) })
  }

  it('asks for each card it misses, and hides what cannot be found: nothing proves that it is gone', async () => {
    await begin({ cards: 25 })
    await shorten(25, 12)
    expect(await at.look(board, { sweep: true })).toMatchObject({ fetched: 13, requests: 3 + 2 })
    expect(await presences()).toEqual({ present: 13, hidden: 12 })
  })

  it('that breaks off in its second page concludes nothing', async () => {
    await begin({ cards: 1010 })
    await shorten(1010, 5)
    await trello.fault({ path: 'cards/all.*before=', effect: { status: 500 } })
    await expect(at.look(board, { sweep: true })).rejects.toMatchObject({ kind: 'provider_down', status: 500 })
    expect(await presences()).toEqual({ present: 1010 })
    await trello.clearFaults()
    await at.look(board, { sweep: true })
    expect(await presences()).toEqual({ present: 1005, hidden: 5 })
  })

  it.each([
    ['an HTML page', '<!doctype html><title>Log in to Trello</title>', 'html'],
    ['an empty answer', '', 'empty'],
    ['half an answer', '[{"id":"5f', 'not_json'],
    ['another shape', '{"cards":[]}', 'unexpected_shape']
  ])('that is given %s with status 200 concludes nothing', async (_name, body, code) => {
    await begin({ cards: 5 })
    await trello.fault({ path: 'cards/all', effect: { status: 200, body } })
    await expect(at.look(board, { sweep: true })).rejects.toMatchObject({ kind: 'bad_response', code })
    expect(await presences()).toEqual({ present: 5 })
  })

  it('that is given an empty list asks for the cards before it believes it', async () => {
    await begin({ cards: 25 })
    await trello.fault({ path: 'cards/all', effect: { status: 200, body: '[]' } })
    await at.look(board, { sweep: true })
    expect(await presences()).toEqual({ present: 25 })
  })

  it('of a board that is really empty, with the deletions told, deletes', async () => {
    await begin({ cards: 5 })
    for (let index = 0; index < 5; index++) await trello.call('DELETE', `/cards/${card(index)}`)
    await at.look(board, { sweep: true })
    expect(await presences()).toEqual({ deleted: 5 })
  })
})

describe('A board that cannot be seen any more', () => {
  beforeEach(() => begin({ cards: 4 }))

  it('hides its tasks at the second look, deletes none, and gives them back with the access', async () => {
    await trello.access(board, false)
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await presences()).toEqual({ present: 4 })
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await presences()).toEqual({ hidden: 4 })
    await judge(hub.db, { now: '2026-11-16T11:00:00.000Z' })
    expect(await reasonOf(card(0))).toBe('hidden')

    await trello.access(board, true)
    expect(await at.look(board)).toMatchObject({ mode: 'sweep', stored: 4 })
    expect((await tasksOf(hub)).map(({ presence, open }) => [presence, open])).toEqual(Array(4).fill(['present', true]))
    expect(await at.look(board)).toMatchObject({ mode: 'incremental' })
  })

  it('is not forgotten for one slip', async () => {
    await trello.fault({ path: `/boards/${board}`, times: 1, effect: { status: 404 } })
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'not_found' })
    await at.look(board)
    await trello.fault({ path: `/boards/${board}`, times: 1, effect: { status: 404 } })
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await presences()).toEqual({ present: 4 })
  })

  it('is told apart from a revoked token, though both are answered with 401', async () => {
    const refuse = { status: 401, body: 'unauthorized permission requested' }
    await trello.fault({ path: `/boards/${board}`, effect: refuse })
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'forbidden', status: 401, code: 'no_access' })
    const states = () => hub.db.rows(sql`select state, state_reason from connections`)
    expect(await states()).toEqual([{ state: 'active', state_reason: null }])

    await trello.clearFaults()
    await trello.account({ token: trello.token, revoked: true })
    await trello.forgetRequests()
    await expect(at.look(board)).rejects.toMatchObject({ kind: 'auth_revoked', status: 401 })
    expect((await trello.requests(0)).total).toBe(2)
    expect(await states()).toEqual([{ state: 'parked', state_reason: 'auth_revoked' }])
    await expect(at.look(board)).rejects.toMatchObject({ name: 'ConnectionParked' })
    expect((await trello.requests(0)).total).toBe(2)

    await trello.account({ token: trello.token, revoked: false })
    at = await connected(hub, trello, [board])
    expect(await at.look(board)).toMatchObject({ mode: 'incremental' })
  })
})
