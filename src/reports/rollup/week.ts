/**
 * ISO weeks in a zone, and when a weekly mail is due. Pure: `now` comes in. All arithmetic is Temporal's, so days of 23
 * and 25 hours count as days. Instants are ISO 8601 in UTC with milliseconds; zones are IANA names, and one that cannot
 * be read throws a RangeError.
 */
import { Temporal } from 'temporal-polyfill'
import { type Language, languageOf, writeDate } from '../../alerts/words/writing.ts'

export interface Week {
  /** The ISO year, which is not always the calendar's: 29 December 2025 lies in week 1 of 2026. */
  year: number
  week: number
  /** Monday's first instant. */
  from: string
  /** The next Monday's first instant: the week ends just before it. */
  to: string
}

export interface Subscription {
  /** ISO weekday, 1 (Monday) to 7. */
  weekday: number
  /** Local, `HH:MM`. */
  time: string
  zone: string
}

/** The ISO week an instant lies in, as lived in the zone. */
export function weekOf(instant: string, zone: string): Week {
  return weekFrom(dateIn(instant, zone), zone)
}

/** `2026-W47`: sorts in time, and names the week in ids and files. */
export const weekId = ({ year, week }: Pick<Week, 'year' | 'week'>): string =>
  `${year}-W${String(week).padStart(2, '0')}`

/** `Week 47, 16 to 22 November`, in the language; both months and years only where they differ. */
export function weekLabel(week: Pick<Week, 'week' | 'from' | 'to'>, zone: string, language: string): string {
  const tag = languageOf(language)
  return `${WEEK[tag]} ${week.week}, ${writeSpan(week.from, week.to, zone, tag)}`
}

/** `16 to 22 November`: the dates from an instant to just before another one. */
export function writeSpan(
  from: string,
  to: string,
  zone: string,
  language: Language,
  month: 'long' | 'short' = 'long'
): string {
  const first = dateIn(from, zone)
  const last = dateIn(to, zone).subtract({ days: 1 })
  const write = (date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions) =>
    writeDate(language, { timeZone: 'UTC', ...options }, new Date(`${date.toString()}T12:00:00Z`))
  const whole = { day: 'numeric', month } as const
  const year = first.year === last.year ? {} : ({ year: 'numeric' } as const)
  const sameMonth = first.month === last.month && first.year === last.year
  const start = sameMonth ? write(first, { day: 'numeric' }) : write(first, { ...whole, ...year })
  const dot = sameMonth && language === 'de' ? '.' : ''
  return `${start}${dot} ${TO[language]} ${write(last, { ...whole, ...year })}`
}

/**
 * The latest instant at or before `now` at which the subscription was due. A local time that a change of clocks skips is
 * moved forward by the gap (02:30 becomes 03:30); one that occurs twice is the first of the two, so it is due once.
 */
export function lastSendAt(now: string, subscription: Subscription): string {
  const here = dateIn(now, subscription.zone)
  const back = (here.dayOfWeek - subscription.weekday + 7) % 7
  for (let date = here.subtract({ days: back }); ; date = date.subtract({ weeks: 1 })) {
    const at = sendInstant(date, subscription)
    if (Temporal.Instant.compare(at, Temporal.Instant.from(now)) <= 0) return iso(at)
  }
}

/** The first instant after `now` at which the subscription is due. */
export function nextSendAt(now: string, subscription: Subscription): string {
  const here = dateIn(now, subscription.zone)
  const ahead = (subscription.weekday - here.dayOfWeek + 7) % 7
  for (let date = here.add({ days: ahead }); ; date = date.add({ weeks: 1 })) {
    const at = sendInstant(date, subscription)
    if (Temporal.Instant.compare(at, Temporal.Instant.from(now)) > 0) return iso(at)
  }
}

/** The ISO week that a mail sent at `sendAt` reports: the one before the week of the send day. */
export function reportedWeek(sendAt: string, { zone }: Pick<Subscription, 'zone'>): Week {
  return weekFrom(dateIn(sendAt, zone).subtract({ weeks: 1 }), zone)
}

/** The week before another one, for "the week before". */
export function weekBefore(week: Pick<Week, 'from'>, zone: string): Week {
  return weekFrom(dateIn(week.from, zone).subtract({ days: 7 }), zone)
}

/** Monday in the language: the name of an ISO weekday. */
export const writeWeekday = (weekday: number, language: Language): string =>
  writeDate(language, { timeZone: 'UTC', weekday: 'long' }, new Date(Date.UTC(2024, 0, weekday, 12)))

const WEEK: Record<Language, string> = { en: 'Week', de: 'Woche', es: 'Semana', fr: 'Semaine', pt: 'Semana' }
const TO: Record<Language, string> = { en: 'to', de: 'bis', es: 'al', fr: 'au', pt: 'a' }

function weekFrom(date: Temporal.PlainDate, zone: string): Week {
  const monday = date.subtract({ days: date.dayOfWeek - 1 })
  return {
    year: date.yearOfWeek!,
    week: date.weekOfYear!,
    from: midnight(monday, zone),
    to: midnight(monday.add({ weeks: 1 }), zone)
  }
}

const dateIn = (instant: string, zone: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate()

/** A date's first instant; some zones change their clocks at midnight. */
const midnight = (date: Temporal.PlainDate, zone: string): string => iso(date.toZonedDateTime(zone).toInstant())

const sendInstant = (date: Temporal.PlainDate, { time, zone }: Subscription): Temporal.Instant =>
  date
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
    .toInstant()

const iso = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })
