/** What a complete run leaves behind, and what the next one knows by it. */
import { z } from 'zod'
import { Layout } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** So much before the mark is read again: the tool's clock shows whole seconds, and a listing may lag behind an edit. */
export const OVERLAP_MS = 60_000
const MOST_RECENT = 2000

export const Mark = z.object({
  /** The tool's clock when the run began. */
  since: z.string(),
  /** Those that were asked for, seen or not. */
  chosen: z.array(z.string()),
  layout: Layout,
  /** Tasks changed since a minute before `since`, with the moment: the overlap brings them again. */
  recent: z.record(z.string(), z.string()),
  /** Where the feed of events goes on; null where this account has none. */
  feed: z.string().nullable(),
  /** The feed runs half a minute late: until then it may owe events of what was read already. */
  owedUntil: z.string().nullable(),
  /** Of the listing of changes, by kind: the same one again means that nothing changed. */
  etags: z.record(z.string(), z.string())
})
export type Mark = z.infer<typeof Mark>

export const edgeOf = (since: string): number => Date.parse(since) - OVERLAP_MS

/** Of a row that may be unreadable: then it always counts as changed. */
export const updatedOf = (row: unknown): string | null =>
  raw.instant.safeParse((row as { updated_at?: unknown } | null)?.updated_at).data ?? null

/** The overlap brings rows again that the last run has read as they are. */
export const isNews =
  ({ recent, since }: Pick<Mark, 'recent' | 'since'>) =>
  (row: unknown): boolean => {
    const updated = updatedOf(row)
    return updated === null || (Date.parse(updated) > edgeOf(since) && recent[normalize.idOf(row) ?? ''] !== updated)
  }

/** `known`, and those of these rows that the next overlap can bring. */
export function recentWith(known: Mark['recent'], rows: readonly unknown[], since: string): Mark['recent'] {
  const dated = [
    ...Object.entries(known),
    ...rows.map((row) => [normalize.idOf(row) ?? '', updatedOf(row) ?? ''] as const)
  ]
  return Object.fromEntries(dated.filter(([, at]) => Date.parse(at) > edgeOf(since)).slice(-MOST_RECENT))
}
