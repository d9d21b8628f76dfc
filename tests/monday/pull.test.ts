/** Reading boards over real HTTP: sweeps, changes, sub-items, cursors that end, rules that are not honoured. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Page, Session } from '../../src/adapter.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { open, project, pull, pulling, since, tasksOf, titles } from './opened.ts'

let tool: StandInProcess
let session: Session
let board: PlantedProject

beforeEach(async () => {
  tool = await startStandIn('monday', { now: '2026-11-16T08:00:00Z' })
  session = open(tool)
  board = await project(tool)
})
afterEach(() => tool.stop())

const plant = (names: string[], more: object = {}) =>
  tool.tasks(names.map((title) => ({ project: board.id, column: board.columns['To do']!, title, ...more })))
const asked = async () => (await tool.requests(0)).byTemplate
const mark = (pages: Page[]) => pages.at(-1)?.mark as { rule: string; boards: string[] }

describe('Changes', () => {
  it('are found with one question, by days, and told apart by the second', async () => {
    await plant(['Old', 'Kept'])
    await tool.clock({ advanceMs: 3 * 86_400_000 })
    const [moved] = await plant(['Moved'])
    const swept = await pull(session, board.id)
    await tool.clock({ advanceMs: 3_600_000 })
    await tool.change(moved!, { column: board.columns.Done! })
    await tool.clock({ advanceMs: 600_000 })
    await tool.forgetRequests()
    const changed = await since(session, board.id, swept)
    expect(await asked()).toEqual({ 'query BoardChanges': 1 })
    expect(titles(changed)).toEqual(['Moved'])
    expect(tasksOf(changed).get(moved!)).toMatchObject({ completed: true, column: board.columns.Done })
    expect([mark(swept).rule, mark(changed).rule]).toEqual(['unproven', 'works'])
    await tool.clock({ advanceMs: 3_600_000 })
    expect(titles(await since(session, board.id, changed))).toEqual([])
  })

  it.each(['empty', 'refused'])('are read from the activity log where the rule is %s', async (mode) => {
    const [one, two] = await plant(['One', 'Two', 'Three'])
    await tool.clock({ advanceMs: 600_000 })
    const swept = await pull(session, board.id)
    await tool.admin('POST', 'rule', { mode })
    await tool.clock({ advanceMs: 3_600_000 })
    await tool.change(one!, { title: 'One, renamed' })
    await tool.change(two!, { deleted: true })
    await tool.comment(one!, { by: (await session.whoAmI()).externalId, text: 'Look here' })
    await tool.clock({ advanceMs: 600_000 })
    const changed = await since(session, board.id, swept)
    expect(titles(changed)).toEqual(['One, renamed'])
    expect(changed.flatMap((page) => page.absent ?? [])).toMatchObject([{ externalId: two, presence: 'deleted' }])
    expect(changed.flatMap((page) => page.comments).map(({ text }) => text)).toEqual(['Look here'])
    expect(mark(changed).rule).toBe('fails')

    await tool.clock({ advanceMs: 3_600_000 })
    await tool.forgetRequests()
    expect(titles(await since(session, board.id, changed))).toEqual([])
    expect(await asked()).toEqual({ 'query BoardActivity': 1 })

    // A sweep gives the rule another chance.
    await tool.admin('POST', 'rule', { mode: 'works' })
    const again = await pull(session, board.id, { mark: changed.at(-1)?.mark })
    expect(mark(await since(session, board.id, again)).rule).toBe('works')
  })

  it('that the log does not name item by item make the board be read whole', async () => {
    const other = await project(tool, 'Shop')
    const [one, gone] = await plant(['One', 'Leaves', 'Two'])
    const swept = await pull(session, board.id)
    await tool.admin('POST', 'rule', { mode: 'refused' })
    await tool.clock({ advanceMs: 3_600_000 })
    await tool.change(gone!, { move: { project: other.id, column: other.columns.Doing! } })
    await tool.admin('POST', `logs/${board.id}`, { event: 'batch_change_pulses_column_value', data: {} })
    const changed = await since(session, board.id, swept)
    expect(titles(changed)).toEqual(['One', 'Two'])
    expect(tasksOf(changed).has(one!)).toBe(true)
    expect(changed.at(-1)?.cursor).toBeNull()
  })

  it('of a board that was empty are all of it, and a new column makes everything be read anew', async () => {
    const swept = await pull(session, board.id)
    await plant(['First'])
    const first = await since(session, board.id, swept)
    expect(titles(first)).toEqual(['First'])
    await tool.clock({ advanceMs: 3 * 86_400_000 })
    await plant(['Second'], { fields: [{ name: 'Region', type: 'choice', value: 'North' }] })
    expect(titles(await since(session, board.id, first))).toEqual(['First', 'Second'])
  })

  it('bring new comments along, and nothing of comments on the board itself', async () => {
    const ana = await tool.person({ name: 'Ana Lima' })
    const [one] = await plant(['Discussed'])
    await tool.comment(one!, { by: ana, text: 'Before' })
    await tool.clock({ advanceMs: 600_000 })
    const swept = await pull(session, board.id)
    expect(swept.flatMap((page) => page.comments)).toMatchObject([{ task: one, author: ana, text: 'Before' }])
    await tool.clock({ advanceMs: 3_600_000 })
    for (let index = 1; index <= 120; index += 1) await tool.comment(one!, { by: ana, text: `Line ${index}` })
    await tool.forgetRequests()
    const changed = await since(session, board.id, swept)
    expect(new Set(changed.flatMap((page) => page.comments).map(({ text }) => text)).size).toBe(120)
    expect(await asked()).toEqual({ 'query BoardChanges': 1, 'query BoardUpdates': 1 })
  })
})

describe('A sweep', () => {
  it('begins a page set anew when its cursor has outlived its hour, and loses nothing', async () => {
    const planted = await plant(Array.from({ length: 1100 }, (_, index) => `Task ${index}`))
    const seen = new Set<string>()
    let pages = 0
    for await (const page of pulling(session, board.id)) {
      for (const id of page.seen) seen.add(id)
      pages += 1
      if (pages === 3) await tool.clock({ advanceMs: 61 * 60_000 })
    }
    expect(seen).toEqual(new Set(planted))
    // The board, two pages, and the three pages again.
    expect(pages).toBe(6)
    expect(await asked()).toMatchObject({ 'query BoardItems': 2, 'query NextItems': 4 })
  })

  it('gives up on a cursor that is refused again and again, instead of telling of a part', async () => {
    await plant(Array.from({ length: 600 }, (_, index) => `Task ${index}`))
    await tool.fault({
      path: 'NextItems',
      effect: { status: 200, body: '{"errors":[{"message":"x","extensions":{"code":"CursorExpiredException"}}]}' }
    })
    await expect(pull(session, board.id)).rejects.toMatchObject({
      kind: 'bad_response',
      code: 'CursorExpiredException'
    })
  })

  it('reads sub-items from their own board, under their parents and in the same columns', async () => {
    const ana = await tool.person({ name: 'Ana Lima' })
    const [whole] = await plant(['The whole'])
    const [part] = await plant(['A part'], { parent: whole, assignees: [ana] })
    await tool.clock({ advanceMs: 60_000 })
    await tool.change(part!, { completed: true })
    await tool.forgetRequests()
    const swept = await pull(session, board.id)
    expect(await asked()).toEqual({ 'query Board': 2, 'query BoardItems': 2 })
    expect(tasksOf(swept).get(part!)).toMatchObject({
      project: board.id,
      parent: whole,
      column: board.columns.Done,
      completed: true,
      completedAt: '2026-11-16T08:01:00.000Z',
      assignees: [ana]
    })
    expect(mark(swept).boards).toHaveLength(2)
    const columns = swept.flatMap((page) => page.columns).filter(({ archived }) => !archived)
    expect(columns.map(({ name }) => name)).toEqual(['To do', 'Doing', 'Done'])

    await tool.clock({ advanceMs: 3_600_000 })
    await tool.change(part!, { title: 'A part, renamed' })
    await tool.forgetRequests()
    expect(tasksOf(await since(session, board.id, swept)).get(part!)?.title).toBe('A part, renamed')
    expect(await asked()).toEqual({ 'query BoardChanges': 1 })
    const [again] = await Array.fromAsync(session.fetch([part!]))
    expect(again).toMatchObject({
      kind: 'task',
      facts: { project: board.id, parent: whole, column: board.columns.Done }
    })
  })

  it('asks for people who are assigned without following the board', async () => {
    const ana = await tool.person({ name: 'Ana Lima', email: 'ana@larkfield.example' })
    await plant(['Hers'], { assignees: [ana] })
    await tool.admin('PUT', `boards/${board.id}`, { subscribers: null })
    const people = (await pull(session, board.id)).flatMap((page) => page.people)
    expect(people.find(({ externalId }) => externalId === ana)).toEqual({
      externalId: ana,
      name: 'Ana Lima',
      username: null,
      avatarUrl: `https://cdn.example/${ana}.png`,
      email: 'ana@larkfield.example'
    })
    expect((await asked())['query People']).toBe(1)
  })

  it('reads twenty thousand items, each once, in well under a minute', async () => {
    const planted = await plant(Array.from({ length: 20_000 }, (_, index) => `Task ${index}`))
    await tool.forgetRequests()
    const began = performance.now()
    const seen = (await pull(session, board.id)).flatMap((page) => page.seen)
    expect(performance.now() - began).toBeLessThan(60_000)
    expect(seen).toHaveLength(20_000)
    expect(new Set(seen)).toEqual(new Set(planted))
    expect(await asked()).toEqual({ 'query Board': 1, 'query BoardItems': 1, 'query NextItems': 39 })
  })
})

describe('A board', () => {
  it('that has no status column is read by its groups', async () => {
    const [one] = await plant(['Grouped'])
    await tool.admin('PUT', `boards/${board.id}`, {
      columns: [{ id: 'name', title: 'Name', type: 'name', archived: false, settings: {} }],
      groups: [
        { id: 'topics', title: 'Now', position: '65536.0', archived: false, deleted: false },
        { id: 'later', title: 'Later', position: '98208', archived: false, deleted: false },
        { id: 'old', title: 'Old', position: '99999', archived: true, deleted: false }
      ]
    })
    const swept = await pull(session, board.id)
    expect(swept.flatMap((page) => page.columns)).toEqual([
      {
        externalId: `${board.id}::topics`,
        project: board.id,
        name: 'Now',
        position: 65_536,
        archived: false,
        category: null
      },
      {
        externalId: `${board.id}::later`,
        project: board.id,
        name: 'Later',
        position: 98_208,
        archived: false,
        category: null
      },
      {
        externalId: `${board.id}::old`,
        project: board.id,
        name: 'Old',
        position: 99_999,
        archived: true,
        category: null
      }
    ])
    expect(tasksOf(swept).get(one!)).toMatchObject({
      column: `${board.id}::topics`,
      completed: false,
      enteredColumnAt: null
    })
    await session.write?.move?.(one!, `${board.id}::later`)
    expect(tasksOf(await pull(session, board.id)).get(one!)?.column).toBe(`${board.id}::later`)
  })

  it('is read by the columns a person chose, and wholly anew when they choose others', async () => {
    const [one] = await plant(['Chosen'], { priority: 'low', start: { date: '2026-11-20' }, estimate: 3 })
    const swept = await pull(session, board.id)
    expect(tasksOf(swept).get(one!)).toMatchObject({
      column: board.columns['To do'],
      priority: 'low',
      rawPriority: 'Low',
      startAt: '2026-11-20T00:00:00.000Z',
      estimate: { value: 3, unit: 'points' }
    })
    await tool.clock({ advanceMs: 3 * 86_400_000 })
    const chosen = open(tool, { options: { [board.id]: { status: 'priority', due: 'date_start' } } })
    const again = await since(chosen, board.id, swept)
    expect(tasksOf(again).get(one!)).toMatchObject({
      column: `${board.id}:priority:3`,
      dueAt: '2026-11-20T00:00:00.000Z',
      dueIsDate: true
    })
    expect(again.flatMap((page) => page.columns).map(({ name }) => name)).toEqual([
      'Critical',
      'High',
      'Medium',
      'Low',
      'No status'
    ])
  })

  it('that was deleted or may not be seen is not found; documents and boards of sub-items are not offered', async () => {
    const [whole] = await plant(['The whole'])
    await plant(['A part'], { parent: whole })
    const notes = await project(tool, 'Notes')
    const old = await tool.project({ name: 'Old', columns: [{ name: 'To do', category: 'todo' }], archived: true })
    const gone = await project(tool, 'Gone')
    await tool.admin('PUT', `boards/${notes.id}`, { type: 'document' })
    await tool.admin('PUT', `boards/${gone.id}`, { state: 'deleted' })
    const offered = await Array.fromAsync(session.projects())
    expect(offered.map(({ externalId, name, archived }) => [externalId, name, archived]).sort()).toEqual(
      [
        [board.id, 'Website', false],
        [old.id, 'Old', true]
      ].sort()
    )
    await expect(pull(session, gone.id)).rejects.toMatchObject({ kind: 'not_found' })
    await tool.access(board.id, false)
    await expect(pull(session, board.id)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await Array.fromAsync(session.fetch([whole!]))).toEqual([
      { kind: 'absence', externalId: whole, presence: 'hidden' }
    ])
  })
})

describe('Single items', () => {
  it('are read a hundred at a time, with their boards asked for once', async () => {
    const shop = await project(tool, 'Shop')
    const here = await plant(Array.from({ length: 120 }, (_, index) => `Here ${index}`))
    const there = await tool.task({ project: shop.id, column: shop.columns.Doing!, title: 'There' })
    await tool.change(here[0]!, { archived: true })
    await tool.change(here[1]!, { deleted: true })
    await tool.forgetRequests()
    const read = await Array.fromAsync(session.fetch([...here, there, '1']))
    expect(await asked()).toEqual({ 'query Items': 2, 'query Board': 2 })
    expect(read).toHaveLength(122)
    expect(read[0]).toMatchObject({ kind: 'task', facts: { title: 'Here 0', presence: 'archived' } })
    expect(read[1]).toEqual({ kind: 'absence', externalId: here[1], presence: 'deleted' })
    expect(read[120]).toMatchObject({ kind: 'task', facts: { project: shop.id, column: shop.columns.Doing } })
    expect(read[121]).toEqual({ kind: 'absence', externalId: '1', presence: 'hidden' })
  })

  it('are kept as a sweep keeps them, so that reading them again changes nothing', async () => {
    const ana = await tool.person({ name: 'Ana Lima' })
    const rich = { labels: ['web'], assignees: [ana], estimate: 2, due: { date: '2026-11-20' }, description: 'Why' }
    const [whole] = await plant(['The whole'], rich)
    const [part] = await plant(['A part'], { parent: whole, ...rich })
    const swept = new Map(
      (await pull(session, board.id)).flatMap((page) => page.tasks).map((one) => [one.facts.externalId, one])
    )
    const single = await Array.fromAsync(session.fetch([whole!, part!]))
    expect(single).toEqual([swept.get(whole!), swept.get(part!)])
  })

  it('are read with one question when they are few', async () => {
    const [one] = await plant(['One'])
    await tool.forgetRequests()
    expect(await Array.fromAsync(session.fetch([one!]))).toMatchObject([{ kind: 'task', facts: { title: 'One' } }])
    expect(await asked()).toEqual({ 'query Items': 1 })
  })
})
