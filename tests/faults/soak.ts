/**
 * `npm run soak`: one installation at ten times the speed, in which something goes wrong all the time. Every minute it is
 * left alone until nothing is left to do, and the oracle is asked. Memory of the hub's process is taken when it is warm
 * and at the end.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { rigs } from '../contract/rigs/index.ts'
import { settledMemory } from './rig/memory.ts'
import { type Random, randomOf } from './rig/random.ts'
import { type Company, inCompany, openRig, type Rig, verdict } from './rig/rig.ts'
import { type Scene, TROUBLES, type Trouble, wireTo } from './rig/troubles.ts'
import type { WorkerProcess } from './rig/worker.ts'

const HELP = `Lets an installation live through whatever comes, at ten times the speed.

  npm run soak -- --minutes 10

  --minutes N   how long, in real time (default: 10)
  --seed WORD   what chance begins with; a new one each time when absent
  --tool NAME   trello, clickup, basecamp, monday or linear; left to chance when absent
  --help        this text

Ends with 1 when anything does not hold, or when the hub's process holds half as much memory again at the end. With
DATABASE_URL and REDIS_URL the hub is a process of its own beside a worker that is killed, else everything is in this one.
`
const SPEED = 10
const MOST_GROWTH = 1.5
const CALM_EVERY_MS = 60_000

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    tool: { type: 'string' },
    help: { type: 'boolean', default: false }
  }
})
const say = (line: string) => void process.stdout.write(`${line}\n`)
const counts = { deeds: 0, troubles: new Map<string, number>(), asked: 0, worstRecoveryMs: 0 }
const wrong: string[] = []

if (values.help) process.stdout.write(HELP)
else await run()

async function run(): Promise<void> {
  const random = randomOf(values.seed, 'soak')
  const tool = rigs.find(({ adapter }) => adapter.tool === values.tool)?.adapter.tool ?? random.pick(rigs).adapter.tool
  say(`seed ${values.seed}, ${tool}, ${values.minutes} minutes`)
  const services = { postgres: process.env.DATABASE_URL || null, redis: process.env.REDIS_URL || null }
  await using rig = await openRig(services)
  const alone = rig.engine === 'pglite' || rig.redis === null
  await inCompany(
    rig,
    { number: 0, random, tool },
    { serve: alone ? true : 'by a worker', cards: 10 },
    async (company) => {
      const memory = alone ? await soak(company, random, null) : await withProcesses(rig, company, random)
      say(
        `deeds ${counts.deeds}, oracle asked ${counts.asked} times, worst recovery ${Math.round(counts.worstRecoveryMs / 1000)} s`
      )
      for (const [name, times] of counts.troubles) say(`  ${name}: ${times}`)
      say(`memory ${megabytes(memory.start)} when warm, ${megabytes(memory.end)} at the end`)
      if (memory.end > memory.start * MOST_GROWTH) wrong.push('memory grew by more than half')
      return { recoveryMs: 0, wrong: [] }
    }
  )
  for (const line of wrong) say(`WRONG ${line}`)
  if (wrong.length > 0) process.exitCode = 1
}

interface Processes {
  /** Lives from the beginning to the end. */
  hub: WorkerProcess
  /** Starts the worker that may be killed again. */
  replace(scene: Scene): Promise<void>
  scene: Scene
}

async function withProcesses(rig: Rig, company: Company, random: Random) {
  const { stage } = company
  await using wire = await wireTo(stage.place.url ?? '')
  const env = { DATABASE_URL: wire.through(stage.place.url ?? ''), REDIS_URL: rig.redis ?? '' }
  const hub = await stage.worker({ env, serve: Number(stage.env.PORT) })
  const scene: Scene = { stage, wire, redis: rig.redis, victim: await stage.worker({ env }) }
  const replace = async (of: Scene) => {
    if (of.victim?.ended() !== null) of.victim = await stage.worker({ env })
  }
  return await soak(company, random, { hub, replace, scene })
}

async function soak(company: Company, random: Random, processes: Processes | null) {
  const { stage, website, internal } = company
  const scene = processes?.scene ?? { stage, wire: null, redis: null, victim: null }
  const troubles = TROUBLES.filter(({ needs }) => needs === 'nothing' || processes !== null)
  const memory = () => processes?.hub.memory() ?? Promise.resolve(settledMemory())
  const end = Date.now() + Number(values.minutes) * 60_000
  let start: number | null = null
  while (Date.now() < end && wrong.length === 0) {
    const calm = Math.min(end, Date.now() + CALM_EVERY_MS)
    while (Date.now() < calm) {
      const trouble = random.pick(troubles)
      counts.troubles.set(trouble.name, (counts.troubles.get(trouble.name) ?? 0) + 1)
      await live(trouble, random.between(3, 8))
    }
    await processes?.replace(scene)
    const outcome = await verdict(stage, { byWorkers: processes !== null, patienceMs: 120_000 })
    counts.asked++
    counts.worstRecoveryMs = Math.max(counts.worstRecoveryMs, outcome.recoveryMs)
    wrong.push(...outcome.wrong)
    if (processes?.hub.ended() != null)
      wrong.push(`the hub's process ended with ${processes.hub.ended()}: ${processes.hub.said().slice(-500)}`)
    start ??= wrong.length === 0 ? await memory() : 0
  }
  return { start: start ?? 0, end: wrong.length === 0 ? await memory() : 0 }

  /** A trouble, and people who work on as if nothing were. */
  async function live(trouble: Trouble, seconds: number): Promise<void> {
    await trouble.begin(scene, random)
    for (let second = 0; second < seconds; second++) {
      const real = Date.now()
      if (random.chance(0.6)) {
        await stage.life.deed(random.chance(0.8) ? website : internal, random)
        counts.deeds++
      }
      if (processes === null) await stage.turns.turn()
      await sleep(Math.max(0, 1000 - (Date.now() - real)))
      await stage.advance((Date.now() - real) * (SPEED - 1))
    }
    await trouble.end(scene)
    await processes?.replace(scene)
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`
}
