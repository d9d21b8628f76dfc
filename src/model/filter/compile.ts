/**
 * A filter as SQL: a condition over the relation `t` (PostgreSQL 15), for a WHERE. Every value is a parameter.
 *
 * Guarantee: each condition is true or false, never NULL, so "is not" and "not" hold of empty values as people expect.
 * Plain comparisons stay `column is not null and column < $1`, which an index can serve.
 */
import { type SQL, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { CONTRARY, customName, type Field, fieldNamed, type Operator } from './fields.ts'
import type { Filter, Node, Test } from './syntax.ts'

/** Whom a filter is read for: "the last 7 days" and plain dates depend on it. */
export interface Reading {
  /** ISO instant. */
  now: string
  /** IANA zone of the reader. */
  zone: string
}

/**
 * `filter` has to have passed the `Filter` schema. Reads the tables `projects(id, name)`, `columns(id, name)` and
 * `identities(id, name, username)` where it names projects, columns and people.
 */
export function compile(filter: Filter, reading: Reading): SQL {
  return condition(filter.where, reading)
}

function condition(node: Node, reading: Reading): SQL {
  if ('all' in node) return node.all.length === 0 ? sql`true` : combined(node.all, sql` and `, reading)
  if ('any' in node) return combined(node.any, sql` or `, reading)
  if ('not' in node) return sql`not ${condition(node.not, reading)}`
  const contrary = CONTRARY[node.is]
  return contrary === undefined ? test(node, reading) : sql`not ${test({ ...node, is: contrary }, reading)}`
}

const combined = (nodes: readonly Node[], word: SQL, reading: Reading): SQL =>
  sql`(${sql.join(
    nodes.map((node) => condition(node, reading)),
    word
  )})`

function test(test: Test, reading: Reading): SQL {
  const field = fieldNamed(test.field)
  if (field === undefined) throw new TypeError(`The filter was not checked: it holds the unknown field ${test.field}.`)
  return sql`(${TESTS[field.type](sql.raw(field.column), test, reading)})`
}

type Compiler = (column: SQL, test: Test, reading: Reading) => SQL

const TESTS: Record<Field['type'], Compiler> = {
  choice: (column, { value }) => sql`${column} is not null and ${column} in ${list(textsOf(value))}`,
  reference: (column, { field, is, value }) =>
    is === 'is_empty'
      ? sql`${column} is null`
      : sql`${column} is not null and ${column} in (select n.id from ${sql.raw(field === 'project' ? 'projects' : 'columns')} n
          where n.id in ${list(textsOf(value))} or lower(n.name) in ${lowered(textsOf(value))})`,
  person: (column, { is, value }) =>
    is === 'is_empty'
      ? sql`${column} is null`
      : sql`${column} is not null and ${column} = any(${peopleNamed(textsOf(value))})`,
  people: (column, { is, value }) =>
    is === 'is_empty'
      ? sql`coalesce(cardinality(${column}), 0) = 0`
      : sql`coalesce(${column} && ${peopleNamed(textsOf(value))}, false)`,
  labels: (column, { is, value }) =>
    is === 'is_empty'
      ? sql`not exists (select 1 from ${labels(column)} l)`
      : sql`exists (select 1 from ${labels(column)} l where l->>'externalId' in ${list(textsOf(value))}
          or lower(coalesce(nullif(l->>'name', ''), l->>'colour')) in ${lowered(textsOf(value))})`,
  text: (column, test) => textTest(column, test),
  number: (column, test) => numberTest(column, test),
  date: (column, test, reading) => dateTest(column, test, reading),
  custom: (column, test, reading) => customTest(column, test, reading)
}

function textTest(text: SQL, { is, value }: Test): SQL {
  if (is === 'is_empty') return sql`coalesce(${text}, '') = ''`
  if (is === 'contains') return sql`${text} is not null and strpos(lower(${text}), lower(${textsOf(value)[0]})) > 0`
  if (is === 'starts_with') return sql`${text} is not null and starts_with(lower(${text}), lower(${textsOf(value)[0]}))`
  return sql`${text} is not null and lower(${text}) in ${lowered(textsOf(value))}`
}

function numberTest(number: SQL, { is, value }: Test): SQL {
  if (is === 'is_empty') return sql`${number} is null`
  if (is === 'between') {
    const [least, most] = value as readonly number[]
    return sql`${number} is not null and ${number} between ${asNumber(least!)} and ${asNumber(most!)}`
  }
  return sql`${number} is not null and ${number} ${sql.raw(NUMERIC[is]!)} ${asNumber(value as number)}`
}

const NUMERIC: Partial<Record<Operator, string>> = { '=': '=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }

function dateTest(column: SQL, test: Test, reading: Reading): SQL {
  if (test.is === 'is_empty') return sql`${column} is null`
  const span = spanOf(test, reading)
  const within = (edge: (moment: Moment) => string): SQL => {
    const since = span.from && sql`${column} >= ${asInstant(edge(span.from))}`
    const until = span.to && sql`${column} < ${asInstant(edge(span.to))}`
    return sql.join(
      [since, until].filter((side) => side !== null),
      sql` and `
    )
  }
  const timed = within((moment) => moment.instant)
  if (test.field !== 'due') return sql`${column} is not null and ${timed}`
  // A due date without a time is kept as midnight UTC and means that date wherever its reader is.
  return sql`${column} is not null and case when t.due_is_date then ${within((moment) => moment.wall)} else ${timed} end`
}

/**
 * The value of a custom field is `{ name, type, value }`. Its dates are compared as the texts they are: both forms the model
 * allows sort by time, and no text that somebody put into a field can make a cast fail.
 */
function customTest(column: SQL, test: Test, reading: Reading): SQL {
  const name = customName(test.field)!
  const value = sql`(f.v->>'value')`
  const holds = (what: SQL): SQL => sql`exists (select 1 from (
    select e.value as v from jsonb_each(case when jsonb_typeof(${column}) = 'object' then ${column} end) e
    where e.key = ${name} or lower(e.value->>'name') = lower(${name})
    order by (e.key = ${name}) desc, e.key collate "C" limit 1) f where ${what})`
  if (test.is === 'is_empty') return sql`not ${holds(sql`coalesce(${value}, '') <> ''`)}`
  if (isNumeric(test)) {
    const number = sql`(case when jsonb_typeof(f.v->'value') = 'number' then (f.v->>'value')::double precision end)`
    return holds(numberTest(number, test))
  }
  if (!isDated(test)) return holds(textTest(value, test))
  const { from, to } = spanOf(test, reading)
  const edge = (moment: Moment) => sql`(case when length(${value}) = 10 then ${moment.wall} else ${moment.instant} end)`
  const full = sql`(case when length(${value}) = 10 then ${value} || 'T00:00:00.000Z' else ${value} end) collate "C"`
  const sides = [sql`f.v->>'type' = 'date'`, from && sql`${full} >= ${edge(from)}`, to && sql`${full} < ${edge(to)}`]
  return holds(
    sql.join(
      sides.filter((side) => side !== null),
      sql` and `
    )
  )
}

const isNumeric = ({ is, value }: Test): boolean =>
  is in NUMERIC || (is === 'between' && typeof (value as readonly unknown[])[0] === 'number')
const isDated = ({ is }: Test): boolean => is === 'between' || /before|after|days/.test(is)

/** One moment, and what a clock on the reader's wall shows then, written as if it were UTC: the measure for bare dates. */
interface Moment {
  instant: string
  wall: string
}

/** From `from` on, and before `to`; null is open. */
function spanOf({ is, value }: Test, { now, zone }: Reading): { from: Moment | null; to: Moment | null } {
  const moment = Temporal.Instant.from(now).toZonedDateTimeISO(zone)
  const today = moment.toPlainDate()
  const startOf = (date: Temporal.PlainDate): Moment => ({
    instant: millis(date.toZonedDateTime(zone).toInstant()),
    wall: `${date}T00:00:00.000Z`
  })
  const at = (time: Temporal.ZonedDateTime): Moment => ({
    instant: millis(time.toInstant()),
    wall: millis(time.toPlainDateTime().toZonedDateTime('UTC').toInstant())
  })
  /** The first moment of what `text` names, and the first after it: the next day, or the next millisecond. */
  const first = (text: string): Moment =>
    text.length === 10
      ? startOf(Temporal.PlainDate.from(text))
      : at(Temporal.Instant.from(text).toZonedDateTimeISO(zone))
  const beyond = (text: string): Moment =>
    text.length === 10
      ? startOf(Temporal.PlainDate.from(text).add({ days: 1 }))
      : at(Temporal.Instant.from(text).add({ milliseconds: 1 }).toZonedDateTimeISO(zone))

  switch (is) {
    case 'before':
      return { from: null, to: first(value as string) }
    case 'on_or_before':
      return { from: null, to: beyond(value as string) }
    case 'after':
      return { from: beyond(value as string), to: null }
    case 'on_or_after':
      return { from: first(value as string), to: null }
    case 'between': {
      const [since, until] = value as readonly string[]
      return { from: first(since!), to: beyond(until!) }
    }
    // Today is the last of the days, up to now.
    case 'in_last_days':
      return { from: startOf(today.subtract({ days: (value as number) - 1 })), to: at(moment.add({ milliseconds: 1 })) }
    // The rest of today and that many days after it; a bare date that is today has not passed.
    case 'in_next_days':
      return {
        from: { instant: at(moment).instant, wall: startOf(today).wall },
        to: startOf(today.add({ days: (value as number) + 1 }))
      }
    default:
      throw new TypeError(`The filter was not checked: ${is} is no operator of dates.`)
  }
}

const millis = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })

const textsOf = (value: Test['value']): readonly string[] => (Array.isArray(value) ? value : [value]).map(String)
const list = (texts: readonly string[]): SQL =>
  sql`(${sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `
  )})`
const lowered = (texts: readonly string[]): SQL =>
  sql`(${sql.join(
    texts.map((text) => sql`lower(${text})`),
    sql`, `
  )})`
const labels = (column: SQL): SQL =>
  sql`jsonb_array_elements(case when jsonb_typeof(${column}) = 'array' then ${column} end)`

/** The ids of the people called so; an id nobody has an account row for still means itself. */
const peopleNamed = (names: readonly string[]): SQL => sql`(array[${sql.join(
  names.map((name) => sql`${name}::text`),
  sql`, `
)}] ||
  array(select i.id from identities i where lower(i.name) in ${lowered(names)} or lower(i.username) in ${lowered(names)}))`

// By way of text: drivers differ in what they make of a parameter they take for a number or a time.
const asNumber = (value: number): SQL => sql`${String(value)}::text::double precision`
const asInstant = (value: string): SQL => sql`${value}::text::timestamptz`
