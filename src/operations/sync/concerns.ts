/** What is wrong, in words, and what would help. */
import { z } from 'zod'
import { AdapterError } from '../../adapter.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { tooOld } from '../../sync/freshness.ts'
import { explain, toolName } from '../explain.ts'

export const Concern = z
  .object({
    about: z.string(),
    what: z.string().describe('What happened, since when'),
    todo: z.string().describe('What would help')
  })
  .meta({ id: 'Concern' })

type Concerns = z.infer<typeof Concern>[]

/** The most pressing first. */
export async function concernsOf(hub: Hub): Promise<Concerns> {
  const found: Concerns[] = []
  for (const look of [
    idle,
    parked,
    failing,
    lost,
    stale,
    unread,
    setAside,
    undelivered,
    givenUp,
    silentHooks,
    clocks,
    unmapped
  ]) {
    found.push(await look(hub))
  }
  return found.flat()
}

/** Nobody has done what the timetable says for an hour beyond its time. */
async function idle({ db, now, config }: Hub): Promise<Concerns> {
  const [row] = await db.rows<{ at: string | null }>(sql`
    select max(done_at) as at from timetable having min(due_at) < ${now()}::timestamptz - interval '1 hour'`)
  if (!row) return []
  return [
    {
      about: 'The hub',
      what: `It has not worked by itself since ${row.at ?? 'it was set up'}: no look, no judging, no mail but what is asked for by hand.`,
      todo: config.REDIS_URL ? 'Start a worker: throughline work' : 'Start it: throughline serve'
    }
  ]
}

/** Boards that nobody shows us any more. */
async function lost({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ name: string; since: string }>(
    sql`select name, lost_at as since from projects where chosen and lost_at is not null order by name`
  )
  return rows.map(({ name, since }) => ({
    about: name,
    what: `No connected account has been shown it since ${since}: it was deleted, or access was taken away. Its cards are hidden; nothing is deleted.`,
    todo: 'Give the account access again and it comes back by itself, or leave it out: throughline projects choose --help'
  }))
}

/** Boards that notes and reports do not speak of. */
async function stale(hub: Hub): Promise<Concerns> {
  const rows = await hub.db.rows<{ name: string; at: string }>(sql`
    select p.name, p.looked_at as at from projects p
    where p.chosen and not p.archived and p.lost_at is null and ${tooOld(hub)} order by p.name`)
  return rows.map(({ name, at }) => ({
    about: name,
    what: `What is known of it is from ${at}: too old to speak from. Notes wait, and reports leave it out.`,
    todo: `The hub looks again by itself; at once with: throughline sync "${name}"`
  }))
}

/** Deliveries of tools that were tried for the last time. */
async function givenUp({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ tool: string; n: number; reason: string; since: string }>(sql`
    select h.tool, count(*)::int as n, coalesce(i.reason, 'unknown') as reason, min(i.received_at) as since
    from inbox i join hooks h on h.id = i.hook_id where i.state = 'dead' group by h.tool, i.reason order by n desc limit 20`)
  return rows.map(({ tool, n, reason, since }) => ({
    about: toolName(tool),
    what: `${n === 1 ? '1 webhook delivery' : `${n} webhook deliveries`} could not be worked on (${reason}), the first of ${since}. The next whole look at the board finds what they were about.`,
    todo: 'throughline doctor retry deliveries'
  }))
}

/** Clocks that are far apart: due dates and ages are told by the tool's, our own acts by ours. */
async function clocks({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ tool: string; name: string; ms: number }>(sql`
    select tool, account_name as name, skew_ms as ms from connections where abs(skew_ms) > ${CLOCKS_APART_MS} order by id`)
  return rows.map(({ tool, name, ms }) => ({
    about: `${toolName(tool)}, ${name}`,
    what: `Its clock is ${Math.round(Math.abs(ms) / 60_000)} minutes ${ms > 0 ? 'ahead of' : 'behind'} this machine's. Nothing is missed by that, but “overdue” comes that much ${ms > 0 ? 'later' : 'sooner'}.`,
    todo: 'Let this machine take its time from a time server.'
  }))
}

const CLOCKS_APART_MS = 120_000

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
    todo: 'Change the card in the tool, and it is read again by itself; after an update of Throughline: throughline doctor retry cards'
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
        what: `A ${thing} waits: ${WAITS[reason ?? ''] ?? `it is tried again (${reason ?? 'no answer'})`}.`,
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

/** Why something has not left yet, where that is no failure. */
const WAITS: Record<string, string> = {
  connection_parked: 'the account it is to come from has to be connected again, or resumed where somebody paused it',
  stale_facts: 'its board could not be read for too long to speak from',
  too_many_changes: 'it changed so often within an hour that something seems to answer it by itself',
  written_by_another_account: 'another account of ours wrote it, and that one has to be connected again'
}

/** Tools that do not tell us by themselves although they could. */
async function silentHooks({ db }: Hub): Promise<Concerns> {
  const rows = await db.rows<{ tool: string; name: string; state: string; reason: string; at: string }>(sql`
    select h.tool, coalesce(p.name, h.scope ->> 'name') as name,
      case when h.state in ('off', 'refused') then h.state else 'silent' end as state,
      coalesce(h.reason, 'unknown') as reason, coalesce(h.silent_since, h.checked_at) as at
    from hooks h left join scopes s on s.id = h.scope_id left join projects p on p.id = s.projects[1]
    where h.state in ('off', 'refused') or h.silent_since is not null order by h.tool, name limit 50`)
  return rows.map(({ tool, name, state, reason, at }) => ({
    about: name,
    what:
      state === 'silent'
        ? `${toolName(tool)} has told us nothing by webhook since ${at} although cards changed. The hub registers the webhook anew, and asks every few minutes meanwhile.`
        : `${toolName(tool)} ${state === 'off' ? 'does not answer about' : 'refuses'} webhooks (${reason}, ${at}). Nothing is missed: the hub asks every few minutes instead.`,
    todo:
      state === 'silent'
        ? `Check that ${toolName(tool)} reaches this hub at PUBLIC_URL.`
        : reason.endsWith('no_app_secret')
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
