import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readLock } from '../../src/db/lock.ts'
import { makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Installation, installation, type Running } from './running.ts'

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
  await home.json('connect', 'trello', '--token', trello.token)
  await home.json('projects', 'choose', '--all')
  await home.json('sync')
  await home.json('okr', 'objective', 'O', '--from', '2026-01-01', '--to', '2099-12-31')
  await home.json(
    'okr',
    'key-result',
    'K',
    '--objective',
    'O',
    '--target',
    '5',
    '--filter',
    'project = "Client portal"'
  )
  await home.json('people', 'add', 'Ana', 'ana@example.com')
  await home.json('report', 'subscribe', 'ana@example.com')
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
  ['findings', '--closed', '--limit', '5'],
  ['alerts', 'preview', 'client portal'],
  ['okr'],
  ['people'],
  ['report'],
  ['report', 'preview', 'ana@example.com'],
  ['doctor']
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

describe('a hub that serves', () => {
  test('answers the verbs of this machine as they would answer themselves, and gives the folder back at SIGTERM', async () => {
    const before: string[] = []
    for (const args of READS) before.push(still(await home.json(...args)))
    const serving = await serve()
    expect(readLock(home.folder)).toMatchObject({ pid: serving.pid, address: serving.address })
    const during: string[] = []
    for (const args of READS) during.push(still(await home.json(...args)))
    expect(during).toEqual(before)

    // Changes too, and refusals in the same words.
    const on = await home.run(['alerts', 'on', 'Client portal'])
    expect([on.code, on.stdout]).toEqual([0, 'Alerts are on for Client portal.\n4 comments posted.\n'])
    const off = await home.run(['alerts', 'off', 'Client portal'])
    expect([off.code, off.stdout]).toEqual([0, 'Alerts are off for Client portal.\n4 comments taken back.\n'])
    expect(await home.json('sync')).toMatchObject({
      runs: [{ name: 'Client portal', mode: 'incremental' }],
      failed: []
    })
    for (const args of [
      ['columns', 'Nothing'],
      ['okr', 'ledger', 'kr-none'],
      ['people', 'add', 'X', 'no address'],
      ['findings', '--limit', 'many']
    ]) {
      const there = await home.run(args)
      expect([there.code, there.stdout, there.stderr.trim().split('\n').length]).toEqual([1, '', 1])
      expect(there.stderr).toMatch(/^(There is no |email: should be|limit: )/)
    }

    expect(await serving.stop('SIGTERM')).toBe(0)
    expect(readLock(home.folder)).toBeNull()
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

  test('prints its token once, takes it, and refuses others', async () => {
    const fresh = await installation({}, true)
    const serving = fresh.keep(['serve', '--port', '0'])
    const told = await serving.said(/API token, shown this once:\s+tl_\S+\n/)
    const address = ANSWERS.exec(told)?.[1]
    const token = /tl_\S+/.exec(told)?.[0]
    const ask = (bearer: string) => fetch(`${address}/api/projects`, { headers: { authorization: `Bearer ${bearer}` } })
    expect([(await ask(token as string)).status, (await ask('tl_wrong')).status]).toEqual([200, 401])
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(await serving.stop()).toBe(0)
    const again = fresh.keep(['serve', '--port', '0'])
    expect(await again.said(ANSWERS)).not.toContain('API token')
    expect(await again.stop()).toBe(0)
    await fresh[Symbol.asyncDispose]()
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
