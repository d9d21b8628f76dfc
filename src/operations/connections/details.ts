import { z } from 'zod'
import { note } from '../../alerts/note.ts'
import type { Connection } from '../../connections/connections.ts'
import { openSession } from '../../connections/session.ts'
import { budgetsOf } from '../../connections/usage.ts'
import { type Queryable, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { tooOld } from '../../sync/freshness.ts'
import { NoteText } from '../findings/noteText.ts'
import { operation } from '../operation.ts'
import { Connection as Account, theConnection } from './connections.ts'

const Board = z.object({
  id: z.string(),
  name: z.string(),
  chosen: z.boolean(),
  archived: z.boolean(),
  lostAt: z.string().nullable().describe('Since when this account is not shown it any more'),
  readBy: z.string().nullable().describe('The account that reads it, where that is another one'),
  cards: z.number(),
  lookedAt: z.string().nullable(),
  tooOld: z.boolean()
})

const Webhook = z.object({
  scope: z.string(),
  state: z.enum(['alive', 'registering', 'silent', 'off', 'refused']),
  reason: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  checkedAt: z.string().nullable(),
  since: z.string().nullable().describe('Silent since'),
  received: z.number().describe('Deliveries of the last 24 hours')
})

const Right = z.object({
  right: z.enum(['read', 'comment', 'members', 'webhooks']),
  state: z.enum(['found', 'missing', 'unproven', 'unneeded']).describe('unproven: it shows at the first use'),
  reason: z.string().nullable()
})

const SHOWN = { boards: 300, webhooks: 50, runs: 8, setAside: 5 }

export const connectionDetails = operation({
  id: 'connectionDetails',
  right: 'tend',
  method: 'GET',
  path: '/connections/:id',
  tag: 'Connections',
  summary: 'One account: who we act as, its rights, boards, webhooks, budget, last looks and what was set aside',
  input: z.object({ id: z.string() }),
  output: z.object({
    connection: Account.extend({
      connectedAt: z.string(),
      connectedBy: z.string().nullable(),
      expiresAt: z.string().nullable()
    }),
    sample: NoteText.describe('A note as this account would leave it on a card'),
    rights: z.array(Right),
    boards: z.array(Board).describe(`The first ${SHOWN.boards}; chosen ones first`),
    counts: z.object({
      boards: z.number(),
      chosen: z.number().describe('Chosen, and read with this account'),
      elsewhere: z.number().describe('Chosen, and read with another one'),
      lost: z.number(),
      setAside: z.number(),
      notes: z.number().describe('Notes of this account that stand on cards')
    }),
    nextLookAt: z.string().nullable(),
    webhooks: z.array(Webhook),
    publicAddress: z.boolean().describe('Tools can reach the hub at all'),
    budgets: z.array(
      z.object({
        name: z.string(),
        used: z.number(),
        amount: z.number(),
        perMs: z.number(),
        of: z.enum(['requests', 'complexity'])
      })
    ),
    runs: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        mode: z.enum(['sweep', 'incremental']),
        state: z.enum(['running', 'complete', 'failed']),
        fetched: z.number(),
        stored: z.number(),
        requests: z.number(),
        startedAt: z.string(),
        finishedAt: z.string().nullable(),
        error: z.string().nullable()
      })
    ),
    setAside: z.array(
      z.object({
        task: z.string(),
        title: z.string().nullable(),
        project: z.string(),
        projectName: z.string(),
        path: z.string(),
        reason: z.string(),
        since: z.string()
      })
    )
  }),
  async run({ hub }, { id }) {
    const connection = await theConnection(hub, id)
    const [{ nextLookAt = null, connectedAt = '', expiresAt = null, connectedBy = null, ...counts } = {} as Counts] =
      await countsOf(hub.db, id)
    const boards = await boardsOf(hub, id)
    const webhooks = await webhooksOf(hub.db, id)
    const runs = await runsOf(hub.db, id)
    return {
      connection: { ...connection, connectedAt, expiresAt, connectedBy },
      sample: sampleNote(hub),
      rights: rightsOf(connection, { counts, webhooks, runs, publicAddress: hub.config.PUBLIC_URL !== undefined }),
      boards,
      counts,
      nextLookAt,
      webhooks,
      publicAddress: hub.config.PUBLIC_URL !== undefined,
      budgets: await budgetsOf(hub, id),
      runs,
      setAside: await setAsideOf(hub.db, id)
    }
  }
})

export const connectionAccount = operation({
  id: 'connectionAccount',
  right: 'tend',
  method: 'GET',
  path: '/connections/:id/account',
  tag: 'Connections',
  summary: 'Ask the tool now who we act as and which rights it says are missing',
  input: z.object({ id: z.string() }),
  output: z.object({
    name: z.string(),
    username: z.string().nullable(),
    missing: z.array(z.string()),
    expiresAt: z.string().nullable()
  }),
  async run({ hub }, { id }) {
    await theConnection(hub, id)
    const { session } = await openSession(hub, id, 0)
    const { name, username, missing, expiresAt } = await session.whoAmI()
    return { name, username, missing, expiresAt }
  }
})

interface Counts {
  boards: number
  chosen: number
  elsewhere: number
  lost: number
  setAside: number
  notes: number
  members: boolean
  refused: boolean
  nextLookAt: string | null
  connectedAt: string
  expiresAt: string | null
  connectedBy: string | null
}

const countsOf = (db: Queryable, id: string): Promise<Counts[]> =>
  db.rows<Counts>(sql`
    with mine as (
      select cp.lost_at, p.id, p.chosen, p.members is not null as members, exists (
        select 1 from scopes s where s.connection_id = ${id} and p.id = any(s.projects)) as reads
      from connection_projects cp join projects p on p.id = cp.project_id where cp.connection_id = ${id}
    )
    select (select count(*) from mine where lost_at is null)::int as boards, (select count(*) from mine where chosen and reads)::int as chosen,
      (select count(*) from mine where chosen and not reads and lost_at is null)::int as elsewhere,
      (select count(*) from mine where lost_at is not null)::int as lost,
      (select coalesce(bool_or(members), false) from mine) as members,
      (select count(*) from quarantine q join mine on mine.id = q.project_id and mine.reads)::int as "setAside",
      (select count(*) from notes where connection_id = c.id and comment_id is not null)::int as notes,
      exists (select 1 from outbox o join tasks t on t.id = o.ref join mine on mine.id = t.project_id and mine.reads
        where o.channel = 'comment' and o.state = 'dead' and o.outcome ->> 'reason' like 'forbidden%') as refused,
      (select min(next_look_at) from scopes where connection_id = c.id) as "nextLookAt",
      c.created_at as "connectedAt", c.expires_at as "expiresAt",
      (select a.who from audit a where a.subject = 'connection ' || c.id and a.operation = 'connect' order by a.id limit 1) as "connectedBy"
    from connections c where c.id = ${id}`)

const boardsOf = (hub: Hub, id: string) =>
  hub.db.rows<z.infer<typeof Board>>(sql`
    select p.id, p.name, p.chosen, p.archived, cp.lost_at as "lostAt", p.looked_at as "lookedAt", ${tooOld(hub)} as "tooOld",
      case when p.looked_at is null and not p.chosen then 0 else (
        select count(*) from tasks t where t.project_id = p.id and t.presence in ('present', 'archived')) end::int as cards,
      (select o.account_name from scopes s join connections o on o.id = s.connection_id
        where p.chosen and p.id = any(s.projects) and s.connection_id <> ${id} limit 1) as "readBy"
    from connection_projects cp join projects p on p.id = cp.project_id where cp.connection_id = ${id}
    order by p.chosen desc, cp.lost_at nulls first, p.archived, lower(p.name), p.id limit ${SHOWN.boards}`)

const webhooksOf = (db: Queryable, id: string) =>
  db.rows<z.infer<typeof Webhook>>(sql`
    select coalesce(p.name, h.scope ->> 'name') as scope, h.reason, h.delivered_at as "deliveredAt", h.checked_at as "checkedAt",
      h.silent_since as since, case when h.state <> 'active' then h.state when h.silent_since is null then 'alive' else 'silent' end as state,
      (select count(*) from inbox i where i.hook_id = h.id and i.received_at > now() - interval '24 hours')::int as received
    from hooks h left join scopes s on s.id = h.scope_id left join projects p on p.id = s.projects[1] and cardinality(s.projects) = 1
    where h.connection_id = ${id} and h.scope_id is not null
    order by h.state = 'active' and h.silent_since is null, scope, h.id limit ${SHOWN.webhooks}`)

const runsOf = (db: Queryable, id: string) =>
  db.rows<{
    id: number
    name: string
    mode: 'sweep' | 'incremental'
    state: 'running' | 'complete' | 'failed'
    fetched: number
    stored: number
    requests: number
    startedAt: string
    finishedAt: string | null
    error: string | null
  }>(sql`
    select r.id, case when cardinality(s.projects) = 1 then coalesce(p.name, s.name) else s.name end as name, r.mode, r.state, r.fetched,
      r.stored, r.requests, r.started_at as "startedAt", r.finished_at as "finishedAt", r.error ->> 'kind' as error
    from sync_runs r join scopes s on s.id = r.scope_id left join projects p on p.id = s.projects[1]
    where s.connection_id = ${id} order by r.id desc limit ${SHOWN.runs}`)

const setAsideOf = (db: Queryable, id: string) =>
  db.rows<{
    task: string
    title: string | null
    project: string
    projectName: string
    path: string
    reason: string
    since: string
  }>(sql`
    select q.task_id as task, q.title, q.project_id as project, p.name as "projectName", q.path, q.reason, q.since
    from quarantine q join projects p on p.id = q.project_id
    where exists (select 1 from scopes s where s.connection_id = ${id} and q.project_id = any(s.projects))
    order by q.since desc, q.task_id limit ${SHOWN.setAside}`)

/** What the hub needs of an account, and how we know. No tool tells all of a token's rights, so most show in use. */
function rightsOf(
  connection: Connection,
  known: {
    counts: Pick<Counts, 'members' | 'notes' | 'refused'>
    webhooks: z.infer<typeof Webhook>[]
    runs: { state: string; error: string | null }[]
    publicAddress: boolean
  }
): z.infer<typeof Right>[] {
  const { counts, webhooks, runs, publicAddress } = known
  const refusedAll = connection.state === 'parked'
  const read = runs.some(({ state }) => state === 'complete')
  const lastFailed = runs[0]?.state === 'failed' && runs[0].error === 'forbidden'
  const badHook = webhooks.find(({ state }) => state === 'refused')
  const right = (
    name: z.infer<typeof Right>['right'],
    state: z.infer<typeof Right>['state'],
    reason: string | null = null
  ) => ({
    right: name,
    state: refusedAll ? ('missing' as const) : state,
    reason
  })
  return [
    right('read', lastFailed ? 'missing' : read ? 'found' : 'unproven'),
    right('comment', counts.refused ? 'missing' : counts.notes > 0 ? 'found' : 'unproven'),
    right('members', counts.members ? 'found' : 'unproven'),
    publicAddress
      ? right('webhooks', badHook ? 'missing' : webhooks.length > 0 ? 'found' : 'unproven', badHook?.reason ?? null)
      : { right: 'webhooks' as const, state: 'unneeded' as const, reason: null }
  ]
}

const DAY_MS = 86_400_000

/** Of a made-up card, by the writer that writes the real ones. */
function sampleNote(hub: Hub): z.infer<typeof NoteText> {
  const now = hub.now()
  const since = new Date(Date.parse(now) - 12 * DAY_MS).toISOString()
  return note({
    language: 'en',
    zone: hub.zone,
    now,
    column: 'In review',
    addressees: [{ externalId: 'sample', username: 'priyanair', name: 'Priya Nair' }],
    findings: [
      {
        rule: 'stale-doing',
        since,
        evidence: { column: 'In review', enteredAt: since, known: 'reported', workingDays: 8, limit: 5 }
      }
    ],
    why: { kind: 'link', href: hub.config.PUBLIC_URL ?? '' },
    updatedAt: null
  })
}
