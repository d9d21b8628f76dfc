/** One key result: its course, where it is likely to end, and which cards feed it. */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { seen } from '../../access/who.ts'
import { json, type Queryable, type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { Tool } from '../../model/task.ts'
import { type ForecastFacts, forecast, seeded } from '../../okr/forecast.ts'
import { counting, type KeyResultRow, recompute, total } from '../../okr/ledger.ts'
import { weekBefore, weekOf } from '../../reports/rollup/week.ts'
import { startOfDay } from '../../rules/calendar.ts'
import { operation, Refusal } from '../operation.ts'
import { readFilter } from '../tasks/tasks.ts'
import { KeyResult, period, shownKeyResults } from './objectives.ts'

const Band = { low: z.number(), likely: z.number(), high: z.number() }

/** A forecast rests on the newest of its weeks. */
const MOST_WEEKS = 26

export const keyResult = operation({
  id: 'keyResult',
  right: 'see',
  method: 'GET',
  path: '/key-results/:id',
  tag: 'Objectives',
  summary: 'A key result with its course and where it is likely to end',
  input: z.object({ id: z.string() }),
  output: z.object({
    keyResult: KeyResult,
    objective: z.object({ id: z.string(), title: z.string() }),
    course: z
      .array(z.object({ on: z.string(), value: z.number() }))
      .describe('Where it stood at the end of each day that moved it, by when the work was done'),
    weeks: z.array(z.number()).describe('How far each full week moved it, Monday to Sunday, oldest first; at most 26'),
    forecast: z
      .object({
        ...Band,
        reachedOn: z.string().nullable().describe('The day by which half of the runs have reached the target'),
        band: z.array(z.object({ on: z.string(), ...Band }))
      })
      .nullable()
      .describe('Null before four full weeks, and after the last day; low to high holds seven runs in ten'),
    reversed: z.object({ cards: z.number(), latest: z.string().nullable() }).describe('Cards that were taken back')
  }),
  async run({ hub }, { id }) {
    const one = (await shownKeyResults(hub)).find((each) => each.id === id)
    if (!one) throw missing(id)
    const [row] = await hub.db.rows<{ zone: string }>(sql`select zone from key_results where id = ${id}`)
    const zone = row?.zone ?? hub.zone
    const sign = one.direction === 'down' ? -1 : 1
    const course = await hub.db.rows<{ on: string; value: number }>(sql`
      select on_day as "on", (${one.start}::numeric + ${sign}::numeric * sum(moved) over (order by on_day))::float8 as value from (
        select to_char(effective_at at time zone ${zone}, 'YYYY-MM-DD') as on_day, ${total(sql`amount`)} as moved
        from contributions where key_result_id = ${id} group by 1
      ) days where moved <> 0 order by on_day limit 4000`)
    const weeks = await weeksOf(hub.db, one, zone, hub.now(), sign)
    const [reversed] = await hub.db.rows<{ cards: number; latest: string | null }>(sql`
      select count(*)::int as cards, max(recorded_at) as latest from (
        select distinct on (task_id) kind, reason, recorded_at from contributions where key_result_id = ${id} order by task_id, id desc
      ) latest where kind = 'reversed'`)
    const { objectiveId, objective, ...shown } = one
    return {
      keyResult: shown,
      objective: { id: objectiveId, title: objective },
      course,
      weeks,
      forecast: forecastOf(one, weeks, zone, hub.now()),
      reversed: reversed ?? { cards: 0, latest: null }
    }
  }
})

type Course = { id: string; from: string; to: string } & Pick<ForecastFacts, 'current' | 'target' | 'direction'>

/** Full weeks between the first day and now, in the key result's zone. */
async function weeksOf(db: Queryable, { id, from, to }: Course, zone: string, now: string, sign: number) {
  const begins = startOfDay(from, zone)
  const ends = dayAfter(to, zone)
  const spans: { at: number; from: string; to: string }[] = []
  for (let week = weekOf(now < ends ? now : ends, zone); spans.length < MOST_WEEKS; ) {
    week = weekBefore(week, zone)
    if (week.from < begins) break
    spans.push({ at: spans.length, from: week.from, to: week.to })
  }
  if (spans.length === 0) return []
  const rows = await db.rows<{ moved: number }>(sql`
    select (${sign}::numeric * ${total(sql`c.amount`)})::float8 as moved
    from jsonb_to_recordset(${json(spans)}) as w(at int, "from" timestamptz, "to" timestamptz)
    left join contributions c on c.key_result_id = ${id} and c.effective_at >= w.from and c.effective_at < w.to
    group by w.at order by w.at desc`)
  return rows.map(({ moved }) => moved)
}

const WEEK_MS = 7 * 86_400_000

/** The same forecast to everybody who asks on the same facts: its seed is the key result and its weeks. */
function forecastOf(one: Course, weeks: number[], zone: string, now: string) {
  const { current, target, direction } = one
  const weeksLeft = Math.round(((Date.parse(dayAfter(one.to, zone)) - Date.parse(now)) / WEEK_MS) * 7) / 7
  const made = forecast({ current, target, direction, weeks, weeksLeft }, seeded(`${one.id} ${weeks.join()}`))
  if (!made) return null
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate()
  const dayIn = (ahead: number) => today.add({ days: Math.round(ahead * 7) })
  const last = Temporal.PlainDate.from(one.to)
  const within = (day: Temporal.PlainDate) => (Temporal.PlainDate.compare(day, last) > 0 ? last : day).toString()
  const { low, likely, high, reachedIn, band } = made
  return {
    low,
    likely,
    high,
    reachedOn: reachedIn === null ? null : dayIn(reachedIn).toString(),
    band: band.map(({ weeks: ahead, ...values }) => ({ on: within(dayIn(ahead)), ...values }))
  }
}

const dayAfter = (date: string, zone: string): string =>
  startOfDay(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), zone)

export const missing = (id: string) =>
  new Refusal(404, 'no_key_result', `There is no key result ${id}. List them with: throughline okr`)

const stateOf = async ({ db }: Hub, { id }: { id: string }) =>
  (
    await db.rows(sql`
      select title, unit, direction, start, target, starts_on as "from", ends_on as "to", filter, measure from key_results where id = ${id}`)
  )[0] ?? null

export const setKeyResult = operation({
  id: 'setKeyResult',
  right: 'steer',
  method: 'PUT',
  path: '/key-results/:id',
  tag: 'Objectives',
  summary: 'Change a key result; its ledger is brought in step with what counts then',
  input: z.object({
    id: z.string(),
    title: z.string().trim().min(1).max(300).optional(),
    unit: z.string().trim().max(40).optional(),
    start: z.number().optional(),
    target: z.number().optional(),
    from: period.from.optional(),
    to: period.to.optional(),
    filter: z.string().optional().describe('Which completed tasks count'),
    sum: z.string().trim().min(1).nullable().optional().describe('The number field to add up; null: cards are counted')
  }),
  output: z.object({ id: z.string(), title: z.string(), current: z.number(), contributions: z.number() }),
  changes: { subject: ({ id }) => `key result ${id}`, state: stateOf },
  async run({ hub }, input) {
    const { id } = input
    const before = (await shownKeyResults(hub)).find((one) => one.id === id)
    if (!before) throw missing(id)
    const [from, to] = [input.from ?? before.from, input.to ?? before.to]
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const [start, target] = [input.start ?? before.start, input.target ?? before.target]
    // Only a way that was turned round turns the direction: a figure may well fall short of where it began.
    const turned = Math.sign(target - start) !== Math.sign(before.target - before.start)
    const direction = turned ? (target < start ? 'down' : 'up') : before.direction
    const filter = input.filter === undefined ? null : readFilter(input.filter)
    const measure = input.sum === undefined ? null : measureOf(input.sum)
    await hub.db.run(sql`
      update key_results set title = ${input.title ?? before.title}, unit = ${input.unit ?? before.unit}, direction = ${direction},
        start = ${start}::float8, target = ${target}::float8, starts_on = ${from}::date, ends_on = ${to}::date,
        filter = coalesce(${jsonOrNull(filter)}, filter), measure = coalesce(${jsonOrNull(measure)}, measure)
      where id = ${id}`)
    await recompute(hub.db, { keyResult: id, now: hub.now() })
    const after = (await shownKeyResults(hub)).find((one) => one.id === id)
    if (!after) throw missing(id)
    return { id, title: after.title, current: after.current, contributions: after.contributions }
  }
})

const measureOf = (sum: string | null | undefined): KeyResultRow['measure'] =>
  sum === null || sum === undefined ? { kind: 'count' } : { kind: 'sum', field: sum }

const jsonOrNull = (value: unknown): SQL => (value === null ? sql`null::jsonb` : json(value))

const CARDS_SHOWN = 50

export const previewKeyResult = operation({
  id: 'previewKeyResult',
  right: 'steer',
  method: 'GET',
  path: '/key-results/preview',
  tag: 'Objectives',
  summary: 'Which cards a key result of this filter would count now, on the boards the asker sees; changes nothing',
  input: z.object({
    filter: z.string().max(8000),
    sum: z.string().trim().min(1).optional().describe('The number field to add up; cards are counted when absent'),
    ...period
  }),
  output: z.object({
    count: z.number(),
    amount: z.number(),
    cards: z
      .array(
        z.object({
          task: z.string(),
          tool: Tool,
          title: z.string(),
          url: z.string(),
          projectName: z.string(),
          amount: z.number(),
          doneAt: z.string()
        })
      )
      .describe('The latest 50')
  }),
  async run({ hub, who }, { filter, sum, from, to }) {
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const asked: KeyResultRow = {
      id: 'preview',
      title: '',
      filter: readFilter(filter),
      measure: measureOf(sum),
      startsOn: from,
      endsOn: to,
      zone: hub.zone
    }
    type Card = { task: string; tool: Tool; title: string; url: string; projectName: string; doneAt: string }
    // Counted on what they see only: a number of what they do not would tell of it, filter by filter.
    const rows = await hub.db.rows<Card & { amount: number; count: number; whole: number }>(sql`
      select t.id as task, t.tool, t.title, t.url, p.name as "projectName", c.amount::float8 as amount, c.effective_at as "doneAt",
        (count(*) over ())::int as count, (sum(c.amount::numeric) over ())::float8 as whole
      from (${counting(asked, hub.now())}) c join tasks t on t.id = c.task_id join projects p on p.id = t.project_id
      where ${seen(who, sql`t.project_id`)}
      order by c.effective_at desc, t.id limit ${CARDS_SHOWN}`)
    return {
      count: rows[0]?.count ?? 0,
      amount: rows[0]?.whole ?? 0,
      cards: rows.map(({ count: _, whole: __, ...card }) => card)
    }
  }
})
