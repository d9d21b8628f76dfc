/**
 * Reading under Trello's real limits, against the stand-in that counts as Trello does (`sandbox/trello`). Nobody waits in
 * earnest: when the hub would, both clocks are moved on. The baseline is what the limits allow at the least: as many
 * requests as were sent, at a hundred in ten seconds.
 */
import { sql } from '../../src/db/database.ts'
import { syncScope } from '../../src/sync/run.ts'
import { Meters } from '../../src/transport/budget.ts'
import { madeId, makeBoard } from '../../tests/helpers/boards.ts'
import { startTrello } from '../../tests/helpers/sandbox.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { connectBench, freshHub, jumpingClock } from '../ground.ts'
import type { Rounds } from '../ratio.ts'

const BOARDS = 200
const CARDS = 100
const ALLOWED = 100 / 10

export const rateLimited: Bench = {
  bars: [
    {
      name: 'rate-limited',
      work: '20,000 cards (200 boards) with Trello’s real limits on a movable clock, no 429',
      reach: 1.05,
      holds: 'most',
      unit: 's'
    }
  ],
  needs: [],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const found: Rounds = { hub: [], baseline: [] }
  const boards = Math.max(1, Math.round(BOARDS * size))
  for (let round = 1; round <= rounds; round++) {
    await using trello = await startTrello({ limits: 'real' })
    for (let number = 1; number <= boards; number++) await trello.load(makeBoard({ number, cards: CARDS }))
    const clock = jumpingClock((ms) => trello.clock({ advanceMs: ms }))
    const hub = { ...(await freshHub('pglite')), meters: new Meters(clock) }
    try {
      await connectBench(hub, trello, { key: trello.key, token: trello.token })
      const { total: before } = await trello.requests(0)
      const began = clock.now()
      for (let number = 1; number <= boards; number++)
        await syncScope(hub, await scopeOf(hub, madeId('board', number, 0)))
      found.hub.push((clock.now() - began) / 1000)
      const { total, byStatus } = await trello.requests(0)
      found.baseline.push((total - before) / ALLOWED)
      const refused = Object.keys(byStatus).filter((status) => status !== '200')
      if (refused.length > 0) throw new Error(`Answers other than 200: ${refused.join(', ')}.`)
      found.note = `${total - before} requests, none refused`
    } finally {
      await hub.close()
    }
    say(`rate-limited round ${round}: ${JSON.stringify(found)}`)
  }
  return { 'rate-limited': found }
}

async function scopeOf(hub: { db: Awaited<ReturnType<typeof freshHub>>['db'] }, board: string): Promise<string> {
  const [scope] = await hub.db.rows<{ id: string }>(sql`select id from scopes where external_id = ${board}`)
  return scope?.id ?? ''
}
