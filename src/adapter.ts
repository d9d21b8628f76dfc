/**
 * The contract every adapter fulfils: the whole surface between one tool and the hub. Capabilities and budgets are
 * data; an adapter yields facts and does no I/O but through the `Host` it is given.
 */
import type { z } from 'zod'
import type { RichText } from './model/richText.ts'
import type {
  ColumnFacts,
  CommentFacts,
  EventFacts,
  PersonFacts,
  Presence,
  ProjectFacts,
  TaskFacts,
  Tool
} from './model/task.ts'

/** One tool: everything the hub knows about it before anyone has connected. */
export interface Adapter<Credentials = unknown> {
  tool: Tool
  name: string
  /** Where the tool's API lives; a stand-in is reached by overriding it. */
  baseUrl: string
  credentials: z.ZodType<Credentials>
  budgets: readonly Budget[]
  can: Capabilities
  /** A stable word for the account behind credentials: two connections with the same one share its budgets. */
  budgetKeys(credentials: Credentials): Record<BudgetScope, string>
  open(credentials: Credentials, host: Host): Session
  /** The tool's markup for a note: what `post` would send, without sending it. */
  render(body: RichText): string
}

export interface Capabilities {
  webhooks: boolean
  subtasks: boolean
  customFields: boolean
  /** The tool reports when a card entered its column. */
  columnHistory: boolean
  /** The hub may choose a comment's id before it is posted. */
  clientCommentId: boolean
  priorities: boolean
}

export type BudgetScope = 'token' | 'key' | 'account'

/** At most `amount` units in any window of `perMs`, counted per token, key or account. */
export interface Budget {
  name: string
  scope: BudgetScope
  amount: number
  perMs: number
  /** Only requests whose path (after the base URL) matches count; all when absent. */
  paths?: RegExp
  /** The tool's codes that say that this one is used up; any refusal may speak of it when absent. */
  refusals?: readonly string[]
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** An adapter's own JSON, kept by the hub as it is: where it was, what it left. */
export type Bookmark = unknown

/** What an adapter is given: the only way out of it. */
export interface Host {
  /** Waits for the budget, retries what may be retried, and throws `AdapterError` for all that is not a 2xx. */
  fetch(request: HostRequest): Promise<HostResponse>
  /** Names this installation to tools that echo the sender of a write; no secret. */
  instance: string
}

export interface HostRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query after the adapter's base URL, starting with `/`. */
  path: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: Json
  /** May be sent again after an unclear answer; default: everything but POST. */
  idempotent?: boolean
  /** What it takes from request budgets; default 1. */
  units?: number
}

export interface HostResponse {
  status: number
  headers: Headers
  /** Parsed body; numbers past 2^53 arrive as strings. Throws `bad_response` when it is not JSON. */
  json(): unknown
  /** The tool's clock when it answered, from its `Date` header (ISO, UTC; whole seconds). Ours when it sent none. */
  at: string
}

/** One account, opened. Yields facts; never stores, sleeps, retries, or sees another connection. */
export interface Session {
  /** Who comments are posted as, and what the account may do. */
  whoAmI(): Promise<AccountFacts>
  /** What can be chosen. */
  projects(): AsyncIterable<ProjectFacts>
  /** The units this tool reads in one go, for the chosen projects. */
  scopes(projects: string[]): Scope[]
  /** Which of the scopes may have moved since their mark; absent where asking is as dear as pulling. */
  moved?(scopes: { scope: Scope; mark: Bookmark }[]): Promise<Set<string>>
  /** Reads a scope page by page. The last page has `cursor: null` and carries the new `mark`. */
  pull(scope: Scope, from: PullFrom): AsyncIterable<Page>
  /** Reads single tasks again, in any number. */
  fetch(ids: string[]): AsyncIterable<TaskRead | Absence | Unreadable>
  comments: {
    /** Newest first; at least the latest `limit` ones. */
    list(task: string, limit?: number): Promise<CommentFacts[]>
    post(task: string, body: RichText, key: string): Promise<CommentFacts>
    edit(task: string, comment: string, body: RichText): Promise<void>
    remove(task: string, comment: string): Promise<void>
  }
}

export interface AccountFacts {
  externalId: string
  name: string
  username: string | null
  /** Rights the hub needs and the account lacks, in words of the tool (`write`). */
  missing: string[]
  /** When the credentials end, or null when they do not (or the tool does not say). */
  expiresAt: string | null
}

/** The unit a tool reads in one go (a Trello board, a ClickUp workspace). Runs, leases and cursors belong to it. */
export interface Scope {
  externalId: string
  name: string
  projects: string[]
}

export interface PullFrom {
  /** True: every task of the scope (a full sweep). False: what changed since `mark`. */
  sweep: boolean
  /** What the last complete run left, or null when there was none (then history is read from its beginning). */
  mark: Bookmark
  /** The last stored page's cursor of a run that was cut off, or null to start. */
  cursor: Bookmark
}

export interface Page {
  projects: ProjectFacts[]
  columns: ColumnFacts[]
  people: PersonFacts[]
  tasks: TaskRead[]
  events: EventFacts[]
  comments: CommentFacts[]
  unreadable: Unreadable[]
  /** External ids of all tasks this page saw, readable or not. */
  seen: string[]
  /** External ids of tasks that were asked for and could not be found: hidden, unless they are known to be deleted. */
  missing?: string[]
  /** How far back this page's history goes, by project. */
  history: { project: string; from: string }[]
  cursor: Bookmark
  mark?: Bookmark
  /** The tool's clock when the page was read. */
  at: string
  /** Tasks the whole pull will bring, where the tool lets us guess; for progress only. */
  expect?: number
}

export interface TaskRead {
  kind: 'task'
  facts: TaskFacts
  /** The tool's JSON for this card, kept so that a better `normalize` can be replayed. */
  raw: unknown
}

/** A task that could not be read again. `deleted` only on positive evidence. */
export interface Absence {
  kind: 'absence'
  externalId: string
  presence: Exclude<Presence, 'present'>
}

/** One card that cannot be understood; it is set aside with the place that is wrong, the others go on. */
export interface Unreadable {
  kind: 'unreadable'
  externalId: string
  project: string | null
  title: string | null
  /** Where in the card's JSON (`due`, `labels.0.id`). */
  path: string
  reason: string
  raw: unknown
}

export type AdapterErrorKind =
  | 'auth_revoked'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'provider_down'
  | 'bad_response'
  | 'poisoned'
  | 'plan_limit'

/** A failure made where the facts are – status and code, never message text – and put into words at the edge. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError'
  readonly kind: AdapterErrorKind
  /** HTTP status, or null when there was no answer. */
  readonly status: number | null
  /** The tool's own code (`API_TOKEN_LIMIT_EXCEEDED`), or ours for a failure without one (`timeout`, `too_large`). */
  readonly code: string | null
  /** When it makes sense to ask again (ISO, UTC). */
  readonly retryAt: string | null
  /** Where in the answer it went wrong. */
  readonly path: string | null
  /** True when the request may have taken effect although we saw no answer. */
  readonly unclear: boolean

  constructor(
    kind: AdapterErrorKind,
    facts: {
      status?: number | null
      code?: string | null
      retryAt?: string | null
      path?: string | null
      unclear?: boolean
      cause?: unknown
    } = {}
  ) {
    super([kind, facts.status, facts.code, facts.path].filter((part) => part != null).join(' '), { cause: facts.cause })
    this.kind = kind
    this.status = facts.status ?? null
    this.code = facts.code ?? null
    this.retryAt = facts.retryAt ?? null
    this.path = facts.path ?? null
    this.unclear = facts.unclear ?? false
  }
}
