import { describe, expect, test } from 'vitest'
import { elapsed, expectedBy, type KeyResultProgress, pace } from '../../src/okr/progress.ts'

const keyResult = (facts: Partial<KeyResultProgress> = {}): KeyResultProgress => ({
  id: 'kr',
  objectiveId: 'o',
  objective: 'Objective',
  title: 'Key result',
  unit: 'cards',
  direction: 'up',
  start: 0,
  target: 100,
  startsOn: '2026-10-01',
  endsOn: '2026-10-10',
  zone: 'UTC',
  current: 0,
  contributions: 0,
  ...facts
})

describe('an even pace', () => {
  test('begins at nothing on the first day, gains a day’s share each midnight, and is whole after the last day', () => {
    const at = (now: string) => elapsed(keyResult(), now)
    expect(at('2026-09-01T00:00:00.000Z')).toBe(0)
    expect(at('2026-10-01T23:59:59.999Z')).toBe(0)
    expect(at('2026-10-02T00:00:00.000Z')).toBe(0.1)
    expect(at('2026-10-10T23:59:59.999Z')).toBe(0.9)
    expect(at('2026-10-11T00:00:00.000Z')).toBe(1)
    expect(at('2027-10-11T00:00:00.000Z')).toBe(1)
  })

  test('is of the key result’s own zone, and a day of 25 hours is a day', () => {
    const [east, west] = [keyResult({ zone: 'Pacific/Auckland' }), keyResult({ zone: 'America/Los_Angeles' })]
    expect(elapsed(east, '2026-10-01T11:00:00.000Z')).toBe(0.1)
    expect(elapsed(west, '2026-10-02T06:59:59.999Z')).toBe(0)
    const autumn = keyResult({ zone: 'Europe/Lisbon', startsOn: '2026-10-24', endsOn: '2026-10-27' })
    expect(elapsed(autumn, '2026-10-26T00:00:00.000Z')).toBe(0.5)
    expect(elapsed(autumn, '2026-10-25T23:59:59.999Z')).toBe(0.25)
  })

  test('leads from the start to the target, upwards and downwards', () => {
    expect(expectedBy(keyResult({ start: 10, target: 30 }), '2026-10-06T00:00:00.000Z')).toBe(20)
    expect(expectedBy(keyResult({ start: 12, target: 2, direction: 'down' }), '2026-10-04T00:00:00.000Z')).toBe(9)
  })

  test.each([
    [50, 'on track'],
    [49, 'at risk'],
    [35, 'at risk'],
    [34.9, 'off track'],
    [-5, 'off track'],
    [140, 'on track']
  ])('half way through, %d of 100 is %s', (current, expected) => {
    expect(pace(keyResult({ current }), '2026-10-06T00:00:00.000Z')).toBe(expected)
  })

  test.each([
    [60, 'on track'],
    [61, 'at risk'],
    [72, 'at risk'],
    [73, 'off track']
  ])('half way down from 100 to 20, %d is %s', (current, expected) => {
    const down = keyResult({ start: 100, target: 20, direction: 'down', current })
    expect(pace(down, '2026-10-06T00:00:00.000Z')).toBe(expected)
  })

  test('on the first day nothing is behind, and a target that is the start is reached', () => {
    expect(pace(keyResult({ current: 0 }), '2026-10-01T12:00:00.000Z')).toBe('on track')
    expect(pace(keyResult({ start: 5, target: 5, current: 5 }), '2026-10-09T12:00:00.000Z')).toBe('on track')
  })
})
