/** People, projects and tasks in the words all stand-ins share, played as monday would. */
import type { Due, PlantCategory, PlantField, Planting, ProjectDraft, TaskDraft } from '../kit/plant.ts'
import type { Acts } from './acts.ts'
import { type Label, labelsOf } from './values.ts'
import type { Board, Column, Item, World } from './world.ts'

const PRIORITIES = { urgent: 'Critical', high: 'High', normal: 'Medium', low: 'Low' }
/** Indexes of labels that mean nothing by themselves; 1 is for what is done, 5 for what nobody has touched. */
const FREE = [0, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]

export function createPlanting(world: World, acts: Acts): Planting {
  const itemOf = (id: string): Item => {
    const item = world.items.get(id)
    if (!item) throw new Error(`no such task: ${id}`)
    return item
  }
  const boardOf = (id: string): Board => {
    const board = world.boards.get(id)
    if (!board) throw new Error(`no such project: ${id}`)
    return board
  }
  const by = (person: string | undefined) => person ?? world.me.id
  const people = (ids: string[]) =>
    ids.length === 0 ? null : { personsAndTeams: ids.map((id) => ({ id: Number(id), kind: 'person' })) }

  function project(draft: ProjectDraft) {
    const labels = labelled(draft.columns)
    const members = draft.members ?? []
    const board = world.board({
      name: draft.name,
      state: draft.archived ? 'archived' : 'active',
      kind: draft.guests ? 'share' : 'public',
      subscribers: new Set([world.me.id, ...members]),
      columns: columns(labels)
    })
    const ids = labels.map(({ label, index }) => [label, `${board.id}:status:${index}`] as const)
    return { id: board.id, columns: Object.fromEntries(ids) }
  }

  function task(draft: TaskDraft): { id: string } {
    const home = boardOf(draft.project)
    const parent = draft.parent === undefined ? null : itemOf(draft.parent)
    const board = parent ? world.subitemBoard(home) : home
    const actor = by(draft.by)
    const item = acts.create(board, draft.title, actor, parent)
    // Who is given a task follows its board from then on.
    for (const person of draft.assignees ?? []) home.subscribers.add(person)
    const values: [string, unknown][] = [
      ['status', { index: indexOf(draft.column), post_id: null }],
      ['person', people(draft.assignees ?? [])],
      ['date_start', dueValue(draft.start)],
      ['date4', dueValue(draft.due)],
      ['long_text', draft.description ? { text: draft.description } : null],
      ['numbers', draft.estimate === undefined ? null : String(draft.estimate)],
      ['tags', draft.labels?.length ? { tag_ids: draft.labels.map((name) => Number(world.tag(name).id)) } : null],
      ['priority', draft.priority ? { index: priorityIndex(board, PRIORITIES[draft.priority]), post_id: null } : null],
      ...(draft.fields ?? []).map((field): [string, unknown] => [fieldColumn(board, field), fieldValue(field)])
    ]
    for (const [column, raw] of values) if (raw !== null) acts.set(item, column, raw, actor, true)
    if (draft.archived) acts.state(item, 'archived', actor)
    return { id: item.id }
  }

  return {
    person: ({ name, email }) => ({ id: world.user(name, email ?? null).id }),
    project,
    task,
    change(id, change) {
      const item = itemOf(id)
      const actor = by(change.by)
      const board = boardOf(item.board)
      const status = (index: number) => acts.set(item, 'status', { index, post_id: null }, actor)
      if (change.title !== undefined) acts.rename(item, change.title, actor)
      if (change.description !== undefined) {
        acts.set(item, 'long_text', change.description === '' ? null : { text: change.description }, actor)
      }
      if (change.column !== undefined) status(indexOf(change.column))
      if (change.due !== undefined) acts.set(item, 'date4', dueValue(change.due), actor)
      if (change.assignees) {
        for (const person of change.assignees) board.subscribers.add(person)
        acts.set(item, 'person', people(change.assignees), actor)
      }
      if (change.completed !== undefined) status(labelIndex(board, change.completed))
      if (change.archived !== undefined) acts.state(item, change.archived ? 'archived' : 'active', actor)
      if (change.move) {
        acts.toBoard(item, boardOf(change.move.project), actor)
        status(indexOf(change.move.column))
      }
      if (change.deleted) acts.state(item, 'deleted', actor)
    },
    comment: (id, { by: author, text }) => ({ id: acts.comment(itemOf(id), text, author).id }),
    look(id) {
      const item = world.items.get(id)
      if (!item) return null
      const board = boardOf(item.board)
      const home = board.parent ?? board.id
      const value = (column: string) => (item.values.get(column)?.raw ?? null) as never
      const index = (value('status') as { index: number } | null)?.index ?? 5
      const assigned = (value('person') as { personsAndTeams: { id: number }[] } | null)?.personsAndTeams ?? []
      return {
        id,
        project: home,
        column: `${home}:status:${index}`,
        title: item.name,
        due: dueOf(value('date4')),
        assignees: assigned.map((one) => String(one.id)),
        completed: statusLabels(board).some((label) => label.index === index && label.is_done),
        state: item.state === 'active' ? 'present' : item.state,
        comments: item.updates.map((update) => {
          const { author, body, createdAt } = world.updates.get(update)!
          return { id: update, author, text: body, at: new Date(createdAt).toISOString() }
        })
      }
    },
    spoil(id, { set = {}, drop = [] }) {
      const { spoilt } = itemOf(id)
      Object.assign(spoilt, set, Object.fromEntries(drop.map((key) => [key, null])))
    },
    access(id, allowed) {
      for (const board of world.boards.values()) if (board.id === id || board.parent === id) board.hidden = !allowed
    }
  }

  /** A column for values of this name, made when it is first needed. */
  function fieldColumn(board: Board, { name, type }: PlantField): string {
    const known = board.columns.find(({ title }) => title === name)
    if (known) return known.id
    const kind = { text: 'text', number: 'numbers', date: 'date', checkbox: 'checkbox', choice: 'dropdown' }[type]
    const id = `${kind}_${board.columns.length}`
    board.columns.push({ id, title: name, type: kind, archived: false, settings: {} })
    return id
  }
}

const statusLabels = (board: Board): Label[] => labelsOf(board.columns.find(({ id }) => id === 'status')!)

function labelIndex(board: Board, done: boolean): number {
  const label = statusLabels(board).find(({ is_done }) => is_done === done)
  if (!label) throw new Error(`${board.name} has no column that is ${done ? '' : 'not '}done`)
  return label.index
}

const priorityIndex = (board: Board, label: string): number =>
  labelsOf(board.columns.find(({ id }) => id === 'priority')!).find((one) => one.label === label)!.index

/** The index inside a column's external id (`board:status:1`). */
const indexOf = (column: string): number => Number(column.split(':').at(-1))

/** The first that is not begun is the label of untouched items; the first that is done has the index done has everywhere. */
function labelled(columns: { name: string; category: PlantCategory }[]): Label[] {
  const free = [...FREE]
  let blank = false
  let done = false
  return columns.map(({ name, category }) => {
    const waits = category === 'backlog' || category === 'todo'
    const index = waits && !blank ? 5 : category === 'done' && !done ? 1 : free.shift()!
    blank ||= waits
    done ||= category === 'done'
    return { index, label: name, is_done: category === 'done' }
  })
}

function columns(labels: Label[]): Column[] {
  const column = (id: string, title: string, type: string, settings: Record<string, unknown> = {}): Column => ({
    id,
    title,
    type,
    settings,
    archived: false
  })
  const priorities = Object.values(PRIORITIES).map((label, index) => ({ index, label, is_done: false }))
  return [
    column('name', 'Name', 'name'),
    column('person', 'Owner', 'people'),
    column('status', 'Status', 'status', { type: 'status', labels }),
    column('priority', 'Priority', 'status', { type: 'status', labels: priorities }),
    column('date_start', 'Start date', 'date'),
    column('date4', 'Due date', 'date'),
    column('long_text', 'Description', 'long_text'),
    column('numbers', 'Estimate', 'numbers'),
    column('tags', 'Tags', 'tags')
  ]
}

function dueValue(due: Due | null | undefined): unknown {
  if (!due) return null
  const at = 'date' in due ? due.date : new Date(due.at).toISOString()
  return { date: at.slice(0, 10), icon: null, time: 'date' in due ? null : at.slice(11, 19) }
}

function dueOf(raw: { date: string; time: string | null } | null): Due | null {
  if (!raw) return null
  return raw.time === null ? { date: raw.date } : { at: new Date(`${raw.date}T${raw.time}Z`).toISOString() }
}

function fieldValue({ type, value }: PlantField): unknown {
  if (type === 'checkbox') return { checked: value === true }
  if (type === 'date') return dueValue(String(value).includes('T') ? { at: String(value) } : { date: String(value) })
  return type === 'choice' ? { labels: [String(value)] } : String(value)
}
