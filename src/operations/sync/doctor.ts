import { z } from 'zod'
import { type SQL, sql } from '../../db/database.ts'
import { operation } from '../operation.ts'
import { Concern, concernsOf } from './concerns.ts'

export const doctor = operation({
  id: 'doctor',
  right: 'tend',
  method: 'GET',
  path: '/doctor',
  tag: 'Health',
  summary: 'What is wrong, and what to do about each',
  input: z.object({}),
  output: z.object({
    engine: z.enum(['pglite', 'postgres']),
    jobs: z.enum(['in this process', 'redis']),
    mail: z.enum(['smtp', 'files']),
    projects: z.number(),
    tasks: z.number(),
    openFindings: z.number(),
    outbox: z.object({ due: z.number(), unclear: z.number(), dead: z.number() }),
    webhooks: z.object({
      active: z.number().describe('Scopes whose tool tells us of changes by itself'),
      silent: z
        .number()
        .describe('Scopes whose tool refused, switched off or tells nothing; they are asked every few minutes'),
      waiting: z.number().describe('Deliveries kept and not worked on yet'),
      dead: z.number()
    }),
    lag: z
      .object({ outbox: z.number(), inbox: z.number(), looks: z.number() })
      .describe('Seconds for which the oldest thing that is due has been waiting; 0 when nothing is'),
    setAside: z.number().describe('Cards that could not be understood'),
    concerns: z.array(Concern)
  }),
  async run({ hub }) {
    const { db, config } = hub
    const [counts] = await db.rows<{
      projects: number
      tasks: number
      openFindings: number
      due: number
      unclear: number
      dead: number
      active: number
      silent: number
      waiting: number
      lost: number
      setAside: number
      outboxLag: number
      inboxLag: number
      looksLag: number
    }>(sql`
      select (select count(*) from projects where chosen)::int as projects, (select count(*) from tasks)::int as tasks,
        (select count(*) from findings where closed_at is null)::int as "openFindings",
        (select count(*) from outbox where state in ('due', 'sending'))::int as due,
        (select count(*) from outbox where state = 'unclear')::int as unclear, (select count(*) from outbox where state = 'dead')::int as dead,
        (select count(*) from hooks where state = 'active' and silent_since is null)::int as active,
        (select count(*) from hooks where state in ('off', 'refused') or silent_since is not null)::int as silent,
        (select count(*) from inbox where state = 'due')::int as waiting,
        (select count(*) from inbox where state = 'dead')::int as lost,
        (select count(*) from quarantine)::int as "setAside",
        ${sinceDue(sql`(select min(due_at) from outbox where state = 'due')`)} as "outboxLag",
        ${sinceDue(sql`(select min(due_at) from inbox where state = 'due')`)} as "inboxLag",
        ${sinceDue(sql`(select min(s.next_look_at) from scopes s join connections c on c.id = s.connection_id where c.state = 'active')`)} as "looksLag"`)
    const { projects = 0, tasks = 0, openFindings = 0, due = 0, unclear = 0, dead = 0 } = counts ?? {}
    const { active = 0, silent = 0, waiting = 0, lost = 0 } = counts ?? {}
    const { setAside = 0, outboxLag = 0, inboxLag = 0, looksLag = 0 } = counts ?? {}
    return {
      engine: db.engine,
      jobs: config.REDIS_URL ? ('redis' as const) : ('in this process' as const),
      mail: config.SMTP_URL ? ('smtp' as const) : ('files' as const),
      projects,
      tasks,
      openFindings,
      outbox: { due, unclear, dead },
      webhooks: { active, silent, waiting, dead: lost },
      lag: { outbox: outboxLag, inbox: inboxLag, looks: looksLag },
      setAside,
      concerns: await concernsOf(hub)
    }
  }
})

const sinceDue = (due: SQL): SQL => sql`greatest(0, coalesce(floor(extract(epoch from now() - ${due})), 0))::int`
