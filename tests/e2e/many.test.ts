/** A hundred thousand cards: one goes to either end and anywhere between, and reads the right ones, while the page stays small. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/database.ts'
import { plantProject } from '../helpers/plant.ts'
import { type App, openApp } from './browser.ts'
import { openOwnHub } from './ownHub.ts'

const MANY = 100_000

interface Row {
  place: number
  title: string
}

test('100,000 cards are walked through from end to end', { timeout: 180_000 }, async () => {
  await using hub = await openOwnHub()
  await plantProject(hub.db, { id: 'p1', name: 'Warehouse', columns: { doing: 'doing', done: 'done' } })
  // The number is turned round, so that the order of the titles is not the one they were written in.
  await hub.db.run(sql`
    insert into tasks (id, tool, project_id, column_id, title, description, description_cut, url, assignees, labels, priority,
      due_is_date, completed, created_at, updated_at, checklist_done, checklist_total, comment_count, fields, presence, hash,
      category, open, entered_column_at, entered_known, valid_from)
    select 'trello:many' || n, 'trello', 'trello:p1', 'trello:doing', 'Crate ' || reverse(lpad(n::text, 6, '0')), '', false,
      'https://trello.example/c/' || n, '{}', '[]', 'none', false, false, at, at, 0, 0, 0, '{}', 'present', 'planted',
      'doing', true, at, 'reported', at
    from generate_series(1, ${MANY}::int) n, lateral (select timestamptz '2026-09-01' + n * interval '1 minute' as at) as made`)

  await using app = await openApp({ at: hub })
  const { page } = app
  let asked = 0
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/tasks') asked++
  })
  await app.go('/tasks?view=all&sort=title')
  const table = page.getByRole('grid', { name: 'Tasks' })
  await page.getByText('100,000 of 100,000 cards').waitFor()
  expect(await table.getAttribute('aria-rowcount')).toBe(String(MANY + 1))
  await reads(app, 0)

  await page.keyboard.press('End')
  await reads(app, MANY - 1)
  // As the scrollbar is dragged.
  await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight / 2 }))
  const middle = await reads(app, MANY / 2)
  await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight / 3 }))
  await reads(app, Math.round(MANY / 3))
  await page.keyboard.press('Home')
  await reads(app, 0)
  expect(middle.length).toBeGreaterThan(10)

  // The same by the keys of the table, whose focus stays on its row while the cards of that place are on their way.
  await page.keyboard.press('j')
  await page.keyboard.press('End')
  expect(await focused(page)).toEqual(await at(app, MANY - 1))
  await page.keyboard.press('ArrowUp')
  expect(await focused(page)).toEqual(await at(app, MANY - 2))
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: (await at(app, MANY - 2)).title }).waitFor()
  await page.keyboard.press('Escape')
  expect(await focused(page)).toEqual(await at(app, MANY - 2))
  await page.keyboard.press('Home')
  expect(await focused(page)).toEqual(await at(app, 0))

  // A window of 200 for each place that was looked at, and two where one looks across a border.
  expect(asked).toBeLessThanOrEqual(16)
  expect(app.complaints).toEqual([])
})

/** Waits until the rows in sight hold their cards, `place` or one near it among them, and compares each with the API. */
async function reads(app: App, place: number): Promise<Row[]> {
  const near = (rows: Row[]) =>
    rows.some((row) => Math.abs(row.place - place) <= 40) && rows.every(({ title }) => title)
  await expect.poll(async () => near(await inSight(app.page)), { timeout: 15_000 }).toBe(true)
  const rows = await inSight(app.page)
  const [first] = rows
  const { body } = await app.api(
    'GET',
    `/tasks?presence=present&sort=title&offset=${first?.place}&limit=${rows.length}`
  )
  const { tasks } = body as { tasks: { title: string }[] }
  expect(rows).toEqual(tasks.map(({ title }, index) => ({ place: (first?.place ?? 0) + index, title })))
  if (place === 0 || place === MANY - 1) expect(rows.map((row) => row.place)).toContain(place)
  expect(await app.page.evaluate(() => document.querySelectorAll('tr').length)).toBeLessThan(150)
  return rows
}

/** Places count from 0; the head of the table is row 1. */
const inSight = (page: Page): Promise<Row[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('tbody tr')]
      .filter((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return bottom > 0 && top < window.innerHeight
      })
      .map((row) => ({
        place: Number(row.getAttribute('aria-rowindex')) - 2,
        title: row.querySelector('td [title^="Crate"]')?.textContent ?? ''
      }))
      .toSorted((a, b) => a.place - b.place)
  )

async function at(app: App, place: number): Promise<Row> {
  const { body } = await app.api('GET', `/tasks?presence=present&sort=title&offset=${place}&limit=1`)
  return { place, title: (body as { tasks: { title: string }[] }).tasks[0]?.title ?? '' }
}

/** The row that has the focus, as soon as its card is there. */
async function focused(page: Page): Promise<Row> {
  const row = page.locator('tr:focus')
  const title = await row.getByTitle('Crate').textContent()
  return { place: Number(await row.getAttribute('aria-rowindex')) - 2, title: title ?? '' }
}
