/** What comes over from a tool: every page, every field, every state, exactly as it was planted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { TaskFacts } from '../../src/model/task.ts'
import {
  type Account,
  COLUMNS,
  column,
  fetched,
  listed,
  markOf,
  pull,
  scopeOf,
  startAccount,
  tasksOf
} from './account.ts'
import { rigs } from './rigs/index.ts'

const MORNING = '2026-11-16T08:00:00.000Z'
const LATER = '2026-11-17T09:30:00.000Z'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  const { can } = rig.adapter
  let account: Account
  let ana: string
  let ben: string
  let project: PlantedProject

  beforeAll(async () => {
    account = await startAccount(rig, { now: MORNING })
    ana = await account.tool.person({ name: 'Ana Lima', email: 'ana@larkfield.example' })
    ben = await account.tool.person({ name: 'Ben Okoro', email: 'ben@larkfield.example' })
    project = await account.tool.project({ name: 'Website', columns: COLUMNS, members: [ana, ben] })
  })
  afterAll(() => account[Symbol.asyncDispose]())

  const sweep = async (id = project.id) => pull(account.session, await scopeOf(account.session, id))
  const read = async (task: string): Promise<TaskFacts> => {
    const facts = tasksOf(await sweep()).get(task)
    if (!facts) throw new Error(`The sweep did not bring ${task}.`)
    return facts
  }
  const todo = () => column(project, 'To do')

  it('says who the account is', async () => {
    const me = await account.session.whoAmI()
    expect(me.externalId).toMatch(/.+/)
    expect(me.name).toBe('Throughline')
    expect(me.missing).toEqual([])
  })

  it('offers the projects by their names', async () => {
    const offered = (await listed(account.session)).find(({ externalId }) => externalId === project.id)
    expect(offered).toMatchObject({ name: 'Website', archived: false })
    expect(offered?.url).toMatch(/^https:\/\//)
  })

  it('brings every field of a rich card', async () => {
    const parent = can.subtasks
      ? await account.tool.task({ project: project.id, column: todo(), title: 'The whole', by: ana })
      : undefined
    const id = await account.tool.task({
      project: project.id,
      column: todo(),
      title: 'Rewrite the pricing page',
      description: 'Three plans, one table.',
      by: ana,
      assignees: can.manyAssignees ? [ana, ben] : [ben],
      ...(can.labels ? { labels: ['web'] } : {}),
      ...(can.priorities ? { priority: 'high' as const } : {}),
      ...(can.startDates ? { start: can.dueTimes ? { at: '2026-11-18T12:00:00.000Z' } : { date: '2026-11-18' } } : {}),
      due: can.dueTimes ? { at: '2026-11-20T15:45:00.000Z' } : { date: '2026-11-20' },
      ...(can.checklists ? { checklist: { done: 1, total: 3 } } : {}),
      ...(can.estimates ? { estimate: 5 } : {}),
      ...(parent ? { parent } : {})
    })
    const facts = await read(id)
    expect(facts).toMatchObject({
      externalId: id,
      project: project.id,
      column: todo(),
      title: 'Rewrite the pricing page',
      creator: ana,
      completed: false,
      completedAt: null,
      parent: parent ?? null,
      presence: 'present'
    })
    expect(near(facts.createdAt)).toBe(near(MORNING))
    expect(facts.description.trim()).toBe('Three plans, one table.')
    expect(facts.url).toMatch(/^https:\/\//)
    expect([...facts.assignees].sort()).toEqual((can.manyAssignees ? [ana, ben] : [ben]).sort())
    expect(facts.labels.map(({ name }) => name)).toEqual(can.labels ? ['web'] : [])
    expect(facts.priority).toBe(can.priorities ? 'high' : 'none')
    expect(facts.rawPriority === null).toBe(!can.priorities)
    if (can.dueTimes) expect([facts.dueAt, facts.dueIsDate]).toEqual(['2026-11-20T15:45:00.000Z', false])
    else expect([facts.dueAt?.slice(0, 10), facts.dueIsDate]).toEqual(['2026-11-20', true])
    expect(facts.startAt?.slice(0, 10) ?? null).toBe(can.startDates ? '2026-11-18' : null)
    expect(facts.checklist).toEqual(can.checklists ? { done: 1, total: 3 } : { done: 0, total: 0 })
    expect(facts.estimate?.value ?? null).toBe(can.estimates ? 5 : null)
    expect(facts.commentCount).toBe(can.commentCount ? 0 : null)
    if (can.columnHistory) expect(near(facts.enteredColumnAt)).toBe(near(MORNING))
  })

  it('brings a bare card with nothing made up', async () => {
    const id = await account.tool.task({ project: project.id, column: todo(), title: 'Bare', by: ana })
    expect(await read(id)).toMatchObject({
      title: 'Bare',
      description: '',
      assignees: [],
      labels: [],
      priority: 'none',
      startAt: null,
      dueAt: null,
      dueIsDate: false,
      completed: false,
      completedAt: null,
      checklist: { done: 0, total: 0 },
      estimate: null,
      parent: null
    })
  })

  if (can.customFields)
    it('brings custom fields with their types', async () => {
      const id = await account.tool.task({
        project: project.id,
        column: todo(),
        title: 'With fields',
        fields: [
          { name: 'Note', type: 'text', value: 'call first' },
          { name: 'Hours', type: 'number', value: 2.5 },
          { name: 'Region', type: 'choice', value: 'North' }
        ]
      })
      const fields = Object.values((await read(id)).fields)
      expect(fields).toContainEqual({ name: 'Note', type: 'text', value: 'call first' })
      expect(fields).toContainEqual({ name: 'Hours', type: 'number', value: 2.5 })
      expect(fields).toContainEqual({ name: 'Region', type: 'choice', value: 'North' })
    })

  if (can.dueDates)
    it('keeps a due date without a time as that date, west of Greenwich too', async () => {
      const id = await account.tool.task({
        project: project.id,
        column: todo(),
        title: 'By Friday',
        due: { date: '2026-11-27' }
      })
      const { dueAt, dueIsDate } = await read(id)
      expect([dueAt?.slice(0, 10), dueIsDate]).toEqual(['2026-11-27', true])
    })

  it('knows the columns, in their order, and what the tool says of them', async () => {
    const columns = (await sweep()).flatMap((page) => page.columns).filter((one) => one.project === project.id)
    const ours = COLUMNS.map(({ name, category }) => ({
      category,
      found: columns.find((one) => one.externalId === column(project, name))
    }))
    expect(ours.map(({ found }) => found?.name.toLowerCase())).toEqual(COLUMNS.map(({ name }) => name.toLowerCase()))
    const positions = ours.map(({ found }) => found?.position ?? Number.NaN)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
    for (const { category, found } of ours) {
      // A tool that knows says so for `done` at least; what it leaves open is told by the name.
      if (!can.columnCategories) expect(found?.category).toBeNull()
      else if (category === 'done') expect(found?.category).toBe('done')
      else expect([category, null]).toContain(found?.category)
    }
  })

  it('knows when a card entered its column, from the card or from its history', async () => {
    const id = await account.tool.task({ project: project.id, column: todo(), title: 'On its way', by: ana })
    await account.tool.clock({ now: LATER })
    await account.tool.change(id, { column: column(project, 'Doing'), by: ben })
    const pages = await sweep()
    const facts = tasksOf(pages).get(id)
    expect(facts?.column).toBe(column(project, 'Doing'))
    const moved = pages.flatMap((page) => page.events).findLast((event) => event.task === id && event.type === 'moved')
    if (can.columnHistory) expect(near(facts?.enteredColumnAt)).toBe(near(LATER))
    else if (can.events) {
      expect(moved).toMatchObject({ from: todo(), to: column(project, 'Doing'), actor: ben })
      expect(near(moved?.at)).toBe(near(LATER))
    } else expect(facts?.enteredColumnAt).toBeNull()
  })

  it('knows what is done, and when', async () => {
    const id = await account.tool.task({ project: project.id, column: todo(), title: 'To be done' })
    await account.tool.change(id, { completed: true, by: ana })
    const facts = await read(id)
    if (facts.completed) expect(near(facts.completedAt)).toBe(near(LATER))
    else expect(can.columnCategories).toBe(true)
    await account.tool.change(id, { completed: false, by: ana })
    const reopened = await read(id)
    expect([reopened.completed, reopened.completedAt]).toEqual([false, null])
  })

  it('tells archived, deleted and hidden cards apart as far as the tool does', async () => {
    const [kept, shelved, gone] = (await account.tool.tasks(
      ['Kept', 'Shelved', 'Gone'].map((title) => ({ project: project.id, column: todo(), title }))
    )) as [string, string, string]
    if (can.archive) await account.tool.change(shelved, { archived: true })
    await account.tool.change(gone, { deleted: true })
    const pages = await sweep()
    const tasks = tasksOf(pages)
    expect(tasks.get(kept)?.presence).toBe('present')
    expect(tasks.has(gone)).toBe(false)
    const again = await fetched(account.session, [kept, shelved, gone])
    const states = new Map(
      again.map((one) => [
        one.kind === 'task' ? one.facts.externalId : one.externalId,
        one.kind === 'task' ? one.facts.presence : one.kind === 'absence' ? one.presence : 'unreadable'
      ])
    )
    expect(states.get(kept)).toBe('present')
    if (can.archive) expect(states.get(shelved)).toBe('archived')
    const reported = pages.some((page) => page.events.some((event) => event.task === gone && event.type === 'deleted'))
    if (can.deletions) expect(states.get(gone) === 'deleted' || reported).toBe(true)
    else expect(states.get(gone)).toBe('hidden')
  })

  it('finds a card that moved to another project there, and nowhere else', async () => {
    const other = await account.tool.project({ name: 'Shop', columns: COLUMNS, members: [ana] })
    const id = await account.tool.task({ project: project.id, column: todo(), title: 'Wanderer' })
    await account.tool.change(id, { move: { project: other.id, column: column(other, 'Doing') } })
    const here = [...tasksOf(await sweep()).values()].filter(({ title }) => title === 'Wanderer')
    const there = [...tasksOf(await sweep(other.id)).values()].filter(
      ({ title, project }) => title === 'Wanderer' && project === other.id
    )
    expect(here.filter((one) => one.project === project.id)).toEqual([])
    expect(there).toHaveLength(1)
    if (can.moveProjects) expect(there[0]?.externalId).toBe(id)
    const [again] = await fetched(account.session, [id])
    if (can.moveProjects) expect(again).toMatchObject({ kind: 'task', facts: { project: other.id } })
    else expect(again).toMatchObject({ kind: 'absence' })
  })

  it('keeps emoji, joined ones too, right-to-left text and ids of any length as they are', async () => {
    const title = 'Ship 🚢 👩‍👩‍👧‍👦 שלום عالم 終わり \u202eabc'
    const id = await account.tool.task({ project: project.id, column: todo(), title, assignees: [ana] })
    const facts = await read(id)
    expect(facts.title).toBe(title)
    expect(facts.externalId).toBe(id)
    expect(facts.assignees).toEqual([ana])
    const people = (await sweep()).flatMap((page) => page.people)
    expect(people.find(({ externalId }) => externalId === ana)?.name).toBe('Ana Lima')
  })

  it('sets one card aside that cannot be understood, with the place, and reads the others', async () => {
    const bad = await account.tool.task({ project: project.id, column: todo(), title: 'Broken' })
    const good = await account.tool.task({ project: project.id, column: todo(), title: 'Beside it' })
    const { path, ...spoil } = rig.broken
    await account.tool.spoil(bad, spoil)
    await account.tool.spoil(good, { set: { keyNobodyKnows: { deep: [1, 2] } } })
    const pages = await sweep()
    const unreadable = pages.flatMap((page) => page.unreadable)
    expect(unreadable.map(({ externalId, path: where }) => [externalId, where])).toEqual([[bad, path]])
    expect(tasksOf(pages).get(good)?.title).toBe('Beside it')
    expect(tasksOf(pages).has(bad)).toBe(false)
    expect(pages.flatMap((page) => page.seen)).toContain(bad)
    await account.tool.change(bad, { deleted: true })
  })

  it('never takes a project it cannot see for an empty one', async () => {
    const secret = await account.tool.project({ name: 'Secret', columns: COLUMNS })
    const scope = await scopeOf(account.session, secret.id)
    await account.tool.task({ project: secret.id, column: column(secret, 'To do'), title: 'Unseen' })
    const mark = markOf(await pull(account.session, scope))
    await account.tool.access(secret.id, false)
    const pages = pull(account.session, scope, { mark })
    // A tool whose scope is wider than a project leaves the project out: then nothing of it may be said to be seen.
    const outcome = await pages.then(
      (all) => all.some((page) => page.projects.some(({ externalId }) => externalId === secret.id)),
      (error) => (error as { kind?: string }).kind
    )
    expect(['not_found', 'forbidden', false]).toContain(outcome)
    expect((await listed(account.session)).some(({ externalId }) => externalId === secret.id)).toBe(false)
  })
})

/** To the second: some tools tell no more. */
const near = (at: string | null | undefined): string | null => at?.slice(0, 19) ?? null
