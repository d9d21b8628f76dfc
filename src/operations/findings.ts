import { z } from 'zod'
import { sql } from '../db/database.ts'
import { namesOf } from '../people/names.ts'
import type { Calendar } from '../rules/calendar.ts'
import { loadCalendars } from '../rules/engine.ts'
import { rules as builtIn, ruleOf } from '../rules/index.ts'
import { operation } from './operation.ts'
import { findProject } from './projects.ts'

const Finding = z
  .object({
    id: z.number(),
    rule: z.string(),
    task: z.string(),
    title: z.string(),
    url: z.string(),
    project: z.string(),
    projectName: z.string(),
    column: z.string().nullable(),
    assignees: z.array(z.string()),
    since: z.string(),
    openedAt: z.string(),
    closedAt: z.string().nullable(),
    reason: z.enum(['fixed', 'gone', 'hidden', 'out_of_scope', 'rule_changed', 'dismissed']).nullable(),
    evidence: z.record(z.string(), z.unknown())
  })
  .meta({ id: 'Finding' })

export const findings = operation({
  id: 'findings',
  method: 'GET',
  path: '/findings',
  tag: 'Findings',
  summary: 'What rules found, oldest first',
  input: z.object({
    project: z.string().optional().describe('Id or name'),
    rule: z.string().optional(),
    state: z.enum(['open', 'closed']).default('open'),
    limit: z.coerce.number().int().min(1).max(10_000).default(200),
    after: z.coerce.number().int().optional().describe('Only findings after this id, for the next page')
  }),
  output: z.object({
    findings: z.array(Finding),
    total: z.number(),
    byRule: z.record(z.string(), z.number())
  }),
  async run({ hub }, { project: word, rule, state, limit, after }) {
    const project = word === undefined ? null : (await findProject(hub.db, word)).id
    const which = sql`
      f.closed_at is ${state === 'open' ? sql`null` : sql`not null`}
      and (${project}::text is null or f.project_id = ${project}) and (${rule ?? null}::text is null or f.rule = ${rule ?? null})`
    const counts = await hub.db.rows<{ rule: string; n: number }>(
      sql`select f.rule, count(*)::int as n from findings f where ${which} group by f.rule order by f.rule`
    )
    const calendars = await loadCalendars(hub.db)
    const rows = await hub.db.rows<z.infer<typeof Finding> & { calendar: string }>(sql`
      select f.id, f.rule, f.task_id as task, t.title, t.url, f.project_id as project, p.name as "projectName", c.name as column,
        ${namesOf(sql`t.assignees`, 'by id')} as assignees,
        f.since, f.opened_at as "openedAt", f.closed_at as "closedAt", f.reason, f.evidence, p.calendar_id as calendar
      from findings f join tasks t on t.id = f.task_id join projects p on p.id = f.project_id
        left join columns c on c.id = t.column_id
      where ${which} and (${after ?? null}::int is null or f.id > ${after ?? null})
      order by f.since, f.id limit ${limit}`)
    const now = hub.now()
    return {
      findings: rows.map(({ calendar, ...finding }) => ({
        ...finding,
        evidence: {
          ...finding.evidence,
          ...ruleOf(finding.rule)?.today?.(finding.evidence, now, calendars.get(calendar) as Calendar)
        }
      })),
      total: counts.reduce((sum, { n }) => sum + n, 0),
      byRule: Object.fromEntries(counts.map(({ rule, n }) => [rule, n]))
    }
  }
})

export const rules = operation({
  id: 'rules',
  method: 'GET',
  path: '/rules',
  tag: 'Findings',
  summary: 'The rules and their parameters',
  input: z.object({}),
  output: z.object({
    rules: z.array(
      z.object({
        id: z.string(),
        about: z.string(),
        on: z.boolean(),
        params: z.record(z.string(), z.unknown()),
        categories: z.array(z.string())
      })
    )
  }),
  run: async () => ({
    rules: builtIn.map(({ id, about, on, params, categories }) => ({
      id,
      about,
      on,
      params: params.parse({}),
      categories: [...categories]
    }))
  })
})
