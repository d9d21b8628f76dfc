/** Small facts about this installation, and its timetable. */
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './types.ts'

/** Small facts about this installation: instance id, hash of the API token, proof of the key. */
export const settings = pgTable('settings', { key: text().primaryKey(), value: jsonb().notNull() })

/** What is done again and again. A time that was missed is made up for once, late. */
export const timetable = pgTable('timetable', {
  /** judge · hooks · tidy */
  errand: text().primaryKey(),
  everySeconds: integer().notNull(),
  dueAt: instant().notNull(),
  /** Somebody is at it; due again for others when this is over. */
  takenUntil: instant(),
  doneAt: instant()
})
