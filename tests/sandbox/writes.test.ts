import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared, trelloBoard } from '../helpers/shared.ts'
import { checkExchange } from '../helpers/spec.ts'

const NOW = '2026-11-16T09:30:00.000Z'
const BOARD = madeId('board', 1, 0)
const [TODO, DOING, DONE] = [0, 1, 2].map((index) => madeId('list', 1, index)) as [string, string, string]
const [ADA, BELA] = [0, 1].map((index) => madeId('member', 1, index)) as [string, string]
const FIELD = '690000000000000000000c01'
const LABEL = '690000000000000000000d01'

let trello: TrelloSandbox
let card: string
beforeAll(async () => {
  trello = await startTrello()
})
afterAll(() => trello.stop())
beforeEach(async () => {
  await trello.clock({ now: NOW })
  await trello.load(
    makeBoard({
      cards: [{ name: 'Reference calls', idMembers: [ADA] }, { name: 'Second' }],
      facts: {
        labels: [{ id: LABEL, name: 'client', color: 'green' }],
        customFields: [{ id: FIELD, name: 'Points', type: 'number' }]
      }
    })
  )
  card = (await trello.dump(BOARD)).cards[0]!.id as string
})

const dumped = async (): Promise<{ card: Row; newest: Row & { data: Row }; board: Row }> => {
  const board = await trello.dump(BOARD)
  return { card: board.cards.find(({ id }) => id === card)!, newest: board.actions[0] as Row & { data: Row }, board }
}

describe('A write to the Trello stand-in', () => {
  it('moves a card and leaves the action that says from where to where', async () => {
    const moved = await trello.call('PUT', `/cards/${card}`, { body: { idList: DOING } })
    expect(moved.status).toBe(200)
    const state = await dumped()
    expect(state.card.idList).toBe(DOING)
    expect(state.newest).toMatchObject({
      type: 'updateCard',
      idMemberCreator: '690000000000000000000b01',
      appCreator: { id: '690000000000000000000a01' },
      data: {
        card: { id: card, name: 'Reference calls', idShort: 1, idList: DOING },
        old: { idList: TODO },
        listBefore: { id: TODO, name: 'To do' },
        listAfter: { id: DOING, name: 'Doing' },
        board: { id: BOARD }
      }
    })
    expect(state.card.dateLastActivity).toBe(state.newest.date)
    expect(state.board.dateLastActivity).toBe(state.newest.date)
    expect(String(state.newest.date).slice(0, 16)).toBe(NOW.slice(0, 16))
    const second = Math.floor(Date.parse(String(state.newest.date)) / 1000)
    expect(Number.parseInt(String(state.newest.id).slice(0, 8), 16)).toBe(second)
  })

  it('shows the new state in the very next page', async () => {
    const before = await trello.get<Row[]>(`/boards/${BOARD}/cards/all?fields=name,due`)
    expect(before.map(({ due }) => due)).toEqual([null, null])
    await trello.call('PUT', `/cards/${card}`, { body: { due: '2026-11-20T17:00:00Z' } })
    const after = await trello.get<Row[]>(`/boards/${BOARD}/cards/all?fields=name,due`)
    expect(after.find(({ id }) => id === card)?.due).toBe('2026-11-20T17:00:00.000Z')
  })

  it('sets the dates of completion and archiving, and takes them back', async () => {
    await trello.call('PUT', `/cards/${card}`, { body: { dueComplete: true, closed: true } })
    const done = (await dumped()).card
    expect([done.dueComplete, done.closed]).toEqual([true, true])
    expect(String(done.dateCompleted).slice(0, 16)).toBe(NOW.slice(0, 16))
    expect(String(done.dateClosed).slice(0, 16)).toBe(NOW.slice(0, 16))
    await trello.call('PUT', `/cards/${card}?dueComplete=false&closed=false`)
    expect((await dumped()).card).toMatchObject({ dateCompleted: null, dateClosed: null })
  })

  it('replaces people and labels, with an action for each person', async () => {
    await trello.call('PUT', `/cards/${card}`, { body: { idMembers: [BELA], idLabels: LABEL } })
    const { card: changed, board } = await dumped()
    expect(changed).toMatchObject({ idMembers: [BELA], idLabels: [LABEL], labels: [{ id: LABEL, name: 'client' }] })
    const types = (board.actions as Row[]).slice(0, 3).map(({ type }) => type)
    expect(types.sort()).toEqual(['addMemberToCard', 'removeMemberFromCard', 'updateCard'])
    const added = await trello.call('POST', `/cards/${card}/idMembers?value=${ADA}`)
    expect((added.json as Row[]).map(({ id }) => id)).toEqual([BELA, ADA])
    const removed = await trello.call('DELETE', `/cards/${card}/idMembers/${BELA}`)
    expect((removed.json as Row[]).map(({ id }) => id)).toEqual([ADA])
    expect((await trello.call('POST', `/cards/${card}/idMembers?value=${ADA}`)).status).toBe(400)
  })

  it('changes nothing at all when one value is wrong', async () => {
    const before = await dumped()
    const refused = await trello.call('PUT', `/cards/${card}`, { body: { name: 'New name', due: 'soon' } })
    expect([refused.status, refused.text]).toEqual([400, 'invalid value for due'])
    expect(await dumped()).toEqual(before)
  })

  it('deletes a card for good: of its history only the deletion stays, without a name', async () => {
    expect((await trello.call('DELETE', `/cards/${card}`)).text).toBe('{"limits":{}}')
    const gone = await trello.call('GET', `/cards/${card}`)
    expect([gone.status, gone.text]).toEqual([404, 'The requested resource was not found.'])
    const board = await trello.dump(BOARD)
    const about = board.actions.filter(({ data }) => ((data as Row).card as Row | undefined)?.id === card)
    expect(about).toHaveLength(1)
    expect(about[0]).toMatchObject({ type: 'deleteCard', data: { list: { id: TODO }, board: { id: BOARD } } })
    expect(Object.keys((about[0]!.data as Row).card as Row)).toEqual(['id', 'idShort', 'shortLink'])
  })

  it('creates a card with everything a payload of 2026 has', async () => {
    const body = { idList: DOING, name: 'New', desc: 'Text', idMembers: [ADA], due: '2026-12-01T12:00:00.000Z' }
    const made = (await trello.call('POST', '/cards', { body })).json as Row
    expect(made).toMatchObject({ ...body, idBoard: BOARD, idShort: 3, dateCompleted: null, dateClosed: null })
    expect((await trello.get<Row>(`/cards/${made.shortLink}?fields=name`)).id).toBe(made.id)
    expect((await dumped()).newest).toMatchObject({
      type: 'createCard',
      data: { card: { id: made.id }, list: { id: DOING } }
    })
  })

  it('keeps an edited comment under its id, and leaves no trace of a deleted one', async () => {
    const made = (await trello.call('POST', `/cards/${card}/actions/comments?text=First`)).json as Row
    expect(made).toMatchObject({ type: 'commentCard', data: { text: 'First', card: { id: card } } })
    await trello.call('PUT', `/actions/${made.id}`, { body: { text: 'Second' } })
    await trello.call('PUT', `/cards/${card}/actions/${made.id}/comments?text=Third`)
    const listed = await trello.get<(Row & { data: Row })[]>(`/cards/${card}/actions?filter=commentCard`)
    expect(listed.map(({ id, data }) => [id, data.text])).toEqual([[made.id, 'Third']])
    expect(listed[0]!.data.dateLastEdited).toBeTypeOf('string')
    expect((await dumped()).card.badges).toMatchObject({ comments: 1 })
    expect((await trello.call('DELETE', `/actions/${made.id}`)).text).toBe('{"_value":null}')
    expect(await trello.get(`/cards/${card}/actions?filter=all`)).toHaveLength(1)
    expect((await trello.call('GET', `/actions/${made.id}`)).status).toBe(404)
  })

  it('takes a comment from the query, from JSON and from a form, and refuses to edit what others wrote', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${trello.url}/1/cards/${card}/actions/comments`, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ text: 'Über ½ – 日本', key: trello.key, token: trello.token })
    })
    expect(((await response.json()) as { data: Row }).data.text).toBe('Über ½ – 日本')
    await trello.account({ token: 'ada', app: null, member: { id: ADA, fullName: 'Ada Abara' } })
    const hers = await trello.call('POST', `/cards/${card}/actions/comments`, { token: 'ada', body: { text: 'Hers' } })
    expect(hers.json).toMatchObject({ idMemberCreator: ADA, appCreator: null })
    const refused = await trello.call('PUT', `/actions/${(hers.json as Row).id}`, { body: { text: 'Ours' } })
    expect(refused.status).toBe(401)
    const long = await trello.call('POST', `/cards/${card}/actions/comments`, { body: { text: 'x'.repeat(16_385) } })
    expect([long.status, long.text]).toEqual([400, 'invalid value for text'])
  })

  it('moves a card to another board and back, with an action on either side', async () => {
    const other = madeId('board', 2, 0)
    await trello.load(makeBoard({ number: 2, lists: ['Inbox'], cards: 1 }))
    await trello.call('PUT', `/cards/${card}`, { body: { idLabels: [LABEL] } })
    await trello.call('PUT', `/cards/${card}`, { body: { idBoard: other } })
    const there = await trello.dump(other)
    const moved = there.cards.find(({ id }) => id === card)!
    expect(moved).toMatchObject({ idBoard: other, idList: madeId('list', 2, 0), idShort: 2, idMembers: [] })
    expect(there.actions[0]).toMatchObject({ type: 'moveCardToBoard', data: { boardSource: { id: BOARD } } })
    const label = (moved.labels as Row[])[0]!
    expect([label.name, label.id === LABEL]).toEqual(['client', false])
    const left = await trello.dump(BOARD)
    expect(left.actions[0]).toMatchObject({ type: 'moveCardFromBoard', data: { boardTarget: { id: other } } })
    expect(left.cards.some(({ id }) => id === card)).toBe(false)
    await trello.call('PUT', `/cards/${card}`, { body: { idBoard: BOARD, idList: DONE } })
    expect((await dumped()).card.idList).toBe(DONE)
  })

  it('keeps custom field values as strings, and clears them', async () => {
    const path = `/cards/${card}/customField/${FIELD}/item`
    const set = await trello.call('PUT', path, { body: { value: { number: '5' } } })
    expect(set.json).toMatchObject({ value: { number: '5' }, idCustomField: FIELD, idModel: card })
    expect((await trello.get<Row>(`/cards/${card}?customFieldItems=true`)).customFieldItems).toEqual([set.json])
    await trello.call('PUT', path, { body: { value: '', idValue: '' } })
    expect((await dumped()).card.customFieldItems).toEqual([])
  })

  it('renames, archives and moves lists', async () => {
    await trello.call('PUT', `/lists/${TODO}`, { body: { name: 'Next', closed: true } })
    expect((await dumped()).newest).toMatchObject({ type: 'updateList', data: { old: { closed: false } } })
    const visible = await trello.get<Row[]>(`/boards/${BOARD}/cards/visible`)
    const open = await trello.get<Row[]>(`/boards/${BOARD}/cards/open`)
    expect([visible.length, open.length]).toEqual([0, 2])
    const made = (await trello.call('POST', '/lists', { body: { name: 'Later', idBoard: BOARD, pos: 'bottom' } })).json
    expect((await trello.get<Row[]>(`/boards/${BOARD}/lists`)).map(({ name }) => name)).toEqual([
      'Doing',
      'Done',
      'Later'
    ])
    await trello.load(makeBoard({ number: 2, lists: ['Inbox'] }))
    await trello.call('PUT', `/lists/${TODO}`, { body: { idBoard: madeId('board', 2, 0) } })
    expect((await trello.dump(madeId('board', 2, 0))).cards).toHaveLength(2)
    expect((await trello.dump(BOARD)).cards).toHaveLength(0)
    expect(made).toMatchObject({ name: 'Later', idBoard: BOARD })
  })

  it('lets a test plant what Trello would never give, without an action', async () => {
    const before = (await dumped()).newest
    await trello.plant(card, { due: 42 })
    expect((await trello.get<Row>(`/cards/${card}?fields=due`)).due).toBe(42)
    expect((await dumped()).newest).toEqual(before)
  })
})

describeWithShared('Every write of the stand-in', () => {
  it('asks and answers what the specification allows', async () => {
    await trello.record(100)
    await trello.forgetRequests()
    const path = `/cards/${card}`
    await trello.call('PUT', path, {
      body: { name: 'A', desc: 'B', due: null, dueComplete: true, idList: DONE, pos: 'top' }
    })
    await trello.call('PUT', path, { body: { due: '2026-11-20T17:00:00.000Z', idMembers: [ADA], idLabels: [LABEL] } })
    await trello.call('PUT', `${path}/customField/${FIELD}/item`, { body: { value: { number: '5' } } })
    const made = (await trello.call('POST', `${path}/actions/comments`, { body: { text: 'Hello' } })).json as Row
    await trello.call('PUT', `/actions/${made.id}`, { body: { text: 'Hello again' } })
    await trello.call('DELETE', `/actions/${made.id}`)
    await trello.call('POST', '/cards', { body: { idList: TODO, name: 'C' } })
    await trello.call('POST', '/lists', { body: { idBoard: BOARD, name: 'D' } })
    await trello.call('PUT', `/lists/${TODO}`, { body: { closed: true } })
    await trello.call('PUT', `/boards/${BOARD}`, { body: { closed: true } })
    await trello.call('POST', '/labels', { body: { idBoard: BOARD, name: 'E', color: 'red' } })
    await trello.call('DELETE', path)
    const exchanges = await trello.exchanges()
    expect(exchanges.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(exchanges.flatMap(checkExchange)).toEqual([])
  })

  it('is kept until the same board is loaded again, some hours later', async () => {
    const first = trelloBoard('en-sideline-apps-682')
    const later = trelloBoard('en-sideline-apps-682-later')
    await trello.load(first)
    const one = (await trello.get<Row[]>(`/boards/${first.id}/cards/open?limit=1`))[0]!
    await trello.call('PUT', `/cards/${one.id}`, { body: { name: 'Changed by us' } })
    await trello.load(later)
    const now = await trello.dump(first.id)
    expect(now.dateLastActivity).toBe(later.dateLastActivity)
    expect(now.cards.map(({ id }) => id).sort()).toEqual((later.cards ?? []).map(({ id }) => id).sort())
    expect(now.cards.some(({ name }) => name === 'Changed by us')).toBe(false)
    const since = (first.actions ?? [])[0]!.id
    const fresh = await trello.get<Row[]>(`/boards/${first.id}/actions?limit=1000&since=${since}`)
    const known = new Set((first.actions ?? []).map(({ id }) => id))
    expect(fresh.map(({ id }) => id)).toEqual((later.actions ?? []).map(({ id }) => id).filter((id) => !known.has(id)))
  })
})
