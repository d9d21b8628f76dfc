/** Due dates of every tool, judged by a hub west of Greenwich: a day lasts until it ends there, a time is that moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/connections/connect.ts'
import { chooseProjects } from '../../src/connections/readers.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { judge } from '../../src/rules/engine.ts'
import { syncScope } from '../../src/sync/run.ts'
import { testHub } from '../helpers/hub.ts'
import { type Account, COLUMNS, column, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { tool: name, can } = rig.adapter
  let account: Account
  let hub: Hub
  let byDay: string
  let byTime: string

  beforeAll(async () => {
    account = await startAccount(rig, { now: '2026-11-16T17:00:00Z' })
    hub = await testHub({ TIME_ZONE: 'America/Los_Angeles' })
    const project = await account.tool.project({ name: 'Website', columns: COLUMNS })
    const planted = (title: string, due: { date: string } | { at: string }) =>
      account.tool.task({ project: project.id, column: column(project, 'To do'), title, due })
    byDay = can.dueDates ? await planted('By Tuesday', { date: '2026-11-17' }) : ''
    byTime = can.dueTimes ? await planted('By noon', { at: '2026-11-17T20:00:00.000Z' }) : ''
    await connect(hub, { tool: name, credentials: rig.credentials, baseUrl: rig.baseUrl(account.tool.url) })
    await chooseProjects(hub, [hubId(name, project.id)])
    for (const { id } of await hub.db.rows<{ id: string }>(sql`select id from scopes`)) await syncScope(hub, id)
  })
  afterAll(async () => {
    await hub.close()
    await account[Symbol.asyncDispose]()
  })

  /** Cards overdue at this moment. */
  async function overdue(now: string): Promise<string[]> {
    await judge(hub.db, { now })
    const rows = await hub.db.rows<{ id: string }>(
      sql`select task_id as id from findings where rule = 'overdue' and closed_at is null order by task_id`
    )
    return rows.map(({ id }) => id)
  }

  if (can.dueDates)
    it('a day is not over before its midnight in Los Angeles, and over after it', async () => {
      expect(await overdue('2026-11-18T07:30:00.000Z')).not.toContain(hubId(name, byDay))
      expect(await overdue('2026-11-18T08:30:00.000Z')).toContain(hubId(name, byDay))
    })

  if (can.dueTimes)
    it('a time of day is over at that moment', async () => {
      expect(await overdue('2026-11-17T19:59:00.000Z')).not.toContain(hubId(name, byTime))
      expect(await overdue('2026-11-17T20:01:00.000Z')).toContain(hubId(name, byTime))
    })
})
