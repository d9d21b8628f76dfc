/** Working time of the demo: Monday to Friday, 08:00 to 16:59 UTC, told from a given "now". No holidays. */

const DAY = 86_400_000

/** A sequence of numbers in [0, 1) that is the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** Midnight of the n-th working day before today (n ≥ 1), or after it (n ≤ -1); 0 is today, whatever day it is. */
export function workday(now: Date, ago: number): number {
  let day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const step = ago > 0 ? -DAY : DAY
  for (let left = Math.abs(ago); left > 0; ) {
    day += step
    const weekday = new Date(day).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return day
}

/** A moment within the working hours of that day; `part` is the share of the day that has gone by, in [0, 1). */
export const during = (day: number, part: number): number => day + 8 * 3_600_000 + Math.floor(part * 9 * 3_600_000)
