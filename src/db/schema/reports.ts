/** Who gets which report. */
import { sql } from 'drizzle-orm'
import { integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { people } from './people.ts'
import { instant } from './types.ts'

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
