/** Every request the adapter makes and every answer to it, held against the vendor's specification. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { checkExchange } from '../helpers/spec.ts'
import { pulled, trelloSession } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)

describeWithShared('The calls of the adapter', () => {
  let trello: TrelloSandbox
  beforeAll(async () => {
    trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
    const field = { id: madeId('member', 9, 1), name: 'Points', type: 'number' }
    await trello.load(makeBoard({ cards: 1030, moves: 40, facts: { customFields: [field] } }))
    const item = { id: madeId('member', 9, 3), idCustomField: field.id, value: { number: '3' } }
    await trello.plant(card(1), { customFieldItems: [item] })
    await trello.record(500)
  })
  afterAll(() => trello.stop())

  it('are in the specification, their answers too, and carry credentials in one header alone', async () => {
    const session = trelloSession(trello)
    await session.whoAmI()
    await Array.fromAsync(session.projects())
    const pages = await pulled(session, board)
    const { mark } = pages.at(-1)!
    const scope = { externalId: board, name: board, projects: [board] }
    await session.moved!([{ scope, mark }])
    await trello.clock({ advanceMs: 60_000 })
    for (const index of [1, 2, 3]) {
      await trello.call('PUT', `/cards/${card(index)}`, { body: { name: 'Touched' } })
    }
    await trello.call('POST', '/lists', { body: { idBoard: board, name: 'Blocked' } })
    await pulled(session, board, { sweep: false, mark })
    await Array.fromAsync(session.fetch([card(1)]))
    await Array.fromAsync(session.fetch(Array.from({ length: 12 }, (_, index) => card(index))))
    const comment = await session.comments.post(
      card(1),
      [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'Hello' }] }],
      'key'
    )
    await session.comments.list(card(1))
    await session.comments.edit(card(1), comment.externalId, [
      { kind: 'paragraph', inlines: [] },
      { kind: 'list', items: [[{ kind: 'code', text: 'x' }]] }
    ])
    await session.comments.remove(card(1), comment.externalId)

    const { last, total, byTemplate } = await trello.requests(500)
    const ours = last.filter(({ headers }) => String(headers['user-agent']).startsWith('Throughline'))
    expect(session.sent()).toBe(ours.length)
    expect(total - ours.length).toBe(4)
    expect(Object.keys(byTemplate).sort()).toEqual([
      'DELETE /actions/{id}',
      'GET /batch',
      'GET /boards/{boardId}/actions',
      'GET /boards/{id}',
      'GET /boards/{id}/cards/{filter}',
      'GET /boards/{id}/customFields',
      'GET /cards/{id}',
      'GET /cards/{id}/actions',
      'GET /members/{id}',
      'GET /members/{id}/boards',
      'POST /cards/{id}/actions/comments',
      'POST /lists',
      'PUT /actions/{id}',
      'PUT /cards/{id}'
    ])
    const exchanges = await trello.exchanges()
    expect(exchanges).toHaveLength(total)
    expect(exchanges.flatMap(checkExchange)).toEqual([])
    for (const { path, query, body, headers, method } of ours) {
      expect(`${path}?${query}${body}`).not.toContain(trello.token)
      expect(`${path}?${query}${body}`).not.toContain(trello.key)
      expect(headers.authorization).toBe(`OAuth oauth_consumer_key="${trello.key}", oauth_token="${trello.token}"`)
      expect(headers['x-trello-client-identifier']).toBe(method === 'GET' ? undefined : 'throughline-test')
      const { authorization: _, ...others } = headers
      expect(JSON.stringify(others)).not.toContain(trello.token)
    }
  })
})
