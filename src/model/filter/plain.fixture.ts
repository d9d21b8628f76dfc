/**
 * A few tasks, and what a filter says of them without SQL: the measure that compiled filters are held against.
 */
import { CONTRARY, fieldNamed } from './fields.ts'
import type { Node, Test } from './syntax.ts'

const EMPTY = {
  tool: 'trello',
  project_id: null,
  column_id: null,
  category: 'todo',
  title: '',
  description: null,
  labels: [],
  assignees: [],
  creator: null,
  priority: 'none',
  start_at: null,
  due_at: null,
  due_is_date: false,
  completed_at: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  entered_column_at: null,
  presence: 'present',
  estimate_value: null,
  comment_count: 0,
  checklist_done: 0,
  checklist_total: 0,
  fields: {}
}
type Row = { [K in keyof typeof EMPTY]: (typeof EMPTY)[K] extends boolean ? boolean : unknown } & { id: string }

const row = (id: string, facts: Partial<Row>): Row => ({ ...EMPTY, ...facts, id })
const label = (name: string, colour: string | null = null, externalId = `L-${name}`) => ({ externalId, name, colour })
const text = (name: string, value: string) => ({ name, type: 'text', value })
const number = (name: string, value: number) => ({ name, type: 'number', value })
const date = (name: string, value: string) => ({ name, type: 'date', value })
const checkbox = (name: string, value: boolean) => ({ name, type: 'checkbox', value })

export const HOSTILE = `100%_sure\\ "it's" $1 '); drop table t; --`

/** The reader is in Paris on 16 November 2026, 12:00 there. */
export const reading = { now: '2026-11-16T11:00:00.000Z', zone: 'Europe/Paris' }

export const rows: Row[] = [
  row('a', {
    project_id: 'trello:p1',
    column_id: 'trello:c1',
    title: 'Ship the portal',
    description: 'Now',
    category: 'doing',
    priority: 'high',
    labels: [label('Accepted'), label('', 'red')],
    assignees: ['trello:maria'],
    creator: 'trello:maria',
    estimate_value: 3,
    comment_count: 2,
    checklist_done: 1,
    checklist_total: 4,
    due_at: '2026-11-16T23:30:00.000Z',
    completed_at: '2026-11-15T22:59:59.999Z',
    fields: { f1: number('Points', 3), f2: text('Kind', 'Feature'), f3: date('Launch', '2026-11-16') }
  }),
  row('b', {
    project_id: 'trello:p2',
    column_id: 'trello:c2',
    title: HOSTILE,
    description: '',
    tool: 'linear',
    category: 'done',
    priority: 'urgent',
    labels: [label('wontfix')],
    assignees: ['trello:maria', 'linear:jo'],
    creator: 'linear:jo',
    estimate_value: 5.5,
    comment_count: 0,
    checklist_done: 4,
    checklist_total: 4,
    due_at: '2026-11-16T00:00:00.000Z',
    due_is_date: true,
    completed_at: '2026-11-15T23:00:00.000Z',
    fields: { f1: number('Points', 8), f3: date('Launch', '2026-11-16T11:00:00.000Z'), f4: checkbox('Signed', true) }
  }),
  row('c', {
    project_id: 'trello:p1',
    title: 'ship it',
    presence: 'archived',
    labels: [label('ACCEPTED', 'green', 'x1'), label('wontfix')],
    assignees: ['gone:1'],
    creator: 'gone:1',
    estimate_value: 0,
    due_at: '2026-11-17T00:00:00.000Z',
    due_is_date: true,
    completed_at: '2026-11-16T11:00:00.001Z',
    fields: { Points: text('Other', 'three'), f4: checkbox('Signed', false) }
  }),
  row('d', { labels: null, assignees: null, fields: { f2: text('kind', HOSTILE), f3: text('Launch', 'soon') } })
]

export const projects = [
  { id: 'trello:p1', name: 'Client portal' },
  { id: 'trello:p2', name: 'trello:p1 copy' }
]
export const columns = [
  { id: 'trello:c1', name: 'Doing' },
  { id: 'trello:c2', name: HOSTILE }
]
export const identities = [
  { id: 'trello:maria', name: 'Maria Fernandes', username: 'maria' },
  { id: 'linear:jo', name: HOSTILE, username: null }
]

/** What a filter means, said again without SQL. Paris is UTC+1 on every day the rows and the dates above know of, but 1000. */
export function holds(where: Node, task: Row): boolean {
  if ('all' in where) return where.all.every((child) => holds(child, task))
  if ('any' in where) return where.any.some((child) => holds(child, task))
  if ('not' in where) return !holds(where.not, task)
  const contrary = CONTRARY[where.is]
  return contrary === undefined ? holdsTest(where, task) : !holdsTest({ ...where, is: contrary }, task)
}

const COLUMN: Record<string, keyof Row> = {
  project: 'project_id',
  column: 'column_id',
  due: 'due_at',
  start: 'start_at',
  created: 'created_at',
  updated: 'updated_at',
  completed: 'completed_at',
  entered_column: 'entered_column_at',
  estimate: 'estimate_value'
}

function holdsTest(test: Test, task: Row): boolean {
  const { field, value } = test
  const names = [value].flat().map((name) => String(name).toLowerCase())
  const exact = [value].flat().map(String)
  const stored = task[COLUMN[field] ?? (field as keyof Row)] as never
  switch (fieldNamed(field)!.type) {
    case 'choice':
      return exact.includes(stored)
    case 'reference': {
      if (test.is === 'is_empty') return stored === null
      const table = field === 'project' ? projects : columns
      return table.some(({ id, name }) => id === stored && (exact.includes(id) || names.includes(name.toLowerCase())))
    }
    case 'person':
      return test.is === 'is_empty' ? stored === null : stored !== null && called(stored)
    case 'people':
      return test.is === 'is_empty'
        ? !(task.assignees as string[] | null)?.length
        : ((task.assignees as string[]) ?? []).some(called)
    case 'labels': {
      const all = (task.labels as ReturnType<typeof label>[] | null) ?? []
      if (test.is === 'is_empty') return all.length === 0
      return all.some(
        ({ externalId, name, colour }) =>
          exact.includes(externalId) || names.includes((name || colour || '\0').toLowerCase())
      )
    }
    case 'text':
      return holdsText(stored, test)
    case 'number': {
      const { checklist_done: done, checklist_total: total } = task as {
        checklist_done: number
        checklist_total: number
      } & Row
      return holdsNumber(field === 'checklist' ? (total === 0 ? null : (100 * done) / total) : stored, test)
    }
    case 'date':
      return test.is === 'is_empty'
        ? stored === null
        : stored !== null && holdsDate(stored, field === 'due' && task.due_is_date, test)
    case 'custom': {
      const name = field.slice('field:'.length)
      const fields = task.fields as Record<string, { name: string; type: string; value: unknown }>
      const found =
        fields[name] ??
        Object.entries(fields)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .find(([, other]) => other.name.toLowerCase() === name.toLowerCase())?.[1]
      const isNumeric = typeof value === 'number' && !test.is.endsWith('days')
      if (isNumeric || (Array.isArray(value) && typeof value[0] === 'number'))
        return found !== undefined && holdsNumber(typeof found.value === 'number' ? found.value : null, test)
      if (/before|after|days|between/.test(test.is))
        return found?.type === 'date' && holdsDate(found.value as string, (found.value as string).length === 10, test)
      return holdsText(found === undefined ? null : String(found.value), test)
    }
  }

  function called(id: string): boolean {
    const person = identities.find((identity) => identity.id === id)
    return (
      exact.includes(id) ||
      [person?.name, person?.username].some((name) => name != null && names.includes(name.toLowerCase()))
    )
  }
}

function holdsText(stored: string | null, { is, value }: Test): boolean {
  if (is === 'is_empty') return (stored ?? '') === ''
  if (stored === null) return false
  const asked = [value].flat().map((text) => String(text).toLowerCase())
  if (is === 'contains') return stored.toLowerCase().includes(asked[0]!)
  if (is === 'starts_with') return stored.toLowerCase().startsWith(asked[0]!)
  return asked.includes(stored.toLowerCase())
}

function holdsNumber(stored: number | null, { is, value }: Test): boolean {
  if (is === 'is_empty') return stored === null
  if (stored === null) return false
  const [a, b] = [value].flat() as number[]
  const answers: Record<string, boolean> = {
    '=': stored === a,
    '<': stored < a!,
    '<=': stored <= a!,
    '>': stored > a!,
    '>=': stored >= a!,
    between: stored >= a! && stored <= b!
  }
  return answers[is]!
}

/** Everything on the reader's wall clock: a bare date is its midnight there. */
function holdsDate(stored: string, isBare: boolean, { is, value }: Test): boolean {
  const hour = 3_600_000
  const day = 24 * hour
  const wall = (instant: string) => Date.parse(instant) + hour
  const at = isBare ? Date.parse(stored) : wall(stored)
  const now = wall(reading.now)
  const today = Math.floor(now / day) * day
  const days = value as number
  if (is === 'in_last_days') return at >= today - (days - 1) * day && at <= now
  if (is === 'in_next_days') return at >= (isBare ? today : now) && at < today + (days + 1) * day
  const [a, b] = [value].flat() as string[]
  const first = (text: string) => (text.length === 10 ? Date.parse(text) : wall(text))
  const last = (text: string) => (text.length === 10 ? Date.parse(text) + day - 1 : wall(text))
  const answers: Record<string, () => boolean> = {
    before: () => at < first(a!),
    on_or_before: () => at <= last(a!),
    after: () => at > last(a!),
    on_or_after: () => at >= first(a!),
    between: () => at >= first(a!) && at <= last(b!)
  }
  return answers[is]!()
}
