/**
 * The common task model: what every tool's cards become. Facts as an adapter reports them; the hub's own
 * judgement (findings, contributions, …) lives in the rooms that make it.
 *
 * Instants are ISO 8601 strings in UTC with milliseconds (`2026-11-16T08:00:00.000Z`); external ids are the tool's
 * own, always strings.
 */
import { z } from 'zod'

export const Tool = z.enum(['trello', 'clickup', 'basecamp', 'monday', 'linear'])
export type Tool = z.infer<typeof Tool>

/** What a column means. `reference`: notes, info, templates. `unmapped`: its name says nothing and nobody has chosen. */
export const Category = z.enum(['backlog', 'todo', 'doing', 'blocked', 'done', 'dropped', 'reference', 'unmapped'])
export type Category = z.infer<typeof Category>

/** Categories of unfinished work: a present task in one of these, on an active column and project, is *open*. */
export const OPEN_CATEGORIES = ['backlog', 'todo', 'doing', 'blocked'] as const satisfies readonly Category[]

/** `hidden`: we cannot see it and have no proof that it is gone. Losing access must not wipe history. */
export const Presence = z.enum(['present', 'archived', 'deleted', 'hidden'])
export type Presence = z.infer<typeof Presence>

export const Priority = z.enum(['urgent', 'high', 'normal', 'low', 'none'])
export type Priority = z.infer<typeof Priority>

/** How we know a moment: told by the tool, seen by us between two reads, or only a lower bound of the age. */
export const Known = z.enum(['reported', 'observed', 'at_least'])
export type Known = z.infer<typeof Known>

/** A custom field's value with its type and its name on the board; `null` values are not stored. */
export type FieldValue =
  | { name: string; type: 'text'; value: string }
  | { name: string; type: 'number'; value: number }
  | { name: string; type: 'date'; value: string }
  | { name: string; type: 'checkbox'; value: boolean }
  | { name: string; type: 'choice'; value: string }

export interface Label {
  externalId: string
  /** May be empty on the tool; then the colour stands in for it. */
  name: string
  colour: string | null
}

/** A Trello board · Basecamp card table or to-do list · ClickUp list · monday board · Linear team. */
export interface ProjectFacts {
  externalId: string
  name: string
  url: string
  archived: boolean
  /** External ids of the people who can open the project; null when the tool did not say. */
  members: string[] | null
  /** Who can read it beside its members. Comments are never on by default where clients or guests can read. */
  audience: 'members' | 'company' | 'guests' | 'public'
}

export interface ColumnFacts {
  externalId: string
  project: string
  name: string
  /** Ascending from the first column; only the order matters. */
  position: number
  archived: boolean
  /** What the tool itself says the column means, or null when only its name can tell. */
  category: Category | null
}

/** One account of a person in one tool. */
export interface PersonFacts {
  externalId: string
  name: string
  username: string | null
  /** What a mention in a comment is written with, where that is neither the id nor the username. */
  mention?: string | null
  avatarUrl: string | null
  /** Where the tool tells it: what makes two accounts one person. */
  email: string | null
}

export interface TaskFacts {
  externalId: string
  project: string
  column: string | null
  title: string
  /** Markdown. */
  description: string
  url: string
  assignees: string[]
  creator: string | null
  labels: Label[]
  priority: Priority
  /** The tool's own word for the priority; null where it has none. */
  rawPriority: string | null
  startAt: string | null
  dueAt: string | null
  /** True when the tool gave a date without a time: never overdue while that date lasts in the owner's zone. */
  dueIsDate: boolean
  /** The tool's own "complete" mark; a marked card is done wherever it stands. */
  completed: boolean
  /** When it was completed in the tool's own words; null when the tool does not say. */
  completedAt: string | null
  /** When it entered its column in the tool's own words; null when only the history can tell. */
  enteredColumnAt: string | null
  createdAt: string
  /** Last change on the tool's clock. */
  updatedAt: string
  parent: string | null
  checklist: { done: number; total: number }
  estimate: { value: number; unit: 'points' | 'hours' } | null
  /** Null where the tool does not say. */
  commentCount: number | null
  /** Custom fields by the field's external id. */
  fields: Record<string, FieldValue>
  presence: 'present' | 'archived'
}

export const EventType = z.enum([
  'created',
  'moved',
  'left_project',
  'assigned',
  'unassigned',
  'due_changed',
  'start_changed',
  'completed',
  'reopened',
  'archived',
  'restored',
  'deleted',
  'commented',
  'renamed',
  'labelled',
  'changed'
])
export type EventType = z.infer<typeof EventType>

/**
 * One thing that happened to a task, as the tool reports it. `from` and `to` are external column ids for
 * created / moved, external person ids for assigned / unassigned, instants for due_changed / start_changed, texts for
 * renamed; null elsewhere.
 */
export interface EventFacts {
  /** The tool's own id of the event: the same event read twice counts once. */
  externalId: string
  task: string
  type: EventType
  at: string
  actor: string | null
  from: string | null
  to: string | null
}

export interface CommentFacts {
  externalId: string
  task: string
  author: string | null
  at: string
  editedAt: string | null
  text: string
}

/** The hub's id of anything that came from a tool: deterministic, the same on every machine. */
export const hubId = (tool: Tool, externalId: string): string => `${tool}:${externalId}`

/** The tool's own id inside a hub id. */
export const externalId = (id: string): string => id.slice(id.indexOf(':') + 1)
