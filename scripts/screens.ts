/** Every screen of the app as the demo's owner sees it, in Chromium. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { makeUser } from '../src/access/comingIn.ts'
import { serve } from '../src/cli/serve.ts'
import type { Hub } from '../src/hub.ts'
import { CHROMIUM } from '../tests/helpers/shoot.ts'

interface Screen {
  name: string
  path: string
  /** What is done before the picture is taken. */
  before?: (page: Page) => Promise<void>
  /** Signed out. */
  open?: true
  /** Rows are made as they come into sight: only what a window shows. */
  rows?: true
}

const firstRow = async (page: Page) => {
  await page.getByRole('row').nth(1).click({ timeout: 5_000 })
  await page.waitForTimeout(600)
}

const SCREENS: readonly Screen[] = [
  { name: 'sign-in', path: '/sign-in', open: true },
  { name: 'welcome', path: '/welcome' },
  { name: 'overview', path: '/' },
  { name: 'tasks', path: '/tasks', rows: true },
  { name: 'task', path: '/tasks', before: firstRow, rows: true },
  { name: 'groups', path: '/tasks?view=all&group=project', rows: true },
  { name: 'board', path: '/tasks?layout=board' },
  { name: 'findings', path: '/findings', rows: true },
  { name: 'objectives', path: '/objectives' },
  { name: 'reports', path: '/reports' },
  { name: 'projects', path: '/projects' },
  { name: 'rules', path: '/rules' },
  { name: 'connections', path: '/connections' },
  { name: 'people', path: '/people' },
  { name: 'settings', path: '/settings' }
]

/** Those that stand in the README, 1440 wide and light. */
const README = new Set(['overview', 'tasks', 'objectives'])

const OUT = new URL('../shots/', import.meta.url).pathname
const OWNER = {
  name: 'Ana Ribeiro',
  email: 'ana.ribeiro@larkfield.example',
  password: 'throughline demo',
  role: 'owner'
} as const

/** Serves the hub for as long as it takes, and closes it. Prints what went wrong on a page. */
export async function shootScreens(hub: Hub, { wanted, readme }: { wanted: string[]; readme: string }): Promise<void> {
  const serving = await serve(hub, hub.config)
  await makeUser(serving.access.auth, OWNER)
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  mkdirSync(OUT, { recursive: true })
  try {
    for (const width of [1440, 390]) {
      for (const theme of ['light', 'dark'] as const) {
        const [context, stranger] = await Promise.all(
          [0, 1].map(() =>
            browser.newContext({
              viewport: { width, height: width === 390 ? 844 : 1000 },
              colorScheme: theme,
              locale: 'en-GB',
              timezoneId: 'Europe/Lisbon',
              reducedMotion: 'reduce'
            })
          )
        )
        if (!context || !stranger) throw new Error('The browser opened no window.')
        await signIn(context, serving.address)
        for (const screen of SCREENS) {
          if (wanted.length > 0 && !wanted.includes(screen.name)) continue
          const file = `${screen.name}-${width}-${theme}.png`
          await picture(screen.open ? stranger : context, serving.address, screen, join(OUT, file))
          if (README.has(screen.name) && width === 1440 && theme === 'light')
            await picture(context, serving.address, screen, join(readme, `${screen.name}.png`))
        }
        await Promise.all([context.close(), stranger.close()])
      }
    }
  } finally {
    await browser.close()
    await serving.close()
  }
}

async function signIn(context: BrowserContext, address: string): Promise<void> {
  const { email, password } = OWNER
  const answer = await context.request.post(`${address}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: address }
  })
  if (!answer.ok()) throw new Error(`The demo's owner could not sign in: ${answer.status()}`)
}

async function picture(context: BrowserContext, address: string, screen: Screen, file: string): Promise<void> {
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`${screen.name}: ${error.message}\n`))
  await page.goto(address + screen.path)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: 15_000 })
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400)
  await screen
    .before?.(page)
    .catch((error: Error) => process.stderr.write(`${screen.name}: ${error.message.split('\n')[0]}\n`))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (wide > 0) process.stderr.write(`${screen.name} at ${page.viewportSize()?.width}: ${wide} px too wide\n`)
  await page.screenshot({ path: file, fullPage: !screen.rows })
  await page.close()
}
