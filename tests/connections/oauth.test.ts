/** Allowing access in the browser, and renewing what was given, against a stand-in that rotates its tokens. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adapterOf } from '../../adapters/index.ts'
import type { AdapterError } from '../../src/adapter.ts'
import { listConnections } from '../../src/connections/connections.ts'
import { finishOAuth, type OAuthFailure, startOAuth } from '../../src/connections/oauth.ts'
import { credentialsOf, renewed } from '../../src/connections/renewal.ts'
import { openSession } from '../../src/connections/session.ts'
import { json, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { Job, Jobs } from '../../src/jobs/jobs.ts'
import { testHub } from '../helpers/hub.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { serving } from '../server/serving.ts'

const APP = { TRELLO_CLIENT_ID: 'sandbox-key', TRELLO_CLIENT_SECRET: 'sandbox-secret' }

let hub: Hub
let trello: StandInProcess
const baseUrl = () => `${trello.url}/1`

beforeEach(async () => {
  trello = await startStandIn('trello')
  hub = await testHub({ ...APP, TRELLO_URL: baseUrl(), PUBLIC_URL: 'https://hub.example' })
})
afterEach(async () => {
  await hub.close()
  await trello.stop()
})

/** A person opens the address and says yes: what the tool sends back. */
async function allowed(url: string): Promise<URLSearchParams> {
  const screen = await fetch(url, { redirect: 'manual' })
  const back = new URL(screen.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe('https://hub.example/oauth/callback')
  return back.searchParams
}
const connected = async () => {
  const { connection } = await finishOAuth(hub, await allowed(await startOAuth(hub, 'trello', baseUrl())))
  return connection.id
}
const refusedWith = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: OAuthFailure | AdapterError) => ('code' in error ? error.code : error)
  )
const tokenRequests = async () =>
  (await trello.requests()).last.filter(({ path }) => path === '/auth.atlassian.com/oauth/token')

describe('Allowing access in the browser', () => {
  it('connects the account, with a state and a PKCE challenge in the address and no secret', async () => {
    const url = new URL(await startOAuth(hub, 'trello', baseUrl()))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'sandbox-key',
      response_type: 'code',
      redirect_uri: 'https://hub.example/oauth/callback',
      code_challenge_method: 'S256',
      scope: 'read:board:trello write:board:trello read:member:trello offline_access'
    })
    expect(url.searchParams.get('state')).toMatch(/^[\w-]{32}$/)
    expect(url.href).not.toContain('sandbox-secret')
    const { connection } = await finishOAuth(hub, await allowed(url.href))
    expect(connection).toMatchObject({ tool: 'trello', accountName: 'Throughline', state: 'active' })
    const { session } = await openSession(hub, connection.id, 0)
    expect((await session.whoAmI()).name).toBe('Throughline')
  })

  it('takes a state once, and none it does not know', async () => {
    const answer = await allowed(await startOAuth(hub, 'trello', baseUrl()))
    await finishOAuth(hub, answer)
    expect(await refusedWith(finishOAuth(hub, answer))).toBe('unknown_state')
    expect(await refusedWith(finishOAuth(hub, new URLSearchParams({ code: 'x', state: 'guess' })))).toBe(
      'unknown_state'
    )
  })

  it('takes a state for ten minutes only', async () => {
    const answer = await allowed(await startOAuth(hub, 'trello', baseUrl()))
    await hub.db.run(sql`update oauth_attempts set created_at = now() - interval '11 minutes'`)
    expect(await refusedWith(finishOAuth(hub, answer))).toBe('unknown_state')
  })

  it('says so when the person did not allow it, and when the code is not good', async () => {
    const state = async () => new URL(await startOAuth(hub, 'trello', baseUrl())).searchParams.get('state') ?? ''
    const no = new URLSearchParams({ error: 'access_denied', state: await state() })
    expect(await refusedWith(finishOAuth(hub, no))).toBe('denied')
    const wrong = new URLSearchParams({ code: 'made-up', state: await state() })
    expect(await refusedWith(finishOAuth(hub, wrong))).toBe('refused')
    expect(await listConnections(hub)).toEqual([])
  })

  it('keeps verifier and tokens encrypted', async () => {
    const answer = await allowed(await startOAuth(hub, 'trello', baseUrl()))
    const { connection } = await finishOAuth(hub, answer)
    const { credentials } = (await credentialsOf(hub, connection.id)) as { credentials: Record<string, string> }
    const [row] = await hub.db.rows<{ all: string }>(sql`
      select string_agg(encode(credentials, 'escape') || accounts.row::text, '') as all
      from connections, lateral (select connections::text as row) accounts`)
    for (const secret of [credentials.accessToken, credentials.refreshToken, credentials.secret]) {
      expect(secret).toMatch(/.{8,}/)
      expect(row?.all).not.toContain(secret)
    }
  })

  it('ends on a page that says who is connected, and on one that says what to do where it failed', async () => {
    await using server = await serving({ hub })
    const good = await allowed(await startOAuth(hub, 'trello', baseUrl()))
    const page = await server.app.inject({ url: `/oauth/callback?${good}`, headers: { accept: 'text/html' } })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('Trello is connected')
    expect(page.body).toContain('Comments will be posted as Throughline.')
    const again = await server.app.inject({ url: `/oauth/callback?${good}`, headers: { accept: 'text/html' } })
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain('Start again from the hub.')
  })

  it('is kept in the name of who began, wherever it ends', async () => {
    const who = { id: 'user-oskar', name: 'Oskar Ops', via: 'key' as const }
    await using server = await serving({ hub })
    const answer = await allowed(await startOAuth(hub, 'trello', baseUrl(), { who, page: null }))
    await server.app.inject({ url: `/oauth/callback?${answer}`, headers: { accept: 'text/html' } })
    const [connection] = await listConnections(hub)
    const { body } = await server.ask('GET', `/api/connections/${connection?.id}`)
    expect(JSON.parse(body)).toMatchObject({ connection: { tool: 'trello', connectedBy: 'Oskar Ops' } })
    expect(
      await hub.db.rows(sql`select user_id as id, who as name, via, operation, subject, input from audit`)
    ).toEqual([{ ...who, operation: 'connect', subject: `connection ${connection?.id}`, input: { tool: 'trello' } }])
  })

  it('is begun by whoever asks for it', async () => {
    await using server = await serving({ hub })
    await server.ask('POST', '/api/connections/oauth', { tool: 'trello', page: 'welcome' })
    expect(await hub.db.rows(sql`select who, via, page from oauth_attempts`)).toEqual([
      { who: 'Ana Ribeiro', via: 'key', page: 'welcome' }
    ])
  })

  it('on a page has to be ended by who began there', async () => {
    const who = { id: 'user-oskar', name: 'Oskar Ops', via: 'web' as const }
    await using server = await serving({ hub })
    const answer = await allowed(await startOAuth(hub, 'trello', baseUrl(), { who, page: 'connections' }))
    const asked = { url: `/oauth/callback?${answer}`, headers: { accept: 'text/html' } }
    const stranger = await server.app.inject(asked)
    expect([stranger.statusCode, stranger.body.includes('Sign in and start again.')]).toEqual([422, true])
    expect((await server.app.inject(asked)).body).toContain('This way in was used already')
    expect(await listConnections(hub)).toEqual([])
  })

  it('again, its boards are looked at without waiting', async () => {
    await trello.project({ name: 'Portal', columns: [{ name: 'Doing', category: 'doing' }] })
    const id = await connected()
    const [board] = await hub.db.rows<{ id: string }>(sql`select id from projects where name = 'Portal'`)
    const woken: Job[] = []
    await using server = await serving({ hub, jobs: { wake: async (job) => void woken.push(job) } as Jobs })
    await server.ask('PUT', '/api/projects/choice', { projects: [board?.id] })
    await hub.db.run(sql`update scopes set next_look_at = now() + interval '1 hour'`)
    woken.length = 0
    const again = await allowed(await startOAuth(hub, 'trello', baseUrl()))
    await server.app.inject({ url: `/oauth/callback?${again}`, headers: { accept: 'text/html' } })
    expect(await hub.db.rows(sql`select connection_id as id, next_look_at <= now() as due from scopes`)).toEqual([
      { id, due: true }
    ])
    expect(woken).toContainEqual({ kind: 'tick', id: 'all' })
  })

  it('is refused in words where the hub is not registered at the tool', async () => {
    const bare = await testHub()
    expect(await refusedWith(startOAuth(bare, 'trello', null))).toBe('not_configured')
    await bare.close()
  })
})

describe('Renewing what was given', () => {
  it('twenty who ask at once cause one refresh, and all go on with the new token', async () => {
    const id = await connected()
    const { version, credentials } = await credentialsOf(hub, id)
    await trello.forgetRequests()
    const held = await Promise.all(Array.from({ length: 20 }, () => renewed(hub, id, version)))
    expect(await tokenRequests()).toHaveLength(1)
    expect(new Set(held.map((one) => JSON.stringify(one.credentials))).size).toBe(1)
    expect(held[0]?.version).toBe(version + 1)
    const { refreshToken } = adapterOf('trello').oauth ?? { refreshToken: () => null }
    expect(refreshToken(held[0]?.credentials)).not.toBe(refreshToken(credentials))
  })

  it('twenty sessions that meet a token that has ended go on, after one refresh', async () => {
    const id = await connected()
    const sessions = await Promise.all(Array.from({ length: 20 }, () => openSession(hub, id, 0)))
    await trello.clock({ advanceMs: 2 * 3_600_000 })
    await trello.forgetRequests()
    const names = await Promise.all(sessions.map(({ session }) => session.whoAmI().then(({ name }) => name)))
    expect(names).toEqual(Array(20).fill('Throughline'))
    expect(await tokenRequests()).toHaveLength(1)
  })

  it('comes before the end: a session opened late has a fresh token at once', async () => {
    const id = await connected()
    const { credentials } = (await credentialsOf(hub, id)) as { credentials: Record<string, string> }
    const soon = { ...credentials, expiresAt: new Date(Date.now() + 60_000).toISOString() }
    const sealed = Buffer.from(hub.keyring.seal(JSON.stringify(soon), id)).toString('hex')
    await hub.db.run(sql`update connections set credentials = decode(${sealed}, 'hex')`)
    await trello.forgetRequests()
    await openSession(hub, id, 0)
    expect(await tokenRequests()).toHaveLength(1)
  })

  it('a refresh the tool refuses is a revoked account; one that cannot be asked is not', async () => {
    const id = await connected()
    const { version } = await credentialsOf(hub, id)
    await trello.fault({ path: '/oauth/token', times: 1, effect: { status: 503 } })
    expect(await refusedWith(renewed(hub, id, version))).toBe('token_endpoint')
    await trello.fault({
      path: '/oauth/token',
      times: 1,
      effect: { status: 403, body: '{"error":"invalid_grant"}', headers: { 'content-type': 'application/json' } }
    })
    expect(await refusedWith(renewed(hub, id, version))).toBe('refresh_refused')
    await trello.clearFaults()
    expect((await renewed(hub, id, version)).version).toBe(version + 1)
  })

  it('one who dies while renewing does not keep the others out for good', async () => {
    const id = await connected()
    const { version } = await credentialsOf(hub, id)
    await hub.db.run(sql`update connections set renewing_until = now() + interval '1 second' where id = ${id}`)
    expect((await renewed(hub, id, version)).version).toBe(version + 1)
    expect(
      await hub.db.rows(sql`select ${json(null)} as none from connections where renewing_until is not null`)
    ).toEqual([])
  })
})
