/**
 * The card comment: makes the hub's comment on one card equal to what its note wants. Posts, edits or removes; after an
 * unclear answer it first looks whether its effect is there, by the note's token, and adopts it.
 *
 * Guarantee: one comment per card, though we are killed between the tool's answer and our commit. Before a *new* post
 * the card is fetched and judged again, so a note never speaks of what was fixed a minute ago. Nothing is said from
 * facts that are too old, and no card is spoken on without end, whatever answers us there.
 */
import { type AdapterError, AdapterError as AdapterFailure, type Session } from '../adapter.ts'
import { reconcileInput, reconcileNotes } from '../alerts/reconcile.ts'
import { park } from '../connections/connections.ts'
import { ConnectionParked, openSession } from '../connections/session.ts'
import { ids, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { RichText } from '../model/richText.ts'
import type { CommentFacts, Tool } from '../model/task.ts'
import { externalId } from '../model/task.ts'
import { aboutToSend, CHECK, type Delivery, type OutboxRow } from '../outbox/outbox.ts'
import { judge } from '../rules/engine.ts'
import { tooOld } from '../sync/freshness.ts'
import { refetch } from '../sync/refetch.ts'

interface Note {
  /** The account that wrote the comment, when there is one. */
  connectionId: string | null
  token: string
  wanted: RichText | null
  posted: RichText | null
  commentId: string | null
  episode: number
  former: string[]
  /** When the last comment of ours was posted here, whether it still stands or not. */
  postedAt: string | null
  /** There was a comment of this episode before. */
  hasSpoken: boolean
}

/** Posts and edits on one card within an hour; beyond that something answers us that is no person. */
const MOST_AN_HOUR = 12

/** Gives comments that were given up or wait for a later try another one now: someone has acted. */
export const retryComments = (hub: Hub, projects: string[] | null): Promise<number> =>
  hub.db.run(sql`
    update outbox set state = 'due', attempts = 0, due_at = now()
    where channel = 'comment' and state in ('dead', 'due') and (${projects === null}
      or ref in (select task_id from notes where project_id = any(${ids(projects ?? [])})))`)

/** Every note whose comment differs from what it wants gets a row that is due. Returns how many. */
export const wakeNotes = (hub: Hub): Promise<number> =>
  hub.db.run(sql`
    insert into outbox (channel, key, ref, state)
    select 'comment', 'note:' || task_id, task_id, 'due' from notes where ${OUT_OF_STEP}
    on conflict (key) do update set state = 'due', due_at = now(), attempts = 0, done_at = null
    where outbox.state = 'sent' or (outbox.state = 'due' and outbox.payload is not null)`)

/** Every comment that stands in these projects is looked at once more: doubles are found where no pull shows them. */
export const checkNotes = (hub: Hub, projects: string[]): Promise<number> =>
  hub.db.run(sql`
    update outbox set state = 'due', due_at = now(), attempts = 0, payload = ${CHECK}
    where channel = 'comment' and state = 'sent'
      and ref in (select task_id from notes where comment_id is not null and project_id = any(${ids(projects)}))`)

/** Something has to be said, changed or taken back. */
const OUT_OF_STEP = sql`(
  (wanted is not null and (comment_id is null or posted is distinct from wanted))
  or (wanted is null and comment_id is not null) or cardinality(former) > 0)`

export async function deliverNote(hub: Hub, row: OutboxRow, signal?: AbortSignal): Promise<Delivery> {
  const [speaker, holdsBack] = await Promise.all([speakerOf(hub, row.ref), reasonToWait(hub, row.ref)])
  if (!speaker) return { kind: 'dead', reason: 'no_connection' }
  if (holdsBack) return { kind: 'wait', ...holdsBack }
  try {
    // Looking for doubles can wait for what people wait for.
    const { session } = await openSession(hub, speaker.connectionId, isCheck(row) ? 2 : 0, signal)
    const outcome = await bringAbout(hub, row, session, speaker)
    // A request whose answer was lost may yet take effect: what stands there is looked at once more.
    return { kind: 'sent', outcome, checkAt: row.unclear ? later(hub, CHECK_AFTER_MS) : null }
  } catch (error) {
    if (error instanceof ConnectionParked) return { kind: 'wait', reason: 'connection_parked', at: later(hub, HOUR_MS) }
    if (!(error instanceof AdapterFailure)) throw error
    if (error.kind === 'auth_revoked') await park(hub, speaker.connectionId, 'auth_revoked')
    // What another account of ours wrote it may change again once it is connected again; twice is not said meanwhile.
    const writer = (await load(hub, row.ref))?.connectionId ?? null
    if (error.kind === 'forbidden' && writer !== null && writer !== speaker.connectionId)
      return { kind: 'wait', reason: 'written_by_another_account', at: later(hub, HOUR_MS) }
    return delivery(hub, error)
  }
}

const CHECK_AFTER_MS = 10 * 60_000

const isCheck = ({ payload }: OutboxRow): boolean => (payload as { check?: boolean } | null)?.check === true

type Outcome = { did: ('posted' | 'adopted' | 'edited' | 'removed')[]; comment: string | null }

async function bringAbout(hub: Hub, row: OutboxRow, session: Session, speaker: Speaker): Promise<Outcome> {
  const did: Outcome['did'] = []
  const task = externalId(row.ref)
  let note = await load(hub, row.ref)
  // It may be there: an answer was lost, or the card was out of our sight for a while.
  if (note && note.commentId === null && (row.unclear || (note.wanted && note.hasSpoken))) {
    if (await adopt(hub, row, note, session, speaker, task)) did.push('adopted')
    note = await load(hub, row.ref)
  }
  if (note?.wanted && note.commentId === null) {
    await lookAgain(hub, session, speaker.tool, row.ref)
    note = await load(hub, row.ref)
    if (note?.wanted) {
      await aboutToSend(hub, row)
      // The same key until this comment is known to stand, and never again after: a tool may keep it though we removed it.
      const posted = await session.comments.post(task, note.wanted, `${row.key}:${note.postedAt ?? ''}`)
      await keep(hub, row, note, posted, note.wanted, speaker)
      did.push('posted')
    }
  } else if (note?.wanted && JSON.stringify(note.wanted) !== JSON.stringify(note.posted)) {
    did.push(...(await edit(hub, row.ref, note, session, task)))
  } else if (note && note.wanted === null && note.commentId !== null) {
    await remove(session, task, note.commentId)
    await hub.db.run(
      sql`update notes set comment_id = null, posted = null where task_id = ${row.ref} and comment_id = ${note.commentId}`
    )
    await forget(hub, row.ref, note.commentId)
    did.push('removed')
  }
  if (note?.commentId && isCheck(row)) {
    const doubles = await standing(session, task, note.token)
    for (const double of doubles.filter(({ externalId: id }) => id !== note?.commentId)) {
      await remove(session, task, double.externalId)
      await forget(hub, row.ref, double.externalId)
      did.push('removed')
    }
  }
  for (const former of note?.former ?? []) {
    await remove(session, task, former)
    await hub.db.run(sql`update notes set former = array_remove(former, ${former}) where task_id = ${row.ref}`)
    await forget(hub, row.ref, former)
    did.push('removed')
  }
  return { did, comment: (await load(hub, row.ref))?.commentId ?? null }
}

/** After an unclear post: our comment may be there. The newest that carries the token is ours; doubles are taken away. */
async function adopt(
  hub: Hub,
  row: OutboxRow,
  note: Note,
  session: Session,
  speaker: Speaker,
  task: string
): Promise<boolean> {
  const [newest, ...doubles] = await standing(session, task, note.token)
  if (!newest) return false
  for (const double of doubles) await remove(session, task, double.externalId)
  // What it says is what was wanted when it was sent; should that differ now, the next comparison edits it.
  await keep(hub, row, note, newest, null, speaker)
  return true
}

/** Comments on the card that carry the token, the newest first. */
async function standing(session: Session, task: string, token: string): Promise<CommentFacts[]> {
  const found = (await session.comments.list(task)).filter(({ text }) => text.includes(token))
  return found.sort((a, b) => (a.at < b.at ? 1 : -1))
}

async function edit(hub: Hub, taskId: string, note: Note, session: Session, task: string): Promise<Outcome['did']> {
  try {
    await session.comments.edit(task, note.commentId as string, note.wanted as RichText)
  } catch (error) {
    if (!(error instanceof AdapterFailure) || error.kind !== 'not_found') throw error
    // A person took our comment away: that is an answer. Nothing more is said while these findings stay open.
    await hub.db.run(sql`
      update notes set state = 'dismissed', wanted = null, comment_id = null, posted = null where task_id = ${taskId}`)
    return []
  }
  await hub.db.run(sql`
    update notes set posted = ${json(note.wanted)}, ${COUNTED}
    where task_id = ${taskId} and comment_id = ${note.commentId}`)
  return ['edited']
}

/** One post or edit more; an hour after the first one they are counted anew. */
const COUNTED = sql`
  changes = case when changes_since > now() - interval '1 hour' then changes + 1 else 1 end,
  changes_since = case when changes_since > now() - interval '1 hour' then changes_since else now() end`

/** A comment of ours that was taken away is none to be healed any more. */
const forget = (hub: Hub, taskId: string, comment: string): Promise<number> =>
  hub.db.run(sql`delete from comments where id = ${taskId.split(':')[0]} || ':' || ${comment}::text and ours`)

async function remove(session: Session, task: string, comment: string): Promise<void> {
  try {
    await session.comments.remove(task, comment)
  } catch (error) {
    if (!(error instanceof AdapterFailure) || error.kind !== 'not_found') throw error
  }
}

/** Stores a comment as the note's own, and the proof that the request is no longer unclear, in one go. */
async function keep(
  hub: Hub,
  row: OutboxRow,
  note: Note,
  comment: CommentFacts,
  posted: RichText | null,
  speaker: Speaker
): Promise<void> {
  await hub.db.transaction(async (tx) => {
    const fenced = await tx.run(sql`update outbox set unclear = false where id = ${row.id} and fence = ${row.fence}`)
    if (fenced === 0) throw new Error('Another sender has taken this over.')
    await tx.run(sql`
      update notes set comment_id = ${comment.externalId}, posted = ${json(posted)}, posted_at = ${comment.at}::timestamptz,
        posted_episode = ${note.episode}, connection_id = ${speaker.connectionId}, ${COUNTED}
      where task_id = ${row.ref}`)
    await tx.run(sql`
      insert into comments (id, task_id, author, at, text, ours)
      values (${row.ref.split(':')[0]} || ':' || ${comment.externalId}::text, ${row.ref}, null, ${comment.at}::timestamptz, ${comment.text}, true)
      on conflict (id) do update set ours = true`)
  })
}

/** The card as it is now, and what the rules say of it. */
async function lookAgain(hub: Hub, session: Session, tool: Tool, taskId: string): Promise<void> {
  await refetch(hub, session, tool, [taskId])
  const input = reconcileInput(hub)
  await judge(hub.db, { now: input.now, tasks: [taskId] })
  await reconcileNotes(hub.db, { ...input, tasks: [taskId] })
}

async function load(hub: Hub, taskId: string): Promise<Note | null> {
  const [note] = await hub.db.rows<Note>(sql`
    select token, wanted, posted, comment_id as "commentId", connection_id as "connectionId", episode,
      posted_at as "postedAt", to_jsonb(former) as former, posted_episode is not distinct from episode as "hasSpoken"
    from notes where task_id = ${taskId}`)
  return note ?? null
}

interface Speaker {
  connectionId: string
  tool: Tool
}

/**
 * Who changes what stands on the card: the account that wrote it, as long as it may be used. Else the one that reads the
 * project; once nobody reads it any more, one that still sees it.
 */
async function speakerOf(hub: Hub, taskId: string): Promise<Speaker | null> {
  const [speaker] = await hub.db.rows<Speaker>(sql`
    select c.id as "connectionId", c.tool
    from tasks t join connection_projects cp on cp.project_id = t.project_id join connections c on c.id = cp.connection_id
    left join notes n on n.task_id = t.id
    where t.id = ${taskId}
    order by c.state <> 'active', n.comment_id is not null and n.connection_id = c.id desc,
      exists (select 1 from scopes s where s.connection_id = c.id and t.project_id = any(s.projects)) desc,
      cp.lost_at is null desc, c.created_at
    limit 1`)
  return speaker ?? null
}

/** Why nothing is said on this card now, and until when. What is to be taken back is taken back at any time. */
async function reasonToWait(hub: Hub, taskId: string): Promise<{ reason: string; at: string } | null> {
  const [facts] = await hub.db.rows<{ speaks: boolean; stale: boolean; loops: boolean; until: string | null }>(sql`
    select n.wanted is not null as speaks, ${tooOld(hub)} as stale,
      n.changes >= ${MOST_AN_HOUR} and n.changes_since > now() - interval '1 hour' as loops,
      n.changes_since + interval '1 hour' as until
    from notes n join tasks t on t.id = n.task_id join projects p on p.id = t.project_id where n.task_id = ${taskId}`)
  if (!facts?.speaks) return null
  if (facts.stale) return { reason: 'stale_facts', at: later(hub, LOOK_AGAIN_MS) }
  return facts.loops && facts.until ? { reason: 'too_many_changes', at: facts.until } : null
}

const LOOK_AGAIN_MS = 300_000

function delivery(hub: Hub, error: AdapterError): Delivery {
  const reason = [error.kind, error.code ?? error.status].filter((part) => part != null).join(' ')
  switch (error.kind) {
    case 'rate_limited':
    case 'provider_down':
    case 'bad_response':
      return { kind: 'retry', reason, at: error.retryAt }
    case 'auth_revoked':
      return { kind: 'wait', reason, at: later(hub, HOUR_MS) }
    default:
      return { kind: 'dead', reason }
  }
}

const HOUR_MS = 3_600_000

const later = (hub: Hub, ms: number): string => new Date(Date.parse(hub.now()) + ms).toISOString()
