/** What the hub changes on a task, read back past the API. Only what the adapter says it can. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import { type Account, COLUMNS, column, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { can } = rig.adapter
  let account: Account
  let ana: string
  let ben: string
  let project: PlantedProject

  beforeAll(async () => {
    account = await startAccount(rig, { now: '2026-11-16T08:00:00Z' })
    ana = await account.tool.person({ name: 'Ana Lima' })
    ben = await account.tool.person({ name: 'Ben Okoro' })
    project = await account.tool.project({ name: 'Website', columns: COLUMNS, members: [ana, ben] })
  })
  afterAll(() => account[Symbol.asyncDispose]())

  const planted = (title: string, assignees: string[] = []) =>
    account.tool.task({
      project: project.id,
      column: column(project, 'To do'),
      title,
      description: 'Stays as it is.',
      assignees,
      due: can.dueTimes ? { at: '2026-11-20T10:00:00.000Z' } : { date: '2026-11-20' }
    })
  const look = async (task: string) => {
    const state = await account.tool.look(task)
    if (!state) throw new Error(`There is no ${task}.`)
    return state
  }

  it('says what it can, and can what it says', () => {
    const write = account.session.write ?? {}
    expect({
      move: write.move !== undefined,
      due: write.due !== undefined,
      assign: write.assign !== undefined,
      create: write.create !== undefined
    }).toEqual(can.write)
  })

  if (can.write.move)
    it('moves a task into another column and leaves the rest', async () => {
      const task = await planted('Moves', [ana])
      const before = await look(task)
      await account.session.write?.move?.(task, column(project, 'Doing'))
      expect(await look(task)).toEqual({ ...before, column: column(project, 'Doing') })
    })

  if (can.write.due)
    it('sets, changes and takes away a due date and leaves the rest', async () => {
      const task = await planted('Due', [ben])
      const before = await look(task)
      const day = can.dueTimes ? { at: '2026-12-01T09:30:00.000Z' } : { date: '2026-12-01' }
      await account.session.write?.due?.(task, day)
      expect(await look(task)).toEqual({ ...before, due: day })
      await account.session.write?.due?.(task, null)
      expect(await look(task)).toEqual({ ...before, due: null })
      await account.session.write?.due?.(task, { date: '2026-12-02' })
      const { due } = await look(task)
      expect(due && ('date' in due ? due.date : due.at.slice(0, 10))).toBe('2026-12-02')
    })

  if (can.write.assign)
    it('assigns people and takes them off, without touching the others', async () => {
      const task = await planted('Assigned', [ana])
      await account.session.write?.assign?.(task, { add: [ben], remove: can.manyAssignees ? [] : [ana] })
      expect([...(await look(task)).assignees].sort()).toEqual((can.manyAssignees ? [ana, ben] : [ben]).sort())
      await account.session.write?.assign?.(task, { add: [], remove: [ben] })
      expect((await look(task)).assignees).toEqual(can.manyAssignees ? [ana] : [])
      const { description: _, ...rest } = { ...(await look(task)), description: '' }
      expect(rest.title).toBe('Assigned')
    })

  if (can.write.create)
    it('creates a task in a column, with people and a due date', async () => {
      const due = can.dueTimes ? { at: '2026-12-03T08:00:00.000Z' } : { date: '2026-12-03' }
      const id = await account.session.write?.create?.(
        project.id,
        {
          title: 'Made by the hub',
          description: 'With *why*.',
          column: column(project, 'Doing'),
          assignees: [ana],
          due
        },
        'create-one'
      )
      expect(await look(id ?? '')).toMatchObject({
        project: project.id,
        column: column(project, 'Doing'),
        title: 'Made by the hub',
        assignees: [ana],
        due,
        state: 'present'
      })
    })
})
