/** Trying the mail: what the server answered is told, and what did not leave does not arrive later. */
import { readdirSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { COMMAND_LINE, type Who } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { perform } from '../../src/operations/perform.ts'
import { mailSettings, testMail } from '../../src/operations/settings/mail.ts'
import { freePort } from '../helpers/freePort.ts'
import { testHub } from '../helpers/hub.ts'
import { openPostbox } from '../reports/postbox.ts'

let hub: Awaited<ReturnType<typeof testHub>>
afterEach(() => hub.close())

const ana: Who = { ...COMMAND_LINE, id: 'u-1', name: 'Ana', email: 'ana@larkfield.example', via: 'web' }
const ask = (operation: unknown, who = ana) => perform(operation as Operation, { hub, jobs: null, who }, {})

test('the server’s own answer is told', async () => {
  await using box = await openPostbox()
  hub = await testHub({ SMTP_URL: box.url })
  const { host } = new URL(box.url)
  expect(await ask(mailSettings)).toEqual({
    server: host,
    encrypted: false,
    folder: null,
    from: 'Throughline <throughline@localhost>',
    noticesTo: null
  })
  expect(await ask(testMail)).toEqual({
    to: 'ana@larkfield.example',
    state: 'accepted',
    answer: expect.stringMatching(/^250 /),
    path: null
  })
  const [mail, ...others] = await box.mails()
  expect(others).toEqual([])
  expect(mail?.to).toMatchObject({ value: [{ address: 'ana@larkfield.example', name: 'Ana' }] })
  expect(mail?.text).toContain('/settings/mail')
})

test('the name and password of the server are told to nobody', async () => {
  hub = await testHub({
    SMTP_URL: 'smtps://hub:verysecret@mail.larkfield.example:465',
    NOTICES_TO: 'ops@larkfield.example'
  })
  expect(await ask(mailSettings)).toEqual({
    server: 'mail.larkfield.example:465',
    encrypted: true,
    folder: null,
    from: 'Throughline <throughline@localhost>',
    noticesTo: 'ops@larkfield.example'
  })
})

test('a server that is not there says so, and nothing arrives later', async () => {
  hub = await testHub({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` })
  expect(await ask(testMail)).toEqual({
    to: 'ana@larkfield.example',
    state: 'refused',
    answer: expect.stringContaining('ECONNREFUSED'),
    path: null
  })
  expect(await hub.db.rows(sql`select 1 from outbox`)).toEqual([])
})

test('without a server it is a file', async () => {
  hub = await testHub()
  expect(await ask(mailSettings)).toMatchObject({ server: null, folder: `${hub.folder}/mail` })
  const { state, path } = (await ask(testMail)) as { state: string; path: string }
  expect(state).toBe('written')
  expect(readdirSync(`${hub.folder}/mail`).map((name) => `${hub.folder}/mail/${name}`)).toEqual([path])
})

test('the command line has no address', async () => {
  hub = await testHub()
  await expect(ask(testMail, COMMAND_LINE)).rejects.toMatchObject({ code: 'no_address' })
})
