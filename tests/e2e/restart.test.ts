/** The hub is restarted while somebody types: one quiet bar, nothing lost, and all goes on by itself. */
import { expect, test } from 'vitest'
import { openApp } from './browser.ts'
import { openOwnHub } from './ownHub.ts'

const BAR = 'Reconnecting, your text is kept'

test('what is typed stays while the hub is away, and is saved once it is back', { timeout: 120_000 }, async () => {
  await using hub = await openOwnHub()
  await using app = await openApp({ at: hub, role: 'manager' })
  const { page } = app
  await app.go('/settings/keys')
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByLabel('What is it for')
  await name.fill('Nightly report')
  await dialog.getByRole('radio', { name: 'Read and change' }).check()
  const shown = await dialog.textContent()
  const bar = page.getByRole('status').filter({ hasText: BAR })

  await hub.stop()
  await bar.waitFor({ timeout: 30_000 })
  // One line at the top that holds nobody up: the dialog has the focus and its keys.
  expect((await bar.boundingBox())?.height).toBeLessThan(40)
  expect(await dialog.textContent()).toBe(shown)
  await name.press('End')
  await page.keyboard.type(', by mail')

  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const refusal = dialog.getByRole('alert')
  await refusal.waitFor()
  expect(await refusal.textContent()).toContain('The key was not made')
  expect(await refusal.textContent()).toContain('What you wrote is kept; try again as soon as it is back.')
  expect(await name.inputValue()).toBe('Nightly report, by mail')
  expect(await dialog.getByRole('radio', { name: 'Read and change' }).isChecked()).toBe(true)
  expect(page.url()).toBe(`${hub.url}/settings/keys`)

  await hub.start()
  await bar.waitFor({ state: 'detached', timeout: 30_000 })
  expect(await name.inputValue()).toBe('Nightly report, by mail')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  expect(await dialog.getByLabel('API key').inputValue()).toMatch(/^tl_/)
  await dialog.getByRole('button', { name: 'I have it' }).click()
  await page.getByRole('row', { name: /Nightly report, by mail/ }).waitFor()
  expect((await app.api('GET', '/keys')).body).toMatchObject({ keys: [{ name: 'Nightly report, by mail' }] })
})

test('the stream of progress is taken up again', { timeout: 120_000 }, async () => {
  await using hub = await openOwnHub()
  await using app = await openApp({ at: hub })
  const { page } = app
  const stream = () =>
    page.waitForResponse((answer) => answer.url() === `${hub.url}/api/progress` && answer.ok(), { timeout: 40_000 })
  const first = stream()
  await page.goto(`${hub.url}/welcome?step=columns`)
  await first
  await hub.stop()
  await page.getByText(BAR).waitFor({ timeout: 30_000 })
  const again = stream()
  await hub.start()
  await again
  await page.getByText(BAR).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('step')).toBe('columns')
})
