import { afterEach, describe, expect, test } from 'vitest'
import { count, list, number, percent, signed, span, speak } from '../../web/src/words/say.ts'
import { city, day, exactly, hour, moment, recently, shortDay } from '../../web/src/words/time.ts'

const lisbon = { zone: 'Europe/Lisbon', now: '2026-11-19T10:40:00.000Z' }
const tokyo = { ...lisbon, zone: 'Asia/Tokyo' }

afterEach(() => speak('en'))

describe('a moment', () => {
  test.each([
    ['2026-11-19T10:38:20.000Z', lisbon, 'today 10:38'],
    ['2026-11-18T16:12:00.000Z', lisbon, 'yesterday 16:12'],
    ['2026-11-20T08:00:00.000Z', lisbon, 'tomorrow 08:00'],
    ['2026-11-16T09:00:00.000Z', lisbon, 'Mon 16 Nov, 09:00'],
    ['2025-11-18T16:12:00.000Z', lisbon, 'Tue 18 Nov 2025, 16:12'],
    // The same instants, on the calendar of another wall.
    ['2026-11-18T16:12:00.000Z', tokyo, 'today 01:12'],
    ['2026-12-31T23:30:00.000Z', tokyo, 'Fri 1 Jan 2027, 08:30']
  ])('%s is “%s”', (at, clock, said) => expect(moment(at, clock)).toBe(said))

  test('crosses the hour that is skipped without losing a day', () => {
    const spring = { zone: 'Europe/Lisbon', now: '2027-03-29T00:30:00.000Z' }
    expect(moment('2027-03-28T00:30:00.000Z', spring)).toBe('yesterday 00:30')
  })

  test('is told exactly, with its zone, behind the shorter form', () => {
    expect(exactly('2026-11-18T16:12:07.000Z', 'Europe/Lisbon')).toBe('Wednesday, 18 November 2026 at 16:12:07 WET')
    expect(exactly('2026-11-18', 'Asia/Tokyo')).toBe('Wednesday, 18 November 2026')
  })
})

test('a plain date has no zone', () => {
  expect(day('2026-11-20', { ...lisbon, zone: 'Pacific/Honolulu' })).toBe('Fri 20 Nov')
  expect(shortDay('2026-10-19', tokyo)).toBe('19 Oct')
  expect(shortDay('2025-10-19', tokyo)).toBe('19 Oct 2025')
})

test('what just was is told by how long ago', () => {
  expect(recently('2026-11-19T10:39:30.000Z', lisbon)).toBe('just now')
  expect(recently('2026-11-19T10:36:00.000Z', lisbon)).toBe('4 min ago')
  expect(recently('2026-11-19T08:20:00.000Z', lisbon)).toBe('today 08:20')
  // A clock that runs ahead of ours.
  expect(recently('2026-11-19T10:41:00.000Z', lisbon)).toBe('today 10:41')
})

test('a zone is named by its city', () => {
  expect([city('America/Argentina/Buenos_Aires'), city('UTC')]).toEqual(['Buenos Aires', 'UTC'])
  expect(hour('2026-11-19T10:40:00.000Z', 'Asia/Kolkata')).toBe('16:10')
})

test('numbers, per cents, lists and spans are written as people write them', () => {
  expect([number(7413), number(8.44), percent(0.594), signed(5), signed(-2), signed(0)]).toEqual([
    '7,413',
    '8.4',
    '59%',
    '+5',
    '-2',
    '0'
  ])
  expect([count(1, 'card', 'cards'), count(0, 'card', 'cards')]).toEqual(['1 card', '0 cards'])
  expect(list(['Trello', 'monday', 'Linear'])).toBe('Trello, monday and Linear')
  expect([4, 60, 140, 4320].map(span)).toEqual(['4 min', '1 h', '2 h 20 min', '3 days'])
})

test('another language writes them its way', () => {
  speak('de')
  expect([number(7413), day('2026-11-18', lisbon)]).toEqual(['7.413', 'Mi., 18. Nov.'])
})
