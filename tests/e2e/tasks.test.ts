import { describe, expect, test } from 'vitest'
import { openApp, PHONE } from './browser.ts'

interface Listed {
  total: number
  tasks: { id: string; title: string }[]
}

const listed = async (app: Awaited<ReturnType<typeof openApp>>, query: string) =>
  (await app.api('GET', `/tasks?presence=present&${query}`)).body as Listed

describe('tasks', () => {
  test('stand in one table; a card opens beside it with its history, J reads on, Esc closes, the address keeps it', async () => {
    await using app = await openApp()
    const { page } = app
    // A tool that tells its cards' history.
    const filter = encodeURIComponent('tool = trello')
    const { tasks, total } = await listed(app, `finding=any&sort=age&limit=3&filter=${filter}`)
    await app.go(`/tasks?view=findings&filter=${filter}`)
    const table = page.getByRole('grid', { name: 'Tasks' })
    await table
      .getByText(tasks[0]?.title ?? '', { exact: true })
      .first()
      .waitFor()
    expect(await table.getAttribute('aria-rowcount')).toBe(String(total + 1))
    expect(await page.getByRole('link', { name: /^With findings/ }).getAttribute('aria-current')).toBe('page')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const card = page.getByRole('complementary', { name: tasks[0]?.title ?? '' })
    await card.getByRole('heading', { name: 'History' }).waitFor()
    await card
      .getByText(/told by|seen by us/)
      .first()
      .waitFor()
    expect(await card.getByRole('link', { name: /^Open in / }).getAttribute('href')).toMatch(/^https?:/)
    await page.keyboard.press('j')
    await page.getByRole('heading', { level: 2, name: tasks[1]?.title ?? '' }).waitFor()
    expect(new URL(page.url()).searchParams.get('open')).toBe(tasks[1]?.id)
    await page.reload()
    await page.getByRole('heading', { level: 2, name: tasks[1]?.title ?? '' }).waitFor()
    expect(await app.accessibility()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'History' }).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('open')).toBeNull()
    expect(app.complaints).toEqual([])
  })

  test('are searched with “/”, filtered by pills, and the filter stands in the address as text', async () => {
    await using app = await openApp()
    const { page } = app
    await app.go('/tasks?view=all')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('nordwind')
    const found = await listed(app, 'search=nordwind')
    await page.getByText(`${found.total} of `).waitFor()
    await page.getByRole('searchbox', { name: 'Search cards' }).fill('')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const editing = page.getByRole('dialog')
    await editing.getByRole('combobox', { name: 'How', exact: true }).click()
    await editing.getByRole('option', { name: 'is none of' }).click()
    expect(await app.accessibility()).toEqual([])
    await editing.getByRole('combobox', { name: 'Value', exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await editing.getByRole('option', { name: 'Doing' }).click()
    await editing.getByRole('button', { name: 'Use this filter' }).click()
    const others = await listed(app, `filter=${encodeURIComponent('category != doing')}`)
    await page.getByText(`${others.total} of `).waitFor()
    expect(new URL(page.url()).searchParams.get('filter')).toBe('category not in (doing)')
    await page.getByRole('button', { name: /^Category\s*is none of Doing$/ }).waitFor()
    await page.getByRole('button', { name: 'Without the filter Category' }).click()
    await page.getByText(/^(\d+) of \1 cards/).waitFor()
    expect(app.complaints).toEqual([])
  })

  test('a view is saved, comes back, and is removed', async () => {
    await using app = await openApp({ role: 'manager' })
    const { page } = app
    await app.go(`/tasks?filter=${encodeURIComponent('category = blocked')}`)
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByLabel('Name').fill('Held up')
    await page.getByRole('button', { name: 'Save as a new view' }).click()
    await page.getByRole('link', { name: /^Held up/ }).waitFor()
    await page.getByRole('link', { name: /^All/ }).click()
    await page.getByRole('link', { name: /^Held up/ }).click()
    await page.getByRole('button', { name: /^Category\s*Blocked$/ }).waitFor()
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('button', { name: 'Remove “Held up”' }).click()
    await page.getByRole('link', { name: /^Held up/ }).waitFor({ state: 'detached' })
    expect(app.complaints).toEqual([])
  })

  test('stand on a board by what their columns mean', async () => {
    await using app = await openApp()
    await app.go('/tasks?view=all&layout=board')
    const lane = app.page.getByRole('region', { name: 'Doing' })
    await lane.getByRole('button').first().click()
    await app.page.getByRole('heading', { name: 'Counts towards' }).waitFor()
    expect(await app.accessibility()).toEqual([])
    expect(app.complaints).toEqual([])
  })

  test('on a phone a card is a page of its own', async () => {
    await using app = await openApp({ viewport: PHONE })
    const { page } = app
    await app.go('/tasks')
    await page.getByRole('row').nth(1).click()
    const card = page.getByRole('dialog')
    await card.getByRole('heading', { name: 'History' }).waitFor()
    expect((await card.boundingBox())?.width).toBe(PHONE.width)
    await card.getByRole('button', { name: 'Close' }).click()
    await card.waitFor({ state: 'detached' })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(app.complaints).toEqual([])
  })

  test('a filter that cannot be read says where, a view that is gone leads to all cards', async () => {
    await using app = await openApp()
    const { page } = app
    await app.go('/tasks?filter=category+%3D+dong')
    await page
      .getByText(/cannot be read at character/)
      .first()
      .waitFor()
    await app.go('/tasks?view=view-of-nobody')
    await page.getByRole('button', { name: 'Show all cards' }).click()
    await page.getByRole('grid').waitFor()
  })
})

describe('findings', () => {
  test('are counted by rule, person and project, and lead to their cards', async () => {
    await using app = await openApp()
    const { page } = app
    const { groups, total } = (await app.api('GET', '/findings/groups?by=rule')).body as {
      groups: { key: string; count: number }[]
      total: number
    }
    await app.go('/findings')
    await page.getByText(`${total} findings open on `).waitFor()
    const overdue = groups.find(({ key }) => key === 'overdue')?.count ?? 0
    await page.getByRole('button', { name: `Overdue ${overdue}` }).click()
    const table = page.getByRole('grid', { name: 'Findings' })
    await page.waitForFunction(
      `document.querySelector('[role=grid]').getAttribute('aria-rowcount') === '${overdue + 1}'`
    )
    expect(new URL(page.url()).searchParams.get('rule')).toBe('overdue')
    await table.getByRole('row').nth(1).click()
    await page.getByRole('heading', { name: 'Counts towards' }).waitFor()
    expect(await app.accessibility()).toEqual([])
    await page.getByText('Project', { exact: true }).first().click()
    await page.getByRole('button', { name: /^All findings/ }).waitFor()
    await page.getByText('Closed', { exact: true }).click()
    await page.getByText(/findings? closed on /).waitFor()
    expect(app.complaints).toEqual([])
  })
})
