/**
 * What a filter can ask about, and how, as data. A field has a type; a type has operators; an operator takes a value of
 * one shape. Custom fields are written `field:<name or external id>` and know every operator, for their type is a fact
 * of each board: an operator that does not fit the stored value finds nothing.
 */
import { Category, Presence, Priority, Tool } from '../task.ts'

export type FieldType = 'choice' | 'reference' | 'person' | 'people' | 'labels' | 'text' | 'number' | 'date' | 'custom'

export interface Field {
  name: string
  type: FieldType
  /** SQL over the relation `t`; a constant of this file, never anybody's input. */
  column: string
  /** The only values there are, for a `choice`. */
  values?: readonly string[]
}

const FIELDS: readonly Field[] = [
  { name: 'tool', type: 'choice', column: 't.tool', values: Tool.options },
  { name: 'project', type: 'reference', column: 't.project_id' },
  { name: 'column', type: 'reference', column: 't.column_id' },
  { name: 'category', type: 'choice', column: 't.category', values: Category.options },
  { name: 'labels', type: 'labels', column: 't.labels' },
  { name: 'assignees', type: 'people', column: 't.assignees' },
  { name: 'creator', type: 'person', column: 't.creator' },
  { name: 'priority', type: 'choice', column: 't.priority', values: Priority.options },
  { name: 'title', type: 'text', column: 't.title' },
  { name: 'description', type: 'text', column: 't.description' },
  { name: 'due', type: 'date', column: 't.due_at' },
  { name: 'start', type: 'date', column: 't.start_at' },
  { name: 'created', type: 'date', column: 't.created_at' },
  { name: 'updated', type: 'date', column: 't.updated_at' },
  { name: 'completed', type: 'date', column: 't.completed_at' },
  { name: 'entered_column', type: 'date', column: 't.entered_column_at' },
  { name: 'presence', type: 'choice', column: 't.presence', values: Presence.options },
  { name: 'estimate', type: 'number', column: 't.estimate_value' },
  { name: 'comment_count', type: 'number', column: 't.comment_count::double precision' },
  // Per cent done; empty where there is no checklist.
  {
    name: 'checklist',
    type: 'number',
    column: '(100::double precision * t.checklist_done / nullif(t.checklist_total, 0))'
  }
]

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]))
const CUSTOM = 'field:'

export const fieldNames: readonly string[] = FIELDS.map(({ name }) => name)

/** The field of that name, or undefined. */
export function fieldNamed(name: string): Field | undefined {
  if (customName(name) !== null) return { name, type: 'custom', column: 't.fields' }
  return BY_NAME.get(name)
}

/** The name or external id of a custom field, or null if `name` is not a custom field's. */
export function customName(name: string): string | null {
  return name.startsWith(CUSTOM) && name.length > CUSTOM.length ? name.slice(CUSTOM.length) : null
}

/** `text*`: one or more. `range`: two numbers or two dates, both included. `days`: how many. */
export type ValueShape = 'none' | 'text' | 'text*' | 'number' | 'number range' | 'date' | 'date range' | 'days'

type Operators = Readonly<Record<string, ValueShape>>

const EMPTY = { is_empty: 'none', is_not_empty: 'none' } as const
const NAMED = { is: 'text', is_not: 'text', in: 'text*', not_in: 'text*' } as const
const TEXT = { ...NAMED, contains: 'text', starts_with: 'text', ...EMPTY } as const
const SET = { has: 'text', has_any: 'text*', has_none: 'text*', ...EMPTY } as const
const NUMBER = { '=': 'number', '!=': 'number', '<': 'number', '<=': 'number', '>': 'number', '>=': 'number' } as const
const DATE = {
  before: 'date',
  after: 'date',
  on_or_before: 'date',
  on_or_after: 'date',
  in_last_days: 'days',
  in_next_days: 'days'
} as const

/** The operators of each type. `between` is of numbers or of dates; a custom field tells by its value. */
export const OPERATORS: Readonly<Record<FieldType, Operators>> = {
  choice: NAMED,
  reference: { ...NAMED, ...EMPTY },
  person: { ...NAMED, ...EMPTY },
  people: SET,
  labels: SET,
  text: TEXT,
  number: { ...NUMBER, between: 'number range', ...EMPTY },
  date: { ...DATE, between: 'date range', ...EMPTY },
  custom: { ...TEXT, ...NUMBER, ...DATE, between: 'date range' }
}

export type Operator = keyof typeof TEXT | keyof typeof SET | keyof typeof NUMBER | keyof typeof DATE | 'between'

/** Operators that are the plain contrary of another: they hold of everything the other does not, empty values included. */
export const CONTRARY: Partial<Record<Operator, Operator>> = {
  is_not: 'is',
  not_in: 'in',
  '!=': '=',
  has_none: 'has_any',
  is_not_empty: 'is_empty'
}
