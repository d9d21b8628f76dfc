import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { local } from '../../src/cli/reach.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { addPerson } from '../../src/operations/people/people.ts'
import { subscribe } from '../../src/operations/reports/reports.ts'
import { enqueueDueReports } from '../../src/reports/schedule.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject } from '../helpers/plant.ts'

let hub: Awaited<ReturnType<typeof testHub>>
let now = '2026-09-01T00:00:00.000Z'
beforeAll(async () => {
  hub = await testHub()
})
afterAll(() => hub.close())
beforeEach(async () => {
  for (const table of ['outbox', 'people', 'projects']) await hub.db.run(sql`delete from ${sql.raw(table)}`)
})

/** The hub as another process would have it, at the moment that `now` says. */
const process = (): Hub => ({ ...hub, owner: 'another', now: () => now })
const at = async (instant: string): Promise<number> => {
  now = instant
  return enqueueDueReports(process())
}
const sent = async () =>
  (await hub.db.rows<{ key: string }>(sql`select key from outbox order by id`)).map(({ key }) => key.split(':').at(-1))

async function reader(zone: string, options: { weekday?: number; time?: string; since?: string; email?: string } = {}) {
  now = options.since ?? '2026-09-01T00:00:00.000Z'
  const email = options.email ?? 'ana@example.com'
  const reach = local(process())
  await reach.call(addPerson, { name: email.split('@')[0] as string, email, timeZone: zone })
  await reach.call(subscribe, { email, weekday: options.weekday ?? 1, time: options.time ?? '07:30' })
}

/** One millisecond before an instant. */
const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()

describe('a weekly report', () => {
  test.each([
    ['Europe/Lisbon in summer', 'Europe/Lisbon', 1, '07:30', '2026-10-19T06:30:00.000Z', '2026-W42'],
    [
      'Europe/Lisbon, the day after clocks went back',
      'Europe/Lisbon',
      1,
      '07:30',
      '2026-10-26T07:30:00.000Z',
      '2026-W43'
    ],
    [
      'Europe/Lisbon, the day after clocks went forward',
      'Europe/Lisbon',
      1,
      '07:30',
      '2027-03-29T06:30:00.000Z',
      '2027-W12'
    ],
    ['a time that clocks skip', 'America/New_York', 7, '02:30', '2027-03-14T07:30:00.000Z', '2027-W09'],
    ['a time that comes twice', 'America/New_York', 7, '01:30', '2026-11-01T05:30:00.000Z', '2026-W43'],
    ['the other side of the date line', 'Pacific/Kiritimati', 1, '07:30', '2026-11-15T17:30:00.000Z', '2026-W46'],
    ['the turn of the year', 'Europe/Paris', 1, '07:30', '2027-01-04T06:30:00.000Z', '2026-W53']
  ])('is due at the right instant, once: %s', async (_what, zone, weekday, time, due, week) => {
    const aDayBefore = new Date(Date.parse(due) - 86_400_000).toISOString()
    await reader(zone, { weekday, time, since: aDayBefore })
    expect(await at(before(due))).toBe(0)
    expect(await at(due)).toBe(1)
    expect(await sent()).toEqual([week])
    for (const hours of [0, 1, 2, 24, 6 * 24]) {
      expect(await at(new Date(Date.parse(due) + hours * 3_600_000).toISOString())).toBe(0)
    }
    expect(await sent()).toEqual([week])
  })

  test('leaves once a week through a whole year of ticks, whatever clocks do', async () => {
    await reader('Europe/London', { since: '2026-09-07T00:00:00.000Z' })
    const total = 60
    for (let week = 0; week < total; week++) {
      const monday = Date.UTC(2026, 8, 7 + week * 7)
      for (const hour of [6.4, 6.6, 7.6, 12, 100]) await at(new Date(monday + hour * 3_600_000).toISOString())
    }
    const weeks = await sent()
    expect([weeks.length, new Set(weeks).size, weeks[0], weeks.at(-1)]).toEqual([total, total, '2026-W36', '2027-W42'])
  })

  test('is put into the outbox once, though processes look at the same moment, and again after a restart', async () => {
    await reader('UTC')
    now = '2026-11-16T07:30:00.000Z'
    const added = await Promise.all([1, 2, 3, 4].map(() => enqueueDueReports(process())))
    expect(added.reduce((sum, n) => sum + n)).toBe(1)
    expect(await at('2026-11-16T07:30:10.000Z')).toBe(0)
    expect(await sent()).toEqual(['2026-W46'])
  })

  test('that was due while we were down leaves late, once, and only the last one of several', async () => {
    await reader('UTC')
    await at('2026-11-02T07:30:00.000Z')
    expect(await at('2026-11-19T16:00:00.000Z')).toBe(1)
    expect(await at('2026-11-19T16:00:10.000Z')).toBe(0)
    expect(await sent()).toEqual(['2026-W44', '2026-W46'])
    expect(await at('2026-11-23T07:30:00.000Z')).toBe(1)
  })

  test('is not sent for the time before someone subscribed', async () => {
    await reader('UTC', { since: '2026-11-17T10:00:00.000Z' })
    expect(await at('2026-11-17T10:00:01.000Z')).toBe(0)
    expect(await at('2026-11-23T07:29:59.999Z')).toBe(0)
    expect(await at('2026-11-23T07:30:00.000Z')).toBe(1)
    expect(await sent()).toEqual(['2026-W47'])
  })

  test('is not sent again for the same week when day, time or zone change', async () => {
    await reader('UTC')
    expect(await at('2026-11-16T07:30:00.000Z')).toBe(1)
    await local(process()).call(subscribe, { email: 'ana@example.com', weekday: 3, time: '12:00' })
    expect(await at('2026-11-18T12:00:00.000Z')).toBe(0)
    await local(process()).call(addPerson, { name: 'Ana', email: 'ana@example.com', timeZone: 'Asia/Tokyo' })
    expect(await at('2026-11-18T13:00:00.000Z')).toBe(0)
    expect(await at('2026-11-25T03:00:00.000Z')).toBe(1)
    expect(await sent()).toEqual(['2026-W46', '2026-W47'])
  })

  test('waits for boards that were not read since it was due, two hours and no longer', async () => {
    await plantProject(hub.db, { id: 'a', name: 'A', readAt: '2026-11-16T07:29:59.999Z' })
    await plantProject(hub.db, { id: 'b', name: 'B', readAt: '2026-11-16T07:31:00.000Z' })
    await reader('UTC')
    expect(await at('2026-11-16T07:31:00.000Z')).toBe(0)
    expect(await at('2026-11-16T09:29:59.999Z')).toBe(0)
    expect(await at('2026-11-16T09:30:00.000Z')).toBe(1)
  })

  test('does not wait when they have been read, nor for boards that are archived or not chosen', async () => {
    await plantProject(hub.db, { id: 'a', name: 'A', readAt: '2026-11-16T07:30:00.000Z' })
    await plantProject(hub.db, { id: 'b', name: 'B', archived: true })
    await plantProject(hub.db, { id: 'c', name: 'C', chosen: false })
    await reader('UTC')
    expect(await at('2026-11-16T07:30:00.001Z')).toBe(1)
  })

  test('waits for a board that was never read, but not for one it is not about', async () => {
    await plantProject(hub.db, { id: 'a', name: 'A', readAt: '2026-11-16T07:30:00.000Z' })
    await plantProject(hub.db, { id: 'b', name: 'B' })
    await reader('UTC', { email: 'all@example.com' })
    await reader('UTC', { email: 'one@example.com' })
    await local(process()).call(subscribe, { email: 'one@example.com', projects: ['A'] })
    expect(await at('2026-11-16T07:31:00.000Z')).toBe(1)
    const [row] = await hub.db.rows<{ to: string }>(sql`select payload -> 'to' ->> 'address' as to from outbox`)
    expect(row?.to).toBe('one@example.com')
    expect(await at('2026-11-16T09:30:00.000Z')).toBe(1)
  })

  test('of one person that cannot be written costs the others nothing, and is not hidden', async () => {
    await reader('UTC', { email: 'aaron@example.com' })
    await reader('UTC', { email: 'zoe@example.com' })
    await hub.db.run(sql`update people set time_zone = 'Mars/Olympus' where email = 'aaron@example.com'`)
    now = '2026-11-16T07:30:00.000Z'
    await expect(enqueueDueReports(process())).rejects.toThrow(RangeError)
    expect(await sent()).toEqual(['2026-W46'])
  })
})
