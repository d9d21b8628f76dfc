import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/database.ts'
import { testHub } from '../helpers/hub.ts'
import { plantProject, plantTask } from '../helpers/plant.ts'

let base: Awaited<ReturnType<typeof testHub>>
beforeAll(async () => {
  base = await testHub()
  await plantProject(base.db, { id: 'p1', name: 'Portal', columns: { Doing: 'doing', Done: 'done' } })
})
afterAll(() => base.close())

const versions = (task: string) =>
  base.db.rows<{ from: string; to: string; category: string; assignees: string[]; due: string | null }>(sql`
    select valid_from as from, valid_to as to, state ->> 'category' as category, state -> 'assignees' as assignees,
      state ->> 'due_at' as due
    from task_versions where task_id = ${`trello:${task}`} order by id`)

describe('former states of a task', () => {
  test('are kept by the database itself, from when to when they held, on the tool’s clock', async () => {
    const { db } = base
    await plantTask(db, { id: 'a', column: 'Doing', category: 'doing', createdAt: '2026-11-01T08:00:00.000Z' })
    expect(await versions('a')).toEqual([])
    await db.run(
      sql`update tasks set assignees = '{trello:ada}', updated_at = '2026-11-05T10:00:00Z' where id = 'trello:a'`
    )
    await db.run(sql`
      update tasks set category = 'done', open = false, column_id = 'trello:Done', updated_at = '2026-11-09T12:00:00Z'
      where id = 'trello:a'`)
    expect(await versions('a')).toEqual([
      { from: '2026-11-01T08:00:00.000Z', to: '2026-11-05T10:00:00.000Z', category: 'doing', assignees: [], due: null },
      {
        from: '2026-11-05T10:00:00.000Z',
        to: '2026-11-09T12:00:00.000Z',
        category: 'doing',
        assignees: ['trello:ada'],
        due: null
      }
    ])
    const [now] = await db.rows(sql`select valid_from as from from tasks where id = 'trello:a'`)
    expect(now).toEqual({ from: '2026-11-09T12:00:00.000Z' })
  })

  test('are not kept for what no rule and no report reads', async () => {
    const { db } = base
    await plantTask(db, { id: 'b', column: 'Doing', category: 'doing' })
    await db.run(
      sql`update tasks set title = 'New', comment_count = 7, hash = 'x', updated_at = now() where id = 'trello:b'`
    )
    expect(await versions('b')).toEqual([])
  })

  test('of many tasks changed in one statement are all kept, and rolled back with it', async () => {
    const { db } = base
    for (const id of ['c', 'd', 'e']) await plantTask(db, { id, column: 'Doing', category: 'doing' })
    const change = sql`
      update tasks set due_at = '2026-12-01T12:00:00Z', updated_at = '2026-11-20T00:00:00Z'
      where id in ('trello:c', 'trello:d', 'trello:e')`
    await db
      .transaction(async (tx) => {
        await tx.run(change)
        throw new Error('no')
      })
      .catch(() => {})
    expect((await Promise.all(['c', 'd', 'e'].map(versions))).flat()).toEqual([])
    await db.run(change)
    const kept = await Promise.all(['c', 'd', 'e'].map(versions))
    expect(kept.map((own) => own.map(({ due, to }) => ({ due, to })))).toEqual(
      Array(3).fill([{ due: null, to: '2026-11-20T00:00:00.000Z' }])
    )
  })
})
