import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Row } from '../../sandbox/trello/facts.ts'
import { madeId, makeBoard } from '../helpers/boards.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { type Installation, installation } from './running.ts'

const POINTS = 'aaaaaaaaaaaaaaaaaaaaaaaa'
const DUE = '2027-03-01T12:00:00.000Z'
const BELA = madeId('member', 1, 1)
const points = (number: string): Row => ({
  customFieldItems: [{ id: 'b'.repeat(24), idCustomField: POINTS, value: { number } }]
})
const portal = () =>
  makeBoard({
    name: 'Client portal',
    lists: ['Ideas', 'To do', 'Doing', 'Sprint 12', 'Done'],
    from: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    cards: [
      { name: 'Nobody and no date', list: 1 },
      { name: 'All fine', list: 1, due: DUE, idMembers: [BELA] },
      { name: 'Late', list: 2, due: '2026-01-09T12:00:00.000Z', idMembers: [BELA] },
      { name: 'Nobody knows', list: 3 },
      { name: 'Finished', list: 4, ...points('3') },
      { name: 'Finished too', list: 4, ...points('2.5') }
    ],
    facts: {
      customFields: [
        { id: POINTS, idModel: madeId('board', 1, 0), modelType: 'board', name: 'Points', type: 'number', pos: 1 }
      ]
    }
  })

let trello: TrelloSandbox
let home: Installation
beforeAll(async () => {
  trello = await startTrello()
  await trello.load(portal())
  await trello.load(makeBoard({ number: 2, name: 'Website', cards: 2 }))
  home = await installation({ TRELLO_URL: `${trello.url}/1`, TRELLO_KEY: trello.key })
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await trello.stop()
})

const cardNamed = async (name: string) =>
  ((await trello.dump(madeId('board', 1, 0))).cards as Row[]).find((card) => card.name === name)?.id
const comments = async () => {
  const { actions } = await trello.dump(madeId('board', 1, 0))
  return (actions as Row[]).filter(({ type }) => type === 'commentCard').length
}

describe('a wrong token at connect', () => {
  test.each([
    ['unknown', 'f'.repeat(64)],
    ['revoked', 'revoked-token-canary']
  ])('%s: one sentence, exit 1, hardly a request, the token nowhere', async (_what, token) => {
    if (token.startsWith('revoked'))
      await trello.account({ token, revoked: true, member: { id: 'c'.repeat(24), fullName: 'Gone', username: 'gone' } })
    await trello.forgetRequests()
    const { code, stdout, stderr } = await home.run(['connect', 'trello'], { input: `${token}\n` })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe('Trello does not accept this token. Make a new token and connect the account again.\n')
    expect((await trello.requests()).total).toBeLessThanOrEqual(2)
    expect(stderr + stdout).not.toContain(token)
  })
})

describe('the whole line, verb by verb', () => {
  let keyResult = ''

  test('before anything is connected, verbs say what comes first', async () => {
    expect((await home.run(['projects'])).stdout).toBe(
      'No project yet. Connect an account first: throughline connect TOOL\n'
    )
    const { code, stderr } = await home.run(['sync'])
    expect([code, stderr]).toEqual([
      1,
      'No project is chosen yet. Choose some with: throughline projects choose NAME…\n'
    ])
  })

  test('connect takes the token from stdin and says who speaks', async () => {
    const { code, stdout } = await home.run(['connect', 'trello'], { input: `${trello.token}\n` })
    expect(code).toBe(0)
    expect(stdout).toBe(
      'Connected as Throughline (@throughline); it sees 2 projects. Comments will be posted as Throughline.\nNext: throughline projects choose PROJECT…\n'
    )
    expect(stdout).not.toContain(trello.token)
  })

  test('projects lists them, and choose takes names in any case, ids of the tool, or all', async () => {
    const { projects } = await home.json<{ projects: { name: string; chosen: boolean }[] }>('projects')
    expect(projects.map(({ name, chosen }) => [name, chosen])).toEqual([
      ['Client portal', false],
      ['Website', false]
    ])
    expect(await home.json('projects', 'choose', '--all')).toMatchObject({
      chosen: [{ name: 'Client portal' }, { name: 'Website' }]
    })
    expect(await home.json('projects', 'choose', 'client PORTAL')).toEqual({
      chosen: [{ id: `trello:${madeId('board', 1, 0)}`, name: 'Client portal' }]
    })
  })

  test('sync reads, and reads nothing twice', async () => {
    const first = await home.json<{ runs: Row[] }>('sync')
    expect(first.runs).toMatchObject([
      { name: 'Client portal', mode: 'sweep', fetched: 6, stored: 6, unchanged: 0, quarantined: 0 }
    ])
    const { code, stdout } = await home.run(['sync', '--sweep'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Client portal +whole +6 +0 +6 +0/)
  })

  test('columns shows what each means, and set changes what rules look at', async () => {
    const { stdout } = await home.run(['columns', 'Client portal'])
    expect(stdout).toContain('No rule looks at 1 unmapped column. Say what one means with:')
    expect(stdout).toContain('throughline columns set "Client portal" "Sprint 12" doing')
    expect(await home.json('columns', 'set', 'Client portal', 'sprint 12', 'doing')).toMatchObject({
      columns: [{ name: 'Sprint 12', category: 'doing' }],
      opened: 2,
      closed: 0
    })
    expect(await home.json('columns', 'set', 'Client portal', 'Sprint 12', 'auto')).toMatchObject({
      opened: 0,
      closed: 2
    })
    await home.json('columns', 'set', 'Client portal', 'Sprint 12', 'doing')
  })

  test('findings are listed, filtered and counted', async () => {
    const all = await home.json<{ total: number; byRule: Row; findings: Row[] }>('findings')
    expect([all.total, all.byRule]).toEqual([5, { 'missing-deadline': 2, 'no-assignee': 2, overdue: 1 }])
    const overdue = await home.json<{ findings: Row[] }>('findings', '--rule', 'overdue', '--project', 'Client portal')
    expect(overdue.findings).toMatchObject([
      { title: 'Late', column: 'Doing', assignees: ['Bela Holm'], closedAt: null }
    ])
    const closed = await home.json<{ total: number; findings: Row[] }>('findings', '--closed')
    expect([closed.total, closed.findings[0]?.reason]).toEqual([2, 'rule_changed'])
    const { stdout } = await home.run(['findings', '--limit', '1'])
    expect(stdout).toContain('The 1 oldest are shown; --limit 5 shows all.')
  })

  test('alerts: preview posts nothing; on posts what it showed; off takes it back; remove-all leaves none', async () => {
    const preview = await home.json<{ comments: { text: string; title: string }[] }>(
      'alerts',
      'preview',
      'Client portal'
    )
    expect(preview.comments.map(({ title }) => title).sort()).toEqual(['Late', 'Nobody and no date', 'Nobody knows'])
    expect(await comments()).toBe(0)
    const on = await home.run(['alerts', 'on', 'Client portal'])
    expect([on.code, on.stdout]).toEqual([0, 'Alerts are on for Client portal.\n3 comments posted.\n'])
    expect(await comments()).toBe(3)
    const off = await home.run(['alerts', 'off', 'Client portal'])
    expect(off.stdout).toBe('Alerts are off for Client portal.\n3 comments taken back.\n')
    expect(await comments()).toBe(0)
    await home.json('alerts', 'on', 'Client portal')
    expect(await comments()).toBe(3)
    expect(await home.json('alerts', 'remove-all')).toEqual({ posted: 0, edited: 0, removed: 3, failed: 0, left: 0 })
    expect(await comments()).toBe(0)
  })

  test('okr: an objective, key results that count and sum, and a ledger that explains them', async () => {
    const [from, to] = [new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), '2099-12-31']
    const objective = await home.json('okr', 'objective', 'A portal people like', '--from', from, '--to', to)
    expect(objective).toMatchObject({ title: 'A portal people like' })
    const add = (title: string, ...options: string[]) =>
      home.json<{ id: string; current: number; contributions: number }>(
        'okr',
        'key-result',
        title,
        '--objective',
        'a portal people LIKE',
        '--target',
        '10',
        '--filter',
        'project = "Client portal"',
        ...options
      )
    expect(await add('Cards')).toMatchObject({ current: 2, contributions: 2 })
    const sum = await add('Points', '--sum', 'points', '--start', '1')
    expect(sum).toMatchObject({ current: 6.5, contributions: 2 })
    keyResult = sum.id
    const ledger = await home.json<{ contributions: Row[]; sum: number; recomputed: number }>(
      'okr',
      'ledger',
      keyResult
    )
    expect([ledger.sum, ledger.recomputed]).toEqual([5.5, 5.5])
    expect(ledger.contributions.map(({ title, amount, kind }) => [title, amount, kind])).toEqual([
      ['Finished', 3, 'counted'],
      ['Finished too', 2.5, 'counted']
    ])
    const { objectives } = await home.json<{ objectives: { keyResults: Row[] }[] }>('okr')
    expect(
      objectives[0]?.keyResults.map(({ title, current, measure, filter }) => [title, current, measure, filter])
    ).toEqual([
      ['Cards', 2, 'count', 'project = "Client portal"'],
      ['Points', 6.5, 'points', 'project = "Client portal"']
    ])
  })

  test('a card finished on the board moves the key result at the next sync', async () => {
    await trello.call('PUT', `/cards/${await cardNamed('Late')}`, { body: { idList: madeId('list', 1, 4) } })
    const { stdout } = await home.run(['sync'])
    expect(stdout).toContain('overdue +0 −1')
    const { objectives } = await home.json<{ objectives: { keyResults: { title: string; current: number }[] }[] }>(
      'okr'
    )
    expect(objectives[0]?.keyResults.map(({ current }) => current)).toEqual([3, 6.5])
  })

  test('people and reports: added, subscribed, previewed, sent once', async () => {
    const person = await home.json(
      'people',
      'add',
      'Ana Ribeiro',
      'Ana@Larkfield.example',
      '--zone',
      'Europe/Lisbon',
      '--language',
      'pt'
    )
    expect(person).toMatchObject({
      name: 'Ana Ribeiro',
      email: 'ana@larkfield.example',
      timeZone: 'Europe/Lisbon',
      language: 'pt'
    })
    const { stdout } = await home.run([
      'report',
      'subscribe',
      'ana@larkfield.example',
      '--day',
      'tue',
      '--time',
      '08:15',
      '--project',
      'Client portal'
    ])
    expect(stdout).toContain('Ana Ribeiro gets the weekly rollup every Tuesday at 08:15 (Europe/Lisbon), next at ')
    const preview = await home.json<{ subject: string; html: string; text: string; to: string }>(
      'report',
      'preview',
      'ana@larkfield.example'
    )
    expect(preview).toMatchObject({ to: 'ana@larkfield.example', subject: expect.stringMatching(/^Semana \d+: /) })
    expect(preview.html).not.toContain('cid:')
    const sent = await home.json<{ state: string; path: string; subject: string }>(
      'report',
      'send',
      'ana@larkfield.example'
    )
    expect([sent.state, sent.subject]).toEqual(['sent', preview.subject])
    expect(sent.path.startsWith(join(home.folder, 'mail'))).toBe(true)
    const mail = await simpleParser(readFileSync(sent.path))
    expect([mail.subject, (mail.to as { text: string }).text]).toEqual([
      preview.subject,
      '"Ana Ribeiro" <ana@larkfield.example>'
    ])
    const again = await home.run(['report', 'send', 'ana@larkfield.example'])
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining('has left for ana@larkfield.example already; each week is sent once.')
    ])
  })

  test('doctor says what is wrong and what to do; a token revoked since is named once, and nothing more is asked of Trello', async () => {
    const well = await home.json<{ concerns: Row[]; engine: string; tasks: number }>('doctor')
    expect([well.engine, well.tasks, well.concerns]).toEqual([home.env.DATABASE_URL ? 'postgres' : 'pglite', 6, []])
    await trello.account({ token: trello.token, revoked: true })
    await trello.forgetRequests()
    const sync = await home.run(['sync'])
    expect([sync.code, sync.stdout]).toEqual([
      1,
      expect.stringContaining('Trello does not accept this token (Client portal).')
    ])
    expect((await trello.requests()).total).toBeLessThanOrEqual(2)
    await trello.forgetRequests()
    expect((await home.run(['sync'])).code).toBe(1)
    expect((await trello.requests()).total).toBe(0)
    const ill = await home.run(['doctor'])
    expect(ill.stdout).toContain('Make a new token, then: throughline connect trello')
    expect(ill.stdout + sync.stdout).not.toContain(trello.token)
    await trello.account({ token: trello.token, revoked: false })
    await home.json('connect', 'trello', '--token', trello.token)
    expect((await home.run(['sync'])).code).toBe(0)
    expect((await home.json<{ concerns: Row[] }>('doctor')).concerns).toEqual([])
  })

  test('what was added can be removed', async () => {
    expect(await home.json('okr', 'remove', keyResult)).toEqual({ removed: true })
    expect(await home.json('report', 'unsubscribe', 'ana@larkfield.example')).toEqual({ removed: true })
    expect(await home.json('people', 'remove', 'ana@larkfield.example')).toEqual({ removed: true })
    expect(await home.json('people')).toMatchObject({ people: [] })
  })

  test('no token is found in any file of the folder', () => {
    const files = readdirSync(home.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(1)
    const leaks = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(trello.token))
    expect(leaks.map(({ name }) => name)).toEqual([])
  })
})
