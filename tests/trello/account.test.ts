/** The account, its boards and its comments, over HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paragraph, text } from '../../src/model/richText.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { hurry, trelloSession } from '../helpers/trello.ts'

const board = madeId('board', 1, 0)
const CREATED = Date.parse('2026-09-01T08:00:00Z')
const card = (index: number) => madeId('card', 1, index, CREATED + index * 60_000)

let trello: TrelloSandbox
beforeAll(async () => {
  hurry()
  trello = await startTrello({ now: '2026-11-16T09:00:00.000Z' })
})
afterAll(() => trello.stop())
beforeEach(async () => {
  await trello.clearFaults()
  await trello.load(makeBoard({ cards: 15 }))
  await trello.forgetRequests()
})

describe('The account', () => {
  it('is who the token speaks for', async () => {
    expect(await trelloSession(trello).whoAmI()).toEqual({
      externalId: '690000000000000000000b01',
      name: 'Throughline',
      username: 'throughline',
      missing: [],
      expiresAt: null
    })
  })

  it('sees its boards, closed and public ones told apart', async () => {
    await trello.load(makeBoard({ number: 2, facts: { closed: true, prefs: { permissionLevel: 'public' } } }))
    await trello.load(makeBoard({ number: 3, facts: { prefs: { permissionLevel: 'org' } } }))
    await trello.access(madeId('board', 3, 0), true)
    const boards = await Array.fromAsync(trelloSession(trello).projects())
    expect(boards).toEqual([
      {
        externalId: board,
        name: 'Board 1',
        url: 'https://trello.com/b/made0001',
        archived: false,
        members: null,
        audience: 'members'
      },
      {
        externalId: madeId('board', 2, 0),
        name: 'Board 2',
        url: 'https://trello.com/b/made0002',
        archived: true,
        members: null,
        audience: 'public'
      },
      {
        externalId: madeId('board', 3, 0),
        name: 'Board 3',
        url: 'https://trello.com/b/made0003',
        archived: false,
        members: null,
        audience: 'company'
      }
    ])
    for (const number of [2, 3]) await trello.drop(madeId('board', number, 0))
  })

  it('whose token is revoked is asked once more, not again and again', async () => {
    await trello.account({ token: 'gone', member: { id: madeId('member', 9, 1), fullName: 'Gone' }, revoked: true })
    const session = trelloSession(trello, 'gone')
    await expect(Array.fromAsync(session.fetch([card(0)]))).rejects.toMatchObject({ kind: 'auth_revoked', status: 401 })
    expect((await trello.requests(0)).total).toBe(2)
    await expect(session.whoAmI()).rejects.toMatchObject({ kind: 'auth_revoked' })
    expect((await trello.requests(0)).total).toBe(3)
    await expect(session.comments.post(card(0), [paragraph(text('Hi'))], 'key')).rejects.toMatchObject({
      kind: 'auth_revoked'
    })
    expect((await trello.requests(0)).byStatus).toEqual({ 401: 5 })
  })

  it('without the right to write is told so at the first write, and still reads', async () => {
    const member = { id: madeId('member', 9, 2), fullName: 'Reader' }
    await trello.account({ token: 'reader', member, scopes: ['read'], joins: true })
    const session = trelloSession(trello, 'reader')
    for (const write of [
      () => session.comments.post(card(0), [paragraph(text('Hi'))], 'key'),
      () => session.comments.edit(card(0), madeId('action', 1, 0), [paragraph(text('Hi'))]),
      () => session.comments.remove(card(0), madeId('action', 1, 0))
    ]) {
      await trello.forgetRequests()
      await expect(write()).rejects.toMatchObject({ kind: 'forbidden', status: 401, code: 'missing_write_right' })
      expect((await trello.requests(0)).byStatus).toEqual({ 200: 1, 401: 1 })
    }
    expect(await Array.fromAsync(session.fetch([card(0)]))).toMatchObject([
      { kind: 'task', facts: { title: 'Card 1' } }
    ])
  })
})

describe('Single cards', () => {
  it('are read ten to a request; what cannot be found is hidden, not deleted', async () => {
    const session = trelloSession(trello)
    await trello.plant(card(3), { due: 42 })
    await trello.call('DELETE', `/cards/${card(4)}`)
    const ids = [...Array.from({ length: 12 }, (_, index) => card(index)), madeId('card', 7, 7)]
    const read = await Array.fromAsync(session.fetch(ids))
    expect(session.sent()).toBe(2)
    expect(read.map((one) => (one.kind === 'task' ? one.facts.title : [one.kind, one.externalId]))).toEqual([
      'Card 1',
      'Card 2',
      'Card 3',
      ['unreadable', card(3)],
      ['absence', card(4)],
      ...[6, 7, 8, 9, 10, 11, 12].map((number) => `Card ${number}`),
      ['absence', madeId('card', 7, 7)]
    ])
    expect(read[4]).toEqual({ kind: 'absence', externalId: card(4), presence: 'hidden' })
  })

  it('with a limit hit inside the batch are an error, not an absence', async () => {
    await trello.fault({
      path: '^/batch',
      effect: { status: 200, body: '[{"200":{}},{"429":{"error":"API_TOKEN_LIMIT_EXCEEDED"}}]' }
    })
    await expect(Array.fromAsync(trelloSession(trello).fetch([card(0), card(1)]))).rejects.toMatchObject({
      kind: 'rate_limited',
      status: 429
    })
  })

  it('whose custom fields were switched off are read without them', async () => {
    await trello.plant(card(0), {
      customFieldItems: [{ id: madeId('member', 9, 3), idCustomField: madeId('member', 9, 4), value: { text: 'x' } }]
    })
    await trello.fault({ path: 'customFields', effect: { status: 403 } })
    expect(await Array.fromAsync(trelloSession(trello).fetch([card(0)]))).toMatchObject([
      { kind: 'task', facts: { fields: {} } }
    ])
  })
})

describe('Comments', () => {
  it('are posted, listed newest first, edited and removed', async () => {
    const session = trelloSession(trello)
    const posted = await session.comments.post(card(0), [paragraph(text('First'))], 'key')
    expect(posted).toEqual({
      externalId: expect.stringMatching(/^[0-9a-f]{24}$/),
      task: card(0),
      author: '690000000000000000000b01',
      at: expect.stringMatching(/^2026-11-16T09:0\d:\d\d\.\d{3}Z$/),
      editedAt: null,
      text: 'First'
    })
    await trello.clock({ advanceMs: 60_000 })
    const second = await session.comments.post(card(0), [paragraph(text('Second'))], 'key')
    expect((await session.comments.list(card(0))).map((comment) => comment.text)).toEqual(['Second', 'First'])
    expect((await session.comments.list(card(0), 1)).map((comment) => comment.text)).toEqual(['Second'])
    await session.comments.edit(card(0), posted.externalId, [paragraph(text('First, mended'))])
    const [, edited] = await session.comments.list(card(0))
    expect(edited).toMatchObject({ externalId: posted.externalId, at: posted.at, text: 'First, mended' })
    expect(Date.parse(edited!.editedAt!)).toBeGreaterThan(Date.parse(posted.at))
    await session.comments.remove(card(0), second.externalId)
    expect(await session.comments.list(card(0))).toEqual([edited])
    await expect(session.comments.remove(card(0), second.externalId)).rejects.toMatchObject({ kind: 'not_found' })
    expect((await trello.dump(board)).actions.filter(({ type }) => type === 'commentCard')).toHaveLength(1)
  })

  it('are posted once where the answer is lost, and the loss is said to be unclear', async () => {
    await trello.fault({ method: 'POST', path: 'comments', effect: { drop: 'after' } })
    const session = trelloSession(trello)
    await expect(session.comments.post(card(0), [paragraph(text('Once'))], 'key')).rejects.toMatchObject({
      kind: 'provider_down',
      unclear: true
    })
    expect((await session.comments.list(card(0))).map((comment) => comment.text)).toEqual(['Once'])
  })
})
