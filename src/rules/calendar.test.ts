import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { Calendar, DEFAULT_CALENDAR, overdueCutoffs, staleCutoff, startOfDay, workingAge } from './calendar.ts'

const paris: Calendar = { ...DEFAULT_CALENDAR, zone: 'Europe/Paris' }

// November 2026: Monday the 16th, Friday the 20th, Monday the 23rd. Paris is UTC+1.
describe('the age of a task', () => {
  const entered = '2026-11-16T10:00:00.000Z'

  it.each([
    ['on the day it came', '2026-11-16T22:00:00.000Z', 0],
    ['on the next day before work begins', '2026-11-17T07:59:59.999Z', 0],
    ['on the next day as work begins', '2026-11-17T08:00:00.000Z', 1],
    ['on Friday', '2026-11-20T12:00:00.000Z', 4],
    ['on Saturday', '2026-11-21T12:00:00.000Z', 4],
    ['on Sunday', '2026-11-22T22:59:00.000Z', 4],
    ['on Monday before work begins', '2026-11-23T07:00:00.000Z', 4],
    ['on Monday', '2026-11-23T08:00:00.000Z', 5],
    ['ten weeks later', '2027-01-25T12:00:00.000Z', 50],
    ['before it came', '2026-11-01T12:00:00.000Z', 0]
  ])('%s', (_when, now, age) => {
    expect(workingAge(entered, now, paris)).toBe(age)
  })

  it('takes the entry date in the calendar’s zone', () => {
    const lateOnMonday = '2026-11-16T23:30:00.000Z' // Tuesday in Paris
    expect(workingAge(lateOnMonday, '2026-11-18T12:00:00.000Z', paris)).toBe(1)
    expect(workingAge(lateOnMonday, '2026-11-18T12:00:00.000Z', DEFAULT_CALENDAR)).toBe(2)
  })

  it('leaves out holidays, once each and only on working days', () => {
    const holidays = ['2026-11-18', '2026-11-18', '2026-11-21', '2026-11-16']
    expect(workingAge(entered, '2026-11-23T12:00:00.000Z', { ...paris, holidays })).toBe(4)
  })

  it('knows weeks that begin on Sunday', () => {
    const calendar: Calendar = { ...DEFAULT_CALENDAR, zone: 'Asia/Jerusalem', workingDays: [7, 1, 2, 3, 4] }
    expect(workingAge('2026-11-19T10:00:00Z', '2026-11-22T12:00:00Z', calendar)).toBe(1)
  })
})

describe('the cut-off', () => {
  it('is the start of the working date n + 1 back', () => {
    expect(staleCutoff(5, '2026-11-23T12:00:00.000Z', paris)).toBe('2026-11-15T23:00:00.000Z')
    expect(staleCutoff(4, '2026-11-23T12:00:00.000Z', paris)).toBe('2026-11-16T23:00:00.000Z')
    expect(staleCutoff(0, '2026-11-23T12:00:00.000Z', paris)).toBe('2026-11-22T23:00:00.000Z')
  })

  it('stands still from Friday morning to Monday morning, so what has fired stays fired', () => {
    const friday = staleCutoff(3, '2026-11-20T08:00:00.000Z', paris)
    expect(friday).toBe('2026-11-16T23:00:00.000Z')
    for (const now of ['2026-11-20T23:30:00Z', '2026-11-21T12:00:00Z', '2026-11-22T12:00:00Z', '2026-11-23T07:59:59Z'])
      expect(staleCutoff(3, now, paris)).toBe(friday)
    expect(staleCutoff(3, '2026-11-23T08:00:00Z', paris)).toBe('2026-11-17T23:00:00.000Z')
  })

  it('is not midnight where summer time begins at midnight', () => {
    // Cairo, Friday 2026-04-24: 00:00 becomes 01:00.
    const cairo: Calendar = { ...DEFAULT_CALENDAR, zone: 'Africa/Cairo', workingDays: [7, 1, 2, 3, 4, 5] }
    expect(staleCutoff(0, '2026-04-24T12:00:00Z', cairo)).toBe('2026-04-23T22:00:00.000Z')
    expect(startOfDay('2026-04-24', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z')
    expect(startOfDay('2026-04-25', 'Africa/Cairo')).toBe('2026-04-24T21:00:00.000Z')
  })

  it('is crossed once where clocks went back over midnight', () => {
    // St. John's, Sunday 2010-11-07: at 00:01 it became 23:01 of Saturday again.
    const stJohns: Calendar = { ...DEFAULT_CALENDAR, zone: 'America/St_Johns', workingDays: [1, 2, 3, 4, 5, 6, 7] }
    const [now, secondSaturdayNight] = ['2010-11-07T20:00:00Z', '2010-11-07T03:00:00.000Z']
    expect(staleCutoff(0, now, stJohns)).toBe('2010-11-07T02:30:00.000Z')
    expect(workingAge(secondSaturdayNight, now, stJohns)).toBe(0)
    expect(workingAge('2010-11-07T02:29:59.999Z', now, stJohns)).toBe(1)
  })

  it('refuses a limit that is no whole number', () => {
    for (const n of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => staleCutoff(n, '2026-11-23T12:00:00Z', paris)).toThrow(RangeError)
  })
})

describe('age and cut-off', () => {
  const zones = [
    'UTC',
    'Europe/Paris',
    'America/New_York',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Pacific/Apia',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'Asia/Beirut',
    'America/Havana',
    'America/Santiago',
    'Asia/Tehran',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Africa/Casablanca'
  ]
  const day = 86_400_000
  const years = { min: Date.UTC(2003, 0, 1), max: Date.UTC(2028, 0, 1) }
  /** Any instant, or one within two minutes of some zone's change of clocks. */
  const instant = (zone: string) =>
    fc.oneof(
      fc.integer(years),
      fc.tuple(fc.integer(years), fc.integer({ min: -7_200_000, max: 7_200_000 })).map(([near, off]) => {
        const change = Temporal.Instant.fromEpochMilliseconds(near)
          .toZonedDateTimeISO(zone)
          .getTimeZoneTransition('next')
        return Math.min(change?.epochMilliseconds ?? near, years.max) + off
      })
    )
  const situation = fc.constantFrom(...zones).chain((zone) =>
    instant(zone).chain((now) =>
      fc.record({
        now: fc.constant(now),
        entered: fc.oneof(
          fc.integer({ min: 0, max: 60 * day }).map((ago) => now - ago),
          fc.integer({ min: -3, max: 400 }).map((ago) => now - ago * day),
          instant(zone)
        ),
        n: fc.integer({ min: 0, max: 40 }),
        calendar: fc.record({
          zone: fc.constant(zone),
          workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
          hours: fc.constantFrom(
            { start: '00:00', end: '23:59' },
            { start: '09:00', end: '17:00' },
            { start: '23:30', end: '23:45' }
          ),
          holidays: fc.array(
            fc.integer({ min: 0, max: 90 }).map((ago) => new Date(now - ago * day).toISOString().slice(0, 10)),
            { maxLength: 20 }
          )
        })
      })
    )
  )
  const isoOf = (ms: number) => new Date(ms).toISOString()

  it('agree in every zone, at every instant', () => {
    fc.assert(
      fc.property(situation, ({ now, entered, n, calendar }) => {
        const older = workingAge(isoOf(entered), isoOf(now), calendar) > n
        expect(isoOf(entered) < staleCutoff(n, isoOf(now), calendar)).toBe(older)
      }),
      { numRuns: 4000 }
    )
  })

  it('agree at the cut-off itself and a millisecond before it', () => {
    fc.assert(
      fc.property(situation, ({ now, n, calendar }) => {
        const cutoff = staleCutoff(n, isoOf(now), calendar)
        expect(workingAge(cutoff, isoOf(now), calendar)).toBe(n)
        expect(workingAge(isoOf(Date.parse(cutoff) - 1), isoOf(now), calendar)).toBeGreaterThan(n)
      }),
      { numRuns: 2000 }
    )
  })

  it('are those of counting the dates one by one', () => {
    fc.assert(
      fc.property(situation, ({ now, entered, calendar }) => {
        const local = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.zone)
        const startedBy = (ms: number) => {
          const date = local(ms).toPlainDate()
          const next = date.add({ days: 1 })
          return next.toZonedDateTime(calendar.zone).epochMilliseconds <= ms ? next : date
        }
        let counted = 0
        const last = startedBy(now)
        const from = startedBy(entered)
        for (
          let date = from.add({ days: 1 });
          Temporal.PlainDate.compare(date, last) <= 0;
          date = date.add({ days: 1 })
        ) {
          const begins = date.toZonedDateTime({
            timeZone: calendar.zone,
            plainTime: calendar.hours.start
          }).epochMilliseconds
          const works = calendar.workingDays.includes(date.dayOfWeek) && !calendar.holidays.includes(date.toString())
          if (works && (date.until(last).days > 0 || begins <= now)) counted++
        }
        expect(workingAge(isoOf(entered), isoOf(now), calendar)).toBe(counted)
      }),
      { numRuns: 200 }
    )
  })

  it('only ever grow as time passes', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: 3 * day }), ({ now, entered, n, calendar }, later) => {
        expect(workingAge(isoOf(entered), isoOf(now + later), calendar)).toBeGreaterThanOrEqual(
          workingAge(isoOf(entered), isoOf(now), calendar)
        )
        expect(staleCutoff(n, isoOf(now + later), calendar) >= staleCutoff(n, isoOf(now), calendar)).toBe(true)
      }),
      { numRuns: 1000 }
    )
  })
})

describe('what is overdue', () => {
  it('is told by the instant for a time, and by the local date for a date', () => {
    expect(overdueCutoffs('2026-11-16T23:30:00Z', 'Europe/Paris')).toEqual({
      instant: '2026-11-16T23:30:00.000Z',
      date: '2026-11-17'
    })
    expect(overdueCutoffs('2026-11-16T23:30:00Z', 'America/New_York').date).toBe('2026-11-16')
    expect(overdueCutoffs('2026-11-16T23:30:00Z', 'Pacific/Kiritimati').date).toBe('2026-11-17')
  })
})

describe('a calendar', () => {
  it('works from nine to five, Monday to Friday, unless told otherwise', () => {
    expect(DEFAULT_CALENDAR).toEqual({
      zone: 'UTC',
      workingDays: [1, 2, 3, 4, 5],
      hours: { start: '09:00', end: '17:00' },
      holidays: []
    })
  })

  it.each([
    [{ zone: 'Mars/Base' }, '"Mars/Base" is no time zone. Use an IANA name such as Europe/Paris or UTC.'],
    [{ zone: '+02:00' }, '"+02:00" is no time zone. Use an IANA name such as Europe/Paris or UTC.'],
    [{ zone: 'UTC', workingDays: [] }, 'A calendar needs at least one working day.'],
    [{ zone: 'UTC', hours: { start: '9', end: '17:00' } }, 'Write a time of day as HH:MM, for example 09:00.'],
    [
      { zone: 'UTC', hours: { start: '17:00', end: '09:00' } },
      'Working hours have to end after they start, on the same day.'
    ],
    [{ zone: 'UTC', holidays: ['2026-02-30'] }, 'Invalid ISO date']
  ])('%j is refused', (value, message) => {
    expect(Calendar.safeParse(value).error?.issues[0]?.message).toBe(message)
  })
})
