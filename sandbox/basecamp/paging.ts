/**
 * Geared pages: 15, 30, 50, then 100 rows; `Link` names the next one, `X-Total-Count` says how many rows there are
 * (https://github.com/basecamp/bc-api#pagination).
 */
export interface Paged<T> {
  rows: readonly T[]
  show(row: T): unknown
}

const GEARS = [15, 30, 50]
const TOP = 100

export function pageOf<T>({ rows }: Paged<T>, page: number): { rows: readonly T[]; last: boolean } {
  const start = Array.from({ length: page - 1 }, (_, index) => GEARS[index] ?? TOP).reduce((sum, size) => sum + size, 0)
  const end = start + (GEARS[page - 1] ?? TOP)
  return { rows: rows.slice(start, end), last: end >= rows.length }
}

export const isPaged = (value: unknown): value is Paged<unknown> =>
  typeof value === 'object' && value !== null && 'rows' in value && 'show' in value
