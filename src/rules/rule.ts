/**
 * A rule is a predicate: SQL that is true of an offending task, its evidence, and since when it has been so. The words
 * are said elsewhere (`alerts/words`). Inside a rule's SQL, `t` is the task, `p` its project, `c` its column, and `cut`
 * the rule's cut-offs for the project's calendar (`cut.instant` timestamptz, `cut.day` date, `cut.params` jsonb).
 */
import type { z } from 'zod'
import { type SQL, sql } from '../db/database.ts'
import type { Category } from '../model/task.ts'
import type { Calendar } from './calendar.ts'

export interface Rule<Params extends Record<string, unknown> = Record<string, unknown>> {
  /** Public: in findings, settings, the API. */
  id: string
  /** One sentence for people. */
  about: string
  on: boolean
  params: z.ZodType<Params>
  /** The rule looks at tasks in columns of these categories only. */
  categories: readonly Category[]
  /** The moments that part offending from fine, at `now`, in one calendar. */
  cutoffs(params: Params, now: string, calendar: Calendar): { instant: string | null; day: string | null }
  /** True of an offending task; may use `cut`. Open, category and exemptions are the engine's. */
  predicate: SQL
  /** A jsonb object; only facts that stay the same while nothing happens to the card. */
  evidence: SQL
  /** A timestamptz: since when it has been true. */
  since: SQL
  /** What grows day by day, worked out when it is said. */
  today?(evidence: Record<string, unknown>, now: string, calendar: Calendar): Record<string, unknown>
}

/** The later of creation and entering, without leaving again, a column that the rule looks at. */
export function enteredSight(categories: readonly Category[]): SQL {
  const looked = sql.raw(`(${categories.map((category) => `'${category}'`).join(', ')})`)
  return sql`coalesce((
      select case when out_of.category in ${looked} then null else e.at end
      from task_events e join columns into_sight on into_sight.id = e.to_id left join columns out_of on out_of.id = e.from_id
      where e.task_id = t.id and e.type in ('created', 'moved') and into_sight.category in ${looked}
        and not exists (
          select 1 from task_events later left join columns other on other.id = later.to_id
          where later.task_id = t.id and later.type in ('created', 'moved') and (later.at, later.id) > (e.at, e.id)
            and coalesce(other.category, '') not in ${looked})
      order by e.at, e.id limit 1),
    greatest(t.created_at, coalesce(p.history_from, t.updated_at)))`
}
