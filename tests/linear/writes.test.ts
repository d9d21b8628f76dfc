/** Writing to Linear: ids of our own make twice once, and what cannot be done is said for what it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../adapters/linear/uuid.ts'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { text } from '../../src/model/richText.ts'
import { type Account, refusal } from '../contract/account.ts'
import { linearAccount, team } from './account.ts'

const note = (words: string) => [{ kind: 'paragraph' as const, inlines: [text(words)] }]
const NOBODY = uuidOf('nobody')

describe('writing', () => {
  let account: Account
  let website: PlantedProject
  let task: string

  beforeAll(async () => {
    account = await linearAccount({ now: '2026-11-16T08:00:00Z' })
    website = await team(account)
    task = await account.tool.task({ project: website.id, column: website.columns.Todo!, title: 'Written to' })
  })
  afterAll(() => account[Symbol.asyncDispose]())

  it('chooses ids that have the form of a version 4 UUID, the same for the same note', () => {
    const id = uuidOf('comment', 'task', 'key')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(uuidOf('comment', 'task', 'key')).toBe(id)
    expect(uuidOf('comment', 'taskkey', '')).not.toBe(id)
  })

  it('posts a note once however often it is tried, and says what is there', async () => {
    const first = await account.session.comments.post(task, note('Once'), 'key')
    expect(first.externalId).toBe(uuidOf('comment', task, 'key'))
    const again = await account.session.comments.post(task, note('Once'), 'key')
    expect(again).toEqual(first)
    expect((await account.tool.look(task))?.comments).toHaveLength(1)
  })

  it('creates a task once however often it is tried', async () => {
    const draft = { title: 'Made', description: '', column: website.columns.Todo!, assignees: [], due: null }
    const id = await account.session.write!.create!(website.id, draft, 'key')
    expect(await account.session.write!.create!(website.id, draft, 'key')).toBe(id)
  })

  it('says not_found of an issue that is out of sight, whatever it is asked to do to it', async () => {
    const { comments, write } = account.session
    for (const attempt of [
      () => comments.post(NOBODY, note('x'), 'k'),
      () => comments.list(NOBODY),
      () => comments.edit(NOBODY, NOBODY, note('x')),
      () => comments.remove(NOBODY, NOBODY),
      () => write!.move!(NOBODY, website.columns.Done!),
      () => write!.due!(NOBODY, null),
      () => write!.assign!(NOBODY, { add: [], remove: ['x'] })
    ])
      expect(await refusal(attempt())).toMatchObject({ kind: 'not_found' })
  })

  it('keeps the refusal of a column of another team, and the issue where it is', async () => {
    const other = await team(account, 'Other')
    const error = await refusal(account.session.write!.move!(task, other.columns.Todo!))
    expect(error).toMatchObject({ kind: 'bad_response', code: 'INVALID_INPUT' })
    expect((await account.tool.look(task))?.column).toBe(website.columns.Todo)
  })

  it('leaves a person assigned whom it was not asked to take away', async () => {
    const ana = await account.tool.person({ name: 'Ana Lima' })
    await account.session.write!.assign!(task, { add: [ana], remove: [] })
    await account.session.write!.assign!(task, { add: [], remove: ['somebody else'] })
    expect((await account.tool.look(task))?.assignees).toEqual([ana])
    await account.session.write!.assign!(task, { add: [], remove: [ana] })
    expect((await account.tool.look(task))?.assignees).toEqual([])
  })

  it('takes a moment for its day', async () => {
    await account.session.write!.due!(task, { at: '2026-12-01T22:30:00.000Z' })
    expect((await account.tool.look(task))?.due).toEqual({ date: '2026-12-01' })
  })
})
