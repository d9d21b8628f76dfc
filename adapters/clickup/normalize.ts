/** Raw ClickUp → facts. Pure functions, no I/O. Field sources: README.md in this folder. */
import type { TaskRead, Unreadable } from '../../src/adapter.ts'
import type {
  Category,
  ColumnFacts,
  CommentFacts,
  PersonFacts,
  Priority,
  ProjectFacts,
  TaskFacts
} from '../../src/model/task.ts'
import { dateOf } from './days.ts'
import { customFields } from './fields.ts'
import * as raw from './raw.ts'
import { textOf } from './runs.ts'

/** What a list is, beyond its own JSON. */
export interface Place {
  team: string
  members: string[] | null
  audience: ProjectFacts['audience']
}

export const project = (list: raw.List, place: Place): ProjectFacts => ({
  externalId: list.id,
  name: list.name,
  url: `https://app.clickup.com/${place.team}/v/li/${list.id}`,
  archived: list.archived ?? false,
  members: place.members,
  audience: place.audience
})

/** A status as a column of one list: lists of a space share their statuses, ids included. */
export const columnId = (list: string, status: Pick<raw.Status, 'id' | 'status'>): string =>
  `${list}:${status.id || status.status.toLowerCase()}`

/** The column of a task's status; a status without an id is known by its name in the list. */
export function columnOf(list: string, status: raw.Status, statuses: readonly raw.Status[] = []): string {
  const own = statuses.find((one) => one.status.toLowerCase() === status.status.toLowerCase())
  return columnId(list, status.id ? status : (own ?? status))
}

export const columns = (list: raw.List): ColumnFacts[] =>
  (list.statuses ?? []).map((status, index) => ({
    externalId: columnId(list.id, status),
    project: list.id,
    name: status.status,
    position: status.orderindex ?? index,
    archived: false,
    category: CATEGORIES[status.type ?? ''] ?? null
  }))

/** Active statuses (`custom`) are all that is neither open nor done: their names say more. */
const CATEGORIES: Record<string, Category> = { open: 'todo', unstarted: 'todo', done: 'done', closed: 'done' }

const isDone = (status: raw.Status): boolean => status.type === 'done' || status.type === 'closed'

export const person = (user: raw.User): PersonFacts => ({
  externalId: user.id,
  // Who was invited and has not come yet has no name.
  name: user.username || user.email || user.id,
  username: user.username ?? null,
  avatarUrl: user.profilePicture ?? null,
  email: user.email?.toLowerCase() ?? null
})

export interface Context {
  /** Zones in which a date without a time may have been set. */
  zones: readonly string[]
  /** Statuses of lists that are known. */
  statuses?: (list: string) => readonly raw.Status[] | undefined
  /** Times in status by task. */
  times?: ReadonlyMap<string, raw.TimeInStatus>
}

/** Reads one task. A task that does not fit is set aside with the first place that is wrong. */
export function task(value: unknown, context: Context): TaskRead | Unreadable {
  const parsed = raw.Task.safeParse(value)
  if (parsed.success) return { kind: 'task', facts: facts(parsed.data, context), raw: withoutLink(value) }
  return unreadable(value, parsed.error.issues[0] ?? { path: [], message: 'is not a task' })
}

function facts(task: raw.Task, { zones, statuses, times }: Context): TaskFacts {
  const list = task.list.id
  const done = isDone(task.status)
  const due = task.due_date == null ? null : dateOf(task.due_date, zones)
  const start = task.start_date == null ? null : dateOf(task.start_date, zones)
  return {
    externalId: task.id,
    project: list,
    column: columnOf(list, task.status, statuses?.(list)),
    title: task.name,
    description: task.markdown_description ?? task.description ?? task.text_content ?? '',
    url: task.url ?? `https://app.clickup.com/t/${task.id}`,
    assignees: [...new Set((task.assignees ?? []).map(({ id }) => id))].sort(),
    creator: task.creator?.id ?? null,
    labels: (task.tags ?? []).map(({ name, tag_bg }) => ({
      externalId: `${task.space?.id ?? ''}:${name.toLowerCase()}`,
      name,
      colour: tag_bg ?? null
    })),
    ...priority(task.priority),
    startAt: start === null ? (task.start_date ?? null) : midnight(start),
    dueAt: due === null ? (task.due_date ?? null) : midnight(due),
    dueIsDate: due !== null,
    completed: done,
    completedAt: done ? (task.date_done ?? task.date_closed ?? null) : null,
    enteredColumnAt: entered(task, times?.get(task.id)),
    createdAt: task.date_created,
    updatedAt: task.date_updated ?? task.date_created,
    parent: task.parent ?? null,
    checklist: checklist(task),
    estimate: estimate(task),
    commentCount: null,
    fields: customFields(task.custom_fields ?? []),
    presence: task.archived ? 'archived' : 'present'
  }
}

const midnight = (date: string): string => `${date}T00:00:00.000Z`

/** An object, or a bare number: answers differ (https://developer.clickup.com/reference/getfilteredteamtasks). */
function priority(given: raw.Task['priority']): Pick<TaskFacts, 'priority' | 'rawPriority'> {
  if (given == null) return { priority: 'none', rawPriority: null }
  const [id, word] = typeof given === 'object' ? [given.id, given.priority] : [String(given), null]
  const known = PRIORITIES.find((one, index) => one === word || `${index + 1}` === id || one === id)
  return { priority: known ?? 'none', rawPriority: word ?? known ?? id ?? null }
}

const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

/** The task may have moved between the two answers: then the time speaks of another column. */
function entered({ status }: raw.Task, time: raw.TimeInStatus | undefined): string | null {
  const current = time?.current_status
  return current?.status.toLowerCase() === status.status.toLowerCase() ? (current.total_time.since ?? null) : null
}

function checklist(task: raw.Task): { done: number; total: number } {
  const counts = (task.checklists ?? []).map(({ resolved, unresolved, items }) =>
    resolved !== undefined && unresolved !== undefined
      ? { done: resolved, total: resolved + unresolved }
      : { done: items?.filter((item) => item.resolved).length ?? 0, total: items?.length ?? 0 }
  )
  return counts.reduce((sum, one) => ({ done: sum.done + one.done, total: sum.total + one.total }), {
    done: 0,
    total: 0
  })
}

const HOUR_MS = 3_600_000

function estimate({ points, time_estimate }: raw.Task): TaskFacts['estimate'] {
  if (points != null) return { value: points, unit: 'points' }
  return time_estimate ? { value: time_estimate / HOUR_MS, unit: 'hours' } : null
}

export const comment = (one: raw.Comment, task: string): CommentFacts => ({
  externalId: one.id,
  task,
  author: one.user?.id ?? null,
  at: one.date,
  editedAt: null,
  text: one.comment?.length ? textOf(one.comment) : (one.comment_text ?? '')
})

function unreadable(value: unknown, issue: { path: readonly PropertyKey[]; message: string }): Unreadable {
  const task = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const list = raw.Task.shape.list.safeParse(task.list).data
  return {
    kind: 'unreadable',
    externalId: typeof task.id === 'string' ? task.id : '',
    project: list?.id ?? null,
    title: typeof task.name === 'string' ? task.name : null,
    path: issue.path.map(String).join('.'),
    reason: issue.message,
    raw: withoutLink(task)
  }
}

/** `sharing` may hold the token of a public link; it is never kept. */
function withoutLink(value: unknown): unknown {
  const { sharing: _, ...rest } = value as Record<string, unknown>
  return rest
}
