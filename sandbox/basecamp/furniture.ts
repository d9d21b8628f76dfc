/** The JSON of projects, card tables, columns and to-do lists. */
import { APP, at, basics, digits } from './basics.ts'
import type { Bucket, Column, Table, Todolist, World } from './world.ts'

export function furniture(world: World) {
  const { recording, parent } = basics(world)

  function project(one: Bucket) {
    const dock = (id: string, title: string, name: string, path: string, enabled: boolean, position: number) => ({
      id: digits(id),
      title,
      name,
      enabled,
      position: enabled ? position : null,
      url: `${world.api()}/buckets/${one.id}/${path}/${id}.json`,
      app_url: `${APP}/buckets/${one.id}/${path}/${id}`
    })
    return {
      id: digits(one.id),
      status: one.status,
      created_at: at(one.created),
      updated_at: at(one.created),
      name: one.name,
      description: '',
      purpose: 'topic',
      clients_enabled: one.clients,
      timesheet_enabled: false,
      color: null,
      bookmark_url: `${world.api()}/my/bookmarks/${one.id}.json`,
      url: `${world.api()}/projects/${one.id}.json`,
      app_url: `${APP}/projects/${one.id}`,
      dock: [
        dock(one.todosetId, 'To-dos', 'todoset', 'todosets', one.lists.length > 0, 1),
        ...one.tables.map((table, index) =>
          dock(table.id, table.title, 'kanban_board', 'card_tables', table.enabled, index + 2)
        )
      ],
      all_access: false
    }
  }

  const onHold = (one: Column) => ({
    id: digits(one.onHold!),
    status: 'active',
    inherits_status: true,
    title: 'On hold',
    created_at: at(one.created),
    updated_at: at(one.created),
    cards_count: count(one, true),
    cards_url: `${world.api()}/buckets/${one.table.bucket.id}/card_tables/lists/${one.onHold}/cards.json`
  })
  const count = (one: Column, held: boolean) =>
    one.table.bucket.items.filter((item) => item.column === one && item.onHold === held && item.status === 'active')
      .length

  const column = (one: Column) => {
    const { bucket } = one.table
    const positioned = one.table.columns.filter(({ type }) => type === 'Kanban::Column')
    return {
      ...recording(one.id, bucket, one.type, `card_tables/columns/${one.id}`, one.title, one, 'active', world.own),
      parent: parent(one.table.id, one.table.title, 'Kanban::Board', bucket, `card_tables/${one.table.id}`),
      ...(one.type === 'Kanban::Column' ? { position: positioned.indexOf(one) + 1 } : {}),
      description: null,
      subscribers: [],
      color: null,
      cards_count: count(one, false),
      comment_count: 0,
      cards_url: `${world.api()}/buckets/${bucket.id}/card_tables/lists/${one.id}/cards.json`,
      ...(one.onHold === null ? {} : { on_hold: onHold(one) })
    }
  }

  const table = (one: Table) => ({
    ...recording(one.id, one.bucket, 'Kanban::Board', `card_tables/${one.id}`, one.title, one, 'active', world.own),
    position: 1,
    subscribers: [],
    lists: one.columns.map(column),
    wormholes: []
  })

  const todolist = (one: Todolist) => {
    const path = `todolists/${one.id}`
    const mine = one.bucket.items.filter((item) => item.list === one && item.status === 'active')
    const done = mine.filter((item) => item.completion !== null).length
    return {
      ...recording(one.id, one.bucket, 'Todolist', path, one.title, one, 'active', world.own),
      bubble_up_url: `${world.api()}/buckets/${one.bucket.id}/recordings/${one.id}/bubble_up.json`,
      comments_count: 0,
      position: 1,
      parent: one.group
        ? parent(one.group.id, one.group.title, 'Todolist', one.bucket, `todolists/${one.group.id}`)
        : parent(one.bucket.todosetId, 'To-dos', 'Todoset', one.bucket, `todosets/${one.bucket.todosetId}`),
      description: '',
      description_attachments: [],
      completed: mine.length > 0 && done === mine.length,
      completed_ratio: `${done}/${mine.length}`,
      name: one.title,
      color: null,
      ...(one.group ? {} : { groups_url: `${world.api()}/buckets/${one.bucket.id}/${path}/groups.json` }),
      todos_url: `${world.api()}/buckets/${one.bucket.id}/${path}/todos.json`,
      app_todos_url: `${APP}/buckets/${one.bucket.id}/${path}/todos`,
      comments_app_url: `${APP}/buckets/${one.bucket.id}/recordings/${one.id}/comments`
    }
  }

  return { project, table, column, todolist }
}
