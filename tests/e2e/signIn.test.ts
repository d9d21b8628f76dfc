import { describe, expect, test } from 'vitest'
import { openApp } from './browser.ts'
import { here } from './place.ts'

describe('coming in', () => {
  test('who is not signed in is asked to, and comes to where they wanted to go', async () => {
    await using app = await openApp({ role: null })
    const { owner } = here().people
    await app.go('/tasks?view=stuck')
    expect(new URL(app.page.url()).pathname).toBe('/sign-in')
    await app.page
      .getByLabel(/e-?mail/i)
      .first()
      .fill(owner.email)
    await app.page.getByLabel('Password', { exact: true }).fill(owner.password)
    await app.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await app.page.waitForURL((url) => url.pathname === '/tasks')
    expect(new URL(app.page.url()).searchParams.get('view')).toBe('stuck')
  })

  test('a wrong password says so on the spot, and keeps the address', async () => {
    await using app = await openApp({ role: null })
    const { owner } = here().people
    await app.go('/sign-in')
    await app.page
      .getByLabel(/e-?mail/i)
      .first()
      .fill(owner.email)
    await app.page.getByLabel('Password', { exact: true }).fill('not the password')
    await app.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await app.page.getByRole('alert').waitFor()
    expect(
      await app.page
        .getByLabel(/e-?mail/i)
        .first()
        .inputValue()
    ).toBe(owner.email)
  })
})
