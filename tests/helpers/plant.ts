/**
 * Tasks and what they stand on, written straight into the tables: for tests of what comes after sync, where a card's
 * facts are to be exactly so. Instants are ISO; ids get `trello:` where they lack it.
 */
import { json, type Queryable, sql } from '../../src/db/database.ts'
import type { FieldValue } from '../../src/model/task.ts'

export interface Planted {
  id: string
  project?: string
  column?: string
  title?: string
  category?: string
  assignees?: string[]
  labels?: string[]
  completedAt?: string | null
  completedKnown?: 'reported' | 'observed' | 'at_least'
  enteredAt?: string
  enteredKnown?: 'reported' | 'observed' | 'at_least'
  dueAt?: string | null
  createdAt?: string
  presence?: 'present' | 'archived' | 'deleted' | 'hidden'
  estimate?: number | null
  fields?: Record<string, FieldValue>
}

const hub = (id: string): string => (id.startsWith('trello:') ? id : `trello:${id}`)

export async function plantProject(
  db: Queryable,
  project: {
    id: string
    name: string
    readAt?: string | null
    /** Our clock at the last complete look; the project is lost since `lostAt`. */
    lookedAt?: string | null
    lostAt?: string | null
    archived?: boolean
    chosen?: boolean
    columns?: Record<string, string>
  }
): Promise<void> {
  const {
    id,
    name,
    readAt = null,
    lookedAt = null,
    lostAt = null,
    archived = false,
    chosen = true,
    columns = {}
  } = project
  await db.run(sql`
    insert into projects (id, tool, name, url, archived, audience, chosen, read_at, looked_at, lost_at)
    values (${hub(id)}, 'trello', ${name}, ${`https://trello.example/b/${id}`}, ${archived}, 'members', ${chosen}, ${readAt}::timestamptz,
      ${lookedAt}::timestamptz, ${lostAt}::timestamptz)`)
  for (const [index, [column, category]] of Object.entries(columns).entries()) {
    await db.run(sql`
      insert into columns (id, project_id, name, position, archived, category, category_source)
      values (${hub(column)}, ${hub(id)}, ${column}, ${index}, false, ${category}, 'confirmed')`)
  }
}

export const plantPerson = (db: Queryable, id: string, name: string): Promise<number> =>
  db.run(sql`insert into identities (id, tool, name, username) values (${hub(id)}, 'trello', ${name}, ${id})`)

/** Writes the task, or writes over the one with its id. */
export async function plantTask(db: Queryable, task: Planted): Promise<void> {
  const { category = 'todo', presence = 'present', createdAt = '2026-09-01T08:00:00.000Z', dueAt = null } = task
  const { completedAt = null, completedKnown = completedAt === null ? null : 'reported' } = task
  const labels = (task.labels ?? []).map((name) => ({ externalId: `label-${name}`, name, colour: 'green' }))
  await db.run(sql`
    insert into tasks (id, tool, project_id, column_id, title, description, description_cut, url, assignees, labels, priority,
      due_at, due_is_date, completed, created_at, updated_at, checklist_done, checklist_total, estimate_value, comment_count,
      fields, presence, hash, category, open, entered_column_at, entered_known, completed_at, completed_known, valid_from)
    values (${hub(task.id)}, 'trello', ${hub(task.project ?? 'p1')}, ${task.column === undefined ? null : hub(task.column)},
      ${task.title ?? task.id}, '', false, ${`https://trello.example/c/${task.id}`},
      array(select jsonb_array_elements_text(${json((task.assignees ?? []).map(hub))})), ${json(labels)}, 'none',
      ${dueAt}::timestamptz, false, ${category === 'done'}, ${createdAt}::timestamptz, ${createdAt}::timestamptz, 0, 0,
      ${task.estimate ?? null}::float8, 0, ${json(task.fields ?? {})}, ${presence}, 'planted', ${category},
      ${presence === 'present' && ['backlog', 'todo', 'doing', 'blocked'].includes(category)},
      ${task.enteredAt ?? createdAt}::timestamptz, ${task.enteredKnown ?? 'reported'}, ${completedAt}::timestamptz,
      ${completedKnown}, ${createdAt}::timestamptz)
    on conflict (id) do update set (project_id, column_id, title, assignees, labels, due_at, completed, estimate_value, fields,
        presence, category, open, entered_column_at, entered_known, completed_at, completed_known)
      = (excluded.project_id, excluded.column_id, excluded.title, excluded.assignees, excluded.labels, excluded.due_at,
        excluded.completed, excluded.estimate_value, excluded.fields, excluded.presence, excluded.category, excluded.open,
        excluded.entered_column_at, excluded.entered_known, excluded.completed_at, excluded.completed_known)`)
}

export const plantEvent = (
  db: Queryable,
  event: { task: string; type: string; at: string; from?: string; to?: string; project?: string }
): Promise<number> =>
  db.run(sql`
    insert into task_events (id, task_id, project_id, type, at, from_id, to_id, source)
    values (${`${event.task} ${event.type} ${event.at}`}, ${hub(event.task)}, ${hub(event.project ?? 'p1')}, ${event.type},
      ${event.at}::timestamptz, ${event.from === undefined ? null : hub(event.from)}, ${event.to === undefined ? null : hub(event.to)}, 'reported')`)

export const plantFinding = (
  db: Queryable,
  finding: {
    rule: string
    task: string
    since: string
    openedAt?: string
    closedAt?: string
    reason?: string
    project?: string
  }
): Promise<number> =>
  db.run(sql`
    insert into findings (rule, task_id, project_id, since, evidence, opened_at, closed_at, reason)
    values (${finding.rule}, ${hub(finding.task)}, ${hub(finding.project ?? 'p1')}, ${finding.since}::timestamptz, '{}',
      ${finding.openedAt ?? finding.since}::timestamptz, ${finding.closedAt ?? null}::timestamptz, ${finding.reason ?? null})`)

export interface PlantedKeyResult {
  id?: string
  filter?: unknown
  measure?: unknown
  start?: number
  target?: number
  direction?: 'up' | 'down'
  from?: string
  to?: string
  zone?: string
  title?: string
}

/** A key result under an objective of its own. */
export async function plantKeyResult(db: Queryable, keyResult: PlantedKeyResult = {}): Promise<string> {
  const {
    id = 'kr',
    filter = { v: 1, where: { all: [] } },
    measure = { kind: 'count' },
    start = 0,
    target = 10
  } = keyResult
  const { direction = 'up', from = '2026-10-01', to = '2026-12-31', zone = 'UTC', title = id } = keyResult
  await db.run(sql`
    insert into objectives (id, title, starts_on, ends_on) values (${`o-${id}`}, ${`Objective of ${title}`}, ${from}::date, ${to}::date)`)
  await db.run(sql`
    insert into key_results (id, objective_id, title, unit, direction, start, target, starts_on, ends_on, zone, filter, measure)
    values (${id}, ${`o-${id}`}, ${title}, 'cards', ${direction}, ${start}::float8, ${target}::float8, ${from}::date, ${to}::date,
      ${zone}, ${json(filter)}, ${json(measure)})`)
  return id
}
