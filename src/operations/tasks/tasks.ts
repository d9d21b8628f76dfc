import { z } from 'zod'
import { isoText, type SQL, sql } from '../../db/database.ts'
import { Category, Known, Presence, Priority, Tool } from '../../model/task.ts'
import { namesOf } from '../../people/names.ts'
import { type Calendar, workingAge } from '../../rules/calendar.ts'
import { loadCalendars } from '../../rules/engine.ts'
import { operation } from '../operation.ts'
import { GROUP_NAMES, groupingBy } from './grouping.ts'
import { which, whichTasks } from './whichTasks.ts'

export { readFilter } from './whichTasks.ts'

export const Task = z
  .object({
    id: z.string(),
    tool: Tool,
    project: z.string(),
    projectName: z.string(),
    title: z.string(),
    url: z.string(),
    column: z.string().nullable(),
    category: Category,
    open: z.boolean(),
    presence: Presence,
    priority: Priority,
    assignees: z.array(z.string()),
    labels: z.array(z.string()),
    dueAt: z.string().nullable(),
    dueIsDate: z.boolean(),
    enteredColumnAt: z.string().nullable(),
    enteredKnown: Known.nullable(),
    age: z.number().nullable().describe('Working days in its column; null when it is done or not known'),
    completedAt: z.string().nullable(),
    completedKnown: Known.nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    findings: z.array(z.object({ rule: z.string(), since: z.string() })).describe('Open ones, the oldest first')
  })
  .meta({ id: 'Task' })

export type Row = Omit<z.infer<typeof Task>, 'age'> & { calendar: string }

/** The columns of `Task` but its age. Over `tasks t`, `projects p` and `columns c`, perhaps missing. */
export const FACTS = sql`
  t.id, t.tool, t.project_id as project, coalesce(p.name, t.project_id) as "projectName", t.title, t.url, c.name as column,
  t.category, t.open, t.presence, t.priority, ${namesOf(sql`t.assignees`, 'by id')} as assignees,
  (select coalesce(jsonb_agg(coalesce(nullif(l ->> 'name', ''), l ->> 'colour', '')), '[]') from jsonb_array_elements(t.labels) l) as labels,
  t.due_at as "dueAt", t.due_is_date as "dueIsDate", t.entered_column_at as "enteredColumnAt", t.entered_known as "enteredKnown",
  t.completed_at as "completedAt", t.completed_known as "completedKnown", t.created_at as "createdAt", t.updated_at as "updatedAt",
  (select coalesce(jsonb_agg(jsonb_build_object('rule', f.rule, 'since', ${isoText(sql`f.since`)}) order by f.since, f.rule), '[]')
    from findings f where f.task_id = t.id and f.closed_at is null) as findings,
  coalesce(p.calendar_id, 'default') as calendar`

const PRIORITIES = sql.raw(`array['${Priority.options.join(`', '`)}']`)

/** What to sort by; what is not known comes last either way. */
const SORTS = {
  id: sql`t.id`,
  age: sql`case when t.open then t.entered_column_at end`,
  due: sql`t.due_at`,
  updated: sql`t.updated_at`,
  title: sql`lower(t.title)`,
  priority: sql`array_position(${PRIORITIES}, t.priority)`,
  project: sql`lower(p.name)`
}

export const SORT_NAMES = ['id', 'age', 'due', 'updated', 'title', 'priority', 'project'] as const

export const tasks = operation({
  id: 'tasks',
  right: 'see',
  method: 'GET',
  path: '/tasks',
  tag: 'Tasks',
  summary: 'Tasks of all tools, by a filter',
  input: z.object({
    ...which,
    sort: z
      .enum(SORT_NAMES)
      .default('id')
      .describe('age: longest in its column first; updated: latest first; title and project: A to Z'),
    down: z.stringbool().default(false).describe('The other way round'),
    group: z
      .enum(GROUP_NAMES)
      .optional()
      .describe('What is in one group stands together, the groups in the order of /tasks/groups?order=group'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    offset: z.coerce.number().int().min(0).max(10_000_000).default(0).describe('How many come before, in any sort'),
    after: z.string().optional().describe('Sorted by id, only tasks after this id, for the next page')
  }),
  output: z.object({
    tasks: z.array(
      Task.extend({
        group: z.string().nullish().describe('Key of the group it stands in, where there are groups')
      }).meta({
        id: 'ListedTask'
      })
    ),
    total: z.number().nullable().describe('Of all that match; null on a page after an id'),
    next: z.string().nullable()
  }),
  async run({ hub, who }, { sort, down, group, limit, offset, after, ...asked }) {
    const where = await whichTasks(hub, who, asked)
    const grouping = group ? await groupingBy(hub, who, group) : null
    const backwards = (sort === 'updated') !== down
    const order = sql`${SORTS[sort]} ${backwards ? sql`desc` : sql`asc`} nulls last, t.id`
    const named = sort === 'project' ? sql`left join projects p on p.id = t.project_id` : sql``
    const beyond = after === undefined ? sql`` : sql`and t.id > ${after}`
    const groups = grouping ? sql`, g.key as "group", ${grouping.order} as "groupOrder"` : sql``
    const byGroup = grouping ? sql`"groupOrder" nulls last, "group" nulls last,` : sql``
    const [rows, total, calendars] = await Promise.all([
      // The ids of the window first: what else is shown of them is looked up for these alone.
      hub.db.rows<Row & { group?: string | null }>(sql`
        with shown as materialized (
          select t.id ${groups} from tasks t ${named} ${grouping?.beside ?? sql``}
          where ${where} ${beyond} order by ${byGroup} ${order} limit ${limit} offset ${offset})
        select ${FACTS} ${grouping ? sql`, s."group"` : sql``}
        from shown s join tasks t on t.id = s.id left join projects p on p.id = t.project_id left join columns c on c.id = t.column_id
        order by ${byGroup} ${order}`),
      after === undefined ? countOf(hub.db, where) : null,
      loadCalendars(hub.db)
    ])
    const now = hub.now()
    return {
      tasks: rows.map((row) => aged(row, now, calendars)),
      total,
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null
    }
  }
})

async function countOf(db: { rows<T>(statement: SQL): Promise<T[]> }, where: SQL): Promise<number> {
  const [row] = await db.rows<{ n: number }>(sql`select count(*)::int as n from tasks t where ${where}`)
  return row?.n ?? 0
}

export function aged<T extends Row>({ calendar, ...task }: T, now: string, calendars: Map<string, Calendar>) {
  const days = calendars.get(calendar)
  const counts = task.open && task.enteredColumnAt !== null && days !== undefined
  return { ...task, age: counts ? workingAge(task.enteredColumnAt as string, now, days) : null }
}
