/**
 * Trello for benchmarks: a process of its own whose answers are texts made beforehand, so that what is measured is the
 * hub. It knows what the hub reads of cards and boards and takes comments; it checks nothing and limits nothing. What
 * Trello really does is in `sandbox/trello`.
 *
 *   node bench/standIn/main.ts BOARDS CARDS_A_BOARD
 *
 * A token `3of4` is an account that sees every fourth board, from the third on. Switches: `POST /_bench/touch`
 * {board, cards}, `POST /_bench/reset`, `POST /_bench/card` {index, change}, `GET /_bench/cpu`, `GET /_bench/comments`.
 */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { say } from '../children/child.ts'
import { actionFacts, boardFacts, cardFacts, cardId, idOf } from './cards.ts'

const PAGE = 1000
const BOARDS = Number(process.argv[2] ?? 1)
const CARDS = Number(process.argv[3] ?? 1000)

interface Board {
  number: number
  activity: string
  cards: string[]
  /** Newest first. */
  actions: { at: number; text: string }[]
  pages: Map<number, Buffer>
}

const START = Date.now()
let boards = Array.from({ length: BOARDS }, (_, index) => fresh(index + 1))
let webhooks = 0
const comments: { card: string; at: number }[] = []

function fresh(number: number): Board {
  const cards = Array.from({ length: CARDS }, (_, index) => JSON.stringify(cardFacts(number, index)))
  const board = { number, activity: new Date(START).toISOString(), cards, actions: [], pages: new Map() }
  for (let end = CARDS; end > 0; end -= PAGE) pageBefore(board, end)
  return board
}

/** Up to a thousand cards before the `end`th, newest first. */
function pageBefore(board: Board, end: number): Buffer {
  const known = board.pages.get(end)
  if (known) return known
  const made = Buffer.from(
    `[${board.cards
      .slice(Math.max(0, end - PAGE), end)
      .reverse()
      .join(',')}]`
  )
  board.pages.set(end, made)
  return made
}

function touch(number: number, cards: number): void {
  const board = boards[number - 1]
  if (!board) return
  const now = Date.now()
  for (let index = CARDS - cards; index < CARDS; index++) {
    board.cards[index] = JSON.stringify(cardFacts(number, index, 1))
    const at = now - (CARDS - index)
    board.actions.unshift({ at, text: JSON.stringify(actionFacts(number, index, 1, at)) })
  }
  board.activity = new Date(now).toISOString()
  board.pages.clear()
  for (let end = CARDS; end > 0; end -= PAGE) pageBefore(board, end)
}

const answers: [RegExp, (match: RegExpExecArray, query: URLSearchParams, account: Account) => Buffer | string][] = [
  [
    /^\/members\/me$/,
    (_match, _query, { member }) => JSON.stringify({ id: member, fullName: 'Throughline', username: 'throughline' })
  ],
  [
    /^\/members\/me\/boards$/,
    (_match, _query, { sees }) =>
      JSON.stringify(boards.filter(sees).map((board) => boardFacts(board.number, board.activity)))
  ],
  [/^\/boards\/(\w+)$/, ([, id]) => JSON.stringify(boardFacts(boardOf(id).number, boardOf(id).activity))],
  [/^\/boards\/\w+\/customFields$/, () => '[]'],
  [
    /^\/boards\/(\w+)\/cards\/all$/,
    ([, id], query) => {
      const board = boardOf(id)
      const before = query.get('before')
      return pageBefore(board, before === null ? CARDS : indexBefore(board.number, before))
    }
  ],
  [
    /^\/boards\/(\w+)\/actions$/,
    ([, id], query) => {
      const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z')
      const before = query.get('before')
      const page = boardOf(id).actions.filter(
        ({ at, text }) => at > since && (before === null || text.slice(7, 31) < before)
      )
      return `[${page
        .slice(0, PAGE)
        .map(({ text }) => text)
        .join(',')}]`
    }
  ],
  [/^\/cards\/(\w+)$/, ([, id]) => cardText(id)],
  [/^\/cards\/\w+\/actions$/, () => '[]']
]

function boardOf(id = ''): Board {
  const board = boards[Number.parseInt(id.slice(9, 12), 16) - 1]
  if (!board) throw new Error(`There is no board ${id}.`)
  return board
}

const cardText = (id = ''): string => boardOf(id).cards[Number.parseInt(id.slice(12), 16)] ?? 'null'

/** How many cards are older than an id, whether there is such a card or not. */
function indexBefore(board: number, id: string): number {
  let [low, high] = [0, CARDS]
  while (low < high) {
    const middle = (low + high) >> 1
    if (cardId(board, middle) < id) low = middle + 1
    else high = middle
  }
  return low
}

interface Account {
  member: string
  sees: (board: Board) => boolean
}

function accountOf(request: IncomingMessage): Account {
  const [, which = '1', of = '1'] = /oauth_token="(\d+)of(\d+)"/.exec(request.headers.authorization ?? '') ?? []
  return {
    member: idOf('member', 0, 900 + Number(which)),
    sees: ({ number }) => (number - 1) % Number(of) === Number(which) - 1
  }
}

const server = createServer((request, response) => {
  void answer(request, response).catch((error: Error) => {
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: error.message }))
  })
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in')
  const send = (body: Buffer | string) => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
    response.end(bytes)
  }
  if (pathname.startsWith('/_bench/')) return send(JSON.stringify(switched(pathname.slice(8), await bodyOf(request))))
  const path = pathname.replace(/^\/1/, '')
  if (path === '/webhooks/') return send(hooked(await bodyOf(request)))
  if (request.method === 'POST') {
    const { text } = JSON.parse(await bodyOf(request)) as { text: string }
    return send(commented(path.split('/')[2] ?? '', text))
  }
  for (const [pattern, make] of answers) {
    const match = pattern.exec(path)
    if (match) return send(make(match, searchParams, accountOf(request)))
  }
  response.writeHead(404).end()
}

function switched(name: string, body: string): unknown {
  if (name === 'cpu') {
    const { user, system } = process.cpuUsage()
    return { seconds: (user + system) / 1e6 }
  }
  if (name === 'touch') {
    const { board, cards } = JSON.parse(body) as { board: number; cards: number }
    touch(board, cards)
  } else if (name === 'card') {
    const { index, change } = JSON.parse(body) as { index: number; change: object }
    const cards = boards[0]?.cards ?? []
    cards[index] = JSON.stringify({ ...(JSON.parse(cards[index] ?? '{}') as object), ...change })
    boards[0]?.pages.clear()
  } else if (name === 'comments') return comments
  else if (name === 'reset') {
    boards = boards.map((board) => (board.actions.length > 0 ? fresh(board.number) : board))
  }
  return { ok: true }
}

const hooked = (body: string): string =>
  JSON.stringify({ ...(JSON.parse(body) as object), id: idOf('action', 998, webhooks++), active: true })

function commented(card: string, text: string): string {
  const at = performance.timeOrigin + performance.now()
  comments.push({ card, at })
  const member = { id: idOf('member', 0, 901), fullName: 'Throughline', username: 'throughline' }
  return JSON.stringify({
    id: idOf('action', 999, comments.length, at),
    idMemberCreator: member.id,
    type: 'commentCard',
    date: new Date(at).toISOString(),
    data: { text, card: { id: card, name: 'A card' }, board: { id: idOf('board', boardOf(card).number, 0) } },
    memberCreator: member
  })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as { port: number }
say({ url: `http://127.0.0.1:${port}` })
