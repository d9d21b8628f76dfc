/**
 * Four accounts read by one worker process, then by two: `throughline work`, as it is run in earnest. All of them, the
 * database and the stand-in share this machine's cores.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { sql } from '../../src/db/database.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { type BenchHub, connectBench, freshHub, startStandIn } from '../ground.ts'
import type { Rounds } from '../ratio.ts'

const ACCOUNTS = 4
const CARDS = 25_000

export const workers: Bench = {
  bars: [
    {
      name: 'workers',
      work: '4 accounts × 25,000 cards, by two worker processes over by one',
      reach: 1.6,
      holds: 'least',
      unit: 'cards/s'
    }
  ],
  needs: ['DATABASE_URL', 'REDIS_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const cores = `${availableParallelism()} cores, shared with PostgreSQL, Redis and the stand-in`
  const found: Rounds = { hub: [], baseline: [], note: cores }
  const cards = Math.round(CARDS * size)
  const standIn = await startStandIn(ACCOUNTS, cards)
  try {
    for (let round = 1; round <= rounds; round++) {
      for (const many of round % 2 === 1 ? [1, 2] : [2, 1]) {
        const seconds = await readBy(many, standIn)
        found[many === 1 ? 'baseline' : 'hub'].push((ACCOUNTS * cards) / seconds)
      }
      say(`workers round ${round}: ${JSON.stringify(found)}`)
    }
    return { workers: found }
  } finally {
    await standIn.stop()
  }
}

/** Seconds from the beginning of the first run to the end of the last one. */
async function readBy(many: number, standIn: { url: string }): Promise<number> {
  const hub = await freshHub('postgres')
  const running: Worker[] = []
  try {
    for (let account = 1; account <= ACCOUNTS; account++) {
      await connectBench(hub, standIn, { key: 'bench', token: `${account}of${ACCOUNTS}` })
    }
    // Nothing is due until all of them are there.
    await hub.db.run(sql`update scopes set next_look_at = 'infinity'`)
    for (let worker = 0; worker < many; worker++) running.push(await startWorker(hub))
    await hub.db.run(sql`update scopes set next_look_at = now()`)
    return await finished(hub)
  } finally {
    for (const worker of running) await worker.stop()
    await forgetJobs(hub)
    await hub.close()
  }
}

interface Worker {
  stop(): Promise<void>
}

async function startWorker(hub: BenchHub): Promise<Worker> {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'work'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: hub.url ?? '', DATA_DIR: hub.folder }
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await new Promise<void>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`A worker ended with ${code}.`)))
    for (const said of [child.stdout, child.stderr]) {
      createInterface({ input: said }).on('line', (line) => (/^Working as/.test(line) ? ready() : say(line)))
    }
  })
  return {
    async stop() {
      child.kill('SIGTERM')
      await ended
    }
  }
}

async function finished(hub: BenchHub): Promise<number> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(100)) {
    const [runs] = await hub.db.rows<{ complete: number; seconds: number }>(sql`
      select count(*) filter (where state = 'complete')::int as complete,
        extract(epoch from max(finished_at) - min(started_at))::float8 as seconds
      from sync_runs where mode = 'sweep'`)
    if (runs && runs.complete >= ACCOUNTS) return runs.seconds
  }
  throw new Error('The accounts were not read within five minutes.')
}

async function forgetJobs(hub: BenchHub): Promise<void> {
  const redis = new Redis(process.env.REDIS_URL ?? '')
  const keys = await redis.keys(`*${hub.instance}*`)
  if (keys.length > 0) await redis.del(...keys)
  redis.disconnect()
}
