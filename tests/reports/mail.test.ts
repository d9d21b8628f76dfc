import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import { local } from '../../src/cli/reach.ts'
import { readConfig } from '../../src/config.ts'
import { sql } from '../../src/db/database.ts'
import { openHub } from '../../src/hub.ts'
import { addPerson } from '../../src/operations/people/people.ts'
import { sendReport, subscribe } from '../../src/operations/reports/reports.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { retryOutbox } from '../../src/operations/sync/retry.ts'
import { deliverDue, releaseDeadLeases } from '../../src/outbox/outbox.ts'
import { enqueueDueReports } from '../../src/reports/schedule.ts'
import { installation } from '../cli/running.ts'
import { testHub } from '../helpers/hub.ts'
import { plantPerson, plantProject, plantTask } from '../helpers/plant.ts'
import { openPostbox, type Postbox } from './postbox.ts'

const NOW = '2026-11-23T07:40:00.000Z'
type TestHub = Awaited<ReturnType<typeof testHub>>

let postbox: Postbox
beforeEach(async () => {
  postbox = await openPostbox()
})
afterEach(() => postbox[Symbol.asyncDispose]())

/** A hub in which Ana is due her rollup of a week with three cards. */
async function due(env: Record<string, string>): Promise<TestHub> {
  const hub = await testHub({ MAIL_FROM: 'Throughline <hub@larkfield.example>', ...env })
  hub.now = () => '2026-11-01T00:00:00.000Z'
  const { db } = hub
  await plantProject(db, { id: 'p1', name: 'Client portal', readAt: NOW, columns: { Doing: 'doing', Done: 'done' } })
  await plantPerson(db, 'ada', 'Ada Abara')
  const done = { column: 'Done', category: 'done', assignees: ['ada'] }
  await plantTask(db, { id: 'c1', title: 'Sign in by link', completedAt: '2026-11-17T10:00:00.000Z', ...done })
  await plantTask(db, {
    id: 'c2',
    title: 'Größe “Ünder” <b>20 MB</b> 漢字',
    completedAt: '2026-11-18T10:00:00.000Z',
    ...done
  })
  await plantTask(db, { id: 'c3', title: 'Week before', completedAt: '2026-11-11T10:00:00.000Z', ...done })
  await local(hub).call(addPerson, { name: 'Ana Ribeiro', email: 'ana@larkfield.example', timeZone: 'Europe/Lisbon' })
  await local(hub).call(subscribe, { email: 'ana@larkfield.example' })
  hub.now = () => NOW
  return hub
}

const rows = ({ db }: Pick<TestHub, 'db'>) =>
  db.rows<{ id: number; state: string; unclear: boolean }>(sql`select id, state, unclear from outbox order by id`)
const makeDue = ({ db }: Pick<TestHub, 'db'>) =>
  db.run(
    sql`update outbox set due_at = now(), lease_until = case when state = 'sending' then now() - interval '1 second' end`
  )

const NOTHING = { sent: 0, retry: 0, wait: 0, unclear: 0, dead: 0 }

describe('the weekly mail', () => {
  test('arrives whole at a real server: subject, both parts, links to each card, the chart, our headers', async () => {
    const hub = await due({ SMTP_URL: postbox.url })
    expect(await enqueueDueReports(hub)).toBe(1)
    expect(await deliverDue(hub, channels)).toMatchObject({ sent: 1 })
    const [mail, ...more] = await postbox.mails()
    expect(more).toEqual([])
    expect(mail?.subject).toBe('Week 47: 2 done')
    expect(mail?.to).toMatchObject({ value: [{ name: 'Ana Ribeiro', address: 'ana@larkfield.example' }] })
    expect(mail?.from?.value).toEqual([{ name: 'Throughline', address: 'hub@larkfield.example' }])
    for (const part of [String(mail?.html), String(mail?.text)]) {
      for (const id of ['c1', 'c2']) expect(part).toContain(`https://trello.example/c/${id}`)
      expect(part).not.toContain('https://trello.example/c/c3')
      expect(part).toContain('Sign in by link')
      expect(part).toContain('Client portal')
    }
    expect(mail?.text).toContain('Größe “Ünder” <b>20 MB</b> 漢字')
    expect(mail?.html).toContain('Größe “Ünder” &#60;b&#62;20 MB&#60;/b&#62; 漢字')
    expect(mail?.attachments.map(({ filename, contentType, related }) => [filename, contentType, related])).toEqual([
      ['cards-done.png', 'image/png', true]
    ])
    expect(mail?.attachments[0]?.content.subarray(1, 4).toString()).toBe('PNG')
    expect(mail?.headers.get('list')).toMatchObject({ id: { name: 'weekly-rollup.throughline.larkfield.example' } })
    await hub.close()
  })

  test('without a mail server is a file in the mail folder, and reads the same', async () => {
    const hub = await due({})
    await enqueueDueReports(hub)
    expect(await deliverDue(hub, channels)).toMatchObject({ sent: 1 })
    const folder = join(hub.folder, 'mail')
    expect(readdirSync(folder)).toEqual(['2026-W47-ana-ribeiro-weekly-rollup.eml'])
    const mail = await simpleParser(readFileSync(join(folder, '2026-W47-ana-ribeiro-weekly-rollup.eml')))
    expect([mail.subject, mail.attachments.length]).toEqual(['Week 47: 2 done', 1])
    expect(mail.html).toContain('https://trello.example/c/c1')
    await hub.close()
  })

  test('whose answer was lost is shown as unclear, is not sent again by itself, and goes out again at one word', async () => {
    const hub = await due({ SMTP_URL: postbox.url })
    await enqueueDueReports(hub)
    postbox.after('drop')
    expect(await deliverDue(hub, channels)).toMatchObject({ unclear: 1 })
    postbox.after('answer')
    for (let n = 0; n < 3; n++) {
      await makeDue(hub)
      expect(await enqueueDueReports(hub)).toBe(0)
      expect(await deliverDue(hub, channels)).toEqual(NOTHING)
    }
    expect(await postbox.mails()).toHaveLength(1)
    const [row] = await rows(hub)
    const { outbox, concerns } = await local(hub).call(doctor, {})
    expect(outbox).toEqual({ due: 0, unclear: 1, dead: 0 })
    expect(concerns.find(({ about }) => about === 'ana@larkfield.example')).toEqual({
      about: 'ana@larkfield.example',
      what: expect.stringMatching(
        /^Whether this mail of .* arrived is unclear: the answer was lost\. It is not sent again by itself\.$/
      ),
      todo: `throughline doctor retry ${row?.id}`
    })
    expect(await local(hub).call(retryOutbox, { id: row?.id ?? 0 })).toEqual({ retried: true })
    expect(await deliverDue(hub, channels)).toMatchObject({ sent: 1 })
    const [first, second] = await postbox.mails()
    expect(second?.messageId).toBe(first?.messageId)
    expect(await rows(hub)).toEqual([{ id: row?.id, state: 'sent', unclear: false }])
    await expect(local(hub).call(retryOutbox, { id: row?.id ?? 0 })).rejects.toThrow(
      `There is no dead or unclear delivery ${row?.id}.`
    )
    await hub.close()
  })

  test('that the server refuses for now is tried again, and arrives once', async () => {
    const closed = await openPostbox()
    const hub = await due({ SMTP_URL: closed.url })
    await closed[Symbol.asyncDispose]()
    await enqueueDueReports(hub)
    expect(await deliverDue(hub, channels)).toMatchObject({ retry: 1 })
    const later = { ...hub, config: { ...hub.config, SMTP_URL: postbox.url } }
    await makeDue(hub)
    expect(await deliverDue(later, channels)).toMatchObject({ sent: 1 })
    await makeDue(hub)
    await deliverDue(later, channels)
    expect(await postbox.mails()).toHaveLength(1)
    await hub.close()
  })

  test('of several senders at once goes out once', async () => {
    const hub = await due({ SMTP_URL: postbox.url })
    await enqueueDueReports(hub)
    await Promise.all([1, 2, 3].map(() => deliverDue(hub, channels)))
    expect(await postbox.mails()).toHaveLength(1)
    await hub.close()
  })

  test('asked for by hand leaves once a week too', async () => {
    const hub = await due({ SMTP_URL: postbox.url })
    const reach = local(hub)
    expect(await reach.call(sendReport, { email: 'ana@larkfield.example' })).toMatchObject({
      week: '2026-W47',
      state: 'sent',
      path: null
    })
    await expect(reach.call(sendReport, { email: 'ana@larkfield.example' })).rejects.toThrow(
      'The rollup of 2026-W47 has left for ana@larkfield.example already; each week is sent once.'
    )
    expect(await enqueueDueReports(hub)).toBe(0)
    await reach.call(sendReport, { email: 'ana@larkfield.example', week: '2026-W46' })
    expect((await postbox.mails()).map(({ subject }) => subject?.slice(0, 7))).toEqual(['Week 47', 'Week 46'])
    await hub.close()
  })
})

test('killed while the server has the mail and has not answered, the hub never sends a second one by itself', async () => {
  await using home = await installation({ SMTP_URL: postbox.url })
  await home.json('people', 'add', 'Ana', 'ana@larkfield.example')
  await home.json('report', 'subscribe', 'ana@larkfield.example')
  postbox.after('hold')
  const sending = home.keep(['report', 'send', 'ana@larkfield.example'])
  await postbox.holds(1)
  await sending.stop('SIGKILL')
  postbox.after('answer')
  const hub = await openHub(readConfig(home.env))
  try {
    await releaseDeadLeases(hub)
    if (hub.db.engine === 'postgres') await makeDue(hub)
    expect(await deliverDue(hub, channels)).toMatchObject({ sent: 0, unclear: 1 })
    await makeDue(hub)
    expect(await deliverDue(hub, channels)).toEqual(NOTHING)
    expect(await rows(hub)).toMatchObject([{ state: 'unclear' }])
  } finally {
    await hub.close()
  }
  expect(await postbox.mails()).toHaveLength(1)
  const { concerns } = await home.json<{ concerns: { todo: string }[] }>('doctor')
  const [, , , id] = concerns[0]?.todo.split(' ') ?? []
  expect(await home.json('doctor', 'retry', id as string)).toEqual({ retried: true })
})
