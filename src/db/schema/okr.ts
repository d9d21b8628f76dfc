/** Objectives, key results and their ledger. */
import { sql } from 'drizzle-orm'
import { bigserial, date, doublePrecision, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

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
