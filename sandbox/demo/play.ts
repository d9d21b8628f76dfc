/**
 * Plays Larkfield's last ten weeks in a tool, in the words all stand-ins share: what people did, in the order they did
 * it, with the clock set to each moment. The same `now` gives the same story.
 */
import type { Clock } from '../kit/clock.ts'
import type { Due, Planting } from '../kit/plant.ts'
import { during, seeded, workday } from './calendar.ts'
import { type DemoBoard, PEOPLE } from './company.ts'
import { ELSEWHERE, type OtherProject, type OtherTool } from './elsewhere.ts'
import { type Fate, fates } from './fates.ts'

/** How a tool takes what the story needs. */
export interface Stage {
  planting: Planting
  clock: Clock
  /** Due dates with a time, or days. */
  dueTimes: boolean
  labels: boolean
  priorities: boolean
  estimates: boolean
}

interface Step {
  at: number
  act: () => unknown
}

export async function playLarkfield(tool: OtherTool, stage: Stage): Promise<void> {
  const { planting, clock } = stage
  const project = ELSEWHERE[tool]
  const now = new Date(clock.now())
  const founded = workday(now, 60)
  clock.set(founded)
  const people: string[] = []
  for (const name of PEOPLE) people.push((await planting.person({ name, email: mailOf(name) })).id)
  const { id, columns } = await planting.project({
    name: project.name,
    columns: project.lists.map(([name, , category]) => ({ name, category })),
    members: project.team.map((index) => people[index] as string)
  })
  const random = seeded(0x5eed + tool.length)
  const steps: Step[] = []
  for (const [index, fate] of chosenFates(project).entries()) {
    const hands = [0, 1].map((turn) => people[project.team[(index + turn) % project.team.length] as number] as string)
    tell({ stage, project, id, columns, now, random, hands: hands as [string, string], index, steps }, fate)
  }
  for (const { at, act } of steps.sort((a, b) => a.at - b.at)) {
    clock.set(Math.min(Math.max(at, founded), now.getTime()))
    await act()
  }
  clock.set(now.getTime())
}

export const mailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replace(' ', '.')}@larkfield.example`

/** Half of what happens on a Trello board: every trouble the rules know, fewer of the cards that are well. */
function chosenFates(project: OtherProject): Fate[] {
  const board = { lists: project.lists.map(([name, meaning]) => [name, meaning]) } as unknown as DemoBoard
  const all = fates(board).filter(({ role, archived, inArchivedList }) => !role && !archived && !inArchivedList)
  const known = all.filter(({ meaning }) => project.lists.some(([, own]) => own === meaning))
  return known.filter(({ meaning }, index) => meaning !== 'done' || index % 3 === 0).slice(0, project.titles.length)
}

interface Telling {
  stage: Stage
  project: OtherProject
  id: string
  columns: Record<string, string>
  now: Date
  random: () => number
  hands: [string, string]
  index: number
  steps: Step[]
}

/** One card's life as steps: made, moved, put off, talked about, done. */
function tell({ stage, project, id, columns, now, random, hands, index, steps }: Telling, fate: Fate): void {
  const { planting } = stage
  const [by, other] = hands
  const path = pathTo(project, fate)
  const entries: number[] = []
  for (let left = path.length, ago = fate.since; left > 0; left -= 1, ago += 1 + Math.floor(random() * 3)) {
    entries.unshift(during(workday(now, ago), random() * 0.8))
  }
  const [born, ...moves] = entries as [number, ...number[]]
  const dueIn = (days: number): Due => {
    const day = workday(now, -days)
    return stage.dueTimes
      ? { at: new Date(day + 16 * 3_600_000).toISOString() }
      : { date: new Date(day).toISOString().slice(0, 10) }
  }
  const postponed = fate.postponed ?? 0
  let task = ''
  steps.push({
    at: born,
    async act() {
      const planted = await planting.task({
        project: id,
        column: columns[path[0] as string] as string,
        title: project.titles[index % project.titles.length] as string,
        description: fate.meaning === 'backlog' ? '' : (project.notes[index % project.notes.length] as string),
        by,
        assignees: fate.assigned ? [by] : [],
        ...(fate.due === null ? {} : { due: dueIn(fate.due - postponed * 3) }),
        ...(stage.labels && project.labels.length > 0
          ? { labels: [project.labels[index % project.labels.length] as string] }
          : {}),
        ...(stage.priorities ? { priority: (['normal', 'high', 'low', 'urgent'] as const)[index % 4] } : {}),
        ...(stage.estimates ? { estimate: [1, 2, 3, 5][index % 4] } : {})
      })
      task = planted.id
    }
  })
  for (const [turn, at] of moves.entries()) {
    const column = columns[path[turn + 1] as string] as string
    const done = fate.meaning === 'done' && turn === moves.length - 1
    steps.push({ at, act: () => planting.change(task, { by, column, ...(done ? { completed: true } : {}) }) })
  }
  for (let left = postponed - 1; left >= 0; left -= 1) {
    const due = dueIn((fate.due ?? 0) - left * 3)
    steps.push({ at: during(workday(now, left + 1), 0.3), act: () => planting.change(task, { by, due }) })
  }
  for (let turn = 0; turn < fate.comments; turn += 1) {
    const spread = fate.thread ? Math.max(1, 5 - Math.floor(turn / 2)) : Math.max(1, fate.since - turn)
    const at = during(workday(now, Math.min(spread, fate.since)), 0.85 + turn / 100)
    const text = project.notes[(index + turn) % project.notes.length] as string
    steps.push({ at, act: () => planting.comment(task, { by: turn % 2 ? other : by, text }) })
  }
}

/** From the first list of work to where the card stands; what never was in work was made there. */
function pathTo({ lists }: OtherProject, fate: Fate): string[] {
  const target = lists.findIndex(([, meaning]) => meaning === fate.meaning)
  const first = lists.findIndex(([, meaning]) => meaning === 'todo')
  if (target <= first) return [(lists[target] as OtherProject['lists'][number])[0]]
  const passed = lists.slice(first, target).filter(([, meaning]) => meaning === 'todo' || meaning === 'doing')
  return [...passed.map(([name]) => name), (lists[target] as OtherProject['lists'][number])[0]]
}
