/**
 * Dates without a time. ClickUp keeps such a date as 04:00 in the zone of the person who set it and says nothing more
 * (https://developer.clickup.com/docs/general-time): neither who that was nor that no time was meant. So an instant that
 * is exactly 04:00 in a zone of the workspace's people is taken for the date there. Someone who really means 04:00 loses the
 * time of day; reading a date as an instant instead would call it overdue while it lasts.
 */
import { Temporal } from 'temporal-polyfill'

const HOUR = 4
const QUARTER_MS = 900_000

/** The date an instant (ISO) stands for in one of these zones (IANA names), or null when it is a moment of its own. */
export function dateOf(at: string, zones: readonly string[]): string | null {
  // No zone of ours is off by less than a quarter of an hour.
  if (Date.parse(at) % QUARTER_MS !== 0) return null
  for (const zone of zones) {
    const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
    if (there.hour === HOUR && there.minute === 0) return there.toPlainDate().toString()
  }
  return null
}

/** Might be a date without a time somewhere: then it is worth asking for the zone. */
export const maybeDate = (at: string | null | undefined): boolean => at != null && Date.parse(at) % QUARTER_MS === 0

/**
 * Milliseconds to send for a date without a time: noon there. ClickUp takes the calendar day the instant falls on, and
 * midnight in UTC falls on the day before west of Greenwich.
 */
export const noonOf = (date: string, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).epochMilliseconds

/** The zones among these names that exist, each once; UTC where there is none. */
export function zonesOf(names: readonly (string | null | undefined)[]): string[] {
  const found = [...new Set(names)].filter((name) => name != null).filter(exists)
  return found.length > 0 ? found : ['UTC']
}

function exists(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
