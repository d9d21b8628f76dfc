/** What is kept here and for how long, and deleting all that is known of cards. */
import { z } from 'zod'
import { homeOf } from '../../access/home.ts'
import { chooseProjects } from '../../connections/readers.ts'
import { type Queryable, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { removeAllComments } from '../findings/alerts.ts'
import { operation, Refusal } from '../operation.ts'

const Cards = z.object({
  tasks: z.number(),
  history: z.number().describe('Former states of cards, and events'),
  comments: z.number(),
  findings: z.number(),
  contributions: z.number(),
  notes: z.number().describe('Comments of ours that stand on cards now; they are taken back first')
})

const Stays = z.object({
  connections: z.number(),
  projects: z.number(),
  objectives: z.number(),
  keyResults: z.number(),
  people: z.number(),
  users: z.number(),
  changes: z.number().describe('Entries of the log of changes')
})

export const dataKept = operation({
  id: 'dataKept',
  right: 'own',
  method: 'GET',
  path: '/data',
  tag: 'Data',
  summary: 'What is kept here, for how long, and what deleting the cards would take and leave',
  input: z.object({}),
  output: z.object({
    hub: z.string().describe('What the hub is called: the address people reach it at'),
    goes: Cards,
    stays: Stays,
    retention: z.object({
      inboxDays: z.number().describe('What tools told by webhook, as it came'),
      runDays: z.number().describe('The record of each look at a board')
    })
  }),
  run: async ({ hub }) => ({
    hub: nameOf(hub),
    goes: await countCards(hub.db),
    stays: await countRest(hub.db),
    retention: { inboxDays: hub.config.INBOX_DAYS, runDays: hub.config.RUN_DAYS }
  })
})

export const deleteData = operation({
  id: 'deleteData',
  right: 'own',
  method: 'POST',
  path: '/data/delete',
  tag: 'Data',
  summary:
    'Take back every note, choose no board any more, and delete all that is known of cards; nothing brings it back',
  input: z.object({
    hub: z.string().describe('What the hub is called, typed by whoever means it'),
    leaveNotes: z.boolean().default(false).describe('Also when notes of ours cannot be taken back from their cards')
  }),
  output: z.object({
    deleted: Cards,
    notesLeft: z.number().describe('Notes that stay on cards; the hub no longer knows of them')
  }),
  changes: { subject: () => 'all cards', state: ({ db }) => countCards(db) },
  async run(context, { hub: typed, leaveNotes }) {
    const { hub, jobs } = context
    if (typed.trim() !== nameOf(hub))
      throw new Refusal(422, 'wrong_name', `Type the name of this hub, ${nameOf(hub)}, to delete its cards.`)
    const deleted = await countCards(hub.db)
    const { left } = await removeAllComments.run(context, {})
    if (left > 0 && !leaveNotes) throw new Refusal(409, 'notes_left', notesStand(left))
    // Nothing is read from here on: else the next look would bring back what is deleted.
    await chooseProjects(hub, [])
    await hub.db.transaction(forgetCards)
    await jobs?.wake({ kind: 'tick', id: 'all' })
    return { deleted, notesLeft: left }
  }
})

const notesStand = (left: number): string =>
  left === 1
    ? 'One note still stands on its card: the tool did not let us take it back yet. Alerts are off, and we try again by ourselves. Nothing was deleted; try again later, or delete anyway and leave the note where it is.'
    : `${left} notes still stand on cards: their tools did not let us take them back yet. Alerts are off, and we try again by ourselves. Nothing was deleted; try again later, or delete anyway and leave them where they are.`

const nameOf = (hub: Hub): string => new URL(homeOf(hub)).host

async function forgetCards(tx: Queryable): Promise<void> {
  await tx.run(sql`
    truncate tasks, task_versions, task_raw, raw_bundles, task_events, comments, quarantine, findings, notes, contributions,
      inbox, sync_pages`)
  await tx.run(sql`update projects set history_from = null, read_at = null, looked_at = null`)
  await tx.run(sql`delete from outbox where channel = 'comment'`)
  // That a week's rollup has left stays known, so that it does not leave twice; what it said of cards goes.
  await tx.run(sql`delete from outbox where payload ->> 'list' = 'weekly-rollup' and state not in ('sent', 'sending')`)
  await tx.run(sql`
    update outbox set payload = payload || '{"html": "", "text": "", "attachments": []}' where payload ->> 'list' = 'weekly-rollup'`)
}

async function countCards(db: Queryable): Promise<z.infer<typeof Cards>> {
  const [counts] = await db.rows<z.infer<typeof Cards>>(sql`
    select (select count(*) from tasks)::int as tasks,
      ((select count(*) from task_events) + (select count(*) from task_versions))::int as history,
      (select count(*) from comments)::int as comments,
      (select count(*) from findings)::int as findings,
      (select count(*) from contributions)::int as contributions,
      (select count(*) from notes where comment_id is not null)::int as notes`)
  return counts as z.infer<typeof Cards>
}

async function countRest(db: Queryable): Promise<z.infer<typeof Stays>> {
  const [counts] = await db.rows<z.infer<typeof Stays>>(sql`
    select (select count(*) from connections)::int as connections,
      (select count(*) from projects)::int as projects,
      (select count(*) from objectives)::int as objectives,
      (select count(*) from key_results)::int as "keyResults",
      (select count(*) from people)::int as people,
      (select count(*) from users)::int as users,
      (select count(*) from audit)::int as changes`)
  return counts as z.infer<typeof Stays>
}
