/** Sorted arrays: a place is found in log n steps, an insertion at the end – the usual one – moves nothing. */

/** The first index whose element is not before `probe`, where `order` compares an element with the probe. */
export function lowerBound<T, P>(rows: readonly T[], probe: P, order: (row: T, probe: P) => number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (order(rows[middle]!, probe) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export function insertSorted<T>(rows: T[], row: T, order: (a: T, b: T) => number): void {
  const last = rows.at(-1)
  if (last === undefined || order(last, row) < 0) rows.push(row)
  else rows.splice(lowerBound(rows, row, order), 0, row)
}

export function removeSorted<T>(rows: T[], row: T, order: (a: T, b: T) => number): void {
  const at = lowerBound(rows, row, order)
  if (rows[at] === row) rows.splice(at, 1)
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
