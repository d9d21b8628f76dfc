/** Webhooks without a signature: the address is the secret; after ten tries in vain they are switched off. */
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../src/adapter.ts'
import { adapter, COLUMNS, startAccount } from './account.ts'

const SECRET = 's'.repeat(43)
const URL_ = `https://hub.example/hooks/${SECRET}`
const hooks = adapter.hooks!

const delivery = (body: unknown, url = URL_): Delivery => ({
  method: 'POST',
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
  url,
  at: '2026-11-16T09:00:00.000Z'
})

describe('A delivery', () => {
  it('is trusted at the agreed address alone, under whatever name we are reached', async () => {
    const hook = { url: URL_, secret: 'agreed' }
    expect(await hooks.verify(delivery({}), hook)).toBeNull()
    expect(await hooks.verify(delivery({}, `https://elsewhere.example/hooks/${SECRET}`), hook)).toBeNull()
    expect(await hooks.verify(delivery({}, `${URL_}x`), hook)).toBe('forged')
    expect(await hooks.verify(delivery({}, `${URL_}?a=1`), hook)).toBe('forged')
    expect(await hooks.verify(delivery({}, 'no address'), hook)).toBe('forged')
  })

  it('is never trusted where no secret was agreed, or where the address can be guessed', async () => {
    expect(await hooks.verify(delivery({}), { url: URL_, secret: null })).toBe('no_secret')
    const guessable = 'https://hub.example/hooks/basecamp'
    expect(await hooks.verify(delivery({}, guessable), { url: guessable, secret: 'agreed' })).toBe('no_secret')
  })

  const told = (kind: string, recording: object) =>
    hooks.read(delivery({ id: 7, kind, created_at: '2026-11-16T10:00:00+01:00', recording, creator: { id: 3 } })).hints

  it('names the card of a step and of a comment, the list or the card table of what is around them', () => {
    const task = (externalId: string, deleted = false) => ({
      kind: 'task',
      externalId,
      deleted,
      at: '2026-11-16T09:00:00.000Z',
      by: '3'
    })
    const card = { id: 11, type: 'Kanban::Card' }
    expect(told('kanban_step_completed', { id: 5, type: 'Kanban::Step', parent: card })).toEqual([task('11')])
    expect(told('comment_created', { id: 5, type: 'Comment', parent: { id: 12, type: 'Todo' } })).toEqual([task('12')])
    expect(told('comment_created', { id: 5, type: 'Comment', parent: { id: 12, type: 'Message' } })).toEqual([])
    expect(told('todolist_archived', { id: 8, type: 'Todolist' })).toEqual([{ kind: 'project', externalId: '8' }])
    const column = { id: 9, type: 'Kanban::Column', parent: { id: 10, type: 'Kanban::Board' } }
    expect(told('kanban_column_title_updated', column)).toEqual([{ kind: 'project', externalId: '10' }])
    expect(told('kanban_card_trashed', card)).toEqual([task('11')])
    expect(told('kanban_card_deleted', card)).toEqual([task('11', true)])
  })

  it('that is cut short, or is none, is an error of its own', () => {
    const cut = { ...delivery({}), body: Buffer.from('{"id":1,"kind"') }
    expect(() => hooks.read(cut)).toThrow(expect.objectContaining({ kind: 'bad_response', code: 'not_json' }))
    expect(() => hooks.read(delivery({ id: 1 }))).toThrow(
      expect.objectContaining({ kind: 'bad_response', code: 'unexpected_shape', path: 'kind' })
    )
  })
})

describe('A webhook at Basecamp', () => {
  it('is switched off after ten tries in vain, shown as such, and switched on again', async () => {
    await using account = await startAccount()
    const project = await account.tool.project({ name: 'Launch', columns: [...COLUMNS] })
    const [scope] = await account.session.scopes([project.id])
    const task = await account.tool.task({ project: project.id, column: project.columns.Next!, title: 'Card' })
    const silent = { url: `http://127.0.0.1:9/hooks/${SECRET}`, secret: 'agreed' }
    const [made] = (await account.session.webhooks?.register(scope!, silent)) ?? []
    expect(made).toMatchObject({ of: scope!.externalId, url: silent.url, active: true, secret: null })
    await account.tool.change(task, { title: 'Told of' })
    expect(await account.tool.deliveries()).toHaveLength(10)
    expect(await account.session.webhooks?.list(scope!, [])).toEqual([{ ...made, active: false }])
    await account.tool.change(task, { title: 'Not told of' })
    expect(await account.tool.deliveries()).toHaveLength(10)
    await account.session.webhooks?.activate(made!)
    expect(await account.session.webhooks?.list(scope!, [])).toEqual([made])
    const [again] = (await account.session.webhooks?.register(scope!, silent)) ?? []
    expect(again).toEqual(made)
    await expect(
      account.session.webhooks?.register(scope!, { url: `http://hub.example/hooks/${SECRET}`, secret: 'agreed' })
    ).rejects.toMatchObject({ kind: 'bad_response', status: 400 })
  })
})
