/** Every request the adapter makes and every answer to it, held against the vendor's specification. */
import { expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { list, paragraph, text } from '../../src/model/richText.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { COLUMNS, changesSince, OWN_ID, pulled, startAccount } from './account.ts'
import { checkBasecamp, isSpecified } from './specification.ts'

describeWithShared('The calls of the adapter', () => {
  it('are in the specification, and so are the answers to them', async () => {
    await using account = await startAccount()
    const { tool, session } = account
    await tool.record(1000)
    const ana = await tool.person({ name: 'Ana Ribeiro' })
    const board = await tool.project({ name: 'Launch', columns: [...COLUMNS], members: [ana], guests: true })
    const hold = await tool.admin<{ id: string }>('POST', `hold/${board.columns.Next}`)
    const todos = await tool.admin<PlantedProject>('POST', `tools/${board.id}`, { todolist: 'Errands' })
    await tool.admin('POST', `tools/${board.id}`, { todolist: 'Soon', group: todos.id })
    const rich = { by: ana, assignees: [ana], due: { date: '2026-11-20' }, checklist: { done: 1, total: 2 } }
    const [card, held, gone] = (await tool.tasks([
      { project: board.id, column: board.columns.Next!, title: 'Rich', description: '<div>Why</div>', ...rich },
      { project: board.id, column: hold.id, title: 'Waits' },
      { project: board.id, column: board.columns.Done!, title: 'Gone' },
      { project: board.id, column: board.columns.Done!, title: 'Shelved', archived: true }
    ])) as [string, string, string]
    const todo = await tool.task({ project: todos.id, column: `${todos.id}:open`, title: 'Call', ...rich })
    await tool.change(gone, { deleted: true })
    for (let index = 0; index < 16; index++) await tool.comment(card, { by: ana, text: `Note ${index}` })

    await session.whoAmI()
    await Array.fromAsync(session.projects())
    const [scope] = await session.scopes([board.id, todos.id])
    await tool.clock({ advanceMs: 600_000 })
    await tool.change(held, { column: board.columns['In progress']!, by: ana })
    const pages = await pulled(session, scope!)
    await tool.clock({ advanceMs: 600_000 })
    await tool.change(card, { column: board.columns.Done!, by: ana })
    await tool.clock({ advanceMs: 600_000 })
    const changed = await changesSince(session, scope!, pages)
    await session.moved!([{ scope: scope!, mark: changed.at(-1)?.mark }])
    await Array.fromAsync(session.fetch([card, todo, gone]))
    const note = [paragraph(text('Hello')), list([text('y')])]
    const posted = await session.comments.post(card, note, 'key')
    await session.comments.list(card)
    await session.comments.edit(card, posted.externalId, note)
    await session.comments.remove(card, posted.externalId)
    for (const [task, column] of [
      [card, board.columns.Next!],
      [todo, `${todos.id}:done`],
      [todo, `${todos.id}:open`]
    ] as const) {
      await session.write!.move!(task, column)
    }
    for (const task of [card, todo]) {
      await session.write!.due!(task, { date: '2026-12-01' })
      await session.write!.due!(task, null)
      await session.write!.assign!(task, { add: [OWN_ID], remove: [ana] })
    }
    const draft = { title: 'New', description: 'x', assignees: [ana], due: { date: '2026-12-01' } }
    await session.write!.create!(board.id, { ...draft, column: board.columns.Next! }, 'key')
    await session.write!.create!(todos.id, { ...draft, column: `${todos.id}:open` }, 'key')
    const [made] = await session.webhooks!.register(scope!, {
      url: `http://127.0.0.1:9/${'s'.repeat(43)}`,
      secret: 'x'
    })
    await session.webhooks!.list(scope!, [])
    await session.webhooks!.activate(made!)
    await session.webhooks!.remove(made!)

    const { total, byTemplate } = await tool.requests(0)
    expect(Object.keys(byTemplate).sort()).toMatchInlineSnapshot(`
      [
        "DELETE /todos/{todoId}/completion",
        "DELETE /webhooks/{webhookId}",
        "GET /buckets/{bucketId}/webhooks",
        "GET /card_tables/cards/{cardId}",
        "GET /card_tables/{cardTableId}",
        "GET /events",
        "GET /my/profile",
        "GET /projects",
        "GET /projects/recordings",
        "GET /projects/{projectId}",
        "GET /projects/{projectId}/people",
        "GET /recordings/{recordingId}/comments",
        "GET /recordings/{recordingId}/events",
        "GET /todolists/{id}",
        "GET /todolists/{todolistId}/groups",
        "GET /todos/{todoId}",
        "GET /todosets/{todosetId}/todolists",
        "GET launchpad.37signals.com/authorization.json",
        "POST /buckets/{bucketId}/webhooks",
        "POST /card_tables/cards/{cardId}/moves",
        "POST /card_tables/lists/{columnId}/cards",
        "POST /recordings/{recordingId}/comments",
        "POST /todolists/{todolistId}/todos",
        "POST /todos/{todoId}/completion",
        "PUT /card_tables/cards/{cardId}",
        "PUT /comments/{commentId}",
        "PUT /recordings/{recordingId}/status/trashed",
        "PUT /todos/{todoId}",
        "PUT /webhooks/{webhookId}",
      ]
    `)
    const exchanges = await tool.exchanges()
    expect(exchanges).toHaveLength(total)
    const held_ = exchanges.filter(({ path }) => !path.startsWith('/launchpad.')).filter(isSpecified)
    expect([...new Set(held_.flatMap(checkBasecamp))]).toEqual([])
    expect(held_.length).toBeGreaterThan(40)
  })
})
