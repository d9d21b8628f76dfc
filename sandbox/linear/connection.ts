/** Relay-style pages, newest first. A cursor is the id of the row it stands at, as recorded answers show. */
import type { Entity } from './facts.ts'
import { refusal } from './refusal.ts'

export interface PageArguments {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
  orderBy?: 'createdAt' | 'updatedAt' | null
}

const MOST = 250
const USUAL = 50

/** `rows`: oldest first. `placeOf`: where a row stands among them, for those too many to search. */
export function connection<T extends Entity | { id: string }>(
  rows: readonly T[],
  { first, last, after, before, orderBy }: PageArguments,
  keeps: (row: T) => boolean = () => true,
  placeOf: (id: string) => number = (id) => rows.findIndex((row) => row.id === id)
) {
  const wanted = first ?? last ?? USUAL
  if (wanted < 0 || wanted > MOST) throw refusal('invalid input', `Argument Validation Error: at most ${MOST} rows`)
  if (orderBy === 'updatedAt' || last != null || before != null) return whole(rows.filter(keeps), wanted)
  const nodes: T[] = []
  let more = false
  let place = rows.length - 1
  if (after != null) {
    const at = placeOf(after)
    if (at < 0) throw refusal('invalid input', 'Invalid cursor')
    place = at - 1
  }
  for (; place >= 0; place--) {
    const row = rows[place]!
    if (!keeps(row)) continue
    if (nodes.length === wanted) {
      more = true
      break
    }
    nodes.push(row)
  }
  return page(nodes, more, after != null)

  /** What is sorted otherwise, or asked for from its end, is laid out first. */
  function whole(kept: T[], size: number) {
    const ordered = kept.reverse()
    if (orderBy === 'updatedAt') {
      const at = (row: T) => ('updatedAt' in row ? row.updatedAt : '')
      ordered.sort((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0))
    }
    const from = after == null ? 0 : ordered.findIndex(({ id }) => id === after) + 1
    const to = before == null ? ordered.length : ordered.findIndex(({ id }) => id === before)
    const range = ordered.slice(from, to)
    const nodes = first == null && last != null ? range.slice(-size) : range.slice(0, size)
    return page(nodes, first != null || last == null ? range.length > size : false, from > 0)
  }
}

const page = <T extends { id: string }>(nodes: T[], hasNextPage: boolean, hasPreviousPage: boolean) => ({
  nodes,
  edges: () => nodes.map((node) => ({ node, cursor: node.id })),
  pageInfo: {
    hasNextPage,
    hasPreviousPage,
    startCursor: nodes[0]?.id ?? null,
    endCursor: nodes.at(-1)?.id ?? null
  }
})
