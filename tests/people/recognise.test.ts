/** The same person across tools: by mail address, or because somebody says so. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { page as emptyPage } from '../../src/adapter.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { PersonFacts, Tool } from '../../src/model/task.ts'
import { Refusal } from '../../src/operations/operation.ts'
import { addPerson, linkAccount, people, unlinkAccount } from '../../src/operations/people/people.ts'
import { namesOf } from '../../src/people/names.ts'
import { storePage } from '../../src/sync/store.ts'
import { testHub } from '../helpers/hub.ts'

let hub: Hub
beforeEach(async () => {
  hub = await testHub({ TIME_ZONE: 'Europe/Lisbon' })
})
afterEach(() => hub.close())

const told = (tool: Tool, ...accounts: Partial<PersonFacts>[]) =>
  hub.db.transaction((tx) =>
    storePage(
      tx,
      {
        ...emptyPage('2026-11-16T08:00:00.000Z'),
        people: accounts.map((one, at) => ({
          externalId: String(at + 1),
          name: 'Ana Lima',
          username: null,
          avatarUrl: null,
          email: null,
          ...one
        }))
      },
      { tool, runId: null, lookedAt: null }
    )
  )
const list = () => people.run({ hub, jobs: null, who: COMMAND_LINE }, { q: '', offset: 0, limit: 500 })
const whose = async () =>
  Object.fromEntries(
    (await list()).people.map(({ email, accounts }) => [email, accounts.map(({ id, because }) => `${id} ${because}`)])
  )

describe('Accounts in several tools', () => {
  it('with one mail address are one person, whatever the case and the names', async () => {
    await told('clickup', { name: 'Ana Lima', email: 'Ana@Larkfield.example' })
    await told(
      'linear',
      { name: 'ana', email: 'ana@larkfield.example' },
      { name: 'Ben', email: 'ben@larkfield.example' }
    )
    expect(await whose()).toEqual({
      'ana@larkfield.example': ['clickup:1 mail', 'linear:1 mail'],
      'ben@larkfield.example': ['linear:2 mail']
    })
    const [ana] = (await list()).people
    expect(ana).toMatchObject({ name: 'Ana Lima', timeZone: 'Europe/Lisbon', language: 'en' })
  })

  it('join the person who was added by hand, before or after', async () => {
    await addPerson.run(
      { hub, jobs: null, who: COMMAND_LINE },
      { name: 'Ana L.', email: 'Ana@larkfield.example', language: 'en' }
    )
    await told('clickup', { email: 'ana@larkfield.example' })
    expect(await whose()).toEqual({ 'ana@larkfield.example': ['clickup:1 mail'] })
    expect((await list()).people[0]?.name).toBe('Ana L.')
  })

  it('without an address are suggested by name, and joined when somebody says so', async () => {
    await told('clickup', { name: 'Ana Lima', email: 'ana@larkfield.example' })
    await told('trello', { name: 'Ana Lima', username: 'analima' }, { name: 'A. L.', username: 'ana' }, { name: 'Zoe' })
    const suggestions = (await list()).accounts.map(({ id, suggestion }) => [id, suggestion?.because ?? null])
    expect(suggestions).toEqual([
      ['trello:2', 'name in the address'],
      ['trello:1', 'same name'],
      ['trello:3', null]
    ])
    await linkAccount.run(
      { hub, jobs: null, who: COMMAND_LINE },
      { email: 'ana@larkfield.example', account: 'trello:@analima' }
    )
    expect(await whose()).toEqual({ 'ana@larkfield.example': ['clickup:1 mail', 'trello:1 word'] })
  })

  it('that were told apart stay apart, also when they are read again', async () => {
    await told('clickup', { email: 'team@larkfield.example' })
    await told('linear', { name: 'Shared inbox', email: 'team@larkfield.example' })
    await unlinkAccount.run({ hub, jobs: null, who: COMMAND_LINE }, { account: 'linear:1' })
    await told('linear', { name: 'Shared inbox, renamed', email: 'team@larkfield.example' })
    expect(await whose()).toEqual({ 'team@larkfield.example': ['clickup:1 mail'] })
    expect((await list()).accounts).toMatchObject([{ id: 'linear:1', suggestion: null }])
  })

  it('nobody knows are refused in words', async () => {
    await told('clickup', { email: 'ana@larkfield.example' })
    const unknown = linkAccount.run(
      { hub, jobs: null, who: COMMAND_LINE },
      { email: 'ana@larkfield.example', account: 'trello:@nobody' }
    )
    await expect(unknown).rejects.toBeInstanceOf(Refusal)
    const stranger = linkAccount.run(
      { hub, jobs: null, who: COMMAND_LINE },
      { email: 'x@y.example', account: 'clickup:1' }
    )
    await expect(stranger).rejects.toThrow('There is nobody with the address x@y.example.')
  })

  it('are called by one name, once, wherever the hub speaks of them', async () => {
    await told('clickup', { name: 'Ana Lima', email: 'ana@larkfield.example' })
    await told('linear', { name: 'ana', email: 'ana@larkfield.example' }, { name: 'Ben' })
    const ids = sql`array['linear:1', 'clickup:1', 'linear:2', 'linear:9']`
    const [row] = await hub.db.rows<{ known: string[]; all: string[] }>(
      sql`select ${namesOf(ids)} as known, ${namesOf(ids, 'by id')} as all`
    )
    expect(row).toEqual({ known: ['Ana Lima', 'Ben'], all: ['Ana Lima', 'Ben', 'linear:9'] })
  })
})
