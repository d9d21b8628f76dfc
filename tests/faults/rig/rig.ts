/** What a fault is, and what it is played with. */
import { sql } from '../../../src/db/database.ts'
import { hubId, type Tool } from '../../../src/model/task.ts'
import { LIMITS } from '../../../src/transport/governedFetch.ts'
import { rigs } from '../../contract/rigs/index.ts'
import { ask } from '../oracle/index.ts'
import { openPlaces } from './place.ts'
import type { Random } from './random.ts'
import { openRedis } from './redis.ts'
import { type Drained, type DrainOptions, openStage, type Stage, type StageOrder } from './stage.ts'

export interface Fault {
  /** As in the list of faults: `F1`. */
  id: string
  title: string
  /** `services`: PostgreSQL and Redis, because processes of their own are killed or the wire to them is cut. */
  needs: 'nothing' | 'services'
  /** How often it is injected in a whole run. */
  rounds: number
  /** How often in the short one; none when absent. */
  short?: number
  run(rig: Rig, round: Round): Promise<Outcome>
}

export interface Round {
  /** From 0. */
  number: number
  /** Chance of this round alone. */
  random: Random
  /** One of the five, in turn. */
  tool: Tool
}

export interface Outcome {
  /** From the fault until nothing was left to do, on the rig's clock. */
  recoveryMs: number
  /** Sentences that say what does not hold; none: survived. */
  wrong: string[]
}

export interface Rig extends AsyncDisposable {
  engine: 'pglite' | 'postgres'
  /** A Redis database of the rig's own; null without Redis. */
  redis: string | null
  /** A fresh installation. The caller disposes of it. */
  stage(order: StageOrder): Promise<Stage>
}

export interface Services {
  postgres: string | null
  redis: string | null
}

export async function openRig({ postgres, redis }: Services): Promise<Rig> {
  // Waits between two attempts of a request are for other tests.
  LIMITS.backoff = 5
  const places = await openPlaces(postgres)
  const own = redis === null ? null : await openRedis(redis)
  // Stopped in the middle, it leaves no database behind.
  const leave = async () => {
    await Promise.allSettled([places[Symbol.asyncDispose]()])
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave)
  return {
    engine: postgres === null ? 'pglite' : 'postgres',
    redis: own?.url ?? null,
    stage: async (order) => openStage(await places.open(), order),
    async [Symbol.asyncDispose]() {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, leave)
      await own?.[Symbol.asyncDispose]()
      await places[Symbol.asyncDispose]()
    }
  }
}

export const toolOf = (round: number): Tool => rigs[round % rigs.length]!.adapter.tool

const WITH_HOOKS = rigs.filter(({ adapter }) => adapter.can.webhooks)

/** The round on a tool that tells of changes by itself: those in turn. */
export const told = (round: Round): Round => ({
  ...round,
  tool: WITH_HOOKS[round.number % WITH_HOOKS.length]!.adapter.tool
})

export interface Company {
  stage: Stage
  /** Alerts are on here. */
  website: Stage['life']['projects'][number]
  /** And off here. */
  internal: Stage['life']['projects'][number]
}

export interface CompanyOrder extends Partial<StageOrder> {
  /** On the board with alerts; default 6. */
  cards?: number
  /** Default: on. */
  alerts?: boolean
}

/**
 * Plays in a stage with people at work: two boards, one of them with alerts, the other not open to all, a key result over both; read, judged and at
 * rest. The stage goes when the work is done.
 */
export async function inCompany(
  rig: Rig,
  { random, tool }: Round,
  order: CompanyOrder,
  work: (company: Company) => Promise<Outcome>
): Promise<Outcome> {
  const { cards = 6, alerts = true, ...rest } = order
  await using stage = await rig.stage({ tool, ...rest })
  const website = await stage.life.project('Website')
  const internal = await stage.life.project('Internal', { closed: true })
  await stage.life.plant(website, cards, random)
  await stage.life.plant(internal, 2, random)
  await stage.choose([website, internal])
  await keyResult(stage)
  if (alerts)
    await stage.hub.db.run(
      sql`update projects set alerts = true where id = ${hubId(stage.tool.adapter.tool, website.id)}`
    )
  await settled(stage)
  return await work({ stage, website, internal })
}

/** Drains, and throws when what comes before the fault is wrong already: then the fault proves nothing. */
async function settled(stage: Stage): Promise<void> {
  const { left } = await stage.drain()
  const wrong = [...left, ...(left.length === 0 ? await ask(stage) : [])]
  if (wrong.length > 0) throw new Error(`It was not well before the fault: ${wrong.join('; ')}`)
}

/** Lets the system drain after a fault, then asks the oracle. */
export async function verdict(stage: Stage, options: DrainOptions = {}, more: string[] = []): Promise<Outcome> {
  const { recoveryMs, left }: Drained = await stage.drain(options)
  if (left.length > 0) return { recoveryMs, wrong: [...more, `it did not come to rest: ${left.join('; ')}`] }
  return { recoveryMs, wrong: [...more, ...(await ask(stage))] }
}

async function keyResult({ hub, now }: Stage): Promise<void> {
  const year = now().slice(0, 4)
  const everything = JSON.stringify({ v: 1, where: { all: [] } })
  await hub.db.run(sql`
    insert into objectives (id, title, starts_on, ends_on)
    values ('obj-1', 'Ship', ${`${year}-01-01`}::date, ${`${year}-12-31`}::date)`)
  await hub.db.run(sql`
    insert into key_results (id, objective_id, title, unit, direction, start, target, starts_on, ends_on, zone, filter, measure)
    values ('kr-1', 'obj-1', 'Cards shipped', 'cards', 'up', 0, 100, ${`${year}-01-01`}::date, ${`${year}-12-31`}::date, 'UTC',
      ${everything}::text::jsonb, '{"kind":"count"}')`)
}
