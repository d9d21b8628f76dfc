/**
 * Planner statistics after bulk writes. PostgreSQL gathers them by itself some minutes later, PGlite never does; until
 * then it takes a table of a million rows for an empty one and joins it row by row.
 */
import { type Queryable, sql } from './database.ts'

/** So many rows written at once make the old statistics useless. */
const MANY = 500

type Table = 'tasks' | 'task_events' | 'columns' | 'findings' | 'notes' | 'contributions'

/** Gathers statistics of the tables when `written` rows are many; cheap (it samples) and safe beside other work. */
export async function refreshStatistics(db: Queryable, written: number, tables: readonly Table[]): Promise<void> {
  if (written >= MANY) await db.run(sql.raw(`analyze ${tables.join(', ')}`))
}
