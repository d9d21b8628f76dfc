/** A person at the hub, in Debian's Chromium. */
import AxeSource from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import type { Role } from '../../src/access/who.ts'
import type { OwnHub } from './ownHub.ts'
import type { Person } from './people.ts'
import { here } from './place.ts'

export interface App extends AsyncDisposable {
  page: Page
  url: string
  person: Person | null
  /** Addresses of the stand-ins, by tool. */
  tools: Record<string, string>
  /** What the page wrote to its console as errors, and what it threw. */
  complaints: string[]
  /** Goes to an address of the app and waits until the page has its heading. */
  go(path: string): Promise<void>
  /** Asks the API as this person; the answer's status and JSON. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** What axe finds that is serious or critical, as `rule: element`; `only`: by these rules. */
  accessibility(only?: string[]): Promise<string[]>
}

let browser: Promise<Browser> | null = null
afterAll(async () => {
  await (await browser)?.close()
  browser = null
})

export const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** Opens the app as somebody; nobody is signed in when `role` is null. `at`: a hub other than the one all tests share. */
export async function openApp({
  role = 'owner',
  at,
  viewport = DESK,
  dark = false
}: {
  role?: Role | null
  at?: Pick<OwnHub, 'url' | 'people'>
  viewport?: { width: number; height: number }
  dark?: boolean
} = {}): Promise<App> {
  browser ??= chromium.launch({
    executablePath: '/usr/bin/chromium',
    // The tests' own page on this machine; the sandbox needs rights that containers lack.
    args: ['--no-sandbox', '--disable-gpu']
  })
  const { url, people } = at ?? here()
  const person = role === null ? null : people[role]
  const context = await (await browser).newContext({
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    reducedMotion: 'reduce',
    isMobile: viewport.width < 500,
    hasTouch: viewport.width < 500
  })
  if (person) await sit(context, url, person)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return {
    page,
    url,
    person,
    tools: here().tools,
    complaints,
    async go(path) {
      await page.goto(url + path)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
    },
    async api(method, path, body) {
      const answer = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          ...(person ? { cookie: person.cookie, origin: url } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
    },
    async accessibility(only) {
      await page.evaluate(AxeSource.source)
      const found = await page.evaluate(async (rules) => {
        const { axe } = globalThis as unknown as { axe: typeof AxeSource }
        const { violations } = await axe.run({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
        return violations.map(({ id, impact, nodes }) => ({
          id,
          impact,
          nodes: nodes.map(({ target }) => target.join(' '))
        }))
      }, only)
      return found
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map((target) => `${id}: ${target}`))
    },
    [Symbol.asyncDispose]: () => context.close()
  }
}

/** Fills in the sign-in page, which is to be on the screen. */
export async function signInOn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).first().fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Nothing on the page is being read any more. */
export const settled = (page: Page): Promise<void> =>
  page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })

/** Puts a session into the browser's cookies. */
const sit = (context: BrowserContext, url: string, { cookie }: Person): Promise<void> =>
  context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url, httpOnly: true, sameSite: 'Lax' as const }
    })
  )
