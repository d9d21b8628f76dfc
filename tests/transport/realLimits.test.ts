/** Against a stand-in that counts as Trello does: no refusal by our own doing, however fast the adapter reads. */
import { expect, it } from 'vitest'
import { trello as adapter } from '../../adapters/trello/index.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello } from '../helpers/sandbox.ts'
import { pulled } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const READERS = 10
/** The board, four pages of cards, eight of history and the one that says that was all. */
const PAGES = 1 + 4 + 8 + 1

it('Ten readers of a board of 3,500 cards and 8,000 actions take what the budget gives and are never refused', async () => {
  await using trello = await startTrello({ limits: 'real' })
  await trello.load(makeBoard({ cards: 3500, moves: 4500 }))
  const credentials = { key: trello.key, token: trello.token }
  const baseUrl = `${trello.url}/1`
  const host = createHost({
    adapter,
    credentials: { current: () => credentials },
    baseUrl,
    instance: 'test',
    meters: new Meters(),
    urgency: 2
  })
  const session = adapter.open(credentials, host)
  const began = performance.now()
  const read = await Promise.all(Array.from({ length: READERS }, () => pulled(session, board)))
  const took = performance.now() - began

  for (const pages of read) {
    expect(pages).toHaveLength(PAGES)
    expect(new Set(pages.flatMap((page) => page.seen)).size).toBe(3500)
    expect(new Set(pages.flatMap((page) => page.events.map((event) => event.externalId))).size).toBe(8000)
  }
  expect((await trello.requests(0)).byStatus).toEqual({ 200: READERS * PAGES })
  // 140 requests at 100 in ten seconds: more than one period, less than three.
  expect(took).toBeGreaterThan(10_000)
  expect(took).toBeLessThan(30_000)
})
