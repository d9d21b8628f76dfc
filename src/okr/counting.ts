/**
 * Which tasks count for which key results, right now, and where the ledgers differ from that.
 *
 * All key results are asked in one pass over the tasks done in their periods: what a filter says of projects becomes a join,
 * so that a task is held against the key results of its own project only; key results with the same filter share it.
 *
 * A ledger is compared with its tasks by their marks, the xor of a 64-bit hash a row: what was counted and reversed
 * cancels out. Limit: a difference is overlooked where two sets of rows have the same mark, once in 2^64 comparisons,
 * and then only until the next change.
 */
import { Temporal } from 'temporal-polyfill'
import { json, type Queryable, type SQL, sql } from '../db/database.ts'
import { compile } from '../model/filter/compile.ts'
import { fieldNamed } from '../model/filter/fields.ts'
import { Filter, type Node, type Test } from '../model/filter/syntax.ts'
import { startOfDay } from '../rules/calendar.ts'

type Measure = { kind: 'count' } | { kind: 'sum'; field: string }

export interface KeyResultRow {
  id: string
  title: string
  filter: unknown
  measure: Measure
  startsOn: string
  endsOn: string
  zone: string
}

/** `key_result_id, task_id, amount, effective_at` of all that counts for these key results; of these tasks only, when named. */
export function countingFor(keyResults: readonly KeyResultRow[], now: string, tasks?: readonly string[]): SQL {
  return sql`
    select key_result_id, task_id, amount, effective_at from (${done(keyResults, now, tasks)}) done where counts`
}

/** Ids of those key results whose ledger is not what counts; as far as these tasks go, when they are named. */
export async function outOfStep(
  db: Queryable,
  keyResults: readonly KeyResultRow[],
  now: string,
  tasks?: readonly string[]
): Promise<string[]> {
  const ids = keyResults.map(({ id }) => id)
  const rows = await db.rows<{ id: string }>(sql`
    select key_result_id as id
    from (
      select key_result_id, bit_xor(${mark(sql`amount`)}) filter (where counts) as mark
      from (${done(keyResults, now, tasks)}) done group by key_result_id
    ) counting
    full join (
      select key_result_id, bit_xor(${mark(sql`case kind when 'counted' then amount else -amount end`)}) as mark
      from ${contributionsOf(ids, tasks)} group by key_result_id
    ) standing using (key_result_id)
    where coalesce(counting.mark, 0) <> coalesce(standing.mark, 0)
      and key_result_id in (select jsonb_array_elements_text(${json(ids)}))`)
  return rows.map(({ id }) => id)
}

/** The ledgers, one of them, or what they hold of these tasks: looked up task by task in each of them. */
export function contributionsOf(keyResults: readonly string[], tasks?: readonly string[]): SQL {
  if (!tasks && keyResults.length === 1)
    return sql`(select * from contributions where key_result_id = ${keyResults[0]}) contributions`
  if (!tasks) return sql`contributions`
  // Not taken apart by the planner (offset 0): it takes every list for a hundred tasks and reads the ledgers whole.
  return sql`(
    select own.* from jsonb_array_elements_text(${json([...new Set(tasks)])}) one(task) cross join key_results k
    cross join lateral (
      select * from contributions c where c.key_result_id = k.id and c.task_id = one.task offset 0) own) contributions`
}

/** Key results in groups that fit into one statement each: it holds at most 65,535 parameters. */
export function* together(keyResults: readonly KeyResultRow[]): Generator<KeyResultRow[]> {
  let group: KeyResultRow[] = []
  let length = 0
  for (const keyResult of keyResults) {
    // A value takes three characters at least, and becomes three parameters at most.
    const own = JSON.stringify(keyResult.filter).length
    if (group.length > 0 && length + own > 40_000) {
      yield group
      group = []
      length = 0
    }
    group.push(keyResult)
    length += own
  }
  if (group.length > 0) yield group
}

/** One of these tasks: the planner knows that they are few. */
const among = (id: SQL, tasks: readonly string[]): SQL =>
  sql`${id} = any(array(select jsonb_array_elements_text(${json(tasks)})))`

const mark = (amount: SQL): SQL => sql`hashtextextended(task_id,
  hashfloat8extended(${amount}, hashfloat8extended(date_part('epoch', effective_at), 0)))`

/** Every done task beside each key result of its project, and whether it counts. */
function done(keyResults: readonly KeyResultRow[], now: string, tasks: readonly string[] | undefined): SQL {
  const filters = new Listed<SQL>()
  const measures = new Listed<SQL>()
  const days = new Map<string, string>()
  const dayBegins = (date: string, zone: string): string => {
    const key = `${date} ${zone}`
    const begins = days.get(key) ?? startOfDay(date, zone)
    days.set(key, begins)
    return begins
  }
  const scopes = keyResults.map(({ id, filter, measure, startsOn, endsOn, zone }) => {
    const { projects, rest } = apart(Filter.parse(filter).where)
    return {
      id,
      projects,
      since: dayBegins(startsOn, zone),
      until: dayBegins(Temporal.PlainDate.from(endsOn).add({ days: 1 }).toString(), zone),
      filter: filters.placeOf(JSON.stringify([rest, zone]), () => compile({ v: 1, where: rest }, { now, zone })),
      measure: measures.placeOf(JSON.stringify(measure), () => amountOf(measure))
    }
  })
  const periods = sql`
    t.completed_at >= ${least(scopes.map(({ since }) => since))}::timestamptz
    and t.completed_at < ${most(scopes.map(({ until }) => until))}::timestamptz`
  const read = (joined: SQL): SQL => sql`
    select s.id as key_result_id, t.id as task_id, t.completed_at as effective_at, ${measures.chosenBy(sql`s.measure`)} as amount,
      t.completed_at >= s.since and t.completed_at < s.until
        and coalesce(${measures.chosenBy(sql`s.measure`)}, 0) <> 0 and ${filters.chosenBy(sql`s.filter`)} as counts
    from tasks t ${joined}
    where t.category = 'done' and t.presence <> 'deleted' and ${periods} ${tasks ? sql`and ${among(sql`t.id`, tasks)}` : sql``}`
  const named = scopes.flatMap(({ projects, ...scope }) => (projects ?? []).map((project) => ({ ...scope, project })))
  const everywhere = scopes.filter(({ projects }) => projects === null)
  const inProjects = (condition: SQL): SQL => sql`
    select s.id, s.since, s.until, s.filter, s.measure, n.id as project_id
    from ${relation(named)} join projects n on ${condition}`
  return sql.join(
    [
      ...(named.length > 0 || everywhere.length === 0
        ? [
            read(sql`join (
                ${inProjects(sql`n.id = s.project`)} union ${inProjects(sql`lower(n.name) = lower(s.project)`)}) s
              on s.project_id = t.project_id`)
          ]
        : []),
      ...(everywhere.length > 0 ? [read(sql`cross join ${relation(everywhere)}`)] : [])
    ],
    sql` union all `
  )
}

const relation = (scopes: readonly object[]): SQL =>
  sql`jsonb_to_recordset(${json(scopes)}) as s(id text, since timestamptz, until timestamptz, filter int, measure int, project text)`

/** The projects that a filter names for all its tasks, or null, and what else it asks. */
function apart(where: Node): { projects: string[] | null; rest: Node } {
  const nodes = 'all' in where ? where.all : [where]
  const place = nodes.findIndex(namesProjects)
  if (place < 0) return { projects: null, rest: where }
  const { value } = nodes[place] as Test
  return { projects: [value].flat().map(String), rest: { all: nodes.toSpliced(place, 1) } }
}

const namesProjects = (node: Node): boolean =>
  'field' in node && fieldNamed(node.field)?.name === 'project' && (node.is === 'is' || node.is === 'in')

/** Different ones of what may be the same, each with its place. */
class Listed<Of> {
  private readonly places = new Map<string, number>()
  private readonly all: Of[] = []

  placeOf(key: string, make: () => Of): number {
    const known = this.places.get(key)
    if (known !== undefined) return known
    this.places.set(key, this.all.length)
    return this.all.push(make()) - 1
  }

  chosenBy(this: Listed<SQL>, place: SQL): SQL {
    if (this.all.length === 1) return sql`(${this.all[0]})`
    const cases = this.all.map((one, number) => sql`when ${sql.raw(String(number))} then ${one}`)
    return sql`(case ${place} ${sql.join(cases, sql` `)} end)`
  }
}

const least = (texts: string[]): string => texts.toSorted()[0] ?? ''
const most = (texts: string[]): string => texts.toSorted().at(-1) ?? ''

function amountOf(measure: Measure): SQL {
  if (measure.kind === 'count') return sql`1::double precision`
  if (measure.field.toLowerCase() === 'estimate') return sql`t.estimate_value`
  return sql`(
    select (field.value ->> 'value')::double precision from jsonb_each(t.fields) field
    where field.value ->> 'type' = 'number'
      and (field.key = ${measure.field} or lower(field.value ->> 'name') = lower(${measure.field}))
    order by field.key limit 1)`
}
