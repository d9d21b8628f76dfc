/** What is read in one go, and each look at it. */
import { sql } from 'drizzle-orm'
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { connections } from './connections.ts'
import { instant } from './types.ts'

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
  nextLookAt: instant().notNull().default(sql`now()`),
  /** Looks in a row that found nothing new: the more there are, the longer the pause. */
  quietLooks: integer().notNull().default(0)
})

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
