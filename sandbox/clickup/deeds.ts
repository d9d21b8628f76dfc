/** What people do to tasks: the world changes, and its webhooks tell. */
import type { Hooks, Item } from './hooks.ts'
import { PRIORITIES, plainText, userJson } from './serialise.ts'
import type { Comment, Due, List, Run, Status, Task, User, World } from './world.ts'

export interface NewTask {
  list: List
  status: Status
  name: string
  by: User
  description?: string
  assignees?: User[]
  tags?: string[]
  priority?: Task['priority']
  due?: Due | null
  start?: Due | null
  points?: number | null
  estimate?: number | null
  parent?: Task | null
  archived?: boolean
}

export class Deeds {
  readonly #world: World
  readonly #hooks: Hooks

  constructor(world: World, hooks: Hooks) {
    this.#world = world
    this.#hooks = hooks
  }

  make(draft: NewTask): Task {
    const now = this.#world.clock.now()
    const { list, status, by } = draft
    const task: Task = {
      id: this.#world.id('task'),
      order: this.#world.tasks.size,
      list,
      name: draft.name,
      description: draft.description ?? '',
      status,
      creator: by,
      created: now,
      updated: now,
      closed: null,
      done: null,
      archived: draft.archived ?? false,
      deleted: false,
      parent: draft.parent ?? null,
      assignees: draft.assignees ?? [],
      tags: draft.tags ?? [],
      priority: draft.priority ?? null,
      due: draft.due ?? null,
      start: draft.start ?? null,
      points: draft.points ?? null,
      estimate: draft.estimate ?? null,
      checklists: [],
      values: new Map(),
      history: [],
      comments: [],
      spoilt: null
    }
    enter(task, status, now)
    this.#world.addTask(task)
    const item: Item = {
      field: 'status',
      before: { status: null, color: '#000000', type: 'removed', orderindex: -1 },
      after: stated(status),
      data: { status_type: status.type },
      id: this.#world.id('history')
    }
    this.#hooks.fire(task, by, ['taskCreated'], [item, { field: 'task_creation' }])
    this.#hooks.fire(task, by, ['taskStatusUpdated'], [item])
    return task
  }

  rename(task: Task, name: string, by: User): void {
    const before = task.name
    task.name = name
    this.#told(task, by, [], [{ field: 'name', before, after: name }])
  }

  describe(task: Task, description: string, by: User): void {
    task.description = description
    const after = JSON.stringify({ ops: [{ insert: `${description}\n` }] })
    this.#told(task, by, [], [{ field: 'content', after }])
  }

  setStatus(task: Task, status: Status, by: User): void {
    if (task.status === status) return
    const before = task.status
    const now = this.#world.clock.now()
    enter(task, status, now)
    const item = { field: 'status', before: stated(before), after: stated(status), data: { status_type: status.type } }
    this.#told(task, by, ['taskStatusUpdated'], [item], now)
  }

  setDue(task: Task, due: Due | null, by: User): void {
    const before = task.due
    task.due = due
    const data = { due_date_time: due?.time ?? null, old_due_date_time: before?.time ?? null }
    this.#told(task, by, ['taskDueDateUpdated'], [{ field: 'due_date', before: text(before), after: text(due), data }])
  }

  setStart(task: Task, start: Due | null, by: User): void {
    const before = task.start
    task.start = start
    this.#told(task, by, [], [{ field: 'start_date', before: text(before), after: text(start) }])
  }

  setPriority(task: Task, priority: Task['priority'], by: User): void {
    task.priority = priority
    const after = priority === null ? null : PRIORITIES[priority - 1]
    this.#told(task, by, ['taskPriorityUpdated'], [{ field: 'priority', after }])
  }

  setAssignees(task: Task, assignees: User[], by: User): void {
    const added = assignees.filter((one) => !task.assignees.includes(one))
    const removed = task.assignees.filter((one) => !assignees.includes(one))
    if (added.length + removed.length === 0) return
    task.assignees = assignees
    this.#told(
      task,
      by,
      ['taskAssigneeUpdated'],
      [
        ...added.map((one) => ({ field: 'assignee_add', after: userJson(one) })),
        ...removed.map((one) => ({ field: 'assignee_rem', before: userJson(one) }))
      ]
    )
  }

  setArchived(task: Task, archived: boolean, by: User): void {
    if (task.archived === archived) return
    task.archived = archived
    this.#told(task, by, [], [{ field: 'archived', before: !archived, after: archived }])
  }

  /** Into another list, where it needs a status of that one. */
  moveTo(task: Task, list: List, status: Status, by: User): void {
    const before = placed(task.list)
    task.list = list
    this.#told(task, by, ['taskMoved'], [{ field: 'section_moved', before, after: placed(list) }])
    this.setStatus(task, status, by)
  }

  remove(task: Task): void {
    task.deleted = true
    this.#world.version += 1
    this.#hooks.deleted(task)
  }

  comment(task: Task, runs: Run[], by: User): Comment {
    const comment: Comment = {
      id: this.#world.id('comment'),
      history: this.#world.id('history'),
      task,
      runs,
      user: by,
      date: this.#world.clock.now(),
      resolved: false
    }
    task.comments.push(comment)
    this.#world.comments.set(comment.id, comment)
    this.#hooks.fire(task, by, ['taskCommentPosted', 'taskUpdated'], [said(comment)])
    return comment
  }

  editComment(comment: Comment, runs: Run[], by: User): void {
    comment.runs = runs
    this.#hooks.fire(comment.task, by, ['taskCommentUpdated', 'taskUpdated'], [said(comment)])
  }

  /** Nothing rings. */
  removeComment(comment: Comment): void {
    comment.task.comments = comment.task.comments.filter((one) => one !== comment)
    this.#world.comments.delete(comment.id)
  }

  #told(task: Task, by: User, events: readonly string[], items: readonly Item[], now?: number): void {
    this.#world.touch(task, now)
    const known = items.map((item) => ({ ...item, id: this.#world.id('history') }))
    this.#hooks.fire(task, by, [...events, 'taskUpdated'], known)
  }
}

function enter(task: Task, status: Status, now: number): void {
  task.status = status
  task.history.push({ status, since: now })
  const closed = status.type === 'closed'
  const done = closed || status.type === 'done'
  task.done = done ? (task.done ?? now) : null
  task.closed = closed ? (task.closed ?? now) : null
}

const stated = ({ status, color, orderindex, type }: Status) => ({ status, color, orderindex, type })

const text = (due: Due | null): string | null => (due === null ? null : String(due.ms))

const placed = (list: List) => ({
  id: list.id,
  name: list.name,
  category: {
    id: list.folder?.id ?? `${list.id.slice(0, -1)}9`,
    name: list.folder?.name ?? 'hidden',
    hidden: !list.folder
  },
  project: { id: list.space.id, name: list.space.name }
})

const said = (comment: Comment): Item => ({
  field: 'comment',
  after: comment.id,
  id: comment.history,
  date: comment.date,
  more: {
    comment: {
      id: comment.id,
      date: String(comment.date),
      parent: comment.task.id,
      type: 1,
      comment: comment.runs,
      text_content: plainText(comment.runs),
      user: userJson(comment.user)
    }
  }
})
