/** Raw Linear → facts. Pure functions, no I/O. Field sources: README.md in this folder. */
import type { TaskRead, Unreadable } from '../../src/adapter.ts'
import type {
  Category,
  ColumnFacts,
  CommentFacts,
  EventFacts,
  EventType,
  FieldValue,
  PersonFacts,
  Priority,
  ProjectFacts,
  TaskFacts
} from '../../src/model/task.ts'
import * as raw from './raw.ts'

/** An issue, read: a task, in the trash, or set aside. */
export type IssueReading = TaskRead | Unreadable | { kind: 'deleted'; externalId: string; event: EventFacts }

const iso = (value: string | null | undefined): string | null => (value == null ? null : new Date(value).toISOString())

/** https://linear.app/docs/configuring-workflows – the types, in the order boards show them. */
const STATES: Record<string, { category: Category; order: number }> = {
  triage: { category: 'backlog', order: 0 },
  backlog: { category: 'backlog', order: 1 },
  unstarted: { category: 'todo', order: 2 },
  started: { category: 'doing', order: 3 },
  completed: { category: 'done', order: 4 },
  canceled: { category: 'dropped', order: 5 },
  duplicate: { category: 'dropped', order: 6 }
}
/** Positions are small numbers of any kind within a type; the type comes first. */
const TYPE_SPAN = 1e9

const PRIORITIES: readonly Priority[] = ['none', 'urgent', 'high', 'normal', 'low']

export function project(team: raw.Team, organization: raw.Organization): ProjectFacts {
  const members = team.members && !team.members.pageInfo.hasNextPage ? team.members.nodes : null
  const guests = team.members?.nodes.some(({ guest }) => guest) ?? false
  return {
    externalId: team.id,
    name: team.name,
    url: `https://linear.app/${organization.urlKey}/team/${team.key}`,
    archived: team.archivedAt != null || team.retiredAt != null,
    members: members?.map(({ id }) => id) ?? null,
    audience: guests ? 'guests' : team.visibility === 'public' ? 'company' : 'members'
  }
}

export const column = (state: raw.WorkflowState): ColumnFacts => ({
  externalId: state.id,
  project: state.team.id,
  name: state.name,
  position: (STATES[state.type]?.order ?? 3) * TYPE_SPAN + state.position,
  archived: state.archivedAt != null,
  category: STATES[state.type]?.category ?? null
})

export const person = (user: raw.User): PersonFacts => ({
  externalId: user.id,
  name: user.name || user.displayName || user.id,
  username: user.displayName ?? null,
  // Linear makes a mention of a profile's address.
  mention: user.url || null,
  avatarUrl: user.avatarUrl ?? null,
  email: user.email || null
})

/** Reads one issue. One that does not fit is set aside with the first place that is wrong. */
export function issue(
  value: unknown,
  labels: ReadonlyMap<string, raw.Label>,
  history: raw.History | null
): IssueReading {
  const trashed = raw.Trashed.safeParse(value).data
  if (trashed) {
    const { id, archivedAt, updatedAt, state } = trashed
    const at = iso(archivedAt ?? updatedAt) ?? ''
    const event = fact(id, `${id}/trashed/${at}`, 'deleted', at, null, state?.id ?? null)
    return { kind: 'deleted', externalId: id, event }
  }
  const parsed = raw.Issue.safeParse(value)
  if (!parsed.success) return unreadable(value, parsed.error.issues[0] ?? { path: [], message: 'is not an issue' })
  const { data } = parsed
  const own = new Map((data.labels?.nodes ?? []).map((label) => [label.id, label]))
  return { kind: 'task', facts: facts(data, (id) => own.get(id) ?? labels.get(id), history), raw: withoutHistory(data) }
}

/** What the history says is kept as events; with the issue it would only make it differ each time. */
function withoutHistory({ earliest: _earliest, latest: _latest, history: _history, ...issue }: raw.Issue): unknown {
  return issue
}

function facts(
  issue: raw.Issue,
  labelOf: (id: string) => raw.Label | undefined,
  history: raw.History | null
): TaskFacts {
  const { estimate } = issue
  const completed = issue.state.type === 'completed'
  return {
    externalId: issue.id,
    project: issue.team.id,
    column: issue.state.id,
    title: issue.title,
    description: issue.description ?? '',
    url: issue.url,
    assignees: issue.assignee ? [issue.assignee.id] : [],
    creator: issue.creator?.id ?? null,
    labels: [...new Set(issue.labelIds ?? issue.labels?.nodes.map(({ id }) => id))].sort().map((id) => ({
      externalId: id,
      name: labelOf(id)?.name ?? '',
      colour: labelOf(id)?.color ?? null
    })),
    priority: PRIORITIES[issue.priority ?? 0] ?? 'none',
    rawPriority: issue.priorityLabel ?? (issue.priority == null ? null : String(issue.priority)),
    startAt: null,
    dueAt: issue.dueDate ? `${issue.dueDate}T00:00:00.000Z` : null,
    dueIsDate: issue.dueDate != null,
    completed,
    completedAt: completed ? iso(issue.completedAt) : null,
    enteredColumnAt: enteredColumnAt(issue, history),
    createdAt: iso(issue.createdAt)!,
    updatedAt: iso(issue.updatedAt)!,
    parent: issue.parent?.id ?? null,
    checklist: { done: 0, total: 0 },
    estimate: estimate == null ? null : { value: estimate, unit: 'points' },
    commentCount: null,
    fields: fields(issue),
    presence: issue.archivedAt ? 'archived' : 'present'
  }
}

/** Projects and cycles cross teams: neither is a project of ours, both are worth filtering by. */
function fields({ cycle, project }: raw.Issue): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {}
  if (cycle) {
    const value = cycle.name || (cycle.number == null ? cycle.id : `Cycle ${cycle.number}`)
    values.cycle = { name: 'Cycle', type: 'choice', value }
  }
  if (project) values.project = { name: 'Project', type: 'choice', value: project.name || project.id }
  return values
}

/** Work that is over says itself when it ended; nobody asks how long it has been lying there. */
export const isOver = ({ state, archivedAt }: raw.Issue): boolean =>
  archivedAt != null || ['completed', 'canceled', 'duplicate'].includes(state.type ?? '')

/** "The same as the creation time if the entity hasn't been updated after creation": it stands where it was made. */
export const isUntouched = ({ createdAt, updatedAt }: { createdAt: string; updatedAt: string }): boolean =>
  Date.parse(createdAt) === Date.parse(updatedAt)

/** Whether only its history can tell when an issue came where it is. */
export const needsHistory = (issue: raw.Issue): boolean => !isOver(issue) && !isUntouched(issue) && !issue.trashed

function enteredColumnAt(issue: raw.Issue, history: raw.History | null): string | null {
  if (isOver(issue)) return iso(issue.completedAt ?? issue.canceledAt)
  if (isUntouched(issue)) return iso(issue.createdAt)
  const here = spans(history).findLast((span) => span.stateId === issue.state.id && span.endedAt == null)
  return iso(here?.startedAt)
}

/** What an issue's history says, oldest first. `issue` may be gone from sight meanwhile. */
export function events(issue: raw.Issue, history: raw.History | null): EventFacts[] {
  if (isUntouched(issue) && !issue.trashed) return [made(issue, issue.state.id)]
  if (!history) return []
  const stays = spans(history)
  const entries = history.history.nodes
  const first = stays[0]
  const complete = first !== undefined && Date.parse(first.startedAt) - Date.parse(issue.createdAt) < 60_000
  return [
    made(issue, complete ? first.stateId : null),
    ...moves(issue.id, stays, entries),
    ...entries.flatMap(changes(issue.id))
  ]
}

const made = (issue: raw.Issue, to: string | null): EventFacts =>
  fact(issue.id, `${issue.id}/created`, 'created', iso(issue.createdAt)!, issue.creator?.id ?? null, null, to)

/**
 * Moves, from the states an issue stood in: they also know the moves of the first three minutes, which the history does
 * not log. Who moved it stands in the history, if anywhere.
 */
function moves(issue: string, stays: raw.StateSpan[], entries: raw.HistoryEntry[]): EventFacts[] {
  return stays.slice(1).map((stay, index) => {
    const from = stays[index]
    const known = from?.endedAt && Date.parse(from.endedAt) === Date.parse(stay.startedAt)
    const entry = entries.find(
      (one) =>
        one.toStateId === stay.stateId &&
        Math.abs(Date.parse(one.createdAt) - Date.parse(stay.startedAt)) < SAME_MOVE_MS
    )
    const at = iso(stay.startedAt)!
    return fact(issue, stay.id, 'moved', at, entry?.actorId ?? null, known ? from.stateId : null, stay.stateId)
  })
}

const SAME_MOVE_MS = 5000

/** One entry holds all that one person changed within a short window. */
const changes =
  (issue: string) =>
  (entry: raw.HistoryEntry): EventFacts[] => {
    const at = iso(entry.createdAt)!
    const event = (type: EventType, from: string | null = null, to: string | null = null): EventFacts =>
      fact(issue, `${entry.id}/${type}`, type, at, entry.actorId ?? null, from, to)
    const found: EventFacts[] = []
    if (entry.fromAssigneeId) found.push(event('unassigned', entry.fromAssigneeId))
    if (entry.toAssigneeId) found.push(event('assigned', null, entry.toAssigneeId))
    if (entry.fromDueDate || entry.toDueDate)
      found.push(event('due_changed', midnight(entry.fromDueDate), midnight(entry.toDueDate)))
    if (entry.fromTitle && entry.toTitle) found.push(event('renamed', entry.fromTitle, entry.toTitle))
    if (entry.archived != null) found.push(event(entry.archived ? 'archived' : 'restored'))
    return found
  }

const midnight = (day: string | null | undefined): string | null => {
  const at = Date.parse(`${day?.slice(0, 10)}T00:00:00.000Z`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** Oldest first, each once: the two ends of a short history are the same. */
function spans(history: raw.History | null): raw.StateSpan[] {
  const all = [...(history?.earliest.nodes ?? []), ...(history?.latest.nodes ?? [])]
  const each = [...new Map(all.map((span) => [span.id, span])).values()]
  return each.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.endedAt ? -1 : 1))
}

/** A comment of an issue; null for those on projects, documents and updates, and for deleted ones. */
export function comment(value: unknown, issue: string | null = null): CommentFacts | null {
  const { data } = raw.Comment.safeParse(value)
  const task = data?.issueId ?? data?.issue?.id ?? issue
  if (!data || !task || data.archivedAt) return null
  return {
    externalId: data.id,
    task,
    // Null for bots and integrations: what they write is no human activity.
    author: data.user?.id ?? null,
    at: iso(data.createdAt)!,
    editedAt: iso(data.editedAt),
    text: data.body
  }
}

/** A comment is an event of its issue, under the comment's own id. */
export const commented = (one: CommentFacts): EventFacts =>
  fact(one.task, one.externalId, 'commented', one.at, one.author)

function fact(
  task: string,
  externalId: string,
  type: EventType,
  at: string,
  actor: string | null,
  from: string | null = null,
  to: string | null = null
): EventFacts {
  return { externalId, task, type, at, actor, from, to }
}

function unreadable(value: unknown, issue: { path: readonly PropertyKey[]; message: string }): Unreadable {
  const card = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const team = (card.team as { id?: unknown } | null | undefined)?.id
  return {
    kind: 'unreadable',
    externalId: typeof card.id === 'string' ? card.id : '',
    project: typeof team === 'string' ? team : null,
    title: typeof card.title === 'string' ? card.title : null,
    path: issue.path.map(String).join('.'),
    reason: issue.message,
    raw: value
  }
}
