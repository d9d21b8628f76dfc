import { describe, expect, test } from 'vitest'
import { type ForecastFacts, forecast, seeded } from '../../src/okr/forecast.ts'

const facts: ForecastFacts = { direction: 'up', current: 20, target: 60, weeks: [3, 4, 5, 6], weeksLeft: 6 }

describe('a forecast', () => {
  test('says nothing before four full weeks, nor after the end', () => {
    expect(forecast({ ...facts, weeks: [3, 4, 5] }, seeded('a'))).toBeNull()
    expect(forecast({ ...facts, weeksLeft: 0 }, seeded('a'))).toBeNull()
    expect(forecast(facts, seeded('a'))).not.toBeNull()
  })

  test('is certain where every week was the same, to the part of a week that is left', () => {
    const steady = forecast({ ...facts, current: 10, target: 30, weeks: [4, 4, 4, 4], weeksLeft: 2.5 }, seeded('a'))
    expect(steady).toEqual({
      low: 20,
      likely: 20,
      high: 20,
      reachedIn: 5.5,
      band: [
        { weeks: 1, low: 14, likely: 14, high: 14 },
        { weeks: 2, low: 18, likely: 18, high: 18 },
        { weeks: 2.5, low: 20, likely: 20, high: 20 }
      ]
    })
  })

  test('holds seven runs in ten, and lies around the mean of the weeks', () => {
    const { low, likely, high } = forecast(facts, seeded('kr'))!
    // Six draws of 3 to 6: a mean of 47, a deviation of √(6 × 1.25) = 2.7; P15 and P85 lie 1.04 deviations away.
    expect([low, likely, high]).toEqual([44, 47, 50])
    const six = () =>
      20 + Array.from({ length: 6 }, () => facts.weeks[Math.floor(other() * 4)]!).reduce((a, b) => a + b)
    const other = seeded('another')
    const ends = Array.from({ length: 10_000 }, six)
    const share = ends.filter((end) => end >= low && end <= high).length / ends.length
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.85)
  })

  test('is the same for the same seed, and another for another', () => {
    const wide = { ...facts, weeks: [0.13, 9.7, 2.71, 17.3] }
    expect(forecast(wide, seeded('kr-1'))).toEqual(forecast(wide, seeded('kr-1')))
    expect(forecast(wide, seeded('kr-1'))).not.toEqual(forecast(wide, seeded('kr-2')))
  })

  test('of a figure that is to fall goes down', () => {
    const down = forecast(
      { current: 12, target: 7, direction: 'down', weeks: [-1, -1, -1, -1], weeksLeft: 3 },
      seeded('a')
    )
    expect(down).toMatchObject({ low: 9, likely: 9, high: 9, reachedIn: 5 })
  })

  test('never reaches what nothing moves towards', () => {
    expect(forecast({ ...facts, weeks: [0, 0, 0, 0] }, seeded('a'))?.reachedIn).toBeNull()
  })

  test('needs no time for what has been passed already', () => {
    expect(forecast({ ...facts, current: 61 }, seeded('a'))?.reachedIn).toBe(0)
  })
})
