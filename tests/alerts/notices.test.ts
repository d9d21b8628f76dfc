/** What whoever looks after the hub is told by mail, once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enqueueNotices } from '../../src/alerts/notices.ts'
import { channels } from '../../src/channels/index.ts'
import { park } from '../../src/connections/connections.ts'
import { sql } from '../../src/db/database.ts'
import { deliverDue } from '../../src/outbox/outbox.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject } from '../helpers/plant.ts'

let hub: Awaited<ReturnType<typeof testHub>>
const open = async (env: Record<string, string>) => {
  hub = await testHub(env)
  await hub.db.run(sql`
    insert into connections (id, tool, account, account_name, credentials) values ('trello-1', 'trello', 'm1', 'Ada <Abara>', '')`)
}
beforeEach(() => open({ NOTICES_TO: 'ops@larkfield.example', PUBLIC_URL: 'https://hub.example.com' }))
afterEach(() => hub.close())

const say = () => enqueueNotices(hub, () => 'Trello')
const mails = () => {
  const folder = join(hub.folder, 'mail')
  return readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
}

test('a refused account is told of once, however often it is noticed, and again the next time', async () => {
  await park(hub, 'trello-1', 'auth_revoked')
  await park(hub, 'trello-1', 'auth_revoked')
  expect([await say(), await say()]).toEqual([1, 0])
  await deliverDue(hub, channels)
  const [mail, ...others] = mails()
  expect(others).toEqual([])
  expect(mail).toContain('To: ops@larkfield.example')
  expect(mail).toContain('Subject: Trello no longer accepts the token of Ada <Abara>')
  expect(mail).toContain('throughline connect trello')
  expect(mail).toContain('Ada &#60;Abara&#62;')
  expect(mail).toContain('https://hub.example.com')
  await hub.db.run(sql`update connections set state = 'active', state_since = now()`)
  expect(await say()).toBe(0)
  await park(hub, 'trello-1', 'auth_revoked')
  expect(await say()).toBe(1)
})

test('a chosen board that nobody shows us any more is told of once; old news are not', async () => {
  const lostAt = new Date(Date.now() - 60_000).toISOString()
  await plantProject(hub.db, { id: 'p1', name: 'Website', lostAt })
  await plantProject(hub.db, { id: 'p2', name: 'Not chosen', chosen: false, lostAt })
  await plantProject(hub.db, { id: 'p3', name: 'Long ago', lostAt: '2026-01-01T00:00:00.000Z' })
  expect([await say(), await say()]).toEqual([1, 0])
  await deliverDue(hub, channels)
  expect(mails()[0]).toContain('Subject: Website is no longer shown to Throughline')
})

test('without NOTICES_TO nobody is told by mail', async () => {
  await hub.close()
  await open({})
  await park(hub, 'trello-1', 'auth_revoked')
  expect(await say()).toBe(0)
})
