/** Working weeks and languages, as people write them. */
import { list, spoken } from './say.ts'

/** ISO weekdays: “Mon to Fri”, “Mon, Tue and Thu”. */
export function workingDays(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b)
  const [first = 1, last = first] = [sorted[0], sorted.at(-1)]
  const unbroken = sorted.length > 2 && last - first === sorted.length - 1
  return unbroken ? WORDS.to(weekday(first), weekday(last)) : list(sorted.map((day) => weekday(day)))
}

/** 1 is Monday. */
export const weekday = (iso: number, how: 'short' | 'long' = 'short'): string =>
  // 1 January 2024 was a Monday.
  new Intl.DateTimeFormat(spoken(), { weekday: how, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, iso)))

/** “Portuguese” of `pt`. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(spoken(), { type: 'language' }).of(tag) ?? tag

const WORDS = { to: (from: string, to: string) => `${from} to ${to}` }
