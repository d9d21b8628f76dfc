/** Switches of the Trello stand-in alone: whole boards as exports, accounts, and cards changed behind Trello's back. */
import { BadOrder, type Switches } from '../kit/admin.ts'
import { keepAccount } from './accounts.ts'
import type { Board } from './board.ts'
import type { BoardExport, Row } from './facts.ts'
import type { World } from './world.ts'

export const createSwitches = (world: World): Switches => ({
  'POST boards': ({ body }) => {
    const board = world.load(body as BoardExport)
    return { id: board.id, cards: board.cards.length, actions: board.actions.length }
  },
  'GET boards': ({ rest }) => {
    if (rest !== undefined) return world.dump(boardOf(world, rest))
    return [...world.boards.values()].map(({ facts, cards, actions }) => ({
      id: facts.id,
      name: facts.name,
      cards: cards.length,
      actions: actions.length
    }))
  },
  'DELETE boards': ({ rest }) => world.drop(boardOf(world, rest).id),

  'POST accounts': ({ body }) => keepAccount(world, body as Parameters<typeof keepAccount>[1]),
  'GET accounts': () => [...world.accounts.values()],
  'POST access': ({ body }) => {
    const member = memberOf(world, String(body.member ?? 'throughline'))
    world.setAccess(boardOf(world, String(body.board ?? body.project)), member, body.allowed === true)
  },

  'POST cards': ({ rest, body }) => {
    const card = world.findCard(rest ?? '')
    if (!card) throw new BadOrder(`no card ${rest}`)
    const { customFieldItems, checklists, attachments, ...facts } = body
    Object.assign(card.facts, facts)
    if (customFieldItems !== undefined) card.customFieldItems = customFieldItems as Row[]
    if (checklists !== undefined) card.checklists = checklists as Row[]
    if (attachments !== undefined) card.attachments = attachments as Row[]
    card.texts.clear()
    return card.facts
  }
})

function boardOf(world: World, id: string | undefined): Board {
  const board = world.findBoard(id ?? '')
  if (!board) throw new BadOrder(`no board ${id}`)
  return board
}

function memberOf(world: World, idOrName: string): string {
  const member = world.findMember(idOrName)
  if (!member) throw new BadOrder(`no member ${idOrName}`)
  return member.id
}
