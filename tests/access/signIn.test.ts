import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { firstOwnerToken } from '../../src/access/comingIn.ts'
import { newestLetIn } from '../../src/access/mail.ts'
import { openAccess } from '../../src/access/open.ts'
import { deliverMail } from '../../src/channels/mail.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { OutboxRow } from '../../src/outbox/outbox.ts'
import { testHub } from '../helpers/hub.ts'
import { type Serving, serving } from '../server/serving.ts'

const HOME = 'http://hub.example'
let hub: Hub
let server: Serving

beforeAll(async () => {
  hub = await testHub({ PUBLIC_URL: HOME, PORT: '3000' })
  server = await serving({ hub, access: await openAccess(hub, null) })
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await hub?.close()
})
beforeEach(async () => {
  for (const table of ['users', 'invitations', 'audit', 'sign_in_attempts', 'verifications', 'outbox', 'people'])
    await hub.db.run(sql`delete from ${sql.identifier(table)}`)
  await hub.db.run(sql`delete from settings where key = 'first_owner'`)
})

const PASSWORD = 'correct horse battery'

interface Asked {
  cookie?: string
  origin?: string | null
  from?: string
}

async function ask(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  { cookie, origin = HOME, from }: Asked = {}
) {
  const answer = await server.app.inject({
    method,
    url: path,
    headers: {
      host: 'hub.example',
      ...(cookie ? { cookie } : {}),
      ...(origin === null ? {} : { origin }),
      ...(from ? { 'x-forwarded-for': from } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) })
  })
  const cookies = [answer.headers['set-cookie'] ?? []].flat()
  return {
    status: answer.statusCode,
    json: answer.body.startsWith('{') ? answer.json() : null,
    location: answer.headers.location,
    cookies,
    cookie: cookies.map((one) => one.split(';', 1)[0]).join('; ')
  }
}

const owner = async () =>
  ask('POST', '/api/first', {
    token: await firstOwnerToken(hub),
    name: 'Ana Ribeiro',
    email: 'Ana@Larkfield.example',
    password: PASSWORD
  })

/** The link in the newest mail. */
async function mailed(): Promise<URL> {
  return new URL(/https?:\S+/.exec((await newestLetIn(hub)) ?? '')?.[0] ?? 'nothing:was-mailed')
}

const mails = async () => (await hub.db.rows(sql`select 1 from outbox`)).length

describe('the first owner', () => {
  test('comes in by the link of the terminal, once, and is signed in', async () => {
    expect((await ask('GET', '/api/welcome')).json).toEqual({ hasOwner: false, oidc: [], mail: false })
    const token = await firstOwnerToken(hub)
    expect(await firstOwnerToken(hub)).toBe(token)
    const came = await owner()
    expect(came.status).toBe(200)
    expect((await ask('GET', '/api/me', undefined, { cookie: came.cookie })).json).toMatchObject({
      name: 'Ana Ribeiro',
      email: 'ana@larkfield.example',
      role: 'owner'
    })
    expect(await firstOwnerToken(hub)).toBeNull()
    const again = await ask('POST', '/api/first', { token, name: 'Eve', email: 'eve@x.example', password: PASSWORD })
    expect([again.status, again.json.error.code]).toEqual([409, 'has_owner'])
    expect(await hub.db.rows(sql`select who, operation, before from audit`)).toEqual([
      { who: 'Ana Ribeiro', operation: 'makeOwner', before: null }
    ])
  })

  test('is one, when several come with the link at the same moment', async () => {
    const token = await firstOwnerToken(hub)
    const came = await Promise.all(
      ['ana', 'bo', 'cleo'].map((name) =>
        ask('POST', '/api/first', { token, name, email: `${name}@larkfield.example`, password: PASSWORD })
      )
    )
    expect(came.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await hub.db.rows(sql`select 1 from users where role = 'owner'`)).toHaveLength(1)
  })

  test('needs the right link, and a password of ten characters', async () => {
    const wrong = await ask('POST', '/api/first', {
      token: 'guess',
      name: 'Eve',
      email: 'eve@x.example',
      password: PASSWORD
    })
    expect([wrong.status, wrong.json.error.code]).toEqual([403, 'link_wrong'])
    const token = await firstOwnerToken(hub)
    const short = await ask('POST', '/api/first', { token, name: 'Ana', email: 'ana@x.example', password: 'short' })
    expect([short.status, short.json.error.message]).toEqual([400, 'password: A password has at least ten characters.'])
  })
})

describe('a session', () => {
  test('is a cookie that no script reads and no other site sends along', async () => {
    const { cookies } = await owner()
    const session = cookies.find((one) => one.includes('session_token'))
    expect(session).toMatch(/; HttpOnly/)
    expect(session).toMatch(/; SameSite=Lax/)
    expect(session).toMatch(/; Path=\//)
    expect(session).not.toMatch(/; Secure/)
  })

  test('is Secure where people reach the hub by https', async () => {
    const secure = await testHub({ PUBLIC_URL: 'https://hub.example' })
    await using at = await serving({ hub: secure, access: await openAccess(secure, null) })
    const answer = await at.app.inject({
      method: 'POST',
      url: '/api/first',
      headers: { host: 'hub.example', origin: 'https://hub.example' },
      payload: { token: await firstOwnerToken(secure), name: 'Ana', email: 'ana@x.example', password: PASSWORD }
    })
    expect([answer.headers['set-cookie']].flat().join()).toMatch(/__Secure-throughline\.session_token=[^;]+;.*Secure/)
    await secure.close()
  })

  test('changes nothing for a page of another site, nor for one that does not say where it is from', async () => {
    const { cookie } = await owner()
    const rename = (origin: string | null) => ask('PUT', '/api/me', { name: 'Changed' }, { cookie, origin })
    for (const origin of ['http://evil.example', 'null', null, 'http://hub.example.evil.example'])
      expect((await rename(origin)).json.error.code).toBe('elsewhere')
    expect((await rename(HOME)).status).toBe(200)
    expect((await ask('POST', '/api/auth/sign-out', {}, { cookie, origin: 'http://evil.example' })).status).toBe(403)
  })

  test('ends with signing out', async () => {
    const { cookie } = await owner()
    expect((await ask('POST', '/api/auth/sign-out', {}, { cookie })).status).toBe(200)
    expect((await ask('GET', '/api/me', undefined, { cookie })).status).toBe(401)
  })
})

describe('a password', () => {
  const signIn = (password: string, more: Asked = {}) =>
    ask('POST', '/api/auth/sign-in/email', { email: 'ana@larkfield.example', password }, more)

  test('lets in; a wrong one and an unknown address are refused alike', async () => {
    await owner()
    expect((await signIn(PASSWORD)).status).toBe(200)
    const wrong = await signIn('not my password')
    const unknown = await ask('POST', '/api/auth/sign-in/email', { email: 'nobody@x.example', password: PASSWORD })
    expect([wrong.status, wrong.json]).toEqual([unknown.status, unknown.json])
    expect(wrong.status).toBe(401)
  })

  test('is not to be guessed: the eleventh try within a minute is refused, whatever address it says it comes from', async () => {
    await owner()
    const from = '203.0.113.9'
    const tries: number[] = []
    for (let index = 0; index < 12; index++) tries.push((await signIn(`guess ${index}....`, { from })).status)
    expect(tries).toEqual([...Array<number>(10).fill(401), 429, 429])
    expect((await signIn(PASSWORD, { from })).status).toBe(429)
    expect((await signIn(PASSWORD, { from: '203.0.113.10' })).status).toBe(200)
  })

  test('is replaced by a link by mail that is good once, and ends every session', async () => {
    const { cookie } = await owner()
    await ask('POST', '/api/auth/request-password-reset', { email: 'ana@larkfield.example', redirectTo: '/reset' })
    const link = await mailed()
    expect([link.origin, link.pathname]).toEqual([HOME, '/reset'])
    const token = link.searchParams.get('token')
    const reset = () => ask('POST', '/api/auth/reset-password', { token, newPassword: 'another horse battery' })
    expect((await reset()).status).toBe(200)
    expect((await reset()).status).toBe(400)
    expect((await ask('GET', '/api/me', undefined, { cookie })).status).toBe(401)
    expect((await signIn(PASSWORD)).status).toBe(401)
    expect((await signIn('another horse battery')).status).toBe(200)
  })

  test('is not mailed about to addresses nobody here has, and the answer tells nothing', async () => {
    await owner()
    const before = await mails()
    const unknown = await ask('POST', '/api/auth/request-password-reset', {
      email: 'nobody@x.example',
      redirectTo: '/reset'
    })
    const known = await ask('POST', '/api/auth/request-password-reset', {
      email: 'ana@larkfield.example',
      redirectTo: '/reset'
    })
    expect([unknown.status, unknown.json]).toEqual([known.status, known.json])
    expect((await mails()) - before).toBe(1)
  })
})

describe('a link by mail', () => {
  test('signs in once, and leads home whatever host the request named', async () => {
    await owner()
    await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/magic-link',
      headers: { host: 'evil.example', origin: HOME, 'content-type': 'application/json' },
      payload: { email: 'ana@larkfield.example', callbackURL: '/tasks' }
    })
    const link = await mailed()
    expect(link.origin).toBe(HOME)
    const came = await ask('GET', link.pathname + link.search)
    expect([came.status, came.location]).toEqual([302, `${HOME}/tasks`])
    expect((await ask('GET', '/api/me', undefined, { cookie: came.cookie })).status).toBe(200)
    const again = await ask('GET', link.pathname + link.search)
    expect(again.location).toContain('error=INVALID_TOKEN')
    expect(again.cookie).not.toContain('session_token=')
  })

  test('leads nowhere else', async () => {
    await owner()
    const answer = await ask('POST', '/api/auth/sign-in/magic-link', {
      email: 'ana@larkfield.example',
      callbackURL: 'https://evil.example/'
    })
    expect(answer.status).toBe(403)
  })

  test('makes no account', async () => {
    await owner()
    await ask('POST', '/api/auth/sign-in/magic-link', { email: 'nobody@x.example', callbackURL: '/' })
    const link = await mailed().catch(() => null)
    if (link) await ask('GET', link.pathname + link.search)
    expect(await hub.db.rows(sql`select email from users`)).toEqual([{ email: 'ana@larkfield.example' }])
  })
})

describe('an invitation', () => {
  const invite = async (cookie: string, body: object) => ask('POST', '/api/invitations', body, { cookie })

  test('makes an account with its role and teams, once', async () => {
    const { cookie } = await owner()
    await hub.db.run(sql`insert into teams (id, name) values ('team-1', 'Portal') on conflict do nothing`)
    const { json } = await invite(cookie, { email: 'Ben@larkfield.example', role: 'manager', teams: ['team-1'] })
    const link = await mailed()
    expect(link.href).toBe(json.link)
    const token = link.searchParams.get('token')
    expect((await ask('GET', `/api/join?token=${token}`)).json).toEqual({
      email: 'ben@larkfield.example',
      role: 'manager',
      invitedBy: 'Ana Ribeiro'
    })
    const join = () => ask('POST', '/api/join', { token, name: 'Ben', password: PASSWORD })
    const joined = await join()
    expect((await ask('GET', '/api/me', undefined, { cookie: joined.cookie })).json).toMatchObject({
      name: 'Ben',
      role: 'manager'
    })
    expect((await join()).json.error.code).toBe('link_over')
    const { json: all } = await ask('GET', '/api/users', undefined, { cookie })
    expect(all.users.map(({ name, teams }: { name: string; teams: string[] }) => [name, teams])).toEqual([
      ['Ana Ribeiro', []],
      ['Ben', ['team-1']]
    ])
  })

  test('is void once it is taken back, a new one was sent, or a week has passed', async () => {
    const { cookie } = await owner()
    await invite(cookie, { email: 'ben@larkfield.example' })
    const first = (await mailed()).searchParams.get('token')
    const { json } = await invite(cookie, { email: 'ben@larkfield.example' })
    const second = (await mailed()).searchParams.get('token')
    const look = async (token: string | null) => (await ask('GET', `/api/join?token=${token}`)).status
    expect([await look(first), await look(second)]).toEqual([404, 200])
    await hub.db.run(
      sql`update invitations set expires_at = now() - interval '1 second' where id = ${json.invitation.id}`
    )
    expect(await look(second)).toBe(404)
  })

  test('leaves by mail, and stands in the database for nobody to read', async () => {
    const { cookie } = await owner()
    await invite(cookie, { email: 'ben@larkfield.example' })
    const token = (await mailed()).searchParams.get('token') ?? ''
    const dump = async () =>
      JSON.stringify([
        await hub.db.rows(sql`select * from outbox`),
        await hub.db.rows(sql`select * from invitations`),
        await hub.db.rows(sql`select * from audit`)
      ])
    expect(token.length).toBeGreaterThan(20)
    expect(await dump()).not.toContain(token)
    const [row] = await hub.db.rows<OutboxRow>(
      sql`select id, channel, key, ref, payload, attempts, unclear, fence from outbox`
    )
    expect(await deliverMail(hub, row as OutboxRow)).toMatchObject({ kind: 'sent' })
    const folder = join(hub.config.DATA_DIR, 'mail')
    const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    expect(mails.some((mail) => mail.replace(/=\r?\n/g, '').includes(token))).toBe(true)
    expect(await dump()).not.toContain(token)
  })

  test('to tend the hub comes from its owner only', async () => {
    const { cookie } = await owner()
    await invite(cookie, { email: 'ops@larkfield.example', role: 'ops' })
    const token = (await mailed()).searchParams.get('token')
    const ops = await ask('POST', '/api/join', { token, name: 'Oskar', password: PASSWORD })
    expect((await invite(ops.cookie, { email: 'x@larkfield.example', role: 'owner' })).status).toBe(403)
    expect((await invite(ops.cookie, { email: 'x@larkfield.example', role: 'member' })).status).toBe(200)
  })
})

test('nobody signs up by themselves, and no key is made past Settings', async () => {
  await owner()
  const signUp = await ask('POST', '/api/auth/sign-up/email', {
    email: 'eve@x.example',
    password: PASSWORD,
    name: 'Eve'
  })
  expect(signUp.status).toBeGreaterThanOrEqual(400)
  for (const path of ['/api/auth/api-key/create', '/api/auth/api-key/verify', '/api/auth/update-user'])
    expect((await ask('POST', path, { name: 'x', role: 'owner' })).status).toBeGreaterThanOrEqual(400)
  expect(await hub.db.rows(sql`select email, role from users`)).toEqual([
    { email: 'ana@larkfield.example', role: 'owner' }
  ])
})

test('the only owner stays one', async () => {
  const { cookie } = await owner()
  const { id } = (await ask('GET', '/api/me', undefined, { cookie })).json
  const demoted = await ask('PUT', `/api/users/${id}/role`, { role: 'member' }, { cookie })
  expect([demoted.status, demoted.json.error.code]).toEqual([409, 'last_owner'])
})
