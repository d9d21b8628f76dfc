/** Reading boards: for the first time, again, and after a change. One round does all of it, bare path and hub in turn. */
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { moved } from '../../src/sync/look.ts'
import { type SyncOutcome, syncScope } from '../../src/sync/run.ts'
import { type Bare, bareOnPglite, bareOnPostgres } from '../bare.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import {
  type BenchHub,
  checkpoint,
  connectBench,
  type Engine,
  freshHub,
  type StandIn,
  startStandIn
} from '../ground.ts'
import { type Rounds, timed } from '../ratio.ts'

const BOARDS = 10
const CARDS = 10_000
const TOUCHED = 1000

export const sync: Bench = {
  bars: [
    {
      name: 'sync-first',
      work: '100,000 Trello cards (10 boards) into empty PostgreSQL',
      reach: 1.5,
      holds: 'most',
      unit: 's'
    },
    { name: 'sync-cpu', work: 'CPU of our process in sync-first', reach: 2, holds: 'most', unit: 's CPU' },
    {
      name: 'sync-rescan',
      work: 'the same cards again, unchanged, forced full',
      reach: 1.3,
      holds: 'most',
      unit: 's'
    },
    {
      name: 'sync-incremental',
      work: '1,000 cards touched of 100,000, one pull',
      reach: 0.05,
      holds: 'most',
      unit: 's'
    }
  ],
  needs: ['DATABASE_URL'],
  measure: (conditions) => measure('postgres', conditions)
}

export const embedded: Bench = {
  bars: [{ name: 'sync-first-embedded', work: 'the same into PGlite', reach: 1.5, holds: 'most', unit: 's' }],
  needs: [],
  async measure(conditions) {
    const { 'sync-first': first } = await measure('pglite', { ...conditions, wanted: new Set(['sync-first']) })
    return { 'sync-first-embedded': first! }
  }
}

async function measure(engine: Engine, { size, rounds, wanted }: Conditions): Promise<Record<string, Rounds>> {
  const cards = Math.max(TOUCHED / 10, Math.round(CARDS * size))
  const standIn = await startStandIn(BOARDS, cards)
  const found: Record<string, Required<Rounds>> = {}
  const note = (name: string, who: 'hub' | 'baseline', value: number) => {
    found[name] ??= { hub: [], baseline: [], note: '' }
    found[name][who].push(value)
  }
  const again = wanted.has('sync-rescan') || wanted.has('sync-incremental')
  const asked = await standIn.cpu()
  const began = performance.now()
  try {
    for (let round = 1; round <= rounds; round++) {
      await standIn.reset()
      const turns = [() => bareTurn(engine, standIn, again, note), () => hubTurn(engine, standIn, cards, again, note)]
      for (const turn of round % 2 === 1 ? turns : turns.reverse()) await turn()
      say(`${engine} round ${round}: ${JSON.stringify(found)}`)
    }
    const busy = ((await standIn.cpu()) - asked) / ((performance.now() - began) / 1000)
    for (const rounds of Object.values(found)) rounds.note = `stand-in ${Math.round(busy * 100)} % of a core`
    return found
  } finally {
    await standIn.stop()
  }
}

type Note = (name: string, who: 'hub' | 'baseline', value: number) => void

async function bareTurn(engine: Engine, standIn: StandIn, again: boolean, note: Note): Promise<void> {
  const ground = await freshHub(engine)
  await connectBench(ground, standIn)
  const bare = await bareOn(ground, standIn)
  if (engine === 'postgres') await checkpoint()
  const first = await timed(() => bare.sync())
  note('sync-first', 'baseline', first.seconds)
  note('sync-cpu', 'baseline', first.cpu)
  if (again) {
    await checkpoint()
    const rescan = await timed(() => bare.sync())
    note('sync-rescan', 'baseline', rescan.seconds)
    note('sync-incremental', 'baseline', rescan.seconds)
  }
  await bare.close()
  await ground.close()
}

/** On the embedded engine the folder is handed over: one process, one opening. */
async function bareOn(ground: BenchHub, standIn: StandIn): Promise<Bare> {
  if (ground.url) return bareOnPostgres(ground.url, standIn)
  await ground.release()
  return bareOnPglite(ground.folder, standIn)
}

async function hubTurn(engine: Engine, standIn: StandIn, cards: number, again: boolean, note: Note): Promise<void> {
  const hub = await freshHub(engine)
  const scopes = await connectBench(hub, standIn)
  if (engine === 'postgres') await checkpoint()
  const first = await timed(() => look(hub, scopes, BOARDS * cards))
  note('sync-first', 'hub', first.seconds)
  note('sync-cpu', 'hub', first.cpu)
  if (again) {
    await checkpoint()
    const rescan = await timed(() => look(hub, scopes, 0, { sweep: true }))
    note('sync-rescan', 'hub', rescan.seconds)
    await standIn.touch(1, Math.min(TOUCHED, cards))
    await checkpoint()
    const pull = await timed(async () => look(hub, await moved(hub, scopes), Math.min(TOUCHED, cards)))
    note('sync-incremental', 'hub', pull.seconds)
  }
  await hub.close()
}

/** Looks at the scopes one after the other, as `throughline sync` does. Throws when other than `written` tasks were. */
async function look(hub: Hub, scopes: string[], written: number, options: { sweep?: boolean } = {}): Promise<void> {
  const [before] = await hub.db.rows<{ at: string }>(sql`select now() as at`)
  const outcomes: SyncOutcome[] = []
  for (const scope of scopes) outcomes.push(await syncScope(hub, scope, options))
  const stored = outcomes.reduce((sum, outcome) => sum + outcome.stored, 0)
  const [rows] = await hub.db.rows<{ n: number }>(
    sql`select count(*)::int as n from tasks where stored_at > ${before!.at}::timestamptz`
  )
  if (stored !== written || rows?.n !== written) {
    throw new Error(`${written} tasks should have been written; it says ${stored} and ${rows?.n} were.`)
  }
}
