/** The main jobs of every screen by the keyboard alone: each thing is reached by Tab, arrows or a shortcut, and one sees where one is. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DEMO_ACCOUNTS } from '../../sandbox/demo/accounts.ts'
import { type App, openApp } from './browser.ts'
import { openOwnHub } from './ownHub.ts'
import { here } from './place.ts'

type Role = Parameters<Page['getByRole']>[0]

interface Keys {
  press(...keys: string[]): Promise<void>
  type(text: string): Promise<void>
  /** Tabs on until the focus is there; fails where that does not lead to it, or where a stop on the way does not show. */
  to(role: Role, name: string | RegExp): Promise<void>
  /** To a choice of which one is taken by the arrows. */
  choose(role: Role, name: string | RegExp, arrow: string): Promise<void>
  /** Opens the list of the field that has the focus, goes down to an option, and takes it. */
  take(option: string): Promise<void>
  /** What has the focus now. */
  isOn(thing: Locator): Promise<void>
}

const MOST = 120

function keysOf(page: Page): Keys {
  const on = (thing: Locator) => thing.and(page.locator(':focus')).count()
  const keys: Keys = {
    async press(...all) {
      for (const key of all) await page.keyboard.press(key)
    },
    type: (text) => page.keyboard.type(text),
    async to(role, name) {
      const thing = page.getByRole(role, { name, exact: true })
      await thing.first().waitFor({ state: 'attached' })
      for (let stops = 0; stops < MOST; stops++) {
        if (await on(thing)) return
        await page.keyboard.press('Tab')
        const unseen = await page.evaluate(unseenFocus)
        if (unseen) throw new Error(`On the way to “${name}” the focus does not show on ${unseen}`)
      }
      throw new Error(`Tab does not lead to the ${role} “${name}”`)
    },
    async choose(role, name, arrow) {
      const thing = page.getByRole(role, { name, exact: true })
      for (let steps = 0; steps < 12; steps++) {
        await page.keyboard.press(arrow)
        if (await on(thing)) return
      }
      throw new Error(`${arrow} does not lead to the ${role} “${name}”`)
    },
    async take(option) {
      const wanted = page.getByRole('option', { name: option, exact: true })
      await page.keyboard.press('ArrowDown')
      await wanted.waitFor()
      for (let steps = 0; steps < 40; steps++) {
        // What a reader is told to be the current one.
        const current = await page.locator(':focus').getAttribute('aria-activedescendant')
        if (current !== null && current === (await wanted.getAttribute('id'))) return page.keyboard.press('Enter')
        await page.keyboard.press('ArrowDown')
      }
      throw new Error(`The arrows do not lead to the option “${option}”`)
    },
    async isOn(thing) {
      await thing
        .and(page.locator(':focus'))
        .waitFor()
        .catch(async () => {
          const here = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
          throw new Error(`The focus is not on ${thing} but on ${here}`)
        })
    }
  }
  return keys
}

/** What has the focus without an outline or a shadow of its own, of what stands for it, or of what it is in; null when it shows. */
function unseenFocus(): string | null {
  const here = document.activeElement
  if (!here || here === document.body) return null
  const shows = (element: Element | null): boolean => {
    if (!element) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  // Mantine hides the radio or checkbox itself and shows what stands beside it.
  if (shows(here) || (here instanceof HTMLInputElement && shows(here.nextElementSibling))) return null
  return here.outerHTML.slice(0, 200)
}

/** Arrives at a page by its address and goes past the navigation, as the first stop offers. */
async function arrive(app: App, path: string): Promise<Keys> {
  const keys = keysOf(app.page)
  await app.go(path)
  await app.page.keyboard.press('Tab')
  await keys.isOn(app.page.getByRole('link', { name: 'Skip to the page' }))
  await app.page.keyboard.press('Enter')
  await keys.isOn(app.page.getByRole('main'))
  return keys
}

test('somebody signs in, connects a tool, chooses boards, says what columns mean, and looks at notes first', {
  timeout: 120_000
}, async () => {
  await using hub = await openOwnHub({ TRELLO_URL: `${here().tools.trello}/1` })
  await using app = await openApp({ at: hub, role: null })
  const { page } = app
  const keys = keysOf(page)
  const { owner } = hub.people
  await page.goto(hub.url)
  await keys.to('textbox', /e-?mail/i)
  await keys.type(owner.email)
  await keys.to('textbox', 'Password')
  await keys.type(owner.password)
  await keys.press('Enter')

  await page.getByRole('heading', { name: 'Where does your team keep its work?' }).waitFor()
  // Before, the browser was told that nobody is signed in.
  app.complaints.length = 0
  await keys.to('button', /^Trello/)
  await keys.press('Enter')
  const trello = DEMO_ACCOUNTS.find(({ tool }) => tool === 'trello')
  const credentials = trello?.credentials as { key: string; token: string }
  await keys.to('textbox', 'API key')
  await keys.type(credentials.key)
  await keys.to('textbox', 'Token')
  await keys.type(credentials.token)
  await keys.press('Enter')

  await page.getByRole('heading', { name: 'Which boards should we read?' }).waitFor()
  await keys.to('checkbox', /Client portal/)
  await keys.press(' ')
  await keys.to('button', 'Read 1 board')
  await keys.press('Enter')

  await page.getByRole('heading', { name: 'Do these columns mean what we think?' }).waitFor()
  await page.getByText('All boards have been read').waitFor({ timeout: 40_000 })
  await keys.to('combobox', 'What Blocked means')
  await keys.take('Doing')
  await page.getByText('Blocked means Doing').waitFor()
  await keys.to('button', 'Looks right, finish')
  await keys.press('Enter')
  await page.waitForURL(`${hub.url}/`)

  await page.getByRole('heading', { name: 'This week' }).waitFor()
  await keys.press('Control+k')
  await page.getByPlaceholder('Find or jump to').waitFor()
  await keys.type('proj')
  await page.getByRole('button', { name: 'Projects' }).waitFor()
  await keys.press('Enter')
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  await keys.to('combobox', 'What Blocked means')
  await keys.take('Blocked')
  // What follows is said first; the focus stands where it is taken.
  await page.getByText(/Choosing Blocked would/).waitFor()
  await keys.press('Enter')
  await page.getByText('Blocked means Blocked').waitFor()
  await keys.to('radio', 'Off')
  await keys.choose('radio', 'Preview', 'ArrowRight')
  await page
    .getByText(/get a note now|gets? a note/)
    .first()
    .waitFor()
  await page.getByRole('list', { name: 'Notes as they would stand on cards' }).waitFor()
  expect(app.complaints).toEqual([])
})

describe('seeing', () => {
  test('a card is found with “/”, read, and closed with Esc; the focus is back on its row', async () => {
    await using app = await openApp()
    const { page } = app
    const keys = keysOf(page)
    const { total } = (await app.api('GET', '/tasks?presence=present&search=nordwind')).body as { total: number }
    await app.go('/tasks?view=all')
    await page.getByRole('grid').waitFor()
    await keys.press('/')
    await keys.isOn(page.getByRole('searchbox', { name: 'Search cards' }))
    await keys.type('nordwind')
    await page.getByText(`${total} of `).waitFor()
    // The head, and the cards that were found: those of the whole list have gone.
    await expect.poll(() => page.getByRole('row').count()).toBe(1 + total)
    await keys.press('Escape', 'j')
    const row = page.getByRole('row').nth(1)
    await keys.isOn(row)
    expect(await page.evaluate(unseenFocus)).toBeNull()
    await keys.press('Enter')
    const card = page.getByRole('complementary', { name: /nordwind/i })
    await card.getByRole('heading', { name: 'History' }).waitFor()
    await keys.isOn(card)
    await keys.to('link', /^Open in /)
    await keys.press('Escape')
    await card.waitFor({ state: 'detached' })
    await keys.isOn(row)
  })

  test('a filter is built and kept as a view', async () => {
    await using app = await openApp({ role: 'manager' })
    const { page } = app
    const keys = await arrive(app, '/tasks?view=all')
    await keys.to('button', /^Filter$/)
    await keys.press('Enter')
    await keys.to('combobox', 'How')
    await keys.press('ArrowDown')
    await page.getByRole('option', { name: 'is none of' }).waitFor()
    await keys.press('Escape')
    await page.getByRole('option', { name: 'is none of' }).waitFor({ state: 'hidden' })
    await keys.isOn(page.getByRole('combobox', { name: 'How' }))
    await keys.press('Escape')
    await keys.isOn(page.getByRole('button', { name: /^Filter$/ }))
    await keys.press('Enter')
    await keys.to('combobox', 'How')
    await keys.take('is none of')
    await keys.to('combobox', 'Value')
    await keys.take('To do')
    await keys.to('button', 'Use this filter')
    await keys.press('Enter')
    await page.waitForURL(/filter=category\+not\+in/)
    await keys.to('button', 'Save this view')
    await keys.press('Enter')
    await keys.isOn(page.getByLabel('Name'))
    await keys.type('By the keyboard')
    await keys.press('Enter')
    await page.getByRole('link', { name: /^By the keyboard/ }).waitFor()
    const { views } = (await app.api('GET', '/views')).body as { views: { id: string; name: string | null }[] }
    const made = views.find(({ name }) => name === 'By the keyboard')
    expect((await app.api('DELETE', `/views/${made?.id}`)).status).toBe(200)
  })

  test('findings are narrowed to one rule', async () => {
    await using app = await openApp()
    const keys = await arrive(app, '/findings')
    await keys.to('button', /^Overdue/)
    await keys.press('Enter')
    await app.page.waitForURL(/rule=overdue/)
    await keys.press('j')
    await keys.isOn(app.page.getByRole('row').nth(1))
  })

  test('what counts towards a key result is changed', async () => {
    await using app = await openApp()
    const { page } = app
    const { objectives } = (await app.api('GET', '/objectives')).body as {
      objectives: { keyResults: { id: string; filter: string }[] }[]
    }
    const before = objectives[0]?.keyResults[0]
    const keys = await arrive(app, `/objectives?open=${before?.id}`)
    await keys.to('button', 'Edit and preview')
    await keys.press('Enter')
    await keys.to('radio', 'Conditions')
    await keys.choose('radio', 'As text', 'ArrowRight')
    await keys.to('textbox', 'Which finished cards count')
    await keys.press('Control+End')
    await keys.type(' and title contains "no card says this"')
    await page.getByRole('region', { name: 'What would count now' }).getByText('0 cards').waitFor()
    await keys.to('button', 'Save the key result')
    await keys.press('Enter')
    await page.getByText('Reversed: it no longer matches what counts').first().waitFor()
    expect((await app.api('PUT', `/key-results/${before?.id}`, { filter: before?.filter })).status).toBe(200)
  })

  test('the next rollup is looked at', async () => {
    await using app = await openApp()
    const keys = await arrive(app, '/reports')
    await keys.to('button', 'Preview')
    await keys.press('Enter')
    const heading = app.page.getByRole('heading', { name: /^The rollup to/ })
    await heading.waitFor()
    await keys.press('Escape')
    await heading.waitFor({ state: 'detached' })
    await keys.isOn(app.page.getByRole('button', { name: 'Preview' }))
  })
})

describe('tending', () => {
  test('a rule is switched off, and on again', async () => {
    await using app = await openApp({ role: 'ops' })
    const { page } = app
    const keys = await arrive(app, '/rules')
    const on = async () =>
      ((await app.api('GET', '/rules')).body as { rules: { id: string; on: boolean }[] }).rules.find(
        ({ id }) => id === 'overdue'
      )?.on
    for (const wanted of [false, true]) {
      await keys.to('switch', 'Overdue is on')
      await keys.press(' ')
      await page.getByText(wanted ? /Unsaved: Overdue switched on/ : /Unsaved: Overdue switched off/).waitFor()
      await keys.to('button', 'Save')
      await keys.press('Enter')
      await page.getByText('Overdue is saved').waitFor()
      await page.getByText(/Unsaved:/).waitFor({ state: 'detached' })
      await expect.poll(on, { timeout: 10_000 }).toBe(wanted)
    }
  })

  test('two accounts are said to be one person, and taken apart by Undo', async () => {
    await using app = await openApp()
    const keys = await arrive(app, '/people')
    const offered = async () =>
      ((await app.api('GET', '/people')).body as { accounts: { suggestion: object | null }[] }).accounts.filter(
        ({ suggestion }) => suggestion
      ).length
    const before = await offered()
    await keys.to('button', /^Yes, this is/)
    await keys.press('Enter')
    await expect.poll(offered, { timeout: 10_000 }).toBe(before - 1)
    await keys.to('button', 'Undo')
    await keys.press('Enter')
    await expect.poll(offered, { timeout: 10_000 }).toBe(before)
  })

  test('somebody is invited, and the invitation taken back', async () => {
    await using app = await openApp()
    const { page } = app
    const keys = await arrive(app, '/settings/access')
    await keys.to('button', 'Invite someone')
    await keys.press('Enter')
    await keys.isOn(page.getByRole('textbox', { name: 'E-mail' }))
    await keys.type('by.keyboard@larkfield.example')
    await keys.press('Enter')
    await page.getByLabel('Link of the invitation').waitFor()
    await keys.to('button', 'Done')
    await keys.press('Enter')
    await keys.isOn(page.getByRole('button', { name: 'Invite someone' }))
    await keys.to('button', 'Take back the invitation to by.keyboard@larkfield.example')
    await keys.press('Enter')
    await page.getByText('The link sent to by.keyboard@larkfield.example no longer works').waitFor()
  })

  test('a key is made and removed; the parts of the settings are gone through by the arrows', async () => {
    await using app = await openApp({ role: 'ops' })
    const { page } = app
    const keys = await arrive(app, '/settings')
    await keys.to('tab', 'Access')
    await keys.choose('tab', 'API keys', 'ArrowRight')
    await page.waitForURL(/\/settings\/keys$/)
    await keys.to('button', 'Make a key')
    await keys.press('Enter')
    await keys.isOn(page.getByRole('textbox', { name: 'What is it for' }))
    await keys.type('By the keyboard')
    await keys.press('Enter')
    await page.getByRole('textbox', { name: 'API key' }).waitFor()
    await keys.to('button', 'I have it')
    await keys.press('Enter')
    await keys.isOn(page.getByRole('button', { name: 'Make a key' }))
    await keys.to('button', 'Remove the key By the keyboard')
    await keys.press('Enter')
    await page.getByRole('dialog').waitFor()
    await keys.to('button', /^Remove the key$/)
    await keys.press('Enter')
    await page.getByText('No key yet').waitFor()
  })
})
