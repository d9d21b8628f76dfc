/** Overview, Objectives and Reports: what they tell, and their main jobs by hand and by keyboard. */
import { describe, expect, test } from 'vitest'
import { openApp } from './browser.ts'

interface Objectives {
  objectives: { keyResults: { id: string; title: string; current: number; contributions: number; filter: string }[] }[]
}

describe('the home screen', () => {
  test('says how this week goes; each figure leads to its cards', async () => {
    await using app = await openApp()
    await app.go('/')
    const { page } = app
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This week')
    for (const title of ['Open findings', 'Waiting for someone', 'Sync health'])
      await page.getByRole('heading', { name: title }).waitFor()
    const { body } = await app.api('GET', '/overview')
    const { figures, sync } = body as { figures: { overdue: { value: number } }; sync: { tool: string }[] }
    expect(sync.map(({ tool }) => tool)).toEqual(['basecamp', 'clickup', 'linear', 'monday', 'trello'])
    const glance = page.getByRole('region', { name: 'This week at a glance' })
    const overdue = glance.getByRole('link', { name: /^Overdue/ })
    expect(await overdue.textContent()).toContain(String(figures.overdue.value))
    for (const label of ['Done', 'Carried over']) {
      const link = await glance.getByRole('link', { name: new RegExp(`^${label}`) }).getAttribute('href')
      const filter = new URL(link ?? '', app.url).searchParams.get('filter') ?? ''
      expect(await app.api('GET', `/tasks?filter=${encodeURIComponent(filter)}`)).toMatchObject({ status: 200 })
    }
    await overdue.click()
    await page.waitForURL((url) => url.pathname === '/findings' && url.searchParams.get('rule') === 'overdue')
    expect(app.complaints).toEqual([])
  })
})

describe('objectives', () => {
  test('go by J and K, and the address restores the key result that is open', async () => {
    await using app = await openApp()
    const { body } = await app.api('GET', '/objectives')
    const all = (body as Objectives).objectives.flatMap(({ keyResults }) => keyResults)
    await app.go('/objectives')
    const { page } = app
    const shown = (title: string | undefined) =>
      page.getByRole('heading', { level: 2, name: title ?? '?', exact: true })
    await shown(all[0]?.title).waitFor()
    await page.keyboard.press('j')
    await shown(all[1]?.title).waitFor()
    expect(new URL(page.url()).searchParams.get('open')).toBe(all[1]?.id)
    await page.reload()
    await shown(all[1]?.title).waitFor()
    await page.getByText('Checked against a count from scratch just now: equal.').waitFor()
    await page.keyboard.press('k')
    await shown(all[0]?.title).waitFor()
  })

  test('a mapping is put together from conditions, shows the cards it would count, is saved, and put back', async () => {
    await using app = await openApp()
    const { body } = await app.api('GET', '/objectives')
    const before = (body as Objectives).objectives.flatMap(({ keyResults }) => keyResults)[0]
    if (!before) throw new Error('The demo has key results.')
    await app.go(`/objectives?open=${before.id}`)
    const { page } = app
    await page.getByRole('button', { name: 'Edit and preview' }).click()
    const matching = page.getByRole('region', { name: 'What would count now' })
    await matching.getByText(new RegExp(`^${before.contributions} cards?`)).waitFor()
    const mapping = page.getByRole('group', { name: 'Which finished cards count' })
    await mapping.getByRole('button', { name: 'Add a condition' }).click()
    const field = mapping.getByRole('combobox', { name: 'Field' }).or(mapping.getByRole('textbox', { name: 'Field' }))
    await field.last().click()
    await page.getByRole('option', { name: 'Title' }).click()
    await mapping.getByRole('combobox', { name: 'How', exact: true }).last().click()
    await page.getByRole('option', { name: 'contains' }).click()
    await mapping.getByRole('textbox', { name: 'Value', exact: true }).last().fill('no card says this')
    await matching.getByText('0 cards').waitFor()
    expect(await app.accessibility()).toEqual([])
    await mapping.getByText('As text').click()
    const text = mapping.getByRole('textbox', { name: 'Which finished cards count' })
    await text.waitFor()
    expect(await text.inputValue()).toBe(`${before.filter} and title contains "no card says this"`)
    await text.fill('category = ')
    await matching.getByRole('alert').waitFor()
    await mapping.getByText('Conditions').click()
    await mapping.getByText('This text can’t be read as conditions yet. Mend it, or begin anew.').waitFor()
    await mapping.getByText('As text').click()
    await text.fill(`${before.filter} and title contains "no card says this"`)
    await matching.getByText('0 cards').waitFor()
    await page.getByRole('button', { name: 'Save the key result' }).click()
    await page.getByText('Reversed: it no longer matches what counts').first().waitFor()
    const put = await app.api('PUT', `/key-results/${before.id}`, { filter: before.filter })
    expect(put).toMatchObject({ status: 200, body: { current: before.current, contributions: before.contributions } })
  })

  test('one is added with a key result, changed, and removed when its name is typed', async () => {
    await using app = await openApp({ role: 'manager' })
    const { page } = app
    await app.go('/objectives')
    await page.getByRole('button', { name: 'Add an objective' }).click()
    await page.getByLabel('Title').fill('Be found sooner')
    await page.getByRole('button', { name: 'Add it' }).click()
    const mine = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Be found sooner' }) })
    await mine.getByRole('button', { name: 'Add a key result' }).click()
    await page.getByLabel('Title').fill('Pages written')
    await page.getByLabel('Target').fill('12')
    const mapping = page.getByRole('group', { name: 'Which finished cards count' })
    await mapping.getByText('As text').click()
    await mapping.getByRole('textbox').fill('tool = trello')
    await page.getByRole('button', { name: 'Save the key result' }).click()
    await page.getByRole('heading', { level: 2, name: 'Pages written' }).waitFor()

    await page.getByRole('button', { name: 'Edit the objective “Be found sooner”' }).click()
    await page.getByLabel('Title').fill('Be found')
    await page.getByLabel('Last day').fill('2031-12-31')
    expect(await app.accessibility()).toEqual([])
    await page.getByRole('button', { name: 'Save the objective' }).click()
    await page.getByText('Saved: Be found. 1 key result goes along with its days.').waitFor()
    const { objectives } = (await app.api('GET', '/objectives')).body as {
      objectives: { id: string; title: string; to: string; keyResults: { to: string }[] }[]
    }
    expect(objectives.find(({ title }) => title === 'Be found')).toMatchObject({
      to: '2031-12-31',
      keyResults: [{ to: '2031-12-31' }]
    })

    await page.getByRole('button', { name: 'Edit the objective “Be found”' }).click()
    await page.getByRole('button', { name: 'Remove this objective' }).click()
    await page.getByText('Its 1 key result with their ledgers').waitFor()
    await page.getByRole('textbox', { name: /Type/ }).fill('Be found')
    await page.getByRole('button', { name: 'Remove the objective' }).click()
    await page.getByText('Removed: Be found').waitFor()
    await page.getByRole('heading', { name: 'Be found' }).waitFor({ state: 'detached' })
  })

  test('members look, and are offered nothing to change', async () => {
    await using app = await openApp({ role: 'member' })
    await app.go('/objectives')
    await app.page.getByRole('heading', { name: 'Every point, card by card' }).waitFor()
    expect(await app.page.getByRole('button', { name: /Add|Edit/ }).count()).toBe(0)
  })
})

describe('reports', () => {
  test('show the next rollup as it will look, in a frame that runs nothing', async () => {
    await using app = await openApp()
    await app.go('/reports')
    const { page } = app
    await page.getByRole('button', { name: 'Preview' }).first().click()
    const frame = page.frameLocator('iframe[title="The mail as it looks"]')
    await frame.getByText('Done, by project').waitFor()
    expect(await page.locator('iframe').getAttribute('sandbox')).not.toContain('scripts')
    await page.getByText('As plain text').click()
    await page
      .getByText(/^Done, by project|DONE, BY PROJECT/m)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: /^The rollup to/ }).waitFor({ state: 'detached' })
    expect(app.complaints).toEqual([])
  })

  test('what has left is read as it left', async () => {
    await using app = await openApp()
    const { body } = await app.api('GET', '/reports/mails')
    const [mail] = (body as { mails: { id: number; subject: string }[] }).mails
    if (!mail) throw new Error('The demo sends a rollup.')
    await app.go('/reports')
    await app.page.getByRole('button', { name: mail.subject }).click()
    await app.page.frameLocator('iframe').getByText('Done, by project').waitFor()
    expect(new URL(app.page.url()).searchParams.get('mail')).toContain(String(mail.id))
  })

  test('a manager says when theirs comes, and that it comes no more', async () => {
    await using app = await openApp({ role: 'manager' })
    await app.go('/reports')
    const { page } = app
    await page.getByRole('button', { name: 'Get the rollup' }).click()
    await page.getByRole('textbox', { name: /^At/ }).fill('08:15')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText(/Mondays at 08:15/).waitFor()
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('button', { name: 'Send no more' }).click()
    await page.getByText('Nobody gets the rollup yet').waitFor()
    expect((await app.api('GET', '/reports/subscriptions')).body).toEqual({ subscriptions: [] })
  })
})
