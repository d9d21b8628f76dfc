/** Answers recorded from monday in 2025 and 2026, read by the adapter. */
import { expect, it } from 'vitest'
import { monday } from '../../adapters/monday/index.ts'
import { layoutOf, subitemBoards } from '../../adapters/monday/layout.ts'
import * as normalize from '../../adapters/monday/normalize.ts'
import * as raw from '../../adapters/monday/raw.ts'
import { refusal } from '../../adapters/monday/refusal.ts'
import type { Host } from '../../src/adapter.ts'
import type { TaskFacts } from '../../src/model/task.ts'
import { describeWithShared } from '../helpers/shared.ts'
import {
  type Exchange,
  KEPT,
  listed,
  type Name,
  payload,
  type Row,
  recorded,
  recordedFiles,
  rows,
  WRITTEN
} from './payloads.ts'

/** Boards as one question would have told of them: their columns and groups were recorded apart. */
const boardOf = (id: string): raw.LaidOut => {
  const parts = (['boards', 'columns', 'groups'] as const)
    .flatMap((file) => rows(file, 'boards'))
    .filter((one) => one.id === id)
  return raw.LaidOut.parse(Object.assign({}, ...parts))
}

/** The recordings asked for raw values only; this is what the same values say in the fields of their types. */
function typed(item: Row, done: number[]): Row {
  const values = ((item.column_values ?? []) as Row[]).map((value) => {
    const told = JSON.parse(String(value.value ?? null)) as Row | string | null
    if (typeof told !== 'object' || told === null) return { ...value, number: told === null ? null : Number(told) }
    const { index, changed_at: updated_at } = told
    return { ...value, ...told, index, updated_at, label: value.text, is_done: done.includes(Number(index)) }
  })
  return { ...item, column_values: values }
}

const factsOf = (item: Row, board: raw.LaidOut, done: number[] = []): TaskFacts => {
  const reading = normalize.item(typed(item, done), layoutOf(board))
  if (reading.kind !== 'task') throw new Error(`not read: ${JSON.stringify(reading)}`)
  return reading.facts
}

describeWithShared('Recorded boards', () => {
  it('are 15, one of them deleted, all of them public with an address', () => {
    const boards = rows('boards', 'boards').map((board) => raw.Board.parse(board))
    expect(boards).toHaveLength(15)
    expect(boards.filter(({ state }) => state === 'deleted').map(({ name }) => name)).toEqual([
      'Duplicate of Bugs Queue'
    ])
    expect(normalize.project(boards.find(({ name }) => name === 'Tasks')!)).toEqual({
      externalId: '5096980653',
      name: 'Tasks',
      url: 'https://nango-unit.monday.com/boards/5096980653',
      archived: false,
      members: null,
      audience: 'company'
    })
  })

  it('say what their columns are for', () => {
    const layout = layoutOf(boardOf('5096980653'))
    expect({
      status: layout.status?.id,
      people: layout.people?.id,
      priority: layout.priority?.id,
      estimate: layout.estimate?.id
    }).toEqual({ status: 'task_status', people: 'task_owner', priority: 'task_priority', estimate: 'task_estimation' })
    expect(layout.columns.map(({ name, position, category }) => [name, position, category])).toEqual([
      ['In Progress', 1, null],
      ['Done', 4, 'done'],
      ['Pending Deploy', 3, null],
      ['Waiting for review', 2, null],
      ['No status', 6, null],
      ['Ready to start', 0, null],
      ['Stuck', 5, null]
    ])
    expect(layout.columns[1]?.externalId).toBe('5096980653:task_status:1')
  })

  it('name the board of their sub-items', () => {
    const [board] = payload<[string, Row][]>(KEPT)
      .filter(([kind]) => kind.endsWith('/boards'))
      .map(([, one]) => raw.LaidOut.parse(one))
    expect(subitemBoards(board!)).toEqual(['8483610893'])
    expect(normalize.project(board!)).toMatchObject({ name: 'Estuary', members: ['71985416'], audience: 'company' })
  })

  it('all have a layout, whatever their columns', () => {
    const ids = rows('columns', 'boards').map(({ id }) => String(id))
    const layouts = ids.map((id) => layoutOf(boardOf(id)))
    const done = layouts.map(({ status, columns }) => [
      status?.id ?? null,
      columns.length,
      columns.find(({ category }) => category === 'done')?.name ?? null
    ])
    expect(done).toEqual([
      ['status', 4, 'Done'],
      ['task_status', 7, 'Done'],
      ['status', 4, 'Done'],
      ['task_status', 7, 'Done'],
      ['status', 4, 'Done'],
      ['task_status', 7, 'Done'],
      ['epic_status', 10, 'Full release'],
      ['bug_status', 10, 'Fixed'],
      [null, 1, null],
      [null, 1, null],
      ['status', 4, 'Keep'],
      [null, 1, null]
    ])
  })
})

describeWithShared('Recorded items', () => {
  it('of a list are tasks in their columns, with what stands in them', () => {
    const board = boardOf('5096980653')
    const items = (rows('list-items', 'boards')[0] as { items_page: { items: Row[] } }).items_page.items
    const deploy = factsOf(items[0]!, board, [1])
    expect(deploy).toMatchObject({
      externalId: '2933602562',
      project: '5096980653',
      column: '5096980653:task_status:1',
      title: 'Deploy',
      url: 'https://monday.com/boards/5096980653/pulses/2933602562',
      completed: true,
      completedAt: '2026-05-22T05:47:17.769Z',
      enteredColumnAt: '2026-05-22T05:47:17.769Z',
      createdAt: '2026-05-21T19:32:13.000Z',
      updatedAt: '2026-05-22T05:47:42.000Z',
      priority: 'normal',
      rawPriority: 'Medium',
      estimate: null,
      presence: 'present'
    })
    expect(deploy.fields).toMatchObject({ task_type: { name: 'Type', type: 'choice', value: 'Other' } })
  })

  it('that were archived say so', () => {
    const [item] = rows('get-item', 'items')
    expect(factsOf(item!, boardOf('5096980653'))).toMatchObject({
      title: 'Setup',
      column: '5096980653:task_status:0',
      priority: 'high',
      estimate: { value: 3, unit: 'points' },
      presence: 'archived'
    })
  })

  it('of all boards are read where their groups are the columns', () => {
    const items = rows('items', 'boards').flatMap((board) => {
      const page = board.items_page as { items: Row[] } | undefined
      return page?.items ?? []
    })
    expect(items).toHaveLength(24)
    expect(new Set(items.map(({ name }) => name))).toContain('Very slow loading times - Not sure if this is a bug')
    for (const item of items) {
      const id = (item.board as { id: string }).id
      const board = raw.LaidOut.parse({ id, name: id, columns: [], groups: [{ id: 'topics', title: 'Group Title' }] })
      expect(factsOf(item, board)).toMatchObject({
        externalId: item.id,
        project: id,
        column: `${id}::${(item.group as { id: string }).id}`,
        title: item.name,
        url: item.url,
        creator: '104094154',
        createdAt: new Date(String(item.created_at)).toISOString()
      })
    }
  })

  it('on the board below theirs are sub-items, with a status of their own; when they were made was not asked', () => {
    const created_at = '2026-05-22T05:47:09Z'
    const below = rows('subitems', 'boards')
      .flatMap(
        ({ items_page: page }) => (page as { items: { id: string; subitems: Row[] }[] } | undefined)?.items ?? []
      )
      .flatMap(({ id, subitems }) => subitems.map((one): Row => ({ ...one, created_at, parent_item: { id } })))
    const layout = layoutOf(boardOf('5096982894'))
    const told = below.map((item) => {
      const reading = normalize.item(item, layout)
      if (reading.kind !== 'task') throw new Error(`not read: ${JSON.stringify(reading)}`)
      const { externalId, title, parent, column, createdAt } = reading.facts
      return [externalId, title, parent, column, createdAt]
    })
    const place = ['2933602562', '5096982894:status:5', '2026-05-22T05:47:09.000Z']
    expect(told).toEqual([
      ['2933645613', 'Second test subitem', ...place],
      ['2934085213', 'Test subitem from dryrun', ...place],
      ['2934072955', 'Test subitem from dryrun', ...place]
    ])
  })

  it('that were just changed say the same as in a list', () => {
    const board = boardOf('5096980653')
    const [listedItem] = (rows('list-items', 'boards')[0] as { items_page: { items: Row[] } }).items_page.items
    const [changed] = recorded('change-column-value').map(({ response }) => response.data.change_column_value as Row)
    const before = factsOf(listedItem!, board, [1])
    expect(factsOf({ ...listedItem, ...changed }, board, [1])).toEqual(before)
    expect(before.completedAt).toBe('2026-05-22T05:47:17.769Z')
  })

  it('that nobody gave a status stand in the column of index 5, and nobody says since when', () => {
    const records = payload<[string, Row][]>(KEPT)
    const of = (kind: string) => records.find(([name]) => name.endsWith(kind))?.[1]
    const layout = layoutOf(raw.LaidOut.parse(of('/boards')))
    const reading = normalize.item({ ...of('/items'), updated_at: null }, layout)
    expect(reading).toMatchObject({
      kind: 'task',
      facts: {
        title: 'Parent Item',
        column: '8431289505:project_status:5',
        enteredColumnAt: null,
        completed: false,
        creator: '71985416'
      }
    })
    expect(layout.columns.find(({ externalId }) => externalId === '8431289505:project_status:5')?.name).toBe(
      'Not Started'
    )
    expect(of('/items')).toHaveProperty('email')
    expect(reading.kind === 'task' && reading.raw).not.toHaveProperty('email')
  })
})

describeWithShared('Recorded updates and people', () => {
  it('are comments with an author, newest first as they came', () => {
    const comments = rows('updates', 'updates').flatMap((update) => normalize.comments(raw.Update.parse(update)))
    expect(comments.map(({ at }) => at)).toEqual([
      '2026-05-22T05:48:02.000Z',
      '2026-05-22T05:47:48.000Z',
      '2026-05-22T05:47:31.000Z'
    ])
    expect(comments[2]).toEqual({
      externalId: '579577445',
      task: '2933602562',
      author: '104094154',
      at: '2026-05-22T05:47:31.000Z',
      editedAt: null,
      text: 'Test update 2'
    })
  })

  it('one that was just made is read alike, and milliseconds that get lost are no edit', () => {
    const [made] = recorded('create-update').map(({ response }) => response.data.create_update as Row)
    const [again] = rows('get-update', 'updates')
    expect(normalize.comments(raw.Update.parse(made))[0]).toMatchObject({ externalId: '579577494', editedAt: null })
    const mixed = raw.Update.parse({ ...again, edited_at: made?.created_at, created_at: again?.created_at })
    expect(normalize.comments(mixed)[0]?.editedAt).toBeNull()
  })

  it('whose author was not asked for by id have none', () => {
    const comments = rows('list-updates', 'updates').flatMap((update) => normalize.comments(raw.Update.parse(update)))
    expect(comments.map(({ externalId, author, text }) => [externalId, author, text])).toEqual([
      ['579577494', null, 'Test update from Nango action'],
      ['579577470', null, 'Test update from Nango action'],
      ['579577445', null, 'Test update 2']
    ])
  })

  it('are people with an address', () => {
    const [user] = rows('users', 'users')
    expect(normalize.person(raw.Person.parse(user))).toEqual({
      externalId: '104094154',
      name: 'Nango Developer',
      username: null,
      avatarUrl: null,
      email: 'api@nango.dev'
    })
  })

  it('kept by another reader are a person and a tag as well', () => {
    const of = (kind: string) => payload<[string, Row][]>(KEPT).find(([name]) => name.endsWith(kind))?.[1]
    expect(normalize.person(raw.Person.parse(of('/users')))).toEqual({
      externalId: '71985416',
      name: 'Justin Smith',
      username: null,
      avatarUrl: null,
      email: 'justin@estuary.dev'
    })
    expect(raw.Tag.parse(of('/tags'))).toMatchObject({ id: '25399873', name: 'test', color: '#579bfc' })
  })
})

describeWithShared('Recorded writes', () => {
  it.each(Object.entries(WRITTEN))(
    '%s was done: its answer refuses nothing and names what was written',
    (file, one) => {
      const [mutation, id] = one
      const [{ status, headers, response: body }] = recorded(file as Name) as [Exchange]
      expect(refusal({ status, headers: new Headers(headers), body })).toBeNull()
      expect(body.data[mutation]).toMatchObject({ id })
    }
  )

  it('a new item is known by the id it was answered with', async () => {
    const bodies: Record<string, unknown> = {
      Board: { data: { boards: [{ ...boardOf('5096980653'), hierarchy_type: 'multi_level' }] } },
      CreateItem: recorded('create-item')[0]!.response
    }
    const host: Host = {
      instance: 'throughline-test',
      fetch: async ({ body }) => {
        const name = /(?:query|mutation) (\w+)/.exec((body as { query: string }).query)?.[1] ?? ''
        return { status: 200, headers: new Headers(), json: () => bodies[name], at: '2026-05-22T05:54:21.000Z' }
      }
    }
    const session = monday.open({ token: 'token' }, host, {})
    const draft = { title: 'x', description: '', column: '5096980653:task_status:1', assignees: [], due: null }
    expect(await session.write!.create!('5096980653', draft, 'key')).toBe('2934090455')
  })
})

describeWithShared('Payloads of monday', () => {
  it('are all read, or it is said why not', () => {
    expect(listed()).toEqual(recordedFiles())
  })
})
