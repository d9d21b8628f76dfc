/** Larkfield, the demo company, plays its last ten weeks in Basecamp too. */
import { expect, it } from 'vitest'
import { pulled, startAccount, tasksOf } from './account.ts'

const NOW = '2026-11-16T08:00:00.000Z'

it('the demo company has a card table with work waiting, under way and done, and nothing in it is of tomorrow', async () => {
  await using account = await startAccount({ demo: true, now: NOW })
  const projects = await Array.fromAsync(account.session.projects())
  expect(projects.map(({ name }) => name)).toEqual(['Office and onboarding'])
  const [scope] = await account.session.scopes(projects.map(({ externalId }) => externalId))
  const pages = await pulled(account.session, scope!)
  const tasks = tasksOf(pages)
  expect(tasks.length).toBeGreaterThan(10)
  expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([])
  const names = new Map(pages.flatMap(({ columns }) => columns).map(({ externalId, name }) => [externalId, name]))
  const found = new Set(tasks.map(({ column }) => names.get(column ?? '')))
  expect([...found].sort()).toEqual(['Done', 'Figuring it out', 'In progress'])
  const late = new Date(Date.parse(NOW) + 60_000).toISOString()
  expect(tasks.filter(({ updatedAt }) => updatedAt > late)).toEqual([])
  // Of every card in work the history says when it came where it is.
  const working = tasks.filter(({ column }) => names.get(column ?? '') === 'In progress')
  const entered = pages.flatMap(({ events }) => events).filter(({ type }) => type === 'moved' || type === 'created')
  for (const { externalId, column } of working) {
    expect(entered.findLast(({ task }) => task === externalId)?.to).toBe(column)
  }
})
