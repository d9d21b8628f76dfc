/** What the contract suite must know of one tool beyond its adapter's own data. One file a tool in `rigs/`. */
import type { Effect } from '../../sandbox/kit/faults.ts'
import type { Adapter, AdapterErrorKind } from '../../src/adapter.ts'

export interface Rig {
  // biome-ignore lint/suspicious/noExplicitAny: each adapter has credentials of its own.
  adapter: Adapter<any>
  /** Of the stand-in's own account, which sees everything that is planted. */
  credentials: unknown
  /** A second set the stand-in knows nothing of: answered like a revoked account. */
  wrongCredentials: unknown
  /** Of the app the stand-in knows, for tools with OAuth. */
  app: { clientId: string; clientSecret: string }
  /** The adapter's base URL at a stand-in with this address. */
  baseUrl(url: string): string
  /** Tasks in one answer. */
  pageSize: number
  /** Path (and operation) of the requests that list tasks, for faults: a regular expression. */
  listing: string
  /** Path (and operation) of the requests that post a comment. */
  posting: string
  /** Answers that mean more in this tool's terms than their status says; struck on the listing. */
  refusals: {
    name: string
    effect: Effect
    kind: AdapterErrorKind
    code?: string
    /** At least, and at most a minute more. */
    retryAfterMs?: number
  }[]
  /** What makes one task unreadable, and where the quarantine says it is wrong. */
  broken: { set?: Record<string, unknown>; drop?: string[]; path: string }
  /** Requests of one scope by template, for so many tasks in one project with `columns` columns. */
  cost: {
    sweep(tasks: number, columns: number): Record<string, number>
    /** An incremental pull when nothing changed. */
    quiet: Record<string, number>
  }
}
