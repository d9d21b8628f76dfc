/** Settings: each part's main job, at its own address. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { type App, openApp } from './browser.ts'

const body = async <T>(app: App, path: string): Promise<T> => (await app.api('GET', path)).body as T

describe('access', () => {
  test('somebody is invited, with the link shown, and the invitation taken back', async () => {
    await using app = await openApp()
    const { page } = app
    await app.go('/settings')
    await page.getByRole('button', { name: 'Invite someone' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('New.Comer@larkfield.example')
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    const link = await dialog.getByLabel('Link of the invitation').inputValue()
    expect(link).toMatch(new RegExp(`^${app.url}/join\\?token=`))
    await dialog.getByRole('button', { name: 'Done' }).click()

    await using stranger = await openApp({ role: null })
    await stranger.page.goto(link)
    await stranger.page.getByText('Olga Owner invited new.comer@larkfield.example as member.').waitFor()

    await page.getByRole('button', { name: 'Take back the invitation to new.comer@larkfield.example' }).click()
    await page.getByText('The link sent to new.comer@larkfield.example no longer works').waitFor()
    await stranger.page.reload()
    await stranger.page.getByText('This invitation no longer works').waitFor()
  })

  test('a role is changed, and undone; what somebody sees is given', async () => {
    await using app = await openApp()
    const { page } = app
    const role = async () =>
      (await body<{ users: { name: string; role: string }[] }>(app, '/users')).users.find(
        ({ name }) => name === 'Mo Member'
      )?.role
    await app.go('/settings/access')
    await page.getByRole('row', { name: /Mo Member/ }).click()
    const drawer = page.getByRole('dialog', { name: 'Mo Member' })
    await drawer.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Manager' }).click()
    await page.getByText('Mo Member is manager now').waitFor()
    expect(await role()).toBe('manager')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(role).toBe('member')
  })
})

test('a calendar and a team are made, and go again', async () => {
  await using app = await openApp()
  const { page } = app
  await app.go('/settings/teams')
  await page.getByRole('button', { name: 'New calendar' }).click()
  const calendar = page.getByRole('dialog', { name: 'New calendar' })
  await calendar.getByLabel('Name').fill('Four days')
  await calendar.getByRole('checkbox', { name: 'Friday' }).uncheck()
  await calendar.getByLabel('Holidays').fill('2026-12-25\nnext week')
  await calendar.getByRole('button', { name: 'Save' }).click()
  await calendar.getByText('The calendar was not saved').waitFor()
  await calendar.getByLabel('Holidays').fill('2026-12-25\n2027-01-01')
  await calendar.getByRole('button', { name: 'Save' }).click()
  const line = page.getByRole('listitem').filter({ hasText: 'Four days' })
  await line.waitFor()
  expect(await line.textContent()).toContain('Mon to Thu, 09:00 to 17:00')
  expect(await line.textContent()).toContain('2 holidays')

  await page.getByRole('button', { name: 'New team' }).click()
  const team = page.getByRole('dialog', { name: 'New team' })
  await team.getByLabel('Name').fill('Night shift')
  await team.getByRole('combobox', { name: 'Calendar' }).click()
  await page.getByRole('option', { name: 'Four days' }).click()
  await team.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Team Night shift saved').waitFor()
  await page.getByRole('button', { name: 'Change the team Night shift' }).click()
  await page.getByRole('dialog', { name: 'Team Night shift' }).getByRole('button', { name: 'Remove the team' }).click()
  await page
    .getByRole('dialog', { name: 'Remove the team Night shift' })
    .getByRole('button', { name: 'Remove the team' })
    .click()
  await page.getByText('Team Night shift removed').waitFor()
  const { teams } = await body<{ teams: { name: string }[] }>(app, '/teams')
  expect(teams.map(({ name }) => name)).not.toContain('Night shift')

  await page.getByRole('button', { name: 'Change the calendar Four days' }).click()
  const open = page.getByRole('dialog', { name: 'Calendar Four days' })
  await open.getByRole('button', { name: 'Remove the calendar' }).click()
  const question = page.getByRole('dialog', { name: 'Remove the calendar Four days' })
  await question.getByRole('button', { name: 'Remove the calendar' }).click()
  await line.waitFor({ state: 'detached' })
})

test('a mail is tried, and it is said what came of it', async () => {
  await using app = await openApp()
  await app.go('/settings/mail')
  await app.page.getByText('None: mails become files').waitFor()
  await app.page.getByRole('button', { name: 'Send me a mail' }).click()
  await app.page.getByText(`The mail to owner@larkfield.example is written into a file`, { exact: false }).waitFor()
  const path = await app.page.getByText('.eml').textContent()
  expect(await readFile(path ?? '', 'utf8')).toContain('To: Olga Owner <owner@larkfield.example>')
})

test('a key is made, shown once, lets in, and is removed', async () => {
  await using app = await openApp({ role: 'member' })
  const { page } = app
  await app.go('/settings/keys')
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is it for').fill('Nightly <i>report</i>')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const key = await dialog.getByLabel('API key').inputValue()
  expect(key).toMatch(/^tl_.{40,}$/)
  const status = async (method = 'GET') =>
    (await fetch(`${app.url}/api/me`, { method, headers: { authorization: `Bearer ${key}` } })).status
  expect([await status(), await status('PUT')]).toEqual([200, 403])
  await dialog.getByRole('button', { name: 'I have it' }).click()
  await page.reload()
  await page.getByRole('row', { name: /Nightly/ }).waitFor()
  expect(await page.content()).not.toContain(key)
  await page.getByRole('button', { name: 'Remove the key Nightly <i>report</i>' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the key' }).click()
  await page.getByText('No key yet').waitFor()
  expect(await status()).toBe(401)
})

test('the log tells who changed what, and the address restores what was looked for', async () => {
  await using app = await openApp({ role: 'ops' })
  const { page } = app
  await app.api('PUT', '/teams', { name: 'Logged', projects: [], members: [] })
  const { teams } = await body<{ teams: { id: string; name: string }[] }>(app, '/teams')
  const id = teams.find(({ name }) => name === 'Logged')?.id ?? ''
  await app.api('PUT', '/teams', { id, name: 'Logged better', projects: [], members: [] })
  await app.go('/settings/changes')
  await page.getByRole('combobox', { name: 'What was done' }).click()
  await page.getByRole('option', { name: 'Saved a team' }).click()
  await page.getByRole('combobox', { name: 'By whom' }).click()
  await page.getByRole('option', { name: 'Oskar Ops' }).click()
  await page.waitForURL(/who=Oskar/)
  await page
    .getByRole('row', { name: /Saved a team/ })
    .first()
    .click()
  const drawer = page.getByRole('dialog', { name: 'Saved a team' })
  const row = drawer.getByRole('row', { name: /name/ })
  expect(await row.textContent()).toBe('nameLoggedLogged better')
  await page.reload()
  await drawer.waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  await app.api('DELETE', `/teams/${id}`)
})

describe('data', () => {
  test('everything is taken along, and deleting asks for the name of the hub', async () => {
    await using app = await openApp()
    const { page } = app
    await app.go('/settings/data')
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Everything, as JSON' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toMatch(/^throughline-all-.*\.json$/)
    const all = JSON.parse(await readFile(await file.path(), 'utf8'))
    expect([all.complete, all.tasks.length > 100]).toEqual([true, true])

    await page.getByRole('button', { name: 'Delete all cards' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete all that is known of cards' })
    const go = dialog.getByRole('button', { name: 'Delete all cards' })
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('another.example')
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill(new URL(app.url).host)
    expect(await go.isEnabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Keep it as it is' }).click()
  })

  test('is for the owner alone', async () => {
    await using app = await openApp({ role: 'ops' })
    await app.go('/settings/access')
    expect(await app.page.getByRole('tab').allTextContents()).toEqual([
      'Access',
      'Teams and calendars',
      'Mail',
      'API keys',
      'Log of changes',
      'You'
    ])
    expect((await app.api('GET', '/data')).status).toBe(403)
  })
})

describe('oneself', () => {
  test('a member says where their day begins; the rest of the settings is not theirs', async () => {
    await using app = await openApp({ role: 'member' })
    const { page } = app
    await app.go('/settings/me')
    expect(await page.getByRole('tab').allTextContents()).toEqual(['API keys', 'You'])
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Tokyo')
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await body<{ timeZone: string | null }>(app, '/me')).timeZone).toBe('Asia/Tokyo')
    await app.api('PUT', '/me', { timeZone: null })
  })

  test('a password that is not theirs changes nothing; the right one ends all other sessions', async () => {
    await using owner = await openApp()
    const email = 'pat.word@larkfield.example'
    const invited = await owner.api('POST', '/invitations', { email })
    await using app = await openApp({ role: null })
    const { page } = app
    await page.goto((invited.body as { link: string }).link)
    await page.getByLabel('Your name').fill('Pat Word')
    await page.getByLabel('Password', { exact: true }).fill('the first password')
    await page.getByRole('button', { name: 'Join' }).click()
    await page.waitForURL(`${app.url}/`)
    const before = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

    const change = async (current: string) => {
      await page.getByLabel('Password now').fill(current)
      await page.getByLabel('New password').fill('the second password')
      await page.getByRole('button', { name: 'Change the password' }).click()
    }
    await app.go('/settings/me')
    await change('not my password')
    await page.getByText('That is not your password now.').waitFor()
    await change('the first password')
    await page.getByText('Password changed').waitFor()
    expect((await page.request.get(`${app.url}/api/me`)).status()).toBe(200)
    expect((await fetch(`${app.url}/api/me`, { headers: { cookie: before } })).status).toBe(401)

    const { users } = await body<{ users: { id: string; email: string }[] }>(owner, '/users')
    await owner.api('DELETE', `/users/${users.find((user) => user.email === email)?.id}`)
  })
})
