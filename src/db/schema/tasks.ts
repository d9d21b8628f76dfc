/** Facts about tasks, their history, and what could not be understood. */
import { sql } from 'drizzle-orm'
import { bigint, bigserial, boolean, doublePrecision, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, instant } from './types.ts'

export const tasks = pgTable(
  'tasks',
  {
    id: text().primaryKey(),
    tool: text().notNull(),
    projectId: text().notNull(),
    columnId: text(),
    title: text().notNull(),
    description: text().notNull(),
    /** The tool's text was longer than we keep. */
    descriptionCut: boolean().notNull(),
    url: text().notNull(),
    assignees: text().array().notNull(),
    creator: text(),
    labels: jsonb().notNull(),
    priority: text().notNull(),
    rawPriority: text(),
    startAt: instant(),
    dueAt: instant(),
    dueIsDate: boolean().notNull(),
    completed: boolean().notNull(),
    toolCompletedAt: instant(),
    toolEnteredAt: instant(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    parentId: text(),
    checklistDone: integer().notNull(),
    checklistTotal: integer().notNull(),
    estimateValue: doublePrecision(),
    estimateUnit: text(),
    commentCount: integer(),
    fields: jsonb().notNull(),
    presence: text().notNull(),
    /** Of the facts above; an equal one is not written again. */
    hash: text().notNull(),
    runId: integer(),
    storedAt: instant().notNull().default(sql`now()`),

    category: text().notNull(),
    open: boolean().notNull(),
    enteredColumnAt: instant(),
    enteredKnown: text(),
    completedAt: instant(),
    completedKnown: text(),
    lastHumanActivityAt: instant(),
    validFrom: instant().notNull()
  },
  (t) => [
    index('tasks_project').on(t.projectId),
    index('tasks_column').on(t.columnId),
    index('tasks_run').on(t.runId),
    index('tasks_open').on(t.category, t.enteredColumnAt).where(sql`${t.open}`),
    index('tasks_due').on(t.dueAt).where(sql`${t.open} and ${t.dueAt} is not null`),
    index('tasks_completed').on(t.completedAt).where(sql`${t.completedAt} is not null`),
    /** For "mine", and for names that are searched for. */
    index('tasks_assignees').using('gin', t.assignees),
    /** As `operations/searchWords.ts` asks for it. */
    index('tasks_words').using(
      'gin',
      sql`(to_tsvector('simple', ${t.title} || ' ' || left(${t.description}, 10000)) || jsonb_to_tsvector('simple', jsonb_path_query_array(${t.labels}, '$[*].name'), '["string"]'))`
    )
  ]
)

/** Former states of a task; the current row is the open version. Written by a trigger, so no path can forget it. */
export const taskVersions = pgTable(
  'task_versions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    taskId: text().notNull(),
    validFrom: instant().notNull(),
    validTo: instant().notNull(),
    recordedAt: instant().notNull().default(sql`now()`),
    state: jsonb().notNull()
  },
  (t) => [index('task_versions_task').on(t.taskId, t.validFrom)]
)

/** Which line of which bundle holds the tool's JSON of a card. */
export const taskRaw = pgTable(
  'task_raw',
  {
    taskId: text().primaryKey(),
    hash: text().notNull(),
    bundle: bigint({ mode: 'number' }).notNull(),
    line: integer().notNull()
  },
  (t) => [index('task_raw_bundle').on(t.bundle)]
)

/** The tool's JSON of some dozens of cards, a line each, compressed together (zstd). */
export const rawBundles = pgTable('raw_bundles', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  body: bytes().notNull()
})

export const taskEvents = pgTable(
  'task_events',
  {
    id: text().primaryKey(),
    taskId: text().notNull(),
    projectId: text().notNull(),
    type: text().notNull(),
    at: instant().notNull(),
    actor: text(),
    fromId: text(),
    toId: text(),
    /** reported by the tool · observed by us */
    source: text().notNull(),
    /** Observed: it happened after this moment, and not after `at`. */
    notBefore: instant(),
    runId: integer(),
    recordedAt: instant().notNull().default(sql`now()`)
  },
  (t) => [
    index('task_events_task').on(t.taskId, t.at),
    index('task_events_run').on(t.runId),
    index('task_events_observed').on(t.taskId, t.type).where(sql`${t.source} = 'observed'`)
  ]
)

export const comments = pgTable(
  'comments',
  {
    id: text().primaryKey(),
    taskId: text().notNull(),
    author: text(),
    at: instant().notNull(),
    editedAt: instant(),
    text: text().notNull(),
    ours: boolean().notNull().default(false)
  },
  (t) => [index('comments_task').on(t.taskId, t.at)]
)

/** Cards that could not be understood, with the place that is wrong. */
export const quarantine = pgTable('quarantine', {
  taskId: text().primaryKey(),
  projectId: text().notNull(),
  title: text(),
  path: text().notNull(),
  reason: text().notNull(),
  hash: text().notNull(),
  body: bytes().notNull(),
  since: instant().notNull().default(sql`now()`)
})
