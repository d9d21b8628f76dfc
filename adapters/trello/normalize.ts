/** Raw Trello → facts. Pure functions, no I/O. Field sources: README.md in this folder. */
import type { TaskRead, Unreadable } from '../../src/adapter.ts'
import type {
  ColumnFacts,
  CommentFacts,
  EventFacts,
  EventType,
  FieldValue,
  PersonFacts,
  ProjectFacts,
  TaskFacts
} from '../../src/model/task.ts'
import * as raw from './raw.ts'

/** A card, read: a task, or no task at all (template, separator, mirror), or set aside. */
export type CardReading = TaskRead | Unreadable | { kind: 'other'; externalId: string }

/** The first eight hexadecimal digits of an id are its creation in seconds. */
export const createdAt = (id: string): string => new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString()

const iso = (value: string | null | undefined): string | null =>
  value == null ? null : CANONICAL.test(value) ? value : new Date(value).toISOString()

/** As we write moments ourselves, on a day that every month has: most are, and need not be made anew. */
const CANONICAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

export function project(board: raw.Board): ProjectFacts {
  const level = board.prefs?.permissionLevel
  return {
    externalId: board.id,
    name: board.name,
    url: board.shortUrl ?? board.url ?? `https://trello.com/b/${board.id}`,
    archived: board.closed ?? false,
    members:
      (board.memberships ?? board.members)?.map((one) => ('idMember' in one ? String(one.idMember) : one.id)) ?? null,
    audience: level === 'public' ? 'public' : level === 'org' || level === 'enterprise' ? 'company' : 'members'
  }
}

export const columns = (board: raw.Board): ColumnFacts[] =>
  (board.lists ?? []).map((list, index) => ({
    externalId: list.id,
    project: board.id,
    name: list.name,
    position: list.pos ?? index,
    archived: list.closed ?? false,
    category: null
  }))

export const person = (member: raw.Member): PersonFacts => ({
  externalId: member.id,
  name: member.fullName || member.username || member.id,
  username: member.username ?? null,
  avatarUrl: member.avatarUrl ?? null,
  // Trello shows a person's mail address to nobody but that person.
  email: null
})

/** Reads one card. A card that does not fit is set aside with the first place that is wrong. */
export function card(value: unknown, fields: ReadonlyMap<string, raw.CustomField>, board: string | null): CardReading {
  const parsed = raw.Card.safeParse(value)
  if (!parsed.success) return unreadable(value, parsed.error.issues[0] ?? { path: [], message: 'is not a card' }, board)
  if (parsed.data.isTemplate || parsed.data.cardRole === 'separator' || parsed.data.cardRole === 'mirror') {
    return { kind: 'other', externalId: parsed.data.id }
  }
  return { kind: 'task', facts: facts(parsed.data, fields), raw: withoutMailAddress(parsed.data) }
}

function facts(card: raw.Card, fields: ReadonlyMap<string, raw.CustomField>): TaskFacts {
  const completed = card.dueComplete ?? false
  return {
    externalId: card.id,
    project: card.idBoard,
    column: card.idList,
    title: card.name,
    description: card.desc ?? '',
    url: card.shortUrl ?? card.url ?? `https://trello.com/c/${card.shortLink ?? card.id}`,
    assignees: [...new Set(card.idMembers)].sort(),
    creator: card.idMemberCreator ?? null,
    labels: (card.labels ?? []).map((label) => ({
      externalId: label.id,
      name: label.name ?? '',
      colour: label.color ?? null
    })),
    priority: 'none',
    rawPriority: null,
    startAt: iso(card.start),
    dueAt: iso(card.due),
    dueIsDate: false,
    completed,
    completedAt: completed ? iso(card.dateCompleted) : null,
    enteredColumnAt: null,
    createdAt: createdAt(card.id),
    updatedAt: iso(card.dateLastActivity) ?? createdAt(card.id),
    parent: null,
    checklist: checklist(card),
    estimate: null,
    commentCount: card.badges?.comments ?? 0,
    fields: customFields(card, fields),
    presence: card.closed ? 'archived' : 'present'
  }
}

/** The badge counts what the checklists hold; exports without badges are counted item by item. */
function checklist(card: raw.Card): { done: number; total: number } {
  if (card.badges?.checkItems != null)
    return { done: card.badges.checkItemsChecked ?? 0, total: card.badges.checkItems }
  const items = (card.checklists ?? []).flatMap((list) => list.checkItems)
  return { done: items.filter((item) => item.state === 'complete').length, total: items.length }
}

function customFields(card: raw.Card, fields: ReadonlyMap<string, raw.CustomField>): Record<string, FieldValue> {
  const values: [string, FieldValue][] = []
  for (const item of card.customFieldItems ?? []) {
    const field = fields.get(item.idCustomField)
    const value = field && fieldValue(field, item)
    if (value) values.push([field.id, value])
  }
  return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function fieldValue(
  field: raw.CustomField,
  item: NonNullable<raw.Card['customFieldItems']>[number]
): FieldValue | null {
  const { name } = field
  const { value } = item
  if (field.type === 'list') {
    const option = field.options?.find((one) => one.id === item.idValue)?.value?.text
    return option == null ? null : { name, type: 'choice', value: option }
  }
  if (value?.number != null && value.number !== '') {
    const number = Number(value.number)
    return Number.isFinite(number) ? { name, type: 'number', value: number } : null
  }
  if (value?.checked != null) return { name, type: 'checkbox', value: String(value.checked) === 'true' }
  if (value?.date != null) return { name, type: 'date', value: new Date(value.date).toISOString() }
  return value?.text == null ? null : { name, type: 'text', value: value.text }
}

/** What one action of the board's history says about a card; empty for the rest (boards, lists, members, reordering). */
export function events(action: raw.Action): EventFacts[] {
  const task = action.data.card?.id
  if (!task) return []
  const { data } = action
  const event = (type: EventType, from: string | null = null, to: string | null = null, part = ''): EventFacts => ({
    externalId: action.id + part,
    task,
    type,
    at: new Date(action.date).toISOString(),
    actor: action.idMemberCreator ?? null,
    from,
    to
  })
  switch (action.type) {
    case 'createCard':
    case 'copyCard':
    case 'emailCard':
    case 'convertToCardFromCheckItem':
      return [event('created', null, data.list?.id ?? null)]
    case 'moveCardToBoard':
      return [event('moved', null, data.list?.id ?? null)]
    case 'moveCardFromBoard':
      return [event('left_project', data.list?.id ?? null)]
    case 'deleteCard':
      return [event('deleted', data.list?.id ?? null)]
    case 'commentCard':
      return [event('commented')]
    case 'addMemberToCard':
      return [event('assigned', null, data.idMember ?? data.idMemberAdded ?? action.idMember ?? null)]
    case 'removeMemberFromCard':
      return [event('unassigned', data.idMember ?? action.idMember ?? null)]
    case 'addLabelToCard':
    case 'removeLabelFromCard':
      return [event('labelled')]
    case 'updateCard':
      return changes(action).map(([type, from, to, key], index) => event(type, from, to, index === 0 ? '' : `:${key}`))
    default:
      return [event('changed')]
  }
}

type Change = [EventType, string | null, string | null, string]

function changes({ data }: raw.Action): Change[] {
  const old = data.old ?? {}
  const found: Change[] = []
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const when = (value: unknown) => iso(raw.moment.nullish().catch(null).parse(value))
  // In an order of our own: the first change has the action's id, and it has to be the same one at the next reading.
  for (const key of Object.keys(old).sort()) {
    if (key === 'idList') {
      found.push(['moved', data.listBefore?.id ?? text(old.idList), data.listAfter?.id ?? text(data.card?.idList), key])
    } else if (key === 'closed') found.push([old.closed ? 'restored' : 'archived', null, null, key])
    else if (key === 'due') found.push(['due_changed', when(old.due), when(data.card?.due), key])
    else if (key === 'start') found.push(['start_changed', when(old.start), when(data.card?.start), key])
    else if (key === 'dueComplete') found.push([old.dueComplete ? 'reopened' : 'completed', null, null, key])
    else if (key === 'name') found.push(['renamed', text(old.name), data.card?.name ?? null, key])
    else if (key === 'idLabels') found.push(['labelled', null, null, key])
    // Reordering is a third of all recorded updates and says nothing about the work.
    else if (key !== 'pos') found.push(['changed', null, null, key])
  }
  return found
}

export function comment(action: raw.Action): CommentFacts | null {
  if (action.type !== 'commentCard' || !action.data.card) return null
  return {
    externalId: action.id,
    task: action.data.card.id,
    author: action.idMemberCreator ?? null,
    at: new Date(action.date).toISOString(),
    editedAt: iso(action.data.dateLastEdited),
    text: action.data.text ?? ''
  }
}

function unreadable(
  value: unknown,
  issue: { path: readonly PropertyKey[]; message: string },
  board: string | null
): Unreadable {
  const card = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return {
    kind: 'unreadable',
    externalId: typeof card.id === 'string' ? card.id : '',
    project: typeof card.idBoard === 'string' ? card.idBoard : board,
    title: typeof card.name === 'string' ? card.name : null,
    path: issue.path.map(String).join('.'),
    reason: issue.message,
    raw: withoutMailAddress(card)
  }
}

/** Exports carry each card's secret e-mail-in address; it is never kept. */
function withoutMailAddress(card: Record<string, unknown>): unknown {
  if (!('email' in card)) return card
  const { email: _, ...rest } = card
  return rest
}
