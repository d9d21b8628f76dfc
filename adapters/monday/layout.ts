/**
 * What a board's columns are for. monday leaves it open which one is the status, the due date, the estimate: a person
 * may choose, and where nobody has, type and title decide.
 */
import { createHash } from 'node:crypto'
import type { ColumnFacts } from '../../src/model/task.ts'
import type * as raw from './raw.ts'

export interface Layout {
  board: string
  /** The board that is the project; another one for a board of sub-items. */
  project: string
  /** Null where a board has no status column at all: then groups are the columns. */
  status: raw.Column | null
  due: raw.Column | null
  start: raw.Column | null
  people: raw.Column | null
  estimate: raw.Column | null
  priority: raw.Column | null
  description: raw.Column | null
  /** What is left, of types that have a plain value. */
  others: raw.Column[]
  columns: ColumnFacts[]
  /** External column id by the index of a status label. */
  labels: ReadonlyMap<number, string>
}

/** Types of columns that are read; mirrors, relations, formulas, files and documents are not. */
export const READ_TYPES = [
  'status',
  'people',
  'date',
  'timeline',
  'numbers',
  'tags',
  'dropdown',
  'checkbox',
  'text',
  'long_text'
]

const START = /\bstart|beg(i|a)nn?|d[ée]but|inicio|inizio|início|開始/i
const DUE = /\bdue\b|deadline|fällig|frist|[ée]ch[ée]ance|vencim|entrega|scaden|期限|締切/i
const ESTIMATE = /\bpoints?\b|\bsp\b|estimat|sch[äa]tz|puntos|punti|stima|見積/i
const HOURS = /\b(hours?|hrs?|h)\b|stunden|heures|horas|\bore\b|時間/i
const PRIORITY = /priorit|priorid|urgen|dringlich|優先/i

/**
 * `main`: the layout of the project's own board, where this one holds its sub-items; `place` tells several of these apart.
 */
export function layoutOf(
  board: raw.LaidOut,
  options: Readonly<Record<string, string>> = {},
  main: Layout | null = null,
  place = 0
): Layout {
  const project = main?.project ?? board.id
  const columns = board.columns.filter((column) => !column.archived)
  const ofType = (...types: string[]) => columns.filter(({ type }) => types.includes(type))
  const chosen = (name: string, ...types: string[]) => ofType(...types).find(({ id }) => id === options[name])
  const titled = (pattern: RegExp, ...types: string[]) => ofType(...types).find(({ title }) => pattern.test(title))

  const status =
    chosen('status', 'status') ?? ofType('status').find(({ title }) => !PRIORITY.test(title)) ?? ofType('status')[0]
  const due =
    chosen('due', 'date', 'timeline') ??
    titled(DUE, 'date', 'timeline') ??
    ofType('date').find(({ title }) => !START.test(title)) ??
    ofType('timeline')[0]
  const start =
    due?.type === 'timeline' ? due : (titled(START, 'date') ?? ofType('timeline').find(({ id }) => id !== due?.id))
  const people = chosen('people', 'people') ?? ofType('people')[0]
  const estimate = chosen('estimate', 'numbers') ?? ofType('numbers').find(isEstimate)
  const priority = ofType('status').find(({ id, title }) => id !== status?.id && PRIORITY.test(title))
  const description = ofType('long_text')[0]
  const used = new Set([status, due, start, people, estimate, priority, description].map((column) => column?.id))

  const labels = status ? ofLabels(board.id, project, status, place, main) : []
  return {
    board: board.id,
    project,
    status: status ?? null,
    due: due ?? null,
    start: start ?? null,
    people: people ?? null,
    estimate: estimate ?? null,
    priority: priority ?? null,
    description: description ?? null,
    others: ofType(...READ_TYPES).filter(({ id }) => !used.has(id)),
    columns: status ? labels.filter(({ own }) => own).map(({ column }) => column) : ofGroups(board, project, place),
    labels: new Map(labels.map(({ index, column }) => [index, column.externalId]))
  }
}

/** Ids of the columns that are read. */
export const wanted = (layout: Layout): string[] => {
  const { status, due, start, people, estimate, priority, description, others } = layout
  const columns = [status, due, start, people, estimate, priority, description, ...others]
  return [...new Set(columns.flatMap((column) => (column ? [column.id] : [])))].sort()
}

/** The same as long as the same columns are read for the same purposes: another one makes every item read anew. */
export function digest(layouts: Layout[]): string {
  const facts = layouts.map((layout) => [
    layout.board,
    wanted(layout),
    [layout.status, layout.due, layout.start, layout.people, layout.estimate, layout.priority].map((one) => one?.id)
  ])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)
}

/** The boards that hold the sub-items of this one. */
export const subitemBoards = (board: raw.LaidOut): string[] => [
  ...new Set(
    board.columns
      .filter(({ type, archived }) => type === 'subtasks' && !archived)
      .flatMap((column) => [settings(column).boardIds ?? []].flat())
      .filter((id) => typeof id === 'string' || typeof id === 'number')
      .map(String)
  )
]

export const unitOf = (column: raw.Column): 'points' | 'hours' =>
  HOURS.test(`${column.title} ${unitText(column)}`) ? 'hours' : 'points'

const isEstimate = (column: raw.Column): boolean => ESTIMATE.test(`${column.title} ${unitText(column)}`)

function unitText(column: raw.Column): string {
  const unit = settings(column).unit as { symbol?: unknown; custom_unit?: unknown } | null | undefined
  return typeof unit === 'object' ? `${unit?.custom_unit ?? unit?.symbol ?? ''}` : ''
}

/** An item that nobody has given a status shows the label of this index. */
export const BLANK = 5

/** The label's index survives its renaming. */
export const labelColumn = (board: string, column: string, index: number | null | undefined): string =>
  `${board}:${column}:${index ?? BLANK}`

export const groupColumn = (board: string, group: string): string => `${board}::${group}`

/** What a column id of ours stands for: a label's index, or a group. */
export function columnOf(
  id: string
): { board: string; column: string; index: number } | { board: string; group: string } {
  const [board = '', column = '', ...rest] = id.split(':')
  return column === '' ? { board, group: rest.join(':') } : { board, column, index: Number(rest[0]) }
}

interface StatusLabel {
  index: number
  name: string
  position: number
  done: boolean
  archived: boolean
}

/**
 * The label of a sub-item stands in the project's own column where that is called the same and means the same: people
 * see one "Done", not two.
 */
function ofLabels(board: string, project: string, status: raw.Column, place: number, main: Layout | null) {
  const known = labelsIn(settings(status))
  const blank: StatusLabel = { index: BLANK, name: '', position: 1000, done: false, archived: false }
  const all = known.some(({ index }) => index === BLANK) ? known : [...known, blank]
  return all.map(({ index, name: given, position, done, archived }) => {
    const name = given || 'No status'
    const category = done ? ('done' as const) : null
    const externalId = labelColumn(board, status.id, index)
    const own: ColumnFacts = { externalId, project, name, position: place * 10_000 + position, archived, category }
    const same = main?.columns.find((one) => one.name.toLowerCase() === name.toLowerCase() && one.category === category)
    return { index, own: same === undefined, column: same ?? own }
  })
}

const ofGroups = (board: raw.LaidOut, project: string, place: number): ColumnFacts[] =>
  board.groups.map((group, at) => ({
    externalId: groupColumn(board.id, group.id),
    project,
    name: group.title,
    // Positions are fractions of any size; among boards of one project each board's own come together.
    position: place * 1_000_000_000 + (Number.isFinite(Number(group.position ?? '')) ? Number(group.position) : at),
    archived: group.archived === true || group.deleted === true,
    category: null
  }))

/** Labels as a map from index to text with `done_colors` beside it, or as a list of `StatusLabel`s. */
function labelsIn(of: Record<string, unknown>): StatusLabel[] {
  const done = new Set([of.done_colors ?? []].flat().map(Number))
  const positions = (of.labels_positions_v2 ?? {}) as Record<string, unknown>
  const listed = Array.isArray(of.labels)
  const read = Object.entries((of.labels ?? {}) as Record<string, unknown>).map(([key, value], at): StatusLabel => {
    const label = (typeof value === 'object' && value !== null ? value : { label: value }) as Record<string, unknown>
    const index = Number(label.index ?? (listed ? (label.id ?? at) : key))
    const position = positions[index] ?? (listed ? at : index)
    return {
      index,
      name: typeof label.label === 'string' ? label.label : '',
      position: typeof position === 'number' ? position : at,
      done: typeof label.is_done === 'boolean' ? label.is_done : done.has(index),
      archived: label.is_deactivated === true
    }
  })
  return read.filter(({ index }) => Number.isInteger(index) && index >= 0)
}

function settings(column: raw.Column): Record<string, unknown> {
  const given = column.settings ?? column.settings_str
  const value = typeof given === 'string' ? parsed(given) : given
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
