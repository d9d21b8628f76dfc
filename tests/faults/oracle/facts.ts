/** O1: our facts are the tool's facts, card by card, read past its API. */
import type { TaskState } from '../../../sandbox/kit/plant.ts'
import { ids, sql } from '../../../src/db/database.ts'
import { hubId } from '../../../src/model/task.ts'
import { column } from '../../contract/account.ts'
import type { Stage } from '../rig/stage.ts'

interface Ours {
  id: string
  project: string
  column: string | null
  title: string
  dueAt: string | null
  dueIsDate: boolean
  assignees: string[]
  category: string
  presence: string
}

const AT_ONCE = 16
const GONE = ['deleted', 'hidden']

export async function facts(stage: Stage): Promise<string[]> {
  const { hub, life, tool } = stage
  const name = tool.adapter.tool
  const chosen = await hub.db.rows<{ id: string }>(sql`select id from projects where chosen`)
  const projects = life.projects.filter((project) => chosen.some(({ id }) => id === hubId(name, project.id)))
  const ours = new Map(
    (
      await hub.db.rows<Ours>(sql`
        select id, project_id as project, column_id as column, title, due_at as "dueAt", due_is_date as "dueIsDate",
          to_jsonb(assignees) as assignees, category, presence
        from tasks where project_id = any(${ids(projects.map(({ id }) => hubId(name, id)))})`)
    ).map((row) => [row.id, row])
  )
  const wrong: string[] = []
  for (const project of projects) {
    const done = hubId(name, column(project, 'Done'))
    const cards = life.cards.get(project.id) ?? []
    for (let at = 0; at < cards.length; at += AT_ONCE) {
      const asked = cards.slice(at, at + AT_ONCE)
      const states = await Promise.all(asked.map((card) => life.look(card)))
      for (const [index, state] of states.entries()) {
        // Of some tools nothing is left of a deleted card, not even for the one who looks past the API.
        const id = hubId(name, state?.id ?? asked[index]!)
        if (state === null) {
          const presence = ours.get(id)?.presence ?? 'deleted'
          if (!GONE.includes(presence)) wrong.push(`${id} is ${presence} here and nowhere in the tool`)
          ours.delete(id)
          continue
        }
        wrong.push(...differences(id, ours.get(id), state, done, (word) => hubId(name, word)))
        ours.delete(id)
      }
    }
  }
  return [...wrong, ...[...ours.keys()].map((id) => `the hub has ${id}, which nobody planted`)]
}

function differences(
  id: string,
  ours: Ours | undefined,
  state: TaskState,
  done: string,
  ofHub: (external: string) => string
): string[] {
  if (!ours) return state.state === 'deleted' ? [] : [`${id} “${state.title}” is missing`]
  const said = (what: string, we: unknown, they: unknown) =>
    JSON.stringify(we) === JSON.stringify(they)
      ? []
      : [`${id}: ${what} is ${JSON.stringify(we)} here and ${JSON.stringify(they)} in the tool`]
  // Gone and out of our sight look the same in some tools; never is what is there taken for either.
  if (state.state === 'deleted') return GONE.includes(ours.presence) ? [] : said('presence', ours.presence, 'deleted')
  const due = ours.dueAt === null ? null : ours.dueIsDate ? ours.dueAt.slice(0, 10) : ours.dueAt
  const theirs = state.due === null ? null : 'date' in state.due ? state.due.date : state.due.at
  const column = ofHub(state.column)
  return [
    ...said('presence', ours.presence, state.state),
    ...said('project', ours.project, ofHub(state.project)),
    ...said('column', ours.column, column),
    ...said('title', ours.title, state.title),
    ...said('due', due, theirs),
    ...said('assignees', [...ours.assignees].sort(), state.assignees.map(ofHub).sort()),
    ...said('done', ours.category === 'done', state.completed || column === done)
  ]
}
