import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { json, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { print } from '../../model/filter/parse.ts'
import type { Filter } from '../../model/filter/syntax.ts'
import { type KeyResultRow, recompute } from '../../okr/ledger.ts'
import { elapsed, expectedBy, gone, keyResultProgress, pace, paceOf } from '../../okr/progress.ts'
import { operation, Refusal } from '../operation.ts'
import { readFilter } from '../tasks/tasks.ts'

export const period = {
  from: z.iso.date().describe('First day'),
  to: z.iso.date().describe('Last day')
}

export const KeyResult = z
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
    share: z.number().describe('Of the way from start to target: 0 to 1, more beyond the target'),
    expected: z.number().describe('What an even pace would have reached by now'),
    expectedShare: z.number(),
    pace: z.enum(['on track', 'at risk', 'off track']),
    contributions: z.number().describe('Cards that count')
  })
  .meta({ id: 'KeyResult' })

export const objectives = operation({
  id: 'objectives',
  right: 'see',
  method: 'GET',
  path: '/objectives',
  tag: 'Objectives',
  summary: 'Objectives with their key results',
  input: z.object({}),
  output: z.object({
    objectives: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        from: z.string(),
        to: z.string(),
        share: z.number().nullable().describe('Mean of its key results, each between 0 and 1; null without any'),
        expectedShare: z.number().nullable(),
        pace: KeyResult.shape.pace.nullable(),
        keyResults: z.array(KeyResult)
      })
    )
  }),
  async run({ hub }) {
    const all = await hub.db.rows<{ id: string; title: string; from: string; to: string }>(
      sql`select id, title, starts_on as from, ends_on as to from objectives order by starts_on, title, id`
    )
    const under = Map.groupBy(await shownKeyResults(hub), ({ objectiveId }) => objectiveId)
    return {
      objectives: all.map((objective) => {
        const keyResults = (under.get(objective.id) ?? []).map(({ objectiveId: _, objective: __, ...one }) => one)
        return { ...objective, ...standing(keyResults), keyResults }
      })
    }
  }
})

type Shown = z.infer<typeof KeyResult> & { objectiveId: string; objective: string }

/** Every key result as it stands now. */
export async function shownKeyResults({ db, now: clock }: Hub): Promise<Shown[]> {
  const now = clock()
  const rows = await db.rows<Pick<KeyResultRow, 'id' | 'filter' | 'measure'>>(
    sql`select id, filter, measure from key_results`
  )
  const mapping = new Map(rows.map((row) => [row.id, row]))
  return (await keyResultProgress(db)).map((one) => {
    const mapped = mapping.get(one.id)
    const { startsOn: from, endsOn: to, zone: _, ...rest } = one
    return {
      ...rest,
      from,
      to,
      filter: mapped ? print(mapped.filter as Filter) : '',
      measure: mapped?.measure.kind === 'sum' ? mapped.measure.field : 'count',
      share: gone(one),
      expected: expectedBy(one, now),
      expectedShare: elapsed(one, now),
      pace: pace(one, now)
    }
  })
}

function standing(keyResults: readonly Pick<Shown, 'share' | 'expectedShare'>[]) {
  if (keyResults.length === 0) return { share: null, expectedShare: null, pace: null }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const share = mean(keyResults.map((one) => Math.min(1, Math.max(0, one.share))))
  const expectedShare = mean(keyResults.map((one) => one.expectedShare))
  return { share, expectedShare, pace: paceOf(share, expectedShare) }
}

export const addObjective = operation({
  id: 'addObjective',
  right: 'steer',
  method: 'POST',
  path: '/objectives',
  tag: 'Objectives',
  summary: 'Add an objective',
  input: z.object({ title: z.string().trim().min(1).max(300), ...period }),
  output: z.object({ id: z.string(), title: z.string() }),
  changes: { subject: (_input, answer) => (answer ? `objective ${answer.id}` : null) },
  async run({ hub }, { title, from, to }) {
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const id = `obj-${randomBytes(5).toString('hex')}`
    await hub.db.run(
      sql`insert into objectives (id, title, starts_on, ends_on) values (${id}, ${title}, ${from}::date, ${to}::date)`
    )
    return { id, title }
  }
})

const noObjective = (id: string) =>
  new Refusal(404, 'no_objective', `There is no objective “${id}”. List them with: throughline okr`)

const objectiveState = async ({ db }: Hub, { id }: { id: string }) =>
  (
    await db.rows(sql`
      select title, starts_on as "from", ends_on as "to",
        (select coalesce(jsonb_agg(k.title order by k.title, k.id), '[]') from key_results k where k.objective_id = o.id) as "keyResults"
      from objectives o where id = ${id}`)
  )[0] ?? null

export const setObjective = operation({
  id: 'setObjective',
  right: 'steer',
  method: 'PUT',
  path: '/objectives/:id',
  tag: 'Objectives',
  summary: 'Change an objective; key results that had its days go along with it',
  input: z.object({
    id: z.string(),
    title: z.string().trim().min(1).max(300).optional(),
    from: period.from.optional(),
    to: period.to.optional()
  }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    moved: z.number().describe('Key results that were given the new days')
  }),
  changes: { subject: ({ id }) => `objective ${id}`, state: objectiveState },
  async run({ hub }, { id, ...asked }) {
    const [before] = await hub.db.rows<{ title: string; from: string; to: string }>(
      sql`select title, starts_on as "from", ends_on as "to" from objectives where id = ${id}`
    )
    if (!before) throw noObjective(id)
    const { title = before.title, from = before.from, to = before.to } = asked
    if (from > to) throw new Refusal(422, 'bad_period', 'The last day is before the first one.')
    const moved = await hub.db.transaction(async (tx) => {
      await tx.run(sql`
        update objectives set title = ${title}, starts_on = ${from}::date, ends_on = ${to}::date where id = ${id}`)
      return tx.rows<{ id: string }>(sql`
        update key_results set starts_on = ${from}::date, ends_on = ${to}::date
        where objective_id = ${id} and starts_on = ${before.from}::date and ends_on = ${before.to}::date
          and (starts_on, ends_on) is distinct from (${from}::date, ${to}::date)
        returning id`)
    })
    for (const { id: keyResult } of moved) await recompute(hub.db, { keyResult, now: hub.now() })
    return { id, title, moved: moved.length }
  }
})

export const removeObjective = operation({
  id: 'removeObjective',
  right: 'steer',
  method: 'DELETE',
  path: '/objectives/:id',
  tag: 'Objectives',
  summary: 'Remove an objective with its key results and their ledgers',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: { subject: ({ id }) => `objective ${id}`, state: objectiveState },
  run: async ({ hub }, { id }) => ({ removed: (await hub.db.run(sql`delete from objectives where id = ${id}`)) > 0 })
})

export const addKeyResult = operation({
  id: 'addKeyResult',
  right: 'steer',
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
  changes: { subject: (_input, answer) => (answer ? `key result ${answer.id}` : null) },
  async run({ hub }, input) {
    const filter = readFilter(input.filter)
    const found = await hub.db.rows<{ id: string; starts_on: string; ends_on: string }>(sql`
      select id, starts_on, ends_on from objectives where id = ${input.objective} or lower(title) = lower(${input.objective})`)
    const [objective] = found
    if (!objective) throw noObjective(input.objective)
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
  right: 'steer',
  method: 'DELETE',
  path: '/key-results/:id',
  tag: 'Objectives',
  summary: 'Remove a key result and its ledger',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: {
    subject: ({ id }) => `key result ${id}`,
    state: async ({ db }, { id }) =>
      (await db.rows(sql`select title, start, target, unit, filter, measure from key_results where id = ${id}`))[0] ??
      null
  },
  run: async ({ hub }, { id }) => ({ removed: (await hub.db.run(sql`delete from key_results where id = ${id}`)) > 0 })
})
