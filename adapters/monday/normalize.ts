/** Raw monday → facts. Pure functions, no I/O. Field sources: README.md in this folder. */
import type { Absence, TaskRead, Unreadable } from '../../src/adapter.ts'
import { markdownFrom } from '../../src/model/html.ts'
import type {
  ColumnFacts,
  CommentFacts,
  FieldValue,
  Label,
  PersonFacts,
  Priority,
  ProjectFacts,
  TaskFacts
} from '../../src/model/task.ts'
import { BLANK, groupColumn, type Layout, labelColumn, unitOf } from './layout.ts'
import * as raw from './raw.ts'

const iso = (value: string | null | undefined): string | null => (value ? new Date(value).toISOString() : null)

/** `private` is for its members, `public` for everyone in the account but guests, `share` for guests too. */
const AUDIENCE: Record<string, ProjectFacts['audience']> = { private: 'members', public: 'company', share: 'guests' }

export const project = (board: raw.Board): ProjectFacts => ({
  externalId: board.id,
  name: board.name,
  url: board.url ?? `https://monday.com/boards/${board.id}`,
  archived: board.state === 'archived',
  members: board.subscribers || board.owners ? [...new Set(peopleOf(board).map(({ id }) => id))].sort() : null,
  audience: AUDIENCE[board.board_kind ?? ''] ?? 'company'
})

export const peopleOf = (board: raw.Board): raw.Person[] =>
  [...(board.owners ?? []), ...(board.subscribers ?? [])].filter((one) => one !== null)

export const person = (user: raw.Person): PersonFacts => ({
  externalId: user.id,
  name: user.name || user.email || user.id,
  // Mentions are written with ids.
  username: null,
  avatarUrl: user.photo_url?.thumb ?? null,
  email: user.email || null
})

export type ItemReading = TaskRead | Unreadable | Absence

/** Reads one item. One that does not fit is set aside with the first place that is wrong. */
export function item(value: unknown, layout: Layout): ItemReading {
  const parsed = raw.Item.safeParse(value)
  if (!parsed.success) {
    return unreadable(value, parsed.error.issues[0] ?? { path: [], message: 'is not an item' }, layout.project)
  }
  if (parsed.data.state === 'deleted') return { kind: 'absence', externalId: parsed.data.id, presence: 'deleted' }
  return { kind: 'task', facts: facts(parsed.data, layout), raw: kept(parsed.data) }
}

function facts(item: raw.Item, layout: Layout): TaskFacts {
  const values = new Map(item.column_values.map((value) => [value.id, value]))
  const of = (column: raw.Column | null) => (column && values.get(column.id)) ?? null
  const status = of(layout.status)
  const priority = of(layout.priority)
  const estimate = of(layout.estimate)?.number
  const due = moment(of(layout.due), 'to')
  const completed = status?.is_done === true
  return {
    externalId: item.id,
    project: layout.project,
    column: columnOf(item, layout, status),
    title: item.name,
    description: of(layout.description)?.text ?? '',
    url: item.url ?? `https://monday.com/boards/${layout.board}/pulses/${item.id}`,
    assignees: assignees(of(layout.people)),
    creator: item.creator_id ?? null,
    labels: item.column_values.flatMap(({ tags }) => tags ?? []).map(label),
    priority: priorityOf(priority?.label ?? null),
    rawPriority: priority?.label || null,
    startAt: moment(of(layout.start), 'from')?.at ?? null,
    dueAt: due?.at ?? null,
    dueIsDate: due?.isDate ?? false,
    completed,
    completedAt: completed ? iso(status.updated_at) : null,
    enteredColumnAt: iso(status?.updated_at),
    createdAt: new Date(item.created_at).toISOString(),
    updatedAt: new Date(item.updated_at ?? item.created_at).toISOString(),
    parent: item.parent_item?.id ?? null,
    checklist: { done: 0, total: 0 },
    estimate: estimate == null || !layout.estimate ? null : { value: estimate, unit: unitOf(layout.estimate) },
    commentCount: null,
    fields: fields(values, layout),
    presence: item.state === 'archived' ? 'archived' : 'present'
  }
}

function columnOf(item: raw.Item, layout: Layout, status: raw.ColumnValue | null): string | null {
  if (layout.status) {
    const known = layout.labels.get(status?.index ?? BLANK)
    return known ?? labelColumn(layout.board, layout.status.id, status?.index)
  }
  return item.group ? groupColumn(layout.board, item.group.id) : null
}

/** A label that the board's settings did not know, as a column: it was made a moment ago, or its settings are in a shape of their own. */
export function strayColumns(items: TaskRead[], layout: Layout): ColumnFacts[] {
  if (!layout.status) return []
  const known = new Set(layout.labels.values())
  const stray = new Map<string, ColumnFacts>()
  for (const { facts, raw: card } of items) {
    if (facts.column === null || known.has(facts.column)) continue
    const status = (card as raw.Item).column_values.find(({ id }) => id === layout.status?.id)
    stray.set(facts.column, {
      externalId: facts.column,
      project: layout.project,
      name: status?.label || 'No status',
      position: 2000 + (status?.index ?? 0),
      archived: false,
      category: status?.is_done ? 'done' : null
    })
  }
  return [...stray.values()]
}

/** Teams are no people: nobody in particular is assigned by them. */
const assignees = (value: raw.ColumnValue | null): string[] =>
  [...new Set((value?.persons_and_teams ?? []).filter(({ kind }) => kind !== 'team').map(({ id }) => id))].sort()

const label = (tag: raw.Tag): Label => ({
  externalId: tag.id,
  name: tag.name ?? '',
  colour: tag.color ?? null
})

/** A date column's date and time (UTC), or one end of a timeline. */
function moment(value: raw.ColumnValue | null, end: 'from' | 'to'): { at: string; isDate: boolean } | null {
  const day = (value?.date || value?.[end] || '').slice(0, 10)
  if (day === '') return null
  const time = /^\d\d:\d\d(:\d\d)?$/.test(value?.time ?? '') ? value!.time! : null
  const at = new Date(`${day}T${time ?? '00:00:00'}Z`)
  return Number.isNaN(at.getTime()) ? null : { at: at.toISOString(), isDate: time === null }
}

const PRIORITIES: [Priority, RegExp][] = [
  ['urgent', /critic|urgent|highest|blocker|must|krit|dringend|urgente|critique|crítico|critico|🔥/i],
  ['high', /high|hoch|alta|haute|élevée|elevada|高/i],
  ['low', /low|niedrig|baja|bassa|basse|faible|baixa|nice to have|best effort|低/i],
  ['normal', /medium|normal|mittel|media|moyenne|média|should|中/i]
]

const priorityOf = (word: string | null): Priority =>
  PRIORITIES.find(([, pattern]) => word !== null && pattern.test(word))?.[0] ?? 'none'

function fields(values: ReadonlyMap<string, raw.ColumnValue>, layout: Layout): Record<string, FieldValue> {
  const found: [string, FieldValue][] = []
  for (const column of layout.others) {
    const value = values.get(column.id)
    const field = value && fieldValue(column, value)
    if (field) found.push([column.id, field])
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function fieldValue({ type, title: name }: raw.Column, value: raw.ColumnValue): FieldValue | null {
  switch (type) {
    case 'numbers':
      return value.number == null ? null : { name, type: 'number', value: value.number }
    case 'checkbox':
      return value.checked == null ? null : { name, type: 'checkbox', value: value.checked }
    case 'date': {
      const at = moment(value, 'to')?.at
      return at ? { name, type: 'date', value: at } : null
    }
    case 'status':
      return value.label ? { name, type: 'choice', value: value.label } : null
    case 'dropdown':
      return value.text ? { name, type: 'choice', value: value.text } : null
    case 'text':
    case 'long_text':
    case 'people':
    case 'timeline':
      return value.text ? { name, type: 'text', value: value.text } : null
    default:
      return null
  }
}

/** An update, and the replies below it; a reply's id counts among replies only. */
export function comments(update: raw.Update, task = update.item_id ?? ''): CommentFacts[] {
  const of = (one: raw.Reply, externalId: string): CommentFacts => ({
    externalId,
    task,
    author: one.creator_id ?? null,
    at: new Date(one.created_at).toISOString(),
    editedAt: second(one.edited_at) > second(one.created_at) ? iso(one.edited_at) : null,
    text: markdownFrom(one.body ?? '')
  })
  return [of(update, update.id), ...(update.replies ?? []).map((reply) => of(reply, `${update.id}/${reply.id}`))]
}

/** A moment read again may have lost its milliseconds. */
const second = (value: string | null | undefined): number => (value ? Math.floor(Date.parse(value) / 1000) : 0)

function unreadable(
  value: unknown,
  issue: { path: readonly PropertyKey[]; message: string },
  project: string
): Unreadable {
  const item = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return {
    kind: 'unreadable',
    externalId: typeof item.id === 'string' || typeof item.id === 'number' ? String(item.id) : '',
    project,
    title: typeof item.name === 'string' ? item.name : null,
    path: issue.path.map(String).join('.'),
    reason: issue.message,
    raw: kept(item)
  }
}

/**
 * The card as it is kept, the same through whichever door it came: without the columns of its board, which a single
 * item brings along, and never with its secret e-mail-in address.
 */
function kept({ email: _, ...item }: Record<string, unknown>): unknown {
  const { board, parent_item: parent } = item as { board?: unknown; parent_item?: { board?: unknown } | null }
  return {
    ...item,
    ...(board === undefined ? {} : { board: named(board) }),
    ...(parent ? { parent_item: { ...parent, board: named(parent.board) } } : {})
  }
}

const named = (board: unknown): unknown =>
  typeof board === 'object' && board !== null ? { id: (board as { id?: unknown }).id } : board
