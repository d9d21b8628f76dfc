import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { json, sql } from '../db/database.ts'
import { print } from '../model/filter/parse.ts'
import type { Filter } from '../model/filter/syntax.ts'
import { counting, type KeyResultRow, recompute, total } from '../okr/ledger.ts'
import { expectedBy, keyResultProgress, pace } from '../okr/progress.ts'
import { operation, Refusal } from './operation.ts'
import { readFilter } from './tasks.ts'

const period = {
  from: z.iso.date().describe('First day'),
  to: z.iso.date().describe('Last day')
}

const KeyResult = z
  .object({
    id: z.string(),
    title: z.string(),
    unit: z.string(),
    direction: z.enum(['up', 'down']),
    start: z.number(),
    target: z.number(),
    from: z.string(),
    to: z.string(),
    filter: z.string(),
    measure: z.string().describe('count, or the number field that is summed'),
    current: z.number(),
    expected: z.number().describe('What an even pace would have reached by now'),
    pace: z.enum(['on track', 'at risk', 'off track']),
    contributions: z.number().describe('Cards that count')
  })
  .meta({ id: 'KeyResult' })

export const objectives = operation({
  id: 'objectives',
  method: 'GET',
  path: '/objectives',
  tag: 'Objectives',
  summary: 'Objectives with their key results',
  input: z.object({}),
  output: z.object({
    objectives: z.array(
      z.object({ id: z.string(), title: z.string(), from: z.string(), to: z.string(), keyResults: z.array(KeyResult) })
    )
  }),
  async run({ hub }) {
    const now = hub.now()
    const all = await hub.db.rows<{ id: string; title: string; from: string; to: string }>(
      sql`select id, title, starts_on as from, ends_on as to from objectives order by starts_on, title, id`
    )
    const mapping = new Map(
      (
        await hub.db.rows<Pick<KeyResultRow, 'id' | 'filter' | 'measure'>>(
          sql`select id, filter, measure from key_results`
        )
      ).map((row) => [row.id, row])
    )
    const progress = await keyResultProgress(hub.db)
    return {
      objectives: all.map((objective) => ({
        ...objective,
        keyResults: progress
          .filter(({ objectiveId }) => objectiveId === objective.id)
          .map((one) => {
            const mapped = mapping.get(one.id)
            return {
              id: one.id,
              title: one.title,
              unit: one.unit,
              direction: one.direction,
              start: one.start,
              target: one.target,
              from: one.startsOn,
              to: one.endsOn,
              filter: mapped ? print(mapped.filter as Filter) : '',
              measure: mapped?.measure.kind === 'sum' ? mapped.measure.field : 'count',
              current: one.current,
              expected: expectedBy(one, now),
              pace: pace(one, now),
              contributions: one.contributions
            }
          })
      }))
    }
  }
})

export const addObjective = operation({
  id: 'addObjective',
  method: 'POST',
  path: '/objectives',
  tag: 'Objectives',
  summary: 'Add an objective',
  input: z.object({ title: z.string().trim().min(1).max(300), ...period }),
  output: z.object({ id: z.string(), title: z.string() }),
  async run({ hub }, { title, from, to }) {
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const id = `obj-${randomBytes(5).toString('hex')}`
    await hub.db.run(
      sql`insert into objectives (id, title, starts_on, ends_on) values (${id}, ${title}, ${from}::date, ${to}::date)`
    )
    return { id, title }
  }
})

export const addKeyResult = operation({
  id: 'addKeyResult',
  method: 'POST',
  path: '/objectives/:objective/key-results',
  tag: 'Objectives',
  summary: 'Add a key result, fed by completed tasks that match a filter',
  input: z.object({
    objective: z.string().describe('Id or title'),
    title: z.string().trim().min(1).max(300),
    start: z.coerce.number().default(0),
    target: z.coerce.number(),
    unit: z.string().default('cards'),
    direction: z.enum(['up', 'down']).optional().describe('down when the target is below the start'),
    filter: z
      .string()
      .describe('Which completed tasks count, for example: project = "Client portal" and labels has "Accepted"'),
    sum: z.string().optional().describe('Name of the number field to add up; cards are counted when absent'),
    from: period.from.optional().describe('First day; the objective’s when absent'),
    to: period.to.optional()
  }),
  output: z.object({ id: z.string(), title: z.string(), current: z.number(), contributions: z.number() }),
  async run({ hub }, input) {
    const filter = readFilter(input.filter)
    const found = await hub.db.rows<{ id: string; starts_on: string; ends_on: string }>(sql`
      select id, starts_on, ends_on from objectives where id = ${input.objective} or lower(title) = lower(${input.objective})`)
    const [objective] = found
    if (!objective)
      throw new Refusal(
        404,
        'no_objective',
        `There is no objective “${input.objective}”. List them with: throughline okr`
      )
    if (found.length > 1)
      throw new Refusal(
        409,
        'ambiguous',
        `Several objectives are called “${input.objective}”. Use an id: ${found.map(({ id }) => id).join(', ')}.`
      )
    const [from, to] = [input.from ?? objective.starts_on, input.to ?? objective.ends_on]
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const id = `kr-${randomBytes(5).toString('hex')}`
    const direction = input.direction ?? (input.target < input.start ? 'down' : 'up')
    const measure = input.sum === undefined ? { kind: 'count' } : { kind: 'sum', field: input.sum }
    await hub.db.run(sql`
      insert into key_results (id, objective_id, title, unit, direction, start, target, starts_on, ends_on, zone, filter, measure)
      values (${id}, ${objective.id}, ${input.title}, ${input.unit}, ${direction}, ${input.start}::float8, ${input.target}::float8,
        ${from}::date, ${to}::date, ${hub.zone}, ${json(filter)}, ${json(measure)})`)
    await recompute(hub.db, { keyResult: id, now: hub.now() })
    const progress = (await keyResultProgress(hub.db)).find((one) => one.id === id)
    return {
      id,
      title: input.title,
      current: progress?.current ?? input.start,
      contributions: progress?.contributions ?? 0
    }
  }
})

export const removeKeyResult = operation({
  id: 'removeKeyResult',
  method: 'DELETE',
  path: '/key-results/:id',
  tag: 'Objectives',
  summary: 'Remove a key result and its ledger',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  run: async ({ hub }, { id }) => ({ removed: (await hub.db.run(sql`delete from key_results where id = ${id}`)) > 0 })
})

const Contribution = z
  .object({
    task: z.string(),
    title: z.string().nullable(),
    url: z.string().nullable(),
    amount: z.number(),
    kind: z.enum(['counted', 'reversed']),
    reason: z.string().nullable(),
    effectiveAt: z.string().describe('When the work was done, by the tool’s clock'),
    recordedAt: z.string().describe('When we knew it')
  })
  .meta({ id: 'Contribution' })

export const ledger = operation({
  id: 'ledger',
  method: 'GET',
  path: '/key-results/:id/contributions',
  tag: 'Objectives',
  summary: 'The ledger of a key result, card by card, and its recompute from scratch',
  input: z.object({ id: z.string(), limit: z.coerce.number().int().min(1).max(10_000).default(1000) }),
  output: z.object({ contributions: z.array(Contribution), sum: z.number(), recomputed: z.number() }),
  async run({ hub }, { id, limit }) {
    const [keyResult] = await hub.db.rows<KeyResultRow>(sql`
      select id, title, filter, measure, starts_on as "startsOn", ends_on as "endsOn", zone from key_results where id = ${id}`)
    if (!keyResult)
      throw new Refusal(404, 'no_key_result', `There is no key result ${id}. List them with: throughline okr`)
    const [sums] = await hub.db.rows<{ sum: number; recomputed: number }>(sql`
      select (select ${total(sql`amount`)} from contributions where key_result_id = ${id})::float8 as sum,
        (select ${total(sql`amount`)} from (${counting(keyResult, hub.now())}) fresh)::float8 as recomputed`)
    return {
      contributions: await hub.db.rows<z.infer<typeof Contribution>>(sql`
        select c.task_id as task, t.title, t.url, c.amount, c.kind, c.reason, c.effective_at as "effectiveAt", c.recorded_at as "recordedAt"
        from contributions c left join tasks t on t.id = c.task_id
        where c.key_result_id = ${id} order by c.effective_at, c.id limit ${limit}`),
      sum: sums?.sum ?? 0,
      recomputed: sums?.recomputed ?? 0
    }
  }
})
