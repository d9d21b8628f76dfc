/** Hooks that fall silent, and deliveries that cannot be worked on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { connect } from '../../src/connections/connect.ts'
import { chooseProjects } from '../../src/connections/readers.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { projects } from '../../src/operations/projects/projects.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { retryInbox } from '../../src/operations/sync/retry.ts'
import { buildServer } from '../../src/server/app.ts'
import { syncScope } from '../../src/sync/run.ts'
import { LIMITS } from '../../src/transport/governedFetch.ts'
import { keepHooks } from '../../src/webhooks/hooks.ts'
import { workInbox } from '../../src/webhooks/inbox.ts'
import { type Account, COLUMNS, column, startAccount } from '../contract/account.ts'
import { rigs } from '../contract/rigs/index.ts'
import { freePort } from '../helpers/freePort.ts'
import { testHub } from '../helpers/hub.ts'

const rig = rigs.find(({ adapter }) => adapter.tool === 'trello')
if (!rig) throw new Error('no Trello')
let account: Account
let hub: Hub
let project: PlantedProject
let close: () => Promise<void>

beforeAll(async () => {
  LIMITS.backoff = 1
  account = await startAccount(rig)
  const port = await freePort()
  hub = await testHub({ PUBLIC_URL: `http://127.0.0.1:${port}` })
  const app = await buildServer({ hub, jobs: null, operations: [], access: null })
  await app.listen({ port, host: '127.0.0.1' })
  close = () => app.close()
  project = await account.tool.project({ name: 'Website', columns: COLUMNS })
  await connect(hub, { tool: 'trello', credentials: rig.credentials, baseUrl: rig.baseUrl(account.tool.url) })
  await chooseProjects(hub, [hubId('trello', project.id)])
  await look()
  await keepHooks(hub)
})
afterAll(async () => {
  await close()
  await hub.close()
  await account[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await account.tool.deliveries({ mode: 'send' })
  await hub.db.run(sql`delete from inbox`)
})

async function look(): Promise<void> {
  for (const { id } of await hub.db.rows<{ id: string }>(sql`select id from scopes`)) await syncScope(hub, id)
}
const planted = (title: string) => account.tool.task({ project: project.id, column: column(project, 'To do'), title })
const webhook = async () =>
  (await projects.run({ hub, jobs: null, who: COMMAND_LINE }, {})).projects[0]?.freshness.webhook
const concerns = async () =>
  (await doctor.run({ hub, jobs: null, who: COMMAND_LINE }, {})).concerns.map(({ what }) => what)
const inbox = () =>
  hub.db.rows<{ state: string; attempts: number; reason: string | null }>(
    sql`select state, attempts, reason from inbox order by id`
  )

describe('a hook that the tool calls active and that tells us nothing', () => {
  it('is taken for silent after three looks that found changes, registered anew, and alive with the first word', async () => {
    expect(await webhook()).toBe('alive')
    await account.tool.deliveries({ mode: 'hold' })
    const before = await hub.db.rows(sql`select subscriptions from hooks`)
    for (const title of ['One', 'Two', 'Three']) {
      expect(await webhook()).toBe('alive')
      await look()
      await planted(title)
      await look()
    }
    expect(await webhook()).toBe('silent')
    expect(await concerns()).toContainEqual(expect.stringContaining('Trello has told us nothing by webhook since'))
    await keepHooks(hub)
    expect(await hub.db.rows(sql`select subscriptions from hooks`)).not.toEqual(before)
    // Registered is not yet heard of; and nothing more is done about it until changes are missed again.
    expect(await webhook()).toBe('silent')
    const anew = await hub.db.rows(sql`select subscriptions from hooks`)
    await keepHooks(hub)
    expect(await hub.db.rows(sql`select subscriptions from hooks`)).toEqual(anew)
    await account.tool.deliveries({ mode: 'send' })
    await planted('Heard')
    await account.tool.deliveries()
    expect(await webhook()).toBe('alive')
    expect((await concerns()).filter((what) => what.includes('told us nothing'))).toEqual([])
  })

  it('is not blamed for looks that found nothing', async () => {
    for (const _ of [1, 2, 3, 4]) await look()
    expect(await webhook()).toBe('alive')
  })
})

describe('a delivery that fails', () => {
  it('takes the others along once only, is given up at last, and worked on when somebody says so', async () => {
    const [bad, ...good] = [await planted('Bad'), await planted('Good'), await planted('Better')] as [
      string,
      ...string[]
    ]
    await account.tool.deliveries()
    expect(await inbox()).toHaveLength(3)
    await account.tool.fault({ path: bad, effect: { status: 200, body: '<html>' } })
    await workInbox(hub)
    expect((await inbox()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['due', 1],
      ['due', 1],
      ['due', 1]
    ])
    await hub.db.run(sql`update inbox set due_at = now()`)
    await workInbox(hub)
    expect((await inbox()).map(({ state }) => state)).toEqual(['due', 'done', 'done'])
    const titles = await hub.db.rows<{ id: string }>(
      sql`select id from tasks where title in ('Bad', 'Good', 'Better') order by id`
    )
    expect(titles.map(({ id }) => id)).toEqual(good.map((id) => hubId('trello', id)).sort())
    await hub.db.run(sql`update inbox set due_at = now(), attempts = 7 where state = 'due'`)
    await workInbox(hub)
    expect((await inbox())[0]).toEqual({ state: 'dead', attempts: 8, reason: 'bad_response html' })
    expect(await concerns()).toContainEqual(expect.stringContaining('1 webhook delivery could not be worked on'))
    await account.tool.clearFaults()
    expect(await retryInbox.run({ hub, jobs: null, who: COMMAND_LINE }, {})).toEqual({ retried: 1 })
    await workInbox(hub)
    expect((await inbox())[0]).toMatchObject({ state: 'done', reason: null })
    await expect(retryInbox.run({ hub, jobs: null, who: COMMAND_LINE }, { id: 999_999 })).rejects.toMatchObject({
      status: 404
    })
  })

  it('for a fault of our own is kept, tried again and told of', async () => {
    await planted('Ours')
    await account.tool.deliveries()
    const ill: Hub = { ...hub, db: { ...hub.db, transaction: () => Promise.reject(new RangeError('ours')) } }
    await expect(workInbox(ill)).rejects.toThrow('ours')
    expect(await inbox()).toMatchObject([{ state: 'due', attempts: 1, reason: 'RangeError' }])
    await hub.db.run(sql`update inbox set due_at = now()`)
    await workInbox(hub)
    expect(await inbox()).toMatchObject([{ state: 'done' }])
  })

  it('because the tool is away is never given up', async () => {
    await planted('Away')
    await account.tool.deliveries()
    await account.tool.fault({ path: '.', effect: { status: 503, body: '{}' } })
    await hub.db.run(sql`update inbox set attempts = 50`)
    await workInbox(hub)
    await account.tool.clearFaults()
    expect(await inbox()).toMatchObject([{ state: 'due', reason: 'provider_down' }])
  })
})
