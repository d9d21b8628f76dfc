/** Incremental pulls, through the hub: nothing is missed, and nothing unchanged is written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/connections/connect.ts'
import { chooseProjects } from '../../src/connections/readers.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { syncScope } from '../../src/sync/run.ts'
import { testHub } from '../helpers/hub.ts'
import { type Account, COLUMNS, column, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { tool: name } = rig.adapter
  let account: Account
  let hub: Hub

  beforeAll(async () => {
    account = await startAccount(rig, { now: '2026-11-16T08:00:00Z' })
    hub = await testHub()
  })
  afterAll(async () => {
    await hub.close()
    await account[Symbol.asyncDispose]()
  })

  async function connected(projects: string[]): Promise<string[]> {
    await connect(hub, { tool: name, credentials: rig.credentials, baseUrl: rig.baseUrl(account.tool.url) })
    await chooseProjects(
      hub,
      projects.map((id) => hubId(name, id))
    )
    return (await hub.db.rows<{ id: string }>(sql`select id from scopes order by id`)).map(({ id }) => id)
  }
  const pullAll = async (scopes: string[], sweep: boolean) => {
    let stored = 0
    for (const scope of scopes) stored += (await syncScope(hub, scope, { sweep })).stored
    return stored
  }
  const titles = async () =>
    (
      await hub.db.rows<{ title: string; column_id: string }>(sql`select title, column_id from tasks order by title`)
    ).map(({ title }) => title)

  it('a second sync of what did not change writes nothing, and an incremental one neither', async () => {
    const ana = await account.tool.person({ name: 'Ana Lima' })
    const project = await account.tool.project({ name: 'Website', columns: COLUMNS, members: [ana] })
    await account.tool.tasks(
      ['One', 'Two', 'Three'].map((title) => ({
        project: project.id,
        column: column(project, 'Doing'),
        title,
        assignees: [ana]
      }))
    )
    const scopes = await connected([project.id])
    expect(await pullAll(scopes, true)).toBe(3)
    await account.tool.clock({ advanceMs: 7_200_000 })
    expect(await pullAll(scopes, true)).toBe(0)
    expect(await pullAll(scopes, false)).toBe(0)
    const versions = await hub.db.rows(sql`select 1 from task_versions`)
    expect(versions).toEqual([])
  })

  it('an edit made on a project that was read already, while another is read, is seen by the next pull', async () => {
    const first = await account.tool.project({ name: 'First', columns: COLUMNS })
    const second = await account.tool.project({ name: 'Second', columns: COLUMNS })
    const early = await account.tool.task({ project: first.id, column: column(first, 'To do'), title: 'Early' })
    await account.tool.task({ project: second.id, column: column(second, 'To do'), title: 'Late' })
    const scopes = await connected([first.id, second.id])
    await pullAll(scopes, true)
    // The listing of the tasks is slow, and while its answer is on the way a card that stands in it is renamed.
    for (const scope of scopes) {
      await account.tool.fault({ path: rig.listing, times: 1, effect: { slowMs: 400 } })
      const under = syncScope(hub, scope, { sweep: true })
      await new Promise((done) => setTimeout(done, 250))
      await account.tool.change(early, { title: `Early, renamed during ${scopes.indexOf(scope)}` })
      await under
    }
    await account.tool.clearFaults()
    await pullAll(scopes, false)
    expect(await titles()).toContain(`Early, renamed during ${scopes.length - 1}`)
  })

  it('a moved card is in its new column after the next pull, and a deleted one is never deleted by mistake', async () => {
    const project = await account.tool.project({ name: 'Ops', columns: COLUMNS })
    const [moves, goes] = (await account.tool.tasks(
      ['Moves', 'Goes'].map((title) => ({ project: project.id, column: column(project, 'To do'), title }))
    )) as [string, string]
    const scopes = await connected([project.id])
    await pullAll(scopes, true)
    await account.tool.clock({ advanceMs: 600_000 })
    await account.tool.change(moves, { column: column(project, 'Doing') })
    await pullAll(scopes, false)
    const [moved] = await hub.db.rows<{ column_id: string; category: string }>(
      sql`select column_id, category from tasks where id = ${hubId(name, moves)}`
    )
    expect(moved).toEqual({ column_id: hubId(name, column(project, 'Doing')), category: 'doing' })
    await account.tool.change(goes, { deleted: true })
    await pullAll(scopes, true)
    const [gone] = await hub.db.rows<{ presence: string }>(
      sql`select presence from tasks where id = ${hubId(name, goes)}`
    )
    expect(gone?.presence).toBe(rig.adapter.can.deletions ? 'deleted' : 'hidden')
  })
})
