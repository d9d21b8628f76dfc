/** What is asked of ClickUp beyond reading: refusals, limits, OAuth, comments, writes, webhooks. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP } from '../../sandbox/clickup/accounts.ts'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Answer, Session } from '../../src/adapter.ts'
import { link, paragraph, text } from '../../src/model/richText.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { adapter, COLUMNS, clickupSession, OWN_ID, OWN_TOKEN, scopeOf } from './clickup.ts'

const NOW = '2026-11-16T09:00:00.000Z'
let clickup: StandInProcess
let session: Session
let list: PlantedProject
let task: string

beforeAll(async () => {
  clickup = await startStandIn('clickup', { now: NOW })
  session = clickupSession(clickup.url)
  list = await clickup.project({ name: 'Searches', columns: [...COLUMNS] })
  task = await clickup.task({ project: list.id, column: list.columns['to do']!, title: 'Signed' })
})
afterAll(() => clickup.stop())

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers: new Headers(headers)
})

describe('A refusal', () => {
  it.each([
    [401, 'OAUTH_019', 'auth_revoked'],
    [401, 'OAUTH_021', 'auth_revoked'],
    [401, 'OAUTH_025', 'auth_revoked'],
    [401, 'OAUTH_077', 'auth_revoked'],
    [401, 'OAUTH_017', 'auth_revoked'],
    [401, 'OAUTH_023', 'forbidden'],
    [401, 'OAUTH_026', 'forbidden'],
    [401, 'OAUTH_027', 'forbidden'],
    [401, 'OAUTH_029', 'forbidden'],
    [401, 'OAUTH_036', 'forbidden'],
    [401, 'OAUTH_045', 'forbidden'],
    [400, 'FIELD_011', 'bad_response'],
    [404, 'X_1', 'not_found']
  ])('%d %s is %s', (status, ECODE, kind) => {
    expect(adapter.refusal!(answer(status, { err: 'words', ECODE }))).toEqual({ kind, code: ECODE })
  })

  it('says nothing that the status does not say where there is no code', () => {
    for (const status of [200, 400, 401, 403, 404, 500]) expect(adapter.refusal!(answer(status, {}))).toBeNull()
    expect(adapter.refusal!(answer(503, { ECODE: 'X_1' }))).toBeNull()
    expect(adapter.refusal!(answer(200, { ECODE: 'OAUTH_025' }))).toBeNull()
  })

  it('for too many requests waits until the window ends on the tool’s clock', () => {
    const headers = {
      date: 'Mon, 16 Nov 2026 09:00:00 GMT',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.parse('2026-11-16T09:00:42Z') / 1000)
    }
    expect(adapter.refusal!(answer(429, {}, headers))).toEqual({
      kind: 'rate_limited',
      code: null,
      retryAfterMs: 42_000
    })
    expect(adapter.quotas!(answer(429, {}, headers))).toEqual([
      { budget: 'token', amount: 100, left: 0, resetMs: 42_000 }
    ])
    expect(adapter.refusal!(answer(429, {}))).toEqual({ kind: 'rate_limited', code: null, retryAfterMs: null })
    expect(adapter.quotas!(answer(200, {}))).toEqual([])
  })
})

describe('The account', () => {
  it('is the one whose token it is', async () => {
    expect(await session.whoAmI()).toEqual({
      externalId: String(OWN_ID),
      name: 'Throughline',
      username: 'Throughline',
      missing: [],
      expiresAt: null
    })
  })

  it.each(['pk_1_SANDBOX', 'oauth_1_SANDBOX'])('with the token %s is revoked', async (token) => {
    await expect(clickupSession(clickup.url, token).whoAmI()).rejects.toMatchObject({
      kind: 'auth_revoked',
      code: 'OAUTH_025'
    })
  })

  it('comes by OAuth too: authorised, exchanged, used as a bearer; a second time gives the same token', async () => {
    const { oauth } = adapter
    const below = (url: string) => `${clickup.url}/${url.replace('https://', '')}`
    const tokens: string[] = []
    for (let run = 0; run < 2; run++) {
      const asked = new URL(below(oauth!.authorizeUrl))
      asked.search = String(
        new URLSearchParams({ client_id: APP.id, redirect_uri: 'https://hub.example/back', state: 's1' })
      )
      const sent = await fetch(asked, { redirect: 'manual' })
      const back = new URL(sent.headers.get('location')!)
      expect([sent.status, back.origin, back.searchParams.get('state')]).toEqual([302, 'https://hub.example', 's1'])
      const exchanged = await fetch(below(oauth!.tokenUrl!), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: APP.id,
          client_secret: APP.secret,
          code: back.searchParams.get('code')
        })
      })
      const app = { clientId: APP.id, clientSecret: APP.secret }
      const credentials = oauth!.credentials((await exchanged.json()) as Record<string, unknown>, app, null)
      expect(adapter.credentials.parse(credentials)).toEqual(credentials)
      expect([oauth!.refreshToken(credentials), oauth!.expiresAt(credentials)]).toEqual([null, null])
      expect((await clickupSession(clickup.url, credentials.token).whoAmI()).name).toBe('Throughline')
      tokens.push(credentials.token)
    }
    expect(tokens[0]).toBe(tokens[1])
    expect(adapter.authorize({ token: tokens[0]! })).toEqual({ authorization: `Bearer ${tokens[0]}` })
    expect(adapter.authorize({ token: OWN_TOKEN })).toEqual({ authorization: OWN_TOKEN })
  })
})

describe('Comments', () => {
  const note = (words: string) => [paragraph(text(words), link('Why?', 'https://hub.example/w/tok-1'))]

  it('are posted as runs, without a second text beside them, and nobody is told of it but who watches', async () => {
    await clickup.forgetRequests()
    const posted = await session.comments.post(task, note('No due date. '), 'k')
    const { last } = await clickup.requests(1)
    expect(JSON.parse(last[0]!.body)).toEqual({
      comment: [
        { text: 'No due date. ', attributes: {} },
        { text: 'Why?', attributes: { link: 'https://hub.example/w/tok-1' } },
        { text: '\n', attributes: {} }
      ],
      notify_all: false
    })
    expect(posted).toMatchObject({
      task,
      author: String(OWN_ID),
      editedAt: null,
      text: 'No due date. [Why?](https://hub.example/w/tok-1)'
    })
    expect((await session.comments.list(task))[0]).toEqual(posted)
    await session.comments.edit(task, posted.externalId, note('Still none. '))
    expect((await session.comments.list(task))[0]).toMatchObject({
      externalId: posted.externalId,
      text: 'Still none. [Why?](https://hub.example/w/tok-1)'
    })
    await session.comments.remove(task, posted.externalId)
    expect(await session.comments.list(task)).toEqual([])
  })

  it('are read 25 at a time, newest first, as far as asked', async () => {
    const ana = await clickup.person({ name: 'Ana' })
    for (let index = 0; index < 60; index++) await clickup.comment(task, { by: ana, text: `Note ${index}` })
    await clickup.forgetRequests()
    const found = await session.comments.list(task, 30)
    expect(found.slice(0, 2).map(({ text: words }) => words)).toEqual(['Note 59', 'Note 58'])
    expect(found.map(({ text: words }) => words).slice(24, 27)).toEqual(['Note 35', 'Note 34', 'Note 33'])
    expect((await clickup.requests(0)).total).toBe(2)
    expect(await session.comments.list(task, 1000)).toHaveLength(60)
  })
})

describe('Changes by the hub', () => {
  it('move a task by its status’s name of now', async () => {
    await clickup.admin('PUT', `lists/${list.id}`, { rename: { from: 'in progress', to: 'Doing' } })
    await session.write!.move!(task, list.columns['in progress']!)
    expect((await clickup.look(task))!.column).toBe(list.columns['in progress'])
    await expect(session.write!.move!(task, `${list.id}:nowhere`)).rejects.toMatchObject({
      kind: 'not_found',
      code: 'no_such_column'
    })
  })

  it('set a date that is the same date west of Greenwich, a moment to the millisecond, and neither', async () => {
    for (const due of [{ date: '2026-12-01' }, { at: '2026-12-01T15:30:00.000Z' }, null]) {
      await session.write!.due!(task, due)
      expect((await clickup.look(task))!.due).toEqual(due)
    }
  })

  it('assign and take off people and leave the others', async () => {
    const [ana, jonas, mei] = await Promise.all(['Ana', 'Jonas', 'Mei'].map((name) => clickup.person({ name })))
    await clickup.change(task, { assignees: [ana!, jonas!] })
    await session.write!.assign!(task, { add: [mei!], remove: [ana!] })
    expect((await clickup.look(task))!.assignees.sort()).toEqual([jonas!, mei!].sort())
  })

  it('make a task that is there as it was drafted', async () => {
    const ana = await clickup.person({ name: 'Ana' })
    const draft = { title: 'Call back', description: 'today', assignees: [ana], due: { date: '2026-12-24' } }
    const id = await session.write!.create!(list.id, { ...draft, column: list.columns['to do']! }, 'k')
    expect(await clickup.look(id)).toMatchObject({
      project: list.id,
      column: list.columns['to do'],
      title: 'Call back',
      due: { date: '2026-12-24' },
      assignees: [ana]
    })
  })
})

describe('Tasks that are gone', () => {
  it('are hidden, deleted or out of sight alike; archived ones are read', async () => {
    const other = await clickup.project({ name: 'Payroll', columns: [...COLUMNS] })
    const column = other.columns['to do']!
    const [deleted, archived] = await clickup.tasks([
      { project: other.id, column, title: 'Deleted' },
      { project: other.id, column, title: 'Archived' }
    ])
    await clickup.change(deleted!, { deleted: true })
    await clickup.change(archived!, { archived: true })
    const read = async (...ids: string[]) =>
      (await Array.fromAsync(session.fetch(ids))).map((one) =>
        one.kind === 'task' ? [one.facts.externalId, one.facts.presence] : [one.kind, 'presence' in one && one.presence]
      )
    expect(await read(deleted!, archived!, 'nonsense')).toEqual([
      ['absence', 'hidden'],
      ['absence', 'hidden'],
      [archived, 'archived']
    ])
    await clickup.access(other.id, false)
    expect(await read(archived!)).toEqual([['absence', 'hidden']])
  })
})

describe('Webhooks', () => {
  let status = 200
  const came: string[] = []
  const server = createServer((request, response) => {
    request.resume()
    came.push(request.url ?? '')
    response.writeHead(status).end()
  })
  let url: string
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/1`
  })
  afterAll(() => {
    server.close()
  })
  const hooks = () =>
    clickup.admin<{ place: Record<string, string | null>; health: { status: string } }[]>('GET', 'hooks')
  const rename = async (title: string) => {
    await clickup.change(task, { title })
    return clickup.deliveries()
  }

  it('stand on the list where one was chosen, on the workspace where several were, and once', async () => {
    const other = await clickup.project({ name: 'Other', columns: [...COLUMNS] })
    const one = scopeOf(list.id)
    const [made] = await session.webhooks!.register(one, { url, secret: 'ours' })
    expect(made).toMatchObject({ of: list.id, url, active: true, secret: expect.stringMatching(/^[0-9A-F]{64}$/) })
    expect(await session.webhooks!.register(one, { url, secret: 'ours' })).toEqual([made])
    const both = scopeOf(list.id, other.id)
    const [wide] = await session.webhooks!.register(both, { url, secret: 'ours' })
    expect(wide!.of).toBe(both.externalId)
    expect((await hooks()).map(({ place }) => place.list_id)).toEqual([null])
    expect(await session.webhooks!.list(both, [])).toEqual([wide])
  })

  it('are tried five times, and switched off at once by 410; then they can be switched on again', async () => {
    const scope = scopeOf(list.id, '1')
    const [hook] = await session.webhooks!.register(scope, { url, secret: 'ours' })
    status = 500
    came.length = 0
    await rename('Five times')
    expect(came).toHaveLength(5)
    expect((await hooks()).map(({ health }) => health)).toEqual([{ status: 'failing', fail_count: 1 }])
    expect((await session.webhooks!.list(scope, []))[0]!.active).toBe(true)
    status = 410
    came.length = 0
    await rename('Never again')
    await rename('Silence')
    expect(came).toHaveLength(1)
    expect((await session.webhooks!.list(scope, []))[0]!.active).toBe(false)
    status = 200
    await session.webhooks!.activate(hook!)
    expect((await session.webhooks!.list(scope, []))[0]).toEqual(hook)
    await rename('Heard')
    expect(came).toHaveLength(2)
  })

  it('that were switched off come back by registering', async () => {
    const scope = scopeOf(list.id, '1')
    status = 401
    await rename('Off')
    expect((await hooks()).map(({ health }) => health.status)).toEqual(['suspended'])
    status = 200
    expect((await session.webhooks!.register(scope, { url, secret: 'ours' }))[0]!.active).toBe(true)
    expect((await hooks()).map(({ health }) => health.status)).toEqual(['active'])
  })

  it('bring a change twice under one key, a comment and its edit under two', async () => {
    const read = async () => {
      const sent = await clickup.deliveries()
      return sent.map(({ body, headers }) => {
        const delivery = { method: 'POST', headers, body: Buffer.from(body), url, at: NOW }
        return { event: JSON.parse(body).event as string, ...adapter.hooks!.read(delivery) }
      })
    }
    const before = (await read()).length
    await clickup.change(task, { column: list.columns.complete! })
    const ana = await clickup.person({ name: 'Ana' })
    await clickup.comment(task, { by: ana, text: 'Done?' })
    const posted = await session.comments.post(task, [paragraph(text('one'))], 'k')
    await session.comments.edit(task, posted.externalId, [paragraph(text('two'))])
    await clickup.change(task, { deleted: true, by: ana })
    const found = (await read()).slice(before)
    expect(found.map(({ event }) => event)).toEqual([
      'taskStatusUpdated',
      'taskUpdated',
      ...['taskCommentPosted', 'taskUpdated'],
      ...['taskCommentPosted', 'taskUpdated'],
      ...['taskCommentUpdated', 'taskUpdated'],
      'taskDeleted'
    ])
    const keys = found.map(({ key }) => key)
    expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 2, 4, 4, 6, 6, 8])
    expect(found[2]!.hints).toMatchObject([{ externalId: task, deleted: false, by: ana }])
    expect(found[8]!.hints).toEqual([{ kind: 'task', externalId: task, deleted: true, at: null, by: null }])
  })
})

describe('The limit of a hundred requests a minute', () => {
  it('is told with every answer and by 429', async () => {
    await clickup.limits('real')
    const ask = () => fetch(`${clickup.url}/api/v2/user`, { headers: { authorization: OWN_TOKEN } })
    // Not so near the end of a window that it would begin anew among these.
    const { headers } = await ask()
    const left = Number(headers.get('x-ratelimit-reset')) * 1000 - Date.parse(headers.get('date')!)
    await clickup.clock({ advanceMs: left + 1000 })
    const first = await ask()
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['100', '99'])
    const answers = [first, ...(await Promise.all(Array.from({ length: 120 }, ask)))]
    const refused = answers.filter((one) => one.status === 429)
    expect(refused.length).toBe(21)
    const reset = Number(refused[0]!.headers.get('x-ratelimit-reset')) * 1000
    const now = Date.parse(refused[0]!.headers.get('date')!)
    expect(reset - now).toBeGreaterThanOrEqual(0)
    expect(reset - now).toBeLessThanOrEqual(61_000)
    await clickup.clock({ advanceMs: 60_000 })
    expect((await ask()).status).toBe(200)
    await clickup.limits('off')
  })
})
