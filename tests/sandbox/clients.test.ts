import { readdirSync } from 'node:fs'
import { createTrelloClient } from 'trello.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared, readShared, sharedPath, trelloBoard } from '../helpers/shared.ts'

let trello: TrelloSandbox
beforeAll(async () => {
  trello = await startTrello()
})
afterAll(() => trello.stop())

const client = () => createTrelloClient({ host: `${trello.url}/1`, apiKey: trello.key, apiToken: trello.token })

describe('trello.js, as it comes', () => {
  it('reads a made board with its lists and cards, and posts a comment that the dump shows', async () => {
    await trello.load(makeBoard({ cards: 5, moves: 3 }))
    const id = madeId('board', 1, 0)
    const api = client()
    expect((await api.boards.getBoard({ id })).name).toBe('Board 1')
    expect((await api.boards.getBoardLists({ id })).map(({ name }) => name)).toEqual(['To do', 'Doing', 'Done'])
    const cards = await api.boards.getBoardCards({ id })
    expect(cards.map(({ name }) => name).sort()).toEqual(['Card 1', 'Card 2', 'Card 3', 'Card 4', 'Card 5'])
    const made = await api.cards.createCardComment({ id: cards[0]!.id, text: 'Read by another client' })
    const dumped = (await trello.dump(id)).actions[0] as Row & { data: { text: string; card: Row } }
    expect([dumped.id, dumped.data.text, dumped.data.card.id]).toEqual([
      made.id,
      'Read by another client',
      cards[0]!.id
    ])
  })
})

describeWithShared('trello.js, as it comes, on a recorded board', () => {
  it('reads the newest of them and comments on it', async () => {
    const { id, cards: total } = await trello.load(trelloBoard('he-bdika-16'))
    const api = client()
    const board = await api.boards.getBoard({ id })
    const cards = await api.boards.getBoardCards({ id })
    expect([board.id, cards.length]).toEqual([id, total])
    const made = await api.cards.createCardComment({ id: cards[0]!.id, text: 'שלום' })
    expect((await trello.dump(id)).actions[0]).toMatchObject({ id: made.id, data: { text: 'שלום' } })
  })
})

interface Recorded {
  request: { method: string; uri: string; body: string }
  response: { status: { code: number }; headers: Record<string, string>; body: unknown }
}

describeWithShared('Recorded answers of Trello', () => {
  const FOLDER = 'payloads/trello/trello-rest-ruby-trello'
  const recorded = readdirSync(sharedPath(FOLDER)).flatMap((file) => readShared<Recorded[]>(`${FOLDER}/${file}`))
  const id = madeId('board', 1, 0)

  /** Paths of the recording, rewritten to things that this stand-in holds. */
  async function ours(kind: string): Promise<string> {
    const board = await trello.dump(id)
    const comment = board.actions.find(({ type }) => type === 'commentCard')
    return { boards: id, cards: board.cards[0]!.id, lists: board.lists[0]!.id, actions: comment?.id }[kind] as string
  }

  const ROUTES: [pattern: RegExp, path: (id: string) => string, kind: string][] = [
    [/^\/boards\/\w+$/, (own) => `/boards/${own}`, 'boards'],
    [/^\/boards\/\w+\/lists$/, (own) => `/boards/${own}/lists`, 'boards'],
    [/^\/boards\/\w+\/cards$/, (own) => `/boards/${own}/cards`, 'boards'],
    [/^\/boards\/\w+\/labels$/, (own) => `/boards/${own}/labels`, 'boards'],
    [/^\/boards\/\w+\/members$/, (own) => `/boards/${own}/members`, 'boards'],
    [/^\/boards\/\w+\/customFields$/, (own) => `/boards/${own}/customFields`, 'boards'],
    [/^\/lists\/\w+$/, (own) => `/lists/${own}`, 'lists'],
    [/^\/lists\/\w+\/cards$/, (own) => `/lists/${own}/cards`, 'lists'],
    [/^\/cards\/\w+$/, (own) => `/cards/${own}`, 'cards'],
    [/^\/cards\/\w+\/actions$/, (own) => `/cards/${own}/actions`, 'cards'],
    [/^\/cards\/\w+\/customFieldItems$/, (own) => `/cards/${own}/customFieldItems`, 'cards'],
    [/^\/actions\/\w+$/, (own) => `/actions/${own}`, 'actions']
  ]

  it('have no key that the same route of the stand-in lacks, and no other type', async () => {
    const me = '690000000000000000000b01'
    await trello.load(
      makeBoard({
        cards: [{ idMembers: [me], idLabels: ['690000000000000000000d01'], customFieldItems: [] }],
        facts: {
          labels: [{ id: '690000000000000000000d01', name: '', color: 'green' }],
          customFields: [{ id: '690000000000000000000c01', name: 'Day', type: 'date' }]
        }
      })
    )
    const card = await ours('cards')
    await trello.call('PUT', `/cards/${card}/customField/690000000000000000000c01/item`, {
      body: { value: { date: '2026-11-20T12:00:00.000Z' } }
    })
    await trello.call('POST', `/cards/${card}/actions/comments`, { body: { text: 'Hello' } })

    let compared = 0
    const differences = new Set<string>()
    for (const { request, response } of recorded) {
      const { pathname, searchParams } = new URL(request.uri)
      const path = pathname.replace(/^\/1/, '')
      const route = ROUTES.find(([pattern]) => pattern.test(path))
      if (request.method !== 'get' || response.status.code !== 200 || !route) continue
      const [, rewrite, kind] = route
      // The stand-in's answer is a comment; other kinds of actions carry other data.
      if (kind === 'actions' && (response.body as Row).type !== 'commentCard') continue
      searchParams.delete('key')
      searchParams.delete('token')
      const answer = await trello.get<unknown>(`${rewrite(await ours(kind))}?${searchParams}`)
      for (const one of differ(first(response.body), first(answer), '')) {
        differences.add(`${path.replace(/\w{24}/, '*')}${one}`)
      }
      compared += 1
    }
    expect(compared).toBeGreaterThan(80)
    expect([...differences]).toEqual([])
  })

  const first = (body: unknown) => (Array.isArray(body) ? body[0] : body)

  /** Keys that only some cards, fields or people have, and what belongs to one board's looks. */
  const SPARE =
    /^\/value\/|prefs|labelNames|cover|limits|nonPublic|descData|avatar|display|entities|idAttachmentCover|emoji/

  function* differ(theirs: unknown, own: unknown, at: string): Generator<string> {
    if (typeof theirs !== 'object' || theirs === null) return
    for (const [key, value] of Object.entries(theirs)) {
      const place = `${at}/${key}`
      if (SPARE.test(place)) continue
      const mine = (own as Row | undefined)?.[key]
      if (mine === undefined) yield `${place} is missing`
      else if (value !== null && mine !== null && kindOf(value) !== kindOf(mine)) yield `${place} is ${kindOf(mine)}`
      else if (!Array.isArray(value)) yield* differ(value, mine, place)
    }
  }

  const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value)
})
