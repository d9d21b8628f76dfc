/**
 * What tasks can be put under, for lists that show groups and for those that count them: both go by the same keys in the same order, so that a group
 * begins in the list where the counts before it end. A task with two people or labels stands under each of them.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { Category, Priority } from '../../model/task.ts'
import { operation } from '../operation.ts'
import { readerZone } from './readerZone.ts'
import { which, whichTasks } from './whichTasks.ts'

export const GROUP_NAMES = ['category', 'project', 'assignee', 'tool', 'rule', 'priority', 'label', 'due'] as const
export type GroupName = (typeof GROUP_NAMES)[number]

export interface Grouping {
  /** Relations to be read beside `tasks t`: `g(key)`, and perhaps `n` that names it. */
  beside: SQL
  /** What a key is called. */
  name: SQL
  /** What groups are sorted by; then by key, and those without a key last. */
  order: SQL
}

/** Reads `today` in the zone of who asks: the same card may be due today for one and tomorrow for another. */
export async function groupingBy(hub: Hub, who: Who, by: GroupName): Promise<Grouping> {
  if (by === 'due') return dueGrouping(hub.now(), await readerZone(hub, who))
  const { key, named = sql``, name = sql`g.key`, order = sql`lower(${name})` } = WAYS[by]
  return { beside: sql`left join lateral (${key}) g(key) on true ${named}`, name, order }
}

const inOrder = (values: readonly string[]): SQL =>
  sql`array_position(${sql.raw(`array['${values.join(`', '`)}']`)}, g.key)`

const WAYS: Record<Exclude<GroupName, 'due'>, { key: SQL; named?: SQL; name?: SQL; order?: SQL }> = {
  category: { key: sql`select t.category`, order: inOrder(Category.options) },
  priority: { key: sql`select t.priority`, order: inOrder(Priority.options) },
  tool: { key: sql`select t.tool` },
  project: {
    key: sql`select t.project_id`,
    named: sql`left join projects n on n.id = g.key`,
    name: sql`coalesce(n.name, g.key)`
  },
  label: {
    key: sql`select distinct coalesce(nullif(l ->> 'name', ''), l ->> 'colour', '') from jsonb_array_elements(t.labels) l`
  },
  // By name, as a filter asks for people: accounts nobody has recognised yet stand with their namesakes.
  assignee: {
    key: sql`select distinct coalesce(n.name, i.name, one.id) from unnest(t.assignees) one(id)
      left join identities i on i.id = one.id left join people n on n.id = i.person_id`
  },
  rule: { key: sql`select f.rule from findings f where f.task_id = t.id and f.closed_at is null` }
}

const DUE = ['before', 'today', 'week', 'next', 'later'] as const

function dueGrouping(now: string, zone: string): Grouping {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate()
  const sunday = today.add({ days: 7 - today.dayOfWeek })
  const until = (day: Temporal.PlainDate) => sql`${day.toString()}::date`
  return {
    beside: sql`left join lateral (
      select case when t.due_is_date then (t.due_at at time zone 'UTC')::date else (t.due_at at time zone ${zone}::text)::date end
    ) d(day) on true left join lateral (
      select case when d.day < ${until(today)} then 'before' when d.day = ${until(today)} then 'today' when d.day <= ${until(sunday)} then 'week'
        when d.day <= ${until(sunday.add({ days: 7 }))} then 'next' when d.day is not null then 'later' end
    ) g(key) on true`,
    name: sql`g.key`,
    order: inOrder(DUE)
  }
}

export const taskGroups = operation({
  id: 'taskGroups',
  right: 'see',
  method: 'GET',
  path: '/tasks/groups',
  tag: 'Tasks',
  summary: 'How many of the tasks each project, person, category, tool, rule, priority, label or time they are due has',
  input: z.object({
    ...which,
    by: z.enum(GROUP_NAMES),
    order: z
      .enum(['count', 'group'])
      .default('count')
      .describe(
        'count: most tasks first; group: as in a list of tasks that is grouped, by name or by what comes first'
      ),
    limit: z.coerce.number().int().min(1).max(5000).default(200)
  }),
  output: z.object({
    groups: z.array(
      z.object({
        key: z
          .string()
          .nullable()
          .describe('Null: nobody, no label, no finding, no date. Due: before today, today, week, next week, later'),
        name: z.string().nullable(),
        count: z.number()
      })
    )
  }),
  async run({ hub, who }, { by, order, limit, ...asked }) {
    const grouping = await groupingBy(hub, who, by)
    const where = await whichTasks(hub, who, asked)
    const sorted =
      order === 'count' ? sql`count(*) desc, 2, 1` : sql`min(${grouping.order}) nulls last, g.key nulls last`
    return {
      groups: await hub.db.rows<{ key: string | null; name: string | null; count: number }>(sql`
        select g.key, max(${grouping.name}) as name, count(*)::int as count
        from tasks t ${grouping.beside}
        where ${where} group by g.key order by ${sorted} limit ${limit}`)
    }
  }
})
