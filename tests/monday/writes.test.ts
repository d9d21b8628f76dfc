/** What the hub changes on items, in the columns a board has for it. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Session } from '../../src/adapter.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { open, project, pull, tasksOf } from './opened.ts'

let tool: StandInProcess
let session: Session
let board: PlantedProject
let task: string

beforeEach(async () => {
  tool = await startStandIn('monday')
  session = open(tool)
  board = await project(tool)
  task = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'Written to' })
})
afterEach(() => tool.stop())

const column = (id: string, title: string, type: string, settings = {}) => ({
  id,
  title,
  type,
  archived: false,
  settings
})
const LABELS = { labels: { 0: 'Doing', 1: 'Done', 5: '' }, done_colors: [1] }
const facts = async () => tasksOf(await pull(session, board.id)).get(task)
const sent = async () => {
  const { last } = await tool.requests(20)
  const { variables } = JSON.parse(last.at(-1)?.body ?? '{}') as { variables: { values: string } }
  return JSON.parse(variables.values) as unknown
}

it('a due date on a timeline moves its end and keeps its beginning, unless that would come after it', async () => {
  await tool.admin('PUT', `boards/${board.id}`, { columns: [column('when', 'When', 'timeline')] })
  await session.write!.due!(task, { date: '2026-12-10' })
  expect(await facts()).toMatchObject({
    startAt: '2026-12-10T00:00:00.000Z',
    dueAt: '2026-12-10T00:00:00.000Z',
    dueIsDate: true
  })
  await session.write!.due!(task, { at: '2026-12-20T10:00:00.000Z' })
  expect(await facts()).toMatchObject({ startAt: '2026-12-10T00:00:00.000Z', dueAt: '2026-12-20T00:00:00.000Z' })
  await session.write!.due!(task, { date: '2026-12-01' })
  expect(await facts()).toMatchObject({ startAt: '2026-12-01T00:00:00.000Z', dueAt: '2026-12-01T00:00:00.000Z' })
  await session.write!.due!(task, null)
  expect(await sent()).toEqual({ when: {} })
  expect(await facts()).toMatchObject({ startAt: null, dueAt: null })
})

it('a team that is assigned stays when people come and go', async () => {
  const ana = await tool.person({ name: 'Ana Lima' })
  const team = JSON.stringify({ personsAndTeams: [{ id: 51, kind: 'team' }] })
  await fetch(`${tool.url}/v2`, {
    method: 'POST',
    headers: { authorization: 'sandbox-token', 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation ($b: ID!, $i: ID!, $v: JSON!) { change_column_value(board_id: $b, item_id: $i, column_id: "person", value: $v) { id } }',
      variables: { b: board.id, i: task, v: team }
    })
  })
  await session.write!.assign!(task, { add: [ana], remove: ['51'] })
  expect(await sent()).toEqual({
    person: {
      personsAndTeams: [
        { id: 51, kind: 'team' },
        { id: Number(ana), kind: 'person' }
      ]
    }
  })
  expect((await facts())?.assignees).toEqual([ana])
})

it('a sub-item is moved by the label of its own board', async () => {
  const part = await tool.task({ project: board.id, column: board.columns['To do']!, title: 'A part', parent: task })
  await session.write!.move!(part, board.columns.Done!)
  expect((await tool.look(part))?.column).toBe(board.columns.Done)
  await expect(session.write!.move!(part, `${board.id}:status:99`)).rejects.toMatchObject({
    code: 'no_column',
    path: 'status'
  })
})

it('an item is made with a title that fits, in a group where groups are the columns', async () => {
  await tool.admin('PUT', `boards/${board.id}`, {
    columns: [column('name', 'Name', 'name')],
    groups: [
      { id: 'now', title: 'Now', position: '1', archived: false, deleted: false },
      { id: 'later', title: 'Later', position: '2', archived: false, deleted: false }
    ]
  })
  const draft = {
    title: 'x'.repeat(300),
    description: 'Why',
    column: `${board.id}::later`,
    assignees: ['1'],
    due: null
  }
  task = (await session.write!.create!(board.id, draft, 'key'))!
  expect(await session.write!.create!(board.id, draft, 'key')).toBe(task)
  expect(await facts()).toMatchObject({ title: 'x'.repeat(255), column: `${board.id}::later`, description: '' })
})

it('labels in the older shape of settings are the same columns, and a blank status is one of its own', async () => {
  await tool.admin('PUT', `boards/${board.id}`, { columns: [column('status', 'Status', 'status', LABELS)] })
  const columns = (await pull(session, board.id)).flatMap((page) => page.columns)
  expect(columns.map(({ externalId, name, category }) => [externalId, name, category])).toEqual([
    [`${board.id}:status:0`, 'Doing', null],
    [`${board.id}:status:1`, 'Done', 'done'],
    [`${board.id}:status:5`, 'No status', null]
  ])
})
