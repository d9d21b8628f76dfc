/** What the hub changes on cards and to-dos. `notify` is never sent: what the hub has to say, it says in its comment. */
import { AdapterError, type Json, read, type Session, type TaskDraft } from '../../src/adapter.ts'
import { type Api, number } from './api.ts'
import { described } from './note.ts'
import * as raw from './raw.ts'
import { findTask } from './tasks.ts'

export const createWrite = (api: Api): NonNullable<Session['write']> => ({
  async move(task, column) {
    const made = madeUp(column)
    if (made === null) await api.moveCard(task, column)
    else if (made.state === 'done') await api.completeTodo(task)
    else await api.reopenTodo(task)
  },
  async due(id, due) {
    const { kind, task } = await findTask(api, id)
    const due_on = dayOf(due)
    // An empty text takes the date of a card away; of a to-do, leaving it out does.
    if (kind === 'card') await api.updateCard(id, { due_on: due_on ?? '' })
    else await api.replaceTodo(id, whole(task, { due_on }))
  },
  async assign(id, { add, remove }) {
    const { kind, task } = await findTask(api, id)
    const stay = (task.assignees ?? []).map((one) => one.id).filter((one) => !remove.includes(one))
    const assignee_ids = [...new Set([...stay, ...add])].map(personal)
    if (kind === 'card') await api.updateCard(id, { assignee_ids })
    else await api.replaceTodo(id, whole(task, { assignee_ids }))
  },
  async create(project, draft) {
    const made = madeUp(draft.column)
    return made === null ? createCard(api, draft) : createTodo(api, project, draft, made.state)
  }
})

/** A card is made without people: they come with a second request. */
async function createCard(api: Api, { title, description, column, assignees, due }: TaskDraft): Promise<string> {
  const due_on = dayOf(due)
  const draft = { title, content: described(description), ...(due_on === null ? {} : { due_on }) }
  const { id } = read(raw.Task, await api.createCard(column, draft))
  if (assignees.length > 0) await api.updateCard(id, { assignee_ids: assignees.map(personal) })
  return id
}

async function createTodo(api: Api, list: string, draft: TaskDraft, state: 'open' | 'done'): Promise<string> {
  const due_on = dayOf(draft.due)
  const body = {
    content: draft.title,
    description: described(draft.description),
    assignee_ids: draft.assignees.map(personal),
    ...(due_on === null ? {} : { due_on })
  }
  const { id } = read(raw.Task, await api.createTodo(list, body))
  if (state === 'done') await api.completeTodo(id)
  return id
}

/** Everything that a to-do holds, so that replacing it clears nothing. */
function whole(task: raw.Task, change: { due_on?: string | null; assignee_ids?: (number | string)[] }): Json {
  const ids = (people: readonly raw.Person[] | null | undefined) => (people ?? []).map(({ id }) => number(id))
  const due_on = change.due_on === undefined ? task.due_on : change.due_on
  return {
    content: task.content ?? task.title,
    description: task.description ?? '',
    assignee_ids: change.assignee_ids ?? ids(task.assignees),
    completion_subscriber_ids: ids(task.completion_subscribers),
    ...(due_on == null ? {} : { due_on }),
    ...(task.starts_on == null ? {} : { starts_on: task.starts_on })
  }
}

/** The columns we make up for a to-do list: `{list}:open` and `{list}:done`. */
function madeUp(column: string): { state: 'open' | 'done' } | null {
  const state = /:(open|done)$/.exec(column)?.[1]
  return state === 'open' || state === 'done' ? { state } : null
}

/** Basecamp knows days alone: a moment becomes its day in UTC. */
const dayOf = (due: TaskDraft['due']): string | null =>
  due === null ? null : 'date' in due ? due.date : due.at.slice(0, 10)

function personal(id: string): number | string {
  if (/^\d+$/.test(id)) return number(id)
  throw new AdapterError('not_found', { code: 'no_such_person', path: 'assignees' })
}
