import { describe, expect, test } from 'vitest'
import { DEMO_ACCOUNTS } from '../../sandbox/demo/accounts.ts'
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

  test('stand in groups that fold by mouse and keyboard; the address keeps them', async () => {
    await using app = await openApp()
    const { page } = app
    const { groups } = (await app.api('GET', '/tasks/groups?by=project&presence=present&order=group')).body as {
      groups: { name: string; count: number }[]
    }
    const [first, second] = groups
    if (!first || !second) throw new Error('The demo has boards.')
    await app.go('/tasks?view=all')
    await page
      .getByRole('combobox', { name: 'Groups' })
      .or(page.getByRole('textbox', { name: 'Groups' }))
      .first()
      .click()
    await page.getByRole('option', { name: 'By project' }).click()
    const table = page.getByRole('treegrid', { name: 'Tasks' })
    const head = ({ name, count }: { name: string; count: number }) =>
      table.getByRole('row', { name: `${name} ${count} cards` })
    await head(first).waitFor()
    const sum = groups.reduce((all, { count }) => all + count, 0)
    const rows = (n: number) => page.locator(`[role=treegrid][aria-rowcount="${n + 1}"]`).waitFor()
    await rows(sum + groups.length)
    expect(await head(first).getAttribute('aria-expanded')).toBe('true')
    const filter = encodeURIComponent(`project = "${first.name}"`)
    const inFirst = (await listed(app, `sort=age&filter=${filter}`)).tasks.map(({ title }) => title)
    expect(inFirst).toHaveLength(first.count)
    const titles = await table
      .locator('tr[aria-level="2"]')
      .evaluateAll((found) =>
        found.slice(0, 3).map((row) => row.querySelector('[title]')?.parentElement?.textContent ?? '')
      )
    for (const [place, title] of titles.entries()) expect(title).toContain(inFirst[place])
    expect(await app.accessibility()).toEqual([])

    await head(first).click()
    await rows(sum - first.count + groups.length)
    expect(await head(first).getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await rows(sum - first.count - second.count + groups.length)
    await page.keyboard.press('ArrowRight')
    await rows(sum - first.count + groups.length)
    await page.keyboard.press('ArrowLeft')
    await page.reload()
    await rows(sum - first.count - second.count + groups.length)
    expect(await head(first).getAttribute('aria-expanded')).toBe('false')

    await page.getByRole('button', { name: 'Fold all groups' }).click()
    await rows(groups.length)
    await head(second).press(' ')
    await rows(groups.length + second.count)
    await table.locator('tr[aria-level="2"]').first().click()
    await page.getByRole('heading', { name: 'Counts towards' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Only these: ${second.name}` }).click()
    await page.getByText(`${second.count} of `).waitFor()
    expect(new URL(page.url()).searchParams.get('filter')).toBe(`project = "${second.name}"`)
    expect(app.complaints).toEqual([])
  })

  test('in groups by assignee stand under each of their people, and on a phone fit', async () => {
    await using app = await openApp({ viewport: PHONE })
    const { page } = app
    const { groups } = (await app.api('GET', '/tasks/groups?by=assignee&presence=present&order=group')).body as {
      groups: { key: string | null; count: number }[]
    }
    await app.go('/tasks?view=all&group=assignee&folded=true')
    await page.getByRole('row', { name: `Nobody yet ${groups.at(-1)?.count} cards` }).waitFor()
    expect(groups.at(-1)?.key).toBeNull()
    expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe(String(groups.length + 1))
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  test('that no card matches say what would be there without a condition, and lead to it', async () => {
    await using app = await openApp()
    const { page } = app
    const filter = 'category = doing and title contains "no card says this"'
    const { total } = await listed(app, `filter=${encodeURIComponent('category = doing')}`)
    await app.go(`/tasks?filter=${encodeURIComponent(filter)}`)
    await page.getByText('No card matches').waitFor()
    await page.getByText(`${total} would without`).waitFor()
    expect(await app.accessibility()).toEqual([])
    await page.getByRole('button', { name: '“Title: contains no card says this”' }).click()
    await page.getByText(`${total} of `).waitFor()
    expect(new URL(page.url()).searchParams.get('filter')).toBe('category = doing')
    await page.getByRole('searchbox', { name: 'Search cards' }).fill('qqqqqq')
    await page.getByRole('button', { name: '“searching for qqqqqq”' }).click()
    await page.getByText(`${total} of `).waitFor()
    expect(await page.getByRole('searchbox', { name: 'Search cards' }).inputValue()).toBe('')
  })

  test('what people wrote on a card is read as they wrote it, and does nothing', async () => {
    await using app = await openApp()
    const { page } = app
    const { tasks } = await listed(app, `limit=1&filter=${encodeURIComponent('tool = trello and category = backlog')}`)
    const [card] = tasks as { id: string; title: string; project: string }[]
    if (!card) throw new Error('The demo has a card on Trello.')
    const trello = DEMO_ACCOUNTS.find(({ tool }) => tool === 'trello')
    if (!trello) throw new Error('The demo has an account on Trello.')
    const { key, token } = trello.credentials as { key: string; token: string }
    const text = [
      'Seen **by both**, see [the plan](https://larkfield.example/plan).',
      '',
      '- one',
      '- <img src=x onerror="document.title=1"> [two](javascript:alert(1))'
    ].join('\n')
    const posted = await fetch(
      `${app.tools.trello}/1/cards/${card.id.slice(7)}/actions/comments?${new URLSearchParams({ key, token, text })}`,
      { method: 'POST' }
    )
    expect(posted.status).toBe(200)
    const { id: action } = (await posted.json()) as { id: string }
    expect(await app.api('POST', '/sync', { projects: [card.project] })).toMatchObject({ status: 200 })
    await app.go(`/tasks?view=all&open=${card.id}`)
    const panel = page.getByRole('complementary', { name: card.title })
    await panel.getByText('by both').waitFor()
    expect(await panel.locator('strong').getByText('by both').count()).toBe(1)
    const link = panel.getByRole('link', { name: 'the plan' })
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://larkfield.example/plan',
      'noopener noreferrer nofollow'
    ])
    const item = panel.getByRole('listitem').filter({ hasText: 'onerror' }).last()
    expect(await item.textContent()).toBe('<img src=x onerror="document.title=1"> [two](javascript:alert(1))')
    expect(await panel.locator('img, [href^=javascript]').count()).toBe(0)
    expect(await app.accessibility()).toEqual([])
    expect(app.complaints).toEqual([])
    await fetch(`${app.tools.trello}/1/actions/${action}?${new URLSearchParams({ key, token })}`, { method: 'DELETE' })
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
    await page.locator(`[role=grid][aria-rowcount="${overdue + 1}"]`).waitFor()
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

describe('⌘K', () => {
  const open = async ({ page, go }: Awaited<ReturnType<typeof openApp>>) => {
    await go('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: 'Find or jump to' }).waitFor()
  }

  test('finds a card, and Enter opens it', async () => {
    await using app = await openApp()
    const { page } = app
    const { tasks } = await listed(app, 'sort=title&limit=1&search=nordwind')
    const title = tasks[0]?.title ?? ''
    await open(app)
    await page.keyboard.type(title)
    const cards = page.getByRole('group', { name: 'Cards' })
    await cards.getByRole('button', { name: title }).first().waitFor()
    expect(await app.accessibility()).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: title }).waitFor()
    expect(new URL(page.url()).searchParams.get('open')).toMatch(/^\w+:/)
    expect(app.complaints).toEqual([])
  })

  test('finds boards, key results, people and pages, under their headings', async () => {
    await using app = await openApp()
    const { page } = app
    const { objectives } = (await app.api('GET', '/objectives')).body as {
      objectives: { keyResults: { id: string; title: string }[] }[]
    }
    const keyResult = objectives.flatMap(({ keyResults }) => keyResults)[0]
    await open(app)
    const field = page.getByRole('textbox', { name: 'Find or jump to' })
    const group = (name: string) => page.getByRole('group', { name })
    await field.fill('client portal')
    await group('Boards').getByRole('button', { name: 'Client portal' }).waitFor()
    await field.fill('lucía')
    await group('People')
      .getByRole('button', { name: /Lucía Fernández/ })
      .waitFor()
    await field.fill('setti')
    await group('Go to').getByRole('button', { name: 'Settings' }).waitFor()
    await field.fill('zzzzzz')
    await page.getByText('Nothing of that name.').waitFor()
    await field.fill(keyResult?.title ?? '')
    await group('Key results')
      .getByRole('button', { name: keyResult?.title ?? '' })
      .click()
    await page.getByRole('heading', { level: 2, name: keyResult?.title ?? '', exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('open')).toBe(keyResult?.id)
    expect(app.complaints).toEqual([])
  })

  test('shows a member nothing of boards that are not theirs, and no people', async () => {
    await using app = await openApp({ role: 'member' })
    await open(app)
    const { page } = app
    const field = page.getByRole('textbox', { name: 'Find or jump to' })
    await field.fill('lucía')
    await page.getByText('Nothing of that name.').waitFor()
    await field.fill('nordwind')
    await page.getByText('Nothing of that name.').waitFor()
  })
})
