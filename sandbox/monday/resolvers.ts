/** The root fields of the API, for the account behind a token. */
import type { Resolvers } from '../kit/graphql.ts'
import type { Acts } from './acts.ts'
import type { Hooks } from './hooks.ts'
import type { Cost, Nodes } from './nodes.ts'
import type { Paging } from './paging.ts'
import { VendorError, written } from './values.ts'
import { ACCOUNT, type Board, type Item, type Token, type World } from './world.ts'

export interface Context {
  token: Token
  cost: Cost
}

interface Parts {
  world: World
  acts: Acts
  hooks: Hooks
  nodes: Nodes
  paging: Paging
}

export function createResolvers({ world, acts, hooks, nodes, paging }: Parts): Resolvers<Context> {
  const seen = (board: Board | undefined): board is Board => board !== undefined && !board.hidden

  function boardOf(id: string): Board {
    const board = world.boards.get(String(id))
    if (!seen(board) || board.state === 'deleted')
      throw new VendorError('InvalidBoardIdException', 'no such board', 404)
    return board
  }

  function itemOf(id: string | null | undefined): Item {
    const item = world.items.get(String(id))
    const board = item && world.boards.get(item.board)
    if (!item || !seen(board) || item.state === 'deleted')
      throw new VendorError('ResourceNotFoundException', 'no such item', 404)
    return item
  }

  function updateOf(id: string) {
    const update = world.updates.get(String(id))
    if (!update) throw new VendorError('ResourceNotFoundException', 'no such update', 404)
    return update
  }

  /** Values are checked before the first is set. */
  function setAll(item: Item, values: unknown, createLabels: boolean, by: string): void {
    const board = world.boards.get(item.board)!
    const changes = Object.entries(objectOf(values)).map(([id, value]) => {
      const column = board.columns.find((one) => one.id === id && !one.archived)
      if (!column) throw new VendorError('InvalidColumnIdException', `no column ${id}`, 400)
      return { id, raw: written(column, value, createLabels) }
    })
    for (const { id, raw } of changes) acts.set(item, id, raw, by)
  }

  return {
    'Query.me': (_, __, { token }) => nodes.user(world.users.get(token.user)),
    'Query.account': () => nodes.account(),
    'Query.complexity': () => ({ before: 5_000_000, query: 10, after: 4_999_990, reset_in_x_seconds: 60 }),
    'Query.users': (_, { ids, limit, page }) => {
      const all = ids ? ids.flatMap((id: string) => world.users.get(String(id)) ?? []) : [...world.users.values()]
      return all.slice((page - 1) * limit, page * limit).map(nodes.user)
    },
    'Query.boards': (_, { ids, limit, page, state }, { cost }) => {
      const inState = (board: Board) => state === 'all' || state == null || board.state === state
      if (!ids) {
        const all = [...world.boards.values()].filter((board) => seen(board) && inState(board)).reverse()
        return all.slice((page - 1) * limit, page * limit).map((board) => nodes.board(board, cost))
      }
      const asked = [...new Set<string>(ids.map(String))].flatMap((id) => world.boards.get(id) ?? [])
      // A board that may not be seen is null, one that is in another state is left out.
      return asked
        .filter((board) => board.hidden || inState(board))
        .slice((page - 1) * limit, page * limit)
        .map((board) => (board.hidden ? null : nodes.board(board, cost)))
    },
    'Query.items': (_, { ids, limit, page }, { cost }) => {
      if (ids && ids.length > 100) throw new VendorError('InvalidArgumentException', 'at most 100 items', 400)
      const found = [...new Set<string>((ids ?? [...world.items.keys()]).map(String))]
        .flatMap((id) => world.items.get(id) ?? [])
        .filter((item) => seen(world.boards.get(item.board)))
      return found.slice((page - 1) * limit, page * limit).map((item) => nodes.item(item, cost))
    },
    'Query.next_items_page': (_, { cursor, limit }, { cost }) => nodes.itemsPage(paging.next(cursor, limit), cost),
    'Query.updates': (_, { ids, limit, page }, { cost }) => {
      const all = ids
        ? ids.flatMap((id: string) => world.updates.get(String(id)) ?? [])
        : [...world.updates.values()].reverse()
      return all.slice((page - 1) * limit, page * limit).map((update: never) => nodes.update(update, cost))
    },
    'Query.tags': (_, { ids }) =>
      [...world.tags.values()]
        .filter(({ id }) => !ids || ids.includes(id))
        .map((tag) => ({ ...tag, color: '#00c875' })),
    'Query.workspaces': () => [
      { id: '6502905', name: `${ACCOUNT.name}'s team`, kind: 'open', state: 'active', is_default_workspace: true }
    ],
    'Query.webhooks': (_, { board_id, app_webhooks_only }, { token }) =>
      [...hooks.hooks.values()]
        .filter(
          ({ board, signed }) =>
            board === boardOf(board_id).id && (!app_webhooks_only || (signed && token.kind === 'app'))
        )
        .map(({ id, board, event }) => ({ id, board_id: board, event, config: null })),

    'Mutation.create_update': (_, { item_id, body }, { token, cost }) =>
      nodes.update(acts.comment(itemOf(item_id), body, token.user), cost),
    'Mutation.edit_update': (_, { id, body }, { token, cost }) => {
      const update = updateOf(id)
      if (update.author !== token.user) throw new VendorError('UserUnauthorizedException', 'not yours', 403)
      acts.editComment(update, body, token.user)
      return nodes.update(update, cost)
    },
    'Mutation.delete_update': (_, { id }, { token, cost }) => {
      const update = updateOf(id)
      const node = nodes.update(update, cost)
      acts.removeComment(update, token.user)
      return node
    },
    'Mutation.create_item': (
      _,
      { board_id, item_name, group_id, column_values, create_labels_if_missing },
      { token, cost }
    ) => {
      const item = acts.create(boardOf(board_id), item_name, token.user, null, group_id ?? undefined)
      setAll(item, column_values, create_labels_if_missing === true, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.create_subitem': (
      _,
      { parent_item_id, item_name, column_values, create_labels_if_missing },
      { token, cost }
    ) => {
      const parent = itemOf(parent_item_id)
      const board = world.subitemBoard(world.boards.get(parent.board)!)
      const item = acts.create(board, item_name, token.user, parent)
      setAll(item, column_values, create_labels_if_missing === true, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.change_multiple_column_values': (
      _,
      { item_id, column_values, create_labels_if_missing, board_id },
      { token, cost }
    ) => {
      const item = itemOf(item_id)
      if (item.board !== String(board_id))
        throw new VendorError('InvalidBoardIdException', 'the item is not on this board', 400)
      setAll(item, column_values, create_labels_if_missing === true, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.change_column_value': (_, { item_id, column_id, value, create_labels_if_missing }, { token, cost }) => {
      const item = itemOf(item_id)
      setAll(item, { [column_id]: parsed(value) }, create_labels_if_missing === true, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.change_simple_column_value': (
      _,
      { item_id, column_id, value, create_labels_if_missing },
      { token, cost }
    ) => {
      const item = itemOf(item_id)
      if (column_id === 'name') acts.rename(item, value ?? '', token.user)
      else setAll(item, { [column_id]: value }, create_labels_if_missing === true, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.move_item_to_group': (_, { item_id, group_id }, { token, cost }) => {
      const item = itemOf(item_id)
      const group = world.boards.get(item.board)!.groups.find(({ id }) => id === group_id)
      if (!group) throw new VendorError('ResourceNotFoundException', 'no such group', 404)
      acts.toGroup(item, group, token.user)
      return nodes.item(item, cost)
    },
    'Mutation.archive_item': (_, { item_id }, { token, cost }) => {
      const item = itemOf(item_id)
      acts.state(item, 'archived', token.user)
      return nodes.item(item, cost)
    },
    'Mutation.delete_item': (_, { item_id }, { token, cost }) => {
      const item = itemOf(item_id)
      acts.state(item, 'deleted', token.user)
      return nodes.item(item, cost)
    },
    'Mutation.create_webhook': async (_, { board_id, url, event }, { token }) => {
      const hook = await hooks.create(boardOf(board_id).id, url, event, token.user, token.kind === 'app')
      return { id: hook.id, board_id: hook.board, event, config: null }
    },
    'Mutation.delete_webhook': (_, { id }) => {
      const hook = hooks.hooks.get(String(id))
      if (!hook) throw new VendorError('ResourceNotFoundException', 'no such webhook', 404)
      hooks.hooks.delete(hook.id)
      return { id: hook.id, board_id: hook.board, event: hook.event, config: null }
    }
  }
}

/** Values travel as an object written as text. */
function objectOf(values: unknown): Record<string, unknown> {
  const found = typeof values === 'string' ? parsed(values) : (values ?? {})
  if (typeof found !== 'object' || found === null)
    throw new VendorError('ColumnValueException', 'values are no JSON', 400)
  return found as Record<string, unknown>
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    throw new VendorError('ColumnValueException', 'the value is no JSON', 400)
  }
}
