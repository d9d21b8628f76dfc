/** What rules found, and what is said about it. */
import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { connections } from './connections.ts'
import { instant } from './types.ts'

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
    index('findings_task').on(t.taskId),
    index('findings_closed').on(t.closedAt).where(sql`${t.closedAt} is not null`)
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
  /** Whose account wrote the comment: tools let nobody else change it. */
  connectionId: text().references(() => connections.id, { onDelete: 'set null' }),
  postedEpisode: integer(),
  posted: jsonb(),
  postedAt: instant(),
  /** Posts and edits since `changesSince`: a loop with another bot ends at some number an hour. */
  changes: integer().notNull().default(0),
  changesSince: instant(),
  /** Comments of former episodes still to be deleted. */
  former: text().array().notNull().default(sql`'{}'`),
  updatedAt: instant().notNull().default(sql`now()`)
})
