/**
 * Planner statistics after bulk writes. PostgreSQL gathers them by itself some minutes later, PGlite never does; until
 * then it takes a table of a million rows for an empty one and joins it row by row.
 *
 * They are gathered while a table grows: each time it has doubled. Limit: what changes within a table of the same size
 * is left to the database's own housekeeping.
 */
import { type Queryable, sql } from './database.ts'

/** Fewer rows written at once are not worth the question. */
const MANY = 500

/** By table, the columns that plans rest on: reading long texts for a sample takes most of the time. */
const COLUMNS = {
  tasks: 'id, project_id, column_id, run_id, category, open, entered_column_at, due_at, completed_at, presence',
  task_events: 'id, task_id, type, at, from_id, to_id, source, run_id',
  columns: 'id, project_id, category, archived',
  findings: 'rule, task_id, project_id, closed_at',
  notes: 'task_id, project_id, state',
  contributions: 'key_result_id, task_id, kind, effective_at'
}

type Table = keyof typeof COLUMNS

/** Gathers statistics of those of the tables that have outgrown them, when `written` rows are many. Safe beside other work. */
export async function refreshStatistics(db: Queryable, written: number, tables: readonly Table[]): Promise<void> {
  if (written < MANY) return
  const steps = tables.map(
    (table) => `
      if (select pg_relation_size(oid) > 0 and pg_relation_size(oid) >= 2 * relpages * current_setting('block_size')::bigint
          from pg_class where oid = '${table}'::regclass) then
        analyze ${table} (${COLUMNS[table]});
      end if;`
  )
  await db.run(sql.raw(`do $$ begin ${steps.join('')} end $$`))
}
