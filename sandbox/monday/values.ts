/** Column values: as they are written, and as the API tells them. */
import { GraphQLError } from 'graphql'
import { type Column, second, type Value, type World } from './world.ts'

export interface Label {
  index: number
  label: string
  is_done: boolean
  is_deactivated?: boolean
}

/** A refusal in the vendor's own shape. */
export class VendorError extends GraphQLError {
  constructor(code: string, message: string, status = 200, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { code, status_code: status, ...extensions } })
  }
}

/** A status column's labels; a test may have given them in the shape of before 2025-10, a map with what is done beside it. */
export function labelsOf({ settings }: Column): Label[] {
  const { labels = [], done_colors = [] } = settings
  if (Array.isArray(labels)) return labels as Label[]
  const done = done_colors as number[]
  return Object.entries(labels as Record<string, string>).map(([index, label]) => ({
    index: Number(index),
    label,
    is_done: done.includes(Number(index))
  }))
}

/** What a write of a column means; null clears it. */
export function written(column: Column, value: unknown, createLabels: boolean): unknown {
  if (value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)) return null
  const given = (typeof value === 'object' ? value : {}) as Record<string, unknown>
  const wrong = () => new VendorError('ColumnValueException', `invalid value for ${column.type} column ${column.id}`)
  switch (column.type) {
    case 'status': {
      const index = indexOf(column, given.label ?? given.index ?? value, createLabels)
      if (index === null) throw wrong()
      return { index, post_id: null }
    }
    case 'people': {
      const people = given.personsAndTeams
      if (!Array.isArray(people) || people.some((one) => typeof one?.id !== 'number')) throw wrong()
      return people.length === 0 ? null : { personsAndTeams: people }
    }
    case 'date': {
      if (!/^\d{4}-\d\d-\d\d$/.test(String(given.date))) throw wrong()
      if (given.time != null && !/^\d\d:\d\d:\d\d$/.test(String(given.time))) throw wrong()
      return { date: given.date, icon: null, time: given.time ?? null }
    }
    case 'timeline':
      if (![given.from, given.to].every((day) => /^\d{4}-\d\d-\d\d$/.test(String(day)))) throw wrong()
      return { from: given.from, to: given.to }
    case 'numbers':
      if (Number.isNaN(Number(value))) throw wrong()
      return String(value)
    case 'long_text':
      return { text: String(given.text ?? value) }
    case 'checkbox':
      return { checked: given.checked === true || given.checked === 'true' }
    case 'tags':
      return { tag_ids: given.tag_ids }
    case 'dropdown':
      return { labels: given.labels ?? given.ids }
    case 'text':
      return String(value)
    default:
      throw wrong()
  }
}

function indexOf(column: Column, asked: unknown, createLabels: boolean): number | null {
  const labels = labelsOf(column)
  const found = labels.find(({ label, index }) => label === asked || String(index) === String(asked))
  if (found) return found.index
  if (!createLabels || typeof asked !== 'string') return null
  const index = Math.max(5, ...labels.map((label) => label.index)) + 1
  labels.push({ index, label: asked, is_done: false })
  return index
}

/** The most that one webhook or log says of a value. */
export function told(column: Column, value: Value | undefined): unknown {
  const raw = value?.raw as Record<string, unknown> | null | undefined
  if (column.type !== 'status' || !raw) return raw ?? null
  const label = labelsOf(column).find(({ index }) => index === raw.index)
  return { label: { index: raw.index, text: label?.label ?? '', is_done: label?.is_done ?? false }, post_id: null }
}

/** A value as a node of the API: the interface's fields, and those of its type. */
export function valueNode(world: World, column: Column, value: Value | undefined): Record<string, unknown> {
  const raw = (value?.raw ?? null) as never
  const changed = value ? second(value.at) : null
  const shared = { id: column.id, type: column.type, column, updated_at: raw === null ? null : changed }
  const json = raw === null ? null : JSON.stringify(stamped(raw, value))
  return { ...shared, value: json, ...(NODES[column.type] ?? NODES.text)!(raw as never, column, world) }
}

const stamped = (raw: unknown, value: Value | undefined): unknown =>
  typeof raw === 'object' && raw !== null ? { ...raw, changed_at: new Date(value!.at).toISOString() } : raw

// biome-ignore lint/suspicious/noExplicitAny: each type keeps a raw value of its own shape.
const NODES: Record<string, (raw: any, column: Column, world: World) => Record<string, unknown>> = {
  status: (raw, column) => {
    // Nobody has given it one: it shows the label of index 5.
    const label = labelsOf(column).find(({ index }) => index === (raw?.index ?? 5))
    return {
      __typename: 'StatusValue',
      index: raw?.index ?? null,
      label: label?.label ?? null,
      text: label?.label ?? null,
      is_done: label?.is_done ?? false
    }
  },
  people: (raw, _column, world) => {
    const people = (raw?.personsAndTeams ?? []) as { id: number; kind?: string }[]
    return {
      __typename: 'PeopleValue',
      persons_and_teams: people.map(({ id, kind }) => ({ id: String(id), kind: kind ?? 'person' })),
      text: people.map(({ id }) => world.users.get(String(id))?.name ?? '').join(', ')
    }
  },
  date: (raw) => ({
    __typename: 'DateValue',
    date: raw?.date ?? null,
    time: raw?.time ?? null,
    text: raw ? [raw.date, raw.time?.slice(0, 5)].filter(Boolean).join(' ') : ''
  }),
  timeline: (raw) => ({
    __typename: 'TimelineValue',
    from: raw?.from ?? null,
    to: raw?.to ?? null,
    text: raw ? `${raw.from} - ${raw.to}` : ''
  }),
  numbers: (raw) => ({ __typename: 'NumbersValue', number: raw === null ? null : Number(raw), text: raw ?? '' }),
  checkbox: (raw) => ({ __typename: 'CheckboxValue', checked: raw?.checked ?? null, text: raw?.checked ? 'v' : '' }),
  tags: (raw, _column, world) => {
    const tags = ((raw?.tag_ids ?? []) as number[]).flatMap((id) => world.tags.get(String(id)) ?? [])
    return {
      __typename: 'TagsValue',
      tag_ids: tags.map(({ id }) => Number(id)),
      tags: tags.map((tag) => ({ ...tag, color: '#00c875' })),
      text: tags.map(({ name }) => name).join(', ')
    }
  },
  dropdown: (raw) => ({ __typename: 'DropdownValue', text: (raw?.labels ?? []).join(', ') }),
  long_text: (raw) => ({ __typename: 'LongTextValue', text: raw?.text ?? '' }),
  subtasks: () => ({ __typename: 'SubtasksValue', text: null }),
  text: (raw) => ({ __typename: 'TextValue', text: raw ?? '' })
}
