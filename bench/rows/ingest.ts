/** Webhooks coming in: verified, stored durably, acknowledged – against a route that only verifies them. */
import { sql } from '../../src/db/database.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { startChild } from '../children/child.ts'
import { connectBench, freshHub, HOOK_SECRET, startStandIn } from '../ground.ts'
import { delivery, flood, PUBLIC_URL, registered, request } from '../hook.ts'
import { type Rounds, timed } from '../ratio.ts'

const DELIVERIES = 20_000
const CONNECTIONS = 64

export const ingest: Bench = {
  bars: [
    {
      name: 'ingest',
      work: 'signed 4 KB webhooks: verify, store durably, acknowledge',
      reach: 0.35,
      holds: 'least',
      unit: 'requests/s'
    }
  ],
  needs: ['DATABASE_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const found: Rounds = { hub: [], baseline: [], note: `${CONNECTIONS} connections` }
  const standIn = await startStandIn(1, 100)
  const hub = await freshHub('postgres', { PUBLIC_URL })
  const count = Math.round(DELIVERIES * size)
  try {
    await connectBench(hub, standIn)
    const url = await registered(hub)
    const environment = { DATABASE_URL: hub.url ?? '', DATA_DIR: hub.folder, PUBLIC_URL, LOG_LEVEL: 'warn' }
    const doors = {
      hub: await startChild<{ address: string }>('door.ts', ['hub'], environment),
      baseline: await startChild<{ address: string }>('door.ts', ['bare', url, HOOK_SECRET])
    }
    for (let round = 0; round <= rounds; round++) {
      const turns = ['hub', 'baseline'] as const
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        // The first round warms both up.
        const requests = Array.from({ length: round === 0 ? 2000 : count }, (_, index) =>
          request(url, index, delivery(url, index % 100))
        )
        const { seconds } = await timed(() => flood(doors[turn].said.address, requests, CONNECTIONS))
        if (turn === 'hub') await emptied(hub, requests.length)
        if (round > 0) found[turn].push(requests.length / seconds)
      }
      if (round > 0) say(`ingest round ${round}: ${JSON.stringify(found)}`)
    }
    await doors.hub.stop()
    await doors.baseline.stop()
    return { ingest: found }
  } finally {
    await hub.close()
    await standIn.stop()
  }
}

/** Throws when other than so many were kept. */
async function emptied(hub: Awaited<ReturnType<typeof freshHub>>, expected: number): Promise<void> {
  const kept = await hub.db.run(sql`delete from inbox`)
  if (kept !== expected) throw new Error(`${kept} deliveries were kept of ${expected}.`)
}
