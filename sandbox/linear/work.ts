/** What people do with issues and comments: the change itself, its history, the moments that follow, and who is told. */
import type { Comment, HistoryEntry, Issue, User } from './facts.ts'
import type { World } from './world.ts'

export type Action = 'create' | 'update' | 'remove'

/** Told of everything that happens; `from`: former values of what changed. */
export type Told = (
  type: 'Issue' | 'Comment',
  action: Action,
  entity: Issue | Comment,
  actor: User,
  from?: Record<string, unknown>
) => void

export type IssueDraft = Pick<Issue, 'teamId' | 'title' | 'stateId'> & Partial<Issue>

export type Work = ReturnType<typeof createWork>

/** Kept in the history as `from…` and `to…`. */
const LOGGED: Partial<Record<keyof Issue, string>> = {
  title: 'Title',
  stateId: 'StateId',
  assigneeId: 'AssigneeId',
  dueDate: 'DueDate',
  estimate: 'Estimate',
  priority: 'Priority',
  teamId: 'TeamId',
  parentId: 'ParentId',
  projectId: 'ProjectId',
  cycleId: 'CycleId'
}

export function createWork(world: World, tell: Told) {
  function create(draft: IssueDraft, actor: User): Issue {
    const team = world.teams.get(draft.teamId)!
    const entity = world.entity('Issue', draft.id)
    team.issued += 1
    const { createdAt } = entity
    const issue: Issue = {
      description: null,
      priority: 0,
      estimate: null,
      dueDate: null,
      assigneeId: null,
      parentId: null,
      projectId: null,
      cycleId: null,
      labelIds: [],
      startedAt: null,
      completedAt: null,
      canceledAt: null,
      trashed: null,
      previousIdentifiers: [],
      ...draft,
      ...entity,
      archivedAt: draft.archivedAt ?? null,
      creatorId: actor.id,
      number: team.issued,
      sortOrder: -team.issued,
      spans: [{ id: world.entity('IssueStateSpan').id, stateId: draft.stateId, startedAt: createdAt, endedAt: null }],
      entries: []
    }
    moments(issue, createdAt)
    world.issues.set(issue.id, issue)
    world.issuePlaces.set(issue.id, world.issueList.length)
    world.issueList.push(issue)
    tell('Issue', 'create', issue, actor)
    return issue
  }

  /** Sets what differs. Nothing differs: nothing happens. */
  function change(issue: Issue, changes: Partial<Issue>, actor: User): void {
    const from: Record<string, unknown> = {}
    const now = nextMoment(issue)
    const entry: HistoryEntry = { ...world.entity('IssueHistory'), createdAt: now, updatedAt: now, actorId: actor.id }
    for (const [key, value] of Object.entries(changes)) {
      const former = issue[key as keyof Issue]
      if (JSON.stringify(former) === JSON.stringify(value)) continue
      from[key] = former
      const name = LOGGED[key as keyof Issue]
      if (name) Object.assign(entry, { [`from${name}`]: former ?? null, [`to${name}`]: value ?? null })
      if (key === 'archivedAt') entry.archived = value !== null
      if (key === 'trashed') entry.trashed = value === true
    }
    if (Object.keys(from).length === 0) return
    if (changes.teamId && changes.teamId !== issue.teamId) {
      issue.previousIdentifiers = [...issue.previousIdentifiers, world.identifier(issue)]
      const team = world.teams.get(changes.teamId)!
      team.issued += 1
      issue.number = team.issued
    }
    Object.assign(issue, changes)
    if ('stateId' in from) {
      const last = issue.spans.at(-1)
      if (last) last.endedAt = now
      issue.spans.push({ id: world.entity('IssueStateSpan').id, stateId: issue.stateId, startedAt: now, endedAt: null })
      moments(issue, now)
    }
    if (Date.parse(now) - Date.parse(issue.createdAt) >= world.unloggedMs) issue.entries.push(entry)
    from.updatedAt = issue.updatedAt
    issue.updatedAt = now
    tell('Issue', changes.trashed ? 'remove' : 'update', issue, actor, from)
  }

  /** No two states of an issue bear the same moment. */
  const nextMoment = ({ updatedAt }: Issue): string =>
    new Date(Math.max(world.clock.now(), Date.parse(updatedAt) + 1)).toISOString()

  function moments(issue: Issue, now: string): void {
    const type = world.states.get(issue.stateId)?.type
    if (type === 'started') issue.startedAt ??= now
    issue.completedAt = type === 'completed' ? now : null
    issue.canceledAt = type === 'canceled' || type === 'duplicate' ? now : null
  }

  /** For good: nothing shows it any more. */
  function erase(issue: Issue, actor: User): void {
    world.drop(issue)
    tell('Issue', 'remove', issue, actor)
  }

  function comment(issue: Issue, body: string, actor: User, draft: { id?: string; parentId?: string } = {}): Comment {
    const made: Comment = {
      ...world.entity('Comment', draft.id),
      body,
      editedAt: null,
      issueId: issue.id,
      userId: actor.id,
      parentId: draft.parentId ?? null
    }
    world.comments.set(made.id, made)
    world.commentList.push(made)
    world.commentsOf.set(issue.id, [...(world.commentsOf.get(issue.id) ?? []), made])
    tell('Comment', 'create', made, actor)
    return made
  }

  function editComment(comment: Comment, body: string, actor: User): void {
    const from = { body: comment.body, updatedAt: comment.updatedAt }
    const now = world.now()
    Object.assign(comment, { body, editedAt: now, updatedAt: now })
    tell('Comment', 'update', comment, actor, from)
  }

  function removeComment(comment: Comment, actor: User): void {
    world.comments.delete(comment.id)
    world.commentList.splice(world.commentList.indexOf(comment), 1)
    const rest = (world.commentsOf.get(comment.issueId) ?? []).filter((one) => one !== comment)
    world.commentsOf.set(comment.issueId, rest)
    tell('Comment', 'remove', comment, actor)
  }

  return { create, change, erase, comment, editComment, removeComment }
}
