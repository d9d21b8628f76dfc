/**
 * Where a key result is likely to end: its own past weeks, drawn again at random for the weeks that are left, many times
 * over (a Monte-Carlo forecast of throughput). What comes out is a band – seven runs in ten end inside it – and the value
 * in its middle.
 *
 * Limits: it knows nothing but those weeks; a quiet summer that lies ahead is not in them. Below four full weeks it says
 * nothing. Pure: randomness comes in, and the same seed gives the same forecast.
 */

export interface ForecastFacts {
  current: number
  target: number
  direction: 'up' | 'down'
  /** How far each full week so far has moved the figure: negative where it went down. */
  weeks: readonly number[]
  /** Weeks until the period ends, with their fraction. */
  weeksLeft: number
}

export interface Forecast {
  /** At the end of the period: 15 in 100 runs end below `low`, 15 above `high`; `likely` is the middle. */
  low: number
  likely: number
  high: number
  /** Weeks from now until half of the runs have reached the target; null when they have not a quarter year after the end. */
  reachedIn: number | null
  /** The band on its way, from the first week ahead to the end. */
  band: { weeks: number; low: number; likely: number; high: number }[]
}

/** Fewer weeks are an anecdote. */
export const LEAST_WEEKS = 4
const RUNS = 10_000
const BEYOND_WEEKS = 13

/** Null with fewer than four full weeks, or with no time left. `random` gives numbers from 0 to just below 1. */
export function forecast(facts: ForecastFacts, random: () => number, runs = RUNS): Forecast | null {
  const { current, target, direction, weeks, weeksLeft } = facts
  if (weeks.length < LEAST_WEEKS || weeksLeft <= 0) return null
  const inside = stops(weeksLeft)
  const whole = inside.length
  const values = inside.map(() => new Float64Array(runs))
  const reached = new Float64Array(runs).fill(Number.POSITIVE_INFINITY)
  const there = (value: number): boolean => (direction === 'up' ? value >= target : value <= target)
  for (let run = 0; run < runs; run++) {
    let value = current
    let passed = 0
    for (let week = 0; week < whole + BEYOND_WEEKS; week++) {
      const until = inside[week] ?? weeksLeft + (week - whole + 1)
      const length = until - passed
      value += length * (weeks[Math.floor(random() * weeks.length)] ?? 0)
      passed = until
      const stop = values[week]
      if (stop) stop[run] = value
      if (reached[run] === Number.POSITIVE_INFINITY && there(value)) reached[run] = until
      if (week >= whole && reached[run] !== Number.POSITIVE_INFINITY) break
    }
  }
  const band = inside.map((until, place) => ({ weeks: until, ...quantiles(values[place] as Float64Array) }))
  const { low, likely, high } = band.at(-1) as Forecast['band'][number]
  const middle = there(current) ? 0 : (reached.sort()[Math.ceil(runs / 2) - 1] as number)
  return { low, likely, high, reachedIn: Number.isFinite(middle) ? middle : null, band }
}

/** Random numbers that the same seed always gives (mulberry32): https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function seeded(seed: string): () => number {
  let state = 0
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The ends of the weeks ahead; the last one ends with the period. */
function stops(weeksLeft: number): number[] {
  const ends = Array.from({ length: Math.floor(weeksLeft) }, (_, week) => week + 1)
  if (ends.at(-1) !== weeksLeft) ends.push(weeksLeft)
  return ends
}

function quantiles(values: Float64Array): { low: number; likely: number; high: number } {
  const sorted = values.sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { low: at(0.15), likely: at(0.5), high: at(0.85) }
}
