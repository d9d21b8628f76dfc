/**
 * How far reading has come: what is being read for the first time or all over again, project by project. One statement,
 * bounded by what is under way; how fast it goes is for whoever looks twice.
 */
import { seen, type Who } from '../access/who.ts'
import { ids, type Queryable, sql } from '../db/database.ts'
import type { Tool } from '../model/task.ts'

export interface Reading {
  id: string
  name: string
  tool: Tool
  connection: string
  /** waiting: chosen, and its turn has not come · reading · done: read since this began · failed: tried again by itself */
  state: 'waiting' | 'reading' | 'done' | 'failed'
  /** Cards read so far in this look, or known when it is done. */
  cards: number
  /** Cards the look will bring, where the tool lets us guess. */
  expected: number | null
  /** When the look began. */
  since: string | null
  findings: number
  /** Not archived ones, and those of them whose name says nothing. */
  columns: number
  unmapped: number
  /** Entries of cards' history that came with this look. */
  events: number
}

/** The most that is shown at once; more than a page holds. */
const MOST = 200

/** Projects whose first look, or whole new look, is under way, waits, or ended within a few minutes. */
export const readings = (db: Queryable, who: Pick<Who, 'projects'>): Promise<Reading[]> =>
  db.rows<Reading>(sql`
    with latest as (
      select s.id, s.connection_id, s.projects, r.id as run, r.state, r.fetched, r.expect, r.events, r.started_at, r.finished_at
      from scopes s join connections c on c.id = s.connection_id
      left join lateral (select * from sync_runs r where r.scope_id = s.id and r.mode = 'sweep' order by r.id desc limit 1) r on true
      where c.state = 'active' and (r.id is null or r.state <> 'complete' or r.finished_at > now() - interval '5 minutes')
    ), shown as (
      select p.id, p.name, p.tool, l.connection_id, l.run, l.state, l.fetched, l.expect, l.events, l.started_at,
        cardinality(l.projects) = 1 as alone
      from latest l join projects p on p.id = any(l.projects)
      where p.chosen and not p.archived and ${seen(who, sql`p.id`)} order by l.run, lower(p.name), p.id limit ${MOST}
    )
    select s.id, s.name, s.tool, s.connection_id as connection,
      case when s.run is null then 'waiting' when s.state = 'running' then 'reading' when s.state = 'complete' then 'done' else 'failed' end as state,
      case when s.alone and s.state = 'running' then s.fetched else (
        select count(*) from tasks t where t.project_id = s.id and t.presence in ('present', 'archived')) end::int as cards,
      case when s.alone then s.expect end as expected, s.started_at as since,
      (select count(*) from findings f where f.project_id = s.id and f.closed_at is null)::int as findings,
      k.columns, k.unmapped, case when s.alone then coalesce(s.events, 0) else (
        select count(*) from task_events e where e.run_id = s.run and e.project_id = s.id) end::int as events
    from shown s cross join lateral (
      select count(*)::int as columns, (count(*) filter (where k.category = 'unmapped'))::int as unmapped
      from columns k where k.project_id = s.id and not k.archived) k order by s.run nulls last, lower(s.name), s.id`)

/** How many people each tool has told of so far. */
export const peopleOf = (db: Queryable, tools: readonly Tool[]): Promise<{ tool: Tool; count: number }[]> =>
  db.rows(
    sql`select tool, count(*)::int as count from identities where tool = any(${ids(tools)}) group by tool order by tool`
  )
