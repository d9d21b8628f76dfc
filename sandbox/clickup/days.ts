/** Dates without a time: 04:00 in the zone of who sets them (https://developer.clickup.com/docs/general-time). */
import { Temporal } from 'temporal-polyfill'
import type { Due } from './world.ts'

export const dayIn = (date: string, zone: string): Due => ({
  ms: Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '04:00' }).epochMilliseconds,
  time: false
})

/** The calendar day an instant falls on there. */
export const dateIn = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()

/** What a write means: exact with a time, the day it falls on without one. */
export const written = (ms: unknown, time: unknown, zone: string): Due | null =>
  typeof ms !== 'number' ? null : time === true ? { ms, time: true } : dayIn(dateIn(ms, zone), zone)
