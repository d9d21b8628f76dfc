/**
 * What every stand-in can be told, in the same words: people, projects, tasks and comments, and what a person does to
 * them. The contract suite and the demo company speak only this; each stand-in plays it as its tool would – with its own
 * ids, history and webhooks, at the moment its clock shows.
 */

export interface Planting {
  /** A person who works in the tool. Known by name: the same name again is the same person. */
  person(draft: PersonDraft): Now<{ id: string }>
  project(draft: ProjectDraft): Now<PlantedProject>
  /** External id. */
  task(draft: TaskDraft): Now<{ id: string }>
  /** What a person does, in the order of the keys; leaves history and fires webhooks. */
  change(task: string, change: TaskChange): Now<void>
  comment(task: string, draft: { by: string; text: string }): Now<{ id: string }>
  /** What is really there, past the API; null when it was never planted. */
  look(task: string): Now<TaskState | null>
  /** Changes the raw JSON of a task behind the tool's back: keys set, `undefined` in `drop` taken away. */
  spoil(task: string, spoil: { set?: Record<string, unknown>; drop?: string[] }): Now<void>
  /** Takes a project away from the hub's own account, or gives it back. */
  access(project: string, allowed: boolean): Now<void>
}

/** At once or a moment later. */
type Now<T> = T | Promise<T>

export interface PersonDraft {
  name: string
  email?: string | null
}

export interface ProjectDraft {
  name: string
  /** `category` counts where the tool itself says what a column means; elsewhere the name has to do. */
  columns: { name: string; category: PlantCategory }[]
  /** External ids of people; the hub's own account always sees it. */
  members?: string[]
  archived?: boolean
  /** Clients or guests can read it. */
  guests?: boolean
}

export type PlantCategory = 'backlog' | 'todo' | 'doing' | 'done' | 'dropped'

export interface PlantedProject {
  id: string
  /** External column ids by name. */
  columns: Record<string, string>
}

export interface TaskDraft {
  project: string
  /** External id. */
  column: string
  title: string
  /** In the tool's own markup; plain text in all but rare cases. */
  description?: string
  /** External ids of people. */
  by?: string
  assignees?: string[]
  labels?: string[]
  priority?: 'urgent' | 'high' | 'normal' | 'low'
  start?: Due
  due?: Due
  checklist?: { done: number; total: number }
  /** In the tool's own unit. */
  estimate?: number
  /** External id of a task. */
  parent?: string
  fields?: PlantField[]
  archived?: boolean
}

/** A day, or an instant (ISO, UTC). */
export type Due = { date: string } | { at: string }

export interface PlantField {
  name: string
  type: 'text' | 'number' | 'date' | 'checkbox' | 'choice'
  value: string | number | boolean
}

export interface TaskChange {
  /** External id of who does it. */
  by?: string
  title?: string
  description?: string
  column?: string
  due?: Due | null
  assignees?: string[]
  /** The tool's own "complete" mark, or its done column where it has none. */
  completed?: boolean
  archived?: boolean
  /** To another project, into this column of it. May give the task a new id. */
  move?: { project: string; column: string }
  deleted?: true
}

export interface TaskState {
  id: string
  project: string
  column: string
  title: string
  due: Due | null
  assignees: string[]
  completed: boolean
  state: 'present' | 'archived' | 'deleted'
  /** Oldest first; `text` is the markup that was stored. `external`: the id the API gives. */
  comments: { id: string; author: string; text: string; at: string }[]
}
