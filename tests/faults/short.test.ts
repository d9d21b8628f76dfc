/** A few rounds of the cheap faults with a fixed seed; `npm run test:faults` plays them all. */
import { beforeAll, expect, test } from 'vitest'
import { faults } from './faults/index.ts'
import { play, type Table } from './table.ts'

const postgres = process.env.DATABASE_URL || null
const redis = process.env.REDIS_URL || null
const playable = faults.filter(
  ({ short = 0, needs }) => short > 0 && (needs === 'nothing' || (postgres !== null && redis !== null))
)

let table: Table
beforeAll(async () => {
  table = await play({
    services: { postgres, redis },
    seed: 'short',
    only: [],
    short: true,
    atOnce: 2,
    progress: () => {}
  })
}, 180_000)

test.each(playable.map(({ id, title, short }) => [id, title, short]))('%s is survived: %s', (id, _title, short) => {
  const line = table.lines.find((one) => one.id === id)
  expect(line?.wrong).toEqual([])
  expect([line?.injected, line?.survived]).toEqual([short, short])
})
