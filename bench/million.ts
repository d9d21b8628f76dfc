/** A million tasks straight into the tables, for the rows that judge and add up: made by SQL, the same every time. */
import { sql } from '../src/db/database.ts'
import type { Hub } from '../src/hub.ts'

/** Projects, each with a column a category. */
export const PROJECTS = 50

/** One in five in each category; a third without due date, a third with nobody, spread over two years; a sixth done. */
export async function plantTasks(hub: Hub, tasks: number): Promise<void> {
  await hub.db.run(sql`
    insert into projects (id, tool, name, url, archived, audience, chosen, history_from)
    select 'trello:p' || n, 'trello', 'Project ' || n, '', false, 'members', true, '2024-11-01'
    from generate_series(1, ${PROJECTS}::int) n`)
  await hub.db.run(sql`
    insert into columns (id, project_id, name, position, archived, category, category_source)
    select p.id || '-' || category, p.id, category, place, false, category, 'confirmed'
    from projects p, unnest('{backlog,todo,doing,blocked,done}'::text[]) with ordinality as c(category, place)`)
  await hub.db.run(sql`
    insert into tasks (id, tool, project_id, column_id, title, description, description_cut, url, assignees, labels, priority,
      due_at, due_is_date, completed, created_at, updated_at, checklist_done, checklist_total, estimate_value, comment_count,
      fields, presence, hash, category, open, entered_column_at, entered_known, completed_at, completed_known, valid_from)
    select 'trello:' || to_char(n, 'FM000000000000000000000000'), 'trello', project, project || '-' || category, 'Task ' || n,
      'What has to be done, and by whom, and what it is for.', false, 'https://trello.com/c/' || n,
      case when n % 3 = 0 then '{}' else array['trello:person' || n % 20] end, '[]', 'none',
      case when n % 7 < 2 then null else timestamptz '2026-11-16' + (n % 400 - 100) * interval '1 day' end, false, false,
      created, created, 0, 0, n % 8, 0, '{}', 'present', md5(n::text), category, category <> 'done', created, 'reported',
      case when category = 'done' then created + interval '9 days' end, case when category = 'done' then 'reported' end, created
    from (
      select n, 'trello:p' || 1 + n % ${PROJECTS}::int as project,
        (array['backlog', 'todo', 'doing', 'blocked', 'done'])[1 + (n / ${PROJECTS}::int) % 5] as category,
        timestamptz '2024-11-01' + (n::bigint * 7919 % 730)::int * interval '1 day' as created
      from generate_series(1, ${tasks}::int) n
    ) made`)
  await hub.db.run(sql`vacuum analyze tasks`)
  await hub.db.run(sql`analyze columns, projects`)
}
