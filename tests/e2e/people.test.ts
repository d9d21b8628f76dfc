/** People: the same person across tools, said and taken back. */
import { expect, test } from 'vitest'
import { type App, openApp } from './browser.ts'

interface Answer {
  people: { name: string; email: string; accounts: { id: string; name: string; because: string }[] }[]
  accounts: { id: string; name: string; nobody: boolean; suggestion: { person: string; email: string } | null }[]
}

const list = async (app: App, q = ''): Promise<Answer> =>
  (await app.api('GET', `/people?${new URLSearchParams({ q })}`)).body as Answer

test('a person is added, found by a part of the name, changed and removed; the address restores the list', async () => {
  await using app = await openApp()
  const { page } = app
  await app.go('/people')
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a person' })
  await dialog.getByLabel('Name').fill('Zoë <b>Quist</b>')
  await dialog.getByLabel('E-mail').fill('zoe.quist@larkfield.example')
  await dialog.getByRole('combobox', { name: 'Time zone' }).fill('Oslo')
  await page.getByRole('option', { name: 'Europe/Oslo' }).click()
  await dialog.getByRole('button', { name: 'Add the person' }).click()
  await page.getByText('added', { exact: false }).waitFor()
  await page.getByLabel('Find a name or an address').fill('quist')
  const row = page.getByRole('row', { name: /Quist/ })
  await row.waitFor()
  expect(await row.textContent()).toContain('Zoë <b>Quist</b>')
  expect(await row.textContent()).toContain('Oslo')
  expect(new URL(page.url()).search).toBe('?q=quist')

  await row.press('Enter')
  const panel = page.getByRole('complementary', { name: /Quist/ })
  expect(await panel.textContent()).toContain('Mon to Fri')
  await page.reload()
  await panel.waitFor()
  await panel.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove the person' }).click()
  await page.getByText('Nobody is called “quist”').waitFor()
  expect((await list(app, 'quist')).people).toEqual([])
  expect(app.complaints).toEqual([])
})

test('an account is said to be nobody’s and given back by Undo, then its word is taken back', async () => {
  await using app = await openApp()
  const { page } = app
  const before = (await list(app)).people.find(({ accounts }) => accounts.some(({ because }) => because === 'mail'))
  const account = before?.accounts.find(({ because }) => because === 'mail')
  if (!before || !account) throw new Error('The demo company has nobody with an account.')
  const theirs = async () =>
    (await list(app, before.email)).people.flatMap(({ accounts }) => accounts.map(({ id }) => id)).includes(account.id)
  await app.go(`/people?${new URLSearchParams({ q: before.email })}`)
  await page.getByRole('row', { name: new RegExp(before.email) }).click()
  const panel = page.getByRole('complementary', { name: before.name })
  await panel
    .getByRole('button', { name: /is not theirs/ })
    .nth(before.accounts.findIndex(({ id }) => id === account.id))
    .click()
  await page.getByText(`${account.name} is nobody’s`).waitFor()
  expect(await theirs()).toBe(false)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(theirs).toBe(true)
})

test('what may be the same person waits first, with its reason; confirming can be undone', async () => {
  await using app = await openApp()
  const { page } = app
  const offered = (await list(app)).accounts.find(({ suggestion }) => suggestion !== null)
  if (!offered?.suggestion) throw new Error('The demo company has nobody to suggest.')
  const { person, email } = offered.suggestion
  const theirs = async () =>
    (await list(app, email)).people.flatMap(({ accounts }) => accounts.map(({ id }) => id)).includes(offered.id)
  await app.go('/people')
  const offers = page.getByRole('region', { name: 'May be the same person' })
  const offer = offers.getByRole('listitem').filter({ hasText: email })
  await offer.waitFor()
  expect(await offer.textContent()).toContain('They have the same name')
  await offer.getByRole('button', { name: `Yes, this is ${person}` }).click()
  await page.getByText(`${offered.name} is ${person}`).waitFor()
  await offer.waitFor({ state: 'hidden' })
  expect(await theirs()).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await offer.waitFor()
  expect(await theirs()).toBe(false)
})

test('the page is for those who tend the hub', async () => {
  await using app = await openApp({ role: 'manager' })
  await app.go('/people')
  await app.page.getByText('This page is for those who tend the hub').waitFor()
})
