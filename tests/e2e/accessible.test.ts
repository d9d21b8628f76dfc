/**
 * Every address of the app, light and dark, on a desk and on a phone: axe finds nothing serious, nothing stands out sideways, and nothing is written to
 * the console as an error. What is wrong anywhere is told at the end, all of it.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsWords } from '../../web/src/words/settings.ts'
import { type App, DESK, openApp, PHONE, settled } from './browser.ts'

interface Place {
  at: string
  /** Said as soon as there is what is to be looked at. */
  says: string | RegExp
  /** What is opened first. */
  opens?: (page: Page) => Promise<void>
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const firstRow = (page: Page) => page.getByRole('row').nth(1).click()

/** On its board notes are switched off meanwhile. */
const QUIET = 'Office and onboarding'

const inside = (project: string): Place[] => [
  { at: '/', says: 'Sync health' },
  { at: '/', says: 'Show the keys', opens: (page) => page.keyboard.press('Control+k') },
  { at: '/tasks', says: 'With findings' },
  { at: '/tasks', says: 'Everywhere', opens: (page) => page.keyboard.press('?') },
  { at: '/tasks?view=all&layout=board', says: 'Client portal' },
  { at: '/tasks?view=all&group=project', says: 'Client portal' },
  { at: '/tasks?view=all', says: 'Counts towards', opens: firstRow },
  { at: '/tasks?view=all', says: 'Use this filter', opens: button('Filter') },
  { at: '/tasks?view=stuck', says: 'Save as a new view', opens: button('Save this view') },
  { at: '/tasks?search=no+card+says+this', says: 'No card matches' },
  { at: '/findings', says: /findings open on/ },
  { at: '/findings?by=person', says: 'Counts towards', opens: firstRow },
  { at: '/findings?state=closed', says: /closed/ },
  { at: '/objectives', says: 'Every point, card by card' },
  { at: '/objectives', says: 'What would count now', opens: button('Edit and preview') },
  { at: '/objectives', says: 'Add it', opens: button('Add an objective') },
  { at: '/objectives', says: 'Save the objective', opens: button(/^Edit the objective/) },
  { at: '/reports', says: 'What has left' },
  { at: '/reports?next=ana.ribeiro@larkfield.example', says: /^The rollup to/ },
  { at: '/reports', says: 'About these boards', opens: button('Add a person') },
  { at: `/projects?project=${project}`, says: 'What its columns mean' },
  {
    at: `/projects?project=${project}`,
    says: /get a note now/,
    opens: (page) => page.getByText('Preview', { exact: true }).click()
  },
  { at: '/projects?choose=true', says: 'Which boards are read' },
  { at: '/rules', says: 'Stale in Doing' },
  { at: '/connections', says: 'Linear' },
  { at: '/connections?connect=trello', says: 'Connect Trello' },
  { at: '/people', says: 'May be the same person' },
  { at: '/people?view=accounts', says: 'Accounts that belong to nobody' },
  { at: '/people?q=ana', says: 'Accounts in the tools', opens: firstRow },
  { at: '/settings', says: 'Who may sign in' },
  { at: '/settings/access', says: 'Send the invitation', opens: button('Invite someone') },
  { at: '/settings/teams', says: 'Calendars' },
  { at: '/settings/mail', says: 'Where mail goes' },
  { at: '/settings/keys', says: 'What the API can do' },
  { at: '/settings/keys', says: 'What is it for', opens: button('Make a key') },
  { at: '/settings/changes', says: 'By whom' },
  { at: '/settings/data', says: 'What is kept, and how long' },
  { at: '/settings/me', says: 'Password now' },
  { at: '/welcome', says: 'Try with sample data' },
  { at: '/welcome?tool=trello', says: 'Connect Trello' },
  { at: '/welcome?step=boards', says: 'Which boards should we read?' },
  { at: '/welcome?step=columns', says: 'First findings' },
  { at: '/no/such/page', says: 'There is no page at this address' }
]

const outside = (invitation: string, note: string): Place[] => [
  { at: '/sign-in', says: 'E-mail' },
  { at: '/forgot', says: 'Back to sign in' },
  { at: '/reset?token=some', says: 'Choose a new password' },
  { at: invitation, says: 'Your name' },
  { at: '/first?token=used', says: 'This hub has an owner already' },
  { at: note, says: 'Why this note' }
]

let project = ''
let invitation = ''
let note = ''

beforeAll(async () => {
  await using app = await openApp()
  const { projects } = await asked<{ projects: { id: string; name: string }[] }>(app, '/projects')
  project = projects.find(({ name }) => name === QUIET)?.id ?? ''
  await app.api('PUT', `/projects/${project}/alerts`, { on: false })
  const { link } = await asked<{ link: string }>(app, '/invitations', { email: 'looked.at@larkfield.example' })
  invitation = link.replace(app.url, '')
  note = await noteOf(app)
})

afterAll(async () => {
  await using app = await openApp()
  await app.api('PUT', `/projects/${project}/alerts`, { on: true })
  const { invitations } = await asked<{ invitations: { id: string }[] }>(app, '/invitations')
  for (const { id } of invitations) await app.api('DELETE', `/invitations/${id}`)
})

test('the table names every address there is', () => {
  const routes = readFileSync(new URL('../../web/src/routes.tsx', import.meta.url), 'utf8')
  const { label: _, ...parts } = settingsWords.tabs
  const expected = [...routes.matchAll(/path: '([^']+)'/g)].flatMap(([, path = '']) =>
    path === '/settings/$part' ? Object.keys(parts).map((part) => `/settings/${part}`) : [path]
  )
  const named = [...inside(''), ...outside('/join', '/w')].map(({ at }) => at.split('?', 1)[0])
  expect(expected.filter((path) => !named.includes(path))).toEqual([])
})

test.each([
  { name: 'a desk', viewport: DESK },
  { name: 'a phone', viewport: PHONE }
])('every address holds on $name', { timeout: 180_000 }, async ({ viewport }) => {
  await using app = await openApp({ viewport })
  await using stranger = await openApp({ role: null, viewport })
  expect([
    ...(await walk(app, inside(encodeURIComponent(project)))),
    ...(await walk(stranger, outside(invitation, note)))
  ]).toEqual([])
})

/** Goes to each place and looks at it in both schemes; what is wrong there, as `address: what`. */
async function walk(app: App, places: Place[]): Promise<string[]> {
  const { page } = app
  const wrong: string[] = []
  for (const { at, says, opens } of places) {
    const here: string[] = []
    try {
      await app.go(at)
      await settled(page)
      await opens?.(page)
      await page.getByText(says).or(page.getByLabel(says)).filter({ visible: true }).first().waitFor()
      await settled(page)
      here.push(...(await app.accessibility()))
      // The other scheme is the same page in other colours.
      await page.emulateMedia({ colorScheme: 'dark' })
      here.push(...(await app.accessibility(['color-contrast'])).map((what) => `dark: ${what}`))
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (over !== 0) here.push(`${over} px wider than the window`)
    } catch (error) {
      here.push(error instanceof Error ? error.message : String(error))
    }
    await page.emulateMedia({ colorScheme: 'light' })
    here.push(...app.complaints.splice(0))
    wrong.push(...here.map((what) => `${at}${opens ? `, ${says}` : ''}: ${what}`))
  }
  return wrong
}

async function asked<T>(app: App, path: string, body?: object): Promise<T> {
  return (await app.api(body ? 'POST' : 'GET', path, body)).body as T
}

/** The address of a note that stands on a card. */
async function noteOf(app: App): Promise<string> {
  const { findings } = await asked<{ findings: { task: string }[] }>(app, '/findings?limit=100')
  for (const { task } of findings) {
    const { body } = await app.api('GET', `/tasks/${encodeURIComponent(task)}`)
    const [address] = JSON.stringify(body).match(/\/w\/\w+/) ?? []
    if (address) return address
  }
  throw new Error('The demo leaves notes on cards.')
}
