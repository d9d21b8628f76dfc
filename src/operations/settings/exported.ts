/**
 * Everything the hub knows, written page by page, whatever its size: one JSON object, or one list as CSV. What lets
 * somebody in is never in it: credentials, sessions, keys and their hashes, addresses of webhooks, what came by them.
 *
 * Limit: pages are read one after the other while work goes on, so two lists may be some seconds apart. The JSON ends
 * with `"complete": true`; a file without it was cut off.
 */
import { type Queryable, type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { csvLine } from './csv.ts'

/** Rows in memory at a time. */
const PAGE = 500

export const CSV_LISTS = ['tasks', 'findings', 'contributions'] as const
export type CsvList = (typeof CSV_LISTS)[number]

export async function* exportJson(hub: Hub, version: string): AsyncGenerator<string> {
  const head = { app: 'Throughline', version, instance: hub.instance, exportedAt: hub.now() }
  yield `{"export":${JSON.stringify(head)}`
  for (const { name, rows, numbered, without } of KINDS) {
    yield `,\n"${name}":[`
    let first = true
    for await (const page of pagesOf(hub.db, rows, { numbered, without })) {
      yield `${first ? '\n' : ',\n'}${page.map((row) => JSON.stringify(row)).join(',\n')}`
      first = false
    }
    yield ']'
  }
  yield ',\n"complete":true}\n'
}

export async function* exportCsv(hub: Hub, list: CsvList): AsyncGenerator<string> {
  const { columns, rows, numbered } = LISTS[list]
  // Spreadsheets take a file for UTF-8 only when it says so at its start.
  yield `\uFEFF${csvLine(columns)}`
  for await (const page of pagesOf(hub.db, rows, { numbered })) {
    yield page.map((row) => csvLine(columns.map((column) => row[column]))).join('')
  }
}

type Exported = Record<string, unknown>

/** `rows`: a query whose column `key` is unique and orders it. */
async function* pagesOf(
  db: Queryable,
  rows: SQL,
  { numbered = false, without = [] }: { numbered?: boolean | undefined; without?: readonly string[] | undefined }
): AsyncGenerator<Exported[]> {
  const left = sql.join(
    ['key', ...without].map((name) => sql`${name}::text`),
    sql`, `
  )
  for (let last: string | number | null = null; ; ) {
    const after: SQL = last === null ? sql`true` : numbered ? sql`x.key > ${last}::bigint` : sql`x.key > ${last}::text`
    const page: { key: string | number; row: Exported }[] = await db.rows(sql`
      select x.key, to_jsonb(x) - array[${left}] as row from (${rows}) x where ${after} order by x.key limit ${PAGE}`)
    if (page.length > 0) yield page.map(({ row }) => row)
    if (page.length < PAGE) return
    last = page.at(-1)?.key ?? null
  }
}

interface Kind {
  name: string
  rows: SQL
  /** Its key is a number. */
  numbered?: boolean
  /** Columns that are no fact about anything: bookkeeping, or a secret. */
  without?: readonly string[]
}

const KINDS: readonly Kind[] = [
  { name: 'calendars', rows: sql`select c.id as key, c.* from calendars c` },
  {
    name: 'teams',
    rows: sql`select t.id as key, t.*,
      (select coalesce(jsonb_agg(project_id order by project_id), '[]') from team_projects where team_id = t.id) as projects,
      (select coalesce(jsonb_agg(user_id order by user_id), '[]') from team_members where team_id = t.id) as members
      from teams t`
  },
  {
    name: 'users',
    rows: sql`select u.id as key, u.id, u.name, u.email, u.role, u.person_id, u.time_zone, u.language, u.created_at,
      (select coalesce(jsonb_agg(project_id order by project_id), '[]') from user_projects where user_id = u.id) as projects
      from users u`
  },
  { name: 'people', rows: sql`select p.id as key, p.* from people p` },
  { name: 'accounts', rows: sql`select i.id as key, i.* from identities i` },
  {
    name: 'connections',
    rows: sql`select c.id as key, c.id, c.tool, c.account, c.account_name, c.account_username, c.state, c.state_reason,
      c.state_since, c.expires_at, c.created_at from connections c`
  },
  { name: 'projects', rows: sql`select p.id as key, p.* from projects p` },
  { name: 'columns', rows: sql`select c.id as key, c.* from columns c` },
  { name: 'tasks', rows: sql`select t.id as key, t.* from tasks t`, without: ['hash', 'run_id', 'stored_at'] },
  { name: 'taskVersions', rows: sql`select v.id as key, v.* from task_versions v`, numbered: true },
  { name: 'taskEvents', rows: sql`select e.id as key, e.* from task_events e`, without: ['run_id'] },
  { name: 'comments', rows: sql`select c.id as key, c.* from comments c` },
  { name: 'findings', rows: sql`select f.id as key, f.* from findings f`, numbered: true },
  { name: 'notes', rows: sql`select n.task_id as key, n.* from notes n`, without: ['token', 'basis'] },
  { name: 'objectives', rows: sql`select o.id as key, o.* from objectives o` },
  { name: 'keyResults', rows: sql`select k.id as key, k.* from key_results k` },
  { name: 'contributions', rows: sql`select c.id as key, c.* from contributions c`, numbered: true },
  { name: 'views', rows: sql`select v.id as key, v.* from views v` },
  { name: 'reportSubscriptions', rows: sql`select s.id as key, s.* from report_subscriptions s` },
  { name: 'changes', rows: sql`select a.id as key, a.* from audit a`, numbered: true }
]

const LISTS: Record<CsvList, { columns: string[]; rows: SQL; numbered?: boolean }> = {
  tasks: {
    columns: [
      'id',
      'tool',
      'project',
      'column',
      'category',
      'title',
      'url',
      'assignees',
      'labels',
      'priority',
      'start',
      'due',
      'created',
      'updated',
      'in column since',
      'completed',
      'estimate',
      'estimate unit',
      'presence'
    ],
    rows: sql`select t.id as key, t.id, t.tool, p.name as project, c.name as column, t.category, t.title, t.url,
      (select string_agg(coalesce(i.name, a.id), '; ' order by a.place)
        from unnest(t.assignees) with ordinality as a(id, place) left join identities i on i.id = a.id) as assignees,
      (select string_agg(l ->> 'name', '; ') from jsonb_array_elements(t.labels) l) as labels,
      t.priority, t.start_at as start, t.due_at as due, t.created_at as created, t.updated_at as updated,
      t.entered_column_at as "in column since", t.completed_at as completed, t.estimate_value as estimate,
      t.estimate_unit as "estimate unit", t.presence
      from tasks t left join projects p on p.id = t.project_id left join columns c on c.id = t.column_id`
  },
  findings: {
    columns: ['id', 'rule', 'task', 'title', 'url', 'project', 'since', 'opened', 'closed', 'reason'],
    numbered: true,
    rows: sql`select f.id as key, f.id, f.rule, f.task_id as task, t.title, t.url, p.name as project, f.since,
      f.opened_at as opened, f.closed_at as closed, f.reason
      from findings f left join tasks t on t.id = f.task_id left join projects p on p.id = f.project_id`
  },
  contributions: {
    columns: ['id', 'objective', 'key result', 'unit', 'task', 'title', 'amount', 'kind', 'reason', 'done', 'recorded'],
    numbered: true,
    rows: sql`select c.id as key, c.id, o.title as objective, k.title as "key result", k.unit, c.task_id as task, t.title,
      c.amount, c.kind, c.reason, c.effective_at as done, c.recorded_at as recorded
      from contributions c join key_results k on k.id = c.key_result_id join objectives o on o.id = k.objective_id
      left join tasks t on t.id = c.task_id`
  }
}
