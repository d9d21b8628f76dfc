/**
 * All tables. Ids of things that came from a tool are `tool:external id`; instants are `timestamptz`. Facts stand
 * beside what was derived from them, so that a better derivation can be replayed (`sync/settle.ts` writes the derived
 * columns).
 */
import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex
} from 'drizzle-orm/pg-core'

const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'string' })
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Small facts about this installation: instance id, hash of the API token, proof of the key. */
export const settings = pgTable('settings', { key: text().primaryKey(), value: jsonb().notNull() })

/** One account in one tool. */
export const connections = pgTable(
  'connections',
  {
    id: text().primaryKey(),
    tool: text().notNull(),
    account: text().notNull(),
    accountName: text().notNull(),
    accountUsername: text(),
    /** Encrypted; see `db/secrets.ts`. */
    credentials: bytes().notNull(),
    /** Counts up with each renewal: whoever waited for one sees that it is done. */
    credentialsVersion: integer().notNull().default(1),
    /** Somebody is renewing them; others wait until then and look again. */
    renewingUntil: instant(),
    baseUrl: text(),
    /** active · parked (the tool refuses the account; no further calls until it is reconnected) */
    state: text().notNull().default('active'),
    stateReason: text(),
    stateSince: instant().notNull().default(sql`now()`),
    expiresAt: instant(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [uniqueIndex('connections_account').on(t.tool, t.account, sql`coalesce(${t.baseUrl}, '')`)]
)

/** A person is at the tool's consent screen; what comes back must name one of these. */
export const oauthAttempts = pgTable('oauth_attempts', {
  state: text().primaryKey(),
  tool: text().notNull(),
  /** PKCE verifier, encrypted. */
  verifier: bytes().notNull(),
  redirectUrl: text().notNull(),
  baseUrl: text(),
  createdAt: instant().notNull().default(sql`now()`)
})

/** Working time: zone, working days (ISO weekdays), hours, holidays. */
export const calendars = pgTable('calendars', {
  id: text().primaryKey(),
  name: text().notNull(),
  zone: text().notNull(),
  workingDays: integer().array().notNull(),
  startsAt: text().notNull(),
  endsAt: text().notNull(),
  holidays: date({ mode: 'string' }).array().notNull()
})

export const projects = pgTable('projects', {
  id: text().primaryKey(),
  tool: text().notNull(),
  name: text().notNull(),
  url: text().notNull(),
  archived: boolean().notNull(),
  audience: text().notNull(),
  members: text().array(),
  /** Chosen projects are read; the others are only offered. */
  chosen: boolean().notNull().default(false),
  alerts: boolean().notNull().default(false),
  /** What a person chose where the tool leaves open what a column is for: option → external id of a column. */
  options: jsonb().notNull().default({}),
  language: text().notNull().default('en'),
  calendarId: text()
    .notNull()
    .default('default')
    .references(() => calendars.id),
  /** The oldest moment of its history we have read. */
  historyFrom: instant(),
  /** The tool's clock at the start of the last complete look. */
  readAt: instant()
})

/** Which connections see a project. One of them speaks. */
export const connectionProjects = pgTable(
  'connection_projects',
  {
    connectionId: text()
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    seenAt: instant().notNull().default(sql`now()`)
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.projectId] })]
)

export const columns = pgTable(
  'columns',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: doublePrecision().notNull(),
    archived: boolean().notNull(),
    category: text().notNull(),
    /** tool · suggested · confirmed */
    categorySource: text().notNull(),
    /** The phrase that was recognised, for people to judge. */
    categoryReason: jsonb()
  },
  (t) => [index('columns_project').on(t.projectId)]
)

/** People, whatever tools they use; those who subscribe receive mails. */
export const people = pgTable('people', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  timeZone: text().notNull(),
  language: text().notNull(),
  createdAt: instant().notNull().default(sql`now()`)
})

/** One person's account in one tool. */
export const identities = pgTable('identities', {
  id: text().primaryKey(),
  tool: text().notNull(),
  name: text().notNull(),
  username: text(),
  /** What a mention in a comment is written with, where that is neither the id nor the username. */
  mention: text(),
  avatarUrl: text(),
  /** As the tool tells it, in lower case: two accounts with the same one are one person. */
  email: text(),
  personId: text().references(() => people.id, { onDelete: 'set null' }),
  /** mail · word (somebody said so; also that it is nobody's) · null: not recognised yet */
  personSource: text()
})

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
    index('tasks_completed').on(t.completedAt).where(sql`${t.completedAt} is not null`)
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

/** The tool's JSON of each card, compressed (zstd). */
export const taskRaw = pgTable('task_raw', {
  taskId: text().primaryKey(),
  hash: text().notNull(),
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

/** The unit a tool reads in one go, as one connection sees it. */
export const scopes = pgTable('scopes', {
  id: text().primaryKey(),
  connectionId: text()
    .notNull()
    .references(() => connections.id, { onDelete: 'cascade' }),
  externalId: text().notNull(),
  name: text().notNull(),
  projects: text().array().notNull(),
  /** The adapter's own bookmark after the last complete run. */
  mark: jsonb(),
  /** The tool's clock at the start of the last complete run. */
  markAt: instant(),
  sweptAt: instant(),
  nextLookAt: instant().notNull().default(sql`now()`)
})

/** Where a tool tells us of a scope's changes. Address and secret are encrypted; the address is found by its hash. */
export const hooks = pgTable(
  'hooks',
  {
    id: text().primaryKey(),
    connectionId: text()
      .notNull()
      .references(() => connections.id, { onDelete: 'cascade' }),
    /** Null once the scope is no longer read: then it is only to be taken away at the tool. */
    scopeId: text().references(() => scopes.id, { onDelete: 'set null' }),
    tool: text().notNull(),
    /** The scope as it was registered. */
    scope: jsonb().notNull(),
    addressHash: text().notNull().unique(),
    url: bytes().notNull(),
    secret: bytes().notNull(),
    /** {externalId, of, active}: one or several a scope, as the tool has it. */
    subscriptions: jsonb().notNull().default([]),
    /** registering · active · off (the tool switched it off) · refused (it cannot be had; `reason` says why) */
    state: text().notNull().default('registering'),
    reason: text(),
    checkedAt: instant(),
    deliveredAt: instant(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [uniqueIndex('hooks_scope').on(t.scopeId).where(sql`${t.scopeId} is not null`)]
)

/** What tools told us, kept before it is acknowledged. The same delivery comes in once. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    hookId: text()
      .notNull()
      .references(() => hooks.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** Raw bytes as they came; taken away after INBOX_DAYS. */
    body: bytes(),
    hints: jsonb().notNull(),
    /** due · done · dead (`reason` says why) */
    state: text().notNull().default('due'),
    attempts: integer().notNull().default(0),
    /** When it may be worked on; pushed on while somebody does. */
    dueAt: instant().notNull().default(sql`now()`),
    reason: text(),
    receivedAt: instant().notNull().default(sql`now()`)
  },
  (t) => [
    uniqueIndex('inbox_key').on(t.hookId, t.key),
    index('inbox_due').on(t.dueAt).where(sql`${t.state} = 'due'`),
    index('inbox_received').on(t.receivedAt)
  ]
)

export const syncRuns = pgTable(
  'sync_runs',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    scopeId: text()
      .notNull()
      .references(() => scopes.id, { onDelete: 'cascade' }),
    mode: text().notNull(),
    /** running · complete · failed */
    state: text().notNull(),
    owner: text().notNull(),
    leaseUntil: instant().notNull(),
    /** What the last complete run left when this one began. */
    mark: jsonb(),
    cursor: jsonb(),
    newMark: jsonb(),
    toolStartedAt: instant(),
    pages: integer().notNull().default(0),
    fetched: integer().notNull().default(0),
    stored: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    quarantined: integer().notNull().default(0),
    events: integer().notNull().default(0),
    requests: integer().notNull().default(0),
    expect: integer(),
    /** Columns, archiving or the reach of the history changed: at its end every task of the scope is settled. */
    settleAll: boolean().notNull().default(false),
    error: jsonb(),
    startedAt: instant().notNull().default(sql`now()`),
    finishedAt: instant()
  },
  (t) => [
    uniqueIndex('sync_runs_active').on(t.scopeId).where(sql`${t.state} = 'running'`),
    index('sync_runs_scope').on(t.scopeId, t.id)
  ]
)

/** The ids each page of a sweep saw, so that absence is concluded from a whole sweep and survives a restart. */
export const syncPages = pgTable(
  'sync_pages',
  {
    runId: integer().notNull(),
    page: integer().notNull(),
    seen: text().array().notNull()
  },
  (t) => [primaryKey({ columns: [t.runId, t.page] })]
)

export const findings = pgTable(
  'findings',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    rule: text().notNull(),
    taskId: text().notNull(),
    projectId: text().notNull(),
    columnId: text(),
    since: instant().notNull(),
    evidence: jsonb().notNull(),
    openedAt: instant().notNull(),
    closedAt: instant(),
    /** fixed · gone · hidden · out_of_scope · rule_changed · dismissed */
    reason: text()
  },
  (t) => [
    uniqueIndex('findings_open').on(t.rule, t.taskId).where(sql`${t.closedAt} is null`),
    index('findings_task').on(t.taskId)
  ]
)

/** What the hub's one comment on a card should say, and what was last posted. */
export const notes = pgTable('notes', {
  taskId: text().primaryKey(),
  projectId: text().notNull(),
  /** Stands in every text of this note; how the hub finds its own comment again. */
  token: text().notNull().unique(),
  /** Rich text it should say; null: there should be no comment. */
  wanted: jsonb(),
  /** What `wanted` was made from; it is written anew only when this changes. */
  basis: text(),
  /** speaking · clear · silent */
  state: text().notNull(),
  /** Counts up with each new episode, which is posted anew. */
  episode: integer().notNull().default(1),
  clearedAt: instant(),
  commentId: text(),
  postedEpisode: integer(),
  posted: jsonb(),
  postedAt: instant(),
  /** Comments of former episodes still to be deleted. */
  former: text().array().notNull().default(sql`'{}'`),
  updatedAt: instant().notNull().default(sql`now()`)
})

/** Everything that leaves. One row per thing to bring about, kept as proof when done. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    channel: text().notNull(),
    /** The same key never leaves twice. */
    key: text().notNull().unique(),
    ref: text().notNull(),
    payload: jsonb(),
    /** due · sending · sent · unclear · dead */
    state: text().notNull(),
    attempts: integer().notNull().default(0),
    /** True from the moment a request may have taken effect until its answer is stored. */
    unclear: boolean().notNull().default(false),
    dueAt: instant().notNull().default(sql`now()`),
    owner: text(),
    /** Grows with each claim; a late write with an older one is refused. */
    fence: integer().notNull().default(0),
    leaseUntil: instant(),
    outcome: jsonb(),
    createdAt: instant().notNull().default(sql`now()`),
    doneAt: instant()
  },
  (t) => [index('outbox_due').on(t.dueAt).where(sql`${t.state} in ('due', 'sending')`)]
)

export const objectives = pgTable('objectives', {
  id: text().primaryKey(),
  title: text().notNull(),
  startsOn: date({ mode: 'string' }).notNull(),
  endsOn: date({ mode: 'string' }).notNull(),
  createdAt: instant().notNull().default(sql`now()`)
})

export const keyResults = pgTable('key_results', {
  id: text().primaryKey(),
  objectiveId: text()
    .notNull()
    .references(() => objectives.id, { onDelete: 'cascade' }),
  title: text().notNull(),
  unit: text().notNull(),
  /** up · down: down means that done work lowers the figure */
  direction: text().notNull(),
  start: doublePrecision().notNull(),
  target: doublePrecision().notNull(),
  startsOn: date({ mode: 'string' }).notNull(),
  endsOn: date({ mode: 'string' }).notNull(),
  zone: text().notNull(),
  /** A filter of `model/filter` over completed tasks. */
  filter: jsonb().notNull(),
  /** {kind: 'count'} or {kind: 'sum', field} */
  measure: jsonb().notNull(),
  createdAt: instant().notNull().default(sql`now()`)
})

/** Append-only: every point of a key result, card by card, and every point taken back. */
export const contributions = pgTable(
  'contributions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    keyResultId: text()
      .notNull()
      .references(() => keyResults.id, { onDelete: 'cascade' }),
    taskId: text().notNull(),
    amount: doublePrecision().notNull(),
    /** counted · reversed */
    kind: text().notNull(),
    /** Why it was taken back; null when it was counted. */
    reason: text(),
    effectiveAt: instant().notNull(),
    recordedAt: instant().notNull().default(sql`now()`)
  },
  (t) => [index('contributions_key_result').on(t.keyResultId, t.taskId)]
)

/** Who gets which report about which projects, and when. */
export const reportSubscriptions = pgTable(
  'report_subscriptions',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    report: text().notNull(),
    /** Hub ids of projects; null: every chosen project. */
    projects: text().array(),
    weekday: integer().notNull(),
    time: text().notNull(),
    createdAt: instant().notNull().default(sql`now()`)
  },
  (t) => [uniqueIndex('report_subscriptions_person').on(t.personId, t.report)]
)
