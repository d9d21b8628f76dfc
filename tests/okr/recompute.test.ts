import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { type Database, sql } from '../../src/db/database.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { keyResultProgress } from '../../src/okr/progress.ts'
import { ledger as ledgerOf } from '../../src/operations/okr/ledger.ts'
import { testHub } from '../helpers/hub.ts'
import { type Planted, plantKeyResult, plantProject, plantTask } from '../helpers/plant.ts'

let hub: Awaited<ReturnType<typeof testHub>>
let db: Database
beforeAll(async () => {
  hub = await testHub()
  db = hub.db
  await plantProject(db, { id: 'p1', name: 'Portal', columns: { Doing: 'doing', Done: 'done' } })
  await plantProject(db, { id: 'p2', name: 'Website', columns: { Live: 'done' } })
})
afterAll(() => hub.close())

const SEED = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31))
const NOW = '2026-12-20T12:00:00.000Z'

type State = Planted & { completedAt: string | null; points: number | null }

const CARDS = ['a', 'b', 'c']
const state = (id: string): fc.Arbitrary<State> =>
  fc
    .record({
      category: fc.constantFrom('done', 'done', 'done', 'done', 'doing', 'unmapped', 'dropped'),
      presence: fc.constantFrom('present', 'present', 'present', 'archived', 'hidden', 'deleted'),
      board: fc.constantFrom('p1', 'p1', 'p2'),
      labels: fc.subarray(['Accepted', 'Other']),
      points: fc.option(
        fc.oneof(
          fc.integer({ min: -3, max: 40 }),
          fc.integer({ min: 1, max: 999 }).map((n) => n / 100)
        )
      ),
      day: fc.integer({ min: -3, max: 95 })
    })
    .map(({ category, presence, board, labels, points, day }) => ({
      id,
      category,
      presence: presence as 'present',
      project: board,
      column: category === 'done' ? (board === 'p1' ? 'Done' : 'Live') : 'Doing',
      labels,
      points,
      fields: points === null ? {} : { f1: { name: 'Points', type: 'number' as const, value: points } },
      completedAt: category === 'done' ? new Date(Date.UTC(2026, 9, 1 + day, 12)).toISOString() : null
    }))

/** `touched`: only what changed since the last one is looked at again. */
type Act =
  | { kind: 'change'; to: State }
  | { kind: 'gone'; id: string }
  | { kind: 'recompute'; times: number; touched: boolean }
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(...CARDS)
      .chain(state)
      .map((to): Act => ({ kind: 'change', to }))
  },
  { weight: 1, arbitrary: fc.constantFrom(...CARDS).map((id): Act => ({ kind: 'gone', id })) },
  {
    weight: 4,
    arbitrary: fc
      .record({ times: fc.integer({ min: 1, max: 2 }), touched: fc.boolean() })
      .map((how): Act => ({ kind: 'recompute', ...how }))
  }
)

/** What the key results should be, in plain arithmetic of hundredths: no database, no ledger. */
function expected(world: Map<string, State>): { points: number; accepted: number } {
  const counting = [...world.values()].filter(
    ({ category, presence, completedAt }) =>
      category === 'done' &&
      presence !== 'deleted' &&
      completedAt !== null &&
      completedAt >= '2026-10-01T00:00:00.000Z' &&
      completedAt < '2027-01-01T00:00:00.000Z'
  )
  const hundredths = counting.reduce((sum, { points }) => sum + Math.round((points ?? 0) * 100), 0)
  return {
    points: hundredths / 100,
    accepted: counting.filter(({ labels, project }) => labels?.includes('Accepted') && project === 'p1').length
  }
}

test('whatever happens to cards in whatever order, the ledger equals a recompute from scratch', async () => {
  console.info(`tests/okr/recompute: FAST_CHECK_SEED=${SEED}`)
  let reversals = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 40 }), async (acts) => {
      await db.run(sql`delete from objectives`)
      await db.run(sql`delete from tasks`)
      await plantKeyResult(db, { id: 'points', measure: { kind: 'sum', field: 'Points' } })
      await plantKeyResult(db, {
        id: 'accepted',
        start: 100,
        target: 50,
        direction: 'down',
        filter: {
          v: 1,
          where: {
            all: [
              { field: 'labels', is: 'has', value: 'Accepted' },
              { field: 'project', is: 'is', value: 'Portal' }
            ]
          }
        }
      })
      const world = new Map<string, State>()
      const changed = new Set<string>()
      for (const one of [...acts, { kind: 'recompute', times: 1, touched: true } as const]) {
        if (one.kind === 'change') {
          await plantTask(db, one.to)
          world.set(one.to.id, one.to)
          changed.add(`trello:${one.to.id}`)
        } else if (one.kind === 'gone') {
          await db.run(sql`delete from tasks where id = ${`trello:${one.id}`}`)
          world.delete(one.id)
          changed.add(`trello:${one.id}`)
        } else {
          const only = one.touched ? { tasks: [...changed] } : {}
          await Promise.all(Array.from({ length: one.times }, () => recompute(db, { now: NOW, ...only })))
          changed.clear()
          const want = expected(world)
          const progress = new Map((await keyResultProgress(db)).map(({ id, current }) => [id, current]))
          expect(Object.fromEntries(progress)).toEqual({ points: want.points, accepted: 100 - want.accepted })
          for (const [id, sum] of Object.entries(want)) {
            const answer = await ledgerOf.run(
              { hub, jobs: null, who: COMMAND_LINE },
              { id, by: 'done', order: 'oldest', limit: 1000 }
            )
            expect([answer.sum, answer.recomputed]).toEqual([sum, sum])
            // Each card stands at most once: counted and reversed take turns.
            for (const own of Map.groupBy(answer.contributions, ({ task }) => task).values()) {
              const net = own.reduce((n, { kind }) => n + (kind === 'counted' ? 1 : -1), 0)
              expect([0, 1]).toContain(net)
            }
          }
        }
      }
      const [{ n } = { n: 0 }] = await db.rows<{ n: number }>(
        sql`select count(*) as n from contributions where kind = 'reversed'`
      )
      reversals += n
    }),
    { numRuns: 60, seed: SEED }
  )
  // The worlds were not so tame that nothing was ever taken back.
  expect(reversals).toBeGreaterThan(60)
})
