/**
 * Moments as people say them, in one zone: “today 10:38”, “yesterday 16:12”, “Wed 18 Nov, 16:12”, the year only if it
 * is another. All take ISO instants; plain dates (`2026-11-18`) have no zone and stay what they are.
 */
import { span, spoken } from './say.ts'

export interface Clock {
  /** IANA zone of the reader. */
  zone: string
  /** ISO instant. */
  now: string
}

const WORDS = {
  today: (time: string) => `today ${time}`,
  yesterday: (time: string) => `yesterday ${time}`,
  tomorrow: (time: string) => `tomorrow ${time}`,
  justNow: 'just now',
  ago: (time: string) => `${time} ago`
}

export function moment(iso: string, { zone, now }: Clock): string {
  const time = write(iso, zone, TIME)
  const apart = daysBetween(dayOf(now, zone), dayOf(iso, zone))
  if (apart === 0) return WORDS.today(time)
  if (apart === -1) return WORDS.yesterday(time)
  if (apart === 1) return WORDS.tomorrow(time)
  return `${day(iso, { zone, now })}, ${time}`
}

/** “Wed 18 Nov”, “Wed 18 Nov 2025” in another year. */
export function day(iso: string, { zone, now }: Clock): string {
  const other = dayOf(iso, zone).slice(0, 4) !== dayOf(now, zone).slice(0, 4)
  return write(iso, zone, { ...DAY, ...(other ? { year: 'numeric' } : {}) }).replace(/(\p{L}+),/u, '$1')
}

/** “19 Oct”, for narrow columns. */
export function shortDay(iso: string, { zone, now }: Clock): string {
  const other = dayOf(iso, zone).slice(0, 4) !== dayOf(now, zone).slice(0, 4)
  return write(iso, zone, { day: 'numeric', month: 'short', ...(other ? { year: 'numeric' } : {}) })
}

/** “just now”, “4 min ago”, then as `moment`. */
export function recently(iso: string, clock: Clock): string {
  const minutes = Math.floor((Date.parse(clock.now) - Date.parse(iso)) / 60_000)
  if (minutes < 0 || minutes >= 60) return moment(iso, clock)
  if (minutes < 1) return WORDS.justNow
  return WORDS.ago(span(minutes))
}

/** “Wednesday, 18 November 2026 at 16:12:07 WET”: what stands behind every shorter form. */
export const exactly = (iso: string, zone: string): string =>
  isDate(iso)
    ? write(iso, zone, { dateStyle: 'full' })
    : write(iso, zone, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        ...TIME,
        second: '2-digit',
        timeZoneName: 'short'
      })

/** “10:38”. */
export const hour = (iso: string, zone: string): string => write(iso, zone, TIME)

/** “Lisbon” of `Europe/Lisbon`. */
export const city = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const

const isDate = (iso: string): boolean => /^\d{4}-\d\d-\d\d$/.test(iso)

function write(iso: string, zone: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(spoken(), { ...how, timeZone: isDate(iso) ? 'UTC' : zone }).format(new Date(iso))
}

/** `2026-11-18`, as the calendar on the wall of that zone says. */
function dayOf(iso: string, zone: string): string {
  if (isDate(iso)) return iso
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(iso))
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
