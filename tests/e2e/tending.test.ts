/** Welcome, Connections and Projects: from no account at all to first findings; and what those who tend the hub do then. */
import { describe, expect, test } from 'vitest'
import { DEMO_ACCOUNTS } from '../../sandbox/demo/accounts.ts'
import { makeBoard } from '../helpers/boards.ts'
import { openApp, PHONE, signInOn } from './browser.ts'
import { openOwnHub } from './ownHub.ts'
import { here } from './place.ts'

const exported = () => {
  const made = makeBoard({ cards: [{ list: 0 }, { list: 0, due: '2026-01-01T00:00:00.000Z' }, { list: 2 }] })
  const cards = (made.cards as object[]).map((card) => ({ idBoard: made.id, idMembers: [], ...card }))
  return { name: 'board.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ ...made, cards })) }
}

test('an owner with no connection lands on Welcome and comes to first findings', async () => {
  await using hub = await openOwnHub({ TRELLO_URL: `${here().tools.trello}/1` })
  await using app = await openApp({ role: null })
  const { page } = app
  await page.goto(`${hub.url}/`)
  await signInOn(page, hub.people.owner)
  await page.getByRole('heading', { name: 'Where does your team keep its work?' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/welcome')

  // Without a token: an export, then the sample.
  await page.locator('input[type=file]').setInputFiles(exported())
  await page.getByText('3 cards, 3 not archived').waitFor()
  await page.getByRole('button', { name: 'Put it away' }).click()
  await page.getByRole('button', { name: /Try with sample data/ }).click()
  await page.getByRole('heading', { name: 'Studio board (sample)' }).waitFor()
  await page.getByText('Checkout texts for Brightwell').first().waitFor()

  const trello = DEMO_ACCOUNTS.find(({ tool }) => tool === 'trello')
  const credentials = trello?.credentials as { key: string; token: string }
  await page.getByRole('button', { name: /^Trello/ }).click()
  await page.getByLabel('API key').fill(credentials.key)
  await page.getByLabel('Token', { exact: true }).fill('not-a-token')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByText('Trello is not connected yet').waitFor()
  expect(await page.getByLabel('API key').inputValue()).toBe(credentials.key)
  await page.getByLabel('Token', { exact: true }).fill(credentials.token)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  await page.getByRole('heading', { name: 'Which boards should we read?' }).waitFor()
  await page.getByRole('checkbox').nth(0).check()
  await page.getByRole('checkbox').nth(1).check()
  await page.getByRole('button', { name: 'Read 2 boards' }).click()

  await page.getByRole('heading', { name: 'Do these columns mean what we think?' }).waitFor()
  await page.getByRole('heading', { name: 'First findings' }).waitFor()
  await page.getByText('All boards have been read').waitFor({ timeout: 40_000 })
  const brought = page.getByRole('list', { name: 'What has been read so far' })
  for (const part of [/^People\s*[1-9]\d* found/, /^Boards\s*2 found/, /^Columns\s*[1-9]\d* found/, /^History\s*[1-9]/])
    await brought.getByRole('listitem').filter({ hasText: part }).waitFor()
  await page.getByText(/[1-9]\d* so far/).waitFor({ timeout: 20_000 })
  expect(await app.accessibility()).toEqual([])
  await page.getByRole('button', { name: 'Looks right, finish' }).click()
  await page.waitForURL((url) => url.pathname === '/')
})

describe('Connections', () => {
  test('each account tells who we act as, what it may do and what removing it would do', async () => {
    await using app = await openApp({ role: 'ops' })
    await app.go('/connections')
    const { page } = app
    for (const title of [
      'Comments will be posted as',
      'Rights',
      'Boards',
      'Webhooks',
      'Call budget',
      'Last looks',
      'Set aside'
    ])
      await page.getByRole('heading', { name: title, exact: true }).waitFor()
    await page.getByText('unseen until somebody connects again').waitFor()
    expect(await app.accessibility()).toEqual([])
    await page.getByRole('button', { name: /Linear/ }).click()
    await page.waitForURL((url) => url.searchParams.get('account')?.startsWith('linear') === true)
    await page.reload()
    await page.getByText(/^Linear, connected/).waitFor()
    expect(app.complaints).toEqual([])
  })

  test('pausing is undone on the spot', async () => {
    await using app = await openApp({ role: 'ops' })
    const { connections } = (await app.api('GET', '/connections')).body as {
      connections: { id: string; tool: string }[]
    }
    const { id } = connections.find(({ tool }) => tool === 'linear') as { id: string }
    await app.go(`/connections?account=${id}`)
    await app.page.getByRole('button', { name: 'More', exact: true }).click()
    await app.page.getByRole('menuitem', { name: 'Pause' }).click()
    await app.page.getByText(/Paused since/).waitFor()
    await app.page.getByRole('button', { name: 'Undo' }).click()
    await app.page.getByText(/Paused since/).waitFor({ state: 'detached' })
  })
})

describe('Projects', () => {
  test('the keyboard changes what a column means, and is told first what follows', async () => {
    await using app = await openApp({ role: 'ops' })
    const { page } = app
    await app.go('/projects')
    await page.getByRole('button', { name: /Client portal/ }).click()
    const menu = page
      .getByRole('combobox', { name: 'What Blocked means' })
      .or(page.getByRole('textbox', { name: 'What Blocked means' }))
    await menu.first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'Reference' }).waitFor()
    for (let at = 0; at < 3; at++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText(/Choosing Reference would (change no finding|open|close)/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Blocked means Reference').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('region', { name: 'Blocked, 1 column' }).waitFor()
    expect(await app.accessibility()).toEqual([])
  })

  test('a column is dragged from one meaning to another', async () => {
    await using app = await openApp({ role: 'ops' })
    const { page } = app
    await app.go('/projects')
    await page.getByRole('button', { name: /Client portal/ }).click()
    await page.getByTitle('Blocked', { exact: true }).dragTo(page.getByRole('region', { name: /^Dropped/ }))
    await page.getByText(/Choosing Dropped would/).waitFor()
    await page.getByRole('button', { name: 'Leave it' }).click()
    await page.getByRole('region', { name: 'Blocked, 1 column' }).waitFor()
  })

  test('on a phone a board opens as a page of its own, without anything standing out', async () => {
    await using app = await openApp({ role: 'owner', viewport: PHONE, dark: true })
    await app.go('/projects')
    await app.page.getByRole('button', { name: /Searches/ }).click()
    await app.page.getByRole('heading', { name: 'What its columns mean' }).waitFor()
    expect(await app.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await app.accessibility()).toEqual([])
  })

  test('members and managers are told whose page this is', async () => {
    await using app = await openApp({ role: 'manager' })
    await app.go('/connections')
    await app.page.getByText('This page is for those who tend the hub').waitFor()
    expect((await app.api('GET', '/connections')).status).toBe(403)
  })
})
