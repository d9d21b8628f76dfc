/** Switches of this tool alone (sandbox/basecamp/README.md). */
import { BadOrder, type Switches } from '../kit/admin.ts'
import type { Accounts } from './accounts.ts'
import type { Hooks } from './hooks.ts'
import { addColumn, addList, addTable } from './planting.ts'
import type { World } from './world.ts'

export function switches(world: World, accounts: Accounts, hooks: Hooks): Switches {
  const bucketOf = (project: string | undefined) => {
    const found = world.tables.get(project ?? '') ?? world.lists.get(project ?? '')
    if (!found) throw new BadOrder(`no such card table or to-do list: ${project}`)
    return found.bucket
  }
  return {
    'POST features': ({ body }) => {
      if (body.feed !== undefined) world.hasFeed = body.feed === true
      if (body.fullListing !== undefined) world.fullListing = body.fullListing === true
      if (body.inactive !== undefined) accounts.inactive = body.inactive === true
      world.version += 1
    },
    /** A to-do list (or a group of one) or a card table, in the project of the card table or list that is named. */
    'POST tools': ({ rest, body }) => {
      const bucket = bucketOf(rest)
      if (body.todolist !== undefined) {
        const group = body.group === undefined ? null : (world.lists.get(body.group) ?? null)
        const { id } = addList(world, bucket, body.todolist, group)
        return { id, columns: { Open: `${id}:open`, Done: `${id}:done` } }
      }
      if (body.cardTable !== undefined) {
        const { table, columns } = addTable(world, bucket, body.cardTable, body.columns ?? [])
        return { id: table.id, columns }
      }
      throw new BadOrder('todolist or cardTable')
    },
    /** A column more, or another name for one. */
    'POST columns': ({ rest, body }) => {
      const known = world.columns.get(rest ?? '')
      if (known) {
        known.column.title = body.title
        return { id: known.column.id }
      }
      const table = world.tables.get(rest ?? '')
      if (!table) throw new BadOrder(`no such card table: ${rest}`)
      return { id: addColumn(world, table, body.title, 'Kanban::Column').id }
    },
    /** Switches on a column's part for cards that wait. */
    'POST hold': ({ rest }) => {
      const known = world.columns.get(rest ?? '')
      if (!known) throw new BadOrder(`no such column: ${rest}`)
      known.column.onHold ??= world.id('tool')
      world.columns.set(known.column.onHold, { column: known.column, onHold: true })
      return { id: known.column.onHold }
    },
    'POST revoke': ({ body }) => accounts.revoke(String(body.token)),
    'GET hooks': () => [...hooks.all.values()].map(({ id, url, types, active }) => ({ id, url, types, active }))
  }
}
