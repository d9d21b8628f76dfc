/** Reading Basecamp over real HTTP: card tables and to-do lists, whole and what changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Page, Scope } from '../../src/adapter.ts'
import { type Account, COLUMNS, changesSince, eventsOf, NOW, OWN_ID, pulled, startAccount, tasksOf } from './account.ts'

describe('A Basecamp project', () => {
  let account: Account
  let ana: string
  let board: PlantedProject
  let todos: PlantedProject
  let scope: Scope

  beforeAll(async () => {
    account = await startAccount()
    ana = await account.tool.person({ name: 'Ana Ribeiro', email: 'Ana@Larkfield.example' })
  })
  afterAll(() => account[Symbol.asyncDispose]())
  beforeEach(async () => {
    await account.tool.admin('POST', 'features', { feed: true, fullListing: true })
    await account.tool.clock({ now: NOW })
    board = await account.tool.project({ name: 'Launch', columns: [...COLUMNS], members: [ana] })
    todos = await account.tool.admin('POST', `tools/${board.id}`, { todolist: 'Errands' })
    const [only, ...more] = await account.session.scopes([board.id, todos.id])
    if (!only || more.length > 0) throw new Error('There should be one scope.')
    scope = only
  })

  const card = (title: string, column = 'Next', more: object = {}) =>
    account.tool.task({ project: board.id, column: board.columns[column]!, title, ...more })
  const todo = (title: string, more: object = {}) =>
    account.tool.task({ project: todos.id, column: `${todos.id}:open`, title, ...more })
  const sweep = () => pulled(account.session, scope)
  const later = (minutes: number) => account.tool.clock({ advanceMs: minutes * 60_000 })
  const changes = (pages: Page[]) => changesSince(account.session, scope, pages)

  it('offers its card table by its own name and each to-do list beside it, as one scope', async () => {
    const second = await account.tool.admin<PlantedProject>('POST', `tools/${board.id}`, {
      cardTable: 'Bugs',
      columns: []
    })
    const offered = await Array.fromAsync(account.session.projects())
    const names = new Map(offered.map(({ externalId, name }) => [externalId, name]))
    expect([board.id, second.id, todos.id].map((id) => names.get(id))).toEqual([
      'Launch',
      'Launch – Bugs',
      'Launch – Errands'
    ])
    expect(scope).toMatchObject({ name: 'Launch', projects: [board.id, todos.id] })
  })

  it('has the columns of its card table with what Basecamp says of them, and two of each list', async () => {
    const hold = await account.tool.admin<{ id: string }>('POST', `hold/${board.columns['In progress']}`)
    const [first] = await sweep()
    expect(first?.columns.map(({ externalId, name, category }) => [externalId, name, category])).toEqual([
      [expect.any(String), 'Triage', 'backlog'],
      [expect.any(String), 'Not now', 'backlog'],
      [board.columns.Next, 'Next', null],
      [board.columns['In progress'], 'In progress', null],
      [hold.id, 'In progress – On hold', 'blocked'],
      [board.columns.Done, 'Done', 'done'],
      [`${todos.id}:open`, 'Open', 'todo'],
      [`${todos.id}:done`, 'Done', 'done']
    ])
    const waiting = await account.tool.task({ project: board.id, column: hold.id, title: 'Waits' })
    expect(tasksOf(await sweep()).find(({ externalId }) => externalId === waiting)?.column).toBe(hold.id)
  })

  it('brings a rich card exactly', async () => {
    const id = await card('Pricing', 'Next', {
      description: '<div>Three <strong>plans</strong></div><ul><li>one</li></ul>',
      by: ana,
      assignees: [ana, OWN_ID],
      due: { date: '2026-11-20' },
      checklist: { done: 1, total: 3 }
    })
    await account.tool.comment(id, { by: ana, text: 'Yes' })
    const pages = await sweep()
    expect(tasksOf(pages)).toEqual([
      {
        externalId: id,
        project: board.id,
        column: board.columns.Next,
        title: 'Pricing',
        description: 'Three **plans**\n\n- one',
        url: `https://3.basecamp.com/195539477/buckets/${scope.externalId}/card_tables/cards/${id}`,
        assignees: [OWN_ID, ana].sort(),
        creator: ana,
        labels: [],
        priority: 'none',
        rawPriority: null,
        startAt: null,
        dueAt: '2026-11-20T00:00:00.000Z',
        dueIsDate: true,
        completed: false,
        completedAt: null,
        enteredColumnAt: null,
        createdAt: expect.stringContaining('2026-11-16T09:00:0'),
        updatedAt: expect.stringContaining('2026-11-16T09:00:0'),
        parent: null,
        checklist: { done: 1, total: 3 },
        estimate: null,
        commentCount: 1,
        fields: {},
        presence: 'present'
      }
    ])
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n)
    const people = pages.flatMap((page) => page.people)
    expect(people.find(({ externalId }) => externalId === ana)).toMatchObject({
      name: 'Ana Ribeiro',
      email: 'ana@larkfield.example',
      username: null,
      mention: expect.stringMatching(/.+--/)
    })
  })

  it('brings to-dos with their start, their steps and the moment they were ticked off, groups of a list too', async () => {
    const id = await todo('Call the printer', {
      start: { date: '2026-11-17' },
      due: { date: '2026-11-18' },
      checklist: { done: 2, total: 2 }
    })
    await later(5)
    await account.tool.change(id, { completed: true, by: ana })
    const group = await account.tool.admin<PlantedProject>('POST', `tools/${board.id}`, {
      todolist: 'Soon',
      group: todos.id
    })
    const grouped = await account.tool.task({ project: group.id, column: `${group.id}:open`, title: 'In a group' })
    const facts = new Map(tasksOf(await sweep()).map((one) => [one.externalId, one]))
    expect(facts.get(id)).toMatchObject({
      project: todos.id,
      column: `${todos.id}:done`,
      startAt: '2026-11-17T00:00:00.000Z',
      dueAt: '2026-11-18T00:00:00.000Z',
      completed: true,
      completedAt: expect.stringContaining('2026-11-16T09:05:'),
      enteredColumnAt: expect.stringContaining('2026-11-16T09:05:'),
      checklist: { done: 2, total: 2 }
    })
    expect(facts.get(grouped)).toMatchObject({ project: todos.id, column: `${todos.id}:open` })
    const again = await Array.fromAsync(account.session.fetch([id, grouped]))
    expect(again.map((one) => (one.kind === 'task' ? one.facts : one))).toEqual([facts.get(id), facts.get(grouped)])
  })

  it('leaves out what was not chosen, and asks for a new column once', async () => {
    const other = await account.tool.admin<PlantedProject>('POST', `tools/${board.id}`, {
      cardTable: 'Bugs',
      columns: [...COLUMNS]
    })
    const mine = await card('Mine')
    await account.tool.task({ project: other.id, column: other.columns.Next!, title: 'Another table' })
    const pages = await sweep()
    expect(pages.flatMap(({ seen }) => seen)).toEqual([mine])
    await later(10)
    const column = await account.tool.admin<{ id: string }>('POST', `columns/${board.id}`, { title: 'Review' })
    const added = await account.tool.task({ project: board.id, column: column.id, title: 'In the new one' })
    const next = await changes(pages)
    expect(tasksOf(next).map(({ externalId, column: where }) => [externalId, where])).toEqual([[added, column.id]])
    expect(next.flatMap(({ columns }) => columns).map(({ name }) => name)).toContain('Review')
  })

  it('tells what was archived and what is in the trash, and a fetch tells the same', async () => {
    const [shelved, gone, done] = [await card('Shelved'), await card('Gone'), await todo('Ticked')]
    await account.tool.change(shelved, { archived: true })
    await account.tool.change(gone, { deleted: true })
    await account.tool.change(done, { deleted: true })
    const pages = await sweep()
    expect(tasksOf(pages).map(({ externalId, presence }) => [externalId, presence])).toEqual([[shelved, 'archived']])
    expect(pages.flatMap(({ absent }) => absent ?? [])).toEqual([
      { kind: 'absence', externalId: gone, presence: 'deleted' },
      { kind: 'absence', externalId: done, presence: 'deleted' }
    ])
    const again = await Array.fromAsync(account.session.fetch([shelved, gone, done, '9007199254740993', 'nonsense']))
    expect(
      again.map((one) => (one.kind === 'task' ? one.facts.presence : one.kind === 'absence' ? one.presence : ''))
    ).toEqual(['archived', 'deleted', 'deleted', 'hidden', 'hidden'])
  })

  it('sees every change since the mark once: new, renamed, moved, reopened', async () => {
    const [still, renamed, moved, reopened] = [
      await card('Still'),
      await card('Old'),
      await card('Moves'),
      await todo('Again')
    ]
    await account.tool.change(reopened, { completed: true })
    await later(10)
    const pages = await sweep()
    await later(10)
    await account.tool.change(renamed, { title: 'New' })
    await account.tool.change(moved, { column: board.columns['In progress']!, by: ana })
    await account.tool.change(reopened, { completed: false })
    const fresh = await card('Fresh')
    const first = await changes(pages)
    const told = new Map(tasksOf(first).map((one) => [one.externalId, one]))
    expect([...told.keys()].sort()).toEqual([renamed, moved, reopened, fresh].sort())
    expect(told.has(still)).toBe(false)
    expect(told.get(renamed)?.title).toBe('New')
    expect(told.get(moved)?.column).toBe(board.columns['In progress'])
    expect(told.get(reopened)).toMatchObject({ column: `${todos.id}:open`, completed: false, completedAt: null })
    expect(tasksOf(await changes(first))).toEqual([])
    expect(
      eventsOf(first)
        .filter(({ type }) => type === 'created')
        .map(({ task, to }) => [task, to])
    ).toEqual([[fresh, board.columns.Next]])
  })

  it('learns of a move from the feed, half a minute later, with who and when; and is quiet again', async () => {
    const id = await card('Moves')
    await later(10)
    const pages = await sweep()
    await later(10)
    await account.tool.change(id, { column: board.columns['In progress']!, by: ana })
    const first = await changes(pages)
    expect(eventsOf(first)).toEqual([])
    await later(2)
    const second = await changes(first)
    expect(eventsOf(second)).toEqual([
      {
        externalId: expect.stringMatching(
          new RegExp(`^${id}:moved:2026-11-16T09:20:0\\d\\.\\d{3}Z:${board.columns['In progress']}$`)
        ),
        task: id,
        type: 'moved',
        at: expect.stringContaining('2026-11-16T09:20:0'),
        actor: ana,
        from: board.columns.Next,
        to: board.columns['In progress']
      }
    ])
    await account.tool.forgetRequests()
    await later(5)
    const third = await changes(second)
    expect(eventsOf(third)).toEqual([])
    // One for the cards and one for the to-dos: this project has both.
    expect((await account.tool.requests(0)).byTemplate).toEqual({ 'GET /projects/recordings': 2 })
    // A first sweep reads the same move from the card's own events, under the same name.
    expect(eventsOf(await sweep()).filter(({ type }) => type === 'moved')).toEqual(eventsOf(second))
  })

  it('without a feed asks the cards that changed themselves', async () => {
    await account.tool.admin('POST', 'features', { feed: false })
    const id = await card('Moves')
    await later(10)
    const pages = await sweep()
    await later(10)
    await account.tool.change(id, { column: board.columns.Done!, by: ana })
    await account.tool.forgetRequests()
    const told = eventsOf(await changes(pages))
    expect(told.map(({ type, from, to, actor }) => [type, from, to, actor])).toEqual([
      ['created', null, board.columns.Next, OWN_ID],
      ['moved', board.columns.Next, board.columns.Done, ana],
      ['completed', null, null, ana]
    ])
    expect((await account.tool.requests(0)).byTemplate).toEqual({
      'GET /projects/recordings': 2,
      'GET /recordings/{recordingId}/events': 1
    })
  })

  it('asks with what it has already: the same listing again is not sent twice', async () => {
    await card('One')
    await todo('Two')
    await later(10)
    const first = await changes(await sweep())
    await later(10)
    await account.tool.forgetRequests()
    await changes(first)
    expect((await account.tool.requests(0)).byStatus).toEqual({ 304: 2 })
  })

  it('goes on where a position of the feed no longer holds', async () => {
    const id = await card('Moves')
    await later(10)
    const pages = await sweep()
    await later(10)
    await account.tool.change(id, { column: board.columns['In progress']! })
    for (const status of [400, 409, 410]) {
      await account.tool.fault({
        path: '/events\\.json\\?position',
        times: 1,
        effect: { status, body: '{"reason":"invalid_position"}' }
      })
      const next = await changes(pages)
      expect([status, tasksOf(next).map(({ externalId }) => externalId)]).toEqual([status, [id]])
      expect(next.at(-1)?.mark).toMatchObject({ feed: expect.stringMatching(/.+/) })
    }
    await account.tool.clearFaults()
  })

  it('reads each column by itself where the listing does not show all of a card', async () => {
    await account.tool.admin('POST', 'features', { fullListing: false })
    const hold = await account.tool.admin<{ id: string }>('POST', `hold/${board.columns.Next}`)
    const ids = [
      await card('Due', 'Next', { due: { date: '2026-11-20' }, checklist: { done: 1, total: 2 } }),
      await card('Finished', 'Done'),
      await account.tool.task({ project: board.id, column: hold.id, title: 'Waits' }),
      await todo('Errand', { due: { date: '2026-11-21' } })
    ]
    const ticked = await todo('Ticked')
    await account.tool.change(ticked, { completed: true })
    const pages = await sweep()
    const facts = new Map(tasksOf(pages).map((one) => [one.externalId, one]))
    expect([...facts.keys()].sort()).toEqual([...ids, ticked].sort())
    expect(facts.get(ids[0]!)).toMatchObject({ dueAt: '2026-11-20T00:00:00.000Z', checklist: { done: 1, total: 2 } })
    expect(facts.get(ticked)).toMatchObject({ completed: true })
    await later(10)
    await account.tool.change(ids[0]!, { due: { date: '2026-12-01' } })
    const next = tasksOf(await changes(pages))
    expect(next.map(({ externalId, dueAt }) => [externalId, dueAt])).toEqual([[ids[0], '2026-12-01T00:00:00.000Z']])
  })

  it('never looks empty when it is out of sight, whole or for changes', async () => {
    await card('One')
    const pages = await sweep()
    await account.tool.access(board.id, false)
    const refused = { kind: 'not_found', status: 404 }
    await expect(sweep()).rejects.toMatchObject(refused)
    await expect(changes(pages)).rejects.toMatchObject(refused)
    expect(await account.session.scopes([board.id, todos.id])).toEqual([])
    await account.tool.access(board.id, true)
  })

  it('is known to be read by clients when they can see it', async () => {
    const open = await account.tool.project({ name: 'With clients', columns: [...COLUMNS], guests: true })
    const [own] = await account.session.scopes([open.id])
    const [first] = await pulled(account.session, own!)
    expect(first?.projects.map(({ audience }) => audience)).toEqual(['guests'])
    const offered = await Array.fromAsync(account.session.projects())
    expect(offered.find(({ externalId }) => externalId === open.id)?.audience).toBe('guests')
    expect(offered.find(({ externalId }) => externalId === board.id)?.audience).toBe('members')
  })

  it('tells of many projects at once which of them changed', async () => {
    const other = await account.tool.project({ name: 'Other', columns: [...COLUMNS] })
    const task = await account.tool.task({ project: other.id, column: other.columns.Next!, title: 'There' })
    await card('Here')
    await later(10)
    const scopes = await account.session.scopes([board.id, other.id])
    const marked = []
    for (const one of scopes) marked.push({ scope: one, mark: (await pulled(account.session, one)).at(-1)?.mark })
    await later(10)
    await account.tool.forgetRequests()
    expect(await account.session.moved!(marked)).toEqual(new Set())
    expect((await account.tool.requests(0)).total).toBe(1)
    await account.tool.change(task, { title: 'There, changed' })
    const changed = scopes.find(({ projects }) => projects.includes(other.id))
    expect(await account.session.moved!(marked)).toEqual(new Set([changed?.externalId]))
  })

  it('reads the history of a hundred cards at most, and of none that nobody has touched', async () => {
    const ids = await account.tool.tasks(
      Array.from({ length: 105 }, (_, index) => ({
        project: board.id,
        column: board.columns.Next!,
        title: `Card ${index}`
      }))
    )
    await later(10)
    for (const id of ids.slice(0, 103)) await account.tool.change(id, { column: board.columns['In progress']! })
    await account.tool.forgetRequests()
    const pages = await sweep()
    expect((await account.tool.requests(0)).byTemplate['GET /recordings/{recordingId}/events']).toBe(100)
    const told = eventsOf(pages)
    expect(told.filter(({ type }) => type === 'moved')).toHaveLength(100)
    expect(told.filter(({ type, task }) => type === 'created' && ids.slice(103).includes(task))).toHaveLength(2)
  })
})
