import { z } from 'zod'
import { AdapterError } from '../adapter.ts'
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { retryDead } from '../outbox/outbox.ts'
import { explain, toolName } from './explain.ts'
import { operation, Refusal } from './operation.ts'

const Concern = z
  .object({
    about: z.string(),
    what: z.string().describe('What happened, since when'),
    todo: z.string().describe('What would help')
  })
  .meta({ id: 'Concern' })

export const doctor = operation({
  id: 'doctor',
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
      silent: z.number().describe('Scopes whose tool refused or switched off; they are asked every few minutes'),
      waiting: z.number().describe('Deliveries kept and not worked on yet'),
      dead: z.number()
    }),
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
    }>(sql`
      select (select count(*) from projects where chosen)::int as projects, (select count(*) from tasks)::int as tasks,
        (select count(*) from findings where closed_at is null)::int as "openFindings",
        (select count(*) from outbox where state in ('due', 'sending'))::int as due,
        (select count(*) from outbox where state = 'unclear')::int as unclear, (select count(*) from outbox where state = 'dead')::int as dead,
        (select count(*) from hooks where state = 'active')::int as active,
        (select count(*) from hooks where state in ('off', 'refused'))::int as silent,
        (select count(*) from inbox where state = 'due')::int as waiting,
        (select count(*) from inbox where state = 'dead')::int as lost`)
    const { projects = 0, tasks = 0, openFindings = 0, due = 0, unclear = 0, dead = 0 } = counts ?? {}
    const { active = 0, silent = 0, waiting = 0, lost = 0 } = counts ?? {}
    return {
      engine: db.engine,
      jobs: config.REDIS_URL ? ('redis' as const) : ('in this process' as const),
      mail: config.SMTP_URL ? ('smtp' as const) : ('files' as const),
      projects,
      tasks,
      openFindings,
      outbox: { due, unclear, dead },
      webhooks: { active, silent, waiting, dead: lost },
      concerns: [
        ...(await parked(hub)),
        ...(await failing(hub)),
        ...(await unread(hub)),
        ...(await setAside(hub)),
        ...(await undelivered(hub)),
        ...(await silentHooks(hub)),
        ...(await unmapped(hub))
      ]
    }
  }
})

export const retryOutbox = operation({
  id: 'retryOutbox',
  method: 'POST',
  path: '/outbox/:id/retry',
  tag: 'Health',
  summary: 'Try a dead or unclear delivery again',
  input: z.object({ id: z.coerce.number().int() }),
  output: z.object({ retried: z.boolean() }),
  async run({ hub, jobs }, { id }) {
    if (!(await retryDead(hub.db, id)))
      throw new Refusal(404, 'no_delivery', `There is no dead or unclear delivery ${id}.`)
    await jobs?.wake({ kind: 'deliver', id: 'all' })
    return { retried: true }
  }
})

type Concerns = z.infer<typeof Concern>[]

async function parked({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ tool: string; name: string; since: string }>(
    sql`select tool, account_name as name, state_since as since from connections where state = 'parked' order by id`
  )
  return rows.map(({ tool, name, since }) => ({
    about: `${toolName(tool)}, ${name}`,
    what: `${toolName(tool)} has not accepted this account's token since ${since}. No further calls are made with it.`,
    todo: `Make a new token, then: throughline connect ${tool}`
  }))
}

/** Scopes whose last look failed. */
async function failing({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{
    tool: string
    name: string
    at: string
    error: { kind: string; status?: number; code?: string; path?: string }
  }>(sql`
    select c.tool, coalesce(p.name, s.name) as name, r.finished_at as at, r.error
    from scopes s join connections c on c.id = s.connection_id left join projects p on p.id = s.projects[1]
    join lateral (select * from sync_runs r where r.scope_id = s.id order by id desc limit 1) r on true
    where r.state = 'failed' and c.state = 'active' and r.error is not null order by name`)
  return rows.map(({ tool, name, at, error }) => {
    const known = explain(new AdapterError(error.kind as AdapterError['kind'], error), { tool, about: name })
    return {
      about: name,
      what: `The last look, at ${at}, did not come to its end. ${known?.message ?? 'Something went wrong inside the hub; its log says more.'}`,
      todo: `The hub tries again by itself; at once with: throughline sync "${name}"`
    }
  })
}

async function unread({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ name: string }>(
    sql`select name from projects where chosen and read_at is null order by name`
  )
  return rows.map(({ name }) => ({
    about: name,
    what: 'Chosen, but not read yet.',
    todo: `throughline sync "${name}"`
  }))
}

/** One concern for each project and wrong place: a field that changed its shape should not fill the page. */
async function setAside({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ project: string; n: number; first: string; path: string; reason: string }>(sql`
    select coalesce(p.name, q.project_id) as project, count(*)::int as n, min(coalesce(q.title, q.task_id)) as first, q.path, q.reason
    from quarantine q left join projects p on p.id = q.project_id group by 1, q.path, q.reason order by project, n desc limit 50`)
  return rows.map(({ project, n, first, path, reason }) => ({
    about: project,
    what: `${n === 1 ? `1 card set aside, “${first}”` : `${n} cards set aside, “${first}” among them`}: “${path}” ${reason}. The others are in.`,
    todo: 'Change the card in the tool; it is read again when it changes.'
  }))
}

async function undelivered({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{
    id: number
    channel: string
    state: string
    reason: string | null
    about: string
    at: string
  }>(sql`
    select o.id, o.channel, o.state, o.outcome ->> 'reason' as reason, coalesce(t.title, o.payload -> 'to' ->> 'address', o.ref) as about,
      o.created_at as at
    from outbox o left join tasks t on t.id = o.ref
    where o.state in ('dead', 'unclear') or (o.state = 'due' and o.attempts > 0) order by o.id limit 50`)
  return rows.map(({ id, channel, state, reason, about, at }) => {
    const thing = channel === 'email' ? 'mail' : 'comment'
    if (state === 'due') {
      return {
        about,
        what: `A ${thing} waits to be tried again (${reason ?? 'no answer'}).`,
        todo: 'Nothing; the hub tries again by itself.'
      }
    }
    return {
      about,
      what:
        state === 'unclear'
          ? `Whether this mail of ${at} arrived is unclear: the answer was lost. It is not sent again by itself.`
          : `A ${thing} could not be delivered (${reason ?? 'unknown'}) and is not tried again by itself.`,
      todo: `throughline doctor retry ${id}`
    }
  })
}

/** Tools that do not tell us by themselves although they could. */
async function silentHooks({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ tool: string; name: string; state: string; reason: string; at: string }>(sql`
    select h.tool, coalesce(p.name, h.scope ->> 'name') as name, h.state, coalesce(h.reason, 'unknown') as reason, h.checked_at as at
    from hooks h left join scopes s on s.id = h.scope_id left join projects p on p.id = s.projects[1]
    where h.state in ('off', 'refused') order by h.tool, name limit 50`)
  return rows.map(({ tool, name, state, reason, at }) => ({
    about: name,
    what: `${toolName(tool)} ${state === 'off' ? 'does not answer about' : 'refuses'} webhooks (${reason}, ${at}). Nothing is missed: the hub asks every few minutes instead.`,
    todo: reason.endsWith('no_app_secret')
      ? `To be told at once, connect again with the app's secret: throughline connect ${tool} --help`
      : `Check that this account may manage webhooks at ${toolName(tool)}; the hub asks again by itself.`
  }))
}

async function unmapped({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ name: string; n: number; first: string }>(sql`
    select p.name, count(*)::int as n, min(c.name) as first from columns c join projects p on p.id = c.project_id
    where p.chosen and not p.archived and not c.archived and c.category = 'unmapped' group by p.id order by p.name`)
  return rows.map(({ name, n, first }) => ({
    about: name,
    what:
      n === 1
        ? `The name of the column “${first}” does not say what stands in it; no rule looks at it.`
        : `The names of ${n} columns (“${first}”, …) do not say what stands in them; no rule looks at them.`,
    todo: `throughline columns "${name}"`
  }))
}
