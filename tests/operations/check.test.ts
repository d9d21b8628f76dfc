/** A board export sent to the hub, and the sample: judged and forgotten. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { checkSample } from '../../src/operations/check/check.ts'
import { userWithKey } from '../helpers/access.ts'
import { makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { type Serving, serving, TOKEN } from '../server/serving.ts'

let hub: Awaited<ReturnType<typeof testHub>>
let server: Serving
const OWNER = { authorization: `Bearer ${TOKEN}` }
const MEMBER = 'tl_a-key-of-a-member-0123456789'
beforeAll(async () => {
  hub = await testHub()
  server = await serving({ hub })
  await userWithKey(hub, 'member', MEMBER, 'Max Member')
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await hub.close()
})

const post = (payload: string, headers: Record<string, string> = OWNER) =>
  server.app.inject({
    method: 'POST',
    url: '/api/check',
    headers: { 'content-type': 'application/json', ...headers },
    payload
  })
const board = () => {
  const made = makeBoard({ cards: [{ list: 0 }, { list: 0, due: '2026-01-01T00:00:00.000Z' }, { list: 2 }] })
  const cards = (made.cards as object[]).map((card) => ({ idBoard: made.id, idMembers: [], ...card }))
  return JSON.stringify({ ...made, cards })
}

test('an export is answered with what is found, and nothing of it is kept', async () => {
  const answer = await post(board())
  expect(answer.statusCode).toBe(200)
  const { name, tasks, byRule } = answer.json()
  expect([name, tasks, byRule['no-assignee'], byRule['missing-deadline'], byRule.overdue]).toEqual([
    'Board 1',
    3,
    2,
    1,
    1
  ])
  const [kept] = await hub.db.rows(
    sql`select (select count(*) from projects)::int + (select count(*) from tasks)::int + (select count(*) from audit)::int as n`
  )
  expect(kept).toEqual({ n: 0 })
})

test('what is no export is told apart, and says what to do', async () => {
  const said = async (payload: string) => {
    const { error } = (await post(payload)).json()
    return [error.code, error.message]
  }
  expect(await said('hello')).toEqual([
    'not_json',
    'The export: This is not JSON. Export the board as JSON (board menu → Print, export, and share) and give that file.'
  ])
  expect((await said('{"id": 1}'))[0]).toBe('no_board')
  expect((await said(''))[0]).toBe('not_json')
  const page = await server.app.inject({
    method: 'POST',
    url: '/api/check',
    headers: { 'content-type': 'text/html', ...OWNER },
    payload: '<p>'
  })
  expect(page.statusCode).toBe(415)
})

test('more than 32 MB is refused before it is read, and so is whoever may not', async () => {
  const big = await post('{}', { ...OWNER, 'content-length': String(33 * 1024 * 1024) })
  expect([big.statusCode, big.json().error.code]).toEqual([413, 'too_large'])
  const member = await post(board(), { authorization: `Bearer ${MEMBER}` })
  expect([member.statusCode, member.json().error.code]).toEqual([403, 'not_allowed'])
  expect((await post(board(), {})).statusCode).toBe(401)
})

test('the sample is never out of date', async () => {
  for (const now of ['2026-11-18T10:00:00.000Z', '2028-03-01T10:00:00.000Z']) {
    const sample = await checkSample.run({ hub: { ...hub, now: () => now }, jobs: null, who: COMMAND_LINE }, {})
    expect([sample.tasks, sample.columns.map(({ category }) => category)]).toEqual([
      17,
      ['backlog', 'todo', 'doing', 'blocked', 'done', 'reference']
    ])
    expect(sample.byRule.overdue).toBe(2)
    expect(sample.byRule['no-assignee']).toBe(3)
    expect(sample.findings.length).toBeGreaterThan(6)
  }
})
