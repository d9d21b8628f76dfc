/** People as the page shows them: found by any of their names, with the working week of their team; and words taken back. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { leaveOpen, linkAccount, people, unlinkAccount } from '../../src/operations/people/people.ts'
import { perform } from '../../src/operations/perform.ts'
import { testHub } from '../helpers/hub.ts'

let hub: Awaited<ReturnType<typeof testHub>>
beforeEach(async () => {
  hub = await testHub()
  const { db } = hub
  await db.run(sql`
    insert into people (id, name, email, time_zone, language) values
      ('p-ana', 'Ana Ribeiro', 'ana@larkfield.example', 'Europe/Lisbon', 'pt'),
      ('p-bo', 'Bo 100%_', 'bo@larkfield.example', 'UTC', 'en')`)
  await db.run(sql`
    insert into identities (id, tool, name, username, email, person_id, person_source) values
      ('trello:1', 'trello', 'Aninha', 'aninha', null, 'p-ana', 'word'),
      ('linear:2', 'linear', 'Ana Ribeiro', null, null, null, null),
      ('monday:3', 'monday', 'Somebody', null, 'bo@larkfield.example', 'p-bo', 'mail'),
      ('clickup:4', 'clickup', 'A Bot', null, null, null, 'word')`)
  await db.run(sql`
    insert into calendars (id, name, zone, working_days, starts_at, ends_at, holidays)
    values ('cal-1', 'Four days', 'Europe/Lisbon', '{1,2,3,4}', '09:00', '17:00', '{}')`)
  await db.run(sql`insert into teams (id, name, calendar_id) values ('t-1', 'Web', 'cal-1')`)
  await db.run(sql`
    insert into users (id, name, email, role, person_id) values ('u-1', 'Ana', 'ana@larkfield.example', 'member', 'p-ana')`)
  await db.run(sql`insert into team_members (team_id, user_id) values ('t-1', 'u-1')`)
})
afterEach(() => hub.close())

type Answer = Awaited<ReturnType<typeof people.run>>
const ask = (operation: unknown, input: Record<string, unknown> = {}) =>
  perform(operation as Operation, { hub, jobs: null, who: COMMAND_LINE }, input)
const list = (input: Record<string, unknown> = {}) => ask(people, input) as Promise<Answer>
const names = async (q: string) => (await list({ q })).people.map(({ name }) => name)

test('a person goes by the working week of their team, else by the hub’s', async () => {
  const { people: all, total, loose } = await list()
  expect([total, loose]).toEqual([2, 2])
  expect(all.map(({ name, worksBy }) => [name, worksBy])).toEqual([
    ['Ana Ribeiro', [{ calendar: 'Four days', team: 'Web', workingDays: [1, 2, 3, 4] }]],
    ['Bo 100%_', [{ calendar: 'Working week', team: null, workingDays: [1, 2, 3, 4, 5] }]]
  ])
})

test('somebody is found by name, address and what a tool calls them; marks of a pattern are only marks', async () => {
  expect(await names('RIBEIRO')).toEqual(['Ana Ribeiro'])
  expect(await names('aninha')).toEqual(['Ana Ribeiro'])
  expect(await names('bo@')).toEqual(['Bo 100%_'])
  expect(await names('%')).toEqual(['Bo 100%_'])
  expect(await names('0%_')).toEqual(['Bo 100%_'])
  expect(await names('\\')).toEqual([])
  expect(await list({ q: 'bot' })).toMatchObject({ people: [], total: 0, loose: 1, accounts: [{ id: 'clickup:4' }] })
})

test('pages of people follow each other', async () => {
  expect((await list({ limit: '1' })).people.map(({ id }) => id)).toEqual(['p-ana'])
  expect((await list({ limit: '1', offset: '1' })).people.map(({ id }) => id)).toEqual(['p-bo'])
})

test('a word that is taken back leaves the account as it was: suggested anew, or known by its address', async () => {
  const loose = async () =>
    (await list()).accounts.map(({ id, nobody, suggestion }) => [id, nobody, suggestion?.because ?? null])
  const before = [
    ['linear:2', false, 'same name'],
    ['clickup:4', true, null]
  ]
  expect(await loose()).toEqual(before)

  await ask(linkAccount, { email: 'ana@larkfield.example', account: 'linear:2' })
  expect(await loose()).toEqual([['clickup:4', true, null]])
  await ask(leaveOpen, { account: 'linear:2' })
  expect(await loose()).toEqual(before)

  await ask(unlinkAccount, { account: 'monday:3' })
  expect(await loose()).toEqual([...before, ['monday:3', true, null]])
  await ask(leaveOpen, { account: 'monday:3' })
  expect(await loose()).toEqual(before)
  expect((await list({ q: 'bo@' })).people[0]?.accounts).toEqual([
    {
      id: 'monday:3',
      tool: 'monday',
      name: 'Somebody',
      username: null,
      email: 'bo@larkfield.example',
      because: 'mail'
    }
  ])
  const [change] = await hub.db.rows(sql`select operation, subject, before, after from audit order by id desc limit 1`)
  expect(change).toEqual({
    operation: 'leaveOpen',
    subject: 'account monday:3',
    before: [{ id: 'monday:3', person: null, because: 'word' }],
    after: [{ id: 'monday:3', person: 'bo@larkfield.example', because: 'mail' }]
  })
})
