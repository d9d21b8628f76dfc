import { z } from 'zod'
import { adapterOf } from '../../../adapters/index.ts'
import { seen, type Who } from '../../access/who.ts'
import { chooseProjects } from '../../connections/readers.ts'
import { ids, isoText, type Queryable, sql } from '../../db/database.ts'
import { followUp } from '../../jobs/line.ts'
import { Category, Tool } from '../../model/task.ts'
import { tooOld } from '../../sync/freshness.ts'
import { settleProjects } from '../../sync/settle.ts'
import { operation, Refusal } from '../operation.ts'

const Freshness = z
  .object({
    lookedAt: z.string().nullable().describe('Our clock at the start of the last complete look'),
    tooOld: z.boolean().describe('Notes and reports do not speak of it'),
    nextLookAt: z.string().nullable().describe('null: nobody reads it'),
    webhook: z
      .enum(['alive', 'registering', 'silent', 'off', 'refused', 'none'])
      .describe('silent: active at the tool, yet it tells us nothing; off: the tool switched it off'),
    lostAt: z.string().nullable().describe('Since when no connected account is shown it')
  })
  .meta({ id: 'Freshness' })

export const Project = z
  .object({
    id: z.string(),
    tool: Tool,
    name: z.string(),
    url: z.string(),
    archived: z.boolean(),
    audience: z.string().describe('Who can read it beside its members: members, company, guests, public'),
    chosen: z.boolean(),
    alerts: z.boolean(),
    language: z.string(),
    tasks: z.number(),
    openTasks: z.number(),
    openFindings: z.number(),
    unmappedColumns: z.number(),
    quarantined: z.number(),
    readAt: z.string().nullable().describe('The tool’s clock at the start of the last complete look'),
    freshness: Freshness
  })
  .meta({ id: 'Project' })

/** A project by its hub id, its id in the tool, or its name; refuses when none that they see or several match. */
export async function findProject(
  db: Queryable,
  word: string,
  who: Pick<Who, 'projects'>
): Promise<{ id: string; name: string; tool: Tool }> {
  const found = await db.rows<{ id: string; name: string; tool: Tool }>(sql`
    select id, name, tool from projects
    where (id = ${word} or id like '%:' || replace(replace(${word}, '\\', '\\\\'), '%', '\\%') or lower(name) = lower(${word}))
      and ${seen(who, sql`id`)}
    order by chosen desc, id`)
  const exact = found.filter(({ id }) => id === word)
  const matches = exact.length > 0 ? exact : found
  if (matches.length === 1) return matches[0] as (typeof found)[number]
  if (matches.length > 1) {
    const list = matches.map(({ id }) => id).join(', ')
    throw new Refusal(409, 'ambiguous', `Several projects are called “${word}”. Use one of these ids: ${list}.`)
  }
  throw new Refusal(404, 'no_project', `There is no project “${word}”. List them with: throughline projects`)
}

export const projects = operation({
  id: 'projects',
  right: 'see',
  method: 'GET',
  path: '/projects',
  tag: 'Projects',
  summary: 'Projects that connected accounts see',
  input: z.object({ chosen: z.stringbool().optional().describe('Only the chosen ones') }),
  output: z.object({ projects: z.array(Project) }),
  async run({ hub, who }, { chosen }) {
    return {
      projects: await hub.db.rows<z.infer<typeof Project>>(sql`
        select p.id, p.tool, p.name, p.url, p.archived, p.audience, p.chosen, p.alerts, p.language, p.read_at as "readAt",
          coalesce(t.tasks, 0)::int as tasks, coalesce(t.open, 0)::int as "openTasks",
          (select count(*) from findings f where f.project_id = p.id and f.closed_at is null)::int as "openFindings",
          (select count(*) from columns c where c.project_id = p.id and c.category = 'unmapped' and not c.archived)::int as "unmappedColumns",
          (select count(*) from quarantine q where q.project_id = p.id)::int as quarantined,
          jsonb_build_object('lookedAt', ${isoText(sql`p.looked_at`)}, 'tooOld', p.chosen and ${tooOld(hub)},
            'nextLookAt', ${isoText(sql`s.next_look_at`)}, 'lostAt', ${isoText(sql`p.lost_at`)},
            'webhook', case when h.state is null then 'none' when h.state = 'active' and h.silent_since is null then 'alive'
              when h.state = 'active' then 'silent' else h.state end) as freshness
        from projects p
        left join scopes s on p.chosen and p.id = any(s.projects) left join hooks h on h.scope_id = s.id
        left join (
          select project_id, count(*) filter (where presence in ('present', 'archived')) as tasks, count(*) filter (where open) as open
          from tasks group by project_id
        ) t on t.project_id = p.id
        where (${chosen ?? null}::boolean is null or p.chosen = ${chosen ?? null}::boolean) and ${seen(who, sql`p.id`)}
        order by p.chosen desc, p.archived, lower(p.name), p.id`)
    }
  }
})

export const choose = operation({
  id: 'chooseProjects',
  right: 'tend',
  method: 'PUT',
  path: '/projects/choice',
  tag: 'Projects',
  summary: 'Choose which projects are read; what was read of others is kept',
  input: z.object({ projects: z.array(z.string()).describe('Ids or names; exactly these are read from now on') }),
  output: z.object({ chosen: z.array(z.object({ id: z.string(), name: z.string() })) }),
  changes: {
    subject: () => 'projects chosen',
    state: async ({ db }) => {
      const rows = await db.rows<{ id: string }>(sql`select id from projects where chosen order by id`)
      return rows.map(({ id }) => id)
    }
  },
  async run({ hub, jobs, who }, { projects: words }) {
    const found: { id: string; name: string }[] = []
    for (const word of words) found.push(await findProject(hub.db, word, who))
    await chooseProjects(hub, [...new Set(found.map(({ id }) => id))])
    await settleProjects(
      hub.db,
      (await hub.db.rows<{ id: string }>(sql`select id from projects`)).map(({ id }) => id)
    )
    await jobs?.wake({ kind: 'tick', id: 'all' })
    return { chosen: found.map(({ id, name }) => ({ id, name })) }
  }
})

const Column = z
  .object({
    id: z.string(),
    name: z.string(),
    archived: z.boolean(),
    category: Category,
    source: z.enum(['tool', 'suggested', 'confirmed']).describe('Who said so: the tool, its name, a person'),
    reason: z.object({ language: z.string(), phrase: z.string() }).nullable(),
    tasks: z.number(),
    openTasks: z.number()
  })
  .meta({ id: 'Column' })

export const columns = operation({
  id: 'columns',
  right: 'see',
  method: 'GET',
  path: '/projects/:project/columns',
  tag: 'Projects',
  summary: 'A project’s columns and what each one means',
  input: z.object({ project: z.string().describe('Id or name') }),
  output: z.object({ project: z.object({ id: z.string(), name: z.string() }), columns: z.array(Column) }),
  async run({ hub, who }, { project: word }) {
    const { id, name } = await findProject(hub.db, word, who)
    return {
      project: { id, name },
      columns: await hub.db.rows<z.infer<typeof Column>>(sql`
        select c.id, c.name, c.archived, c.category, c.category_source as source, c.category_reason as reason,
          count(t.id) filter (where t.presence in ('present', 'archived'))::int as tasks,
          count(t.id) filter (where t.open)::int as "openTasks"
        from columns c left join tasks t on t.column_id = c.id
        where c.project_id = ${id} group by c.id order by c.position, c.id`)
    }
  }
})

export const setColumn = operation({
  id: 'setColumn',
  right: 'tend',
  method: 'PUT',
  path: '/projects/:project/columns/:column',
  tag: 'Projects',
  summary: 'Say what a column means; kept by the column’s id, whatever its name becomes',
  input: z.object({
    project: z.string(),
    column: z.string().describe('Id or name'),
    category: Category.nullable().describe('null: as its name suggests')
  }),
  output: z.object({
    columns: z.array(z.object({ id: z.string(), name: z.string(), category: Category })),
    opened: z.number(),
    closed: z.number()
  }),
  changes: {
    subject: ({ project, column }) => `column ${column} of ${project}`,
    state: async ({ db }, { column }) =>
      db.rows(sql`
        select id, category, category_source as source from columns
        where id = ${column} or id like '%:' || ${column} or lower(name) = lower(${column}) order by id limit 50`)
  },
  async run({ hub, jobs, who }, { project: word, column, category }) {
    const project = await findProject(hub.db, word, who)
    const all = await hub.db.rows<{ id: string; name: string; position: number; archived: boolean }>(
      sql`select id, name, position, archived from columns where project_id = ${project.id}`
    )
    const meant = all.filter(({ id }) => id === column || id.endsWith(`:${column}`))
    const named = meant.length > 0 ? meant : all.filter(({ name }) => name.toLowerCase() === column.toLowerCase())
    if (named.length === 0) {
      throw new Refusal(
        404,
        'no_column',
        `${project.name} has no column “${column}”. List them with: throughline columns "${project.name}"`
      )
    }
    const { suggestCategories } = await import('../../model/columnMeaning/index.ts')
    const suggested = suggestCategories(all)
    for (const { id } of named) {
      const meaning = suggested.get(id)
      await hub.db.run(
        category === null
          ? sql`update columns set category = ${meaning?.category ?? 'unmapped'}, category_source = 'suggested' where id = ${id}`
          : sql`update columns set category = ${category}, category_source = 'confirmed' where id = ${id}`
      )
    }
    await settleProjects(hub.db, [project.id])
    const { findings } = await followUp(hub, { projects: [project.id] }, jobs)
    return {
      columns: await hub.db.rows<{ id: string; name: string; category: Category }>(
        sql`select id, name, category from columns where id = any(${ids(named.map(({ id }) => id))})`
      ),
      opened: findings.reduce((sum, { opened }) => sum + opened, 0),
      closed: findings.reduce((sum, { closed }) => sum + closed, 0)
    }
  }
})

export const setOption = operation({
  id: 'setOption',
  right: 'tend',
  method: 'PUT',
  path: '/projects/:project/options/:option',
  tag: 'Projects',
  summary: 'Choose what a column is for where the tool leaves it open; the project is read again',
  input: z.object({
    project: z.string().describe('Id or name'),
    option: z.string().describe('monday: status, due, people, estimate'),
    value: z.string().min(1).nullable().describe('The tool’s id of the column; null: the default')
  }),
  output: z.object({ project: z.string(), options: z.record(z.string(), z.string()) }),
  changes: {
    subject: ({ project }) => `project ${project}`,
    state: async ({ db }, { project }) =>
      db.rows(sql`select id, options from projects where id = ${project} or name = ${project}`)
  },
  async run({ hub, jobs, who }, { project: word, option, value }) {
    const { id, name, tool } = await findProject(hub.db, word, who)
    const known = adapterOf(tool).options ?? []
    if (!known.some((one) => one.name === option)) {
      const list = known.map((one) => one.name).join(', ')
      throw new Refusal(
        404,
        'no_option',
        known.length > 0
          ? `${name} has no option “${option}”. There are: ${list}.`
          : `There is nothing to choose for ${name}.`
      )
    }
    const [row] = await hub.db.rows<{ options: Record<string, string> }>(sql`
      update projects set options = jsonb_strip_nulls(options || jsonb_build_object(${option}::text, ${value}::text))
      where id = ${id} returning options`)
    await hub.db.run(sql`update scopes set swept_at = null, next_look_at = now() where ${id} = any(projects)`)
    await jobs?.wake({ kind: 'tick', id: 'all' })
    return { project: id, options: row?.options ?? {} }
  }
})
