/**
 * One installation on one tool, with its own database, clock, mail server and people: where a fault is played. Hub,
 * database and tool run on one clock that only the rig moves; `drain` moves it on, from one due thing to the next, until
 * nothing is left to do.
 */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { readConfig } from '../../../src/config.ts'
import { connect, refreshProjects } from '../../../src/connections/connect.ts'
import { chooseProjects } from '../../../src/connections/readers.ts'
import { type Database, sql } from '../../../src/db/database.ts'
import { type Hub, openHub } from '../../../src/hub.ts'
import { hubId, type Tool } from '../../../src/model/task.ts'
import { buildServer } from '../../../src/server/app.ts'
import type { Rig as ToolRig } from '../../contract/rig.ts'
import { rigs } from '../../contract/rigs/index.ts'
import { type StandInProcess, startStandIn } from '../../helpers/standIn.ts'
import { openPostbox, type Postbox } from '../../reports/postbox.ts'
import { type Life, lifeIn } from './life.ts'
import type { Place } from './place.ts'
import { atStatement, type Point } from './points.ts'
import { type Turns, turnsOf } from './turns.ts'
import { startWorker, type WorkerOrder, type WorkerProcess } from './worker.ts'

export interface StageOrder {
  tool: Tool
  /** Answers HTTP, so that the tool can tell of changes; `by a worker`: the port is kept for one to come. */
  serve?: boolean | 'by a worker'
  /** A mail server takes what leaves. */
  mail?: boolean
  env?: Record<string, string>
  /** How far our clocks, or the tool's, are ahead of the rig's from the beginning, in milliseconds. */
  ahead?: { ours?: number; tool?: number }
}

export interface Stage extends AsyncDisposable {
  tool: ToolRig
  standIn: StandInProcess
  life: Life
  place: Place
  /** The hub in this process. What workers do, it sees. */
  hub: Hub
  turns: Turns
  env: Record<string, string>
  postbox: Postbox | null
  /** Secrets that must stand nowhere, by what they are. */
  canaries: Map<string, string>
  /** Texts that left or were kept: answers, logs of workers. */
  heard: string[]
  now(): string
  /** Moves hub, database and tool on. */
  advance(ms: number): Promise<void>
  /** Puts our clocks, or the tool's, ahead of the rig's by so much. */
  skew(ahead: { ours?: number; tool?: number }): Promise<void>
  /** From now on the hub works on this database, or at a statement's point does what it is told; null: as it was. */
  instead(db: Database | { point: Point; strike: () => void | Promise<void> } | null): void
  /** Begins to answer HTTP under another public address, as after a restart with another configuration. */
  moveTo(publicUrl: string): Promise<void>
  /** Goes through so much time in steps, working on what comes due at each. */
  pass(ms: number, stepMs?: number): Promise<void>
  /** Which projects the hub reads from now on. */
  choose(projects: { id: string }[]): Promise<void>
  /** A child that does the jobs. */
  worker(order?: Partial<WorkerOrder>): Promise<WorkerProcess>
  /** Ends every worker that still lives. */
  dismiss(): Promise<void>
  /** Lets the hub in this process (or the workers, when told so) do what is due until nothing is. */
  drain(options?: DrainOptions): Promise<Drained>
}

export interface DrainOptions {
  /** Days whose nightly sweep is waited for. */
  nights?: number
  /** The workers do it; this process only moves the clock. */
  byWorkers?: boolean
  /** Real time until it is given up. */
  patienceMs?: number
}

export interface Drained {
  /** On the rig's clock. */
  recoveryMs: number
  /** Empty, or what was still to do. */
  left: string[]
}

/** A Monday morning, in term time. */
const START = Date.parse('2027-03-08T09:00:00Z')
const DAY = 86_400_000

export async function openStage(place: Place, order: StageOrder): Promise<Stage> {
  const tool = rigs.find(({ adapter }) => adapter.tool === order.tool)!
  const skewed = { ours: 0, tool: 0, ...order.ahead }
  let offset = START - Date.now()
  const standIn = await startStandIn(order.tool, { now: new Date(START).toISOString() })
  const port = order.serve ? await freePort() : 0
  const postbox = order.mail ? await openPostbox() : null
  const secret = randomBytes(32).toString('hex')
  const env: Record<string, string> = {
    DATA_DIR: place.folder,
    LOG_LEVEL: 'info',
    HUB_SECRET: secret,
    ALERT_GRACE_MINUTES: '0',
    SYNC_MINUTES: '2',
    ...(place.url ? { DATABASE_URL: place.url } : {}),
    ...(postbox ? { SMTP_URL: postbox.url } : {}),
    ...(order.serve ? { PUBLIC_URL: `http://127.0.0.1:${port}`, PORT: String(port) } : {}),
    ...order.env
  }
  const ours = () => Date.now() + offset + skewed.ours
  const now = () => new Date(ours()).toISOString()
  let current = place.db
  const db: Database = {
    engine: place.db.engine,
    rows: (statement) => current.rows(statement),
    run: (statement) => current.run(statement),
    transaction: (work) => current.transaction(work),
    drizzle: () => place.db.drizzle(),
    close: async () => {}
  }
  const hub = await openHub(readConfig(env), { db, now })
  const turns = turnsOf(hub)
  const heard: string[] = []
  const children: WorkerProcess[] = []
  const canaries = new Map([
    ['HUB_SECRET', secret],
    ...secretsIn(tool.credentials).map((value): [string, string] => [`the ${tool.adapter.name} credentials`, value])
  ])

  async function setClocks(): Promise<void> {
    const real = Date.now() + offset
    await place.clock(offset + skewed.ours)
    await standIn.clock({ now: new Date(real + skewed.tool).toISOString() })
    for (const child of children) child.tell({ kind: 'clock', offset: offset + skewed.ours })
  }
  await setClocks()

  let app: FastifyInstance | null = null
  async function answer(): Promise<void> {
    const log = { stream: { write: (line: string) => void heard.push(line) } }
    app = await buildServer({ hub, jobs: turns.jobs, operations: [], access: null, log })
    await app.listen({ port, host: '127.0.0.1' })
  }
  if (order.serve === true) await answer()
  await connect(hub, { tool: order.tool, credentials: tool.credentials, baseUrl: tool.baseUrl(standIn.url) })

  const stage: Stage = {
    tool,
    standIn,
    life: lifeIn(standIn, now),
    place,
    hub,
    turns,
    env,
    postbox,
    canaries,
    heard,
    now,
    async advance(ms) {
      offset += ms
      await setClocks()
    },
    async skew(ahead) {
      Object.assign(skewed, ahead)
      await setClocks()
    },
    instead(other) {
      if (other === null) current = place.db
      else current = 'point' in other ? atStatement(place.db, other.point, other.strike) : other
    },
    async moveTo(publicUrl) {
      await app?.close()
      env.PUBLIC_URL = publicUrl
      hub.config = readConfig(env)
      await answer()
    },
    async pass(ms, stepMs = LONGEST_STEP_MS) {
      for (let left = ms; left > 0; left -= stepMs) {
        await stage.advance(Math.min(left, stepMs))
        await stage.turns.turn()
        await stage.standIn.deliveries()
      }
    },
    async choose(projects) {
      const [connection] = await hub.db.rows<{ id: string }>(sql`select id from connections`)
      await refreshProjects(hub, connection?.id ?? '')
      await chooseProjects(
        hub,
        projects.map(({ id }) => hubId(order.tool, id))
      )
    },
    async worker(more = {}) {
      const child = await startWorker({ offset: offset + skewed.ours, ...more, env: { ...env, ...more.env } })
      children.push(child)
      return child
    },
    async dismiss() {
      for (const child of children) child.kill('SIGKILL')
      for (const child of children) {
        await child.gone(10_000)
        heard.push(child.said())
      }
      children.length = 0
    },
    drain: (options = {}) => drain(stage, options),
    async [Symbol.asyncDispose]() {
      await stage.dismiss()
      await app?.close()
      await hub.close()
      await place.drop()
      await postbox?.[Symbol.asyncDispose]()
      await standIn.stop()
    }
  }
  return stage
}

async function drain(
  stage: Stage,
  { nights = 0, byWorkers = false, patienceMs = 60_000 }: DrainOptions
): Promise<Drained> {
  const began = Date.parse(stage.now())
  const end = Date.now() + patienceMs
  let since = await standing(stage)
  let waited = 0
  for (let night = 0; ; ) {
    if (byWorkers) await new Promise((done) => setTimeout(done, 100))
    else await stage.turns.turn()
    await stage.standIn.deliveries()
    const { left, next } = await toDo(stage, since)
    if (left.length === 0) {
      if (night++ === nights) return { recoveryMs: Date.parse(stage.now()) - began - waited, left }
      await stage.advance(DAY)
      waited += DAY
      since = await standing(stage)
    } else if (Date.now() > end) {
      return { recoveryMs: Date.parse(stage.now()) - began - waited, left: [...left, ...stage.turns.errors.slice(-3)] }
    } else {
      // Workers renew their leases in real time: for them the clock may only hurry, not leap.
      const step = byWorkers ? WORKERS_STEP_MS : Math.max(LEAST_STEP_MS, next - Date.parse(stage.now()) + 500)
      await stage.advance(Math.min(step, LONGEST_STEP_MS))
    }
  }
}

const WORKERS_STEP_MS = 4_000
const LEAST_STEP_MS = 1_000
const LONGEST_STEP_MS = 15 * 60_000

/** What was done last, by numbers that no clock moves. */
interface Standing {
  run: number
  judgedAt: string | null
}

async function standing({ hub }: Stage): Promise<Standing> {
  const [row] = await hub.db.rows<Standing>(sql`
    select (select coalesce(max(id), 0) from sync_runs)::int as run,
      (select done_at from timetable where errand = 'judge') as "judgedAt"`)
  return row!
}

/** What is not at rest yet, in words, and the moment the next thing comes due. Everything is looked at and judged anew. */
async function toDo({ hub, now }: Stage, since: Standing): Promise<{ left: string[]; next: number }> {
  const rows = await hub.db.rows<{ what: string; at: string | null }>(sql`
    select 'a look at ' || s.name as what, s.next_look_at as at from scopes s join connections c on c.id = s.connection_id
    where c.state = 'active' and not exists (select 1 from sync_runs r
      where r.scope_id = s.id and r.state = 'complete' and r.id > ${since.run})
    union all
    select 'to judge everything', due_at from timetable
    where errand = 'judge' and done_at is not distinct from ${since.judgedAt}::timestamptz
    union all
    select 'a run of ' || scope_id, lease_until from sync_runs where state = 'running'
    union all
    select 'a delivery in the inbox, ' || coalesce(reason, 'not looked at'), due_at from inbox where state = 'due'
    union all
    select 'outbox ' || key || ' ' || state || coalesce(' ' || (outcome ->> 'reason'), ''),
      case state when 'due' then due_at else lease_until end
    from outbox where state in ('due', 'sending')
    union all
    -- The tool's clock may be ahead of ours: such a finding is spoken of by the first judging after we get there.
    select 'a finding from ahead on ' || f.task_id, greatest(f.since, j.due_at) from findings f, timetable j
    where j.errand = 'judge' and f.closed_at is null and f.since > j.done_at
    union all
    select 'a note out of step on ' || task_id, null from notes
    where (wanted is not null and (comment_id is null or posted is distinct from wanted))
      or (wanted is null and comment_id is not null) or cardinality(former) > 0`)
  const moments = rows.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)])).filter((at) => at > Date.parse(now()))
  return { left: rows.map(({ what }) => what), next: Math.min(...moments, Date.parse(now()) + LONGEST_STEP_MS) }
}

/** Everything in a set of credentials but what only says who they belong to. */
const secretsIn = (credentials: unknown): string[] =>
  Object.entries(credentials as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'string' && !['key', 'account'].includes(name) ? [value] : []
  )

export const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
