/** The neutral words of tests and the demo, played as ClickUp plays them (sandbox/kit/plant.ts). */
import { BadOrder } from '../kit/admin.ts'
import type { Due as DraftDue, PlantCategory, PlantField, Planting } from '../kit/plant.ts'
import { dateIn, dayIn } from './days.ts'
import type { Deeds } from './deeds.ts'
import { type Due, type Field, type List, type Status, type Task, type User, type World, ZONE } from './world.ts'

export function createPlanting(world: World, deeds: Deeds): Planting {
  const listOf = (id: string): List => world.lists.get(id) ?? missing('list', id)
  const taskOf = (id: string): Task => world.tasks.get(id) ?? missing('task', id)
  const userOf = (id: string | undefined): User =>
    id === undefined ? world.own : (world.users.get(Number(id)) ?? missing('person', id))
  const statusOf = (list: List, column: string): Status =>
    list.statuses.find((one) => `${list.id}:${one.id}` === column) ?? missing('column', column)

  return {
    person: ({ name, email }) => {
      const user = world.person(
        name,
        email === undefined ? `${name.toLowerCase().replaceAll(/\W+/g, '.')}@larkfield.example` : email
      )
      return { id: String(user.id) }
    },
    project({ name, columns, members = [], archived = false, guests = false }) {
      const id = world.id('list')
      const statuses = statusesOf(id, columns)
      const explicit = new Set([world.own.id, ...members.map(Number)])
      if (guests) explicit.add(guestOf(world).id)
      const list: List = {
        id,
        name,
        space: world.home,
        folder: null,
        archived,
        statuses,
        members: explicit,
        denied: false,
        fields: []
      }
      world.lists.set(id, list)
      world.version += 1
      return {
        id,
        columns: Object.fromEntries(statuses.map((one, index) => [columns[index]!.name, `${id}:${one.id}`]))
      }
    },
    task(draft) {
      const list = listOf(draft.project)
      const by = userOf(draft.by)
      const task = deeds.make({
        list,
        status: statusOf(list, draft.column),
        name: draft.title,
        by,
        description: draft.description ?? '',
        assignees: (draft.assignees ?? []).map(userOf),
        tags: (draft.labels ?? []).map((label) => label.toLowerCase()),
        priority: draft.priority === undefined ? null : PRIORITIES[draft.priority],
        due: due(draft.due, by.timezone),
        start: due(draft.start, by.timezone),
        points: draft.estimate ?? null,
        parent: draft.parent === undefined ? null : taskOf(draft.parent),
        archived: draft.archived ?? false
      })
      if (draft.checklist) task.checklists.push(checklist(world, draft.checklist))
      for (const field of draft.fields ?? []) setField(world, task, field)
      world.version += 1
      return { id: task.id }
    },
    change(id, change) {
      const task = taskOf(id)
      const by = userOf(change.by)
      for (const key of Object.keys(change)) {
        if (key === 'title') deeds.rename(task, change.title!, by)
        else if (key === 'description') deeds.describe(task, change.description!, by)
        else if (key === 'column') deeds.setStatus(task, statusOf(task.list, change.column!), by)
        else if (key === 'due') deeds.setDue(task, due(change.due ?? undefined, by.timezone), by)
        else if (key === 'assignees') deeds.setAssignees(task, change.assignees!.map(userOf), by)
        else if (key === 'completed') deeds.setStatus(task, ended(task.list, change.completed!), by)
        else if (key === 'archived') deeds.setArchived(task, change.archived!, by)
        else if (key === 'move') {
          const list = listOf(change.move!.project)
          deeds.moveTo(task, list, statusOf(list, change.move!.column), by)
        } else if (key === 'deleted') deeds.remove(task)
      }
    },
    comment(id, { by, text }) {
      const runs = [
        { text, attributes: {} },
        { text: '\n', attributes: {} }
      ]
      return { id: deeds.comment(taskOf(id), runs, userOf(by)).id }
    },
    look(id) {
      const task = world.tasks.get(id)
      if (!task) return null
      return {
        id,
        project: task.list.id,
        column: `${task.list.id}:${task.status.id}`,
        title: task.name,
        due: told(task.due),
        assignees: task.assignees.map((one) => String(one.id)),
        completed: task.done !== null,
        state: task.deleted ? 'deleted' : task.archived ? 'archived' : 'present',
        comments: task.comments.map((one) => ({
          id: one.id,
          author: String(one.user.id),
          text: one.runs.map(stored).join(''),
          at: new Date(one.date).toISOString()
        }))
      }
    },
    spoil(id, { set = {}, drop = [] }) {
      taskOf(id).spoilt = { set, drop }
      world.version += 1
    },
    access(project, allowed) {
      listOf(project).denied = !allowed
      world.version += 1
    }
  }
}

function missing(what: string, id: string): never {
  throw new BadOrder(`no such ${what}: ${id}`)
}

/**
 * One open status and one closed one, as every list of ClickUp's has; what stands between them is not started, active or
 * done. Nothing here says "dropped": that is one more way to be done.
 */
export function statusesOf(list: string, columns: readonly { name: string; category: PlantCategory }[]): Status[] {
  const open = columns.findIndex(({ category }) => category === 'backlog' || category === 'todo')
  const closed = columns.findLastIndex(({ category }) => category === 'done')
  return columns.map(({ name, category }, index) => ({
    id: `sc${list}_${index}${name.replaceAll(/\W/g, '').slice(0, 6)}`,
    status: name,
    type: index === open ? 'open' : index === closed ? 'closed' : TYPES[category],
    orderindex: index,
    color: '#87909e'
  }))
}

const TYPES: Record<PlantCategory, Status['type']> = {
  backlog: 'unstarted',
  todo: 'unstarted',
  doing: 'custom',
  done: 'done',
  dropped: 'done'
}

function ended(list: List, completed: boolean): Status {
  const types = completed ? ['closed', 'done'] : ['open', 'unstarted', 'custom']
  for (const type of types) {
    const status = list.statuses.find((one) => one.type === type)
    if (status) return status
  }
  throw new BadOrder(`no status to ${completed ? 'close' : 'reopen'} with in ${list.id}`)
}

const PRIORITIES = { urgent: 1, high: 2, normal: 3, low: 4 } as const

const due = (draft: DraftDue | undefined, zone: string): Due | null =>
  draft === undefined ? null : 'date' in draft ? dayIn(draft.date, zone) : { ms: Date.parse(draft.at), time: true }

const told = (due: Due | null): DraftDue | null =>
  due === null ? null : due.time ? { at: new Date(due.ms).toISOString() } : { date: dateIn(due.ms, ZONE) }

function guestOf(world: World): User {
  const guest = world.person('A Client', 'client@brightwell.example')
  guest.role = 4
  return guest
}

const checklist = (world: World, { done, total }: { done: number; total: number }): Task['checklists'][number] => ({
  id: world.id('other'),
  name: 'Checklist',
  items: Array.from({ length: total }, (_, index) => ({
    id: world.id('other'),
    name: `Step ${index + 1}`,
    resolved: index < done
  }))
})

const FIELD_TYPES: Record<PlantField['type'], string> = {
  text: 'short_text',
  number: 'number',
  date: 'date',
  checkbox: 'checkbox',
  choice: 'drop_down'
}

/** Values travel as ClickUp has them: numbers, dates and ticks as texts, a choice as its place in the order. */
function setField(world: World, task: Task, { name, type, value }: PlantField): void {
  const fields = task.list.fields
  const known = fields.find((one) => one.name === name)
  const field: Field = known ?? { id: world.id('other'), name, type: FIELD_TYPES[type], options: [] }
  if (!known) fields.push(field)
  task.values.set(
    field,
    type === 'choice'
      ? option(world, field, String(value))
      : type === 'date'
        ? String(Date.parse(String(value)))
        : String(value)
  )
}

function option(world: World, field: Field, name: string): number {
  const known = field.options.find((one) => one.name === name)
  if (known) return known.orderindex
  field.options.push({ id: world.id('other'), name, orderindex: field.options.length, color: null })
  return field.options.length - 1
}

/** A run as Markdown: its text is shown as it stands, so whatever would be markup there is escaped. */
function stored(run: Record<string, unknown>): string {
  const { link } = (run.attributes ?? {}) as { link?: unknown }
  const text = String(run.text ?? '').replace(/[\\`*_[\]<>#~|&]/g, '\\$&')
  return typeof link === 'string' ? `[${text}](${link})` : text
}
