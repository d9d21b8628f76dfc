/**
 * Findings of board exports: the same normalise, store, settle and rules as in the hub, on a database in memory that is
 * gone afterwards. Nothing of a board is kept.
 */
import { z } from 'zod'
import { NoBoard, readExport } from '../../../adapters/trello/export.ts'
import { type Database, openEmbedded, sql } from '../../db/database.ts'
import { Category, hubId } from '../../model/task.ts'
import { Calendar } from '../../rules/calendar.ts'
import { judge } from '../../rules/engine.ts'
import { ruleOf, rules } from '../../rules/index.ts'
import { settleProjects } from '../../sync/settle.ts'
import { storePage } from '../../sync/store.ts'
import { parseJson } from '../../transport/json.ts'
import { operation, Refusal } from '../operation.ts'
import { sampleBoard } from './sample.ts'

export const BoardCheck = z
  .object({
    file: z.string(),
    name: z.string(),
    tool: z.literal('trello'),
    columns: z.array(
      z.object({ id: z.string(), name: z.string(), category: Category, archived: z.boolean(), tasks: z.number() })
    ),
    tasks: z.number(),
    openTasks: z
      .number()
      .describe('Neither card, list nor board archived, as Trello says “open”; done cards among them'),
    quarantined: z.array(
      z.object({ task: z.string(), title: z.string().nullable(), path: z.string(), reason: z.string() })
    ),
    findings: z.array(
      z.object({
        rule: z.string(),
        task: z.string(),
        title: z.string(),
        column: z.string().nullable(),
        since: z.string(),
        evidence: z.record(z.string(), z.unknown())
      })
    ),
    byRule: z.record(z.string(), z.number())
  })
  .meta({ id: 'BoardCheck' })
export type BoardCheck = z.infer<typeof BoardCheck>

export const checkSample = operation({
  id: 'checkSample',
  right: 'tend',
  method: 'GET',
  path: '/check/sample',
  tag: 'Check',
  summary: 'What is found on a made-up board, for a first look; an export of your own goes to POST /api/check',
  input: z.object({}),
  output: BoardCheck,
  async run({ hub }) {
    const now = hub.now()
    return withChecks(hub.zone, (db) =>
      checkBoard(db, { file: 'Sample', value: sampleBoard(now), now, zone: hub.zone })
    )
  }
})

let before: Promise<unknown> = Promise.resolve()

/** Opens a database in memory for checks; one at a time, as each takes a good part of a gigabyte. */
export function withChecks<T>(zone: string, work: (db: Database) => Promise<T>): Promise<T> {
  const mine = before.then(async () => {
    const db = await openEmbedded(null)
    try {
      await db.run(sql`
        insert into calendars (id, name, zone, working_days, starts_at, ends_at, holidays)
        values ('default', 'Working week', ${zone}, '{1,2,3,4,5}', '09:00', '17:00', '{}')`)
      return await work(db)
    } finally {
      await db.close()
    }
  })
  before = mine.catch(() => {})
  return mine
}

/** The JSON of an export. Throws a `Refusal` that begins with the file's name where it is none. */
export function parseExport(file: string, text: string): unknown {
  const whole = text.replace(/^\ufeff/, '')
  try {
    return parseJson(whole)
  } catch {
    throw new Refusal(400, 'not_json', `${file}: ${notJson(whole.trim())}`)
  }
}

function notJson(text: string): string {
  if (text === '') return 'The file is empty. Download the export again.'
  if (text.startsWith('<'))
    return 'This is a web page, not an export. Sign in to Trello, then export the board as JSON again.'
  if (text.startsWith('{') && !text.endsWith('}'))
    return 'The file breaks off in the middle. Download the export again.'
  return 'This is not JSON. Export the board as JSON (board menu → Print, export, and share) and give that file.'
}

/** Judges one board, and forgets the one before it. Throws a `Refusal` where it is no board export. */
export async function checkBoard(
  db: Database,
  { file, value, now, zone }: { file: string; value: unknown; now: string; zone: string }
): Promise<BoardCheck> {
  const { board, page } = readOrRefuse(file, value, now)
  const project = hubId('trello', board.externalId)
  await db.run(sql`
    truncate projects, columns, identities, tasks, task_versions, task_raw, task_events, comments, quarantine, findings cascade`)
  await db.run(sql`
    insert into projects (id, tool, name, url, archived, audience, chosen)
    values (${project}, 'trello', ${board.name}, '', false, 'members', true)`)
  await db.transaction((tx) => storePage(tx, page, { tool: 'trello', runId: null, lookedAt: null }))
  await settleProjects(db, [project])
  await judge(db, { now })
  return { file, name: board.name, tool: 'trello', ...(await report(db, now, zone)) }
}

function readOrRefuse(file: string, value: unknown, now: string) {
  try {
    return readExport(value, now)
  } catch (error) {
    if (!(error instanceof NoBoard)) throw error
    const where = error.path ? ` (“${error.path}” is missing or is not what it should be)` : ''
    throw new Refusal(
      400,
      'no_board',
      `${file}: This is JSON, but no Trello board export${where}. Export the board as JSON and give that file.`
    )
  }
}

async function report(db: Database, now: string, zone: string): Promise<Omit<BoardCheck, 'file' | 'name' | 'tool'>> {
  const calendar = Calendar.parse({ zone })
  const columns = await db.rows<BoardCheck['columns'][number]>(sql`
    select c.id, c.name, c.category, c.archived, count(t.id)::int as tasks
    from columns c left join tasks t on t.column_id = c.id group by c.id order by c.position, c.id`)
  const [counts] = await db.rows<{ tasks: number; open: number }>(sql`
    select count(*)::int as tasks,
      (count(*) filter (where t.presence = 'present' and not coalesce(c.archived, false) and not p.archived))::int as open
    from tasks t join projects p on p.id = t.project_id left join columns c on c.id = t.column_id`)
  const quarantined = await db.rows<BoardCheck['quarantined'][number]>(
    sql`select task_id as task, title, path, reason from quarantine order by task_id`
  )
  const findings = await db.rows<BoardCheck['findings'][number]>(sql`
    select f.rule, f.task_id as task, t.title, c.name as column, f.since, f.evidence
    from findings f join tasks t on t.id = f.task_id left join columns c on c.id = t.column_id
    order by f.rule, f.since, f.task_id`)
  return {
    columns: columns.map((column) => ({ ...column, id: column.id.slice('trello:'.length) })),
    tasks: counts?.tasks ?? 0,
    openTasks: counts?.open ?? 0,
    quarantined,
    findings: findings.map((finding) => ({
      ...finding,
      evidence: { ...finding.evidence, ...ruleOf(finding.rule)?.today?.(finding.evidence, now, calendar) }
    })),
    byRule: Object.fromEntries(
      rules.filter(({ on }) => on).map(({ id }) => [id, findings.filter(({ rule }) => rule === id).length])
    )
  }
}
