import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { local } from '../../src/cli/reach.ts'
import { ledger } from '../../src/operations/okr/ledger.ts'
import { addKeyResult, addObjective } from '../../src/operations/okr/objectives.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { type Line, startLine } from '../helpers/line.ts'

const POINTS = 'aaaaaaaaaaaaaaaaaaaaaaaa'
const [TODO, DONE] = [madeId('list', 1, 0), madeId('list', 1, 2)]
const today = new Date().toISOString().slice(0, 10)

/** Trello gives numbers as strings. */
const points = (number: string): Row => ({
  customFieldItems: [{ id: 'b'.repeat(24), idCustomField: POINTS, value: { number } }]
})

const board = () =>
  makeBoard({
    name: 'Portal',
    from: new Date(Date.now() - 3_600_000).toISOString(),
    cards: [
      { name: 'Three', list: 2, ...points('3') },
      { name: 'Half', list: 2, ...points('0.5') },
      { name: 'No number', list: 2 },
      { name: 'Not done', list: 0, ...points('8') }
    ],
    facts: {
      customFields: [
        { id: POINTS, idModel: madeId('board', 1, 0), modelType: 'board', name: 'Points', type: 'number', pos: 1 }
      ]
    }
  })

let line: Line
let cards: string[]
beforeEach(async () => {
  const made = board()
  cards = (made.cards as { id: string }[]).map(({ id }) => id)
  line = await startLine([made, makeBoard({ number: 2, name: 'Elsewhere' })])
  await line.sync()
  const reach = local(line.hub)
  await reach.call(addObjective, { title: 'Objective', from: today.slice(0, 8).concat('01'), to: '2099-12-31' })
})
afterEach(() => line[Symbol.asyncDispose]())

test('points of real cards count when a card is done, and are taken back with the reason when that changes', async () => {
  const reach = local(line.hub)
  const { id, current, contributions } = await reach.call(addKeyResult, {
    objective: 'objective',
    title: 'Points',
    target: 20,
    sum: 'points',
    filter: 'project = "Portal"'
  })
  expect({ current, contributions }).toEqual({ current: 3.5, contributions: 2 })
  const [three, half, , open] = cards as [string, string, string, string]
  await line.trello.call('PUT', `/cards/${open}`, { body: { idList: DONE } })
  await line.trello.call('PUT', `/cards/${three}`, { body: { idList: TODO } })
  await line.trello.call('DELETE', `/cards/${half}`)
  await line.sync()
  const { contributions: rows, sum, recomputed } = await reach.call(ledger, { id })
  const told = rows.sort((a, b) => (a.recordedAt + a.kind < b.recordedAt + b.kind ? -1 : 1))
  expect(told.map(({ title, amount, reason }) => [title, amount, reason])).toEqual([
    ['Three', 3, null],
    ['Half', 0.5, null],
    ['Not done', 8, null],
    ['Three', -3, 'reopened'],
    ['Half', -0.5, 'deleted']
  ])
  expect([sum, recomputed]).toEqual([8, 8])
})

test('a card that moves to another board leaves the key result, and one marked complete counts where it stands', async () => {
  const reach = local(line.hub)
  const { id } = await reach.call(addKeyResult, {
    objective: 'Objective',
    title: 'Cards',
    target: 20,
    filter: 'project = "Portal"'
  })
  await line.trello.call('PUT', `/cards/${cards[0]}`, {
    body: { idBoard: madeId('board', 2, 0), idList: madeId('list', 2, 2) }
  })
  await line.trello.call('PUT', `/cards/${cards[3]}`, { body: { dueComplete: true } })
  await line.sync()
  const { contributions: rows, sum, recomputed } = await reach.call(ledger, { id })
  expect(rows.filter(({ kind }) => kind === 'reversed').map(({ title, reason }) => [title, reason])).toEqual([
    ['Three', 'no longer matches']
  ])
  expect(
    rows
      .filter(({ kind }) => kind === 'counted')
      .map(({ title }) => title)
      .sort()
  ).toEqual(['Half', 'No number', 'Not done', 'Three'])
  expect([sum, recomputed]).toEqual([3, 3])
})
