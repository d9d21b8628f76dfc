/**
 * Which tasks offend a rule, and how what is open differs from that.
 *
 * A million findings are compared with a million tasks by their marks: count and xor of a 64-bit hash a row, which need
 * neither sort nor join. Limit: a difference is overlooked where two sets of the same size have the same mark, once in
 * 2^64 comparisons, and then only until the next change.
 */
import { json, type Queryable, type SQL, sql } from '../db/database.ts'
import type { Calendar } from './calendar.ts'
import type { Cut, Rule } from './rule.ts'

/** Rules with the moments that part offending from fine, worked out once for a judgement. */
export interface Measures {
  rules: readonly Rule[]
  /** The relation `cut`: a row a calendar, three columns a rule. */
  cuts: SQL
}

export function measures(rules: readonly Rule[], calendars: Map<string, Calendar>, now: string): Measures {
  const rows = [...calendars].map(([calendar, working]) => {
    const cuts = rules.flatMap((rule, place) => {
      const params = rule.params.parse(rule.chosen ?? {})
      const { instant, day } = rule.cutoffs(params, now, working)
      return Object.entries({ instant, day, params }).map(([name, value]) => [`${name}_${place}`, value] as const)
    })
    return { calendar, ...Object.fromEntries(cuts) }
  })
  const columns = rules.map((_, place) => `, instant_${place} timestamptz, day_${place} date, params_${place} jsonb`)
  return { rules, cuts: sql`jsonb_to_recordset(${json(rows)}) as cut(calendar text${sql.raw(columns.join(''))})` }
}

/** The tasks in `from` (`t`, perhaps joined) that offend, with the rule, the evidence, and what since is told from. */
export function offending({ rules, cuts }: Measures, from: SQL): SQL {
  const judged = rules.map(
    (rule, place) => sql`
      select ${rule.id}::text as rule, ${rule.evidence(cutOf(place))} as evidence where ${offends(rule, place)}`
  )
  return sql`
    select o.rule, t.id, t.project_id, t.column_id, o.evidence,
      t.created_at, t.updated_at, t.entered_column_at, t.due_at, p.history_from
    from ${read(from, cuts)} cross join lateral (${sql.join(judged, sql` union all `)}) o
    where ${judgeable(rules)}`
}

/** Which of the rules are out of step in which projects; in these projects only, when they are named. */
export async function outOfStep(
  db: Queryable,
  { rules, cuts }: Measures,
  projects?: string[]
): Promise<{ rule: string; project: string }[]> {
  if (rules.length === 0) return []
  const here = (id: SQL): SQL =>
    projects ? sql`and ${id} in (select jsonb_array_elements_text(${json(projects)}))` : sql``
  const each = (part: (rule: Rule, place: number) => SQL): SQL => sql.join(rules.map(part), sql`, `)
  return db.rows(sql`
    select rule, project_id as project
    from (
      select r.rule, found.project_id, r.mark
      from (
        select t.project_id, ${each(
          (rule, place) => sql`bit_xor(${mark(sql`t.id`, sql`t.column_id`, rule.evidence(cutOf(place)))})
            filter (where ${offends(rule, place)}) as ${sql.raw(`mark_${place}`)}`
        )}
        from ${read(sql`tasks t`, cuts)} where ${judgeable(rules)} ${here(sql`t.project_id`)}
        group by t.project_id
      ) found
      cross join lateral (values ${each(({ id }, place) => sql`(${id}::text, ${sql.raw(`mark_${place}`)})`)}) r(rule, mark)
    ) o
    full join (
      select f.rule, f.project_id, bit_xor(${mark(sql`f.task_id`, sql`f.column_id`, sql`f.evidence`)}) as mark
      from findings f
      where f.closed_at is null and f.rule in (${each(({ id }) => sql`${id}`)}) ${here(sql`f.project_id`)}
      group by f.rule, f.project_id
    ) f using (rule, project_id)
    where o.mark is distinct from f.mark`)
}

/** People ask for silence with a label. Most cards have none, and no set is made of those. */
export const EXEMPT = sql`(t.labels <> '[]' and exists (
  select 1 from jsonb_array_elements(t.labels) l where lower(l ->> 'name') = 'no-alerts'))`

/** All that predicates read, each task once for all rules. */
const read = (from: SQL, cuts: SQL): SQL => sql`${from}
  join projects p on p.id = t.project_id
  join ${cuts} on cut.calendar = p.calendar_id
  left join columns c on c.id = t.column_id`

const judgeable = (rules: readonly Rule[]): SQL =>
  sql`t.open and t.category in ${categories(rules.flatMap((rule) => rule.categories))} and not ${EXEMPT}`

const offends = (rule: Rule, place: number): SQL =>
  sql`(t.category in ${categories(rule.categories)} and ${rule.predicate(cutOf(place))})`

const cutOf = (place: number): Cut => ({
  instant: sql.raw(`cut.instant_${place}`),
  day: sql.raw(`cut.day_${place}`),
  params: sql.raw(`cut.params_${place}`)
})

const categories = (names: readonly string[]): SQL =>
  sql.raw(`(${[...new Set(names)].map((category) => `'${category}'`).join(', ')})`)

const mark = (task: SQL, column: SQL, evidence: SQL): SQL =>
  sql`hashtextextended(${task}, hashtextextended(coalesce(${column}, ''), jsonb_hash_extended(${evidence}, 0)))`
