/** What benchmarks stand on: fresh databases, hubs, the stand-in. All of it is taken away again. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { readConfig } from '../src/config.ts'
import { connect } from '../src/connections/connect.ts'
import { chooseProjects } from '../src/connections/readers.ts'
import { openEmbedded, openPostgres, sql } from '../src/db/database.ts'
import { type Hub, openHub } from '../src/hub.ts'
import { type Clock, Meters } from '../src/transport/budget.ts'
import { startChild } from './children/child.ts'

export type Engine = 'postgres' | 'pglite'

export interface BenchHub extends Hub {
  /** Of PostgreSQL; null on the embedded engine. */
  url: string | null
  folder: string
  /** Closes the database and leaves it there for somebody else; `close` takes it away. */
  release(): Promise<void>
}

/** A hub on an empty database of its own; closing it drops the database. */
export async function freshHub(engine: Engine, env: Record<string, string> = {}): Promise<BenchHub> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const place = engine === 'postgres' ? await freshDatabase() : null
  const db = place ? await openPostgres(place.url) : await openEmbedded(folder)
  const config = readConfig({
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    ...(place ? { DATABASE_URL: place.url } : {}),
    ...env
  })
  const hub = await openHub(config, { db })
  let open = true
  const release = async () => {
    if (open) await hub.close()
    open = false
  }
  return {
    ...hub,
    url: place?.url ?? null,
    folder,
    meters: new Meters(jumpingClock()),
    release,
    async close() {
      await release()
      await place?.drop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** An empty database of PostgreSQL, and what drops it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env.DATABASE_URL ?? ''
  const name = `throughline_bench_${randomBytes(6).toString('hex')}`
  await asAdmin(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(server, `drop database if exists ${name} with (force)`) }
}

/** So that no round pays for what the former one left to be written. */
export const checkpoint = (): Promise<void> => asAdmin(process.env.DATABASE_URL ?? '', 'checkpoint')

async function asAdmin(server: string, statement: string): Promise<void> {
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(statement).finally(() => admin.end())
}

/** Time that is waited for a budget passes at once: rounds are to measure work. `told` hears of each jump. */
export function jumpingClock(told: (ms: number) => Promise<unknown> = async () => {}): Clock {
  let jumped = 0
  return {
    now: () => performance.now() + jumped,
    wall: () => Date.now() + jumped,
    async sleep(ms) {
      jumped += ms
      await told(ms)
    }
  }
}

/** Connects one of the stand-in's accounts and chooses all it sees. Returns its scopes, in order. */
export async function connectBench(
  hub: Hub,
  standIn: { url: string },
  account: { key: string; token: string } = { key: 'bench', token: '1of1' }
): Promise<string[]> {
  const { connection } = await connect(hub, {
    tool: 'trello',
    credentials: { ...account, secret: HOOK_SECRET },
    baseUrl: `${standIn.url}/1`
  })
  const projects = await hub.db.rows<{ id: string }>(sql`select id from projects order by id`)
  await chooseProjects(
    hub,
    projects.map(({ id }) => id)
  )
  const scopes = await hub.db.rows<{ id: string }>(
    sql`select id from scopes where connection_id = ${connection.id} order by id`
  )
  return scopes.map(({ id }) => id)
}

export const HOOK_SECRET = 'bench-secret'

export interface StandIn {
  url: string
  touch(board: number, cards: number): Promise<void>
  reset(): Promise<void>
  /** CPU seconds it has used so far. */
  cpu(): Promise<number>
  /** Changes a card of the first board. */
  card(index: number, change: Record<string, unknown>): Promise<void>
  /** Comments that came in, with the milliseconds since 1970 when they did. */
  comments(): Promise<{ card: string; at: number }[]>
  stop(): Promise<void>
}

export async function startStandIn(boards: number, cards: number): Promise<StandIn> {
  const { said, stop } = await startChild<{ url: string }>('../standIn/main.ts', [String(boards), String(cards)])
  const { url } = said
  const ask = async (name: string, body?: unknown): Promise<unknown> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(`${url}/_bench/${name}`, sent)).json()
  }
  return {
    url,
    touch: async (board, cards) => void (await ask('touch', { board, cards })),
    reset: async () => void (await ask('reset', {})),
    cpu: async () => ((await ask('cpu')) as { seconds: number }).seconds,
    card: async (index, change) => void (await ask('card', { index, change })),
    comments: async () => (await ask('comments')) as { card: string; at: number }[],
    stop
  }
}
