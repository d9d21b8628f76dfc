/** What people do in a tool while the hub looks on: planted cards and chance deeds, all remembered by their ids. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { PlantedProject, TaskChange, TaskDraft, TaskState } from '../../../sandbox/kit/plant.ts'
import { COLUMNS, column } from '../../contract/account.ts'
import type { StandInProcess } from '../../helpers/standIn.ts'
import type { Random } from './random.ts'

export interface Life {
  people: { id: string; name: string }[]
  /** External ids of every card planted, by project. */
  cards: Map<string, string[]>
  /** Ids of comments that people wrote. */
  comments: Set<string>
  projects: PlantedProject[]
  /** External ids of the people who are members of it, by project. */
  members: Map<string, string[]>
  /** `closed`: the last of the people is no member of it. */
  project(name: string, options?: { closed?: boolean }): Promise<PlantedProject>
  plant(project: PlantedProject, count: number, random: Random): Promise<string[]>
  /** Cards without a date and without anybody: there is something to say on each. */
  owe(project: PlantedProject, count: number): Promise<string[]>
  /** One thing a person does to a card that is there, or a new card. */
  deed(project: PlantedProject, random: Random): Promise<string>
  /** What is really there. */
  look(task: string): Promise<TaskState | null>
}

const CATEGORIES = ['To do', 'Doing', 'Done'] as const

export function lifeIn(tool: StandInProcess, now: () => string): Life {
  const life: Life = {
    people: [],
    cards: new Map(),
    comments: new Set(),
    projects: [],
    members: new Map(),
    async project(name, { closed = false } = {}) {
      if (life.people.length === 0) {
        for (const person of ['Ana Lima', 'Ben Osei', 'Cleo Park'])
          life.people.push({ name: person, id: await tool.person({ name: person, email: mailOf(person) }) })
      }
      const members = life.people.slice(0, closed ? -1 : undefined).map(({ id }) => id)
      const project = await tool.project({ name, columns: COLUMNS, members })
      life.projects.push(project)
      life.members.set(project.id, members)
      life.cards.set(project.id, [])
      return project
    },
    async plant(project, count, random) {
      const drafts = Array.from({ length: count }, (_, index) => draft(project, `Card ${index + 1}`, random))
      const ids = await tool.tasks(drafts)
      life.cards.get(project.id)?.push(...ids)
      return ids
    },
    async owe(project, count) {
      const drafts = Array.from({ length: count }, (_, index) => ({
        project: project.id,
        column: column(project, 'Doing'),
        title: `Owed a word ${index + 1}`
      }))
      const ids = await tool.tasks(drafts)
      life.cards.get(project.id)?.push(...ids)
      return ids
    },
    async deed(project, random) {
      const cards = life.cards.get(project.id) ?? []
      if (cards.length === 0 || random.chance(0.1)) {
        const [id] = await life.plant(project, 1, random)
        return `made ${id}`
      }
      const card = random.pick(cards)
      const there = await tool.look(card)
      if (there?.state !== 'present') return `left ${card} alone`
      const by = random.pick(membersOf(project))
      if (random.chance(0.15)) {
        life.comments.add(await tool.comment(card, { by, text: `Looks good ${random.between(1, 99)}` }))
        return `commented on ${card}`
      }
      const change = chosen(project, random)
      await tool.change(card, { by, ...change })
      return `${Object.keys(change).join()} of ${card}`
    },
    look: (task) => tool.look(task)
  }

  function membersOf({ id }: PlantedProject): string[] {
    return life.members.get(id) ?? []
  }

  function draft(project: PlantedProject, title: string, random: Random): TaskDraft {
    const stands = random.pick(CATEGORIES)
    return {
      project: project.id,
      column: column(project, stands),
      title: `${title} ${random.between(1000, 9999)}`,
      by: random.pick(membersOf(project)),
      assignees: random.chance(0.7) ? [random.pick(membersOf(project))] : [],
      ...(random.chance(0.5) ? { due: { date: dayFrom(now(), random.between(3, 30)) } } : {})
    }
  }

  function chosen(project: PlantedProject, random: Random): TaskChange {
    return random.pick<() => TaskChange>([
      () => ({ title: `Renamed ${random.between(1000, 9999)}` }),
      () => ({ column: column(project, random.pick(CATEGORIES)) }),
      () => ({ due: { date: dayFrom(now(), random.between(3, 30)) } }),
      () => ({ due: null }),
      () => ({ assignees: [random.pick(membersOf(project))] }),
      () => ({ assignees: [] })
    ])()
  }
  return life
}

const mailOf = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@larkfield.example`

const dayFrom = (now: string, days: number): string =>
  new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10)

/** Asks again and again until it is so; false when it is not in time. */
export async function until(ms: number, so: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const end = Date.now() + ms; ; await sleep(25)) {
    if (await so()) return true
    if (Date.now() > end) return false
  }
}
