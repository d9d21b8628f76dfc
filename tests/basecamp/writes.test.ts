/** What the hub changes: cards in part, to-dos as a whole with nothing lost. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { type Account, COLUMNS, OWN_ID, startAccount } from './account.ts'

describe('Writing to Basecamp', () => {
  let account: Account
  let ana: string
  let board: PlantedProject
  let todos: PlantedProject
  let todo: string

  beforeAll(async () => {
    account = await startAccount()
    ana = await account.tool.person({ name: 'Ana Ribeiro' })
    board = await account.tool.project({ name: 'Launch', columns: [...COLUMNS], members: [ana] })
    todos = await account.tool.admin('POST', `tools/${board.id}`, { todolist: 'Errands' })
  })
  afterAll(() => account[Symbol.asyncDispose]())
  beforeEach(async () => {
    todo = await account.tool.task({
      project: todos.id,
      column: `${todos.id}:open`,
      title: 'Call the printer',
      description: '<div>With <strong>care</strong></div>',
      assignees: [ana],
      start: { date: '2026-11-17' },
      due: { date: '2026-11-20' }
    })
    await account.tool.forgetRequests()
  })

  const state = async (task: string) => {
    const [read] = await Array.fromAsync(account.session.fetch([task]))
    return read?.kind === 'task' ? read.facts : null
  }
  const bodies = async () =>
    (await account.tool.requests(50)).last.flatMap(({ body }) =>
      body === '' ? [] : [JSON.parse(body) as Record<string, unknown>]
    )

  it('changes the date and the people of a to-do and keeps all else', async () => {
    const before = await state(todo)
    await account.session.write?.due?.(todo, { date: '2026-12-01' })
    await account.session.write?.assign?.(todo, { add: [OWN_ID], remove: [] })
    await account.session.write?.due?.(todo, null)
    expect(await state(todo)).toEqual({
      ...before,
      assignees: [OWN_ID, ana].sort(),
      dueAt: null,
      dueIsDate: false,
      updatedAt: expect.any(String)
    })
    expect(before).toMatchObject({ description: 'With **care**', startAt: '2026-11-17T00:00:00.000Z' })
    for (const body of await bodies()) expect(body).not.toHaveProperty('notify')
  })

  it('ticks a to-do off and on', async () => {
    await account.session.write?.move?.(todo, `${todos.id}:done`)
    expect(await state(todo)).toMatchObject({ column: `${todos.id}:done`, completed: true })
    await account.session.write?.move?.(todo, `${todos.id}:open`)
    expect(await state(todo)).toMatchObject({ column: `${todos.id}:open`, completed: false })
  })

  it('makes a to-do, done at once where it is wanted so', async () => {
    const draft = {
      title: 'New',
      description: 'One\nTwo <b>',
      column: `${todos.id}:done`,
      assignees: [ana],
      due: { at: '2026-12-03T22:00:00.000Z' }
    }
    const id = await account.session.write?.create?.(todos.id, draft, 'key')
    expect(await state(id ?? '')).toMatchObject({
      title: 'New',
      description: 'One\n\nTwo <b>',
      project: todos.id,
      column: `${todos.id}:done`,
      assignees: [ana],
      dueAt: '2026-12-03T00:00:00.000Z'
    })
  })

  it('takes a card’s date away with an empty text, and sends nothing else', async () => {
    const card = await account.tool.task({
      project: board.id,
      column: board.columns.Next!,
      title: 'Card',
      due: { date: '2026-11-20' }
    })
    await account.session.write?.due?.(card, null)
    expect(await bodies()).toEqual([{ due_on: '' }])
    expect((await state(card))?.dueAt).toBeNull()
  })

  it('puts a card on hold and back', async () => {
    const hold = await account.tool.admin<{ id: string }>('POST', `hold/${board.columns.Next}`)
    const card = await account.tool.task({ project: board.id, column: board.columns.Next!, title: 'Card' })
    await account.session.write?.move?.(card, hold.id)
    expect((await account.tool.look(card))?.column).toBe(hold.id)
    await account.session.write?.move?.(card, board.columns.Done!)
    expect(await account.tool.look(card)).toMatchObject({ column: board.columns.Done, completed: true })
  })

  it('says that a task is not there instead of making one', async () => {
    const missing = account.session.write?.due?.('9007199254740993', { date: '2026-12-01' })
    await expect(missing).rejects.toMatchObject({ kind: 'not_found', code: 'no_such_task' })
  })
})
