/** People and their accounts in tools. */
import { sql } from 'drizzle-orm'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

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
