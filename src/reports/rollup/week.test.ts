import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../alerts/words/index.ts'
import { lastSendAt, nextSendAt, reportedWeek, weekBefore, weekId, weekLabel, weekOf, writeWeekday } from './week.ts'

const stockholm = { weekday: 1, time: '07:30', zone: 'Europe/Stockholm' }

describe('a week', () => {
  test('runs from Monday to Monday as lived in the zone', () => {
    expect(weekOf('2026-11-22T22:59:59.999Z', 'Europe/Stockholm')).toEqual({
      year: 2026,
      week: 47,
      from: '2026-11-15T23:00:00.000Z',
      to: '2026-11-22T23:00:00.000Z'
    })
    expect(weekOf('2026-11-22T23:00:00.000Z', 'Europe/Stockholm').week).toBe(48)
    expect(weekOf('2026-11-22T23:00:00.000Z', 'America/Bogota').week).toBe(47)
  })
  test('of the change of clocks is an hour shorter or longer', () => {
    expect(weekOf('2026-10-22T12:00:00.000Z', 'Europe/Berlin')).toMatchObject({
      from: '2026-10-18T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z'
    })
    expect(weekOf('2026-03-25T12:00:00.000Z', 'Europe/Berlin')).toMatchObject({
      from: '2026-03-22T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z'
    })
  })
  test('belongs to its ISO year', () => {
    expect(weekId(weekOf('2025-12-29T12:00:00.000Z', 'UTC'))).toBe('2026-W01')
    expect(weekId(weekOf('2027-01-03T12:00:00.000Z', 'UTC'))).toBe('2026-W53')
    expect(weekId(weekBefore(weekOf('2027-01-04T12:00:00.000Z', 'UTC'), 'UTC'))).toBe('2026-W53')
  })
  test('begins at the first instant of a day without midnight', () => {
    // Beirut skips 00:00 on Sunday 29 March 2026; Asunción skipped midnights of Sundays, too.
    expect(weekOf('2026-03-30T12:00:00.000Z', 'Asia/Beirut').from).toBe('2026-03-29T21:00:00.000Z')
  })
  test('is named in each language, with months and years where they differ', () => {
    const week = weekOf('2026-11-18T12:00:00.000Z', 'Europe/Stockholm')
    expect(LANGUAGES.map((language) => weekLabel(week, 'Europe/Stockholm', language))).toEqual([
      'Week 47, 16 to 22 November',
      'Woche 47, 16. bis 22. November',
      'Semana 47, 16 al 22 de noviembre',
      'Semaine 47, 16 au 22 novembre',
      'Semana 47, 16 a 22 de novembro'
    ])
    expect(weekLabel(weekOf('2026-09-30T12:00:00.000Z', 'UTC'), 'UTC', 'en')).toBe('Week 40, 28 September to 4 October')
    expect(weekLabel(weekOf('2025-12-31T12:00:00.000Z', 'UTC'), 'UTC', 'en')).toBe(
      'Week 1, 29 December 2025 to 4 January 2026'
    )
    expect(writeWeekday(1, 'en')).toBe('Monday')
    expect(writeWeekday(7, 'de')).toBe('Sonntag')
  })
})

describe('a subscription', () => {
  test('was last due on its weekday at its time, to the instant', () => {
    expect(lastSendAt('2026-11-23T06:30:00.000Z', stockholm)).toBe('2026-11-23T06:30:00.000Z')
    expect(lastSendAt('2026-11-23T06:29:59.999Z', stockholm)).toBe('2026-11-16T06:30:00.000Z')
    expect(lastSendAt('2026-11-29T22:00:00.000Z', stockholm)).toBe('2026-11-23T06:30:00.000Z')
  })
  test('is next due strictly later', () => {
    expect(nextSendAt('2026-11-23T06:30:00.000Z', stockholm)).toBe('2026-11-30T06:30:00.000Z')
    expect(nextSendAt('2026-11-23T06:29:59.999Z', stockholm)).toBe('2026-11-23T06:30:00.000Z')
  })
  test('keeps its local time over a change of clocks', () => {
    expect(nextSendAt('2026-10-20T00:00:00.000Z', stockholm)).toBe('2026-10-26T06:30:00.000Z')
    expect(lastSendAt('2026-10-20T00:00:00.000Z', stockholm)).toBe('2026-10-19T05:30:00.000Z')
  })
  test('at a time that does not exist is due when the gap has passed', () => {
    const sunday = { weekday: 7, time: '02:30', zone: 'Europe/Berlin' }
    expect(nextSendAt('2026-03-28T12:00:00.000Z', sunday)).toBe('2026-03-29T01:30:00.000Z')
    expect(lastSendAt('2026-03-29T01:29:59.000Z', sunday)).toBe('2026-03-22T01:30:00.000Z')
  })
  test('at a time that occurs twice is due once, at the first', () => {
    const sunday = { weekday: 7, time: '02:30', zone: 'Europe/Berlin' }
    expect(nextSendAt('2026-10-24T12:00:00.000Z', sunday)).toBe('2026-10-25T00:30:00.000Z')
    expect(lastSendAt('2026-10-25T01:30:00.000Z', sunday)).toBe('2026-10-25T00:30:00.000Z')
    expect(nextSendAt('2026-10-25T00:30:00.000Z', sunday)).toBe('2026-11-01T01:30:00.000Z')
  })
  test('steps through two years in every zone without a gap or a double', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'Africa/Cairo']) {
      const subscription = { weekday: 7, time: '00:30', zone }
      const seen = new Set<string>()
      let at = '2025-12-31T00:00:00.000Z'
      for (let week = 0; week < 104; week++) {
        const next = nextSendAt(at, subscription)
        expect(lastSendAt(next, subscription)).toBe(next)
        if (week > 0) expect(lastSendAt(new Date(Date.parse(next) - 1).toISOString(), subscription)).toBe(at)
        seen.add(weekId(reportedWeek(next, subscription)))
        at = next
      }
      expect(seen.size).toBe(104)
    }
  })
  test('reports the week before its day, whichever day that is', () => {
    expect(reportedWeek('2026-11-23T06:30:00.000Z', stockholm)).toEqual(
      weekOf('2026-11-18T12:00:00.000Z', 'Europe/Stockholm')
    )
    expect(weekId(reportedWeek('2026-11-29T12:00:00.000Z', stockholm))).toBe('2026-W47')
    expect(weekId(reportedWeek('2027-01-04T12:00:00.000Z', stockholm))).toBe('2026-W53')
  })
})
