/**
 * Every route × every role × what is their team's and what is another's. A new operation is in it by being there: its
 * right is held against the roles, and whatever it answers must not hold a word of the other team's.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may, ROLES, type Role } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { parse } from '../../src/model/filter/parse.ts'
import { operations } from '../../src/operations/index.ts'
import { userWithKey } from '../helpers/access.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject, plantTask } from '../helpers/plant.ts'
import { type Serving, serving } from '../server/serving.ts'

const key = (role: Role) => `tl_key-of-a-${role}-0123456789`
/** In every name and title of the other team's. */
const SECRET = 'Acquisition'

const read = parse('category = done')
if (!read.ok) throw new Error('The filter of this test cannot be read.')
const { filter } = read

let server: Serving
let close: () => Promise<void>

beforeAll(async () => {
  const hub = await testHub()
  close = hub.close
  const { db } = hub
  for (const [id, name] of [
    ['ours', 'Website'],
    ['theirs', `${SECRET} board`]
  ] as const) {
    await plantProject(db, { id, name, columns: { [`${id}-doing`]: 'doing', [`${id}-done`]: 'done' } })
    const named = (what: string) => (id === 'theirs' ? `${SECRET} ${what}` : what)
    await plantTask(db, {
      id: `${id}-open`,
      project: id,
      column: `${id}-doing`,
      title: named('open card'),
      category: 'doing'
    })
    await plantTask(db, {
      id: `${id}-over`,
      project: id,
      column: `${id}-done`,
      title: named('done card'),
      category: 'done',
      completedAt: '2026-11-18T10:00:00.000Z'
    })
    await db.run(sql`
      insert into findings (rule, task_id, project_id, column_id, since, evidence, opened_at)
      values ('no-assignee', ${`trello:${id}-open`}, ${`trello:${id}`}, ${`trello:${id}-doing`}, now(), '{}', now())`)
    await db.run(sql`
      insert into quarantine (task_id, project_id, title, path, reason, hash, body)
      values (${`trello:${id}-bad`}, ${`trello:${id}`}, ${named('bad card')}, 'name', 'should be text', 'x', 'x')`)
  }
  await db.run(
    sql`insert into objectives (id, title, starts_on, ends_on) values ('obj-1', 'Ship it', '2026-10-01', '2026-12-31')`
  )
  await db.run(sql`
    insert into key_results (id, objective_id, title, unit, direction, start, target, starts_on, ends_on, zone, filter, measure)
    values ('kr-1', 'obj-1', 'Cards', 'cards', 'up', 0, 10, '2026-10-01', '2026-12-31', 'UTC', ${JSON.stringify(filter)}::jsonb, '{"kind":"count"}')`)
  for (const id of ['ours', 'theirs'])
    await db.run(sql`
      insert into contributions (key_result_id, task_id, amount, kind, effective_at, recorded_at)
      values ('kr-1', ${`trello:${id}-over`}, 1, 'counted', '2026-11-18T10:00:00Z', now())`)
  await db.run(sql`insert into teams (id, name) values ('team-us', 'Us'), ('team-them', ${`${SECRET} team`})`)
  await db.run(
    sql`insert into team_projects (project_id, team_id) values ('trello:ours', 'team-us'), ('trello:theirs', 'team-them')`
  )
  for (const role of ROLES) {
    const user = await userWithKey(hub, role, key(role), `Some ${role}`)
    await db.run(sql`insert into team_members (team_id, user_id) values ('team-us', ${user})`)
  }
  server = await serving({ hub })
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await close?.()
})

/** Names in a path, filled with something of one team's. */
const WORDS: Record<'ours' | 'theirs', Record<string, string>> = {
  ours: { project: 'trello:ours', column: 'ours-doing', id: 'kr-1', task: 'trello:ours-open' },
  theirs: { project: 'trello:theirs', column: 'theirs-doing', id: 'kr-1', task: 'trello:theirs-open' }
}

async function ask(role: Role, { method, path }: { method: string; path: string }, team: 'ours' | 'theirs') {
  const { app } = server
  const sends = method === 'POST' || method === 'PUT'
  const url = `/api${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((name === 'id' && method !== 'GET' ? undefined : WORDS[team][name]) ?? 'nothing'))}`
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers: {
      authorization: `Bearer ${key(role)}`,
      ...(sends ? { 'content-type': 'application/json' } : {})
    },
    ...(sends ? { payload: '{}' } : {})
  })
  return { status: answer.statusCode, text: answer.body, url }
}

describe.each(ROLES)('a %s', (role) => {
  // What changes something is asked for without what it needs, so that nothing is taken away on the way.
  const harmless = operations.filter(({ method, id }) => method === 'GET' || !TAKES_NOTHING.has(id))

  test.each(harmless.map((operation) => [operation.id, operation] as const))('%s', async (_id, operation) => {
    const { status, text } = await ask(role, operation, 'ours')
    if (may({ role }, operation.right))
      expect([status, text]).not.toEqual([403, expect.stringContaining('not_allowed')])
    else expect([status, text]).toEqual([403, expect.stringContaining('not_allowed')])
    expect(status).toBeLessThan(500)
  })

  test.each(operations.filter(({ method }) => method === 'GET').map((operation) => [operation.id, operation] as const))(
    '%s tells nothing of another team’s cards to those who do not see them',
    async (_id, operation) => {
      const seesAll = may({ role }, 'tend')
      for (const team of ['ours', 'theirs'] as const) {
        const { status, text } = await ask(role, operation, team)
        if (seesAll) continue
        expect(text).not.toContain(SECRET)
        if (team === 'theirs' && /:(project|task)\b/.test(operation.path)) expect(status).toBeGreaterThanOrEqual(403)
      }
    }
  )
})

/** They need no input to do what they do; `tests/operations` plays them. */
const TAKES_NOTHING = new Set(['sync', 'deliver', 'removeAllComments', 'retryInbox', 'retryCards'])

test('who tends the hub sees both', async () => {
  for (const role of ['ops', 'owner'] as const) {
    const { text } = await ask(role, { method: 'GET', path: '/tasks' }, 'ours')
    expect(text).toContain(SECRET)
  }
})

test('what was given, and what their own account is a member of, is seen; what is taken away is gone at once', async () => {
  const { db } = server.hub
  const titles = async () => {
    const { text } = await ask('member', { method: 'GET', path: '/tasks' }, 'ours')
    return (JSON.parse(text) as { tasks: { title: string }[] }).tasks.map(({ title }) => title).sort()
  }
  const [own, all] = [
    ['done card', 'open card'],
    [`${SECRET} done card`, `${SECRET} open card`, 'done card', 'open card']
  ]
  expect(await titles()).toEqual(own)
  const member = 'user-some.member@larkfield.example'
  await db.run(sql`insert into user_projects (user_id, project_id) values (${member}, 'trello:theirs')`)
  expect(await titles()).toEqual(all)
  await db.run(sql`delete from user_projects`)
  expect(await titles()).toEqual(own)

  await db.run(
    sql`insert into people (id, name, email, time_zone, language) values ('person-1', 'Some member', 'some.member@larkfield.example', 'UTC', 'en')`
  )
  await db.run(
    sql`insert into identities (id, tool, name, person_id) values ('trello:m1', 'trello', 'Some member', 'person-1')`
  )
  await db.run(sql`update users set person_id = 'person-1' where id = ${member}`)
  await db.run(sql`update projects set members = '{m2}' where id = 'trello:theirs'`)
  expect(await titles()).toEqual(own)
  await db.run(sql`update projects set members = '{m1,m2}' where id = 'trello:theirs'`)
  expect(await titles()).toEqual(all)
  await db.run(sql`update projects set members = '{m2}' where id = 'trello:theirs'`)
  expect(await titles()).toEqual(own)
})

test('every operation that changes something says what, for the log', () => {
  expect(operations.filter(({ method, changes }) => method !== 'GET' && !changes).map(({ id }) => id)).toEqual([])
  expect(operations.filter(({ method, changes }) => method === 'GET' && changes).map(({ id }) => id)).toEqual([])
})

test('a key that may only read changes nothing', async () => {
  await server.hub.db.run(
    sql`update api_keys set permissions = '{"hub":["read"]}' where reference_id = 'user-some.owner@larkfield.example'`
  )
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const { status, text } = await ask('owner', operation, 'ours')
    expect([operation.id, status, text]).toEqual([operation.id, 403, expect.stringContaining('reads_only')])
  }
})
