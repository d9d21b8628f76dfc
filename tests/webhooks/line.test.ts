/** From a change in a tool to the task in the hub by webhook alone: registered, kept, worked on, taken away again. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { connect, refreshProjects } from '../../src/connections/connect.ts'
import { chooseProjects } from '../../src/connections/readers.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { buildServer } from '../../src/server/app.ts'
import { syncScope } from '../../src/sync/run.ts'
import { LIMITS } from '../../src/transport/governedFetch.ts'
import { hooksAreMissing, keepHooks } from '../../src/webhooks/hooks.ts'
import { pruneInbox, somethingCame, workInbox } from '../../src/webhooks/inbox.ts'
import { type Account, COLUMNS, column, startAccount } from '../contract/account.ts'
import { rigs } from '../contract/rigs/index.ts'
import { freePort } from '../helpers/freePort.ts'
import { testHub } from '../helpers/hub.ts'

const WITH_HOOKS = rigs.filter(({ adapter }) => adapter.can.webhooks)

// Retries are waited for elsewhere.
beforeAll(() => {
  LIMITS.backoff = 1
})

describe.each(WITH_HOOKS.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { tool: name } = rig.adapter
  let account: Account
  let hub: Hub
  let project: PlantedProject
  let close: () => Promise<void>

  beforeAll(async () => {
    account = await startAccount(rig)
    const port = await freePort()
    hub = await testHub({ PUBLIC_URL: `http://127.0.0.1:${port}` })
    const app = await buildServer({ hub, jobs: null, operations: [], access: null })
    await app.listen({ port, host: '127.0.0.1' })
    close = () => app.close()
    project = await account.tool.project({ name: 'Website', columns: COLUMNS })
    await connect(hub, { tool: name, credentials: rig.credentials, baseUrl: rig.baseUrl(account.tool.url) })
    await chooseProjects(hub, [hubId(name, project.id)])
    await sync()
  })
  afterAll(async () => {
    await close()
    await hub.close()
    await account[Symbol.asyncDispose]()
  })

  async function sync(): Promise<void> {
    for (const { id } of await hub.db.rows<{ id: string }>(sql`select id from scopes`))
      await syncScope(hub, id, { sweep: true })
  }
  const hooks = () =>
    hub.db.rows<{ state: string; reason: string | null; n: number; delivered: boolean }>(sql`
      select state, reason, jsonb_array_length(subscriptions) as n, delivered_at is not null as delivered from hooks`)
  const taskOf = async (id: string) => {
    const [task] = await hub.db.rows<{ title: string; presence: string }>(
      sql`select title, presence from tasks where id = ${hubId(name, id)}`
    )
    return task ?? null
  }
  const arrived = async () => {
    await account.tool.deliveries()
    const [row] = await hub.db.rows<{ n: number }>(sql`select count(*)::int as n from inbox where state = 'due'`)
    return row?.n ?? 0
  }
  const planted = (title: string) => account.tool.task({ project: project.id, column: column(project, 'To do'), title })

  it('the hub registers by itself once it has a public address', async () => {
    expect(await hooksAreMissing(hub)).toBe(true)
    await keepHooks(hub)
    const [hook] = await hooks()
    expect(hook).toMatchObject({ state: 'active', reason: null, delivered: false })
    expect(hook?.n).toBeGreaterThan(0)
    expect(await hooksAreMissing(hub)).toBe(false)
  })

  it('a new and a renamed card are in the hub without a pull', async () => {
    const task = await planted('Told of')
    expect(await arrived()).toBeGreaterThan(0)
    expect(await somethingCame(hub)).toBe(true)
    expect(await workInbox(hub)).toContain(hubId(name, task))
    expect((await taskOf(task))?.title).toBe('Told of')
    await account.tool.change(task, { title: 'Told of, renamed' })
    await arrived()
    await workInbox(hub)
    expect((await taskOf(task))?.title).toBe('Told of, renamed')
    expect(await somethingCame(hub)).toBe(false)
    expect((await hooks())[0]?.delivered).toBe(true)
  })

  it('ten times the same delivery is kept once', async () => {
    const task = await planted('Repeated')
    await arrived()
    await workInbox(hub)
    await account.tool.change(task, { title: 'Repeated again' })
    await arrived()
    const count = async () => (await hub.db.rows<{ n: number }>(sql`select count(*)::int as n from inbox`))[0]?.n
    const before = await count()
    for (let turn = 0; turn < 10; turn++) await account.tool.deliveries({ again: -1 })
    expect(await count()).toBe(before)
    const last = (await account.tool.deliveries()).slice(-10)
    expect(last.every(({ status }) => status !== null && status < 300)).toBe(true)
    await workInbox(hub)
  })

  it('deliveries in the wrong order end in what the tool says now', async () => {
    const task = await planted('Shuffled')
    await arrived()
    await workInbox(hub)
    await account.tool.deliveries({ mode: 'hold' })
    for (const title of ['First', 'Second', 'Third']) await account.tool.change(task, { title })
    await account.tool.deliveries({ release: Array.from({ length: 60 }, (_, index) => 59 - index), mode: 'send' })
    await arrived()
    await workInbox(hub)
    expect((await taskOf(task))?.title).toBe('Third')
  })

  it('a deleted card is gone for what the tool says, not for a guess', async () => {
    const task = await planted('Going')
    await arrived()
    await workInbox(hub)
    await account.tool.change(task, { deleted: true })
    await arrived()
    await workInbox(hub)
    expect((await taskOf(task))?.presence).toBe('deleted')
  })

  it('cards of projects nobody chose stay out', async () => {
    const other = await account.tool.project({ name: 'Private', columns: COLUMNS })
    const stranger = await account.tool.task({ project: other.id, column: column(other, 'To do'), title: 'Not for us' })
    await arrived()
    await workInbox(hub)
    expect(await taskOf(stranger)).toBeNull()
  })

  it('while the tool does not answer, what came waits and is not lost', async () => {
    const task = await planted('Patient')
    await arrived()
    await account.tool.fault({ path: '.', effect: { status: 502, body: '{}' } })
    await workInbox(hub)
    await account.tool.clearFaults()
    expect(await taskOf(task)).toBeNull()
    const [waiting] = await hub.db.rows<{ reason: string; later: boolean }>(
      sql`select reason, due_at > now() as later from inbox where state = 'due' limit 1`
    )
    expect(waiting?.reason).toBe('provider_down')
    expect(waiting?.later).toBe(true)
    // Nor does it give up while the account waits to be connected again.
    await hub.db.run(sql`update connections set state = 'parked'`)
    await hub.db.run(sql`update inbox set due_at = now(), attempts = 20 where state = 'due'`)
    await workInbox(hub)
    const states = await hub.db.rows<{ reason: string }>(sql`select distinct reason from inbox where state = 'due'`)
    expect(states).toEqual([{ reason: 'connection_parked' }])
    await hub.db.run(sql`update connections set state = 'active'`)
    await hub.db.run(sql`update inbox set due_at = now() where state = 'due'`)
    await workInbox(hub)
    expect((await taskOf(task))?.title).toBe('Patient')
  })

  it('a hook that somebody removed at the tool is made again at the next look', async () => {
    await account.tool.deliveries()
    const { openSession } = await import('../../src/connections/session.ts')
    const [row] = await hub.db.rows<{
      connectionId: string
      scope: never
      subscriptions: { externalId: string; of: string }[]
    }>(sql`select connection_id as "connectionId", scope, subscriptions from hooks`)
    const { session } = await openSession(hub, row?.connectionId ?? '', 0)
    for (const one of row?.subscriptions ?? []) {
      await session.webhooks?.remove({ ...one, url: '', active: true, secret: null })
    }
    const task = await planted('Unheard')
    await arrived()
    await workInbox(hub)
    expect(await taskOf(task)).toBeNull()
    await keepHooks(hub)
    await account.tool.change(task, { title: 'Heard' })
    await arrived()
    await workInbox(hub)
    expect((await taskOf(task))?.title).toBe('Heard')
  })

  it('a project that is chosen later is told of too', async () => {
    const second = await account.tool.project({ name: 'Second', columns: COLUMNS })
    await refreshProjects(hub, (await hub.db.rows<{ id: string }>(sql`select id from connections`))[0]?.id ?? '')
    await chooseProjects(hub, [hubId(name, project.id), hubId(name, second.id)])
    expect(await hooksAreMissing(hub)).toBe(true)
    await keepHooks(hub)
    expect(await hooksAreMissing(hub)).toBe(false)
    const here = await planted('Here')
    const there = await account.tool.task({ project: second.id, column: column(second, 'To do'), title: 'There' })
    await arrived()
    await workInbox(hub)
    expect([(await taskOf(here))?.title, (await taskOf(there))?.title]).toEqual(['Here', 'There'])
  })

  it('what came is forgotten after its days, what waits is not', async () => {
    await planted('Late')
    await arrived()
    await hub.db.run(sql`update inbox set received_at = now() - interval '8 days'`)
    await pruneInbox(hub)
    const states = await hub.db.rows<{ state: string }>(sql`select distinct state from inbox`)
    expect(states).toEqual([{ state: 'due' }])
    await workInbox(hub)
  })

  it('no address and no secret stands in the tables as it is', async () => {
    const [row] = await hub.db.rows<{ hooks: string; inbox: string }>(sql`
      select (select string_agg(h::text, '') from hooks h) as hooks, (select string_agg(i.hints::text, '') from inbox i) as inbox`)
    const urls = (await account.tool.deliveries()).map(({ url }) => url.split('/').at(-1) ?? '')
    expect(urls.length).toBeGreaterThan(0)
    for (const address of new Set(urls)) expect(`${row?.hooks}${row?.inbox}`).not.toContain(address)
  })

  it('a project that is no longer read is no longer told of', async () => {
    await chooseProjects(hub, [])
    expect(await hooksAreMissing(hub)).toBe(true)
    await keepHooks(hub)
    expect(await hooks()).toEqual([])
    const before = (await account.tool.deliveries()).length
    await planted('Silent')
    expect((await account.tool.deliveries()).length).toBe(before)
  })
})

describe('The door for webhooks', () => {
  it('says nothing of whether an address exists, and 503 when what came cannot be kept', async () => {
    const hub = await testHub({ PUBLIC_URL: 'http://127.0.0.1:9' })
    const broken = { ...hub, db: { ...hub.db, rows: () => Promise.reject(new Error('the database is away')) } }
    const [app, ill] = await Promise.all([
      buildServer({ hub, jobs: null, operations: [], access: null }),
      buildServer({ hub: broken as Hub, jobs: null, operations: [], access: null })
    ])
    for (const { adapter } of WITH_HOOKS) {
      const url = `/hooks/${adapter.tool}/${'x'.repeat(43)}`
      const headers = { 'content-type': 'application/json' }
      expect((await app.inject({ method: 'POST', url, headers, payload: '{}' })).statusCode).toBe(
        adapter.hooks?.refusal
      )
      const away = await ill.inject({ method: 'POST', url, headers, payload: '{}' })
      expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '5'])
    }
    expect((await app.inject({ method: 'POST', url: '/hooks/elephant/x' })).statusCode).toBe(404)
    const huge = await app.inject({ method: 'POST', url: '/hooks/trello/x', payload: Buffer.alloc(2 * 1024 * 1024) })
    expect(huge.statusCode).toBe(413)
    await app.close()
    await ill.close()
    await hub.close()
  })
})

describe('A tool that refuses to tell', () => {
  it('is named by doctor with what would help, and asked again only a day later', async () => {
    const [trello] = WITH_HOOKS.filter(({ adapter }) => adapter.tool === 'trello')
    if (!trello) throw new Error('no Trello')
    await using account = await startAccount(trello)
    const hub = await testHub({ PUBLIC_URL: 'https://hub.example' })
    try {
      const project = await account.tool.project({ name: 'Website', columns: COLUMNS })
      const { secret: _, ...credentials } = trello.credentials as Record<string, string>
      await connect(hub, { tool: 'trello', credentials, baseUrl: trello.baseUrl(account.tool.url) })
      await chooseProjects(hub, [hubId('trello', project.id)])
      await keepHooks(hub)
      const { webhooks, concerns } = await doctor.run({ hub, jobs: null, who: COMMAND_LINE }, {})
      expect(webhooks).toEqual({ active: 0, silent: 1, waiting: 0, dead: 0 })
      const concern = concerns.find(({ what }) => what.includes('webhooks'))
      expect(concern?.what).toContain('Trello refuses webhooks (forbidden no_app_secret')
      expect(concern?.todo).toContain('throughline connect trello')
      await account.tool.forgetRequests()
      await keepHooks(hub)
      expect((await account.tool.requests(0)).total).toBe(0)
    } finally {
      await hub.close()
    }
  })
})
