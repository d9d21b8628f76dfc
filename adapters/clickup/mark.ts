/** What a complete run leaves behind, and what the next one knows by it. */
import { z } from 'zod'
import type { Page } from '../../src/adapter.ts'
import { columnId } from './normalize.ts'
import * as raw from './raw.ts'

/** So much before the mark is read again: the tool's clock shows whole seconds, and a listing may lag behind an edit. */
export const OVERLAP_MS = 60_000
const MOST_RECENT = 2000

export const Mark = z.object({
  /** The tool's clock when the run began. */
  since: z.string(),
  zones: z.array(z.string()),
  /** False: the workspace keeps no time in status. */
  times: z.boolean(),
  /** Those that were asked for, seen or not. */
  chosen: z.array(z.string()),
  lists: z.array(
    z.object({
      id: z.string(),
      archived: z.boolean(),
      statuses: z.array(z.object({ id: z.string().nullish(), status: z.string() }))
    })
  ),
  /** Tasks changed since a minute before `since`, with the date of the change: the overlap brings them again. */
  recent: z.record(z.string(), z.string())
})
export type Mark = z.infer<typeof Mark>

export const known = ({ id, archived, statuses }: raw.List): Mark['lists'][number] => ({
  id,
  archived: archived ?? false,
  statuses: (statuses ?? []).map((status) => ({ id: status.id, status: status.status }))
})

/** Statuses that the list had when it was last read, and has no longer. */
export function gone(list: raw.List, former: Mark | null): Page['columns'] {
  const now = new Set((list.statuses ?? []).map((status) => columnId(list.id, status)))
  const before = former?.lists.find(({ id }) => id === list.id)?.statuses ?? []
  return before
    .map((status) => ({ status, externalId: columnId(list.id, status) }))
    .filter(({ externalId }) => !now.has(externalId))
    .map(({ status, externalId }, index) => ({
      externalId,
      project: list.id,
      name: status.status,
      position: now.size + index,
      archived: true,
      category: null
    }))
}

/** The overlap brings tasks again that the last run has read as they are. */
export const isNews =
  ({ recent }: Mark) =>
  (task: unknown): boolean =>
    recent[idOf(task) ?? ''] !== (updatedOf(task) ?? '')

/** Tasks whose change lies within the overlap of the next run. */
export const recent = (tasks: readonly { facts: { externalId: string; updatedAt: string } }[], since: string) =>
  Object.fromEntries(
    tasks
      .filter(({ facts }) => Date.parse(facts.updatedAt) > Date.parse(since) - OVERLAP_MS)
      .slice(0, MOST_RECENT)
      .map(({ facts }) => [facts.externalId, facts.updatedAt])
  )

/** Of what earlier runs remembered, only what the next overlap can bring. */
export const recentOf = ({ recent, since }: Mark): Mark['recent'] =>
  Object.fromEntries(
    Object.entries(recent).filter(([, updated]) => Date.parse(updated) > Date.parse(since) - OVERLAP_MS)
  )

/** Of a task that may be unreadable. */
export const idOf = (task: unknown): string | null => {
  const id = (task as { id?: unknown } | null)?.id
  return typeof id === 'string' && id !== '' ? id : null
}

export const dateOf = (task: unknown): unknown => (task as { date_updated?: unknown } | null)?.date_updated

const updatedOf = (task: unknown): string | null => raw.moment.safeParse(dateOf(task)).data ?? null
