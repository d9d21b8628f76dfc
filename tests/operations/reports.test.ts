/** Rollups that left and will leave: whose they are, and that nobody reads in theirs of boards they do not see. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE, type Who } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { addPerson } from '../../src/operations/people/people.ts'
import { perform } from '../../src/operations/perform.ts'
import { reportMail, reportMails } from '../../src/operations/reports/mails.ts'
import {
  previewReport,
  reportSubscriptions,
  sendReport,
  subscribe,
  unsubscribe
} from '../../src/operations/reports/reports.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject, plantTask } from '../helpers/plant.ts'

/** Monday of week 48. */
const NOW = '2026-11-23T12:00:00.000Z'
const ANA = 'ana@larkfield.example'

let opened: Awaited<ReturnType<typeof testHub>>
let hub: Hub
beforeEach(async () => {
  opened = await testHub()
  hub = { ...opened, now: () => NOW }
  const readAt = '2026-11-23T11:50:00.000Z'
  await plantProject(hub.db, { id: 'p1', name: 'Portal', readAt, lookedAt: readAt })
  await plantProject(hub.db, { id: 'p2', name: 'Secret', readAt, lookedAt: readAt })
  for (const [id, project] of [
    ['open', 'p1'],
    ['hush', 'p2']
  ] as const)
    await plantTask(hub.db, {
      id,
      title: `Card ${id}`,
      project,
      category: 'done',
      completedAt: '2026-11-18T10:00:00.000Z'
    })
  for (const [id, email] of [
    ['u1', ANA],
    ['u2', 'bo@larkfield.example']
  ])
    await hub.db.run(sql`insert into users (id, name, email, role) values (${id}, ${id}, ${email}, 'manager')`)
  await hub.db.run(sql`insert into user_projects (user_id, project_id) values ('u1', 'trello:p1')`)
})
afterEach(() => opened.close())

const who = (id: string, email: string): Who => ({
  ...COMMAND_LINE,
  id,
  email,
  role: 'manager',
  via: 'web',
  projects: id === 'u1' ? ['trello:p1'] : []
})
const [ana, bo] = [who('u1', ANA), who('u2', 'bo@larkfield.example')]
const as = (one: Who) => ({ hub, jobs: null, who: one })
const text = async (email: string) => (await perform(previewReport, as(COMMAND_LINE), { email })).text

test('a rollup to somebody with an account tells only of boards they see, whatever was chosen for them', async () => {
  await perform(addPerson, as(COMMAND_LINE), { name: 'Ana', email: ANA })
  await perform(subscribe, as(COMMAND_LINE), { email: ANA })
  expect(await text(ANA)).toContain('Card open')
  expect(await text(ANA)).not.toMatch(/Card hush|Secret/)
  await perform(subscribe, as(COMMAND_LINE), { email: ANA, projects: ['trello:p2'] })
  expect(await text(ANA)).not.toMatch(/Card hush|Secret|Card open/)
  await hub.db.run(sql`update users set role = 'ops' where id = 'u1'`)
  expect(await text(ANA)).toContain('Card hush')
})

test('whose account has another address than their mail sees no more by that', async () => {
  await perform(addPerson, as(COMMAND_LINE), { name: 'Ana', email: 'ana@home.example' })
  await hub.db.run(sql`update users set person_id = (select id from people) where id = 'u1'`)
  await perform(subscribe, as(COMMAND_LINE), { email: 'ana@home.example' })
  expect(await text('ana@home.example')).not.toContain('Card hush')
})

test('somebody without an account gets what was chosen for them', async () => {
  await perform(addPerson, as(COMMAND_LINE), { name: 'Client', email: 'client@else.example' })
  await perform(subscribe, as(COMMAND_LINE), { email: 'client@else.example' })
  expect(await text('client@else.example')).toMatch(/Card hush/)
  await perform(subscribe, as(COMMAND_LINE), { email: 'client@else.example', projects: ['trello:p1'] })
  expect(await text('client@else.example')).not.toMatch(/Card hush/)
})

test('a manager subscribes, reads, sends and ends their own, though nobody entered them as a person, and no one else’s', async () => {
  expect(await perform(subscribe, as(ana), { email: ANA, weekday: 2, time: '08:00' })).toMatchObject({
    email: ANA,
    next: '2026-11-24T08:00:00.000Z'
  })
  await perform(subscribe, as(COMMAND_LINE), { email: 'bo@larkfield.example' })
  const mine = await perform(reportSubscriptions, as(ana), {})
  expect(mine.subscriptions.map(({ email }) => email)).toEqual([ANA])
  expect(await perform(sendReport, as(ana), { email: ANA })).toMatchObject({ state: 'sent', week: '2026-W47' })
  await perform(sendReport, as(COMMAND_LINE), { email: 'bo@larkfield.example' })
  for (const forbidden of [
    () => perform(sendReport, as(ana), { email: 'bo@larkfield.example' }),
    () => perform(previewReport, as(ana), { email: 'bo@larkfield.example' }),
    () => perform(subscribe, as(bo), { email: ANA }),
    () => perform(unsubscribe, as(bo), { email: ANA })
  ])
    await expect(forbidden()).rejects.toMatchObject({ status: 403 })
  expect(await perform(unsubscribe, as(ana), { email: ANA })).toEqual({ removed: true })
})

test('what has left is listed with what became of it, and shown as it left, to whom it went or to ops', async () => {
  await perform(subscribe, as(ana), { email: ANA })
  await perform(subscribe, as(bo), { email: 'bo@larkfield.example' })
  await perform(sendReport, as(ana), { email: ANA })
  await perform(sendReport, as(ana), { email: ANA, week: '2026-W46' })
  await perform(sendReport, as(bo), { email: 'bo@larkfield.example' })
  await hub.db.run(sql`
    update outbox set state = 'unclear', outcome = '{"reason":"no answer"}' where key like '%W47' and ref in (
      select s.id from report_subscriptions s join people p on p.id = s.person_id where p.email = ${ANA})`)
  const { mails } = await perform(reportMails, as(COMMAND_LINE), {})
  expect(mails.map(({ week, email, state, reason }) => [week, email, state, reason])).toEqual([
    ['2026-W47', ANA, 'unclear', 'no answer'],
    ['2026-W47', 'bo@larkfield.example', 'sent', null],
    ['2026-W46', ANA, 'sent', null]
  ])
  const own = (await perform(reportMails, as(ana), {})).mails
  expect(own.map(({ week }) => week)).toEqual(['2026-W47', '2026-W46'])
  const id = own[0]?.id as number
  const shown = await perform(reportMail, as(ana), { id })
  expect(shown.to).toBe(ANA)
  expect(shown.html).toContain('Card open')
  expect(shown.html).not.toMatch(/cid:|<script/)
  await expect(perform(reportMail, as(bo), { id })).rejects.toMatchObject({ status: 403 })
  await expect(perform(reportMail, as(bo), { id: 999 })).rejects.toMatchObject({ status: 404 })
  // Other mails, with a link to sign in say, are no rollups.
  await hub.db.run(sql`
    insert into outbox (channel, key, ref, state, payload) values ('email', 'k', 'access', 'sent', '{"to":{"address":"bo@larkfield.example"}}')`)
  const [other] = await hub.db.rows<{ id: number }>(sql`select id from outbox where key = 'k'`)
  await expect(perform(reportMail, as(COMMAND_LINE), { id: other?.id })).rejects.toMatchObject({ status: 404 })
})
