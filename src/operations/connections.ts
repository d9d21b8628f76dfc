import { z } from 'zod'
import { adapterOf } from '../../adapters/index.ts'
import { AdapterError } from '../adapter.ts'
import { retryComments } from '../channels/comment.ts'
import { connect, listConnections, refreshProjects } from '../connections/connections.ts'
import { sql } from '../db/database.ts'
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
    stateSince: z.string()
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
    credentials: z.record(z.string(), z.string()).describe('Trello: {key, token}'),
    baseUrl: z.url().nullish().describe('Only for a stand-in of the tool')
  }),
  output: z.object({ connection: Connection, projects: z.number().describe('How many projects the account sees') }),
  async run({ hub, jobs }, { tool, credentials, baseUrl }) {
    if (!adapterOf(tool)) throw new Refusal(400, 'no_adapter', `There is no adapter for ${tool}.`)
    const standIn = baseUrl ?? (tool === 'trello' ? hub.config.TRELLO_URL : undefined)
    try {
      const { connection, projects } = await connect(hub, { tool, credentials, baseUrl: standIn })
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
