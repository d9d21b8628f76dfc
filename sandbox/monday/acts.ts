/** What people and programs do on boards: each act changes the world, leaves an entry in the log, and is told of. */
import type { Hooks } from './hooks.ts'
import { told, VendorError } from './values.ts'
import type { Board, Group, Item, Update, World } from './world.ts'

export type Acts = ReturnType<typeof createActs>

export function createActs(world: World, hooks: Pick<Hooks, 'tell'>) {
  const boardOf = (item: Item): Board => world.boards.get(item.board)!
  const touch = (item: Item) => {
    item.updatedAt = world.clock.now()
  }

  function create(board: Board, name: string, by: string, parent: Item | null = null, group?: string): Item {
    const at = world.clock.now()
    const item: Item = {
      id: world.next('item'),
      name,
      board: board.id,
      group: group ?? board.groups[0]!.id,
      state: 'active',
      creator: by,
      createdAt: at,
      updatedAt: at,
      parent: parent?.id ?? null,
      values: new Map(),
      updates: [],
      subitems: [],
      spoilt: {}
    }
    board.items.push(item)
    world.items.set(item.id, item)
    parent?.subitems.push(item.id)
    world.log(board, 'create_pulse', by, { pulse_id: Number(item.id), pulse_name: name })
    hooks.tell(parent ? 'create_subitem' : 'create_item', 'create_pulse', item, by, {
      pulseName: name,
      groupId: item.group,
      columnValues: {}
    })
    return item
  }

  /** `raw`: what the column keeps, or null for nothing. */
  function set(item: Item, column: string, raw: unknown, by: string, silent = false): void {
    const board = boardOf(item)
    const known = board.columns.find(({ id, archived }) => id === column && !archived)
    if (!known) throw new VendorError('InvalidColumnIdException', 'This column ID does not exist for the board')
    const former = item.values.get(column)
    if (JSON.stringify(former?.raw ?? null) === JSON.stringify(raw)) return
    item.values.set(column, { raw, at: world.clock.now() })
    touch(item)
    if (silent) return
    world.log(board, 'update_column_value', by, { pulse_id: Number(item.id), column_id: column })
    const facts = {
      pulseName: item.name,
      columnId: column,
      columnType: { status: 'color', people: 'multiple-person' }[known.type] ?? known.type,
      columnTitle: known.title,
      groupId: item.group,
      value: told(known, item.values.get(column)),
      previousValue: told(known, former),
      changedAt: world.clock.now() / 1000
    }
    const events = [item.parent ? 'change_subitem_column_value' : 'change_column_value']
    if (known.type === 'status' && !item.parent) events.push('change_status_column_value')
    for (const event of events) hooks.tell(event, 'update_column_value', item, by, facts)
  }

  function rename(item: Item, name: string, by: string): void {
    const former = item.name
    if (name.length < 1 || name.length > 255) throw new VendorError('ItemNameTooLongException', 'invalid name')
    item.name = name
    touch(item)
    world.log(boardOf(item), 'update_name', by, { pulse_id: Number(item.id) })
    const facts = { groupId: item.group, value: { name }, previousValue: { name: former } }
    hooks.tell(item.parent ? 'change_subitem_name' : 'change_name', 'update_name', item, by, facts)
  }

  function toGroup(item: Item, group: Group, by: string): void {
    const sourceGroupId = item.group
    item.group = group.id
    touch(item)
    world.log(boardOf(item), 'move_pulse_into_group', by, { pulse_id: Number(item.id) })
    hooks.tell('item_moved_to_any_group', 'move_pulse_into_group', item, by, { sourceGroupId, destGroupId: group.id })
  }

  function state(item: Item, to: Item['state'], by: string): void {
    const [event, type] = {
      archived: ['item_archived', 'archive_pulse'],
      deleted: ['item_deleted', 'delete_pulse'],
      active: ['item_restored', 'restore_pulse']
    }[to] as [string, string]
    item.state = to
    touch(item)
    world.log(boardOf(item), type, by, { pulse_id: Number(item.id) })
    hooks.tell(
      item.parent ? event.replace('item_', 'subitem_') : event,
      type,
      item,
      by,
      { itemName: item.name },
      'itemId'
    )
  }

  /** To another board; the item keeps its id and what stands in columns of the same id. */
  function toBoard(item: Item, to: Board, by: string): void {
    const from = boardOf(item)
    from.items = from.items.filter((one) => one !== item)
    item.board = to.id
    item.group = to.groups[0]!.id
    to.items.push(item)
    touch(item)
    world.log(from, 'move_pulse_from_board', by, { pulse_id: Number(item.id) })
    world.log(to, 'move_pulse_into_board', by, { pulse_id: Number(item.id) })
  }

  const text = (body: string) => body.replaceAll(/<[^>]*>/g, '')

  function comment(item: Item, body: string, by: string): Update {
    const at = world.clock.now()
    const update = { id: world.next('update'), item: item.id, author: by, body, createdAt: at, editedAt: at }
    world.updates.set(update.id, update)
    item.updates.push(update.id)
    boardOf(item).updates.push(update.id)
    world.log(boardOf(item), 'create_update', by, { pulse_id: Number(item.id), update_id: Number(update.id) })
    const facts = { body, textBody: text(body), updateId: Number(update.id), replyId: null }
    hooks.tell(item.parent ? 'create_subitem_update' : 'create_update', 'create_update', item, by, facts)
    return update
  }

  function editComment(update: Update, body: string, by: string): void {
    update.body = body
    update.editedAt = world.clock.now()
    const facts = { body, textBody: text(body), updateId: Number(update.id), replyId: null }
    hooks.tell('edit_update', 'edit_update', world.items.get(update.item)!, by, facts)
  }

  function removeComment(update: Update, by: string): void {
    const item = world.items.get(update.item)!
    world.updates.delete(update.id)
    item.updates = item.updates.filter((id) => id !== update.id)
    const board = boardOf(item)
    board.updates = board.updates.filter((id) => id !== update.id)
    const facts = { body: update.body, textBody: text(update.body), updateId: Number(update.id), replyId: null }
    hooks.tell('delete_update', 'delete_update', item, by, facts)
  }

  return { create, set, rename, toGroup, state, toBoard, comment, editComment, removeComment }
}
