/**
 * O2: the hub's comments, counted on the cards themselves. One where something is open and alerts are on, never two; none
 * on a card that never had a finding, none where the project is off.
 */
import { sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import type { Stage } from '../rig/stage.ts'

interface Expected {
  id: string
  alerts: boolean
  open: boolean
  /** Findings, open or closed. */
  found: boolean
  /** A person took our comment away: nothing more is said. */
  dismissed: boolean
  commentId: string | null
  token: string | null
}

export async function comments(stage: Stage): Promise<string[]> {
  const { hub, life, tool } = stage
  const rows = await hub.db.rows<Expected>(sql`
    select t.id, p.alerts, n.comment_id as "commentId", n.token, coalesce(n.state = 'dismissed', false) as dismissed,
      exists (select 1 from findings f where f.task_id = t.id) as found,
      t.presence = 'present' and exists (select 1 from findings f where f.task_id = t.id and f.closed_at is null) as open
    from tasks t join projects p on p.id = t.project_id left join notes n on n.task_id = t.id
    where p.chosen`)
  const expected = new Map(rows.map((row) => [row.id, row]))
  const wrong: string[] = []
  for (const card of [...life.cards.values()].flat()) {
    const state = await life.look(card)
    const row = state && expected.get(hubId(tool.adapter.tool, state.id))
    if (!row || state.state === 'deleted') continue
    const ours = state.comments.filter(({ id }) => !life.comments.has(id))
    const said = (what: string) => wrong.push(`${row.id} carries ${ours.length} comments of ours: ${what}`)
    if (ours.length > 1) said('never two at rest')
    else if (ours.length > 0 && !row.alerts) said('its project is off')
    else if (ours.length > 0 && !row.found) said('it never had a finding')
    else if (ours.length === 0 && row.open && row.alerts && !row.dismissed) said('something is open')
    else if (ours[0] && ours[0].id !== row.commentId)
      said(`and the hub knows it as ${row.commentId}, not ${ours[0].id}`)
    else if (ours.length === 0 && row.commentId !== null) said(`and the hub believes in ${row.commentId}`)
  }
  return wrong
}
