/** Which tasks an answer lists, in which order, a hundred to a page. */
import type { List, Task, World } from './world.ts'

const PAGE = 100

export interface Listed {
  tasks: Task[]
  last: boolean
}

export class Listing {
  readonly #world: World
  /** The last few questions, worked out: pages of one run ask the same. */
  readonly #known = new Map<string, { version: number; tasks: Task[] }>()

  constructor(world: World) {
    this.#world = world
  }

  /** `within`: whose tasks may be shown; `archived`: only archived ones, or none of them. */
  page(name: string, within: (list: List) => boolean, archived: boolean, query: URLSearchParams): Listed {
    const page = Number(query.get('page') ?? 0)
    const asked = new URLSearchParams(query)
    asked.delete('page')
    const tasks = this.#all(`${name} ${asked}`, within, archived, query)
    return { tasks: tasks.slice(page * PAGE, (page + 1) * PAGE), last: tasks.length <= (page + 1) * PAGE }
  }

  /** How many a list has that are not archived. */
  count(list: List): number {
    return this.#all(list.id, (one) => one === list, false, EVERY).length
  }

  #all(key: string, within: (list: List) => boolean, archived: boolean, query: URLSearchParams): Task[] {
    const known = this.#known.get(key)
    if (known?.version === this.#world.version) return known.tasks
    const wanted = filters(query)
    const lists = new Set([...this.#world.lists.values()].filter(within))
    const tasks = [...this.#world.tasks.values()].filter(
      (task) => lists.has(task.list) && !task.deleted && task.archived === archived && wanted.every((is) => is(task))
    )
    tasks.sort(order(query, this.#world.newestFirst))
    if (this.#known.size > 8) this.#known.clear()
    this.#known.set(key, { version: this.#world.version, tasks })
    return tasks
  }
}

const EVERY = new URLSearchParams('subtasks=true&include_closed=true')

/** Newest first, as recorded; `reverse` turns that round. */
function order(query: URLSearchParams, newestFirst: boolean): (a: Task, b: Task) => number {
  const sign = query.get('reverse') === 'true' && !newestFirst ? 1 : -1
  const by = query.get('order_by')
  if (by === 'updated') return (a, b) => sign * (a.updated - b.updated || a.order - b.order)
  if (by === 'due_date') return (a, b) => sign * ((a.due?.ms ?? 0) - (b.due?.ms ?? 0) || a.order - b.order)
  return (a, b) => sign * (a.created - b.created || a.order - b.order)
}

type Filter = (task: Task) => boolean

function filters(query: URLSearchParams): Filter[] {
  const all: Filter[] = []
  if (query.get('subtasks') !== 'true') all.push((task) => task.parent === null)
  if (query.get('include_closed') !== 'true') all.push((task) => task.status.type !== 'closed')
  for (const [name, of] of Object.entries(DATES)) {
    for (const [end, sign] of [
      ['gt', 1],
      ['lt', -1]
    ] as const) {
      const limit = query.get(`${name}_${end}`)
      // A date that is not set is neither before nor after anything.
      if (limit !== null) all.push((task) => sign * ((of(task) ?? Number.NaN) - Number(limit)) > 0)
    }
  }
  const among = (name: string, of: (task: Task) => string[]) => {
    const wanted = [...query.getAll(name), ...query.getAll(`${name}[]`)]
    if (wanted.length > 0) all.push((task) => of(task).some((one) => wanted.includes(one)))
  }
  among('list_ids', ({ list }) => [list.id])
  among('project_ids', ({ list }) => (list.folder ? [list.folder.id] : []))
  among('space_ids', ({ list }) => [list.space.id])
  among('statuses', ({ status }) => [status.status])
  among('assignees', ({ assignees }) => assignees.map(({ id }) => String(id)))
  among('tags', ({ tags }) => tags)
  const parent = query.get('parent')
  if (parent !== null) all.push((task) => task.parent?.id === parent)
  return all
}

const DATES: Record<string, (task: Task) => number | null> = {
  date_created: ({ created }) => created,
  date_updated: ({ updated }) => updated,
  date_done: ({ done }) => done,
  due_date: ({ due }) => due?.ms ?? null
}
