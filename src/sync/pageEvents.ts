/** A page's history: reported events, each once. What the tool reports takes the place of what we saw ourselves. */

import type { Page } from '../adapter.ts'
import { ids, json, type Queryable, sql } from '../db/database.ts'
import { type EventFacts, hubId, type Tool } from '../model/task.ts'

/** Reported events, each once; an observed event gives way to its reported twin. */
export async function storeEvents(
  tx: Queryable,
  events: EventFacts[],
  { tool, runId }: { tool: Tool; runId: number | null },
  page: Page
): Promise<number> {
  if (events.length === 0) return 0
  const project = page.projects[0]?.externalId ?? page.history[0]?.project ?? null
  const rows = [...new Map(events.map((event) => [event.externalId, event])).values()].map((event) => ({
    id: hubId(tool, event.externalId),
    task_id: hubId(tool, event.task),
    project_id: project === null ? '' : hubId(tool, project),
    type: event.type,
    at: event.at,
    actor: event.actor === null ? null : hubId(tool, event.actor),
    from_id: place(tool, event, event.from),
    to_id: place(tool, event, event.to)
  }))
  const inserted = await tx.rows<{ id: string }>(sql`
    insert into task_events (id, task_id, project_id, type, at, actor, from_id, to_id, source, run_id)
    select id, task_id, project_id, type, at, actor, from_id, to_id, 'reported', ${runId}::int
    from jsonb_to_recordset(${json(rows)})
      as x(id text, task_id text, project_id text, type text, at timestamptz, actor text, from_id text, to_id text)
    on conflict (id) do nothing
    returning id`)
  if (inserted.length > 0) {
    await tx.run(sql`
      delete from task_events o using task_events r
      where r.id = any(${ids(inserted.map((row) => row.id))}) and o.source = 'observed'
        and o.task_id = r.task_id and o.type = r.type
        and coalesce(o.to_id, o.from_id, '') = coalesce(r.to_id, r.from_id, '')
        and (o.run_id = r.run_id
          or (r.at > o.not_before - interval '2 minutes' and r.at <= o.at + interval '2 minutes'))`)
  }
  return inserted.length
}

/** What an event's `from` and `to` name, as hub ids where they name a column or a person. */
function place(tool: Tool, event: EventFacts, value: string | null): string | null {
  if (value === null) return null
  return PLACED.has(event.type) ? hubId(tool, value) : value
}

const PLACED = new Set<EventFacts['type']>(['created', 'moved', 'left_project', 'deleted', 'assigned', 'unassigned'])
