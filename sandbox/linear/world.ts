/** The workspace: everything in it by id, and what each account may see. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../kit/clock.ts'
import type {
  Account,
  Comment,
  Cycle,
  Entity,
  Issue,
  Label,
  Project,
  StateType,
  Team,
  User,
  Webhook,
  WorkflowState
} from './facts.ts'

/** What the hub connects with: the personal API key of an account of its own. */
export const DEFAULT_KEY = 'lin_api_sandbox'
export const OAUTH_CLIENT = { id: 'sandbox-client', secret: 'sandbox-secret' }

const COLORS: Record<StateType, string> = {
  triage: '#fc7840',
  backlog: '#bec2c8',
  unstarted: '#e2e2e2',
  started: '#f2c94c',
  completed: '#5e6ad2',
  canceled: '#95a2b3',
  duplicate: '#95a2b3'
}

export class World {
  readonly clock: Clock
  readonly organization: Entity & { name: string; urlKey: string }
  readonly users = new Map<string, User>()
  readonly teams = new Map<string, Team>()
  readonly states = new Map<string, WorkflowState>()
  readonly labels = new Map<string, Label>()
  readonly projects = new Map<string, Project>()
  readonly cycles = new Map<string, Cycle>()
  readonly issues = new Map<string, Issue>()
  /** In the order they were made, and where each stands in it: paging starts anywhere without a search. */
  readonly issueList: Issue[] = []
  readonly issuePlaces = new Map<string, number>()
  readonly comments = new Map<string, Comment>()
  readonly commentList: Comment[] = []
  readonly commentsOf = new Map<string, Comment[]>()
  readonly webhooks = new Map<string, Webhook>()
  readonly accounts = new Map<string, Account>()
  /** Every id that was ever given, also of what is gone. */
  readonly taken = new Set<string>()
  readonly me: User
  /** Changes so soon after an issue was made are not logged in its history, in milliseconds. */
  unloggedMs = 0

  constructor(clock: Clock) {
    this.clock = clock
    this.organization = { ...this.entity('Organization'), name: 'Larkfield', urlKey: 'larkfield' }
    this.me = this.user('Throughline', { admin: true })
    this.accounts.set(DEFAULT_KEY, { userId: this.me.id, by: 'key', until: null })
  }

  now(): string {
    return new Date(this.clock.now()).toISOString()
  }

  entity(typename: string, id: string = randomUUID()): Entity {
    const now = this.now()
    this.taken.add(id)
    return { __typename: typename, id, createdAt: now, updatedAt: now, archivedAt: null }
  }

  user(name: string, draft: Partial<Pick<User, 'email' | 'admin' | 'guest'>> = {}): User {
    const known = [...this.users.values()].find((user) => user.name === name)
    if (known) return known
    const displayName = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '.')
    const user: User = {
      ...this.entity('User'),
      name,
      displayName,
      email: draft.email ?? `${displayName}@larkfield.example`,
      active: true,
      admin: draft.admin ?? false,
      app: false,
      guest: draft.guest ?? false,
      avatarUrl: null,
      url: `https://linear.app/${this.organization.urlKey}/profiles/${encodeURIComponent(displayName)}`
    }
    this.users.set(user.id, user)
    return user
  }

  team(name: string, draft: { visibility?: Team['visibility']; members?: string[]; archived?: boolean } = {}): Team {
    const visibility = draft.visibility ?? 'public'
    const entity = this.entity('Team')
    const team: Team = {
      ...entity,
      archivedAt: draft.archived ? entity.createdAt : null,
      key: this.#freeKey(name),
      name,
      displayName: name,
      visibility,
      private: visibility !== 'public',
      timezone: 'Europe/Lisbon',
      retiredAt: null,
      issueEstimationType: 'fibonacci',
      memberIds: new Set([this.me.id, ...(draft.members ?? [])]),
      hiddenFrom: new Set(),
      issued: 0
    }
    this.teams.set(team.id, team)
    return team
  }

  #freeKey(name: string): string {
    const letters = (name.toUpperCase().match(/[A-Z]/g) ?? []).slice(0, 3).join('').padEnd(3, 'X')
    const keys = new Set([...this.teams.values()].map(({ key }) => key))
    for (let count = 0; ; count++) if (!keys.has(`${letters}${count || ''}`)) return `${letters}${count || ''}`
  }

  state(team: Team, name: string, type: StateType, position: number): WorkflowState {
    const entity = this.entity('WorkflowState')
    const state: WorkflowState = { ...entity, name, type, position, color: COLORS[type], teamId: team.id }
    this.states.set(state.id, state)
    return state
  }

  /** The team's first column of this kind. */
  stateOf(team: string, types: readonly StateType[]): WorkflowState | undefined {
    return [...this.states.values()]
      .filter((state) => state.teamId === team && types.includes(state.type))
      .sort((a, b) => types.indexOf(a.type) - types.indexOf(b.type) || a.position - b.position)[0]
  }

  /** Of the whole workspace. */
  label(name: string): Label {
    const known = [...this.labels.values()].find((label) => label.name === name)
    if (known) return known
    const label: Label = { ...this.entity('IssueLabel'), name, color: '#4ea7fc', isGroup: false, teamId: null }
    this.labels.set(label.id, label)
    return label
  }

  project(name: string): Project {
    const known = [...this.projects.values()].find((project) => project.name === name)
    if (known) return known
    const project = { ...this.entity('Project'), name }
    this.projects.set(project.id, project)
    return project
  }

  cycle(team: string, number: number, name: string | null = null): Cycle {
    const known = [...this.cycles.values()].find((cycle) => cycle.teamId === team && cycle.number === number)
    if (known) return known
    const cycle = { ...this.entity('Cycle'), number, name, teamId: team }
    this.cycles.set(cycle.id, cycle)
    return cycle
  }

  identifier({ teamId, number }: Issue): string {
    return `${this.teams.get(teamId)?.key}-${number}`
  }

  issueUrl(issue: Issue): string {
    const words = issue.title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
    return `https://linear.app/${this.organization.urlKey}/issue/${this.identifier(issue)}/${words}`
  }

  /** By id or by `ENG-12`. */
  findIssue(id: string): Issue | undefined {
    return this.issues.get(id) ?? this.issueList.find((issue) => this.identifier(issue) === id)
  }

  /** Out of the workspace, without a trace. */
  drop(issue: Issue): void {
    const place = this.issuePlaces.get(issue.id)!
    this.issues.delete(issue.id)
    this.issuePlaces.delete(issue.id)
    this.issueList.splice(place, 1)
    for (const [after, one] of this.issueList.slice(place).entries()) this.issuePlaces.set(one.id, place + after)
  }

  /** Public teams are everybody's but guests'; the others their members'. */
  seesTeam(user: User, team: Team | undefined): boolean {
    if (!team || team.hiddenFrom.has(user.id)) return false
    return (team.visibility === 'public' && !user.guest) || team.memberIds.has(user.id)
  }

  seesIssue(user: User, issue: Issue): boolean {
    return this.seesTeam(user, this.teams.get(issue.teamId))
  }
}
