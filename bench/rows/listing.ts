/**
 * Filtering and sorting a million tasks. The hub is the real route over HTTP: the filter read and compiled, a window of the tasks with names, labels, open
 * findings and ages, the total, JSON. The hand-written statements choose, sort and count the same tasks, and tell no more of them than stands in their rows.
 */
import postgres from 'postgres'
import { openAccess } from '../../src/access/open.ts'
import { COMMAND_LINE } from '../../src/access/who.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { tasks } from '../../src/operations/tasks/tasks.ts'
import { buildServer } from '../../src/server/app.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { freshHub } from '../ground.ts'
import { plantTasks } from '../million.ts'
import { type Rounds, timed } from '../ratio.ts'

const TASKS = 1_000_000
const LIMIT = 200

export const listing: Bench = {
  bars: [
    {
      name: 'tasks-listing',
      work: 'filtering, sorting, counting 1,000,000 tasks',
      reach: 1.5,
      holds: 'most',
      unit: 's'
    }
  ],
  needs: ['DATABASE_URL'],
  measure
}

/** A filter and a sort, and the same by hand. Far windows too: a table is jumped through. */
const ASKED = [
  {
    query: { filter: 'category in (todo, doing, blocked) and due is empty', sort: 'age', offset: 0 },
    where: `category in ('todo', 'doing', 'blocked') and due_at is null`,
    order: `case when open then entered_column_at end nulls last, id`
  },
  {
    query: { filter: 'assignees is empty and created after 2025-06-01', sort: 'updated', offset: 0 },
    where: `cardinality(assignees) = 0 and created_at >= '2025-06-02'`,
    order: `updated_at desc nulls last, id`
  },
  {
    query: { filter: 'title contains "99" and category = done', sort: 'title', offset: 4000 },
    where: `strpos(lower(title), '99') > 0 and category = 'done'`,
    order: `lower(title) nulls last, id`
  },
  {
    query: { filter: '', sort: 'due', offset: 90_000 },
    where: 'true',
    order: `due_at nulls last, id`
  }
] as const

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const found: Rounds = { hub: [], baseline: [] }
  const hub = await freshHub('postgres')
  const client = postgres(hub.url ?? '', { max: 2, onnotice: () => {}, connection: { jit: 'off' } })
  // Who asks is settled before the clock runs: the row is about the list.
  const { auth } = await openAccess(hub, null)
  const access = { auth, doorkeeper: { whoIs: async () => COMMAND_LINE } }
  const app = await buildServer({ hub, jobs: null, operations: [tasks as unknown as Operation], access })
  try {
    await plantTasks(hub, Math.round(TASKS * size))
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const byHub = async () => {
      const totals: number[] = []
      for (const { query } of ASKED) {
        const asked = new URLSearchParams(
          Object.entries({ ...query, limit: LIMIT }).map(([name, value]) => [name, `${value}`])
        )
        const answer = await fetch(`${address}/api/tasks?${asked}`)
        const { total, tasks: rows } = (await answer.json()) as { total: number; tasks: { id: string }[] }
        totals.push(total, rows.length)
      }
      return totals
    }
    const byHand = async () => {
      const totals: number[] = []
      for (const { where, order, query } of ASKED) {
        const [rows, [counted]] = await Promise.all([
          client.unsafe(
            `select id, title, url, category, due_at, updated_at from tasks where ${where} order by ${order} limit ${LIMIT} offset ${query.offset}`
          ),
          client.unsafe(`select count(*)::int as n from tasks where ${where}`)
        ])
        totals.push(counted?.n as number, rows.length)
      }
      return totals
    }
    for (let round = 0; round <= rounds; round++) {
      const turns = [
        { list: found.hub, work: byHub },
        { list: found.baseline, work: byHand }
      ]
      const told: string[] = []
      for (const { list, work } of round % 2 === 0 ? turns : turns.toReversed()) {
        const { seconds } = await timed(async () => told.push(JSON.stringify(await work())))
        // The first round warms the caches for both.
        if (round > 0) list.push(seconds)
      }
      if (told[0] !== told[1]) throw new Error(`The hub and the statements differ: ${told.join(' and ')}.`)
      if (round > 0) say(`tasks-listing round ${round}: ${JSON.stringify(found)}`)
    }
    return { 'tasks-listing': found }
  } finally {
    await app.close()
    await client.end()
    await hub.close()
  }
}
