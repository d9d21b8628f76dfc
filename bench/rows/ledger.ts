/** Fifty key results, one a project, over a million tasks – against adding the same tasks up in one statement. */
import { json, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { parse } from '../../src/model/filter/parse.ts'
import { recompute } from '../../src/okr/ledger.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { freshHub } from '../ground.ts'
import { PROJECTS, plantTasks } from '../million.ts'
import { type Rounds, timed } from '../ratio.ts'

const TASKS = 1_000_000
const NOW = '2026-11-16T12:00:00.000Z'

export const ledger: Bench = {
  bars: [
    { name: 'ledger', work: 'recompute of 50 key results over 1,000,000 tasks', reach: 2, holds: 'most', unit: 's' }
  ],
  needs: ['DATABASE_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const hub = await freshHub('postgres')
  const found: Rounds = { hub: [], baseline: [] }
  try {
    await plantTasks(hub, Math.round(TASKS * size))
    await plantKeyResults(hub)
    await recompute(hub.db, { now: NOW })
    await hub.db.run(sql`vacuum analyze contributions`)
    for (let round = 0; round <= rounds; round++) {
      const byHub = async () => {
        const { seconds } = await timed(async () => {
          const appended = await recompute(hub.db, { now: NOW })
          if (appended !== 0) throw new Error(`${appended} rows appended where nothing had changed.`)
        })
        if (round > 0) found.hub.push(seconds)
      }
      const byHand = async () => {
        const { seconds } = await timed(() => addUp(hub))
        if (round > 0) found.baseline.push(seconds)
      }
      // The first round warms the caches for both.
      for (const turn of round % 2 === 0 ? [byHub, byHand] : [byHand, byHub]) await turn()
      if (round > 0) say(`ledger round ${round}: ${JSON.stringify(found)}`)
    }
    return { ledger: found }
  } finally {
    await hub.close()
  }
}

/** Every other one counts cards, the rest add up estimates. */
async function plantKeyResults(hub: Hub): Promise<void> {
  await hub.db.run(sql`
    insert into objectives (id, title, starts_on, ends_on) values ('o', 'Everything', '2024-11-01', '2026-12-31')`)
  const rows = Array.from({ length: PROJECTS }, (_, index) => {
    const parsed = parse(`project = "Project ${index + 1}"`)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const measure = index % 2 === 0 ? { kind: 'count' } : { kind: 'sum', field: 'estimate' }
    return { id: `k${index}`, filter: parsed.filter, measure }
  })
  await hub.db.run(sql`
    insert into key_results (id, objective_id, title, unit, direction, start, target, starts_on, ends_on, zone, filter, measure)
    select id, 'o', id, 'cards', 'up', 0, 1000, '2024-11-01', '2026-12-31', 'UTC', filter, measure
    from jsonb_to_recordset(${json(rows)}) as x(id text, filter jsonb, measure jsonb)`)
}

const addUp = (hub: Hub): Promise<unknown[]> =>
  hub.db.rows(sql`
    select project_id, count(*), sum(estimate_value::numeric) from tasks
    where category = 'done' and completed_at >= '2024-11-01' and completed_at < '2027-01-01' and presence <> 'deleted'
    group by project_id`)
