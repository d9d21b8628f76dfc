import { z } from 'zod'
import { seen } from '../../access/who.ts'
import { type SQL, sql } from '../../db/database.ts'
import { Category, Tool } from '../../model/task.ts'
import { namesOf } from '../../people/names.ts'
import type { Calendar } from '../../rules/calendar.ts'
import { loadCalendars } from '../../rules/engine.ts'
import { ruleOf } from '../../rules/index.ts'
import { operation } from '../operation.ts'
import { findProject } from '../projects/projects.ts'

const Reason = z.enum(['fixed', 'gone', 'hidden', 'out_of_scope', 'rule_changed', 'dismissed'])

const Finding = z
  .object({
    id: z.number(),
    rule: z.string(),
    task: z.string(),
    title: z.string(),
    url: z.string(),
    tool: Tool,
    project: z.string(),
    projectName: z.string(),
    column: z.string().nullable(),
    category: Category,
    assignees: z.array(z.string()),
    since: z.string(),
    openedAt: z.string(),
    closedAt: z.string().nullable(),
    reason: Reason.nullable(),
    evidence: z.record(z.string(), z.unknown())
  })
  .meta({ id: 'Finding' })

export const findings = operation({
  id: 'findings',
  right: 'see',
  method: 'GET',
  path: '/findings',
  tag: 'Findings',
  summary: 'What rules found: open ones since longest first, closed ones the latest first',
  input: z.object({
    project: z.string().optional().describe('Id or name'),
    rule: z.string().optional(),
    person: z
      .string()
      .optional()
      .describe('Whose card it is: id of a person or of an account; “nobody” for cards without assignee'),
    state: z.enum(['open', 'closed']).default('open'),
    reason: Reason.optional().describe('Why it closed'),
    limit: z.coerce.number().int().min(1).max(10_000).default(200),
    offset: z.coerce.number().int().min(0).max(10_000_000).default(0).describe('How many come before'),
    after: z.coerce.number().int().optional().describe('Only findings after this id')
  }),
  output: z.object({
    findings: z.array(Finding),
    total: z.number(),
    byRule: z.record(z.string(), z.number()),
    next: z.number().nullable().describe('Offset of the next page')
  }),
  async run({ hub, who }, { project: word, rule, person, state, reason, limit, offset, after }) {
    const project = word === undefined ? null : (await findProject(hub.db, word, who)).id
    const which = sql`
      ${standing(state)}
      and (${project}::text is null or f.project_id = ${project}) and (${rule ?? null}::text is null or f.rule = ${rule ?? null})
      and (${reason ?? null}::text is null or f.reason = ${reason ?? null})
      and ${seen(who, sql`f.project_id`)} ${person === undefined ? sql`` : sql`and ${of(person)}`}`
    const counts = await hub.db.rows<{ rule: string; n: number }>(
      sql`select f.rule, count(*)::int as n from findings f where ${which} group by f.rule order by f.rule`
    )
    const calendars = await loadCalendars(hub.db)
    const rows = await hub.db.rows<z.infer<typeof Finding> & { calendar: string }>(sql`
      select f.id, f.rule, f.task_id as task, t.title, t.url, t.tool, f.project_id as project, p.name as "projectName", c.name as column,
        t.category, ${namesOf(sql`t.assignees`, 'by id')} as assignees,
        f.since, f.opened_at as "openedAt", f.closed_at as "closedAt", f.reason, f.evidence, p.calendar_id as calendar
      from findings f join tasks t on t.id = f.task_id join projects p on p.id = f.project_id
        left join columns c on c.id = t.column_id
      where ${which} and (${after ?? null}::int is null or f.id > ${after ?? null})
      order by ${state === 'open' ? sql`f.since` : sql`f.closed_at desc`}, f.id limit ${limit} offset ${offset}`)
    const now = hub.now()
    const total = counts.reduce((sum, { n }) => sum + n, 0)
    return {
      findings: rows.map(({ calendar, ...finding }) => ({
        ...finding,
        evidence: {
          ...finding.evidence,
          ...ruleOf(finding.rule)?.today?.(finding.evidence, now, calendars.get(calendar) as Calendar)
        }
      })),
      total,
      byRule: Object.fromEntries(counts.map(({ rule, n }) => [rule, n])),
      next: rows.length === limit && offset + limit < total ? offset + limit : null
    }
  }
})

const standing = (state: 'open' | 'closed'): SQL => sql`f.closed_at is ${state === 'open' ? sql`null` : sql`not null`}`

/** Of cards that are this person's, by whichever of their accounts. */
const of = (person: string): SQL =>
  person === 'nobody'
    ? sql`exists (select 1 from tasks t where t.id = f.task_id and t.assignees = '{}')`
    : sql`exists (select 1 from tasks t where t.id = f.task_id
        and t.assignees && array(select i.id from identities i where i.person_id = ${person} union select ${person}))`

/** What each way of grouping puts findings under. */
const GROUPS = {
  rule: { key: sql`f.rule`, from: sql``, name: sql`f.rule` },
  project: {
    key: sql`f.project_id`,
    from: sql`left join projects p on p.id = f.project_id`,
    name: sql`coalesce(max(p.name), f.project_id)`
  },
  person: {
    key: sql`coalesce(g.key, 'nobody')`,
    from: sql`left join tasks t on t.id = f.task_id
      left join lateral (
        select distinct coalesce(i.person_id, one.id) as key from unnest(t.assignees) one(id) left join identities i on i.id = one.id) g on true
      left join people n on n.id = g.key left join identities a on a.id = g.key`,
    name: sql`coalesce(max(n.name), max(a.name), max(g.key), '')`
  },
  reason: { key: sql`f.reason`, from: sql``, name: sql`f.reason` }
} as const

export const findingGroups = operation({
  id: 'findingGroups',
  right: 'see',
  method: 'GET',
  path: '/findings/groups',
  tag: 'Findings',
  summary: 'How many findings each rule, project, person or reason has, and on how many cards',
  input: z.object({
    by: z.enum(['rule', 'project', 'person', 'reason']),
    state: z.enum(['open', 'closed']).default('open'),
    limit: z.coerce.number().int().min(1).max(500).default(200)
  }),
  output: z.object({
    groups: z.array(
      z.object({
        key: z.string(),
        name: z.string().describe('Empty for nobody'),
        count: z.number(),
        tasks: z.number(),
        since: z.string().nullable().describe('Of the one that has been so the longest')
      })
    ),
    total: z.number(),
    tasks: z.number(),
    looked: z.number().describe('Open cards that rules look at'),
    lastClosed: z.string().nullable()
  }),
  async run({ hub, who }, { by, state, limit }) {
    const { key, from, name } = GROUPS[by]
    const sight = seen(who, sql`f.project_id`)
    const which = sql`${standing(state)} and ${sight}`
    const groups = await hub.db.rows<{
      key: string
      name: string
      count: number
      tasks: number
      since: string | null
    }>(sql`
      select ${key} as key, ${name} as name, count(*)::int as count, count(distinct f.task_id)::int as tasks, min(f.since) as since
      from findings f ${from} where ${which} group by 1 order by count(*) desc, 2, 1 limit ${limit}`)
    const [all] = await hub.db.rows<{ total: number; tasks: number; looked: number; lastClosed: string | null }>(sql`
      select count(*)::int as total, count(distinct f.task_id)::int as tasks,
        (select count(*)::int from tasks t where t.open and ${seen(who, sql`t.project_id`)}) as looked,
        (select max(f.closed_at) from findings f where f.closed_at is not null and ${sight}) as "lastClosed"
      from findings f where ${which}`)
    return { groups, ...(all as NonNullable<typeof all>) }
  }
})
