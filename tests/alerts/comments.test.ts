import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import { local } from '../../src/cli/reach.ts'
import { sql } from '../../src/db/database.ts'
import { openHub } from '../../src/hub.ts'
import { followUp } from '../../src/jobs/line.ts'
import { connectTool } from '../../src/operations/connections/connections.ts'
import { previewAlerts, removeAllComments } from '../../src/operations/findings/alerts.ts'
import { choose } from '../../src/operations/projects/projects.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { deliverDue } from '../../src/outbox/outbox.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { type Line, startLine } from '../helpers/line.ts'

const [ADA, BELA] = [madeId('member', 1, 0), madeId('member', 1, 1)]
const DUE = '2027-03-01T12:00:00.000Z'

/** Six cards: no deadline and nobody; fine; overdue; done; in the backlog; no deadline, Ada's. */
const board = () =>
  makeBoard({
    name: 'Portal',
    lists: ['Backlog', 'To do', 'Doing', 'Done'],
    from: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    cards: [
      { name: 'Nobody and no date', list: 1 },
      { name: 'All fine', list: 1, due: DUE, idMembers: [BELA] },
      { name: 'Late', list: 1, due: '2026-01-09T12:00:00.000Z', idMembers: [BELA] },
      { name: 'Done', list: 3 },
      { name: 'Some day', list: 0 },
      { name: 'Ada’s', list: 2, idMembers: [ADA] }
    ]
  })

let line: Line
let cards: string[]

beforeEach(async () => {
  const made = board()
  cards = (made.cards as { id: string }[]).map(({ id }) => id)
  line = await startLine([made])
})
afterEach(() => line[Symbol.asyncDispose]())

const all = async () => (await Promise.all(cards.map((id) => line.comments(id)))).map((own) => own.length)

describe('comments on cards', () => {
  test('are off until someone switches them on', async () => {
    await line.sync()
    await line.deliver()
    expect(await all()).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('are posted once on each card with something open, in the words of the preview', async () => {
    await line.sync()
    const preview = await local(line.hub).call(previewAlerts, { project: 'Portal' })
    await line.alerts(true)
    await line.deliver()
    await line.sync()
    await line.deliver()
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
    const [first] = await line.comments(cards[0] as string)
    const shown = preview.comments.find(({ task }) => task === `trello:${cards[0]}`)?.text ?? ''
    const tokenless = (text: string) => text.replace(/`[a-z0-9]{10}`/, '`…`')
    expect(tokenless(first?.text ?? '')).toBe(tokenless(shown))
    expect(first?.text).toContain('**No deadline**')
    expect(first?.text).toContain('**No assignee**')
    expect((await line.comments(cards[5] as string))[0]?.text).toMatch(/^@adaabara this card has no date yet\./)
  })

  test('are edited when things change and say all clear when all is fixed', async () => {
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    const [posted] = await line.comments(cards[0] as string)
    await line.trello.call('PUT', `/cards/${cards[0]}`, { body: { due: DUE } })
    await line.sync()
    await line.deliver()
    const [edited] = await line.comments(cards[0] as string)
    expect(edited?.id).toBe(posted?.id)
    expect(edited?.text).toContain('Nobody assigned yet')
    expect(edited?.text).not.toContain('No deadline')
    await line.trello.call('POST', `/cards/${cards[0]}/idMembers`, { body: { value: BELA } })
    await line.sync()
    await line.deliver()
    const clear = await line.comments(cards[0] as string)
    expect(clear).toHaveLength(1)
    expect(clear[0]?.id).toBe(posted?.id)
    expect(clear[0]?.text).toMatch(/^All clear since /)
    expect(clear[0]?.text).toContain('Thank you, Bela')
  })

  test('within a day a new finding edits the old comment; later it is posted anew and the old one goes', async () => {
    const fix = (due: string | null) => line.trello.call('PUT', `/cards/${cards[5]}`, { body: { due } })
    const step = async () => {
      await line.sync()
      await line.deliver()
      return line.comments(cards[5] as string)
    }
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    const [first] = await line.comments(cards[5] as string)
    await fix(DUE)
    expect((await step())[0]?.text).toMatch(/^All clear/)
    await fix(null)
    const again = await step()
    expect(again).toHaveLength(1)
    expect(again[0]?.id).toBe(first?.id)
    expect(again[0]?.text).toContain('no date')
    await fix(DUE)
    await step()
    await line.hub.db.run(sql`update notes set cleared_at = now() - interval '25 hours'`)
    await fix(null)
    const anew = await step()
    expect(anew).toHaveLength(1)
    expect(anew[0]?.id).not.toBe(first?.id)
  })

  test('do not change as days go by', async () => {
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    await line.trello.forgetRequests()
    line.hub.now = () => new Date(Date.now() + 3 * 86_400_000).toISOString()
    await line.sync()
    await line.deliver()
    const { last } = await line.trello.requests(50)
    expect(last.length).toBeGreaterThan(0)
    expect(last.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('are taken back when alerts are switched off', async () => {
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    expect((await all()).reduce((sum, n) => sum + n)).toBe(3)
    await line.alerts(false)
    await line.deliver()
    expect(await all()).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('are all removed by one verb, and people’s own comments stay', async () => {
    await line.trello.call('POST', `/cards/${cards[0]}/actions/comments`, { body: { text: 'Mine' } })
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    const answer = await local(line.hub).call(removeAllComments, {})
    expect(answer).toMatchObject({ removed: 3, failed: 0, left: 0 })
    expect(await all()).toEqual([1, 0, 0, 0, 0, 0])
    expect((await line.comments(cards[0] as string))[0]?.text).toBe('Mine')
  })

  test('a comment that a person deletes is not posted again while the same things are open', async () => {
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    const [mine] = await line.comments(cards[0] as string)
    await line.trello.call('DELETE', `/actions/${mine?.id}`)
    await line.trello.call('PUT', `/cards/${cards[0]}`, { body: { due: DUE } })
    await line.sync()
    await line.deliver()
    await line.sync()
    await line.deliver()
    expect(await line.comments(cards[0] as string)).toEqual([])
  })

  test('nothing is posted on a card that was fixed a moment ago: it is read again before', async () => {
    await line.sync()
    await line.alerts(true)
    await line.trello.call('PUT', `/cards/${cards[5]}`, { body: { due: DUE } })
    await line.deliver()
    expect(await line.comments(cards[5] as string)).toEqual([])
    const open = await line.hub.db.rows(
      sql`select 1 from findings where task_id = ${`trello:${cards[5]}`} and closed_at is null`
    )
    expect(open).toEqual([])
  })

  test('a card made just now is left alone for a while', async () => {
    const list = madeId('list', 1, 1)
    const made = await line.trello.call('POST', '/cards', { body: { name: 'New', idList: list } })
    const fresh = String((made.json as { id: string }).id)
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    expect(await line.comments(fresh)).toEqual([])
    line.hub.now = () => new Date(Date.now() + 31 * 60_000).toISOString()
    await line.sync()
    await line.deliver()
    expect(await line.comments(fresh)).toHaveLength(1)
  })

  test('an answer that gets lost after the tool took the comment leads to no second one', async () => {
    await line.sync()
    await line.alerts(true)
    await line.trello.fault({ method: 'POST', path: 'comments', times: 3, effect: { drop: 'after' } })
    expect(await line.deliver()).toMatchObject({ sent: 0, retry: 3 })
    expect(await line.deliver(true)).toMatchObject({ sent: 3 })
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
    // The lost request may yet take effect: ten minutes later it is looked at once more.
    const kept = () => line.hub.db.rows(sql`select distinct unclear, state, payload from outbox`)
    expect(await kept()).toEqual([{ unclear: false, state: 'due', payload: { check: true } }])
    const [own] = await line.comments(cards[0] as string)
    await line.trello.call('POST', `/cards/${cards[0]}/actions/comments`, { body: { text: own?.text } })
    expect(await line.deliver(true)).toMatchObject({ sent: 3 })
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
    expect((await line.comments(cards[0] as string)).map(({ id }) => id)).toEqual([own?.id])
    expect(await kept()).toEqual([{ unclear: false, state: 'sent', payload: null }])
  })

  test('a comment that never arrived is posted by the next try', async () => {
    await line.sync()
    await line.alerts(true)
    await line.trello.fault({ method: 'POST', path: 'comments', times: 3, effect: { drop: 'before' } })
    expect(await line.deliver()).toMatchObject({ retry: 3 })
    expect(await line.deliver(true)).toMatchObject({ sent: 3 })
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
  })

  test('several senders at once post one comment', async () => {
    await line.sync()
    await line.alerts(true)
    await Promise.all([1, 2, 3].map(() => line.deliver()))
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
  })

  test('a token without the right to write is named, and not tried for ever', async () => {
    await line.sync()
    await line.alerts(true)
    await line.trello.account({ token: line.trello.token, scopes: ['read'] })
    expect(await line.deliver()).toMatchObject({ dead: 3 })
    const { concerns } = await local(line.hub).call(doctor, {})
    expect(concerns.filter(({ what }) => what.includes('forbidden missing_write_right'))).toHaveLength(3)
  })

  test('hostile names stay text, and nobody is notified by them', async () => {
    await line.trello.call('PUT', `/lists/${madeId('list', 1, 2)}`, { body: { name: '**Doing** @board <script>' } })
    await local(line.hub).call((await import('../../src/operations/projects/projects.ts')).choose, {
      projects: line.boards
    })
    await line.sync()
    await line.hub.db.run(
      sql`update columns set category = 'doing', category_source = 'confirmed' where name like '**%'`
    )
    line.hub.now = () => new Date(Date.now() + 30 * 86_400_000).toISOString()
    await line.sync({ sweep: true })
    await line.alerts(true)
    await line.deliver()
    const [said] = await line.comments(cards[5] as string)
    expect(said?.text).toContain('\\*\\*Doing\\*\\*')
    expect(said?.text).not.toMatch(/@board|@card|<script>/)
  })

  test('with a public address the note links to its page', async () => {
    await line[Symbol.asyncDispose]()
    const made = board()
    line = await startLine([made], { PUBLIC_URL: 'https://hub.larkfield.example' })
    cards = (made.cards as { id: string }[]).map(({ id }) => id)
    await line.sync()
    await line.alerts(true)
    await line.deliver()
    const [said] = await line.comments(cards[0] as string)
    expect(said?.text).toMatch(/\[Why this note\]\(https:\/\/hub\.larkfield\.example\/w\/[a-z0-9]{10}\)/)
  })
})

test('killed between the tool’s answer and our commit, the hub posts one comment all the same', async () => {
  await line.sync()
  await line.alerts(true)
  await line.trello.fault({ method: 'POST', path: 'comments', effect: { hold: true } })
  const { hub } = line
  // On the embedded engine the folder changes hands, so the child needs one on disk; there the test has its own.
  if (hub.url === null) return killedOnDisk()
  await killedWhileSending({ DATABASE_URL: hub.url, DATA_DIR: hub.folder })
  await line.trello.clearFaults()
  await line.deliver(true)
  await line.deliver(true)
  expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
})

/** Starts a child that delivers, waits until the stand-in has taken a comment, and kills it. */
async function killedWhileSending(env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./deliver.fixture.ts', import.meta.url))], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  for (let tries = 0; (await all()).every((n) => n === 0); tries++) {
    if (tries > 200) throw new Error('the stand-in never got a comment')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  await ended
}

/** The same on PGlite: the line is set up again in a folder on disk, which parent and child hold in turn. */
async function killedOnDisk(): Promise<void> {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const { readConfig } = await import('../../src/config.ts')
  const { connect } = await import('../../src/connections/connect.ts')
  const { choose } = await import('../../src/operations/projects/projects.ts')
  const { sync } = await import('../../src/operations/sync/sync.ts')
  const { setAlerts } = await import('../../src/operations/findings/alerts.ts')
  const folder = mkdtempSync(join(tmpdir(), 'throughline-kill-'))
  const open = () => openHub(readConfig({ DATA_DIR: folder }))
  try {
    let hub = await open()
    const { trello } = line
    await connect(hub, {
      tool: 'trello',
      credentials: { key: trello.key, token: trello.token },
      baseUrl: `${trello.url}/1`
    })
    await local(hub).call(choose, { projects: line.boards })
    await local(hub).call(sync, {})
    await local(hub).call(setAlerts, { project: line.boards[0] as string, on: true })
    await hub.close()
    await killedWhileSending({ DATA_DIR: folder, DATABASE_URL: '' })
    await trello.clearFaults()
    hub = await open()
    const { releaseDeadLeases } = await import('../../src/outbox/outbox.ts')
    await releaseDeadLeases(hub)
    expect(await deliverDue(hub, channels)).toMatchObject({ dead: 0, retry: 0 })
    expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
    const notes = await hub.db.rows<{ comment_id: string }>(sql`select comment_id from notes where wanted is not null`)
    expect(notes.every(({ comment_id }) => comment_id !== null)).toBe(true)
    await hub.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('while the account is refused comments wait without counting tries, and leave once it is connected again', async () => {
  await line.sync()
  await line.alerts(true)
  const { token } = line.trello
  await line.trello.account({ token, revoked: true })
  for (let tries = 0; tries < 12; tries++) await line.deliver(true)
  expect(await line.hub.db.rows(sql`select state, attempts from outbox`)).toEqual(
    Array.from({ length: 3 }, () => ({ state: 'due', attempts: 0 }))
  )
  const { concerns } = await local(line.hub).call(doctor, {})
  expect(concerns[0]?.what).toContain('has not accepted this account')
  await line.trello.account({ token, revoked: false })
  await local(line.hub).call(connectTool, {
    tool: 'trello',
    credentials: { key: line.trello.key, token },
    baseUrl: `${line.trello.url}/1`
  })
  await line.deliver()
  expect(await all()).toEqual([1, 0, 1, 0, 0, 1])
})

test('a board that is no longer read loses its comments', async () => {
  await line.sync()
  await line.alerts(true)
  await line.deliver()
  await local(line.hub).call(choose, { projects: [] })
  await followUp(line.hub, {})
  await line.deliver()
  expect(await all()).toEqual([0, 0, 0, 0, 0, 0])
})
