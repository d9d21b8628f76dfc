/** Answers recorded from monday in 2025 and 2026, read by the adapter. */
import { expect, it } from 'vitest'
import { layoutOf, subitemBoards } from '../../adapters/monday/layout.ts'
import * as normalize from '../../adapters/monday/normalize.ts'
import * as raw from '../../adapters/monday/raw.ts'
import { quotas, refusal } from '../../adapters/monday/refusal.ts'
import type { TaskFacts } from '../../src/model/task.ts'
import { describeWithShared, readShared } from '../helpers/shared.ts'

type Row = Record<string, unknown>
interface Exchange {
  response: { data: Record<string, unknown> }
  status: number
  headers: Record<string, string>
}

const recorded = (file: string): Exchange[] => {
  const { api } = readShared<{ api: { post: { '/v2': Exchange | Exchange[] } } }>(
    `payloads/monday/nango-tests/${file}.test.json`
  )
  return [api.post['/v2']].flat()
}
const listed = (file: string, name: string): Row[] =>
  recorded(file).flatMap(({ response }) => (response.data[name] as Row[] | undefined) ?? [])

/** Boards as one question would have told of them: their columns and groups were recorded apart. */
const boardOf = (id: string): raw.LaidOut => {
  const parts = ['boards', 'columns', 'groups'].flatMap((file) => listed(file, 'boards')).filter((one) => one.id === id)
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
    const boards = listed('boards', 'boards').map((board) => raw.Board.parse(board))
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
    const [board] = readShared<[string, Row][]>('payloads/monday/estuary/snapshots__capture__stdout.json')
      .filter(([kind]) => kind.endsWith('/boards'))
      .map(([, one]) => raw.LaidOut.parse(one))
    expect(subitemBoards(board!)).toEqual(['8483610893'])
    expect(normalize.project(board!)).toMatchObject({ name: 'Estuary', members: ['71985416'], audience: 'company' })
  })

  it('all have a layout, whatever their columns', () => {
    const ids = listed('columns', 'boards').map(({ id }) => String(id))
    const layouts = ids.map((id) => {
      const { columns } = boardOf2(id)
      return layoutOf(raw.LaidOut.parse({ id, name: id, columns, groups: [] }))
    })
    expect(layouts.length).toBeGreaterThan(10)
    const withStatus = layouts.filter(({ status }) => status !== null)
    expect(withStatus.every(({ columns }) => columns.length > 1)).toBe(true)
    expect(
      withStatus.flatMap(({ columns }) => columns).filter(({ category }) => category === 'done').length
    ).toBeGreaterThan(5)
  })
})

const boardOf2 = (id: string) => listed('columns', 'boards').find((board) => board.id === id) as { columns: unknown[] }

describeWithShared('Recorded items', () => {
  it('of a list are tasks in their columns, with what stands in them', () => {
    const board = boardOf('5096980653')
    const items = (listed('list-items', 'boards')[0] as { items_page: { items: Row[] } }).items_page.items
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
    const [item] = listed('get-item', 'items')
    expect(factsOf(item!, boardOf('5096980653'))).toMatchObject({
      title: 'Setup',
      column: '5096980653:task_status:0',
      priority: 'high',
      estimate: { value: 3, unit: 'points' },
      presence: 'archived'
    })
  })

  it('of all boards are read where their groups are the columns', () => {
    const items = listed('items', 'boards').flatMap((board) => {
      const page = board.items_page as { items: Row[] } | undefined
      return page?.items ?? []
    })
    expect(items.length).toBeGreaterThan(9)
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

  it('that nobody gave a status stand in the column of index 5, and nobody says since when', () => {
    const records = readShared<[string, Row][]>('payloads/monday/estuary/snapshots__capture__stdout.json')
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
    const comments = listed('updates', 'updates').flatMap((update) => normalize.comments(raw.Update.parse(update)))
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
    const [again] = listed('get-update', 'updates')
    expect(normalize.comments(raw.Update.parse(made))[0]).toMatchObject({ externalId: '579577494', editedAt: null })
    const mixed = raw.Update.parse({ ...again, edited_at: made?.created_at, created_at: again?.created_at })
    expect(normalize.comments(mixed)[0]?.editedAt).toBeNull()
  })

  it('are people with an address', () => {
    const [user] = listed('users', 'users')
    expect(normalize.person(raw.Person.parse(user))).toEqual({
      externalId: '104094154',
      name: 'Nango Developer',
      username: null,
      avatarUrl: null,
      email: 'api@nango.dev'
    })
  })
})

describeWithShared('Recorded refusals and budgets', () => {
  const error = (file: string, status = 200) =>
    refusal({ status, headers: new Headers(), body: readShared(`payloads/monday/errors/${file}.json`) })

  it('are known by their codes', () => {
    expect(error('complexity_budget_exhausted')).toEqual({
      kind: 'rate_limited',
      code: 'COMPLEXITY_BUDGET_EXHAUSTED',
      retryAfterMs: 60_000,
      unclear: false
    })
    expect(error('user_unauthorized')).toMatchObject({ kind: 'forbidden', code: 'UserUnauthorizedException' })
    // One picture that cannot be shown costs nothing but itself.
    expect(error('partial_data')).toBeNull()
  })

  it('the real headers say how much there is and how much is left', () => {
    const { headers, response } = recorded('items').findLast((one) => one.headers.ratelimit)!
    const found = quotas({ status: 200, headers: new Headers(headers), body: response })
    expect(found.map(({ budget }) => budget)).toEqual(['requests', 'complexity'])
    expect(found[0]).toMatchObject({ amount: 1335, left: expect.any(Number) })
    expect(found[1]).toMatchObject({ amount: 5_000_000, left: expect.any(Number), resetMs: expect.any(Number) })
    expect(found[0]!.left).toBeLessThan(1335)
  })
})
