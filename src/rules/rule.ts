/**
 * A rule is a predicate: SQL that is true of an offending task, its evidence, and since when it has been so. The words
 * are said elsewhere (`alerts/words`). Inside a rule's SQL, `t` is the task; predicate and evidence may also use `c`, its
 * column. Since sees no more of `t` than its id, when it was made, changed, came into its column and is due, and
 * `history_from`, the oldest history read of its project.
 */
import type { z } from 'zod'
import { type SQL, sql } from '../db/database.ts'
import type { Category } from '../model/task.ts'
import type { Calendar } from './calendar.ts'

/** A rule's cut-offs for the calendar of the task's project: a timestamptz, a date, and its parameters as jsonb. */
export interface Cut {
  instant: SQL
  day: SQL
  params: SQL
}

export interface Rule<Params extends Record<string, unknown> = Record<string, unknown>> {
  /** Public: in findings, settings, the API. */
  id: string
  /** One sentence for people. */
  about: string
  on: boolean
  params: z.ZodType<Params>
  /** What was said here instead of what `params` has by default. */
  chosen?: Record<string, unknown>
  /** The rule looks at tasks in columns of these categories only. */
  categories: readonly Category[]
  /** The moments that part offending from fine, at `now`, in one calendar. */
  cutoffs(params: Params, now: string, calendar: Calendar): { instant: string | null; day: string | null }
  /** True of an offending task. Open, category and exemptions are the engine's. */
  predicate(cut: Cut): SQL
  /** A jsonb object; only facts that stay the same while nothing happens to the card. */
  evidence(cut: Cut): SQL
  /** A timestamptz: since when it has been true. Rules that share the very same one are planned for once. */
  since: SQL
  /** What grows day by day, worked out when it is said. */
  today?(evidence: Record<string, unknown>, now: string, calendar: Calendar): Record<string, unknown>
}

/** The later of creation and entering, without leaving again, a column that the rule looks at. */
export function enteredSight(categories: readonly Category[]): SQL {
  const key = categories.join()
  const made = SIGHTS.get(key) ?? makeSight(categories)
  SIGHTS.set(key, made)
  return made
}

const SIGHTS = new Map<string, SQL>()

function makeSight(categories: readonly Category[]): SQL {
  const looked = sql.raw(`(${categories.map((category) => `'${category}'`).join(', ')})`)
  // Looked up by id, event by event: as a join all columns are read for each task.
  const category = (column: SQL): SQL => sql`(select n.category from columns n where n.id = ${column})`
  return sql`coalesce((
      select case when ${category(sql`e.from_id`)} in ${looked} then null else e.at end
      from task_events e
      where e.task_id = t.id and e.type in ('created', 'moved') and ${category(sql`e.to_id`)} in ${looked}
        and not exists (
          select 1 from task_events later
          where later.task_id = t.id and later.type in ('created', 'moved') and (later.at, later.id) > (e.at, e.id)
            and coalesce(${category(sql`later.to_id`)}, '') not in ${looked})
      order by e.at, e.id limit 1),
    greatest(t.created_at, coalesce(t.history_from, t.updated_at)))`
}
