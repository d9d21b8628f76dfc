/** What a benchmark is: some bars, what it needs, and how it is measured. */
import type { Bar, Rounds } from './ratio.ts'

export interface Bench {
  bars: readonly Bar[]
  /** Variables of the environment without which it cannot run. */
  needs: readonly ('DATABASE_URL' | 'REDIS_URL')[]
  /** By the names of the bars; only those that are wanted need be there. */
  measure(conditions: Conditions): Promise<Record<string, Rounds>>
}

export interface Conditions {
  /** 1: the sizes of the table. */
  size: number
  rounds: number
  wanted: ReadonlySet<string>
}

/** Progress, for people; the table alone goes to standard output. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)
