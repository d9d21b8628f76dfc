/** The neutral words of tests and the demo, played as Basecamp plays them (sandbox/kit/plant.ts). */
import { BadOrder } from '../kit/admin.ts'
import type { Due, PlantCategory, Planting } from '../kit/plant.ts'
import type { Deeds } from './deeds.ts'
import {
  type Bucket,
  type Column,
  type Item,
  OWN_ID,
  type Person,
  placeOf,
  type Table,
  type Todolist,
  type World
} from './world.ts'

const DEFAULT_TITLE = 'Card Table'

export function createPlanting(world: World, deeds: Deeds): Planting {
  const itemOf = (id: string): Item => world.items.get(id) ?? missing('card or to-do', id)
  const personOf = (id: string | undefined): Person =>
    id === undefined ? world.own : (world.people.get(id) ?? missing('person', id))
  const columnOf = (id: string) => world.columns.get(id) ?? missing('column', id)

  return {
    person: ({ name, email }) => {
      const own = email === undefined ? `${name.toLowerCase().replaceAll(/\W+/g, '.')}@larkfield.example` : email
      return { id: world.person(name, own).id }
    },
    project({ name, columns, members = [], archived = false, guests = false }) {
      const bucket: Bucket = {
        id: world.id('bucket'),
        name,
        status: archived ? 'archived' : 'active',
        created: world.clock.now(),
        tables: [],
        todosetId: world.id('tool'),
        lists: [],
        members: new Set([OWN_ID, ...members]),
        clients: guests,
        denied: false,
        items: []
      }
      if (guests) {
        const client = world.person('A Client', 'client@brightwell.example')
        client.client = true
        bucket.members.add(client.id)
      }
      world.buckets.set(bucket.id, bucket)
      const { table, columns: ids } = addTable(world, bucket, DEFAULT_TITLE, columns)
      return { id: table.id, columns: ids }
    },
    task(draft) {
      const place = placed(world, draft.column)
      const item = deeds.make({
        ...place,
        title: draft.title,
        description: draft.description ?? '',
        by: personOf(draft.by),
        assignees: (draft.assignees ?? []).map(personOf),
        due: dayOf(draft.due),
        starts: place.list ? dayOf(draft.start) : null,
        ...(draft.checklist ? { steps: draft.checklist } : {}),
        ...(draft.archived ? { status: 'archived' as const } : {})
      })
      if (draft.column.endsWith(':done')) item.completion = { at: item.created, by: item.creator }
      return { id: item.id }
    },
    change(id, change) {
      const item = itemOf(id)
      const by = personOf(change.by)
      for (const key of Object.keys(change)) {
        if (key === 'title') deeds.rename(item, change.title!, by)
        else if (key === 'description') deeds.describe(item, change.description!, by)
        else if (key === 'column') moved(item, change.column!, by)
        else if (key === 'due') deeds.setDue(item, dayOf(change.due ?? undefined), by)
        else if (key === 'assignees') deeds.assign(item, change.assignees!.map(personOf), by)
        else if (key === 'completed') completed(item, change.completed!, by)
        else if (key === 'archived') deeds.setStatus(item, change.archived ? 'archived' : 'active', by)
        else if (key === 'move') deeds.moveTo(item, columnOf(change.move!.column).column, by)
        else if (key === 'deleted') deeds.setStatus(item, 'trashed', by)
      }
    },
    comment: (id, { by, text }) => ({ id: deeds.comment(itemOf(id), `<div>${text}</div>`, personOf(by)).id }),
    look(id) {
      const item = world.items.get(id)
      if (!item) return null
      const project = item.column ? item.column.table.id : topOf(item.list!).id
      return {
        id,
        project,
        column: item.column ? placeOf(item) : `${project}:${item.completion ? 'done' : 'open'}`,
        title: item.title,
        due: item.due === null ? null : { date: item.due },
        assignees: item.assignees.map((one) => one.id),
        completed: item.completion !== null,
        state: item.status === 'trashed' ? 'deleted' : item.status === 'archived' ? 'archived' : 'present',
        comments: item.comments
          .filter(({ status }) => status === 'active')
          .map((one) => ({
            id: one.id,
            author: one.creator.id,
            text: one.content,
            at: new Date(one.created).toISOString()
          }))
      }
    },
    spoil(id, { set = {}, drop = [] }) {
      itemOf(id).spoilt = { set, drop }
      world.version += 1
    },
    access(project, allowed) {
      const bucket = (world.tables.get(project) ?? world.lists.get(project))?.bucket ?? missing('project', project)
      bucket.denied = !allowed
      world.version += 1
    }
  }

  function moved(item: Item, column: string, by: Person): void {
    const made = /:(open|done)$/.exec(column)?.[1]
    if (made === 'done') deeds.complete(item, by)
    else if (made === 'open') deeds.reopen(item, by)
    else deeds.move(item, columnOf(column).column, columnOf(column).onHold, by)
  }

  /** A card is completed by standing in the Done column; a to-do by its tick. */
  function completed(item: Item, done: boolean, by: Person): void {
    if (item.column) {
      const type = done ? 'Kanban::DoneColumn' : 'Kanban::Column'
      const column = item.column.table.columns.find((one) => one.type === type) ?? missing('column', type)
      if (item.column.type !== 'Kanban::DoneColumn' || !done) deeds.move(item, column, false, by)
    } else if (done) deeds.complete(item, by)
    else deeds.reopen(item, by)
  }
}

/** Triage, Not now and Done are always there; planted ones take their places and add columns between them. */
export function addTable(
  world: World,
  bucket: Bucket,
  title: string,
  planted: readonly { name: string; category: PlantCategory }[]
): { table: Table; columns: Record<string, string> } {
  const table: Table = { id: world.id('tool'), title, bucket, columns: [], created: world.clock.now(), enabled: true }
  bucket.tables.push(table)
  world.tables.set(table.id, table)
  const triage = planted.findIndex(({ category }) => category === 'backlog')
  const done = planted.findLastIndex(({ category }) => category === 'done')
  const columns: Record<string, string> = {}
  const add = (index: number, fallback: string, type: Column['type']) => {
    const name = planted[index]?.name ?? fallback
    const column = addColumn(world, table, name, type)
    if (planted[index]) columns[name] = column.id
  }
  add(triage, 'Triage', 'Kanban::Triage')
  add(-1, 'Not now', 'Kanban::NotNowColumn')
  for (const index of planted.keys()) if (index !== triage && index !== done) add(index, '', 'Kanban::Column')
  add(done, 'Done', 'Kanban::DoneColumn')
  world.version += 1
  return { table, columns }
}

export function addColumn(world: World, table: Table, title: string, type: Column['type']): Column {
  const column: Column = { id: world.id('tool'), title, type, table, onHold: null, created: world.clock.now() }
  const last = table.columns.findIndex((one) => one.type === 'Kanban::DoneColumn')
  table.columns.splice(last < 0 ? table.columns.length : last, 0, column)
  world.columns.set(column.id, { column, onHold: false })
  return column
}

export function addList(world: World, bucket: Bucket, title: string, group: Todolist | null): Todolist {
  const list: Todolist = { id: world.id('tool'), title, bucket, group, created: world.clock.now() }
  bucket.lists.push(list)
  world.lists.set(list.id, list)
  world.version += 1
  return list
}

/** `{list}:open`, `{list}:done`, or a column's id. */
function placed(world: World, column: string): { bucket: Bucket; column?: Column; onHold?: boolean; list?: Todolist } {
  const listed = /^(\d+):(open|done)$/.exec(column)?.[1]
  if (listed !== undefined) {
    const list = world.lists.get(listed) ?? missing('to-do list', listed)
    return { bucket: list.bucket, list }
  }
  const known = world.columns.get(column) ?? missing('column', column)
  return { bucket: known.column.table.bucket, ...known }
}

const topOf = (list: Todolist): Todolist => list.group ?? list

/** Basecamp knows days alone. */
const dayOf = (due: Due | undefined): string | null =>
  due === undefined ? null : 'date' in due ? due.date : due.at.slice(0, 10)

function missing(what: string, id: string): never {
  throw new BadOrder(`no such ${what}: ${id}`)
}
