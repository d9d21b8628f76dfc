import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { Job, Jobs } from '../../src/jobs/jobs.ts'
import { doErrand } from '../../src/jobs/timetable.ts'
import { handlers } from '../../src/jobs/work.ts'
import { makeBoard } from '../helpers/boards.ts'
import { type Line, startLine } from '../helpers/line.ts'

/** Jobs that only remember who was woken. */
function ears(): Jobs & { heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    wake: async ({ kind, id }: Job) => void heard.push(`${kind} ${id}`),
    work: async () => {},
    close: async () => {}
  }
}

const signal = new AbortController().signal
const boards = (n: number) =>
  Array.from({ length: n }, (_, index) =>
    makeBoard({
      number: index + 1,
      name: `Board ${index + 1}`,
      cards: 3,
      from: new Date(Date.now() - 3_600_000).toISOString()
    })
  )

let line: Line
let made: ReturnType<typeof boards>
beforeEach(async () => {
  made = boards(3)
  line = await startLine(made)
})
afterEach(() => line[Symbol.asyncDispose]())

/** The first card of a board. */
const cardOf = (board: number) => (made[board]?.cards as { id: string }[] | undefined)?.[0]?.id
const tick = async (hub: Hub = line.hub) => {
  const jobs = ears()
  await handlers(hub, jobs).tick('all', signal)
  return jobs.heard
}
const synced = (heard: string[]) => heard.filter((one) => one.startsWith('sync ')).length
const due = (hub: Hub = line.hub) => hub.db.run(sql`update scopes set next_look_at = now() - interval '1 second'`)
const scopes = async () =>
  (await line.hub.db.rows<{ id: string }>(sql`select id from scopes order by external_id`)).map(({ id }) => id)

describe('a tick', () => {
  test('wakes a look for each scope that is due, what the timetable says, the reports – and the sender only when something waits', async () => {
    const ids = await scopes()
    expect(await tick()).toEqual([...ids.map((id) => `sync ${id}`), 'report all', 'hooks all', 'judge all', 'tidy all'])
    await line.sync()
    for (const errand of ['hooks', 'judge', 'tidy'] as const) await handlers(line.hub, ears())[errand]('all', signal)
    expect(await tick()).toEqual(['report all'])
    await line.alerts(true)
    expect(await tick()).toEqual(['report all', 'deliver all'])
  })

  test('asks once for all boards which of them moved, and wakes only those', async () => {
    await line.sync()
    await due()
    await line.trello.call('PUT', `/cards/${cardOf(1)}`, {
      body: { name: 'New name' }
    })
    await line.trello.forgetRequests()
    const heard = await tick()
    const [, second] = await scopes()
    expect(heard.filter((one) => one.startsWith('sync '))).toEqual([`sync ${second}`])
    expect((await line.trello.requests()).total).toBe(1)
    // The quiet ones count as looked at: they are not due again.
    expect(synced(await tick())).toBe(1)
  })

  test('sweeps a board that has not been read whole for a day, moved or not', async () => {
    await line.sync()
    await due()
    const [first] = await scopes()
    await line.hub.db.run(sql`update scopes set swept_at = now() - interval '25 hours' where id = ${first}`)
    expect((await tick()).filter((one) => one.startsWith('sync '))).toEqual([`sync ${first}`])
  })

  test('leaves parked connections alone', async () => {
    await line.sync()
    await due()
    await line.hub.db.run(sql`update connections set state = 'parked'`)
    await line.trello.forgetRequests()
    expect(synced(await tick())).toBe(0)
    expect((await line.trello.requests()).total).toBe(0)
  })

  test('goes on with reports and judging when a tool does not answer, and lets the looks fail by themselves', async () => {
    await line.sync()
    await due()
    await line.hub.db.run(sql`update timetable set due_at = now() - interval '1 second'`)
    await line.trello.account({ token: line.trello.token, revoked: true })
    expect(await tick()).toEqual([
      ...(await scopes()).map((id) => `sync ${id}`),
      'report all',
      'hooks all',
      'judge all',
      'tidy all'
    ])
    for (const id of await scopes()) await handlers(line.hub, ears()).sync(id, signal)
    const [{ state } = { state: '' }] = await line.hub.db.rows<{ state: string }>(sql`select state from connections`)
    expect(state).toBe('parked')
    await line.trello.forgetRequests()
    await due()
    expect(synced(await tick())).toBe(0)
    expect((await line.trello.requests()).total).toBe(0)
  })

  test('wakes the judge until somebody has judged, and then not for ten minutes, whoever ticks', async () => {
    const at = (minutes: number): Hub => ({
      ...line.hub,
      now: () => new Date(Date.now() + minutes * 60_000).toISOString()
    })
    const judgeIsWoken = async (hub: Hub) => (await tick(hub)).includes('judge all')
    expect(await judgeIsWoken(at(0))).toBe(true)
    // The job was lost on its way.
    expect(await judgeIsWoken({ ...line.hub, owner: 'other' })).toBe(true)
    await Promise.all([1, 2, 3].map(() => handlers(line.hub, ears()).judge('all', signal)))
    expect(await judgeIsWoken(at(9))).toBe(false)
    expect(await judgeIsWoken(at(11))).toBe(true)
    // Hours in which nothing ran are made up for once.
    await handlers(at(600), ears()).judge('all', signal)
    expect(await judgeIsWoken(at(600))).toBe(false)
    expect(await judgeIsWoken(at(611))).toBe(true)
  })

  test('gives an errand to one at a time, and to another when its worker says nothing more', async () => {
    await handlers(line.hub, ears()).tick('all', signal)
    let done = 0
    const slow = () => doErrand(line.hub, 'tidy', () => new Promise((end) => setTimeout(() => end(void done++), 100)))
    // Which of them, is chance.
    expect((await Promise.all([slow(), slow(), slow()])).sort()).toEqual([false, false, true])
    expect(done).toBe(1)
    await line.hub.db.run(sql`
      update timetable set due_at = now() - interval '1 second', taken_until = now() - interval '1 second' where errand = 'tidy'`)
    expect(await slow()).toBe(true)
    await line.hub.db.run(sql`update timetable set due_at = now() - interval '1 second' where errand = 'tidy'`)
    const failing = doErrand(line.hub, 'tidy', () => Promise.reject(new Error('the database went away')))
    await expect(failing).rejects.toThrow('the database went away')
    expect(await tick()).toContain('tidy all')
  })
})

describe('tidying', () => {
  test('forgets looks of long ago, but for the last complete one of each scope', async () => {
    await line.sync()
    await line.sync()
    const age = (days: number) =>
      line.hub.db.run(sql`update sync_runs set finished_at = now() - make_interval(days => ${days}::int)`)
    const tidy = async () => {
      await line.hub.db.run(sql`delete from timetable`)
      await handlers(line.hub, ears()).tidy('all', signal)
      const [runs] = await line.hub.db.rows<{ n: number }>(sql`select count(*)::int as n from sync_runs`)
      return runs?.n
    }
    await age(29)
    expect(await tidy()).toBe(6)
    await age(31)
    expect(await tidy()).toBe(3)
    await line.sync()
    expect(await tidy()).toBe(3)
  })
})

describe('a sync job', () => {
  test('reads the scope, judges it and has key results and notes follow', async () => {
    await line.alerts(true)
    const jobs = ears()
    const [first] = await scopes()
    await handlers(line.hub, jobs).sync(first as string, signal)
    const counts = await line.hub.db.rows(sql`
      select (select count(*) from tasks) as tasks, (select count(*) from findings where closed_at is null) as findings,
        (select count(*) from notes where wanted is not null) as notes`)
    expect(counts).toEqual([{ tasks: 3, findings: 6, notes: 3 }])
    expect(jobs.heard).toEqual(['deliver all'])
  })

  test('of a scope that is gone does nothing', async () => {
    await line.trello.forgetRequests()
    await handlers(line.hub, ears()).sync('nobody/nothing', signal)
    expect((await line.trello.requests()).total).toBe(0)
  })

  test('that fails at the tool is kept with its reason and tried again later, not at once', async () => {
    await line.trello.fault({ path: 'boards', effect: { status: 403, body: 'no' } })
    const [first] = await scopes()
    await handlers(line.hub, ears()).sync(first as string, signal)
    const [run] = await line.hub.db.rows<{ state: string; kind: string; later: boolean }>(sql`
      select r.state, r.error ->> 'kind' as kind, s.next_look_at > now() + interval '4 minutes' as later
      from sync_runs r join scopes s on s.id = r.scope_id`)
    expect(run).toEqual({ state: 'failed', kind: 'forbidden', later: true })
  })
})
