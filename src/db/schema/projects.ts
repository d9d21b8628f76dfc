/** What tools hold tasks in: projects and their columns, and the calendars they go by. */
import { sql } from 'drizzle-orm'
import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { connections } from './connections.ts'
import { instant } from './types.ts'

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
  readAt: instant(),
  /** The same moment by our own clock: how old the facts are. */
  lookedAt: instant(),
  /** No connected account is shown it any more: deleted, or out of our sight. */
  lostAt: instant()
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
    seenAt: instant().notNull().default(sql`now()`),
    /** The tool refused it to this connection, twice in a row. */
    lostAt: instant()
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
