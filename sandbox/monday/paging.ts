/**
 * Pages of a board's items. A cursor lives for an hour from the first page and remembers its filter. Items that are
 * archived or deleted are in none. https://developer.monday.com/api-reference/reference/items-page
 */
import { randomBytes } from 'node:crypto'
import { VendorError } from './values.ts'
import type { Board, Item, World } from './world.ts'

interface Rule {
  column_id: string
  compare_attribute?: string | null
  compare_value: unknown
  operator?: string | null
}

export interface ItemsQuery {
  ids?: string[] | null
  rules?: Rule[] | null
  order_by?: { column_id: string; direction?: string | null }[] | null
}

export interface ItemsPage {
  cursor: string | null
  items: Item[]
}

const HOUR = 3_600_000
const MOST = 500

export type Paging = ReturnType<typeof createPaging>

export function createPaging(world: World) {
  const cursors = new Map<string, { items: Item[]; from: number; born: number }>()
  /** How the undocumented `EXACT` rule is taken: honoured, answered with nothing, or refused. */
  const rule = { mode: 'works' as 'works' | 'empty' | 'refused' }

  function first(board: Board, limit: number, query: ItemsQuery | null | undefined): ItemsPage {
    let items = board.items.filter(({ state }) => state === 'active')
    if (query?.ids) items = items.filter(({ id }) => query.ids!.includes(id))
    for (const one of query?.rules ?? []) items = ruled(items, one)
    for (const { column_id, direction } of query?.order_by ?? []) {
      if (column_id !== '__last_updated__') continue
      items = items.toSorted((a, b) => (direction === 'desc' ? b.updatedAt - a.updatedAt : a.updatedAt - b.updatedAt))
    }
    return cut(items, 0, limit, world.clock.now())
  }

  function next(cursor: string, limit: number): ItemsPage {
    const known = cursors.get(cursor)
    if (!known || world.clock.now() - known.born > HOUR) {
      throw new VendorError('CursorExpiredException', 'The cursor provided for pagination has expired', 400)
    }
    return cut(known.items, known.from, limit, known.born)
  }

  function cut(items: Item[], from: number, limit: number, born: number): ItemsPage {
    if (limit < 1 || limit > MOST) throw new VendorError('InvalidArgumentException', 'limit is at most 500', 400)
    const end = from + limit
    if (end >= items.length) return { cursor: null, items: alive(items.slice(from)) }
    const cursor = randomBytes(24).toString('base64url')
    cursors.set(cursor, { items, from: end, born })
    // Memory is bounded: the oldest cursors go first.
    if (cursors.size > 1000) cursors.delete(cursors.keys().next().value!)
    return { cursor, items: alive(items.slice(from, end)) }
  }

  const alive = (items: Item[]) => items.filter(({ state }) => state === 'active')

  function ruled(items: Item[], { column_id, compare_attribute, compare_value, operator }: Rule): Item[] {
    const [how, day] = (Array.isArray(compare_value) ? compare_value : []) as string[]
    const exact =
      column_id === '__last_updated__' &&
      compare_attribute === 'UPDATED_AT' &&
      operator === 'greater_than_or_equals' &&
      how === 'EXACT' &&
      !Number.isNaN(Date.parse(day ?? ''))
    if (!exact || rule.mode === 'refused') {
      throw new VendorError('InvalidColumnIdException', 'This rule is not supported', 400)
    }
    if (rule.mode === 'empty') return []
    const since = Date.parse(`${day!.slice(0, 10)}T00:00:00Z`)
    return items.filter(({ updatedAt }) => updatedAt >= since)
  }

  return { first, next, rule }
}
