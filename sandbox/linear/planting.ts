/** The words all stand-ins share, played as people use Linear. */
import type { Due, Planting, TaskChange, TaskDraft } from '../kit/plant.ts'
import type { Issue, StateType, User } from './facts.ts'
import type { Work } from './work.ts'
import type { World } from './world.ts'

const TYPES: Record<string, StateType> = {
  backlog: 'backlog',
  todo: 'unstarted',
  doing: 'started',
  done: 'completed',
  dropped: 'canceled'
}
const PRIORITIES = { urgent: 1, high: 2, normal: 3, low: 4 } as const

export function createPlanting(world: World, work: Work): Planting {
  const actor = (by: string | undefined): User => (by === undefined ? world.me : userOf(by))

  function userOf(id: string): User {
    const user = world.users.get(id)
    if (!user) throw new Error(`no person ${id}`)
    return user
  }

  function issueOf(id: string): Issue {
    const issue = world.issues.get(id)
    if (!issue) throw new Error(`no issue ${id}`)
    return issue
  }

  function draft(task: TaskDraft): Parameters<Work['create']>[0] {
    if (!world.teams.has(task.project)) throw new Error(`no team ${task.project}`)
    if (!world.states.has(task.column)) throw new Error(`no column ${task.column}`)
    return {
      teamId: task.project,
      stateId: task.column,
      title: task.title,
      description: task.description ?? null,
      priority: task.priority ? PRIORITIES[task.priority] : 0,
      estimate: task.estimate ?? null,
      dueDate: task.due ? day(task.due) : null,
      assigneeId: task.assignees?.at(-1) ?? null,
      parentId: task.parent ?? null,
      labelIds: (task.labels ?? []).map((name) => world.label(name).id),
      archivedAt: task.archived ? world.now() : null
    }
  }

  /** All but `deleted`, as what differs on the issue. */
  function changes(issue: Issue, change: TaskChange): Partial<Issue> {
    const changed: Partial<Issue> = {}
    if (change.title !== undefined) changed.title = change.title
    if (change.description !== undefined) changed.description = change.description
    if (change.column !== undefined) changed.stateId = change.column
    if (change.due !== undefined) changed.dueDate = change.due === null ? null : day(change.due)
    if (change.assignees !== undefined) changed.assigneeId = change.assignees.at(-1) ?? null
    if (change.completed !== undefined) {
      const types: StateType[] = change.completed ? ['completed'] : ['unstarted', 'backlog', 'started']
      const state = world.stateOf(issue.teamId, types)
      if (!state) throw new Error(`the team has no column for that`)
      changed.stateId = state.id
    }
    if (change.archived !== undefined) changed.archivedAt = change.archived ? world.now() : null
    if (change.move) Object.assign(changed, { teamId: change.move.project, stateId: change.move.column })
    return changed
  }

  return {
    person: ({ name, email }) => ({ id: world.user(name, email ? { email } : {}).id }),

    project({ name, columns, members = [], archived = false, guests = false }) {
      const visitors = guests ? [world.user('Guest of the house', { guest: true }).id] : []
      const team = world.team(name, { members: [...members, ...visitors], archived })
      const states = columns.map((column, index) =>
        world.state(team, column.name, TYPES[column.category] ?? 'unstarted', index)
      )
      return { id: team.id, columns: Object.fromEntries(states.map((state) => [state.name, state.id])) }
    },

    task: (task) => ({ id: work.create(draft(task), actor(task.by)).id }),

    change(task, change) {
      const issue = issueOf(task)
      const by = actor(change.by)
      work.change(issue, changes(issue, change), by)
      if (change.deleted) work.change(issue, { trashed: true, archivedAt: world.now() }, by)
    },

    comment: (task, { by, text }) => ({ id: work.comment(issueOf(task), text, userOf(by)).id }),

    look(task) {
      const issue = world.issues.get(task)
      if (!issue) return null
      return {
        id: issue.id,
        project: issue.teamId,
        column: issue.stateId,
        title: issue.title,
        due: issue.dueDate === null ? null : { date: issue.dueDate },
        assignees: issue.assigneeId === null ? [] : [issue.assigneeId],
        completed: issue.completedAt !== null,
        state: issue.trashed ? 'deleted' : issue.archivedAt ? 'archived' : 'present',
        comments: (world.commentsOf.get(task) ?? []).map(({ id, userId, body, createdAt }) => ({
          id,
          author: userId ?? '',
          text: body,
          at: createdAt
        }))
      }
    },

    spoil(task, { set = {}, drop = [] }) {
      const issue = issueOf(task) as unknown as Record<string, unknown>
      Object.assign(issue, set)
      for (const key of drop) delete issue[key]
    },

    access(project, allowed) {
      const team = world.teams.get(project)
      if (!team) throw new Error(`no team ${project}`)
      if (allowed) team.hiddenFrom.delete(world.me.id)
      else team.hiddenFrom.add(world.me.id)
    }
  }
}

/** Linear knows days only. */
const day = (due: Due): string => ('date' in due ? due.date : due.at.slice(0, 10))
