import { expect, test } from 'vitest'
import { openApp } from './browser.ts'

test('a mark is changed after it was said what that does, and put back', async () => {
  await using app = await openApp({ role: 'ops' })
  const { page } = app
  await app.go('/rules')
  const mark = page.getByLabel('Stale in Doing: working days')
  expect(await mark.inputValue()).toBe('5')
  await mark.fill('40')
  const bar = page.getByRole('region', { name: 'What is not saved yet' })
  await bar.getByText('5 → 40 working days').waitFor()
  await bar.getByText(/Would fire on \d+ cards? now: \d+ findings? would close/).waitFor()
  await bar.getByRole('button', { name: 'Discard' }).click()
  expect(await mark.inputValue()).toBe('5')

  await mark.fill('40')
  await bar.getByText(/would close/).waitFor()
  await bar.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Stale in Doing is saved').waitFor()
  const { body } = await app.api('GET', '/changes?operation=setRule')
  expect((body as { changes: object[] }).changes[0]).toMatchObject({
    who: 'Oskar Ops',
    before: { params: { workingDays: 5 } },
    after: { params: { workingDays: 40 } }
  })
  expect((await app.api('PUT', '/rules/stale-doing', { on: true, params: { workingDays: 5 } })).status).toBe(200)
})

test('are changed by those who tend only', async () => {
  await using member = await openApp({ role: 'member' })
  expect((await member.api('PUT', '/rules/stale-doing', { on: false })).status).toBe(403)
})
