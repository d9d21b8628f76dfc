/** All data to take along: whole, in the form that was asked for, for the owner alone, and never a secret. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { userWithKey } from '../helpers/access.ts'
import { testHub } from '../helpers/hub.ts'
import { plantFinding, plantPerson, plantProject, plantTask } from '../helpers/plant.ts'
import { type Serving, serving } from './serving.ts'

let server: Serving
let close: () => Promise<void>
const CARDS = 1_203
const SECRETS = ['the-credentials', 'a-session-token', 'a-note-token', 'inbox-body', 'a-hook-secret', 'a-password-hash']

beforeAll(async () => {
  const hub = await testHub()
  close = hub.close
  const { db } = hub
  server = await serving({ hub })
  await plantProject(db, { id: 'p1', name: 'Website, “new”', columns: { doing: 'doing' } })
  await plantPerson(db, 'ana', '=cmd|calc')
  await plantTask(db, { id: 'c0000', column: 'doing', title: '=HYPERLINK("https://evil.example")', assignees: ['ana'] })
  await plantTask(db, {
    id: 'c0001',
    column: 'doing',
    title: 'Two\nlines, "quoted"',
    labels: ['@home', 'b'],
    estimate: -3
  })
  await db.run(sql`
    insert into tasks (id, tool, project_id, title, description, description_cut, url, assignees, labels, priority, due_is_date,
      completed, created_at, updated_at, checklist_done, checklist_total, fields, presence, hash, category, open, valid_from)
    select 'trello:c' || lpad(n::text, 4, '0'), 'trello', 'trello:p1', 'card ' || n, '', false, '', '{}', '[]', 'none', false, false,
      now(), now(), 0, 0, '{}', 'present', 'planted', 'todo', true, now() from generate_series(2, ${CARDS - 1}::int) n`)
  await plantFinding(db, { rule: 'overdue', task: 'c0001', since: '2026-11-02T09:00:00.000Z' })
  await db.run(sql`
    insert into connections (id, tool, account, account_name, credentials)
    values ('conn-1', 'trello', 'a', 'Ana', convert_to('the-credentials', 'utf8'))`)
  await db.run(sql`
    insert into hooks (id, connection_id, tool, scope, address_hash, url, secret)
    values ('h1', 'conn-1', 'trello', '{}', 'x', 'x', convert_to('a-hook-secret', 'utf8'))`)
  await db.run(
    sql`insert into inbox (hook_id, key, body, hints) values ('h1', 'k', convert_to('inbox-body', 'utf8'), '[]')`
  )
  await db.run(sql`
    insert into notes (task_id, project_id, token, state) values ('trello:c0001', 'trello:p1', 'a-note-token', 'speaking')`)
  await db.run(sql`insert into users (id, name, email, role) values ('u1', 'Bo', 'bo@larkfield.example', 'member')`)
  await db.run(sql`insert into sessions (id, user_id, token, expires_at) values ('s1', 'u1', 'a-session-token', now())`)
  await db.run(sql`
    insert into sign_ins (id, user_id, account_id, provider_id, password) values ('si1', 'u1', 'u1', 'credential', 'a-password-hash')`)
  for (const role of ROLES) await userWithKey(hub, role, key(role), `Some ${role}`)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await close()
})

const key = (role: string) => `tl_key-of-a-${role}-0123456789`

test('JSON holds every list whole, and says at its end that it is', async () => {
  const answer = await server.ask('GET', '/api/export?format=json')
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
    200,
    'application/json; charset=utf-8',
    'no-store'
  ])
  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename="throughline-all-\d{4}-\d\d-\d\d\.json"$/
  )
  const all = answer.json()
  expect(Object.keys(all)).toEqual([
    'export',
    'calendars',
    'teams',
    'users',
    'people',
    'accounts',
    'connections',
    'projects',
    'columns',
    'tasks',
    'taskVersions',
    'taskEvents',
    'comments',
    'findings',
    'notes',
    'objectives',
    'keyResults',
    'contributions',
    'views',
    'reportSubscriptions',
    'changes',
    'complete'
  ])
  expect(all.complete).toBe(true)
  expect(all.tasks).toHaveLength(CARDS)
  expect(new Set(all.tasks.map(({ id }: { id: string }) => id)).size).toBe(CARDS)
  expect(all.tasks[1]).toMatchObject({ id: 'trello:c0001', title: 'Two\nlines, "quoted"', category: 'todo' })
  expect(all.findings).toMatchObject([{ rule: 'overdue', task_id: 'trello:c0001', closed_at: null }])
  expect(all.users).toContainEqual(
    expect.objectContaining({ id: 'u1', name: 'Bo', email: 'bo@larkfield.example', role: 'member', projects: [] })
  )
})

test('nothing in it lets anybody in', async () => {
  const { body } = await server.ask('GET', '/api/export')
  for (const secret of SECRETS) {
    expect(body).not.toContain(secret)
    expect(body).not.toContain(Buffer.from(secret).toString('hex'))
    expect(body).not.toContain(Buffer.from(secret).toString('base64'))
  }
  const hashes = await server.hub.db.rows<{ key: string }>(sql`select key from api_keys`)
  for (const { key } of hashes) expect(body).not.toContain(key)
})

test('CSV has a line a card, and no word of a card is a formula', async () => {
  const answer = await server.ask('GET', '/api/export?format=csv&what=tasks')
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  const [head, first, second, rest] = answer.body.split('\r\n')
  expect(head).toBe(
    '\uFEFFid,tool,project,column,category,title,url,assignees,labels,priority,start,due,created,updated,in column since,completed,estimate,estimate unit,presence'
  )
  expect(first).toContain(`,"'=HYPERLINK(""https://evil.example"")",https://trello.example/c/c0000,'=cmd|calc,,none,`)
  expect(second).toContain(`,"Two\nlines, ""quoted""",https://trello.example/c/c0001,,'@home; b,none,`)
  expect(second).toMatch(/,-3,,present$/)
  expect(rest).toMatch(/^trello:c0002,/)
  expect(answer.body.split('\r\n')).toHaveLength(CARDS + 2)
})

test('findings and contributions come as CSV, too; an empty list still has its head', async () => {
  const findings = await server.ask('GET', '/api/export?format=csv&what=findings')
  expect(findings.body.split('\r\n')).toEqual([
    '\uFEFFid,rule,task,title,url,project,since,opened,closed,reason',
    `1,overdue,trello:c0001,"Two\nlines, ""quoted""",https://trello.example/c/c0001,"Website, “new”",2026-11-02T09:00:00+00:00,2026-11-02T09:00:00+00:00,,`,
    ''
  ])
  const contributions = await server.ask('GET', '/api/export?format=csv&what=contributions')
  expect(contributions.body).toBe('\uFEFFid,objective,key result,unit,task,title,amount,kind,reason,done,recorded\r\n')
})

test.each(['format=csv', 'format=json&what=tasks', 'format=xml', 'format=csv&what=sessions', 'all=1'])(
  '%s is refused',
  async (query) => {
    const { statusCode, body } = await server.ask('GET', `/api/export?${query}`)
    expect([statusCode, JSON.parse(body).error.code]).toEqual([400, 'bad_input'])
  }
)

describe('who may', () => {
  test.each(ROLES)('a %s', async (role) => {
    const { statusCode } = await server.app.inject({
      url: '/api/export?format=csv&what=findings',
      headers: { authorization: `Bearer ${key(role)}` }
    })
    expect(statusCode).toBe(role === 'owner' ? 200 : 403)
  })

  test('nobody unknown; and who did is in the log', async () => {
    expect((await server.app.inject({ url: '/api/export' })).statusCode).toBe(401)
    const [last] = await server.hub.db.rows(
      sql`select who, operation, subject, input from audit order by id desc limit 1`
    )
    expect(last).toEqual({
      who: 'Some owner',
      operation: 'exportData',
      subject: 'findings',
      input: { format: 'csv', what: 'findings' }
    })
  })
})
