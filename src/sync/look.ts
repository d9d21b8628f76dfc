/**
 * Which scopes are worth a pull. Where the tool can say for many at once what moved (Trello: one request for all
 * boards), quiet ones are ticked off without one.
 */
import { adapterOf } from '../../adapters/index.ts'
import type { Bookmark } from '../adapter.ts'
import { openSession } from '../connections/session.ts'
import { ids, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId, type Tool } from '../model/task.ts'
import { paceOf, pause } from './pace.ts'

interface Due {
  id: string
  connectionId: string
  tool: Tool
  quietLooks: number
  externalId: string
  name: string
  projects: string[]
  mark: Bookmark
}

/** Of these scopes, those that need a pull. The others count as looked at just now. */
export async function moved(hub: Hub, scopeIds: string[]): Promise<string[]> {
  const scopes = await hub.db.rows<Due>(sql`
    select s.id, s.connection_id as "connectionId", c.tool, s.quiet_looks as "quietLooks", s.external_id as "externalId",
      s.name, to_jsonb(s.projects) as projects, s.mark
    from scopes s join connections c on c.id = s.connection_id where s.id = any(${ids(scopeIds)}) order by s.id`)
  const needed: string[] = []
  for (const [connectionId, of] of Map.groupBy(scopes, (scope) => scope.connectionId)) {
    const marked = of.filter(({ mark }) => mark !== null)
    const asked = marked.length > 1 ? await ask(hub, connectionId, marked) : null
    for (const scope of of) {
      if (asked === null || scope.mark === null || asked.moved.has(scope.externalId)) needed.push(scope.id)
    }
    if (asked)
      await tickOff(
        hub,
        marked.filter(({ externalId: id }) => !asked.moved.has(id)),
        asked.at
      )
  }
  return needed
}

async function ask(hub: Hub, connectionId: string, scopes: Due[]): Promise<{ moved: Set<string>; at: string } | null> {
  const { session } = await openSession(hub, connectionId, 1)
  if (!session.moved) return null
  const at = hub.now()
  const input = scopes.map(({ externalId: id, name, projects, mark }) => ({
    scope: { externalId: id, name, projects: projects.map(externalId) },
    mark
  }))
  return { moved: await session.moved(input), at }
}

async function tickOff(hub: Hub, quiet: Due[], at: string): Promise<void> {
  if (quiet.length === 0) return
  const rests = quiet.map(({ id, tool, quietLooks }) => {
    // One request asked for all of them.
    const look = { quietLooks: quietLooks + 1, requests: 1, scopes: 1, budgets: adapterOf(tool).budgets }
    return { id, seconds: pause({ ...paceOf(hub.config), ...look }) }
  })
  await hub.db.run(sql`
    update scopes s set quiet_looks = s.quiet_looks + 1, next_look_at = now() + make_interval(secs => x.seconds * (0.9 + 0.2 * random()))
    from jsonb_to_recordset(${json(rests)}) as x(id text, seconds double precision) where s.id = x.id`)
  await hub.db.run(sql`
    update projects set read_at = greatest(read_at, ${at}::timestamptz), looked_at = greatest(looked_at, ${at}::timestamptz)
    where id = any(${ids(quiet.flatMap(({ projects }) => projects))})`)
}
