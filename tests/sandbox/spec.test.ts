import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared, TRELLO_BOARDS, trelloBoard } from '../helpers/shared.ts'
import { checkExchange } from '../helpers/spec.ts'

describeWithShared('What the Trello stand-in answers, held against the specification', () => {
  let trello: TrelloSandbox
  beforeAll(async () => {
    trello = await startTrello()
    await trello.record(200)
  })
  afterAll(() => trello.stop())

  const errors = async () => [...new Set((await trello.exchanges()).flatMap(checkExchange))]

  it.each(TRELLO_BOARDS)('is what the specification allows, for the recorded board %s', async (name) => {
    await trello.forgetRequests()
    const { id, cards, actions } = await trello.load(trelloBoard(name))
    const card = (await trello.get<{ id: string; idList: string }[]>(`/boards/${id}/cards/all`))[0]!
    const history = await trello.get<{ id: string }[]>(`/boards/${id}/actions?limit=1000&filter=all`)
    const nested =
      'lists=all&list_fields=all&labels=all&label_fields=all&labels_limit=1000&members=all&member_fields=fullName,username&customFields=true&cards=all&actions=all&actions_limit=20&checklists=all&memberships=all&organization=true'
    for (const path of [
      '/members/me?fields=all&boards=all&board_fields=id,name,closed,idOrganization,dateLastActivity,url&organizations=all&organization_fields=displayName,name,url',
      '/members/me/boards?filter=open&fields=dateLastActivity,closed',
      '/members/me/boards',
      '/tokens/sandbox-token?fields=all',
      `/boards/${id}`,
      `/boards/${id}?fields=all&${nested}`,
      `/boards/${id}/lists?filter=all`,
      `/boards/${id}/lists/closed`,
      `/boards/${id}/labels?limit=1000`,
      `/boards/${id}/members`,
      `/boards/${id}/memberships`,
      `/boards/${id}/customFields`,
      `/boards/${id}/checklists`,
      ...['all', 'open', 'visible', 'closed', 'complete', 'incomplete', 'none'].map(
        (filter) => `/boards/${id}/cards/${filter}?limit=1000&customFieldItems=true&checklists=all&attachments=true`
      ),
      `/boards/${id}/actions?filter=commentCard,updateCard:idList&memberCreator_fields=fullName,username&member=false`,
      `/cards/${card.id}?checklists=all&customFieldItems=true&attachments=true&list=true&board=true&members=true&actions=all`,
      `/cards/${card.id}/actions?filter=all&limit=50`,
      `/cards/${card.id}/checklists`,
      `/lists/${card.idList}`,
      `/lists/${card.idList}/cards?filter=all`,
      `/actions/${history[0]!.id}`,
      `/batch?urls=${encodeURIComponent(`/cards/${card.id}?fields=name%2Cdesc,/members/me,/lists/${card.idList}`)}`
    ]) {
      await trello.get(path)
    }
    const written = await trello.call('POST', `/cards/${card.id}/actions/comments`, { body: { text: 'Hello' } })
    expect(written.status).toBe(200)
    expect((await trello.exchanges()).length).toBeGreaterThan(25)
    expect(await errors()).toEqual([])
    expect(cards).toBe((trelloBoard(name).cards ?? []).length)
    expect(history.length).toBe(Math.min(actions, 1000))
  })

  it('reports a parameter that is declared neither in the specification nor in the overlay', () => {
    const exchange = {
      method: 'GET',
      path: '/boards/5e93ba98614ac22d22f085c4/cards/all',
      body: null,
      status: 200,
      type: 'json' as const,
      answer: []
    }
    expect(checkExchange({ ...exchange, query: 'limit=1000&before=5e93ba98614ac22d22f085c4' })).toEqual([])
    expect(checkExchange({ ...exchange, query: 'sort=-id' })).toEqual([
      'GET /boards/{id}/cards/{filter}: the query parameter "sort" is declared nowhere'
    ])
    expect(checkExchange({ ...exchange, query: 'limit=5000' })).toEqual([
      'GET /boards/{id}/cards/{filter}: query limit must be <= 1000'
    ])
  })

  it('reports a wrong type, an unknown key and an unknown operation', () => {
    const exchange = {
      method: 'GET',
      path: '/cards/5e93ba98614ac22d22f085c4',
      query: '',
      body: null,
      status: 200,
      type: 'json' as const
    }
    expect(checkExchange({ ...exchange, answer: { id: '5e93ba98614ac22d22f085c4', due: 42 } })).toEqual([
      'GET /cards/{id}: answer/due must be string',
      'GET /cards/{id}: answer/due must be null',
      'GET /cards/{id}: answer/due must match a schema in anyOf'
    ])
    expect(checkExchange({ ...exchange, answer: { id: '5e93ba98614ac22d22f085c4', points: 3 } })).toEqual([
      'GET /cards/{id}: answer must NOT have additional properties (points)'
    ])
    expect(checkExchange({ ...exchange, path: '/elephants', answer: {} })).toEqual([
      'GET /elephants: no such operation in the specification'
    ])
  })
})
