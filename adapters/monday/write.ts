/** Changing items. Values are written as the column's own JSON: developer.monday.com/api-reference/docs/column-values */
import { z } from 'zod'
import { AdapterError, type Json, type ProjectOptions, type Session, type TaskDraft } from '../../src/adapter.ts'
import { type Api, read } from './api.ts'
import { readBoards } from './boards.ts'
import { layoutIn } from './items.ts'
import { columnOf, type Layout } from './layout.ts'
import * as raw from './raw.ts'

type Due = TaskDraft['due']

export function createWrites(api: Api, options: ProjectOptions): NonNullable<Session['write']> {
  /** An item as it is now, and what its board's columns are for. */
  async function placed(task: string): Promise<{ item: raw.Item; layout: Layout }> {
    const response = await api.single([task], null, true)
    const { items } = read(z.object({ items: z.array(raw.Item.nullable()).nullable() }), response)
    const item = items?.[0]
    const layout = item && layoutIn(item, options)
    if (!layout) throw new AdapterError('not_found', { status: response.status, code: 'item' })
    return { item, layout }
  }

  return {
    async move(task, column) {
      const to = columnOf(column)
      if ('group' in to) return void (await api.toGroup(to.board, task, to.group))
      // A sub-item has a status column of its own, whose labels stand in the project's columns.
      const { layout } = await placed(task)
      const [index] = [...layout.labels].find(([, id]) => id === column) ?? missing('status')
      await api.change(layout.board, task, { [layout.status!.id]: { index } })
    },
    async due(task, due) {
      const { item, layout } = await placed(task)
      const column = layout.due ?? missing('due')
      const former = item.column_values.find(({ id }) => id === column.id)
      await api.change(layout.board, task, { [column.id]: dueValue(column, due, former?.from ?? null) })
    },
    async assign(task, { add, remove }) {
      const { item, layout } = await placed(task)
      const column = layout.people ?? missing('people')
      // Writing replaces the whole list, teams included.
      const former = item.column_values.find(({ id }) => id === column.id)?.persons_and_teams ?? []
      const kept = former.filter(({ id, kind }) => kind === 'team' || !remove.includes(id))
      const added = add.filter((id) => !kept.some((one) => one.id === id && one.kind !== 'team'))
      const people = [...kept, ...added.map((id) => ({ id, kind: 'person' }))]
      await api.change(layout.board, task, { [column.id]: peopleValue(people) })
    },
    async create(project, { title, description, column, assignees, due }, key) {
      const { layouts } = await readBoards(api, project, options)
      const layout = layouts[0]!
      const to = columnOf(column)
      const values: Record<string, Json> = {}
      if ('index' in to) values[to.column] = { index: to.index }
      if (description !== '' && layout.description) values[layout.description.id] = { text: description }
      if (due && layout.due) values[layout.due.id] = dueValue(layout.due, due, null)
      if (assignees.length > 0 && layout.people) {
        values[layout.people.id] = peopleValue(assignees.map((id) => ({ id, kind: 'person' })))
      }
      const response = await api.create(project, titled(title), 'group' in to ? to.group : null, values, key)
      return read(z.object({ create_item: z.looseObject({ id: z.coerce.string() }) }), response).create_item.id
    }
  }
}

const missing = (option: string): never => {
  throw new AdapterError('bad_response', { code: 'no_column', path: option })
}

function dueValue(column: raw.Column, due: Due, start: string | null): Json {
  if (!due) return {}
  const at = 'date' in due ? due.date : new Date(due.at).toISOString()
  const date = at.slice(0, 10)
  // A timeline has two ends; one that would begin after it ends begins with it.
  if (column.type === 'timeline')
    return { from: start && start.slice(0, 10) < date ? start.slice(0, 10) : date, to: date }
  return 'date' in due ? { date } : { date, time: at.slice(11, 19) }
}

const peopleValue = (people: { id: string; kind?: string | null | undefined }[]): Json =>
  people.length === 0
    ? {}
    : { personsAndTeams: people.map(({ id, kind }) => ({ id: Number(id), kind: kind ?? 'person' })) }

/** Names are 1 to 255 characters. */
const titled = (title: string): string => [...(title.trim() || '–')].slice(0, 255).join('')
