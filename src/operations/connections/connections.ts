import { z } from 'zod'
import { adapterOf } from '../../../adapters/index.ts'
import { AdapterError } from '../../adapter.ts'
import { retryComments } from '../../channels/comment.ts'
import { connect, refreshProjects } from '../../connections/connect.ts'
import { type Connection as Account, CONNECTION_STATES, listConnections, pause } from '../../connections/connections.ts'
import { PAGES, startOAuth } from '../../connections/oauth.ts'
import { part, partingWith } from '../../connections/parting.ts'
import { assignReaders, handOver } from '../../connections/readers.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import { followUp } from '../../jobs/line.ts'
import { Tool } from '../../model/task.ts'
import { explain, toolName } from '../explain.ts'
import { operation, Refusal } from '../operation.ts'

export const Connection = z
  .object({
    id: z.string(),
    tool: Tool,
    account: z.string(),
    accountName: z.string(),
    accountUsername: z.string().nullable(),
    state: z.enum(CONNECTION_STATES).describe('parked: the tool refuses it; paused: somebody said so'),
    stateReason: z.string().nullable(),
    stateSince: z.string(),
    version: z.number().describe('Counts up with each renewal of its credentials')
  })
  .meta({ id: 'Connection' })

export const connectTool = operation({
  id: 'connect',
  right: 'tend',
  method: 'POST',
  path: '/connections',
  tag: 'Connections',
  summary: 'Connect an account, or renew its credentials',
  input: z.object({
    tool: Tool,
    credentials: z
      .record(z.string(), z.string())
      .describe('As the tool asks for them: Trello {key, token}, ClickUp {token}, …'),
    baseUrl: z.url().nullish().describe('Only for a stand-in of the tool')
  }),
  output: z.object({ connection: Connection, projects: z.number().describe('How many projects the account sees') }),
  changes: { subject: (_input, answer) => (answer ? `connection ${answer.connection.id}` : null) },
  async run({ hub, jobs }, { tool, credentials, baseUrl }) {
    if (!adapterOf(tool)) throw new Refusal(400, 'no_adapter', `There is no adapter for ${tool}.`)
    return asTool(tool, async () => {
      const { connection, projects } = await connect(hub, { tool, credentials, baseUrl: standIn(hub, tool, baseUrl) })
      await goOnWith(hub, jobs, connection.id)
      return { connection, projects }
    })
  }
})

/** A renewed account: what waited for it need not wait any longer. */
export async function goOnWith(hub: Hub, jobs: Jobs | null, connectionId: string): Promise<void> {
  await retryComments(hub, null)
  await hub.db.run(sql`update scopes set next_look_at = now() where connection_id = ${connectionId}`)
  await jobs?.wake({ kind: 'tick', id: 'all' })
}

export const connectOAuth = operation({
  id: 'connectOAuth',
  right: 'tend',
  method: 'POST',
  path: '/connections/oauth',
  tag: 'Connections',
  summary: 'The address where a person allows access; the tool sends them back to the hub, which then connects',
  input: z.object({
    tool: Tool,
    baseUrl: z.url().nullish().describe('Only for a stand-in of the tool'),
    page: z.enum(PAGES).nullish().describe('The page of the app they come back to; a page without the app when absent')
  }),
  output: z.object({ url: z.string() }),
  changes: { subject: ({ tool }) => `connection to ${tool}` },
  run: async ({ hub, who }, { tool, baseUrl, page = null }) => ({
    url: await startOAuth(hub, tool, standIn(hub, tool, baseUrl), { who, page })
  })
})

const standIn = (hub: Hub, tool: Tool, baseUrl: string | null | undefined): string | null =>
  baseUrl ?? hub.config[`${tool.toUpperCase() as Uppercase<Tool>}_URL`] ?? null

export const connections = operation({
  id: 'connections',
  right: 'tend',
  method: 'GET',
  path: '/connections',
  tag: 'Connections',
  summary: 'Connected accounts',
  input: z.object({}),
  output: z.object({
    connections: z.array(
      Connection.extend({
        boards: z.number().describe('It is shown so many'),
        chosen: z.number().describe('It reads so many'),
        lookedAt: z.string().nullable().describe('Since then all it reads has been looked at'),
        reading: z.boolean().describe('A first look, or a whole new one, is under way'),
        failing: z.boolean().describe('The last look at something did not come to its end'),
        setAside: z.number()
      })
    )
  }),
  run: async ({ hub }) => ({
    connections: await hub.db.rows<Line>(sql`
      select c.id, c.tool, c.account, c.account_name as "accountName", c.account_username as "accountUsername", c.state,
        c.state_reason as "stateReason", c.state_since as "stateSince", c.credentials_version as version,
        (select count(*) from connection_projects cp where cp.connection_id = c.id and cp.lost_at is null)::int as boards,
        coalesce(reads.n, 0)::int as chosen, reads.looked_at as "lookedAt", coalesce(looks.reading, false) as reading,
        coalesce(looks.failing, false) as failing,
        (select count(*) from quarantine q where q.project_id = any(reads.projects))::int as "setAside"
      from connections c
      left join lateral (
        select count(*) as n, min(p.looked_at) as looked_at, array_agg(p.id) as projects
        from scopes s join projects p on p.id = any(s.projects) and p.chosen and not p.archived where s.connection_id = c.id
      ) reads on true
      left join lateral (
        select bool_or(r.state = 'running' and r.mode = 'sweep') as reading, bool_or(r.state = 'failed') as failing
        from scopes s join lateral (
          select state, mode from sync_runs r where r.scope_id = s.id order by r.id desc limit 1) r on true
        where s.connection_id = c.id
      ) looks on true
      order by c.created_at, c.id`)
  })
})

type Line = z.infer<typeof Connection> & {
  boards: number
  chosen: number
  lookedAt: string | null
  reading: boolean
  failing: boolean
  setAside: number
}

export const refreshConnection = operation({
  id: 'refreshConnection',
  right: 'tend',
  method: 'POST',
  path: '/connections/:id/refresh',
  tag: 'Connections',
  summary: 'Ask the tool again which projects the account sees',
  input: z.object({ id: z.string() }),
  output: z.object({ projects: z.number() }),
  changes: { subject: ({ id }) => `connection ${id}` },
  async run({ hub }, { id }) {
    const { tool } = await theConnection(hub, id)
    return asTool(tool, async () => ({ projects: await refreshProjects(hub, id) }))
  }
})

export const pauseConnection = operation({
  id: 'pauseConnection',
  right: 'tend',
  method: 'PUT',
  path: '/connections/:id/pause',
  tag: 'Connections',
  summary: 'Ask a tool nothing with this account until it is resumed; another account that sees a board stands in',
  input: z.object({ id: z.string(), paused: z.boolean() }),
  output: z.object({ state: z.enum(CONNECTION_STATES) }),
  changes: { subject: ({ id }) => `connection ${id}`, state: stateOf },
  async run({ hub, jobs }, { id, paused }) {
    const { state, tool } = await theConnection(hub, id)
    const wanted = paused ? ('paused' as const) : ('active' as const)
    if (state === 'parked')
      throw new Refusal(409, 'parked', `${toolName(tool)} refuses this account already. Connect it again instead.`)
    if (state !== wanted && (await pause(hub, id, paused))) {
      if (!paused) {
        await retryComments(hub, null)
        await hub.db.run(sql`update scopes set next_look_at = now() where connection_id = ${id}`)
      }
      await jobs?.wake({ kind: 'tick', id: 'all' })
    }
    return { state: wanted }
  }
})

export const handOverConnection = operation({
  id: 'handOver',
  right: 'tend',
  method: 'POST',
  path: '/connections/:id/hand-over',
  tag: 'Connections',
  summary: 'Let another account read its boards and speak there, as far as that one is shown them',
  input: z.object({ id: z.string(), to: z.string().describe('Id of the other account, of the same tool') }),
  output: z.object({
    boards: z.array(z.string()).describe('Ids of those that changed hands'),
    left: z.number().describe('It still reads so many, which the other one is not shown')
  }),
  changes: { subject: ({ id }) => `connection ${id}`, state: (hub, { id }) => readBy(hub, id) },
  async run({ hub, jobs }, { id, to }) {
    const [from, other] = [await theConnection(hub, id), await theConnection(hub, to)]
    if (from.id === other.id || from.tool !== other.tool)
      throw new Refusal(400, 'no_colleague', `Choose another ${toolName(from.tool)} account.`)
    if (other.state !== 'active')
      throw new Refusal(409, 'not_active', `${other.accountName} can’t read now: connect or resume that account first.`)
    const boards = await asTool(from.tool, () => handOver(hub, id, to))
    await jobs?.wake({ kind: 'tick', id: 'all' })
    return { boards, left: (await readBy(hub, id)).length }
  }
})

export const previewRemoval = operation({
  id: 'previewRemoval',
  right: 'tend',
  method: 'GET',
  path: '/connections/:id/removal',
  tag: 'Connections',
  summary: 'What is kept and what is deleted if this account is removed; changes nothing',
  input: z.object({ id: z.string() }),
  output: z.object({
    goesOn: z
      .array(z.object({ id: z.string(), name: z.string(), with: z.string() }))
      .describe('Boards that another account reads then'),
    stops: z.array(z.object({ id: z.string(), name: z.string() })).describe('Boards that nobody reads then'),
    cards: z.number().describe('Cards on those; kept, and not shown'),
    findings: z.number().describe('Findings that are closed with them'),
    notes: z.number().describe('Notes that stand on cards and stay there'),
    webhooks: z.number()
  }),
  async run({ hub }, { id }) {
    await theConnection(hub, id)
    return partingWith(hub.db, id)
  }
})

export const removeConnection = operation({
  id: 'removeConnection',
  right: 'tend',
  method: 'DELETE',
  path: '/connections/:id',
  tag: 'Connections',
  summary: 'Remove an account: its token and webhooks are deleted; cards, history and notes on cards stay',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean(), hidden: z.number().describe('Boards whose cards nobody reads any more') }),
  changes: { subject: ({ id }) => `connection ${id}`, state: stateOf },
  async run({ hub, jobs }, { id }) {
    await theConnection(hub, id)
    const hidden = await part(hub, id)
    // The next tick tries again where a tool did not answer.
    await assignReaders(hub).catch((error: unknown) => {
      if (explain(error) === null) throw error
    })
    await followUp(hub, { projects: hidden }, jobs)
    await jobs?.wake({ kind: 'tick', id: 'all' })
    return { removed: true, hidden: hidden.length }
  }
})

/** Refuses where there is none. */
export async function theConnection(hub: Hub, id: string): Promise<Account> {
  const found = (await listConnections(hub)).find((one) => one.id === id)
  if (!found) throw new Refusal(404, 'no_connection', 'There is no such account here, or it was removed.')
  return found
}

async function stateOf({ db }: Hub, { id }: { id: string }): Promise<unknown> {
  const [row] = await db.rows(sql`select tool, account_name as account, state from connections where id = ${id}`)
  return row ?? null
}

const readBy = async ({ db }: Hub, id: string): Promise<string[]> => {
  const rows = await db.rows<{ project: string }>(
    sql`select unnest(projects) as project from scopes where connection_id = ${id} order by 1`
  )
  return rows.map(({ project }) => project)
}

async function asTool<T>(tool: Tool, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    throw new Refusal(422, error.kind, explain(error, { tool })?.message ?? error.kind)
  }
}
