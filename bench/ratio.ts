/** Figures of a benchmark: what was measured, against what, and whether that is good enough. */

/** One row of the table. Ratio, hub and baseline are medians over the rounds. */
export interface Figure {
  name: string
  ratio: number
  reach: number
  reached: boolean
  hub: number
  baseline: number
  unit: string
  /** What has to be known beside the figures, for people. */
  note?: string
}

export interface Bar {
  name: string
  /** What is measured, in a few words. */
  work: string
  /** What hub ÷ baseline has to hold. */
  reach: number
  /** `least`: the ratio has to be at least that. */
  holds: 'most' | 'least'
  unit: string
}

/** What each round measured, in the bar's unit, hub and baseline in pairs. */
export interface Rounds {
  hub: number[]
  baseline: number[]
  note?: string
}

export function figure({ name, reach, holds, unit }: Bar, { hub, baseline, note }: Rounds): Figure {
  if (hub.length === 0 || hub.length !== baseline.length) throw new RangeError(`${name}: rounds go in pairs.`)
  // The two of a round ran one after the other, on the same machine in the same mood: they are compared first.
  const ratio = median(hub.map((value, round) => value / baseline[round]!))
  return {
    name,
    ratio,
    reach,
    reached: holds === 'most' ? ratio <= reach : ratio >= reach,
    hub: median(hub),
    baseline: median(baseline),
    unit,
    ...(note === undefined ? {} : { note })
  }
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing.')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Wall-clock seconds and CPU seconds of this process (all its threads) that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; cpu: number }> {
  const cpu = process.cpuUsage()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { seconds, cpu: (user + system) / 1e6 }
}
