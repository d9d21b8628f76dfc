/** What there is in the made-up ClickUp: workspaces, spaces, lists, people, tasks. No HTTP, no rights. */
import type { Clock } from '../kit/clock.ts'

export interface User {
  id: number
  username: string | null
  email: string | null
  color: string | null
  /** 1 owner, 3 member, 4 guest. */
  role: number
  timezone: string
}

export interface Status {
  id: string
  status: string
  type: 'open' | 'unstarted' | 'custom' | 'done' | 'closed'
  orderindex: number
  color: string
}

export interface Team {
  id: string
  name: string
  members: User[]
}

export interface Space {
  id: string
  name: string
  team: Team
  private: boolean
}

export interface List {
  id: string
  name: string
  space: Space
  /** Null: right below the space, which the API shows as a hidden folder. */
  folder: { id: string; name: string } | null
  archived: boolean
  statuses: Status[]
  /** Who was given access to this list. */
  members: Set<number>
  /** Taken away from the hub's own account. */
  denied: boolean
  fields: Field[]
}

export interface Field {
  id: string
  name: string
  type: string
  options: { id: string; name: string; orderindex: number; color: null }[]
}

export interface Comment {
  id: string
  /** The same in every event about this comment. */
  history: string
  task: Task
  runs: Run[]
  user: User
  date: number
  resolved: boolean
}

export type Run = Record<string, unknown> & { text?: string }

/** `time` false: a date; kept as 04:00 in the zone of who set it. */
export interface Due {
  ms: number
  time: boolean
}

export interface Task {
  id: string
  /** Counts up: the order in which tasks were made. */
  order: number
  list: List
  name: string
  description: string
  status: Status
  creator: User
  created: number
  updated: number
  closed: number | null
  done: number | null
  archived: boolean
  deleted: boolean
  parent: Task | null
  assignees: User[]
  tags: string[]
  priority: 1 | 2 | 3 | 4 | null
  due: Due | null
  start: Due | null
  points: number | null
  estimate: number | null
  checklists: { id: string; name: string; items: { id: string; name: string; resolved: boolean }[] }[]
  values: Map<Field, unknown>
  /** When it came into which status. */
  history: { status: Status; since: number }[]
  comments: Comment[]
  /** Put into its JSON behind the tool's back. */
  spoilt: { set: Record<string, unknown>; drop: string[] } | null
}

export const OWN_ID = 183000001
export const ZONE = 'America/New_York'

export class World {
  readonly clock: Clock
  readonly users = new Map<number, User>()
  readonly teams = new Map<string, Team>()
  readonly spaces = new Map<string, Space>()
  readonly lists = new Map<string, List>()
  readonly tasks = new Map<string, Task>()
  readonly comments = new Map<string, Comment>()
  /** Grows with every change to a task or a list: what was worked out before holds while it stands. */
  version = 0
  /** The "Total time in Status" ClickApp. */
  timeInStatus = true
  /** Nobody knows which way round `reverse` turns a listing: true leaves it newest first. */
  newestFirst = false
  #ids = 0

  constructor(clock: Clock) {
    this.clock = clock
    const own = this.person('Throughline', 'throughline@larkfield.example', OWN_ID)
    const team: Team = { id: '90161000001', name: 'Larkfield', members: [own] }
    this.teams.set(team.id, team)
    this.addSpace(team, 'Larkfield', false)
  }

  get own(): User {
    return this.users.get(OWN_ID)!
  }

  get home(): Space {
    return this.spaces.values().next().value!
  }

  /** Counts up; long enough to tell a text from a number beyond 2^53. */
  id(kind: 'user' | 'space' | 'folder' | 'list' | 'task' | 'comment' | 'history' | 'other'): string {
    this.#ids += 1
    const count = this.#ids
    if (kind === 'task') return `86${(36 ** 6 + count).toString(36)}`
    if (kind === 'user') return String(302000000 + count)
    if (kind === 'history') return `48000000${String(count).padStart(11, '0')}`
    if (kind === 'comment') return `9016${String(count).padStart(10, '0')}`
    return kind === 'other'
      ? uuid(count)
      : `9016${{ space: 1, folder: 2, list: 3 }[kind]}${String(count).padStart(7, '0')}`
  }

  /** Known by name: the same name again is the same person. */
  person(username: string, email: string | null, id = Number(this.id('user'))): User {
    const known = [...this.users.values()].find((one) => one.username === username)
    if (known) {
      if (email !== null) known.email = email
      return known
    }
    const user: User = { id, username, email, color: '#595d66', role: 3, timezone: ZONE }
    this.users.set(id, user)
    for (const team of this.teams.values()) team.members.push(user)
    return user
  }

  addTeam(name: string): Team {
    const team: Team = { id: this.id('space').replace('90161', '90169'), name, members: [...this.users.values()] }
    this.teams.set(team.id, team)
    return team
  }

  addSpace(team: Team, name: string, isPrivate: boolean): Space {
    const space: Space = { id: this.id('space'), name, team, private: isPrivate }
    this.spaces.set(space.id, space)
    return space
  }

  addTask(task: Task): void {
    this.tasks.set(task.id, task)
    this.version += 1
  }

  /** Something about a task changed now. */
  touch(task: Task, now = this.clock.now()): void {
    task.updated = now
    this.version += 1
  }
}

const uuid = (count: number): string => {
  const digits = count.toString(16).padStart(32, '0')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-'
  )
}
