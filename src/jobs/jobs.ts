/**
 * The queue port. A job only wakes somebody up: it carries a kind and an id, never data, and losing every one of them
 * loses nothing, because `tick` derives due work from tables. Many wakes for the same job while it waits are one.
 */
export const JOB_KINDS = ['tick', 'inbox', 'hooks', 'sync', 'judge', 'deliver', 'report', 'tidy'] as const
export type JobKind = (typeof JOB_KINDS)[number]

export interface Job {
  kind: JobKind
  /** A scope for `sync`, a subscription for `report`; `all` otherwise. */
  id: string
}

export type Handlers = Record<JobKind, (id: string, signal: AbortSignal) => Promise<void>>

export interface Jobs {
  wake(job: Job): Promise<void>
  /** Begins to work, and ticks every `tickSeconds`. */
  work(handlers: Handlers, options: { tickSeconds: number; onError: (job: Job, error: unknown) => void }): Promise<void>
  /** Takes nothing new, lets what runs come to its end (or aborts it after `graceMs`), and closes. */
  close(graceMs?: number): Promise<void>
}

/** How many jobs of a kind run at once in one process. */
export const CONCURRENCY: Record<JobKind, number> = {
  tick: 1,
  inbox: 1,
  hooks: 1,
  sync: 16,
  judge: 1,
  deliver: 1,
  report: 2,
  tidy: 1
}
