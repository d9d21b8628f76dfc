import { z } from 'zod'
import { sql } from '../db/database.ts'
import { compile } from '../model/filter/compile.ts'
import { parse } from '../model/filter/parse.ts'
import { Category, Known, Presence, Tool } from '../model/task.ts'
import { namesOf } from '../people/names.ts'
import { operation, Refusal } from './operation.ts'

const Task = z
  .object({
    id: z.string(),
    tool: Tool,
    project: z.string(),
    title: z.string(),
    url: z.string(),
    column: z.string().nullable(),
    category: Category,
    open: z.boolean(),
    presence: Presence,
    assignees: z.array(z.string()),
    labels: z.array(z.string()),
    dueAt: z.string().nullable(),
    dueIsDate: z.boolean(),
    enteredColumnAt: z.string().nullable(),
    enteredKnown: Known.nullable(),
    completedAt: z.string().nullable(),
    completedKnown: Known.nullable(),
    createdAt: z.string(),
    updatedAt: z.string()
  })
  .meta({ id: 'Task' })

/** A filter as people type it; refuses with the place that is wrong. */
export function readFilter(text: string) {
  const parsed = parse(text)
  if (!parsed.ok)
    throw new Refusal(
      422,
      'bad_filter',
      `The filter cannot be read at character ${parsed.error.at + 1}: ${parsed.error.message}`
    )
  return parsed.filter
}

export const tasks = operation({
  id: 'tasks',
  method: 'GET',
  path: '/tasks',
  tag: 'Tasks',
  summary: 'Tasks of all tools, by a filter',
  input: z.object({
    filter: z.string().optional().describe('For example: category = doing and assignees is empty'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    after: z.string().optional().describe('Only tasks after this id, for the next page')
  }),
  output: z.object({ tasks: z.array(Task), next: z.string().nullable() }),
  async run({ hub }, { filter, limit, after }) {
    const where = filter === undefined ? sql`true` : compile(readFilter(filter), { now: hub.now(), zone: hub.zone })
    const rows = await hub.db.rows<z.infer<typeof Task>>(sql`
      select t.id, t.tool, t.project_id as project, t.title, t.url, c.name as column, t.category, t.open, t.presence,
        ${namesOf(sql`t.assignees`, 'by id')} as assignees,
        (select coalesce(jsonb_agg(coalesce(nullif(l ->> 'name', ''), l ->> 'colour', '')), '[]') from jsonb_array_elements(t.labels) l) as labels,
        t.due_at as "dueAt", t.due_is_date as "dueIsDate", t.entered_column_at as "enteredColumnAt", t.entered_known as "enteredKnown",
        t.completed_at as "completedAt", t.completed_known as "completedKnown", t.created_at as "createdAt", t.updated_at as "updatedAt"
      from tasks t left join columns c on c.id = t.column_id
      where ${where} and (${after ?? null}::text is null or t.id > ${after ?? null})
      order by t.id limit ${limit}`)
    return { tasks: rows, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null }
  }
})
