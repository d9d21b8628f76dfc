/** Reading Linear: what is particular to it, beyond what every tool is held to. */
import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/adapter.ts'
import { text } from '../../src/model/richText.ts'
import { fetched, markOf, pull, refusal, scopeOf, tasksOf } from '../contract/account.ts'
import { linearAccount, team } from './account.ts'

const MORNING = '2026-11-16T08:00:00.000Z'
const HOUR = 3_600_000
const near = (at: string | null | undefined) => at?.slice(0, 19)
const eventsOf = (pages: Page[], task: string) =>
  pages.flatMap(({ events }) => events).filter((event) => event.task === task)
const since = (pages: Page[]) => ({ sweep: false, mark: markOf(pages) })

describe('a card', () => {
  it('has its cycle and its project as fields, its number of points and a day for a due date', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const task = await tool.task({
      project: website.id,
      column: website.columns.Todo!,
      title: 'Launch',
      estimate: 3,
      priority: 'urgent',
      due: { date: '2026-12-24' }
    })
    await tool.admin('PUT', `placed/${task}`, { project: 'Christmas', cycle: { number: 12 } })
    const facts = tasksOf(await pull(session, await scopeOf(session, website.id))).get(task)
    expect(facts?.fields).toEqual({
      cycle: { name: 'Cycle', type: 'choice', value: 'Cycle 12' },
      project: { name: 'Project', type: 'choice', value: 'Christmas' }
    })
    expect(facts).toMatchObject({
      estimate: { value: 3, unit: 'points' },
      priority: 'urgent',
      rawPriority: 'Urgent',
      dueAt: '2026-12-24T00:00:00.000Z',
      dueIsDate: true,
      commentCount: null,
      url: 'https://linear.app/larkfield/issue/WEB-1/launch'
    })
    const [again] = await fetched(session, [task])
    expect(again?.kind === 'task' && again.facts).toEqual(facts)
  })

  it('reads the same whether a sweep, a pull or a single look brings it', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const ana = await tool.person({ name: 'Ana Lima' })
    const website = await team(account, 'Website', [ana])
    const scope = await scopeOf(session, website.id)
    const first = await pull(session, scope)
    const made = await tool.task({
      project: website.id,
      column: website.columns.Todo!,
      title: 'New',
      labels: ['b', 'a']
    })
    const moved = await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Moved', labels: ['a'] })
    await tool.clock({ advanceMs: HOUR })
    await tool.change(moved, { column: website.columns['In Review']!, assignees: [ana], by: ana })
    const pulled = tasksOf(await pull(session, scope, since(first)))
    const swept = tasksOf(await pull(session, scope))
    expect([...pulled.keys()].sort()).toEqual([made, moved].sort())
    expect(pulled).toEqual(new Map([...swept].filter(([id]) => pulled.has(id))))
    for (const one of await fetched(session, [made, moved])) {
      if (one.kind !== 'task') throw new Error(one.kind)
      expect(one.facts).toEqual(swept.get(one.facts.externalId))
    }
    expect(near(swept.get(moved)?.enteredColumnAt)).toBe('2026-11-16T09:00:00')
  })

  it('tells who moved, assigned, dated and renamed it, each event with the id it will have next time', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const [ana, ben] = [await tool.person({ name: 'Ana Lima' }), await tool.person({ name: 'Ben Okoro' })]
    const website = await team(account, 'Website', [ana, ben])
    const scope = await scopeOf(session, website.id)
    const { Todo: todo, 'In Progress': doing, Done: done } = website.columns as Record<string, string>
    const task = await tool.task({ project: website.id, column: todo!, title: 'One', by: ana, assignees: [ana] })
    const first = await pull(session, scope)
    const steps = [
      { by: ben, column: doing! },
      { by: ben, assignees: [ben] },
      { by: ana, due: { date: '2026-12-01' } },
      { by: ana, due: { date: '2026-12-08' } },
      { by: ana, title: 'Two' },
      { by: ana, archived: true },
      { by: ana, archived: false },
      { by: ben, column: done! }
    ]
    for (const step of steps) {
      await tool.clock({ advanceMs: HOUR })
      await tool.change(task, step)
    }
    const pages = await pull(session, scope, since(first))
    const said = eventsOf(pages, task)
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ type, actor, from, to }) => ({ type, actor, from, to }))
    const day = (date: string) => `${date}T00:00:00.000Z`
    expect(said).toEqual([
      { type: 'created', actor: ana, from: null, to: todo },
      { type: 'moved', actor: ben, from: todo, to: doing },
      { type: 'unassigned', actor: ben, from: ana, to: null },
      { type: 'assigned', actor: ben, from: null, to: ben },
      { type: 'due_changed', actor: ana, from: null, to: day('2026-12-01') },
      { type: 'due_changed', actor: ana, from: day('2026-12-01'), to: day('2026-12-08') },
      { type: 'renamed', actor: ana, from: 'One', to: 'Two' },
      { type: 'archived', actor: ana, from: null, to: null },
      { type: 'restored', actor: ana, from: null, to: null },
      { type: 'moved', actor: ben, from: doing, to: done }
    ])
    const again = eventsOf(await pull(session, scope, since(first)), task)
    expect(again.map(({ externalId }) => externalId).sort()).toEqual(
      eventsOf(pages, task)
        .map(({ externalId }) => externalId)
        .sort()
    )
    expect(new Set(again.map(({ externalId }) => externalId)).size).toBe(10)
  })

  it('moved in its first three minutes, of which the history says nothing, still says when', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    await tool.admin('POST', 'unlogged', { minutes: 3 })
    const ana = await tool.person({ name: 'Ana Lima' })
    const website = await team(account, 'Website', [ana])
    const { Todo: todo, 'In Progress': doing } = website.columns as Record<string, string>
    const task = await tool.task({ project: website.id, column: todo!, title: 'Quick' })
    await tool.clock({ now: '2026-11-16T08:02:00.000Z' })
    await tool.change(task, { column: doing!, by: ana })
    const pages = await pull(session, await scopeOf(session, website.id))
    expect(near(tasksOf(pages).get(task)?.enteredColumnAt)).toBe('2026-11-16T08:02:00')
    const move = eventsOf(pages, task).find(({ type }) => type === 'moved')
    expect(move).toMatchObject({ from: todo, to: doing, actor: null })
  })

  it('that went to and fro many times is dated by its last arrival, whatever lies between', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const { Todo: todo, 'In Progress': doing } = website.columns as Record<string, string>
    const task = await tool.task({ project: website.id, column: todo!, title: 'Restless' })
    for (let turn = 0; turn < 25; turn++) {
      await tool.clock({ advanceMs: HOUR })
      await tool.change(task, { column: turn % 2 === 0 ? doing! : todo! })
    }
    const facts = tasksOf(await pull(session, await scopeOf(session, website.id))).get(task)
    expect(facts?.column).toBe(doing)
    expect(near(facts?.enteredColumnAt)).toBe('2026-11-17T09:00:00')
  })

  it('in the trash is deleted, taken out of it it is back, and gone for good it is hidden', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const scope = await scopeOf(session, website.id)
    const [task, lost] = (await tool.tasks(
      ['Binned', 'Lost'].map((title) => ({ project: website.id, column: website.columns.Todo!, title }))
    )) as [string, string]
    const first = await pull(session, scope)
    await tool.clock({ advanceMs: HOUR })
    await tool.change(task, { deleted: true })
    await tool.admin('DELETE', `issues/${lost}`)
    const binned = await pull(session, scope, since(first))
    expect(tasksOf(binned).has(task)).toBe(false)
    expect(eventsOf(binned, task).filter(({ type }) => type === 'deleted')).toHaveLength(1)
    expect(await fetched(session, [task, lost])).toEqual([
      { kind: 'absence', externalId: task, presence: 'deleted' },
      { kind: 'absence', externalId: lost, presence: 'hidden' }
    ])
    await tool.clock({ advanceMs: HOUR })
    await fetch(`${tool.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'lin_api_sandbox' },
      body: JSON.stringify({ query: `mutation { issueUnarchive(id: "${task}") { success } }` })
    })
    const back = await pull(session, scope, since(binned))
    expect(tasksOf(back).get(task)?.presence).toBe('present')
    expect(eventsOf(back, task).some(({ type }) => type === 'deleted')).toBe(false)
  })
})

describe('a pull', () => {
  it('of many changed issues asks for their histories in batches, not one by one', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const scope = await scopeOf(session, website.id)
    const tasks = await tool.tasks(
      Array.from({ length: 130 }, (_, index) => ({
        project: website.id,
        column: website.columns.Todo!,
        title: `T${index}`
      }))
    )
    const first = await pull(session, scope)
    await tool.clock({ advanceMs: HOUR })
    for (const task of tasks) await tool.change(task, { column: website.columns['In Progress']! })
    await tool.forgetRequests()
    const changed = await pull(session, scope, since(first))
    expect(tasksOf(changed).size).toBe(130)
    // Fifty whole issues in one answer.
    expect((await tool.requests(0)).byTemplate).toEqual({ 'query Changes': 1, 'query Read': 3 })
    await tool.forgetRequests()
    await pull(session, scope)
    // Eighty histories in one answer.
    expect((await tool.requests(0)).byTemplate).toMatchObject({ 'query Issues': 1, 'query Histories': 2 })
  })

  it('brings the overlap again only where something changed in it', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const scope = await scopeOf(session, website.id)
    const task = await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Fresh' })
    const first = await pull(session, scope)
    const quiet = await pull(session, scope, since(first))
    expect(quiet.flatMap(({ tasks }) => tasks)).toEqual([])
    await tool.change(task, { title: 'Fresher' })
    const second = await pull(session, scope, since(quiet))
    expect(tasksOf(second).get(task)?.title).toBe('Fresher')
  })

  it('brings comments, each with an event of the same id, and sees an edit without the issue changing', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const ana = await tool.person({ name: 'Ana Lima' })
    const website = await team(account, 'Website', [ana])
    const scope = await scopeOf(session, website.id)
    const task = await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Discussed' })
    const first = await pull(session, scope)
    await tool.clock({ advanceMs: HOUR })
    const said = await tool.comment(task, { by: ana, text: 'Shall we?' })
    const second = await pull(session, scope, since(first))
    expect(second.flatMap(({ comments }) => comments)).toMatchObject([
      { externalId: said, task, author: ana, text: 'Shall we?', editedAt: null }
    ])
    expect(eventsOf(second, task)).toMatchObject([{ externalId: said, type: 'commented', actor: ana }])
    const own = await session.comments.post(task, [{ kind: 'paragraph', inlines: [text('Ours')] }], 'k')
    await tool.clock({ advanceMs: HOUR })
    await session.comments.edit(task, own.externalId, [{ kind: 'paragraph', inlines: [text('Ours, edited')] }])
    const third = await pull(session, scope, since(second))
    const edited = third.flatMap(({ comments }) => comments).find(({ externalId }) => externalId === own.externalId)
    expect(edited?.text).toBe('Ours, edited')
    expect(near(edited?.editedAt)).toBe('2026-11-16T10:00:00')
  })

  it('reads more comments than one answer holds', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const ana = await tool.person({ name: 'Ana Lima' })
    const website = await team(account, 'Website', [ana])
    const scope = await scopeOf(session, website.id)
    const task = await tool.task({ project: website.id, column: website.columns.Todo!, title: 'Discussed' })
    const first = await pull(session, scope)
    await tool.clock({ advanceMs: HOUR })
    for (let index = 0; index < 60; index++) await tool.comment(task, { by: ana, text: `Line ${index}` })
    const pages = await pull(session, scope, since(first))
    const lines = new Set(pages.flatMap(({ comments }) => comments).map(({ text: line }) => line))
    expect(lines).toEqual(new Set(Array.from({ length: 60 }, (_, index) => `Line ${index}`)))
    expect(pages.slice(0, -1).every(({ cursor }) => cursor !== null)).toBe(true)
  })

  it('reads a team that was chosen later, or came back into sight, from its beginning', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const [one, other] = [await team(account, 'One'), await team(account, 'Other')]
    await tool.task({ project: one.id, column: one.columns.Todo!, title: 'In one' })
    const old = await tool.task({ project: other.id, column: other.columns.Todo!, title: 'In the other' })
    await tool.clock({ advanceMs: HOUR })
    const [scope] = await session.scopes([one.id])
    const first = await pull(session, scope!)
    const both = { ...scope!, projects: [one.id, other.id] }
    const second = await pull(session, both, since(first))
    expect(tasksOf(second).has(old)).toBe(true)

    await tool.access(other.id, false)
    await tool.clock({ advanceMs: HOUR })
    const without = await pull(session, both, since(second))
    expect(without.flatMap(({ tasks }) => tasks)).toEqual([])
    await tool.access(other.id, true)
    const back = await pull(session, both, since(without))
    expect(tasksOf(back).has(old)).toBe(true)
    await tool.access(other.id, false)
    await tool.access(one.id, false)
    expect(await refusal(pull(session, both, since(back)))).toMatchObject({ kind: 'not_found', code: 'no_team' })
  })

  it('looks at columns, labels and people again after some hours', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const website = await team(account)
    const scope = await scopeOf(session, website.id)
    const first = await pull(session, scope)
    await tool.clock({ advanceMs: 5 * HOUR })
    await tool.person({ name: 'New Here' })
    const later = await pull(session, scope, since(first))
    expect(later.flatMap(({ people }) => people).map(({ name }) => name)).toContain('New Here')
    expect(later.flatMap(({ columns }) => columns)).toHaveLength(6)
  })
})

describe('a team', () => {
  it('is read by the company, by its members alone or by guests, and says who is in it', async () => {
    await using account = await linearAccount({ now: MORNING })
    const { tool, session } = account
    const ana = await tool.person({ name: 'Ana Lima' })
    await team(account, 'Open', [ana])
    await tool.project({ name: 'Visited', columns: [{ name: 'Todo', category: 'todo' }], guests: true })
    await tool.project({ name: 'Over', columns: [{ name: 'Todo', category: 'todo' }], archived: true })
    const me = (await session.whoAmI()).externalId
    const projects = await Array.fromAsync(session.projects())
    const by = new Map(projects.map((project) => [project.name, project]))
    expect(by.get('Open')).toMatchObject({ audience: 'company', archived: false })
    expect([...(by.get('Open')?.members ?? [])].sort()).toEqual([ana, me].sort())
    expect(by.get('Visited')).toMatchObject({ audience: 'guests' })
    expect(by.get('Over')).toMatchObject({ archived: true })
  })

  it('among many is found, fifteen to an answer', async () => {
    await using account = await linearAccount({ now: MORNING })
    for (let index = 0; index < 32; index++) await team(account, `Team ${index}`)
    await account.tool.forgetRequests()
    expect(await Array.fromAsync(account.session.projects())).toHaveLength(32)
    expect((await account.tool.requests(0)).byTemplate).toEqual({ 'query Teams': 3 })
  })
})
