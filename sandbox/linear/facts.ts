/** What the stand-in keeps, named as Linear's schema names it; references are ids. */
export interface Entity {
  __typename: string
  id: string
  createdAt: string
  updatedAt: string
  archivedAt: string | null
}

export interface User extends Entity {
  name: string
  displayName: string
  email: string
  active: boolean
  admin: boolean
  app: boolean
  guest: boolean
  avatarUrl: string | null
  url: string
}

export interface Team extends Entity {
  key: string
  name: string
  displayName: string
  visibility: 'public' | 'private' | 'restricted'
  private: boolean
  timezone: string
  retiredAt: string | null
  issueEstimationType: string
  memberIds: Set<string>
  /** Users it is hidden from, whatever its visibility says. */
  hiddenFrom: Set<string>
  issued: number
}

export type StateType = 'triage' | 'backlog' | 'unstarted' | 'started' | 'completed' | 'canceled' | 'duplicate'

export interface WorkflowState extends Entity {
  name: string
  type: StateType
  position: number
  color: string
  teamId: string
}

export interface Label extends Entity {
  name: string
  color: string
  isGroup: boolean
  teamId: string | null
}

export interface Project extends Entity {
  name: string
}

export interface Cycle extends Entity {
  number: number
  name: string | null
  teamId: string
}

export interface Span {
  id: string
  stateId: string
  startedAt: string
  endedAt: string | null
}

/** The fields of `IssueHistory` that changed, and who changed them. */
export interface HistoryEntry extends Entity {
  actorId: string | null
  [field: string]: unknown
}

export interface Issue extends Entity {
  number: number
  teamId: string
  title: string
  description: string | null
  priority: number
  estimate: number | null
  dueDate: string | null
  stateId: string
  assigneeId: string | null
  creatorId: string | null
  parentId: string | null
  projectId: string | null
  cycleId: string | null
  labelIds: string[]
  sortOrder: number
  startedAt: string | null
  completedAt: string | null
  canceledAt: string | null
  trashed: boolean | null
  previousIdentifiers: string[]
  spans: Span[]
  entries: HistoryEntry[]
}

export interface Comment extends Entity {
  body: string
  editedAt: string | null
  issueId: string
  userId: string | null
  parentId: string | null
}

export interface Webhook extends Entity {
  url: string
  secret: string
  label: string | null
  enabled: boolean
  resourceTypes: string[]
  teamId: string | null
  allPublicTeams: boolean
  creatorId: string
}

export interface Account {
  userId: string
  /** How it proves itself. */
  by: 'key' | 'oauth'
  /** Clock time at which an OAuth token ends. */
  until: number | null
}
