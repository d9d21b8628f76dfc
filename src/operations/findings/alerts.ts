import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { adapterOf } from '../../../adapters/index.ts'
import { previewNotes, reconcileInput } from '../../alerts/reconcile.ts'
import { retryComments, wakeNotes } from '../../channels/comment.ts'
import { channels } from '../../channels/index.ts'
import { ids, type Queryable, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { stepNotes } from '../../jobs/line.ts'
import { deliverDue } from '../../outbox/outbox.ts'
import { tooOld } from '../../sync/freshness.ts'
import { operation } from '../operation.ts'
import { findProject } from '../projects/projects.ts'
import { NoteText } from './noteText.ts'

const Delivered = z.object({ posted: z.number(), edited: z.number(), removed: z.number(), failed: z.number() })

export const previewAlerts = operation({
  id: 'previewAlerts',
  right: 'tend',
  method: 'GET',
  path: '/projects/:project/alerts/preview',
  tag: 'Alerts',
  summary: 'Every comment that would be posted if alerts were on; posts nothing',
  input: z.object({ project: z.string() }),
  output: z.object({
    project: z.object({
      id: z.string(),
      name: z.string(),
      alerts: z.boolean(),
      audience: z.string(),
      tooOld: z.boolean().describe('What is known of it is too old to speak from: nothing would be posted now')
    }),
    comments: z.array(
      z.object({ task: z.string(), title: z.string(), url: z.string(), text: z.string(), said: NoteText })
    )
  }),
  async run({ hub, who }, { project: word }) {
    const project = await findProject(hub.db, word, who)
    const [facts] = await hub.db.rows<{ alerts: boolean; audience: string; tooOld: boolean }>(
      sql`select p.alerts, p.audience, ${tooOld(hub)} as "tooOld" from projects p where p.id = ${project.id}`
    )
    const notes = await previewNotes(hub.db, { ...reconcileInput(hub), projects: [project.id] })
    return {
      project: {
        id: project.id,
        name: project.name,
        alerts: facts?.alerts ?? false,
        audience: facts?.audience ?? 'members',
        tooOld: facts?.tooOld ?? false
      },
      comments: notes.map(({ taskId, title, url, tool, wanted }) => ({
        task: taskId,
        title,
        url,
        text: adapterOf(tool).render(wanted),
        said: wanted
      }))
    }
  }
})

export const setAlerts = operation({
  id: 'setAlerts',
  right: 'tend',
  method: 'PUT',
  path: '/projects/:project/alerts',
  tag: 'Alerts',
  summary: 'Switch comments on or off; switching off takes back what stands on the cards',
  input: z.object({ project: z.string(), on: z.boolean() }),
  output: z.object({
    project: z.object({ id: z.string(), name: z.string() }),
    on: z.boolean(),
    waiting: z.number().describe('Cards whose comment is about to be posted, edited or removed')
  }),
  changes: {
    subject: ({ project }) => `project ${project}`,
    state: async ({ db }, { project }) =>
      db.rows(sql`select id, alerts from projects where id = ${project} or name = ${project}`)
  },
  async run({ hub, jobs, who }, { project: word, on }) {
    const { id, name } = await findProject(hub.db, word, who)
    await hub.db.run(sql`update projects set alerts = ${on} where id = ${id}`)
    await retryComments(hub, [id])
    await stepNotes(hub, jobs, { projects: [id] })
    return { project: { id, name }, on, waiting: await waiting(hub.db) }
  }
})

export const deliver = operation({
  id: 'deliver',
  right: 'tend',
  method: 'POST',
  path: '/alerts/deliver',
  tag: 'Alerts',
  summary: 'Deliver now what waits in the outbox',
  input: z.object({
    since: z.iso.datetime().optional().describe('Count what was delivered from this moment on; from now when absent')
  }),
  output: Delivered,
  changes: { subject: () => null },
  async run({ hub }, { since }) {
    await wakeNotes(hub)
    return deliverNow(hub, since)
  }
})

export const removeAllComments = operation({
  id: 'removeAllComments',
  right: 'tend',
  method: 'POST',
  path: '/alerts/remove-all',
  tag: 'Alerts',
  summary: 'Switch alerts off everywhere and delete every comment the hub ever wrote',
  input: z.object({ project: z.string().optional().describe('Only this project') }),
  output: Delivered.extend({
    left: z.number().describe('Comments that could not be deleted yet; they are tried again')
  }),
  changes: { subject: ({ project }) => (project === undefined ? 'all projects' : `project ${project}`) },
  async run({ hub, jobs, who }, { project: word }) {
    const only = word === undefined ? null : [(await findProject(hub.db, word, who)).id]
    await hub.db.run(sql`update projects set alerts = false where ${only === null} or id = any(${ids(only ?? [])})`)
    await hub.db.run(sql`
      update notes set wanted = null, basis = null, state = 'silent' where ${only === null} or project_id = any(${ids(only ?? [])})`)
    await retryComments(hub, only)
    await stepNotes(hub, jobs)
    const delivered = await deliverNow(hub)
    const [left] = await hub.db.rows<{ n: number }>(sql`
      select count(*)::int as n from notes where comment_id is not null and wanted is null and (${only === null} or project_id = any(${ids(only ?? [])}))`)
    return { ...delivered, left: left?.n ?? 0 }
  }
})

/** Delivers what is due, waits for what other senders have in hand, and counts what came of it. */
async function deliverNow(hub: Hub, since?: string): Promise<z.infer<typeof Delivered>> {
  const [clock] = await hub.db.rows<{ now: string }>(sql`select clock_timestamp() as now`)
  const ended = await deliverDue(hub, channels)
  for (const until = Date.now() + IN_HAND_MS; Date.now() < until && (await inHand(hub.db)); ) await sleep(100)
  const [count] = await hub.db.rows<{ posted: number; edited: number; removed: number }>(sql`
    select count(*) filter (where outcome -> 'did' ?| array['posted', 'adopted'])::int as posted,
      count(*) filter (where outcome -> 'did' ? 'edited')::int as edited,
      count(*) filter (where outcome -> 'did' ? 'removed')::int as removed
    from outbox where channel = 'comment' and state = 'sent' and done_at >= ${since ?? clock?.now ?? null}::timestamptz`)
  return { posted: 0, edited: 0, removed: 0, ...count, failed: ended.dead + ended.retry + ended.wait }
}

const IN_HAND_MS = 60_000

/** A worker may have taken some of it before us. */
async function inHand(db: Queryable): Promise<boolean> {
  const rows = await db.rows(
    sql`select 1 from outbox where channel = 'comment' and state = 'sending' and lease_until > now() limit 1`
  )
  return rows.length > 0
}

async function waiting(db: Queryable): Promise<number> {
  const [row] = await db.rows<{ n: number }>(
    sql`select count(*)::int as n from outbox where channel = 'comment' and state = 'due'`
  )
  return row?.n ?? 0
}
