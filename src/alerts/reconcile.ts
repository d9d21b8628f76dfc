/**
 * What the hub's one comment on each card should say. Looks at open findings and writes `notes.wanted`; what was posted
 * is compared with it elsewhere (`channels/comment.ts`), so there is never a queue of edits, only a difference.
 *
 * A note is written anew when what it rests on changes – findings, column, assignees – not as days go by.
 */
import { hash, randomInt } from 'node:crypto'
import { ids, isoText, json, type Queryable, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { RichText } from '../model/richText.ts'
import { externalId } from '../model/task.ts'
import type { Calendar } from '../rules/calendar.ts'
import { loadCalendars } from '../rules/engine.ts'
import { ruleOf } from '../rules/index.ts'
import { olderThan } from '../sync/freshness.ts'
import { allClear, type NoteFacts, note } from './note.ts'

/** An episode is over when nothing has been open for so long. */
const EPISODE_ENDS_AFTER_MS = 24 * 3_600_000

export interface ReconcileInput {
  now: string
  publicUrl: string | null
  graceMinutes: number
  /** Facts older than so many minutes are not spoken from. */
  maxAgeMinutes: number
  /** Only these tasks; all of them when absent. */
  tasks?: string[]
  /** Only tasks of these projects; of all when absent. */
  projects?: string[] | undefined
}

/** What the installation says of itself and of the time, for all tasks. */
export const reconcileInput = ({ config, now }: Pick<Hub, 'config' | 'now'>): ReconcileInput => ({
  now: now(),
  publicUrl: config.PUBLIC_URL ?? null,
  graceMinutes: config.ALERT_GRACE_MINUTES,
  maxAgeMinutes: config.FACTS_MAX_AGE_MINUTES
})

export interface WantedNote {
  taskId: string
  projectId: string
  title: string
  url: string
  tool: string
  wanted: RichText
}

interface Candidate {
  id: string
  tool: string
  title: string
  url: string
  projectId: string
  alerts: boolean
  /** The project's facts are too old to speak from. */
  stale: boolean
  /** We may only have lost access: what stands on the card stays until we know. */
  outOfSight: boolean
  language: string
  calendarId: string
  column: string | null
  dueAt: string | null
  dueIsDate: boolean
  category: string
  assignees: { id: string; name: string; username: string | null }[]
  open: { rule: string; since: string; evidence: Record<string, unknown> }[]
  /** The findings that closed last, together. */
  closed: { rule: string; reason: string; at: string }[]
  note: {
    token: string
    state: 'speaking' | 'clear' | 'silent' | 'dismissed'
    basis: string | null
    episode: number
    clearedAt: string | null
    posted: boolean
  } | null
}

interface NoteRow {
  task_id: string
  project_id: string
  token: string
  wanted: RichText | null
  basis: string | null
  state: NonNullable<Candidate['note']>['state']
  episode: number
  cleared_at: string | null
}

/** Brings `notes` up to what should be said. Returns how many rows changed. */
export async function reconcileNotes(db: Queryable, input: ReconcileInput): Promise<number> {
  const calendars = await loadCalendars(db)
  await healDoubles(db, input)
  const rows = (await candidates(db, input)).flatMap((candidate) => {
    const row = decide(candidate, input, calendars.get(candidate.calendarId) as Calendar)
    return row ? [row] : []
  })
  if (rows.length === 0) return 0
  return db.run(sql`
    insert into notes (task_id, project_id, token, wanted, basis, state, episode, cleared_at)
    select task_id, project_id, token, wanted, basis, state, episode, cleared_at
    from jsonb_to_recordset(${json(rows)}) as x(task_id text, project_id text, token text, wanted jsonb, basis text,
      state text, episode int, cleared_at timestamptz)
    on conflict (task_id) do update set
      project_id = excluded.project_id, token = excluded.token, wanted = excluded.wanted, basis = excluded.basis,
      state = excluded.state, episode = excluded.episode, cleared_at = excluded.cleared_at, updated_at = now(),
      former = case when excluded.episode > notes.episode and notes.comment_id is not null
        then array_append(notes.former, notes.comment_id) else notes.former end,
      comment_id = case when excluded.episode > notes.episode then null else notes.comment_id end,
      posted = case when excluded.episode > notes.episode then null else notes.posted end`)
}

/** Every comment that would be posted if alerts were on for these projects; nothing is written. */
export async function previewNotes(
  db: Queryable,
  input: Omit<ReconcileInput, 'tasks' | 'projects'> & { projects: string[] }
): Promise<WantedNote[]> {
  const calendars = await loadCalendars(db)
  return (await candidates(db, { ...input, projects: undefined, preview: input.projects }))
    .filter((candidate) => candidate.open.length > 0 && candidate.note?.state !== 'dismissed')
    .map((candidate) => {
      const facts = noteFacts(
        candidate,
        input,
        calendars.get(candidate.calendarId) as Calendar,
        candidate.note?.token ?? newToken()
      )
      const { id, projectId, title, url, tool } = candidate
      return { taskId: id, projectId, title, url, tool, wanted: note(facts) }
    })
}

/**
 * Comments that carry a note's token beside the one it calls its own are doubles – somebody copied the card, or a read-back
 * missed one – and are taken away. While the note has none of its own, the newest is kept.
 */
async function healDoubles(
  db: Queryable,
  { tasks, projects }: Pick<ReconcileInput, 'tasks' | 'projects'>
): Promise<void> {
  await db.run(sql`
    with standing as (
      select n.task_id, substr(c.id, length(t.tool) + 2) as comment,
        coalesce(n.comment_id, first_value(substr(c.id, length(t.tool) + 2)) over (partition by n.task_id order by c.at desc, c.id desc)) as own
      from notes n join tasks t on t.id = n.task_id
      join comments c on c.task_id = n.task_id and c.ours and position(n.token in c.text) > 0
      where n.state <> 'silent'
        ${tasks ? sql`and n.task_id = any(${ids(tasks)})` : sql``} ${projects ? sql`and n.project_id = any(${ids(projects)})` : sql``}
    ), doubles as (
      select task_id, array_agg(comment) as comments from standing where comment <> own group by task_id
    )
    update notes n set former = array(select unnest(n.former) union select unnest(d.comments)), updated_at = now()
    from doubles d where d.task_id = n.task_id and not d.comments <@ n.former`)
}

/** The row a candidate should have, or null when it has it already. */
function decide(candidate: Candidate, input: ReconcileInput, calendar: Calendar): NoteRow | null {
  const { note: former, open } = candidate
  const row = (change: Partial<NoteRow>): NoteRow => ({
    task_id: candidate.id,
    project_id: candidate.projectId,
    token: former?.token ?? newToken(),
    wanted: null,
    basis: null,
    state: 'silent',
    episode: former?.episode ?? 1,
    cleared_at: null,
    ...change
  })
  if (!candidate.alerts) return former && former.state !== 'silent' ? row({}) : null
  if (candidate.stale || candidate.outOfSight) return null
  if (open.length > 0) return speak(candidate, input, calendar, row)
  if (!former || former.state === 'silent' || former.state === 'clear') return null
  // Nothing of ours stands on the card, or nothing there was mended: what was said is taken back, without a word.
  const reasons = candidate.closed.map(({ reason }) => reason)
  if (former.state === 'dismissed' || !former.posted || !reasons.includes('fixed')) return row({})
  return row({
    wanted: allClear({
      language: candidate.language,
      zone: calendar.zone,
      now: input.now,
      at: candidate.closed[0]?.at ?? input.now,
      column: candidate.column,
      dueAt: candidate.dueAt,
      dueIsDate: candidate.dueIsDate,
      changed: changes(candidate),
      people: candidate.assignees.map(({ name }) => name),
      why: why(input, former.token)
    }),
    state: 'clear',
    cleared_at: input.now
  })
}

function speak(
  candidate: Candidate,
  input: ReconcileInput,
  calendar: Calendar,
  row: (change: Partial<NoteRow>) => NoteRow
): NoteRow | null {
  const { note: former } = candidate
  if (former?.state === 'dismissed') return null
  const clearFor = former?.state === 'clear' ? Date.parse(input.now) - Date.parse(former.clearedAt ?? input.now) : 0
  const anew = clearFor > EPISODE_ENDS_AFTER_MS
  const starts = former === null || former.state === 'silent' || anew
  if (starts && !graceIsOver(candidate, input)) return null
  const basis = basisOf(candidate)
  if (former?.state === 'speaking' && former.basis === basis) return null
  // Each episode has a token of its own, so that reading back never mistakes the former comment for the new one.
  const token = former === null || anew ? newToken() : former.token
  return row({
    token,
    wanted: note(noteFacts(candidate, input, calendar, token)),
    basis,
    state: 'speaking',
    episode: (former?.episode ?? 1) + (anew ? 1 : 0)
  })
}

/** What people did about it, told from which findings were fixed. */
function changes(candidate: Candidate): ('moved' | 'due' | 'assigned' | 'done')[] {
  if (candidate.category === 'done') return ['done']
  const fixed = new Set(candidate.closed.filter(({ reason }) => reason === 'fixed').map(({ rule }) => rule))
  return [
    ...(fixed.has('stale-doing') ? (['moved'] as const) : []),
    ...((fixed.has('missing-deadline') || fixed.has('overdue')) && candidate.dueAt !== null ? (['due'] as const) : []),
    ...(fixed.has('no-assignee') && candidate.assignees.length > 0 ? (['assigned'] as const) : [])
  ]
}

function noteFacts(
  candidate: Candidate,
  input: Omit<ReconcileInput, 'tasks'>,
  calendar: Calendar,
  token: string
): NoteFacts {
  return {
    language: candidate.language,
    zone: calendar.zone,
    now: input.now,
    column: candidate.column,
    addressees: candidate.assignees.map(({ id, name, username }) => ({ externalId: externalId(id), name, username })),
    findings: candidate.open.map(({ rule, since, evidence }) => ({
      rule: rule as NoteFacts['findings'][number]['rule'],
      since,
      evidence: { ...evidence, ...ruleOf(rule)?.today?.(evidence, input.now, calendar) }
    })),
    why: why(input, token),
    updatedAt: candidate.note?.posted && candidate.note.token === token ? input.now : null
  }
}

const why = ({ publicUrl }: Pick<ReconcileInput, 'publicUrl'>, token: string): NoteFacts['why'] =>
  publicUrl ? { kind: 'link', href: `${publicUrl}/w/${token}` } : { kind: 'reference', token }

/** A card gets a while before its first note: someone may be writing it just now. */
const graceIsOver = ({ open }: Candidate, { now, graceMinutes }: ReconcileInput): boolean =>
  open.some(({ since }) => Date.parse(now) - Date.parse(since) >= graceMinutes * 60_000)

const basisOf = ({ open, column, assignees, language }: Candidate): string =>
  hash(
    'sha1',
    JSON.stringify([open.map(({ rule, evidence }) => [rule, evidence]), column, assignees, language]),
    'base64'
  )

/** No vowels and nothing that looks like something else, so that no token spells a word or is misread. */
const TOKEN_LETTERS = 'bcdfghjkmnpqrstvwxz23456789'

const newToken = (): string => Array.from({ length: 10 }, () => TOKEN_LETTERS[randomInt(TOKEN_LETTERS.length)]).join('')

/** Tasks with something open where alerts are on (or would be, for `preview`), and tasks we have spoken on. */
function candidates(
  db: Queryable,
  { tasks, projects, preview, now, maxAgeMinutes }: ReconcileInput & { preview?: string[] }
): Promise<Candidate[]> {
  const speaking = preview ? sql`p.id = any(${ids(preview)})` : sql`p.alerts`
  const known = preview ? sql`` : sql`union select task_id from notes where state <> 'silent'`
  const only = sql`where true
    ${tasks ? sql`and t.id = any(${ids(tasks)})` : sql``} ${projects ? sql`and t.project_id = any(${ids(projects)})` : sql``}`
  return db.rows<Candidate>(sql`
    select t.id, t.tool, t.title, t.url, t.project_id as "projectId", ${speaking} as alerts, p.language,
      ${olderThan(now, maxAgeMinutes)} as stale, t.presence = 'hidden' and t.hash <> 'elsewhere' as "outOfSight",
      p.calendar_id as "calendarId", c.name as column, t.due_at as "dueAt", t.due_is_date as "dueIsDate", t.category,
      (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'username', coalesce(i.mention, i.username)) order by i.id), '[]')
        from identities i where i.id = any(t.assignees)) as assignees,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'rule', f.rule, 'since', ${isoText(sql`f.since`)}, 'evidence', f.evidence) order by f.since, f.rule), '[]')
        from findings f where f.task_id = t.id and f.closed_at is null) as open,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'rule', f.rule, 'reason', f.reason, 'at', ${isoText(sql`f.closed_at`)})), '[]')
        from findings f where f.task_id = t.id
          and f.closed_at = (select max(l.closed_at) from findings l where l.task_id = t.id)) as closed,
      (select jsonb_build_object('token', n.token, 'state', n.state, 'basis', n.basis, 'episode', n.episode,
          'clearedAt', n.cleared_at, 'posted', n.comment_id is not null)
        from notes n where n.task_id = t.id) as note
    from (
      select distinct f.task_id from findings f join projects p on p.id = f.project_id where f.closed_at is null and ${speaking}
      ${known}
    ) concerned
    join tasks t on t.id = concerned.task_id
    join projects p on p.id = t.project_id
    left join columns c on c.id = t.column_id
    ${only}
    order by t.project_id, t.id`)
}
