/** What the benchmarks make of their measurements, and that small ones run; nothing timed is asserted. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bareOnPglite } from '../../bench/bare.ts'
import { connectBench, freshHub, startStandIn } from '../../bench/ground.ts'
import { type Bar, figure, median } from '../../bench/ratio.ts'
import { openEmbedded, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { syncScope } from '../../src/sync/run.ts'

const bar: Bar = { name: 'x', work: 'something', reach: 1.5, holds: 'most', unit: 's' }

describe('a figure', () => {
  it('compares the two of each round first, and takes the median of the ratios', () => {
    expect(figure(bar, { hub: [3, 10, 4], baseline: [2, 5, 4] })).toEqual({
      name: 'x',
      ratio: 1.5,
      reach: 1.5,
      reached: true,
      hub: 4,
      baseline: 4,
      unit: 's'
    })
  })

  it('is reached from above or from below, as its bar says', () => {
    const slower = { hub: [8], baseline: [5], note: 'two cores' }
    expect(figure(bar, slower)).toMatchObject({ ratio: 1.6, reached: false, note: 'two cores' })
    expect(figure({ ...bar, holds: 'least' }, slower)).toMatchObject({ ratio: 1.6, reached: true })
    expect(figure({ ...bar, holds: 'least' }, { hub: [7], baseline: [5] })).toMatchObject({
      ratio: 1.4,
      reached: false
    })
  })

  it('needs both of every round', () => {
    expect(() => figure(bar, { hub: [1, 2], baseline: [1] })).toThrow('x: rounds go in pairs.')
    expect(() => figure(bar, { hub: [], baseline: [] })).toThrow(RangeError)
  })

  it('takes the middle one, or the mean of the two in the middle', () => {
    expect([median([5, 1, 9]), median([4, 1, 3, 2])]).toEqual([5, 2.5])
  })
})

describe('the bare path', () => {
  const rows = (db: Hub['db']) =>
    db.rows(sql`
      select id, project_id, column_id, title, description, assignees, creator, labels, due_at, created_at, updated_at,
        checklist_done, checklist_total, comment_count, presence, category, open, entered_column_at, entered_known,
        completed_at, completed_known, valid_from
      from tasks order by id`)

  it('writes the very rows that the hub writes, and none of them again', async () => {
    const standIn = await startStandIn(2, 1200)
    const [hub, ground] = [await freshHub('pglite'), await freshHub('pglite')]
    for (const scope of await connectBench(hub, standIn)) await syncScope(hub, scope)
    await connectBench(ground, standIn)
    await ground.release()
    const bare = await bareOnPglite(ground.folder, standIn)
    expect(await bare.sync()).toBe(2400)
    expect(await bare.sync()).toBe(0)
    await bare.close()
    const written = await openEmbedded(ground.folder)
    expect(await rows(written)).toEqual(await rows(hub.db))
    await written.close()
    await ground.close()
    await hub.close()
    await standIn.stop()
  })
})

describe('npm run bench', () => {
  const main = fileURLToPath(new URL('../../bench/main.ts', import.meta.url))
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [main, ...args], {
      env: { ...process.env, DATABASE_URL: '', REDIS_URL: '' }
    })

  it('prints JSON of the benchmarks that are named, at a small size', async () => {
    const { stdout } = await run('sync-first-embedded', 'rate-limited', '--json', '--size', '0.01', '--rounds', '1')
    const figures = JSON.parse(stdout) as Record<string, unknown>[]
    expect(figures.map(({ name, reach, unit }) => [name, reach, unit])).toEqual([
      ['sync-first-embedded', 1.5, 's'],
      ['rate-limited', 1.05, 's']
    ])
    for (const one of figures) {
      expect(Object.keys(one)).toEqual(['name', 'ratio', 'reach', 'reached', 'hub', 'baseline', 'unit'])
    }
  })

  it('says which are skipped where there is no server, and refuses names it does not know', async () => {
    const { stdout, stderr } = await run('workers', '--json')
    expect(JSON.parse(stdout)).toEqual([])
    expect(stderr).toBe('workers: skipped, DATABASE_URL and REDIS_URL is not set.\n')
    await expect(run('sync-frist')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('sync-first,') })
  })
})
