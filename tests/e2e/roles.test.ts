/** What each role finds in the app: screens, what is offered on them, whose cards; and that the way in ends. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role } from '../../src/access/who.ts'
import { type App, openApp, settled, signInOn } from './browser.ts'
import { type Person, signIn } from './people.ts'
import { here } from './place.ts'

const ALL: readonly Role[] = ROLES
const STEERING: readonly Role[] = ['manager', 'ops', 'owner']
const TENDING: readonly Role[] = ['ops', 'owner']

interface Screen {
  path: string
  /** Its line in the navigation. */
  line: string | null
  title: string
  whose: readonly Role[]
  /** Something of it that is there once it is read. */
  shows: string
  /** Buttons and links of its main part, and who is offered them. */
  offers: Record<string, readonly Role[]>
}

/** `title`: the first heading of those it is for. */
const SCREENS: readonly Screen[] = [
  {
    path: '/',
    line: 'Overview',
    title: 'This week',
    whose: ALL,
    shows: 'Sync health',
    offers: { Connections: TENDING }
  },
  { path: '/tasks', line: 'Tasks', title: 'Tasks', whose: ALL, shows: 'in all tools', offers: {} },
  { path: '/findings', line: 'Findings', title: 'Findings', whose: ALL, shows: 'Closed', offers: {} },
  {
    path: '/objectives',
    line: 'Objectives',
    title: 'Objectives',
    whose: ALL,
    shows: 'Every point, card by card',
    offers: { 'Add an objective': STEERING, 'Edit and preview': STEERING }
  },
  {
    path: '/reports',
    line: 'Reports',
    title: 'Reports',
    whose: ALL,
    shows: 'Who gets the rollup, and when',
    offers: { 'Get the rollup': ['manager'], 'Add a person': TENDING }
  },
  {
    path: '/projects',
    line: 'Projects',
    title: 'Projects',
    whose: TENDING,
    shows: 'What its columns mean',
    offers: { 'Choose boards': TENDING }
  },
  { path: '/rules', line: 'Rules', title: 'Rules', whose: TENDING, shows: 'No deadline', offers: {} },
  {
    path: '/connections',
    line: 'Connections',
    title: 'Connections',
    whose: TENDING,
    shows: 'Comments will be posted as',
    offers: { Connect: TENDING, 'Hand over': TENDING }
  },
  {
    path: '/people',
    line: 'People',
    title: 'People',
    whose: TENDING,
    shows: 'Ana Ribeiro',
    offers: { 'Add a person': TENDING }
  },
  {
    path: '/settings',
    line: 'Settings',
    title: 'Settings',
    whose: TENDING,
    shows: 'Who may sign in',
    offers: { 'Invite someone': TENDING }
  },
  {
    path: '/welcome',
    line: null,
    title: 'Where does your team keep its work?',
    whose: TENDING,
    shows: 'Linear',
    offers: { 'Go on to the boards': TENDING }
  }
]

const SETTINGS: Record<string, readonly Role[]> = {
  Access: TENDING,
  'Teams and calendars': TENDING,
  Mail: TENDING,
  'API keys': ALL,
  'Log of changes': TENDING,
  Data: ['owner'],
  You: ALL
}

describe.each(ALL)('who is %s', (role) => {
  test('finds the screens that are theirs, and on them what they may do', async () => {
    await using app = await openApp({ role })
    const { page } = app
    await app.go('/')
    const lines = page.getByRole('navigation', { name: 'Main' }).getByRole('listitem').getByRole('link')
    // A count of findings may stand in a line.
    const named = (await lines.allTextContents()).map((text) => text.replace(/\d.*$/, ''))
    expect(named).toEqual(SCREENS.flatMap(({ line, whose }) => (line && whose.includes(role) ? [line] : [])))

    const found: unknown[] = []
    for (const { path, shows, offers, whose } of SCREENS) {
      await app.go(path)
      const main = page.getByRole('main')
      const told = main.getByText('This page is for those who tend the hub')
      const is = main.getByText(shows).first()
      await told.or(is).first().waitFor()
      await settled(page)
      const offered: string[] = []
      for (const name of Object.keys(offers)) {
        const one = { name, exact: true }
        if ((await main.getByRole('button', one).or(main.getByRole('link', one)).count()) > 0) offered.push(name)
      }
      if (!whose.includes(role)) await main.getByText(`You are here as ${role}.`).waitFor()
      found.push({ path, here: (await told.count()) === 0 && (await is.count()) > 0, offered })
    }
    expect(found).toEqual(
      SCREENS.map(({ path, whose, offers }) => ({
        path,
        here: whose.includes(role),
        offered: Object.keys(offers).filter((name) => offers[name]?.includes(role))
      }))
    )
    expect(app.complaints).toEqual([])
  })

  test('finds the parts of the settings that are theirs', async () => {
    await using app = await openApp({ role })
    const { page } = app
    for (const path of ['/settings/me', '/settings/data']) {
      await app.go(path)
      expect(await page.getByRole('tab').allTextContents()).toEqual(
        Object.keys(SETTINGS).filter((tab) => SETTINGS[tab]?.includes(role))
      )
    }
    const data = page.getByRole('tab', { name: role === 'owner' ? 'Data' : 'You', selected: true })
    await data.waitFor()
    expect(app.complaints).toEqual([])
  })
})

interface Task {
  id: string
  title: string
  project: string
  projectName: string
  presence: string
}

async function everyTask(app: App): Promise<Task[]> {
  const tasks: Task[] = []
  for (let after: string | null = ''; after !== null; ) {
    const beyond: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const page = (await app.api('GET', `/tasks?limit=1000${beyond}`)).body as { tasks: Task[]; next: string | null }
    tasks.push(...page.tasks)
    after = page.next
  }
  return tasks
}

/** Screens with cards on them, and what is there once the cards are. */
const THERE: Record<string, (page: Page) => Locator> = {
  '/tasks?view=all': (page) => page.getByRole('row').nth(3),
  '/findings': (page) => page.getByRole('row').nth(3),
  '/findings?by=project': (page) => page.getByRole('row').nth(3),
  '/': (page) => page.getByText('Sync health'),
  '/objectives': (page) => page.getByText('Every point, card by card'),
  '/reports': (page) => page.getByText('What has left')
}

describe.each(['manager', 'member'] as const)('a %s who was given one board', (role) => {
  const GIVEN = 'Client portal'
  let owner: App
  let user: string
  let given: string
  let mine: Task[]
  /** Cards of other boards whose titles are on no card of this one. */
  let others: Task[]

  const give = (projects: string[]) => owner.api('PUT', `/users/${user}/given`, { teams: [], projects })

  beforeAll(async () => {
    owner = await openApp()
    const { users } = (await owner.api('GET', '/users')).body as { users: { id: string; email: string }[] }
    user = users.find(({ email }) => email === here().people[role].email)?.id ?? ''
    const all = await everyTask(owner)
    mine = all.filter(({ projectName }) => projectName === GIVEN)
    given = mine[0]?.project ?? ''
    const titles = mine.map(({ title }) => title).join('\n')
    others = all.filter(({ project, title }) => project !== given && !titles.includes(title))
    expect((await give([given])).status).toBe(200)
  })
  afterAll(async () => {
    await give([])
    await owner[Symbol.asyncDispose]()
  })

  /** Titles of other boards' cards that stand on the page. */
  async function foreign(page: Page): Promise<string[]> {
    const text = (await page.locator('body').textContent()) ?? ''
    return others.map(({ title }) => title).filter((title) => text.includes(title))
  }

  test('is told, as long as there is none, whom to ask', async () => {
    expect((await give([])).status).toBe(200)
    try {
      await using app = await openApp({ role })
      for (const path of ['/tasks?view=all', '/']) {
        await app.go(path)
        await app.page.getByText('Ask someone who looks after Throughline').waitFor()
        expect(await foreign(app.page)).toEqual([])
      }
      await app.page.getByText('No board was given to you yet.').waitFor()
      expect(app.complaints).toEqual([])
    } finally {
      await give([given])
    }
  })

  test('sees its cards and no other on any screen', async () => {
    await using app = await openApp({ role })
    const { page } = app
    const seen = await everyTask(app)
    expect(seen.map(({ id }) => id).toSorted()).toEqual(mine.map(({ id }) => id).toSorted())

    await app.go('/tasks?view=all')
    const there = mine.filter(({ presence }) => presence === 'present').length
    await page.getByText(`${there} of ${there} cards, in all tools.`).waitFor()
    const { body } = await owner.api('GET', `/findings?project=${encodeURIComponent(given)}&limit=1`)
    const { total } = body as { total: number }
    for (const [path, there] of Object.entries(THERE)) {
      await app.go(path)
      await there(page).waitFor()
      await settled(page)
      expect([path, await foreign(page)]).toEqual([path, []])
    }
    const line = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Findings/ })
    expect(await line.textContent()).toContain(`${total} open findings`)
    // The same pages do show them to who sees every board.
    for (const path of ['/tasks?view=all', '/findings', '/']) {
      await owner.go(path)
      await expect.poll(() => foreign(owner.page)).not.toEqual([])
    }
    expect(app.complaints).toEqual([])
  })

  test('is told in a ledger how many cards count without being shown them', async () => {
    await using app = await openApp({ role })
    const { page } = app
    const { objectives } = (await app.api('GET', '/objectives')).body as {
      objectives: { keyResults: { id: string; title: string; contributions: number }[] }[]
    }
    const of = (title: string) => objectives.flatMap((one) => one.keyResults).find((one) => one.title === title)
    const ledger = page.getByRole('table').filter({ hasText: 'Counted' })

    const [own, elsewhere] = [of('Portal points accepted'), of('Placements signed')]
    await app.go(`/objectives?open=${own?.id}`)
    await ledger.getByRole('link').first().waitFor()
    expect(await page.getByText('A card on a board you can’t see').count()).toBe(0)

    await app.go(`/objectives?open=${elsewhere?.id}`)
    await ledger.getByText('A card on a board you can’t see').first().waitFor()
    expect(await ledger.getByRole('link').count()).toBe(0)
    await page.getByText(/more cards count here without titles: they are on boards you can’t see/).waitFor()
    expect(await foreign(page)).toEqual([])
    expect(app.complaints).toEqual([])
  })

  test('is led nowhere else by a direct address or by what they look for', async () => {
    await using app = await openApp({ role })
    const { page } = app
    const [theirs, own] = [others[0] as Task, mine[0] as Task]
    await app.go(`/tasks?view=all&open=${encodeURIComponent(own.id)}`)
    await page.getByRole('heading', { level: 2, name: own.title }).waitFor()
    expect(app.complaints).toEqual([])

    await app.go(`/tasks?view=all&open=${encodeURIComponent(theirs.id)}`)
    await page.getByText('There is no such card, or it is on a board you have not been given.').waitFor()
    expect(await foreign(page)).toEqual([])
    // No other answer than for a card that never was.
    expect(await app.api('GET', `/tasks/${encodeURIComponent(theirs.id)}`)).toEqual(
      await app.api('GET', '/tasks/trello%3Anever')
    )

    await app.go('/')
    await page.keyboard.press('Control+k')
    const finder = page.getByRole('dialog')
    await finder.getByRole('textbox').fill('e')
    const led = (await finder.getByRole('button').allTextContents()).join('\n')
    expect(led).toContain('Overview')
    expect(led).not.toMatch(/Projects|Rules|Connections|People|Settings/)
    await finder.getByRole('textbox').fill(own.title)
    await finder.getByRole('button', { name: own.title }).first().waitFor()
    await finder.getByRole('textbox').fill(theirs.title)
    await finder.getByText('Nothing of that name.').waitFor()
  })
})

describe('a session', () => {
  /** The member, come in once more: ending this session ends no other. */
  async function anew(): Promise<{ at: { url: string; people: Record<Role, Person> }; person: Person }> {
    const { url, people } = here()
    const person = { ...people.member, cookie: await signIn(url, people.member) }
    return { at: { url, people: { ...people, member: person } }, person }
  }

  test('ends with signing out, in this browser and on the hub', async () => {
    const { at } = await anew()
    await using app = await openApp({ role: 'member', at })
    const { page } = app
    await app.go('/tasks')
    expect((await app.api('GET', '/me')).status).toBe(200)
    await page.getByRole('button', { name: /Mo Member/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL((url) => url.pathname === '/sign-in')
    expect((await app.api('GET', '/me')).status).toBe(401)
    await page.goBack()
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  })

  test.each(['/findings?by=project', '/objectives', '/settings/me'])(
    'that has ended is asked for again at %s, and leads back there',
    async (path) => {
      const { at, person } = await anew()
      await using app = await openApp({ role: 'member', at })
      const { page } = app
      await app.go('/reports')
      const ended = await fetch(`${app.url}/api/auth/sign-out`, {
        method: 'POST',
        headers: { cookie: person.cookie, origin: app.url }
      })
      expect(ended.status).toBe(200)
      await app.go(path)
      await page.waitForURL((url) => url.pathname === '/sign-in')
      await signInOn(page, person)
      await page.waitForURL((url) => url.pathname + url.search === path)
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
    }
  )

  test('that ends while a page is open is asked for at the next one', async () => {
    const { at, person } = await anew()
    await using app = await openApp({ role: 'member', at })
    const { page } = app
    await app.go('/reports')
    await fetch(`${app.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: person.cookie, origin: app.url }
    })
    await page.getByRole('link', { name: 'Objectives' }).click()
    await page.waitForURL((url) => url.pathname === '/sign-in')
    await signInOn(page, person)
    await page.waitForURL((url) => url.pathname === '/objectives')
    await page.getByRole('heading', { level: 1, name: 'Objectives' }).waitFor()
  })
})
