import { z } from 'zod'
import { adapters } from '../../../adapters/index.ts'
import { appOf } from '../../connections/grants.ts'
import { sql } from '../../db/database.ts'
import { Tool } from '../../model/task.ts'
import { operation } from '../operation.ts'

export const tools = operation({
  id: 'tools',
  right: 'tend',
  method: 'GET',
  path: '/tools',
  tag: 'Connections',
  summary: 'Tools that can be connected, and what each asks for',
  input: z.object({}),
  output: z.object({
    tools: z.array(
      z.object({
        tool: Tool,
        name: z.string(),
        oauth: z.boolean().describe('A person may allow access at the tool instead of pasting a token'),
        asks: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            secret: z.boolean(),
            help: z.string().describe('Where to find it'),
            optional: z.boolean(),
            given: z.string().nullable().describe('What the hub knows already; never a secret')
          })
        ),
        accounts: z.number().describe('Connected so far')
      })
    )
  }),
  async run({ hub }) {
    const counts = await hub.db.rows<{ tool: string; n: number }>(
      sql`select tool, count(*)::int as n from connections group by tool`
    )
    return {
      tools: adapters.map((adapter) => ({
        tool: adapter.tool,
        name: adapter.name,
        oauth: adapter.oauth !== undefined && appOf(hub, adapter.tool) !== null,
        asks: adapter.asks.map(({ optional = false, ...field }) => ({
          ...field,
          optional,
          given: adapter.tool === 'trello' && field.name === 'key' ? (hub.config.TRELLO_KEY ?? null) : null
        })),
        accounts: counts.find(({ tool }) => tool === adapter.tool)?.n ?? 0
      }))
    }
  }
})
