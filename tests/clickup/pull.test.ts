/** Reading a workspace over real HTTP: sweeps, changes, and what happens in between. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Page, Session } from '../../src/adapter.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { COLUMNS, clickupSession, OWN_ID, pulled, scopeOf, TEAM, tasksOf } from './clickup.ts'

const NOW = '2026-11-16T09:00:00.000Z'
let clickup: StandInProcess
let session: Session
let searches: PlantedProject

beforeEach(async () => {
  clickup = await startStandIn('clickup', { now: NOW })
  session = clickupSession(clickup.url)
  searches = await clickup.project({ name: 'Searches', columns: [...COLUMNS] })
})
afterEach(() => clickup.stop())

const plant = (count: number, project = searches) =>
  clickup.tasks(
    Array.from({ length: count }, (_, index) => ({
      project: project.id,
      column: project.columns['to do']!,
      title: `Task ${index}`
    }))
  )
const templates = async () => (await clickup.requests(0)).byTemplate
const markOf = (pages: Page[]) => pages.at(-1)!.mark
const changes = (pages: Page[]) => pulled(session, scopeOf(searches.id), { sweep: false, mark: markOf(pages) })

describe('A sweep', () => {
  it('reads 250 tasks in three pages, each task once, with as many questions after times', async () => {
    const ids = await plant(250)
    await clickup.forgetRequests()
    const pages = await pulled(session, scopeOf(searches.id))
    expect(pages.flatMap(({ seen }) => seen).sort()).toEqual([...ids].sort())
    expect(tasksOf(pages)).toHaveLength(250)
    expect(pages[0]!.expect).toBe(250)
    expect(await templates()).toEqual({
      'GET /v2/user': 1,
      'GET /v2/team': 1,
      'GET /v2/team/{team_id}/space': 1,
      'GET /v2/list/{list_id}': 1,
      'GET /v2/list/{list_id}/member': 1,
      'GET /v2/team/{team_Id}/task': 3,
      'GET /v2/task/bulk_time_in_status/task_ids': 3,
      'GET /v2/list/{list_id}/task': 1
    })
    expect(pages.map(({ cursor }) => cursor === null)).toEqual([false, false, false, false, true])
    expect(pages.map(({ mark }) => mark === undefined)).toEqual([true, true, true, true, false])
  })

  it('goes on from any page’s cursor and brings the rest', async () => {
    await plant(250)
    const whole = await pulled(session, scopeOf(searches.id))
    for (const [index, { cursor }] of whole.slice(0, -1).entries()) {
      const stored = JSON.parse(JSON.stringify(cursor))
      const rest = await pulled(session, scopeOf(searches.id), { cursor: stored })
      expect(rest.map(({ seen }) => seen)).toEqual(whole.slice(index + 1).map(({ seen }) => seen))
      expect(markOf(rest)).toEqual(markOf(whole))
    }
  })

  it('brings lists, statuses and people', async () => {
    const ana = await clickup.person({ name: 'Ana Ribeiro', email: 'Ana@Larkfield.example' })
    const { id, columns } = await clickup.project({ name: 'Hiring', columns: [...COLUMNS], members: [ana] })
    const [first] = await pulled(session, scopeOf(id))
    expect(first!.projects).toEqual([
      {
        externalId: id,
        name: 'Hiring',
        url: `https://app.clickup.com/${TEAM}/v/li/${id}`,
        archived: false,
        members: [String(OWN_ID), ana],
        audience: 'company'
      }
    ])
    expect(first!.columns.map(({ externalId, name, category }) => [externalId, name, category])).toEqual([
      [columns['to do'], 'to do', 'todo'],
      [columns['in progress'], 'in progress', null],
      [columns.complete, 'complete', 'done']
    ])
    expect(first!.people).toContainEqual({
      externalId: ana,
      name: 'Ana Ribeiro',
      username: 'Ana Ribeiro',
      avatarUrl: null,
      email: 'ana@larkfield.example'
    })
  })

  it('says that guests can read a list they were invited to, and no other one', async () => {
    const open = await clickup.project({ name: 'Client work', columns: [...COLUMNS], guests: true })
    const [page] = await pulled(session, scopeOf(searches.id, open.id))
    expect(page!.projects.map(({ name, audience }) => [name, audience])).toEqual([
      ['Searches', 'company'],
      ['Client work', 'guests']
    ])
  })

  it('does without members where it is not told them, and then reckons with guests', async () => {
    await clickup.project({ name: 'Client work', columns: [...COLUMNS], guests: true })
    const body = '{"err":"Team not authorized","ECODE":"OAUTH_027"}'
    await clickup.fault({ path: '/list/\\d+/member|/space', effect: { status: 401, body } })
    const [page] = await pulled(session, scopeOf(searches.id))
    expect(page!.projects.map(({ members, audience }) => [members, audience])).toEqual([[null, 'guests']])
  })

  it('reads a rich task to the last field', async () => {
    const [ana, jonas] = [await clickup.person({ name: 'Ana Ribeiro' }), await clickup.person({ name: 'Jonas Keller' })]
    const parent = await clickup.task({ project: searches.id, column: searches.columns['to do']!, title: 'Parent' })
    await clickup.clock({ now: '2026-11-16T10:00:00.000Z' })
    const task = await clickup.task({
      project: searches.id,
      column: searches.columns['to do']!,
      title: 'Signed: Head of data 🧑🏽‍💻',
      description: 'Offer is **out**',
      by: ana,
      assignees: [jonas, ana],
      labels: ['Replacement'],
      priority: 'urgent',
      start: { date: '2026-11-10' },
      due: { at: '2026-11-20T15:30:00.000Z' },
      checklist: { done: 1, total: 3 },
      estimate: 5,
      parent,
      fields: [
        { name: 'Fee', type: 'number', value: 1200.5 },
        { name: 'Client', type: 'text', value: 'Vela' },
        { name: 'Start', type: 'date', value: '2026-12-01T00:00:00.000Z' },
        { name: 'Remote', type: 'checkbox', value: true },
        { name: 'Office', type: 'choice', value: 'Lisbon' }
      ]
    })
    await clickup.clock({ now: '2026-11-16T12:00:00.000Z' })
    await clickup.change(task, { by: jonas, column: searches.columns['in progress']! })
    await clickup.clock({ now: '2026-11-16T13:00:00.000Z' })
    const found = tasksOf(await pulled(session, scopeOf(searches.id))).find(({ externalId }) => externalId === task)!
    const { fields, createdAt, updatedAt, enteredColumnAt, ...rest } = found
    expect(rest).toEqual({
      externalId: task,
      project: searches.id,
      column: searches.columns['in progress'],
      title: 'Signed: Head of data 🧑🏽‍💻',
      description: 'Offer is **out**',
      url: `https://app.clickup.com/t/${task}`,
      assignees: [jonas, ana].sort(),
      creator: ana,
      labels: [{ externalId: expect.stringMatching(/^\d+:replacement$/), name: 'replacement', colour: '#ffa727' }],
      priority: 'urgent',
      rawPriority: 'urgent',
      startAt: '2026-11-10T00:00:00.000Z',
      dueAt: '2026-11-20T15:30:00.000Z',
      dueIsDate: false,
      completed: false,
      completedAt: null,
      parent,
      checklist: { done: 1, total: 3 },
      estimate: { value: 5, unit: 'points' },
      commentCount: null,
      presence: 'present'
    })
    expect(Object.values(fields).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'Client', type: 'text', value: 'Vela' },
      { name: 'Fee', type: 'number', value: 1200.5 },
      { name: 'Office', type: 'choice', value: 'Lisbon' },
      { name: 'Remote', type: 'checkbox', value: true },
      { name: 'Start', type: 'date', value: '2026-12-01T00:00:00.000Z' }
    ])
    expect(createdAt).toMatch(/^2026-11-16T10:00:0/)
    expect(updatedAt).toMatch(/^2026-11-16T12:00:0/)
    expect(enteredColumnAt).toBe(updatedAt)
  })

  it('asks for times in status once and no more where the workspace keeps none', async () => {
    await plant(250)
    await clickup.clock({ advanceMs: 3_600_000 })
    await clickup.admin('POST', 'features', { timeInStatus: false })
    const pages = await pulled(session, scopeOf(searches.id))
    expect((await templates())['GET /v2/task/bulk_time_in_status/task_ids']).toBe(1)
    expect(new Set(tasksOf(pages).map(({ enteredColumnAt }) => enteredColumnAt))).toEqual(new Set([null]))
    await clickup.clock({ advanceMs: 3_600_000 })
    await clickup.change(tasksOf(pages)[0]!.externalId, { title: 'Renamed' })
    await clickup.forgetRequests()
    expect(tasksOf(await changes(pages)).map(({ title }) => title)).toEqual(['Renamed'])
    expect(await templates()).toEqual({ 'GET /v2/team/{team_Id}/task': 1 })
    // The next sweep tries again.
    await clickup.admin('POST', 'features', { timeInStatus: true })
    const again = tasksOf(await pulled(session, scopeOf(searches.id), { mark: markOf(pages) }))
    expect(again.filter(({ enteredColumnAt }) => enteredColumnAt !== null)).toHaveLength(250)
  })

  it('reads archived tasks, and tasks of archived lists', async () => {
    const [gone] = await plant(3)
    await clickup.change(gone!, { archived: true })
    const old = await clickup.project({ name: 'Interns', columns: [...COLUMNS], archived: true })
    const [left] = await plant(1, old)
    const pages = await pulled(session, scopeOf(searches.id, old.id))
    expect(pages[0]!.projects.map(({ name, archived }) => [name, archived])).toEqual([
      ['Searches', false],
      ['Interns', true]
    ])
    const presence = new Map(tasksOf(pages).map(({ externalId, presence }) => [externalId, presence]))
    expect(presence.size).toBe(4)
    expect(presence.get(gone!)).toBe('archived')
    expect(presence.get(left!)).toBe('present')
  })

  it('sets a task aside that cannot be read, with its place, and brings the others', async () => {
    const [first, second] = await plant(3)
    await clickup.spoil(first!, { set: { due_date: 'soon' } })
    await clickup.spoil(second!, { drop: ['list'] })
    const pages = await pulled(session, scopeOf(searches.id))
    const aside = pages.flatMap(({ unreadable }) => unreadable)
    expect(aside.map(({ externalId, project, title, path }) => [externalId, project, title, path])).toEqual([
      [first, searches.id, 'Task 0', 'due_date'],
      [second, null, 'Task 1', 'list']
    ])
    expect(tasksOf(pages).map(({ title }) => title)).toEqual(['Task 2'])
    expect(pages.flatMap(({ seen }) => seen)).toHaveLength(3)
  })

  it('leaves one list out that it may no longer see, and refuses when it sees none', async () => {
    const other = await clickup.project({ name: 'Payroll', columns: [...COLUMNS] })
    await plant(2)
    await plant(2, other)
    await clickup.access(other.id, false)
    const pages = await pulled(session, scopeOf(searches.id, other.id))
    expect(pages.flatMap(({ projects }) => projects.map(({ name }) => name))).toEqual(['Searches'])
    expect(new Set(tasksOf(pages).map(({ project }) => project))).toEqual(new Set([searches.id]))
    await expect(pulled(session, scopeOf(other.id))).rejects.toMatchObject({ kind: 'forbidden', code: 'OAUTH_027' })
    await expect(pulled(session, { ...scopeOf(searches.id), externalId: '1' })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'no_workspace'
    })
  })

  it('names up to fifty lists in the address and reads the whole workspace beyond that', async () => {
    const lists = [searches]
    for (let index = 0; index < 50; index++) {
      lists.push(await clickup.project({ name: `List ${index}`, columns: [...COLUMNS] }))
    }
    const unchosen = await clickup.project({ name: 'Not ours', columns: [...COLUMNS] })
    for (const list of [lists[0]!, lists[50]!, unchosen]) await plant(1, list)
    for (const [count, named] of [
      [50, 50],
      [51, 0]
    ] as const) {
      await clickup.forgetRequests()
      const chosen = lists.slice(-count).map(({ id }) => id)
      const pages = await pulled(session, scopeOf(...chosen))
      const { last } = await clickup.requests(500)
      const listing = last.find(({ template }) => template === 'GET /v2/team/{team_Id}/task')!
      expect(new URLSearchParams(listing.query).getAll('list_ids[]')).toHaveLength(named)
      expect(tasksOf(pages).every(({ project }) => chosen.includes(project))).toBe(true)
      expect(tasksOf(pages)).toHaveLength(count === 50 ? 1 : 2)
    }
  })
})

describe('An incremental pull', () => {
  it('asks once when nothing changed, also within the overlap', async () => {
    await plant(20)
    const pages = await pulled(session, scopeOf(searches.id))
    await clickup.forgetRequests()
    const quiet = await changes(pages)
    expect(quiet.map(({ tasks, seen }) => [tasks, seen])).toEqual([[[], []]])
    await changes(quiet)
    expect(await templates()).toEqual({ 'GET /v2/team/{team_Id}/task': 2 })
  })

  it('brings what changed since, and what changed while the last run was under way', async () => {
    const [first, second] = await plant(150)
    // Its answer is on the way while a task that stands in it is renamed.
    await clickup.fault({ path: '/team/\\d+/task\\?.*page=1', times: 1, effect: { slowMs: 300 } })
    const running = pulled(session, scopeOf(searches.id))
    await new Promise((done) => setTimeout(done, 150))
    await clickup.change(first!, { title: 'Renamed meanwhile' })
    const pages = await running
    await clickup.clock({ advanceMs: 3_600_000 })
    await clickup.change(second!, { completed: true })
    const found = tasksOf(await changes(pages))
    expect(found.map(({ title }) => title)).toEqual(expect.arrayContaining(['Renamed meanwhile', 'Task 1']))
    const done = found.find(({ externalId }) => externalId === second)!
    expect([done.completed, done.completedAt, done.column]).toEqual([true, done.updatedAt, searches.columns.complete])
  })

  it.each([
    ['oldest', false],
    ['newest', true]
  ])(
    'misses none of 250 changes that come %s first, though tasks change while they are read',
    async (_, newestFirst) => {
      await clickup.admin('POST', 'features', { newestFirst })
      const ids = await plant(250)
      const pages = await pulled(session, scopeOf(searches.id))
      await clickup.clock({ advanceMs: 3_600_000 })
      for (const id of ids) await clickup.change(id, { title: `Changed ${id}` })
      // Longer ago than the overlap: what one run misses, the next does not bring.
      await clickup.clock({ advanceMs: 600_000 })
      const during: Page[] = []
      const from = { sweep: false, mark: markOf(pages), cursor: null }
      for await (const page of session.pull(scopeOf(searches.id), from)) {
        during.push(page)
        // Between two pages: some that were read, and some that were not.
        for (const id of [...page.seen.slice(0, 5), ids[(during.length * 110) % 250]!]) {
          await clickup.change(id, { description: `After page ${during.length}` })
        }
      }
      // What jumped ahead of the page being read belongs to the next run.
      const read = new Map(tasksOf([...during, ...(await changes(during))]).map((one) => [one.externalId, one]))
      const now = new Map(tasksOf(await pulled(session, scopeOf(searches.id))).map((one) => [one.externalId, one]))
      expect(read.size).toBe(250)
      expect(read).toEqual(now)
    }
  )

  it('gets past a page of tasks that all changed at one moment', async () => {
    const ids = await plant(230)
    const pages = await pulled(session, scopeOf(searches.id))
    await clickup.clock({ advanceMs: 3_600_000 })
    const moment = String(Date.parse(await clickup.clock()))
    for (const id of ids) await clickup.change(id, { title: `Changed ${id}` })
    for (const id of ids) await clickup.spoil(id, { set: { date_updated: moment } })
    expect(new Set(tasksOf(await changes(pages)).map(({ externalId }) => externalId)).size).toBe(230)
  })

  it('goes on from its cursor', async () => {
    const ids = await plant(230)
    const pages = await pulled(session, scopeOf(searches.id))
    await clickup.clock({ advanceMs: 3_600_000 })
    for (const id of ids) await clickup.change(id, { title: `Changed ${id}` })
    const whole = await changes(pages)
    expect(whole).toHaveLength(3)
    const from = { sweep: false, mark: markOf(pages), cursor: JSON.parse(JSON.stringify(whole[0]!.cursor)) }
    const rest = await pulled(session, scopeOf(searches.id), from)
    expect(rest.map(({ seen }) => seen)).toEqual(whole.slice(1).map(({ seen }) => seen))
    expect(markOf(rest)).toEqual(markOf(whole))
  })

  it('reads a list again when a task shows a status that is new there, or has a new name', async () => {
    const [task] = await plant(2)
    const pages = await pulled(session, scopeOf(searches.id))
    await clickup.clock({ advanceMs: 3_600_000 })
    const { columns } = await clickup.admin<{ columns: Record<string, string> }>('PUT', `lists/${searches.id}`, {
      columns: [{ name: 'on hold', category: 'doing' }],
      rename: { from: 'in progress', to: 'sourcing' }
    })
    await clickup.change(task!, { column: columns['on hold']! })
    const later = await changes(pages)
    expect(tasksOf(later).map(({ column }) => column)).toEqual([columns['on hold']])
    // The renamed status keeps its id.
    expect(columns.sourcing).toBe(searches.columns['in progress'])
    expect(later.flatMap((page) => page.columns).map(({ externalId, name }) => [externalId, name])).toEqual([
      [searches.columns['to do'], 'to do'],
      [searches.columns['in progress'], 'sourcing'],
      [searches.columns.complete, 'complete'],
      [columns['on hold'], 'on hold']
    ])
    await clickup.forgetRequests()
    await clickup.clock({ advanceMs: 3_600_000 })
    await changes(later)
    expect(await templates()).toEqual({ 'GET /v2/team/{team_Id}/task': 1 })
  })

  it('sweeps when a list was chosen that it has never read', async () => {
    await plant(1)
    const pages = await pulled(session, scopeOf(searches.id))
    const other = await clickup.project({ name: 'Payroll', columns: [...COLUMNS] })
    await plant(1, other)
    await clickup.clock({ advanceMs: 3_600_000 })
    const from = { sweep: false, mark: markOf(pages) }
    const found = tasksOf(await pulled(session, scopeOf(searches.id, other.id), from))
    expect(found.map(({ project }) => project).sort()).toEqual([searches.id, other.id].sort())
  })
})

describe('A due date without a time', () => {
  it('is 04:00 in the account’s zone, and comes back as that date', async () => {
    const dues = [
      { date: '2026-07-01' },
      { date: '2026-12-31' },
      { at: '2026-12-31T04:00:00.000Z' },
      { at: '2026-07-01T08:00:00.001Z' }
    ]
    await clickup.tasks(
      dues.map((due, index) => ({ project: searches.id, column: searches.columns['to do']!, title: `${index}`, due }))
    )
    const found = tasksOf(await pulled(session, scopeOf(searches.id))).sort((a, b) => (a.title < b.title ? -1 : 1))
    expect(found.map(({ dueAt, dueIsDate }) => [dueAt, dueIsDate])).toEqual([
      ['2026-07-01T00:00:00.000Z', true],
      ['2026-12-31T00:00:00.000Z', true],
      ['2026-12-31T04:00:00.000Z', false],
      ['2026-07-01T08:00:00.001Z', false]
    ])
    const again = await Array.fromAsync(session.fetch(found.map(({ externalId }) => externalId)))
    expect(again.map((one) => (one.kind === 'task' ? one.facts : one))).toEqual(found)
  })
})

describe('What can be chosen', () => {
  it('is every list of every workspace: in folders, alone, archived', async () => {
    const folder = await clickup.project({ name: 'In a folder', columns: [...COLUMNS] })
    await clickup.admin('PUT', `lists/${folder.id}`, { folder: 'Clients' })
    await clickup.project({ name: 'Archived', columns: [...COLUMNS], archived: true })
    const far = await clickup.project({ name: 'Elsewhere', columns: [...COLUMNS] })
    const { id: space, team } = await clickup.admin<{ id: string; team: string }>('POST', 'spaces', {
      name: 'Board',
      workspace: 'Holding',
      private: true
    })
    await clickup.admin('PUT', `lists/${far.id}`, { space })
    const found = await Array.fromAsync(session.projects())
    expect(found.map(({ name, archived, audience }) => [name, archived, audience]).sort()).toEqual([
      ['Archived', true, 'company'],
      ['Elsewhere', false, 'members'],
      ['In a folder', false, 'company'],
      ['Searches', false, 'company']
    ])
    expect(await session.scopes([far.id, searches.id, folder.id])).toEqual([
      { externalId: TEAM, name: 'Larkfield', projects: [folder.id, searches.id] },
      { externalId: team, name: 'Holding', projects: [far.id] }
    ])
    expect(await session.scopes([])).toEqual([])
  })
})

it('Twenty thousand tasks are read in some seconds', { timeout: 60_000 }, async () => {
  await plant(20_000)
  const began = performance.now()
  const pages = await pulled(session, scopeOf(searches.id))
  expect(new Set(pages.flatMap(({ seen }) => seen)).size).toBe(20_000)
  expect(performance.now() - began).toBeLessThan(40_000)
})
