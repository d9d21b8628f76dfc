/** How far reading has come: who sees what of it, how fast it goes, and the stream that tells it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { Pace, progressFor } from '../../src/operations/sync/progress.ts'
import { userWithKey } from '../helpers/access.ts'
import { testHub } from '../helpers/hub.ts'
import { plantEvent, plantPerson, plantProject, plantTask } from '../helpers/plant.ts'
import { serving } from '../server/serving.ts'

let hub: Awaited<ReturnType<typeof testHub>>
const MEMBER = 'tl_a-key-of-a-member-0123456789'
beforeEach(async () => {
  hub = await testHub()
  await hub.db.run(
    sql`insert into connections (id, tool, account, account_name, credentials) values ('trello-1', 'trello', 'a', 'Ada', '')`
  )
  for (const id of ['p1', 'p2', 'p3']) {
    await plantProject(hub.db, { id, name: id.toUpperCase() })
    await hub.db.run(sql`
      insert into scopes (id, connection_id, external_id, name, projects)
      values (${`s-${id}`}, 'trello-1', ${id}, ${id}, array[${`trello:${id}`}])`)
  }
})
afterEach(() => hub.close())

const run = (scope: string, state: string, fetched: number, expect: number | null, ago = 10) =>
  hub.db.run(sql`
    insert into sync_runs (scope_id, mode, state, owner, lease_until, fetched, expect, started_at, finished_at)
    values (${scope}, 'sweep', ${state}, 'o', now(), ${fetched}, ${expect}::int, now() - make_interval(secs => ${ago}::double precision),
      case when ${state} <> 'running' then now() end)`)

test('boards that are read, wait and are done, with what is known of each', async () => {
  await run('s-p1', 'running', 40, 100)
  await run('s-p2', 'complete', 1, 1)
  await plantTask(hub.db, { id: 't', project: 'p2' })
  const progress = await progressFor(hub, COMMAND_LINE, new Pace())
  expect(progress).toMatchObject({ state: 'reading', cards: 41, expected: null, secondsLeft: null, findings: 0 })
  expect(progress.perSecond).toBeGreaterThan(3)
  expect(progress.perSecond).toBeLessThanOrEqual(4)
  expect(progress.projects.map(({ name, state, cards, expected }) => [name, state, cards, expected])).toEqual([
    ['P1', 'reading', 40, 100],
    ['P2', 'done', 1, 1],
    ['P3', 'waiting', 0, null]
  ])
})

test('what else has been read: people, columns and those nobody knows, history', async () => {
  await run('s-p1', 'running', 40, 100)
  const [{ id: look } = { id: 0 }] = await hub.db.rows<{ id: number }>(sql`
    insert into sync_runs (scope_id, mode, state, owner, lease_until, started_at) values ('s-p2', 'sweep', 'running', 'o', now(), now()) returning id`)
  await hub.db.run(sql`update sync_runs set events = 7 where scope_id = 's-p1'`)
  await hub.db.run(sql`update scopes set projects = array['trello:p2', 'trello:p3'] where id = 's-p2'`)
  await hub.db.run(sql`delete from scopes where id = 's-p3'`)
  await hub.db.run(sql`
    insert into columns (id, project_id, name, position, archived, category, category_source)
    values ('trello:c1', 'trello:p1', 'Doing', 1, false, 'doing', 'name'), ('trello:c2', 'trello:p1', 'Oslo', 2, false, 'unmapped', 'name'),
      ('trello:c3', 'trello:p1', 'Gone', 3, true, 'unmapped', 'name')`)
  await plantPerson(hub.db, 'a', 'Ada')
  await plantPerson(hub.db, 'b', 'Ben')
  for (const [task, project, type] of [
    ['t1', 'p2', 'moved'],
    ['t2', 'p3', 'moved'],
    ['t2', 'p3', 'renamed']
  ] as const)
    await plantEvent(hub.db, { task, project, type, at: '2026-11-01T10:00:00.000Z' })
  await hub.db.run(sql`update task_events set run_id = ${look}::int`)
  const { projects, people } = await progressFor(hub, COMMAND_LINE, new Pace())
  expect(projects.map(({ name, columns, unmapped, events }) => [name, columns, unmapped, events])).toEqual([
    ['P1', 2, 1, 7],
    ['P2', 0, 0, 1],
    ['P3', 0, 0, 2]
  ])
  expect(people).toEqual([{ tool: 'trello', count: 2 }])
  const some = { projects: ['trello:p1'] }
  expect((await progressFor(hub, some, new Pace())).people).toEqual([])
})

test('speed and time left come from the last quarter of a minute', async () => {
  await hub.db.run(sql`delete from scopes where id <> 's-p1'`)
  await run('s-p1', 'running', 40, 100, 100)
  const pace = new Pace()
  const at = Date.parse('2026-11-18T10:00:00Z')
  const look = (seconds: number) =>
    progressFor({ ...hub, now: () => new Date(at + seconds * 1000).toISOString() }, COMMAND_LINE, pace)
  await look(0)
  await hub.db.run(sql`update sync_runs set fetched = 60`)
  expect(await look(5)).toMatchObject({ cards: 60, expected: 100, perSecond: 4, secondsLeft: 10 })
})

test('a long quiet hub is idle', async () => {
  await hub.db.run(sql`delete from scopes`)
  expect(await progressFor(hub, COMMAND_LINE, new Pace())).toMatchObject({ state: 'idle', cards: 0, projects: [] })
})

test('a stream tells what changes, only of the boards one sees, and ends when the hub closes', async () => {
  await run('s-p1', 'running', 40, 100)
  const id = await userWithKey(hub, 'member', MEMBER, 'Max Member')
  await hub.db.run(sql`insert into user_projects (user_id, project_id) values (${id}, 'trello:p1')`)
  const server = await serving({ hub })
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 })
  const refused = await fetch(`${url}/api/progress`, { headers: { accept: 'text/event-stream' } })
  expect(refused.status).toBe(401)
  const answer = await fetch(`${url}/api/progress`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${MEMBER}` }
  })
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'text/event-stream',
    'no-store'
  ])
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let told = ''
  const until = async (words: string) => {
    for (;;) {
      if (told.includes(words)) return
      const { done, value } = await reader.read()
      if (done) throw new Error(`ended without ${words}: ${told}`)
      told += decoder.decode(value, { stream: true })
    }
  }
  await until('"cards":40')
  await hub.db.run(sql`update sync_runs set fetched = 90`)
  await until('"cards":90')
  expect(told).toContain('event: progress')
  expect(told).toContain('P1')
  expect(told).not.toContain('P2')
  const closed = Date.now()
  await server[Symbol.asyncDispose]()
  for (;;) if ((await reader.read().catch(() => ({ done: true }))).done) break
  expect(Date.now() - closed).toBeLessThan(5_000)
})
