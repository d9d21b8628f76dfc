import { z } from 'zod'
import { adapterOf } from '../../adapters/index.ts'
import { AdapterError } from '../adapter.ts'
import { retryComments } from '../channels/comment.ts'
import { connect, refreshProjects } from '../connections/connect.ts'
import { listConnections } from '../connections/connections.ts'
import { startOAuth } from '../connections/oauth.ts'
import { sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { Tool } from '../model/task.ts'
import { explain } from './explain.ts'
import { operation, Refusal } from './operation.ts'

export const Connection = z
  .object({
    id: z.string(),
    tool: Tool,
    account: z.string(),
    accountName: z.string(),
    accountUsername: z.string().nullable(),
    state: z.enum(['active', 'parked']),
    stateReason: z.string().nullable(),
    stateSince: z.string(),
    version: z.number().describe('Counts up with each renewal of its credentials')
  })
  .meta({ id: 'Connection' })

export const connectTool = operation({
  id: 'connect',
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
  async run({ hub, jobs }, { tool, credentials, baseUrl }) {
    if (!adapterOf(tool)) throw new Refusal(400, 'no_adapter', `There is no adapter for ${tool}.`)
    try {
      const { connection, projects } = await connect(hub, { tool, credentials, baseUrl: standIn(hub, tool, baseUrl) })
      // A renewed account: what waited for it need not wait any longer.
      await retryComments(hub, null)
      await hub.db.run(sql`update scopes set next_look_at = now() where connection_id = ${connection.id}`)
      await jobs?.wake({ kind: 'tick', id: 'all' })
      return { connection, projects }
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error
      throw new Refusal(422, error.kind, explain(error, { tool })?.message ?? error.kind)
    }
  }
})

export const connectOAuth = operation({
  id: 'connectOAuth',
  method: 'POST',
  path: '/connections/oauth',
  tag: 'Connections',
  summary: 'The address where a person allows access; the tool sends them back to the hub, which then connects',
  input: z.object({ tool: Tool, baseUrl: z.url().nullish().describe('Only for a stand-in of the tool') }),
  output: z.object({ url: z.string() }),
  run: async ({ hub }, { tool, baseUrl }) => ({ url: await startOAuth(hub, tool, standIn(hub, tool, baseUrl)) })
})

const standIn = (hub: Hub, tool: Tool, baseUrl: string | null | undefined): string | null =>
  baseUrl ?? hub.config[`${tool.toUpperCase() as Uppercase<Tool>}_URL`] ?? null

export const connections = operation({
  id: 'connections',
  method: 'GET',
  path: '/connections',
  tag: 'Connections',
  summary: 'Connected accounts',
  input: z.object({}),
  output: z.object({ connections: z.array(Connection) }),
  run: async ({ hub }) => ({ connections: await listConnections(hub) })
})

export const refreshConnection = operation({
  id: 'refreshConnection',
  method: 'POST',
  path: '/connections/:id/refresh',
  tag: 'Connections',
  summary: 'Ask the tool again which projects the account sees',
  input: z.object({ id: z.string() }),
  output: z.object({ projects: z.number() }),
  run: async ({ hub }, { id }) => ({ projects: await refreshProjects(hub, id) })
})
