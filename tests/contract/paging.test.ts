/** Many tasks: all pages, each task once, an interrupted sweep goes on, and what it costs is what the docs say. */
import { describe, expect, it } from 'vitest'
import { COLUMNS, column, markOf, pull, scopeOf, startAccount, tasksOf } from './account.ts'
import { rigs } from './rigs/index.ts'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  it('reads more than two pages of tasks, each once, for exactly the requests it says', async () => {
    await using account = await startAccount(rig, { now: '2026-11-16T08:00:00Z' })
    const project = await account.tool.project({ name: 'Big', columns: COLUMNS })
    const count = rig.pageSize * 2 + 7
    const planted = await account.tool.tasks(
      Array.from({ length: count }, (_, index) => ({
        project: project.id,
        column: column(project, 'To do'),
        title: `Task ${index + 1}`
      }))
    )
    const scope = await scopeOf(account.session, project.id)
    await account.tool.forgetRequests()
    const pages = await pull(account.session, scope)
    expect((await account.tool.requests(0)).byTemplate).toEqual(rig.cost.sweep(count, COLUMNS.length))
    expect(pages.flatMap((page) => page.seen).sort()).toEqual([...planted].sort())
    const titles = [...tasksOf(pages).values()].map(({ title }) => title)
    expect(new Set(titles)).toEqual(new Set(planted.map((_, index) => `Task ${index + 1}`)))

    // Cut off after each page, a sweep goes on from there and ends with the same tasks.
    const stopped = pages.slice(0, -1).map(({ cursor }) => JSON.parse(JSON.stringify(cursor)) as unknown)
    expect(stopped.every((cursor) => cursor !== null)).toBe(true)
    const middle = Math.floor(stopped.length / 2)
    const rest = await pull(account.session, scope, { cursor: stopped[middle] })
    const seen = new Set([...pages.slice(0, middle + 1), ...rest].flatMap((page) => page.seen))
    expect(seen).toEqual(new Set(planted))

    // Nothing changed for long: as dear as the docs say.
    await account.tool.clock({ advanceMs: 3_600_000 })
    await account.tool.change(planted[0] as string, { title: 'Task 1' })
    await account.tool.change(planted[0] as string, { title: 'Task 1 again' })
    await account.tool.clock({ advanceMs: 3_600_000 })
    const quiet = await pull(account.session, scope, { sweep: true, mark: markOf(pages) })
    await account.tool.clock({ advanceMs: 3_600_000 })
    await account.tool.forgetRequests()
    const nothing = await pull(account.session, scope, { sweep: false, mark: markOf(quiet) })
    expect((await account.tool.requests(0)).byTemplate).toEqual(rig.cost.quiet)
    expect(nothing.flatMap((page) => page.tasks)).toEqual([])
    expect(nothing.at(-1)?.mark).toBeDefined()
  })

  it('concludes nothing from an answer without a single task: an empty project is whole and empty', async () => {
    await using account = await startAccount(rig)
    const project = await account.tool.project({ name: 'Empty', columns: COLUMNS })
    const pages = await pull(account.session, await scopeOf(account.session, project.id))
    expect(pages.flatMap((page) => page.seen)).toEqual([])
    expect(pages.flatMap((page) => page.projects).map(({ name }) => name)).toContain('Empty')
    expect(pages.at(-1)?.cursor).toBeNull()
  })
})
