/** Larkfield, the demo company, plays its last ten weeks in Linear too. */
import { expect, it } from 'vitest'
import { pull } from '../contract/account.ts'
import { linearAccount } from './account.ts'

const NOW = '2026-11-16T08:00:00.000Z'

it('the demo company has a team with work in every state, and nothing in it is of tomorrow', async () => {
  await using account = await linearAccount({ demo: true, now: NOW })
  const projects = await Array.fromAsync(account.session.projects())
  expect(projects).toHaveLength(1)
  const [scope] = await account.session.scopes(projects.map(({ externalId }) => externalId))
  const pages = await pull(account.session, scope!)
  const tasks = pages.flatMap((page) => page.tasks).map(({ facts }) => facts)
  expect(tasks.length).toBeGreaterThan(10)
  expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([])
  const categories = new Map(
    pages.flatMap(({ columns }) => columns).map(({ externalId, category }) => [externalId, category])
  )
  const found = new Set(tasks.map(({ column }) => categories.get(column ?? '')))
  expect([...found]).toEqual(expect.arrayContaining(['todo', 'doing', 'done']))
  const late = new Date(Date.parse(NOW) + 60_000).toISOString()
  expect(tasks.filter(({ updatedAt, enteredColumnAt }) => updatedAt > late || (enteredColumnAt ?? '') > late)).toEqual(
    []
  )
  expect(tasks.filter(({ enteredColumnAt }) => enteredColumnAt === null)).toEqual([])
})
