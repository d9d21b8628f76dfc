/** Raw Basecamp → facts. Pure functions, no I/O. Field sources: README.md in this folder. */
import type { TaskRead, Unreadable } from '../../src/adapter.ts'
import type { Category, ColumnFacts, CommentFacts, PersonFacts, ProjectFacts, TaskFacts } from '../../src/model/task.ts'
import { markdown } from './note.ts'
import * as raw from './raw.ts'

/** A card table that nobody has renamed goes by its project's name alone. */
const DEFAULT_TITLES = new Set(['Card Table', 'Card table'])

export const nameOf = (project: string, tool: string): string =>
  DEFAULT_TITLES.has(tool) ? project : `${project} – ${tool}`

/** A card table or a to-do list. `visible`: whether clients can see it; undefined where that is not told of it alone. */
export const project = (
  within: raw.Project,
  one: { id: string; title: string; app_url: string; status?: string; visible?: boolean | null | undefined },
  members: string[] | null
): ProjectFacts => ({
  externalId: one.id,
  name: nameOf(within.name, one.title),
  url: one.app_url,
  archived: within.status === 'archived' || one.status === 'archived',
  members,
  audience: (one.visible ?? within.clients_enabled === true) ? 'guests' : within.all_access ? 'company' : 'members'
})

/** https://github.com/basecamp/bc-api/blob/master/sections/card_table_columns.md */
const CATEGORIES: Record<string, Category> = {
  'Kanban::Triage': 'backlog',
  'Kanban::NotNowColumn': 'backlog',
  'Kanban::DoneColumn': 'done'
}

/** In the order of the table; what is on hold in a column stands right behind it. */
export function columns({ id, lists }: raw.CardTable): ColumnFacts[] {
  return (lists ?? []).flatMap((list, index): ColumnFacts[] => {
    const own: ColumnFacts = {
      externalId: list.id,
      project: id,
      name: list.title,
      position: index * 2,
      archived: false,
      category: CATEGORIES[list.type] ?? null
    }
    if (!list.on_hold) return [own]
    const name = `${list.title} – ${list.on_hold.title ?? 'On hold'}`
    return [own, { ...own, externalId: list.on_hold.id, name, position: index * 2 + 1, category: 'blocked' }]
  })
}

/** A to-do list has no columns of its own: what is open, and what is ticked off. */
export const columnsOfList = (list: string): ColumnFacts[] =>
  (['open', 'done'] as const).map((state, position) => ({
    externalId: `${list}:${state}`,
    project: list,
    name: state === 'open' ? 'Open' : 'Done',
    position,
    archived: false,
    category: state === 'open' ? 'todo' : 'done'
  }))

export const person = (one: raw.Person): PersonFacts => ({
  externalId: one.id,
  name: one.name,
  // A mention is written with this signed id, never with a name.
  username: null,
  mention: one.attachable_sgid ?? null,
  avatarUrl: one.avatar_url ?? null,
  email: one.email_address?.toLowerCase() ?? null
})

/** Reads one card or to-do that stands in this project. What does not fit is set aside with the first place that is wrong. */
export function task(value: unknown, project: string): TaskRead | Unreadable {
  const parsed = raw.Task.safeParse(value)
  if (parsed.success) return { kind: 'task', facts: facts(parsed.data, project), raw: value }
  return unreadable(value, project, parsed.error.issues[0] ?? { path: [], message: 'is not a card' })
}

function facts(one: raw.Task, project: string): TaskFacts {
  const completed = one.completed === true
  const completedAt = completed ? (one.completion?.created_at ?? one.completed_at ?? null) : null
  const isTodo = one.type === 'Todo'
  return {
    externalId: one.id,
    project,
    column: isTodo ? `${project}:${completed ? 'done' : 'open'}` : one.parent.id,
    title: one.title,
    description: markdown(isTodo ? one.description : (one.description ?? one.content)),
    url: one.app_url,
    assignees: [...new Set((one.assignees ?? []).map(({ id }) => id))].sort(),
    creator: one.creator?.id ?? null,
    labels: [],
    priority: 'none',
    rawPriority: null,
    startAt: midnight(one.starts_on),
    dueAt: midnight(one.due_on),
    dueIsDate: one.due_on != null,
    completed,
    completedAt,
    // A to-do enters "Done" when it is ticked off; of a card only its history tells.
    enteredColumnAt: isTodo ? completedAt : null,
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    parent: null,
    checklist: {
      done: (one.steps ?? []).filter((step) => step.completed === true).length,
      total: one.steps?.length ?? 0
    },
    estimate: null,
    commentCount: one.comments_count ?? null,
    fields: {},
    presence: one.status === 'active' ? 'present' : 'archived'
  }
}

const midnight = (date: string | null | undefined): string | null => (date ? `${date}T00:00:00.000Z` : null)

export const comment = (one: raw.Comment, task: string): CommentFacts => ({
  externalId: one.id,
  task,
  author: one.creator?.id ?? null,
  at: one.created_at,
  editedAt: one.updated_at > one.created_at ? one.updated_at : null,
  text: markdown(one.content)
})

function unreadable(
  value: unknown,
  project: string,
  issue: { path: readonly PropertyKey[]; message: string }
): Unreadable {
  const { title } = value as { title?: unknown }
  return {
    kind: 'unreadable',
    externalId: idOf(value) ?? '',
    project,
    title: typeof title === 'string' ? title : null,
    path: issue.path.map(String).join('.'),
    reason: issue.message,
    raw: value
  }
}

/** Of a row that may be unreadable. */
export const idOf = (row: unknown): string | null => raw.id.safeParse((row as { id?: unknown } | null)?.id).data ?? null

/** Everyone a task names. */
export const peopleOf = ({ creator, assignees }: raw.Task): raw.Person[] => [
  ...(creator ? [creator] : []),
  ...(assignees ?? [])
]
