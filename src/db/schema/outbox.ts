/** What leaves. */
import { sql } from 'drizzle-orm'
import { bigserial, boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

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
