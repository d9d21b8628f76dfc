/**
 * Switches for tests and demos under `/_sandbox`. No credentials: the server listens on this machine only.
 * Nothing done here leaves an action in a history.
 */
import type { ServerResponse } from 'node:http'
import { keepAccount } from './accounts.ts'
import type { Board } from './board.ts'
import type { BoardExport, Row } from './facts.ts'
import type { Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import type { Recorder } from './recorder.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

interface Rig {
  world: World
  limits: Limits
  faults: Faults
  recorder: Recorder
}

interface Order {
  rig: Rig
  /** What follows the name in the path. */
  rest: string | undefined
  query: URLSearchParams
  body: Row
}

export type Admin = (
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
  response: ServerResponse
) => void

export function createAdmin(rig: Rig): Admin {
  return (method, path, query, body, response) => {
    const [, name, rest] = path.split('/')
    let status = 200
    let answer: unknown
    try {
      const order = ORDERS[`${method} ${name}`]
      if (!order) throw new Refusal(404, `no such switch: ${method} ${path}`)
      answer = order({ rig, rest, query, body: body === '' ? {} : JSON.parse(body) }) ?? { ok: true }
    } catch (error) {
      status = error instanceof Refusal ? error.status : 400
      answer = { error: error instanceof Error ? error.message : String(error) }
    }
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(answer))
  }
}

const ORDERS: Record<string, (order: Order) => unknown> = {
  'POST boards': ({ rig, body }) => {
    const board = rig.world.load(body as BoardExport)
    return { id: board.id, cards: board.cards.length, actions: board.actions.length }
  },
  'GET boards': ({ rig, rest }) => {
    if (rest !== undefined) return rig.world.dump(boardOf(rig, rest))
    return [...rig.world.boards.values()].map(({ facts, cards, actions }) => ({
      id: facts.id,
      name: facts.name,
      cards: cards.length,
      actions: actions.length
    }))
  },
  'DELETE boards': ({ rig, rest }) => rig.world.drop(boardOf(rig, rest).id),

  'POST faults': ({ rig, body }) => {
    if (typeof body.effect !== 'object') throw new Refusal(400, 'a fault needs an effect')
    return rig.faults.add(body as unknown as Parameters<Faults['add']>[0])
  },
  'GET faults': ({ rig }) => rig.faults.list(),
  'DELETE faults': ({ rig }) => rig.faults.clear(),

  'GET requests': ({ rig, query }) => rig.recorder.summary(Number(query.get('last') ?? 100)),
  'DELETE requests': ({ rig }) => rig.recorder.clear(),
  'POST exchanges': ({ rig, body }) => {
    rig.recorder.keep = Number(body.keep ?? 500)
  },
  'GET exchanges': ({ rig }) => rig.recorder.exchanges(),

  'POST clock': ({ rig: { world }, body }) => {
    if (typeof body.now === 'string') world.clock.set(instant(body.now))
    if (typeof body.advanceMs === 'number') world.clock.set(world.clock.now() + body.advanceMs)
    return { now: world.nowIso() }
  },
  'GET clock': ({ rig }) => ({ now: rig.world.nowIso() }),
  'POST limits': ({ rig, body }) => {
    if (body.mode !== 'real' && body.mode !== 'off') throw new Refusal(400, 'mode is real or off')
    rig.limits.mode = body.mode
    rig.limits.reset()
  },

  'POST accounts': ({ rig, body }) => keepAccount(rig.world, body as unknown as Parameters<typeof keepAccount>[1]),
  'GET accounts': ({ rig }) => [...rig.world.accounts.values()],
  'POST access': ({ rig, body }) => {
    const member = memberOf(rig, String(body.member ?? 'throughline'))
    rig.world.setAccess(boardOf(rig, String(body.board)), member, body.allowed === true)
  },

  'POST cards': ({ rig, rest, body }) => {
    const card = rig.world.findCard(rest ?? '')
    if (!card) throw new Refusal(404, `no card ${rest}`)
    const { customFieldItems, checklists, attachments, ...facts } = body
    Object.assign(card.facts, facts)
    if (customFieldItems !== undefined) card.customFieldItems = customFieldItems as Row[]
    if (checklists !== undefined) card.checklists = checklists as Row[]
    if (attachments !== undefined) card.attachments = attachments as Row[]
    card.texts.clear()
    return card.facts
  }
}

function boardOf({ world }: Rig, id: string | undefined): Board {
  const board = world.findBoard(id ?? '')
  if (!board) throw new Refusal(404, `no board ${id}`)
  return board
}

function memberOf({ world }: Rig, idOrName: string): string {
  const member = world.findMember(idOrName)
  if (!member) throw new Refusal(404, `no member ${idOrName}`)
  return member.id
}

function instant(text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Refusal(400, `no moment: ${text}`)
  return at
}
