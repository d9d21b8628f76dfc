/**
 * Working time. A task's age is the number of working dates after the date it entered its column, up to and including
 * today, in the calendar's zone; today counts from the start of working hours. A rule fires when age > N: so it first
 * fires as work begins on a working date, and what has fired stays fired over nights, weekends and holidays.
 *
 * Pure: `now` is passed in. Instants are ISO 8601 in UTC with milliseconds. Dates are those of the calendar, so a date a
 * zone skipped altogether (Pacific/Apia, 30 December 2011) counts like any other.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day as HH:MM, for example 09:00.')

export const Calendar = z.object({
  /** IANA name, such as `Europe/Paris`. Offsets are refused: they know nothing of summer time. */
  zone: z.string().refine(isZone, {
    error: ({ input }) => `"${input}" is no time zone. Use an IANA name such as Europe/Paris or UTC.`
  }),
  /** ISO weekdays, 1 (Monday) to 7. */
  workingDays: z
    .array(z.int().min(1).max(7))
    .min(1, 'A calendar needs at least one working day.')
    .default([1, 2, 3, 4, 5]),
  /** Local times, `HH:MM`. Shifts over midnight are not supported. */
  hours: z
    .object({ start: TimeOfDay, end: TimeOfDay })
    .refine(({ start, end }) => start < end, 'Working hours have to end after they start, on the same day.')
    .default({ start: '09:00', end: '17:00' }),
  /** ISO dates on which nobody works. */
  holidays: z.array(z.iso.date()).default([])
})
export type Calendar = z.infer<typeof Calendar>

/** Monday to Friday, nine to five, UTC, no holidays. For another zone: `{ ...DEFAULT_CALENDAR, zone }`. */
export const DEFAULT_CALENDAR: Calendar = Calendar.parse({ zone: 'UTC' })

/**
 * Working dates after `enteredAt`'s date that have begun at `now`; 0 when `enteredAt` is not in the past. Constant cost
 * in the age, linear in the holidays. Throws a RangeError on an instant or a zone that cannot be read.
 */
export function workingAge(enteredAt: string, now: string, calendar: Calendar): number {
  const entered = dayOf(Temporal.Instant.from(enteredAt), calendar.zone)
  const today = lastBegunDay(Temporal.Instant.from(now), calendar)
  if (today <= entered) return 0
  const works = workingWeekdays(calendar)
  const weeks = Math.floor((today - entered) / 7)
  let age = weeks * works.size
  for (let day = entered + weeks * 7 + 1; day <= today; day++) if (works.has(weekday(day))) age++
  for (const day of holidays(calendar)) if (day > entered && day <= today && works.has(weekday(day))) age--
  return age
}

/**
 * The instant that parts the stale from the fresh: `workingAge(enteredAt, now) > n` exactly when `enteredAt` is before
 * it, so that a rule in SQL is one comparison on an index. It is the start of the (n + 1)th working date back from the
 * last one that has begun. `n` is a whole number of working days, 0 or more; a RangeError otherwise.
 */
export function staleCutoff(n: number, now: string, calendar: Calendar): string {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`A limit of ${n} working days is not a whole number of 0 or more.`)
  const works = workingWeekdays(calendar)
  const off = holidays(calendar)
  let day = lastBegunDay(Temporal.Instant.from(now), calendar)
  for (let left = n; ; day--) {
    if (!works.has(weekday(day)) || off.has(day)) continue
    if (left === 0) return startOfDay(dateOf(day).toString(), calendar.zone)
    left--
  }
}

/** The first instant of an ISO `date` in `zone`: not always midnight, where summer time begins at midnight. */
export function startOfDay(date: string, zone: string): string {
  return iso(startOf(Temporal.PlainDate.from(date), zone))
}

/**
 * What is overdue at `now`: a due time when it is before `instant`; a due date without a time when it is before `date`,
 * the local date in the owner's `zone` – never while that date lasts there.
 */
export function overdueCutoffs(now: string, zone: string): { instant: string; date: string } {
  const instant = Temporal.Instant.from(now)
  return { instant: iso(instant), date: instant.toZonedDateTimeISO(zone).toPlainDate().toString() }
}

/** Days are counted as whole numbers from 1970-01-01, a Thursday. */
type Day = number

const EPOCH = Temporal.PlainDate.from('1970-01-01')
const numberOf = (date: Temporal.PlainDate): Day => EPOCH.until(date, { largestUnit: 'day' }).days
const dateOf = (day: Day): Temporal.PlainDate => EPOCH.add({ days: day })
const weekday = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Today once working hours have begun, else yesterday. A day off is never counted, so its hours do not matter. */
function lastBegunDay(now: Temporal.Instant, { zone, hours }: Calendar): Day {
  const today = dayOf(now, zone)
  const workBegins = dateOf(today).toZonedDateTime({ timeZone: zone, plainTime: hours.start }).toInstant()
  return Temporal.Instant.compare(now, workBegins) < 0 ? today - 1 : today
}

/**
 * The last day that has started. Mostly the local date; but where clocks went back over midnight (St. John's until 2011,
 * 00:01 to 23:01) the local date steps back for an hour, and an order by instants must not.
 */
function dayOf(instant: Temporal.Instant, zone: string): Day {
  const date = instant.toZonedDateTimeISO(zone).toPlainDate()
  const tomorrow = startOf(date.add({ days: 1 }), zone)
  return numberOf(date) + (Temporal.Instant.compare(instant, tomorrow) < 0 ? 0 : 1)
}

const startOf = (date: Temporal.PlainDate, zone: string): Temporal.Instant => date.toZonedDateTime(zone).toInstant()

const workingWeekdays = ({ workingDays }: Calendar): Set<number> => new Set(workingDays)
const holidays = (calendar: Calendar): Set<Day> =>
  new Set(calendar.holidays.map((date) => numberOf(Temporal.PlainDate.from(date))))

const iso = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
