/** Connecting a tool by allowing access there: to the tool's consent screen and back, in the browser, on the stand-ins. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rigs } from '../contract/rigs/index.ts'
import { type App, openApp, signInOn } from './browser.ts'
import { type OwnHub, openOwnHub } from './ownHub.ts'
import { here } from './place.ts'

let hub: OwnHub
beforeAll(async () => {
  hub = await openOwnHub(
    Object.fromEntries(
      rigs.flatMap(({ adapter: { tool }, app, baseUrl }) => [
        [`${tool.toUpperCase()}_CLIENT_ID`, app.clientId],
        [`${tool.toUpperCase()}_CLIENT_SECRET`, app.clientSecret],
        [`${tool.toUpperCase()}_URL`, baseUrl(here().tools[tool] ?? '')]
      ])
    )
  )
})
afterAll(() => hub?.[Symbol.asyncDispose]())

interface Line {
  id: string
  tool: string
  accountName: string
}
const connected = async (app: App): Promise<Line[]> =>
  ((await app.api('GET', '/connections')).body as { connections: Line[] }).connections

/** Chooses a tool under Connections and goes to where it asks. */
async function toConsent(app: App, tool: string): Promise<void> {
  const { page } = app
  await app.go('/connections')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: tool }).click()
  await page.getByRole('button', { name: `Allow access at ${tool}` }).click()
  await page.getByRole('heading', { name: `Throughline would like to work with your ${tool} account` }).waitFor()
}
const answer = (page: Page, label: 'Allow' | 'Deny') => page.getByRole('button', { name: label, exact: true }).click()
const told = (page: Page) => page.getByRole('alert').textContent()

describe.each(rigs.map(({ adapter }) => [adapter.name, adapter.tool] as const))('%s', (name, tool) => {
  test('asks, is told yes, and the account stands there in the name of who allowed it', async () => {
    await using app = await openApp({ role: 'ops', at: hub })
    const { page } = app
    await toConsent(app, name)
    expect(new URL(page.url()).origin).toBe(here().tools[tool])
    await answer(page, 'Allow')
    await page.waitForURL((url) => url.pathname === '/connections' && url.searchParams.has('account'))
    expect(new URL(page.url()).origin).toBe(hub.url)
    await page.getByRole('heading', { level: 2, name: 'Throughline' }).waitFor()
    await page.getByText(`${name}, connected by Oskar Ops,`).waitFor()
    const [line] = (await connected(app)).filter((one) => one.tool === tool)
    expect(line).toMatchObject({ accountName: 'Throughline' })
    expect(new URL(page.url()).searchParams.get('account')).toBe(line?.id)
    expect(app.complaints).toEqual([])
  })

  test('is told no: the same form says so and leads there again', async () => {
    await using app = await openApp({ role: 'ops', at: hub })
    const { page } = app
    const before = await connected(app)
    await toConsent(app, name)
    await answer(page, 'Deny')
    await page.waitForURL((url) => url.pathname === '/connections' && url.searchParams.get('failed') === 'denied')
    expect(await told(page)).toBe(
      `${name} is not connected yetYou did not allow access at ${name}, so nothing was connected. Start again when you are ready.`
    )
    expect(await connected(app)).toEqual(before)
    await page.getByRole('button', { name: `Allow access at ${name}` }).click()
    await answer(page, 'Allow')
    await page.getByText(`${name}, connected by Oskar Ops,`).waitFor()
    expect(app.complaints).toEqual([])
  })
})

describe('Welcome', () => {
  test('leads through the consent screen to the boards', async () => {
    await using first = await openOwnHub({
      LINEAR_CLIENT_ID: 'sandbox-client',
      LINEAR_CLIENT_SECRET: 'sandbox-secret',
      LINEAR_URL: here().tools.linear ?? ''
    })
    await using app = await openApp({ at: first })
    const { page } = app
    await app.go('/')
    await page.waitForURL((url) => url.pathname === '/welcome')
    await page.getByRole('button', { name: /^Linear/ }).click()
    await page.getByRole('button', { name: 'Allow access at Linear' }).click()
    await answer(page, 'Deny')
    await page.waitForURL((url) => url.pathname === '/welcome' && url.searchParams.get('tool') === 'linear')
    expect(await told(page)).toContain('You did not allow access at Linear')
    await page.getByRole('button', { name: 'Allow access at Linear' }).click()
    await answer(page, 'Allow')
    await page.getByRole('heading', { name: 'Which boards should we read?' }).waitFor()
    expect(await page.getByRole('checkbox').count()).toBeGreaterThan(0)
    expect(await app.accessibility()).toEqual([])
    expect(app.complaints).toEqual([])
  })
})

describe('an answer that is not good', () => {
  /** Where the tool sends people back to, with a state of this person's. */
  async function wayBack(app: App): Promise<string> {
    await toConsent(app, 'Trello')
    const state = new URL(app.page.url()).searchParams.get('state') ?? ''
    return `${hub.url}/oauth/callback?${new URLSearchParams({ code: 'made-up', state })}`
  }

  test('with a state nobody was given leads to the tools, and says what to do', async () => {
    await using app = await openApp({ role: 'ops', at: hub })
    const { page } = app
    const before = await connected(app)
    await app.go('/connections')
    await page.goto(`${hub.url}/oauth/callback?code=made-up&state=guessed`)
    await page.getByRole('dialog', { name: 'Connect an account' }).waitFor()
    expect(await told(page)).toBe(
      'The tool is not connected yetThis way in was used already, or ten minutes have passed. Choose the tool and start again here.'
    )
    expect(await app.accessibility()).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'ClickUp' }).click()
    await page.getByRole('button', { name: 'Allow access at ClickUp' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await connected(app)).toEqual(before)
    expect(app.complaints).toEqual([])
  })

  test('with a state that was used connects nothing a second time', async () => {
    await using app = await openApp({ role: 'ops', at: hub })
    const { page } = app
    const backs: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(`${hub.url}/oauth/callback`)) backs.push(request.url())
    })
    await toConsent(app, 'Trello')
    await answer(page, 'Allow')
    await page.getByText('Trello, connected by Oskar Ops,').waitFor()
    const before = await app.api('GET', '/connections')
    await page.goto(backs[0] ?? '')
    await page.getByRole('dialog', { name: 'Connect an account' }).waitFor()
    expect(await told(page)).toContain('This way in was used already')
    expect(await app.api('GET', '/connections')).toEqual(before)
  })

  test('with a code the tool does not know is refused, and the hub’s registration named', async () => {
    await using app = await openApp({ role: 'ops', at: hub })
    const { page } = app
    await page.goto(await wayBack(app))
    await page.waitForURL((url) => url.searchParams.get('failed') === 'refused')
    expect(await told(page)).toContain('check TRELLO_CLIENT_ID and TRELLO_CLIENT_SECRET, then start again')
  })

  test('that somebody else was to give is taken from nobody', async () => {
    await using ops = await openApp({ role: 'ops', at: hub })
    await using owner = await openApp({ at: hub })
    await owner.page.goto(await wayBack(ops))
    await owner.page.waitForURL((url) => url.searchParams.get('failed') === 'other_person')
    expect(await told(owner.page)).toContain('Access to Trello was asked for by somebody else')

    // Who is signed out meanwhile is asked in first, then told.
    await using nobody = await openApp({ role: null, at: hub })
    const { page } = nobody
    await page.goto(await wayBack(ops))
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await signInOn(page, hub.people.ops)
    await page.waitForURL((url) => url.pathname === '/connections' && url.searchParams.get('connect') === 'trello')
    expect(await told(page)).toContain('Start again here.')
  })

  test('is told on a page of the hub’s own to who has nothing to tend', async () => {
    await using app = await openApp({ role: 'member', at: hub })
    await app.page.goto(`${hub.url}/oauth/callback?code=made-up&state=guessed`)
    await app.page.getByRole('heading', { name: 'Not this time' }).waitFor()
    await app.page.getByText('Start again from the hub.').waitFor()
  })
})
