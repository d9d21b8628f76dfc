/**
 * The contract every adapter fulfils: the whole surface between one tool and the hub. Capabilities and budgets are
 * data; an adapter yields facts and does no I/O but through the `Host` it is given.
 */
import { createHash } from 'node:crypto'
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
  /** Other hosts of the same tool that a request may go to, credentials included (`launchpad.37signals.com`). */
  hosts?: readonly string[]
  credentials: z.ZodType<Credentials>
  /** What a person pastes to connect, field by field of `credentials`, in the order they are asked for. */
  asks: readonly CredentialField[]
  oauth?: OAuth<Credentials>
  budgets: readonly Budget[]
  can: Capabilities
  /** What a person may choose for each project, where the tool leaves open what a column is for. */
  options?: readonly ProjectOption[]
  /** A stable word for the account behind credentials: two connections with the same one share its budgets. */
  budgetKeys(credentials: Credentials): Record<Exclude<BudgetScope, 'address'>, string>
  /** Headers that prove who asks. Added to every request by the host, so that renewed credentials count at once. */
  authorize(credentials: Credentials): Record<string, string>
  /**
   * What an answer means in this tool's own terms, beyond its status: errors inside 200, codes that say more than 401.
   * Null where the status says it all. From status, headers and code, never from message text.
   */
  refusal?(answer: Answer): Refusal | null
  /** What an answer's headers or body say about budgets: their size, what is left, when they begin anew. */
  quotas?(answer: Answer): Quota[]
  open(credentials: Credentials, host: Host, options?: ProjectOptions): Session
  /** The tool's markup for a note: what `post` would send, without sending it. */
  render(body: RichText): string
  hooks?: Receiver
}

export interface CredentialField {
  /** The field's name in `credentials`. */
  name: string
  /** What it is called at the tool (`API key`, `personal token`). */
  label: string
  /** Never echoed, never an argument in a shell's history when it can be helped. */
  secret: boolean
  /** Where to find it, in one sentence with the screen's own words. */
  help: string
  optional?: boolean
}

/** Differences between tools that the contract suite and the hub allow for. */
export interface Capabilities {
  /** The tool tells us of changes by itself. */
  webhooks: boolean
  subtasks: boolean
  customFields: boolean
  labels: boolean
  priorities: boolean
  estimates: boolean
  checklists: boolean
  /** Due dates with a time of day · without one. */
  dueTimes: boolean
  dueDates: boolean
  startDates: boolean
  /** A task can have more than one assignee. */
  manyAssignees: boolean
  /** The tool says itself what its columns mean. */
  columnCategories: boolean
  /** The tool's task says when it entered its column. */
  columnHistory: boolean
  /** Moves, assignments, … are reported as events. */
  events: boolean
  /** A pull brings comments along, so that rules may count exchanges. */
  comments: boolean
  /** The task says how many comments it has. */
  commentCount: boolean
  archive: boolean
  /** A deleted task can be told from one we may not see. */
  deletions: boolean
  /** A task keeps its id when it moves to another project. */
  moveProjects: boolean
  /** The hub may choose a comment's id before it is posted, so that posting twice makes one. */
  clientCommentId: boolean
  /** What the hub may change on a task. */
  write: { move: boolean; due: boolean; assign: boolean; create: boolean }
}

/** One thing to be chosen for a project: which column is the status, which number the estimate. */
export interface ProjectOption {
  name: string
  label: string
}

/** Chosen options by the project's external id, then by the option's name. */
export type ProjectOptions = Readonly<Record<string, Readonly<Record<string, string>>>>

export type BudgetScope = 'token' | 'key' | 'account' | 'address'

/** At most `amount` units in any window of `perMs`, counted per token, key, account or network address of ours. */
export interface Budget {
  name: string
  scope: BudgetScope
  /** Until the tool says otherwise (`quotas`). */
  amount: number
  perMs: number
  /** `requests` take one unit each unless they say otherwise; of anything else they take what they say. */
  of?: 'requests' | 'complexity'
  /** Begins anew at 00:00 UTC instead of sliding. */
  calendarDay?: boolean
  /** Only requests whose path (after the base URL) matches count; all when absent. */
  paths?: RegExp
  /** The tool's codes that say that this one is used up; any refusal may speak of it when absent. */
  refusals?: readonly string[]
}

/** An answer before it is judged. */
export interface Answer {
  status: number
  headers: Headers
  /** Parsed JSON, or undefined where the body is none. */
  body: unknown
}

export interface Refusal {
  kind: AdapterErrorKind
  code: string | null
  /** Milliseconds from now until it makes sense to ask again. */
  retryAfterMs?: number | null
  /** The request may have taken effect all the same. */
  unclear?: boolean
}

export interface Quota {
  /** Name of the budget. */
  budget: string
  amount?: number
  left?: number
  /** Milliseconds from now until it begins anew. */
  resetMs?: number
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** An adapter's own JSON, kept by the hub as it is: where it was, what it left. */
export type Bookmark = unknown

/** What an adapter is given: the only way out of it. */
export interface Host {
  /** Waits for the budget, retries what may be retried, and throws `AdapterError` for all that is no answer. */
  fetch(request: HostRequest): Promise<HostResponse>
  /** Names this installation to tools that echo the sender of a write; no secret. */
  instance: string
}

export interface HostRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /**
   * Path and query after the adapter's base URL, starting with `/`; or a whole URL of the same origin (a `Link` to the
   * next page) or on one of the adapter's `hosts`.
   */
  path: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: Json
  /** May be sent again after an unclear answer; default: everything but POST. */
  idempotent?: boolean
  /** What it takes from budgets: a number for those of requests (default 1), or by the budget's name. */
  units?: number | Readonly<Record<string, number>>
  /** Requests of one connection in the same lane go one after the other. */
  lane?: string
  /** Statuses beyond 2xx that are answers here (304), not failures. */
  accept?: readonly number[]
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
  scopes(projects: string[]): Scope[] | Promise<Scope[]>
  /** Which of the scopes may have moved since their mark; absent where asking is as dear as pulling. */
  moved?(scopes: { scope: Scope; mark: Bookmark }[]): Promise<Set<string>>
  /** Reads a scope page by page. The last page has `cursor: null` and carries the new `mark`. */
  pull(scope: Scope, from: PullFrom): AsyncIterable<Page>
  /** Reads single tasks again, in any number. */
  fetch(ids: string[]): AsyncIterable<TaskRead | Absence | Unreadable>
  comments: {
    /** Newest first; at least the latest `limit` ones. */
    list(task: string, limit?: number): Promise<CommentFacts[]>
    /** `key` is the same for the same note however often it is tried; where the tool can, it makes posting idempotent. */
    post(task: string, body: RichText, key: string): Promise<CommentFacts>
    edit(task: string, comment: string, body: RichText): Promise<void>
    remove(task: string, comment: string): Promise<void>
  }
  write?: {
    /** Into another column of the same project. */
    move?(task: string, column: string): Promise<void>
    /** `date`: `2026-11-30`; `at`: ISO, UTC; null takes the due date away. */
    due?(task: string, due: { date: string } | { at: string } | null): Promise<void>
    /** Adds and takes away people, by external id; the others stay. */
    assign?(task: string, change: { add: string[]; remove: string[] }): Promise<void>
    /** The new task's external id. `key` as for comments. */
    create?(project: string, draft: TaskDraft, key: string): Promise<string>
  }
  webhooks?: {
    /**
     * Makes what the tool needs to tell us about this scope, reusing what is there for the same URL. The URL must answer
     * by then. Throws `forbidden` with the code `no_app_secret` where deliveries could not be checked.
     */
    register(scope: Scope, hook: { url: string; secret: string }): Promise<Subscription[]>
    /** Those of this account, with their health. `known`: ours, for tools that show one at a time only. */
    list(scope: Scope, known: Subscription[]): Promise<Subscription[]>
    /** Switches on again what the tool switched off. */
    activate(subscription: Subscription): Promise<void>
    remove(subscription: Subscription): Promise<void>
  }
}

export interface TaskDraft {
  title: string
  /** Markdown; may be cut down to what the tool can show. */
  description: string
  column: string
  assignees: string[]
  due: { date: string } | { at: string } | null
}

export interface Subscription {
  externalId: string
  /** External id of the scope or project it watches. */
  of: string
  url: string
  /** False when the tool has switched it off. */
  active: boolean
  /** What the tool signs with, where it made the secret itself and just told us; null otherwise. */
  secret: string | null
}

/** A request of the tool to us, as it came. */
export interface Delivery {
  method: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  /** Raw bytes: a signature is over these and nothing else. */
  body: Uint8Array
  /** Under which it was asked: our public URL, path and query. */
  url: string
  /** Our clock (ISO, UTC). */
  at: string
}

/** What was agreed when the hook was registered. */
export interface Hook {
  /** As registered, also when we are reached under another URL now. */
  url: string
  secret: string | null
}

/** Receives a tool's webhooks. Pure: no I/O, no state. A delivery never carries data, it only says what to read again. */
export interface Receiver {
  /** Status of a refusal. Some tools switch a hook off for good at 401 or 410. */
  refusal: number
  /** `signed`: over the raw body; `token`: the caller proves itself, not the body; `address`: the URL is the secret. */
  proof: 'signed' | 'token' | 'address'
  /** How old a delivery may be, in milliseconds; null where it bears no signed moment. */
  staleAfterMs: number | null
  /** The answer to a question the tool asks before it delivers, or null when this is no such question. */
  handshake?(delivery: Delivery): { status: number; body?: Json } | null
  /** Why this delivery is not to be trusted, or null. Fails closed: no secret, no trust. */
  verify(delivery: Delivery, hook: Hook): Promise<Distrust | null>
  /** What a trusted delivery says. Throws `AdapterError` (`bad_response`) when it is no JSON of this tool. */
  read(delivery: Delivery): Notice
}

export type Distrust = 'no_secret' | 'unsigned' | 'forged' | 'stale'

export interface Notice {
  /** The same delivery sent again has the same key. */
  key: string
  hints: Hint[]
}

/** What to look at again. */
export type Hint =
  /** A task to be read again; `deleted`: the tool says that it is gone. `by`: external id of who did it. */
  | { kind: 'task'; externalId: string; deleted: boolean; at: string | null; by: string | null }
  /** A project whose columns, people or state changed. */
  | { kind: 'project'; externalId: string }
  /** The tool took the account's rights away. */
  | { kind: 'revoked' }

/**
 * OAuth 2 authorization code flow. Addresses are the vendor's; a stand-in answers them below its own address, as
 * `{stand-in}/{host}{path}`.
 */
export interface OAuth<Credentials> {
  authorizeUrl: string
  tokenUrl: string
  /** Given the code when `tokenUrl` refuses it: for apps that were registered before the tool had the other one. */
  formerTokenUrl?: string
  scopes: readonly string[]
  /** What joins scopes; a space by default. */
  scopeSeparator?: string
  pkce: boolean
  /** Further parameters of the authorize address. */
  params?: Readonly<Record<string, string>>
  /** Credentials from the tool's answer (`former`: what it renews), with the end of their life where it says one. */
  credentials(answer: Readonly<Record<string, unknown>>, app: OAuthApp, former: Credentials | null): Credentials
  /** The refresh token, or null where these credentials cannot be renewed. */
  refreshToken(credentials: Credentials): string | null
  /** When they end (ISO, UTC), or null when they do not or nobody knows. */
  expiresAt(credentials: Credentials): string | null
}

/** The installation's own registration at the tool. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
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
  /** Tasks that were asked for and are not there; hidden ones may still be known to be deleted. */
  absent?: Absence[]
  /**
   * All there is to know of what happened to these tasks was on former pages: the hub works out what follows as it stores
   * them, instead of writing each a second time at the end of the run.
   */
  historyRead?: boolean
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

/** A page of these facts and nothing else. `at`: the tool's clock (ISO, UTC). */
export const page = (at: string, facts: Partial<Page> = {}): Page => ({
  projects: [],
  columns: [],
  people: [],
  tasks: [],
  events: [],
  comments: [],
  unreadable: [],
  seen: [],
  history: [],
  cursor: null,
  at,
  ...facts
})

/** An answer of the shape we know. What does not fit is the answer's fault, named by its path: `bad_response`. */
export function read<T extends z.ZodType>(schema: T, response: Pick<HostResponse, 'json' | 'status'>): z.infer<T> {
  const parsed = schema.safeParse(response.json())
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new AdapterError('bad_response', { status: response.status, code: 'unexpected_shape', path })
}

/** What budgets are counted by where only a secret tells one account from another: the same word for the same secret. */
export const budgetWord = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)
