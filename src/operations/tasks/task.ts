import { z } from 'zod'
import { seen } from '../../access/who.ts'
import { type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { compile } from '../../model/filter/compile.ts'
import { Filter } from '../../model/filter/syntax.ts'
import { loadCalendars } from '../../rules/engine.ts'
import { ruleOf } from '../../rules/index.ts'
import { tooOld } from '../../sync/freshness.ts'
import { NoteText } from '../findings/noteText.ts'
import { operation, Refusal } from '../operation.ts'
import { aged, FACTS, type Row, Task } from './tasks.ts'

const Finding = z.object({
  id: z.number(),
  rule: z.string(),
  since: z.string(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  reason: z.enum(['fixed', 'gone', 'hidden', 'out_of_scope', 'rule_changed', 'dismissed']).nullable(),
  evidence: z.record(z.string(), z.unknown())
})

const Event = z.object({
  type: z.string(),
  at: z.string(),
  notBefore: z.string().nullable().describe('Seen by us: it happened between this moment and `at`'),
  actor: z.string().nullable(),
  from: z.string().nullable().describe('Name of a column or person, or an instant'),
  to: z.string().nullable(),
  toCategory: z.string().nullable(),
  source: z.enum(['reported', 'observed']).describe('Told by the tool, or seen by us')
})

const Contribution = z.object({
  keyResult: z.string(),
  title: z.string(),
  objective: z.string(),
  unit: z.string(),
  amount: z.number().nullable().describe('Null while it would count only once it is done'),
  at: z.string().nullable()
})

const Detail = Task.extend({
  description: z.string(),
  descriptionCut: z.boolean(),
  creator: z.string().nullable(),
  rawPriority: z.string().nullable(),
  startAt: z.string().nullable(),
  checklistDone: z.number(),
  checklistTotal: z.number(),
  estimateValue: z.number().nullable(),
  estimateUnit: z.string().nullable(),
  commentCount: z.number().nullable(),
  fields: z.array(z.object({ name: z.string(), type: z.string(), value: z.string() })),
  zone: z.string().describe('Of the project’s calendar'),
  lookedAt: z.string().nullable().describe('When its board was last read, by our clock'),
  tooOld: z.boolean().describe('Too old to speak from'),
  allFindings: z.array(Finding).describe('Open ones first; of the closed ones the latest 50'),
  contributions: z.array(Contribution),
  events: z.array(Event).describe('The latest 100, the newest first'),
  comments: z
    .array(
      z.object({
        author: z.string().nullable(),
        at: z.string(),
        text: z.string(),
        ours: z.boolean(),
        said: NoteText.nullable().describe('Of our note as it stands now: the same without the tool’s markup')
      })
    )
    .describe('The latest 50, the newest first')
}).meta({ id: 'TaskDetail' })

type Facts = Row & Omit<z.infer<typeof Detail>, keyof z.infer<typeof Task> | keyof ReturnType<typeof nothingYet>>

const nothingYet = () => ({ allFindings: [], contributions: [], events: [], comments: [] })

/** What the account is called: by the person's name. */
const called = (identity: SQL): SQL => sql`(
  select coalesce(p.name, i.name) from identities i left join people p on p.id = i.person_id where i.id = ${identity})`

export const task = operation({
  id: 'task',
  right: 'see',
  method: 'GET',
  path: '/tasks/:id',
  tag: 'Tasks',
  summary: 'One task: its facts, findings, history, comments, and what it counts towards',
  input: z.object({ id: z.string() }),
  output: Detail,
  async run({ hub, who }, { id }) {
    const [facts] = await hub.db.rows<Facts>(sql`
      select ${FACTS}, t.description, t.description_cut as "descriptionCut", ${called(sql`t.creator`)} as creator,
        t.raw_priority as "rawPriority", t.start_at as "startAt", t.checklist_done as "checklistDone", t.checklist_total as "checklistTotal",
        t.estimate_value as "estimateValue", t.estimate_unit as "estimateUnit", t.comment_count as "commentCount",
        (select coalesce(jsonb_agg(jsonb_build_object('name', e.value ->> 'name', 'type', e.value ->> 'type', 'value', coalesce(e.value ->> 'value', ''))
          order by e.key), '[]') from jsonb_each(t.fields) e) as fields,
        coalesce(k.zone, 'UTC') as zone, p.looked_at as "lookedAt", coalesce(${tooOld(hub)}, false) as "tooOld"
      from tasks t left join projects p on p.id = t.project_id left join columns c on c.id = t.column_id
        left join calendars k on k.id = p.calendar_id
      where t.id = ${id} and ${seen(who, sql`t.project_id`)}`)
    if (!facts) throw new Refusal(404, 'no_task', 'There is no such card, or it is on a board you have not been given.')
    const calendars = await loadCalendars(hub.db)
    const days = calendars.get(facts.calendar)
    const now = hub.now()
    const [findings, contributions, events, comments] = await Promise.all([
      findingsOf(hub, id),
      contributionsOf(hub, id, facts.open),
      eventsOf(hub, id),
      commentsOf(hub, id)
    ])
    return {
      ...aged(facts, now, calendars),
      allFindings: findings.map((finding) => ({
        ...finding,
        evidence: {
          ...finding.evidence,
          ...(days && finding.closedAt === null ? ruleOf(finding.rule)?.today?.(finding.evidence, now, days) : {})
        }
      })),
      contributions,
      events,
      comments
    }
  }
})

const findingsOf = ({ db }: Hub, id: string) =>
  db.rows<z.infer<typeof Finding>>(sql`
    select id, rule, since, opened_at as "openedAt", closed_at as "closedAt", reason, evidence from findings
    where task_id = ${id} order by closed_at desc nulls first, since, id limit 50`)

const eventsOf = ({ db }: Hub, id: string) =>
  db.rows<z.infer<typeof Event>>(sql`
    select e.type, e.at, e.not_before as "notBefore", ${called(sql`e.actor`)} as actor,
      coalesce(a.name, ${called(sql`e.from_id`)}, e.from_id) as "from", coalesce(b.name, ${called(sql`e.to_id`)}, e.to_id) as "to",
      b.category as "toCategory", e.source
    from task_events e left join columns a on a.id = e.from_id left join columns b on b.id = e.to_id
    where e.task_id = ${id} order by e.at desc, e.id desc limit 100`)

const commentsOf = ({ db }: Hub, id: string) =>
  db.rows<z.infer<typeof Detail>['comments'][number]>(sql`
    select ${called(sql`m.author`)} as author, m.at, m.text, m.ours, case when m.ours then n.posted end as said
    from comments m left join notes n on n.task_id = m.task_id and m.id = split_part(m.task_id, ':', 1) || ':' || n.comment_id
    where m.task_id = ${id} order by m.at desc, m.id desc limit 50`)

/** What stands in ledgers; and, for an open task, the key results whose filter it matches already. */
async function contributionsOf(hub: Hub, id: string, open: boolean): Promise<z.infer<typeof Contribution>[]> {
  const rows = await hub.db.rows<z.infer<typeof Contribution> & { filter: unknown; over: boolean }>(sql`
    select k.id as "keyResult", k.title, o.title as objective, k.unit, k.filter, l.amount, l.effective_at as at,
      k.ends_on < ${hub.now()}::timestamptz::date as over
    from key_results k join objectives o on o.id = k.objective_id
    left join lateral (
      select case c.kind when 'counted' then c.amount end as amount, case c.kind when 'counted' then c.effective_at end as effective_at
      from contributions c where c.key_result_id = k.id and c.task_id = ${id} order by c.id desc limit 1) l on true
    order by o.title, k.title limit 200`)
  const counted = rows.filter(({ amount }) => amount !== null)
  const possible = open ? rows.filter(({ amount, over }) => amount === null && !over) : []
  const matching = new Set(possible.length === 0 ? [] : await matched(hub, id, possible))
  return [...counted, ...possible.filter(({ keyResult }) => matching.has(keyResult))].map(
    ({ filter: _, over: __, ...one }) => one
  )
}

/** Filters of key results often say themselves that the work is done; that is what is still to come. */
async function matched(hub: Hub, id: string, among: { keyResult: string; filter: unknown }[]): Promise<string[]> {
  const asked = among.map(
    ({ keyResult, filter }) => sql`
      select ${keyResult}::text as id from tasks t where t.id = ${id} and ${compile(Filter.parse(filter), { now: hub.now(), zone: hub.zone })}`
  )
  return (await hub.db.rows<{ id: string }>(sql.join(asked, sql` union all `))).map((row) => row.id)
}
