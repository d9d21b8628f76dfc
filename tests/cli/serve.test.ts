import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { local } from '../../src/cli/reach.ts'
import { readConfig } from '../../src/config.ts'
import { readLock } from '../../src/db/lock.ts'
import { openHub } from '../../src/hub.ts'
import { connectTool } from '../../src/operations/connections/connections.ts'
import { addKeyResult, addObjective } from '../../src/operations/okr/objectives.ts'
import { addPerson } from '../../src/operations/people/people.ts'
import { choose } from '../../src/operations/projects/projects.ts'
import { subscribe } from '../../src/operations/reports/reports.ts'
import { sync } from '../../src/operations/sync/sync.ts'
import { makeBoard } from '../helpers/boards.ts'
import { freePort } from '../helpers/freePort.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Ended, type Installation, installation, type Running } from './running.ts'

const ANSWERS = /Throughline answers on (http:\S+)/

let trello: TrelloSandbox
let home: Installation
beforeAll(async () => {
  trello = await startTrello()
  await trello.load(
    makeBoard({ name: 'Client portal', cards: 4, moves: 3, from: new Date(Date.now() - 3 * 3_600_000).toISOString() })
  )
  // The lock, and reaching a hub that holds it, are matters of the embedded engine.
  home = await installation({ TRELLO_URL: `${trello.url}/1`, TRELLO_KEY: trello.key }, true)
  const hub = await openHub(readConfig(home.env))
  const { call } = local(hub)
  await call(connectTool, { tool: 'trello', credentials: { key: trello.key, token: trello.token } })
  await call(choose, { projects: ['Client portal'] })
  await call(sync, {})
  await call(addObjective, { title: 'O', from: '2026-01-01', to: '2099-12-31' })
  await call(addKeyResult, { objective: 'O', title: 'K', target: 5, filter: 'project = "Client portal"' })
  await call(addPerson, { name: 'Ana', email: 'ana@example.com' })
  await call(subscribe, { email: 'ana@example.com' })
  await hub.close()
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await trello.stop()
})

const running: Running[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop('SIGKILL')))
})

const READS = [
  ['projects'],
  ['columns', 'Client portal'],
  ['findings'],
  ['alerts', 'preview', 'client portal'],
  ['okr'],
  ['report'],
  ['report', 'preview', 'ana@example.com'],
  ['doctor']
]

const KEY_RESULT = ['okr', 'key-result', 'X', '--objective', 'O', '--target']
/** What cannot be done, and the beginning of what is said about it. */
const REFUSALS: [args: string[], words: string][] = [
  [['projects', 'choose', 'Nothing'], 'There is no project “Nothing”. List them with: throughline projects\n'],
  [['columns', 'set', 'Client portal', 'Nowhere', 'doing'], 'Client portal has no column “Nowhere”.'],
  [
    ['columns', 'set', 'Client portal', 'Doing', 'somehow'],
    '“somehow” is no category. Use one of backlog, todo, doing, blocked, done, dropped, reference, unmapped, or auto.\n'
  ],
  [['findings', '--limit', 'many'], 'limit: '],
  [['alerts', 'on', 'Nothing'], 'There is no project “Nothing”.'],
  [[...KEY_RESULT, '1', '--filter', 'colour = red'], 'The filter cannot be read at character 1: '],
  [[...KEY_RESULT, 'ten', '--filter', 'project = "Client portal"'], 'target: '],
  [['okr', 'ledger', 'kr-none'], 'There is no key result kr-none. List them with: throughline okr\n'],
  [['people', 'add', 'X', 'no address'], 'email: should be a mail address such as ana@example.com\n'],
  [['people', 'add', 'X', 'x@example.com', '--language', 'xx'], 'language: should be one of '],
  [['people', 'add', 'X', 'x@example.com', '--zone', 'Mars/Olympus'], 'timeZone: "Mars/Olympus" is no time zone.'],
  [['people', 'remove', 'who@example.com'], 'There is nobody with the address who@example.com.'],
  [['report', 'subscribe', 'who@example.com'], 'There is nobody with the address who@example.com.'],
  [['report', 'subscribe', 'ana@example.com', '--day', 'someday'], '“someday” is no weekday.'],
  [['report', 'subscribe', 'ana@example.com', '--time', '7.30'], 'time: should be a time of day such as 07:30\n'],
  [['report', 'preview', 'ana@example.com', '--week', 'last'], 'week: should be an ISO week such as 2026-W47\n'],
  [['report', 'send', 'who@example.com'], 'who@example.com gets no report yet.'],
  [['doctor', 'retry', '999'], 'There is no dead or unclear delivery 999.\n'],
  [['connect', 'trello'], 'No token was given. Paste it, pipe it in, or use --token.\n']
]

const serve = async () => {
  const serving = home.keep(['serve', '--port', '0'])
  running.push(serving)
  const [, address] = ANSWERS.exec(await serving.said(ANSWERS)) ?? []
  return { ...serving, address: address as string }
}

/** Without what changes from one moment to the next: how far an even pace would be, and tokens of notes not yet kept. */
const still = (answer: unknown): string =>
  JSON.stringify(answer)
    .replaceAll(/"expected":[\d.e-]+/g, '"expected":…')
    .replaceAll(/`[a-z0-9]{10}`/g, '`…`')
    .replaceAll(/"code","text":"[a-z0-9]{10}"/g, '"code","text":"…"')
    .replaceAll(/"expectedShare":[\d.e-]+/g, '"expectedShare":…')

describe('a hub that serves', () => {
  test('answers the verbs of this machine as they would answer themselves, and gives the folder back at SIGTERM', async () => {
    const before: string[] = []
    for (const args of READS) before.push(still(await home.json(...args)))
    const serving = await serve()
    expect(readLock(home.folder)).toMatchObject({ pid: serving.pid, address: serving.address })
    const during: string[] = []
    for (const args of READS) during.push(still(await home.json(...args)))
    expect(during).toEqual(before)

    // Changes too.
    const on = await home.run(['alerts', 'on', 'Client portal'])
    expect([on.code, on.stdout]).toEqual([0, 'Alerts are on for Client portal.\n4 comments posted.\n'])
    const off = await home.run(['alerts', 'off', 'Client portal'])
    expect([off.code, off.stdout]).toEqual([0, 'Alerts are off for Client portal.\n4 comments taken back.\n'])
    expect(await home.json('sync')).toMatchObject({
      runs: [{ name: 'Client portal', mode: 'incremental' }],
      failed: []
    })

    expect(await serving.stop('SIGTERM')).toBe(0)
    expect(readLock(home.folder)).toBeNull()
  })

  test('refuses what cannot be done in a sentence, and as an object where JSON is asked for', async () => {
    const serving = await serve()
    const said: Ended[] = []
    for (let at = 0; at < REFUSALS.length; at += 3)
      said.push(...(await Promise.all(REFUSALS.slice(at, at + 3).map(([args]) => home.run(args)))))
    expect(said.map(({ code, stdout }, index) => [REFUSALS[index]?.[0], code, stdout])).toEqual(
      REFUSALS.map(([args]) => [args, 1, ''])
    )
    for (const [index, { stderr }] of said.entries()) {
      expect(stderr).toMatch(/^[^\n]+\n$/)
      expect(stderr.slice(0, REFUSALS[index]?.[1].length)).toBe(REFUSALS[index]?.[1])
    }
    const asJson = await home.run(['okr', 'ledger', 'kr-none', '--json'])
    expect([asJson.code, JSON.parse(asJson.stdout)]).toEqual([
      1,
      { error: { code: 'no_key_result', message: asJson.stderr.trim() } }
    ])
    await serving.stop()
  })

  test('is refused a folder that another one serves, in one sentence', async () => {
    const serving = await serve()
    const { code, stdout, stderr } = await home.run(['serve', '--port', '0'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      `Another throughline process (pid ${serving.pid}) is using ${home.folder}. Stop it first, or wait until it is done.\n`
    )
    expect(await serving.stop('SIGINT')).toBe(0)
  })

  test('prints the link that makes its owner until there is one, and lets nobody else in', async () => {
    const port = await freePort()
    await using fresh = await installation({ PORT: String(port) }, true)
    const serving = fresh.keep(['serve'])
    const told = await serving.said(/Open this to make yours:\s+http\S+\n/)
    const link = new URL(/http\S+\/first\S+/.exec(told)?.[0] ?? '')
    expect(link.origin).toBe(`http://127.0.0.1:${port}`)
    const first = await fetch(`${link.origin}/api/first`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: link.origin },
      body: JSON.stringify({
        token: link.searchParams.get('token'),
        name: 'Ana',
        email: 'ana@example.com',
        password: 'correct horse battery'
      })
    })
    const cookie = first.headers.getSetCookie().map((one) => one.split(';', 1)[0])
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${link.origin}/api/projects`, { headers })).status
    expect([
      await ask({ cookie: cookie.join('; ') }),
      await ask({}),
      await ask({ authorization: 'Bearer tl_wrong' })
    ]).toEqual([200, 401, 401])
    expect((await fetch(`${link.origin}/healthz`)).status).toBe(200)
    expect(await serving.stop()).toBe(0)
    const again = fresh.keep(['serve'])
    expect(await again.said(ANSWERS)).not.toContain('/first')
    expect(await again.stop()).toBe(0)
  })

  test('that was killed leaves the folder to the next verb, with everything in it', async () => {
    const serving = await serve()
    await serving.stop('SIGKILL')
    expect(readLock(home.folder)?.pid).toBe(serving.pid)
    const { projects } = await home.json<{ projects: { name: string; tasks: number }[] }>('projects')
    expect(projects).toMatchObject([{ name: 'Client portal', tasks: 4 }])
    expect(readLock(home.folder)).toBeNull()
  })

  test('says which setting to change when its port is taken, and gives the folder back', async () => {
    const port = new URL(trello.url).port
    const { code, stderr } = await home.run(['serve', '--port', port])
    expect([code, stderr]).toEqual([1, `Port ${port} is in use. Set PORT to another one.\n`])
    expect(readLock(home.folder)).toBeNull()
  })
})

test('verbs that come at the same time wait for one another', async () => {
  const told = await Promise.all([
    home.run(['projects', '--json']),
    home.run(['people', '--json']),
    home.run(['doctor', '--json'])
  ])
  expect(told.map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([0, '']))
})
