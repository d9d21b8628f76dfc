/** What is in the account: people, boards with columns and groups, items, updates, webhooks. Every lookup is a map. */
import type { Clock } from '../kit/clock.ts'

export interface User {
  id: string
  name: string
  email: string
}

export interface Column {
  id: string
  title: string
  type: string
  archived: boolean
  settings: Record<string, unknown>
}

export interface Group {
  id: string
  title: string
  position: string
  archived: boolean
  deleted: boolean
}

/** A column's raw value as monday keeps it, and when it was last changed. */
export interface Value {
  raw: unknown
  /** Milliseconds since 1970. */
  at: number
}

export interface Item {
  id: string
  name: string
  board: string
  group: string
  state: 'active' | 'archived' | 'deleted'
  creator: string
  createdAt: number
  updatedAt: number
  parent: string | null
  values: Map<string, Value>
  updates: string[]
  subitems: string[]
  /** Set behind the tool's back: merged into what the API says of it. */
  spoilt: Record<string, unknown>
}

export interface Log {
  id: string
  event: string
  data: Record<string, unknown>
  at: number
  user: string
}

export interface Board {
  id: string
  name: string
  state: 'active' | 'archived' | 'deleted'
  type: 'board' | 'sub_items_board' | 'document'
  kind: 'public' | 'private' | 'share'
  columns: Column[]
  groups: Group[]
  subscribers: Set<string>
  owners: Set<string>
  /** In the order they were made, whatever their state. */
  items: Item[]
  updates: string[]
  logs: Log[]
  updatedAt: number
  /** The board whose sub-items it holds. */
  parent: string | null
  /** The hub's account may not see it. */
  hidden: boolean
}

export interface Update {
  id: string
  item: string
  author: string
  body: string
  createdAt: number
  editedAt: number
}

export interface Tag {
  id: string
  name: string
}

/** Whose token it is, how its webhooks prove themselves, and until when it is good. */
export interface Token {
  user: string
  kind: 'personal' | 'app'
  /** Milliseconds since 1970, or null for ever. */
  ends: number | null
}

export const DEFAULT_TOKEN = 'sandbox-token'
/** The app that OAuth tokens belong to. */
export const APP = {
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  signingSecret: 'sandbox-signing-secret'
}
export const ACCOUNT = { id: '18888528', name: 'Larkfield', slug: 'larkfield', tier: 'pro' }

const LOGS_KEPT = 10_000

export class World {
  readonly clock: Clock
  readonly users = new Map<string, User>()
  readonly boards = new Map<string, Board>()
  readonly items = new Map<string, Item>()
  readonly updates = new Map<string, Update>()
  readonly tags = new Map<string, Tag>()
  readonly tokens = new Map<string, Token>()
  /** Who the hub is here. */
  readonly me: User
  #last = 0

  constructor(clock: Clock) {
    this.clock = clock
    this.me = this.user('Throughline', 'throughline@larkfield.example')
    this.tokens.set(DEFAULT_TOKEN, { user: this.me.id, kind: 'personal', ends: null })
  }

  /** Each kind of thing has ids of its own length, all of them growing. */
  next(kind: 'user' | 'board' | 'item' | 'update' | 'tag' | 'hook' | 'log'): string {
    const first = {
      user: 104_094_154,
      board: 5_096_980_647,
      item: 2_933_602_554,
      update: 579_577_445,
      tag: 29_000_001,
      hook: 466_701_500,
      log: 1
    }
    this.#last += 1
    return kind === 'log' ? `log-${this.#last}` : String(first[kind] + this.#last)
  }

  user(name: string, email: string | null = null): User {
    for (const user of this.users.values()) if (user.name === name) return user
    const id = this.next('user')
    const address = email ?? `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}@larkfield.example`
    const user = { id, name, email: address }
    this.users.set(id, user)
    return user
  }

  tag(name: string): Tag {
    for (const tag of this.tags.values()) if (tag.name === name) return tag
    const tag = { id: this.next('tag'), name }
    this.tags.set(tag.id, tag)
    return tag
  }

  board(draft: Pick<Board, 'name' | 'columns'> & Partial<Board>): Board {
    const board: Board = {
      id: this.next('board'),
      state: 'active',
      type: 'board',
      kind: 'public',
      groups: [{ id: 'topics', title: 'Group Title', position: '65536', archived: false, deleted: false }],
      subscribers: new Set([this.me.id]),
      owners: new Set([this.me.id]),
      items: [],
      updates: [],
      logs: [],
      updatedAt: this.clock.now(),
      parent: null,
      hidden: false,
      ...draft
    }
    this.boards.set(board.id, board)
    return board
  }

  /** The board of an item's sub-items, made when it is first needed. */
  subitemBoard(parent: Board): Board {
    const column = parent.columns.find(({ type }) => type === 'subtasks')
    const known = column && this.boards.get(String((column.settings.boardIds as number[])[0]))
    if (known) return known
    const board = this.board({
      name: `Subitems of ${parent.name}`,
      type: 'sub_items_board',
      kind: parent.kind,
      parent: parent.id,
      subscribers: parent.subscribers,
      owners: parent.owners,
      groups: [{ id: 'topics', title: 'Subitems', position: '65536', archived: false, deleted: false }],
      columns: structuredClone(parent.columns)
    })
    parent.columns.push({
      id: 'subitems',
      title: 'Subitems',
      type: 'subtasks',
      archived: false,
      settings: { displayType: 'BOARD_INLINE', allowMultipleItems: true, boardIds: [Number(board.id)] }
    })
    return board
  }

  log(board: Board, event: string, user: string, data: Record<string, unknown>): void {
    board.logs.push({
      id: this.next('log'),
      event,
      data: { board_id: Number(board.id), ...data },
      at: this.clock.now(),
      user
    })
    if (board.logs.length > LOGS_KEPT * 2) board.logs = board.logs.slice(-LOGS_KEPT)
    board.updatedAt = this.clock.now()
  }
}

/** To the second, as most moments are told. */
export const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
