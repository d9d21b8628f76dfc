/**
 * Which scopes are worth a pull. Where the tool can say for many at once what moved (Trello: one request for all
 * boards), quiet ones are ticked off without one.
 */
import type { Bookmark } from '../adapter.ts'
import { openSession } from '../connections/session.ts'
import { ids, json, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { externalId } from '../model/task.ts'

interface Due {
  id: string
  connectionId: string
  externalId: string
  name: string
  projects: string[]
  mark: Bookmark
}

/** Of these scopes, those that need a pull. The others count as looked at just now. */
export async function moved(hub: Hub, scopeIds: string[]): Promise<string[]> {
  const scopes = await hub.db.rows<Due>(sql`
    select id, connection_id as "connectionId", external_id as "externalId", name, to_jsonb(projects) as projects, mark
    from scopes where id = any(${ids(scopeIds)}) order by id`)
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
  await hub.db.run(sql`
    update scopes set next_look_at = now() + make_interval(secs => ${hub.config.SYNC_MINUTES * 60}::double precision)
    where id = any(${ids(quiet.map(({ id }) => id))})`)
  await hub.db.run(sql`
    update projects set read_at = greatest(read_at, ${at}::timestamptz)
    where id in (select jsonb_array_elements_text(${json(quiet.flatMap(({ projects }) => projects))}))`)
}
