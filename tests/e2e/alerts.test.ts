/** Notes on cards, from the switch in the app to the comment in the tool and back, on a Trello stand-in and a hub of their own. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DEMO_ACCOUNTS } from '../../sandbox/demo/accounts.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { type App, openApp } from './browser.ts'
import { type OwnHub, openOwnHub } from './ownHub.ts'

const BOARD = 'Spring fair'
const TITLES = {
  undated: 'Write to the printers',
  nobodys: 'Book the brass band',
  fine: 'Order the banner',
  spared: 'Somebody’s private errand'
}
const SAYS = {
  undated: ['this card has no date yet.', 'When could it be done? A date on the card clears this note.'],
  nobodys: ['Nobody assigned yet.', 'Who could take it? Assigning someone clears this note.']
}
const LATER = '2027-03-01'

let trello: StandInProcess
let hub: OwnHub
let app: App
let bela: string
const cards = {} as Record<keyof typeof TITLES, string>
let project: string

beforeAll(async () => {
  trello = await startStandIn('trello')
  bela = await trello.person({ name: 'Bela Okafor' })
  const { id, columns } = await trello.project({
    name: BOARD,
    columns: [
      { name: 'To do', category: 'todo' },
      { name: 'Done', category: 'done' }
    ],
    members: [bela]
  })
  project = `trello:${id}`
  const there = { project: id, column: columns['To do'] ?? '', by: bela }
  cards.undated = await trello.task({ ...there, title: TITLES.undated, assignees: [bela] })
  cards.nobodys = await trello.task({ ...there, title: TITLES.nobodys, due: { date: LATER } })
  cards.fine = await trello.task({ ...there, title: TITLES.fine, assignees: [bela], due: { date: LATER } })
  cards.spared = await trello.task({ ...there, title: TITLES.spared, labels: ['no-alerts'] })

  hub = await openOwnHub({ TRELLO_URL: `${trello.url}/1`, ALERT_GRACE_MINUTES: '0', SYNC_MINUTES: '0.05' })
  app = await openApp({ role: 'ops', at: hub })
  const credentials = DEMO_ACCOUNTS.find(({ tool }) => tool === 'trello')?.credentials
  await app.api('POST', '/connections', { tool: 'trello', credentials })
  await app.api('PUT', '/projects/choice', { projects: [project] })
  await vi.waitUntil(async () => (await lookedAt()) !== null, WHILE)
})
afterAll(async () => {
  await app?.[Symbol.asyncDispose]()
  await hub?.[Symbol.asyncDispose]()
  await trello?.stop()
})

const WHILE = { timeout: 40_000, interval: 250 }

async function lookedAt(): Promise<string | null> {
  const { projects } = (await app.api('GET', '/projects')).body as {
    projects: { id: string; freshness: { lookedAt: string | null } }[]
  }
  return projects.find(({ id }) => id === project)?.freshness.lookedAt ?? null
}

/** A look that began after now has come to its end. */
async function lookedAgain(): Promise<void> {
  const before = (await lookedAt()) ?? ''
  await expect.poll(lookedAt, WHILE).not.toBe(before)
}

/** The comments on each card, as they stand in the tool. */
async function comments(): Promise<Record<keyof typeof TITLES, string[]>> {
  const { actions } = await trello.admin<{
    actions: { type: string; data: { text?: string; card?: { id: string } } }[]
  }>('GET', `boards/${project.slice('trello:'.length)}`)
  const on = (card: string) =>
    actions
      .filter(({ type, data }) => type === 'commentCard' && data.card?.id === card)
      .map(({ data }) => data.text ?? '')
  return {
    undated: on(cards.undated),
    nobodys: on(cards.nobodys),
    fine: on(cards.fine),
    spared: on(cards.spared)
  }
}
const counts = async () => Object.values(await comments()).map((own) => own.length)

const notes = () => app.page.getByRole('radiogroup', { name: 'Notes on cards of this board' })
const whyLink = (comment: string | undefined) => /\[Why this note\]\((\S+?)\)/.exec(comment ?? '')?.[1] ?? ''

test('are off, can be read beforehand, and stand on the cards once they are switched on', async () => {
  const { page } = app
  await app.go('/projects')
  await page.getByRole('button', { name: BOARD }).click()
  await page.getByText('Off. Nothing is written on cards; findings show here only.').waitFor()

  await notes().getByText('Preview').click()
  await page.getByText('2 cards would get a note now. Nothing is written yet.').waitFor()
  const previews = page.getByRole('list', { name: 'Notes as they would stand on cards' }).getByRole('listitem')
  const shown = (await previews.allInnerTexts()).map((text) => text.split(/\n+/)).toSorted()
  expect(shown).toEqual([
    [TITLES.nobodys, ...SAYS.nobodys, 'Why this note'],
    [TITLES.undated, `@Bela Okafor ${SAYS.undated[0]}`, SAYS.undated[1], 'Why this note']
  ])
  expect(await counts()).toEqual([0, 0, 0, 0])
  expect(await app.accessibility()).toEqual([])

  await page.getByRole('button', { name: 'Switch notes on: 2 cards get one' }).click()
  await page.getByText('On. A card that waits gets one note').waitFor()
  await expect.poll(counts, WHILE).toEqual([1, 1, 0, 0])
  const posted = await comments()
  expect(posted.undated[0]?.split('\n\n').slice(0, -1)).toEqual([`@belaokafor ${SAYS.undated[0]}`, SAYS.undated[1]])
  expect(posted.nobodys[0]?.split('\n\n').slice(0, -1)).toEqual(SAYS.nobodys)

  // Looking again says nothing twice.
  await lookedAgain()
  await lookedAgain()
  expect(await comments()).toEqual(posted)
  expect(app.complaints).toEqual([])
})

test('lead from “Why this note” to the note’s words and nothing else, for who has no account', async () => {
  const link = whyLink((await comments()).undated[0])
  expect(new URL(link).origin).toBe(hub.url)
  await using reader = await openApp({ role: null, at: hub })
  const { page } = reader
  await page.goto(link)
  expect(await page.title()).toBe('Why this note · Throughline')
  expect(await page.getByRole('paragraph').allTextContents()).toEqual([
    `Bela Okafor ${SAYS.undated[0]}`,
    SAYS.undated[1],
    'Throughline reads this board and leaves one note on a card when something there waits for someone. The note changes as the card does, and says all clear at the end. This page shows the note and nothing else of the card.'
  ])
  const source = await page.content()
  for (const secret of [BOARD, ...Object.values(TITLES), ...Object.values(cards)]) expect(source).not.toContain(secret)
  expect(await page.getByRole('link').count()).toBe(0)
  expect(await reader.accessibility()).toEqual([])
  expect(reader.complaints).toEqual([])
})

test('say all clear in the same comment once the cause is gone in the tool', async () => {
  const before = await comments()
  const [stood] = (await trello.look(cards.undated))?.comments ?? []
  await trello.change(cards.undated, { due: { date: LATER }, by: bela })
  const now = async () => (await comments()).undated[0]
  await expect.poll(now, WHILE).toMatch(/^All clear since /)
  const [stands, ...more] = (await trello.look(cards.undated))?.comments ?? []
  expect([stands?.id, more]).toEqual([stood?.id, []])
  expect(stands?.text).toContain('Due Mon 1 Mar 2027')
  expect((await comments()).nobodys).toEqual(before.nobodys)

  await using reader = await openApp({ role: null, at: hub })
  const { page } = reader
  await page.goto(whyLink(before.undated[0]))
  await page.getByText(/^All clear since/).waitFor()
  await page.getByRole('listitem').getByText('No deadline').waitFor()
  expect(reader.complaints).toEqual([])

  // The app knows as well: one card still waits.
  await app.go(`/findings?project=${encodeURIComponent(project)}`)
  await app.page.getByText(TITLES.nobodys).first().waitFor()
  expect(await app.page.getByText(TITLES.undated).count()).toBe(0)
})

test('are taken back when they are switched off, and their links say so', async () => {
  const link = whyLink((await comments()).nobodys[0])
  const { page } = app
  await app.go(`/projects?project=${encodeURIComponent(project)}`)
  await notes().getByText('Off', { exact: true }).click()
  const asked = page.getByRole('dialog', { name: 'Switch notes off on this board' })
  await asked.getByText('Our notes on its cards.').waitFor()
  expect(await counts()).toEqual([1, 1, 0, 0])
  await asked.getByRole('button', { name: 'Switch notes off' }).click()
  await page.getByText('Off. Nothing is written on cards').waitFor()
  await expect.poll(counts, WHILE).toEqual([0, 0, 0, 0])
  expect(app.complaints).toEqual([])

  await using reader = await openApp({ role: null, at: hub })
  await reader.page.goto(link)
  await reader.page.getByRole('heading', { name: 'This note is gone' }).waitFor()
})
