import { z } from 'zod'
import { seen } from '../../access/who.ts'
import type { Queryable } from '../../db/database.ts'
import { ids, sql } from '../../db/database.ts'
import { stepNotes } from '../../jobs/line.ts'
import { judge } from '../../rules/engine.ts'
import type { Rule } from '../../rules/rule.ts'
import { keepTuning, tuned, tunedRules } from '../../rules/tuned.ts'
import { asIf } from '../asIf.ts'
import { operation, Refusal } from '../operation.ts'

const Parameter = z.object({
  name: z.string(),
  value: z.number(),
  default: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable()
})

const ShownRule = z
  .object({
    id: z.string(),
    about: z.string(),
    on: z.boolean(),
    params: z.record(z.string(), z.unknown()),
    parameters: z.array(Parameter).describe('The same, as something to be changed'),
    categories: z.array(z.string()).describe('It looks at cards in columns of these'),
    open: z.number().describe('Open findings the reader sees'),
    cards: z.number().describe('Cards it looks at, of those the reader sees')
  })
  .meta({ id: 'Rule' })

export const rules = operation({
  id: 'rules',
  right: 'see',
  method: 'GET',
  path: '/rules',
  tag: 'Rules',
  summary: 'The rules, their parameters, and what they find now',
  input: z.object({}),
  output: z.object({ rules: z.array(ShownRule) }),
  async run({ hub, who }) {
    const all = await tunedRules(hub.db)
    const open = await hub.db.rows<{ rule: string; n: number }>(sql`
      select rule, count(*)::int as n from findings f where closed_at is null and ${seen(who, sql`f.project_id`)} group by rule`)
    const cards = await hub.db.rows<{ category: string; n: number }>(sql`
      select category, count(*)::int as n from tasks t where t.open and ${seen(who, sql`t.project_id`)} group by category`)
    const inCategory = new Map(cards.map(({ category, n }) => [category, n]))
    const found = new Map(open.map(({ rule, n }) => [rule, n]))
    return {
      rules: all.map((rule) => ({
        id: rule.id,
        about: rule.about,
        on: rule.on,
        params: rule.params.parse(rule.chosen ?? {}),
        parameters: parametersOf(rule),
        categories: [...rule.categories],
        open: found.get(rule.id) ?? 0,
        cards: rule.categories.reduce((sum, category) => sum + (inCategory.get(category) ?? 0), 0)
      }))
    }
  }
})

const Params = z.record(z.string(), z.unknown())

export const previewRule = operation({
  id: 'previewRule',
  right: 'tend',
  method: 'GET',
  path: '/rules/:rule/preview',
  tag: 'Rules',
  summary: 'On how many cards a rule would fire now if it were set so; changes nothing',
  input: z.object({
    rule: z.string(),
    on: z.stringbool(),
    params: z
      .string()
      .default('{}')
      .transform(readJson)
      .pipe(Params)
      .describe('Parameters as JSON; those left out are as they were built')
  }),
  output: z.object({
    fires: z.number().describe('Cards it would fire on'),
    opened: z.number(),
    closed: z.number(),
    notes: z.number().describe('Of what would open, on boards where alerts are on'),
    cards: z
      .array(z.object({ task: z.string(), title: z.string(), url: z.string(), projectName: z.string() }))
      .describe('The first of what would open')
  }),
  async run({ hub }, { rule: id, on, params }) {
    const wanted = await wantedRule(hub.db, id, { on, params })
    const now = hub.now()
    return asIf(hub.db, async (tx) => {
      await settled(tx, await ruleNamed(tx, id), now)
      const before = await openOf(tx, id)
      await settled(tx, wanted, now)
      const after = await openOf(tx, id)
      const opened = [...after].filter((task) => !before.has(task))
      const cards = await tx.rows<{
        task: string
        title: string
        url: string
        projectName: string
        alerts: boolean
      }>(sql`
        select t.id as task, t.title, t.url, p.name as "projectName", p.alerts from tasks t join projects p on p.id = t.project_id
        where t.id = any(${ids(opened)}) order by t.entered_column_at, t.id`)
      return {
        fires: after.size,
        opened: opened.length,
        closed: [...before].filter((task) => !after.has(task)).length,
        notes: cards.filter(({ alerts }) => alerts).length,
        cards: cards.slice(0, FIRST).map(({ alerts: _, ...card }) => card)
      }
    })
  }
})

const FIRST = 20

export const setRule = operation({
  id: 'setRule',
  right: 'tend',
  method: 'PUT',
  path: '/rules/:rule',
  tag: 'Rules',
  summary: 'Switch a rule on or off, or change its parameters; findings follow at once',
  input: z.object({
    rule: z.string(),
    on: z.boolean().describe('Whether it looks at all'),
    params: Params.default({}).describe('Those left out are as they were built')
  }),
  output: z.object({ opened: z.number(), closed: z.number() }),
  changes: {
    subject: ({ rule }) => `rule ${rule}`,
    state: async ({ db }, { rule: id }) => {
      const rule = (await tunedRules(db)).find((one) => one.id === id)
      return rule ? { on: rule.on, params: rule.params.parse(rule.chosen ?? {}) } : null
    }
  },
  async run({ hub, jobs }, { rule: id, on, params }) {
    const wanted = await wantedRule(hub.db, id, { on, params })
    const outcome = await hub.db.transaction(async (tx) => {
      const now = hub.now()
      // What was fixed by now closes as fixed; only what closes after that closes because of the rule.
      await settled(tx, await ruleNamed(tx, id), now)
      const before = await openOf(tx, id)
      await keepTuning(tx, id, { on, params })
      await settled(tx, wanted, now)
      const after = await openOf(tx, id)
      const closed = [...before].filter((task) => !after.has(task))
      await tx.run(sql`
        update findings set reason = 'rule_changed'
        where rule = ${id} and task_id = any(${ids(closed)}) and closed_at = ${now}::timestamptz`)
      return { opened: [...after].filter((task) => !before.has(task)).length, closed: closed.length }
    })
    await stepNotes(hub, jobs)
    return outcome
  }
})

/** Findings of this rule as it says now; of one that is off, none. */
async function settled(tx: Queryable, rule: Rule, now: string): Promise<void> {
  if (rule.on) await judge(tx, { now, rules: [rule] })
  else
    await tx.run(
      sql`update findings set closed_at = ${now}::timestamptz, reason = 'rule_changed' where rule = ${rule.id} and closed_at is null`
    )
}

const openOf = async (tx: Queryable, rule: string): Promise<Set<string>> =>
  new Set(
    (
      await tx.rows<{ task: string }>(
        sql`select task_id as task from findings where rule = ${rule} and closed_at is null`
      )
    ).map(({ task }) => task)
  )

async function ruleNamed(db: Queryable, id: string): Promise<Rule> {
  const rule = (await tunedRules(db)).find((one) => one.id === id)
  if (!rule) throw new Refusal(404, 'no_rule', `There is no rule “${id}”. List them with: throughline findings rules`)
  return rule
}

async function wantedRule(
  db: Queryable,
  id: string,
  tuning: { on: boolean; params: Record<string, unknown> }
): Promise<Rule> {
  const rule = await ruleNamed(db, id)
  const read = rule.params.safeParse(tuning.params)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Refusal(422, 'bad_parameter', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`)
  }
  return tuned({ ...rule, on: tuning.on }, tuning)
}

/** From the rule's own schema: whole numbers with their bounds. */
function parametersOf(rule: Rule): z.infer<typeof Parameter>[] {
  const schema = z.toJSONSchema(rule.params, { io: 'input' }) as {
    properties?: Record<string, { default?: number; minimum?: number; maximum?: number }>
  }
  const values = rule.params.parse(rule.chosen ?? {}) as Record<string, number>
  return Object.entries(schema.properties ?? {}).map(([name, { default: built = 0, minimum, maximum }]) => ({
    name,
    value: values[name] ?? built,
    default: built,
    min: minimum ?? null,
    max: maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : null
  }))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
