/** Accounts: what is told of them, and pausing, handing over and parting with them, on the Trello stand-in. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { openSession } from '../../src/connections/session.ts'
import { sql } from '../../src/db/database.ts'
import {
  connections,
  connectTool,
  handOverConnection,
  pauseConnection,
  previewRemoval,
  removeConnection
} from '../../src/operations/connections/connections.ts'
import { connectionAccount, connectionDetails } from '../../src/operations/connections/details.ts'
import { tools } from '../../src/operations/connections/tools.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { perform } from '../../src/operations/perform.ts'
import { choose, projects } from '../../src/operations/projects/projects.ts'
import { sync } from '../../src/operations/sync/sync.ts'
import { makeBoard } from '../helpers/boards.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'

let trello: TrelloSandbox
let hub: Awaited<ReturnType<typeof testHub>>
const boards = [makeBoard({ number: 1, cards: 5 }), makeBoard({ number: 2, cards: 3 })]
const [FIRST, SECOND] = boards.map(({ id }) => `trello:${id}`) as [string, string]
const COLLEAGUE = {
  key: 'sandbox-key',
  token: 'token-of-a-colleague',
  member: { id: '690000000000000000000c01', fullName: 'Priya Nair', username: 'priyanair' }
}

beforeAll(async () => {
  trello = await startTrello()
  for (const board of boards) await trello.load(board)
})
afterAll(() => trello.stop())
beforeEach(async () => {
  hub = await testHub({ TRELLO_URL: `${trello.url}/1` })
})
afterEach(() => hub.close())

const ask = <O extends Operation>(operation: unknown, input: Record<string, unknown> = {}, who = COMMAND_LINE) =>
  perform(operation as O, { hub, jobs: null, who }, input) as Promise<never>
const connect = async (token = trello.token): Promise<string> => {
  const { connection } = (await ask(connectTool, {
    tool: 'trello',
    credentials: { key: trello.key, token }
  })) as { connection: { id: string } }
  return connection.id
}
const begin = async (): Promise<string> => {
  const id = await connect()
  await ask(choose, { projects: [FIRST, SECOND] })
  await ask(sync)
  return id
}
const readers = () =>
  hub.db.rows(sql`
    select c.id as by, unnest(s.projects) as board from scopes s join connections c on c.id = s.connection_id order by board`)

test('the details name boards, looks, budget and rights as far as they have shown', async () => {
  const id = await begin()
  const details = (await ask(connectionDetails, { id })) as Awaited<ReturnType<typeof connectionDetails.run>>
  expect(details.connection).toMatchObject({ id, tool: 'trello', state: 'active', connectedBy: 'Command line' })
  expect(details.counts).toMatchObject({ chosen: 2, elsewhere: 0, lost: 0, setAside: 0, notes: 0 })
  expect(details.boards.filter(({ chosen }) => chosen).map(({ id: board, cards }) => [board, cards])).toEqual([
    [FIRST, 5],
    [SECOND, 3]
  ])
  expect(details.rights.map(({ right, state }) => [right, state])).toEqual([
    ['read', 'found'],
    ['comment', 'unproven'],
    ['members', 'found'],
    ['webhooks', 'unneeded']
  ])
  expect(details.runs.map(({ state, mode }) => [state, mode])).toEqual([
    ['complete', 'sweep'],
    ['complete', 'sweep']
  ])
  const token = details.budgets.find(({ name }) => name === 'token')
  expect(token).toMatchObject({ amount: 100, perMs: 10_000, of: 'requests' })
  expect(token?.used).toBeGreaterThan(0)
  expect(JSON.stringify(details.sample)).toContain('In review')
  expect(JSON.stringify(details)).not.toContain(trello.token)
  expect(await ask(connectionAccount, { id })).toMatchObject({ name: details.connection.accountName, missing: [] })
})

test('a paused account is asked nothing and is not called broken; resumed, it goes on', async () => {
  const id = await begin()
  expect(await ask(pauseConnection, { id, paused: true })).toEqual({ state: 'paused' })
  await trello.forgetRequests()
  await expect(openSession(hub, id, 0)).rejects.toThrow('paused')
  const { failed } = (await ask(sync)) as { failed: { code: string; message: string }[] }
  expect(failed.map(({ code }) => code)).toEqual(['connection_paused', 'connection_paused'])
  expect((await trello.requests()).total).toBe(0)
  expect(await ask(pauseConnection, { id, paused: false })).toEqual({ state: 'active' })
  expect(((await ask(sync)) as { runs: unknown[] }).runs).toHaveLength(2)
})

test('one the tool refuses cannot be paused or resumed, only connected again', async () => {
  const id = await begin()
  await hub.db.run(sql`update connections set state = 'parked', state_reason = 'auth_revoked'`)
  await expect(ask(pauseConnection, { id, paused: false })).rejects.toMatchObject({ code: 'parked' })
  await connect()
  expect(((await ask(connections)) as { connections: { state: string }[] }).connections[0]?.state).toBe('active')
})

test('what a colleague is shown is handed over, what not stays', async () => {
  const id = await begin()
  await trello.account(COLLEAGUE)
  const other = await connect(COLLEAGUE.token)
  await hub.db.run(sql`delete from connection_projects where connection_id = ${other} and project_id = ${SECOND}`)
  expect(await ask(handOverConnection, { id, to: other })).toEqual({ boards: [FIRST], left: 1 })
  expect(await readers()).toEqual([
    { by: other, board: FIRST },
    { by: id, board: SECOND }
  ])
  await expect(ask(handOverConnection, { id, to: id })).rejects.toMatchObject({ code: 'no_colleague' })
})

test('parting is told first; then the token goes and cards stay, unseen', async () => {
  const id = await begin()
  const open = await hub.db.rows<{ n: number }>(sql`select count(*)::int as n from findings where closed_at is null`)
  expect(await ask(previewRemoval, { id })).toEqual({
    goesOn: [],
    stops: [
      { id: FIRST, name: boards[0]?.name },
      { id: SECOND, name: boards[1]?.name }
    ],
    cards: 8,
    findings: open[0]?.n,
    notes: 0,
    webhooks: 0
  })
  expect(await ask(removeConnection, { id })).toEqual({ removed: true, hidden: 2 })
  expect(await ask(connections)).toEqual({ connections: [] })
  const [left] = await hub.db.rows(sql`
    select (select count(*) from tasks where presence = 'hidden')::int as hidden,
      (select count(*) from findings where closed_at is null)::int as open,
      (select count(*) from findings where reason = 'fixed')::int as fixed,
      (select count(*) from projects where chosen)::int as chosen`)
  expect(left).toEqual({ hidden: 8, open: 0, fixed: 0, chosen: 0 })
  // Connecting again brings everything back.
  await begin()
  const [back] = await hub.db.rows(sql`
    select (select count(*) from tasks where presence = 'present')::int as present,
      (select count(*) from findings where closed_at is null)::int as open`)
  expect(back).toEqual({ present: 8, open: open[0]?.n })
})

test('boards that another account sees go on with that one', async () => {
  const id = await begin()
  await trello.account(COLLEAGUE)
  const other = await connect(COLLEAGUE.token)
  const told = (await ask(previewRemoval, { id })) as { goesOn: { id: string }[]; stops: unknown[]; cards: number }
  expect([told.goesOn.map((one) => one.id), told.stops, told.cards]).toEqual([[FIRST, SECOND], [], 0])
  expect(await ask(removeConnection, { id })).toEqual({ removed: true, hidden: 0 })
  expect(await readers()).toEqual([
    { by: other, board: FIRST },
    { by: other, board: SECOND }
  ])
  expect(
    ((await ask(projects, {})) as { projects: { chosen: boolean }[] }).projects.filter((one) => one.chosen)
  ).toHaveLength(2)
})

test('who does not tend the hub is told nothing of accounts', async () => {
  const id = await begin()
  const member = { ...COMMAND_LINE, id: 'u', role: 'member' as const, projects: [FIRST] }
  for (const operation of [connections, connectionDetails, previewRemoval, tools])
    await expect(
      ask(operation, operation === connections || operation === tools ? {} : { id }, member)
    ).rejects.toMatchObject({
      code: 'not_allowed'
    })
})

test('tools say what they ask for in their own words, and where to allow access instead', async () => {
  const { tools: all } = (await ask(tools)) as Awaited<ReturnType<typeof tools.run>>
  expect(all.map(({ tool, oauth }) => [tool, oauth])).toEqual(
    ['trello', 'basecamp', 'clickup', 'monday', 'linear']
      .map((tool) => [tool, false])
      .toSorted((a, b) => all.findIndex(({ tool }) => tool === a[0]) - all.findIndex(({ tool }) => tool === b[0]))
  )
  expect(all.find(({ tool }) => tool === 'linear')?.asks).toEqual([
    {
      name: 'token',
      label: 'personal API key',
      secret: true,
      help: expect.stringContaining('Personal API keys'),
      optional: false,
      given: null
    }
  ])
})
