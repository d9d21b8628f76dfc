/** Connecting by OAuth: consent, a day's token, and refresh tokens that rotate. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Credentials, linear } from '../../adapters/linear/index.ts'
import { type Account, refusal } from '../contract/account.ts'
import { linearAccount } from './account.ts'

const APP = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' }
const RETURN = 'https://hub.example/oauth/linear'
const VERIFIER = 'v'.repeat(43)

describe('OAuth', () => {
  const oauth = linear.oauth!
  let account: Account
  beforeAll(async () => {
    account = await linearAccount()
  })
  afterAll(() => account[Symbol.asyncDispose]())

  const at = (address: string) => `${account.tool.url}/${address.replace('https://', '')}`

  async function code(): Promise<string> {
    const query = new URLSearchParams({
      client_id: APP.clientId,
      redirect_uri: RETURN,
      response_type: 'code',
      scope: oauth.scopes.join(oauth.scopeSeparator),
      state: 'a state',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
      ...oauth.params
    })
    const answer = await fetch(`${at(oauth.authorizeUrl)}?${query}`, { redirect: 'manual' })
    const back = new URL(answer.headers.get('location') ?? '')
    expect([answer.status, back.origin + back.pathname, back.searchParams.get('state')]).toEqual([
      302,
      RETURN,
      'a state'
    ])
    return back.searchParams.get('code') ?? ''
  }

  async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(at(oauth.tokenUrl), {
      method: 'POST',
      body: new URLSearchParams({ client_id: APP.clientId, client_secret: APP.clientSecret, ...form })
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  const grant = async (verifier = VERIFIER) =>
    token({ grant_type: 'authorization_code', code: await code(), redirect_uri: RETURN, code_verifier: verifier })
  const renew = (credentials: Credentials) =>
    token({ grant_type: 'refresh_token', refresh_token: oauth.refreshToken(credentials) ?? '' })

  it('gives a token that works as Bearer, for a day', async () => {
    const { status, body } = await grant()
    expect(status).toBe(200)
    const credentials = oauth.credentials(body, APP, null)
    expect(linear.credentials.parse(credentials)).toEqual(credentials)
    const left = Date.parse(oauth.expiresAt(credentials) ?? '') - Date.now()
    expect(left).toBeGreaterThan(86_390_000)
    expect(left).toBeLessThanOrEqual(86_399_000)
    expect(linear.authorize(credentials)).toEqual({ authorization: `Bearer ${credentials.token}` })
    const me = await account.open({ credentials }).whoAmI()
    expect(me).toMatchObject({ name: 'Throughline', expiresAt: credentials.expiresAt })
  })

  it('wants the verifier of the challenge, and a code only once', async () => {
    expect(await grant('another')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const once = { grant_type: 'authorization_code', code: await code(), redirect_uri: RETURN, code_verifier: VERIFIER }
    expect((await token(once)).status).toBe(200)
    expect((await token(once)).status).toBe(400)
  })

  it('rotates refresh tokens, and gives the same pair to who asks twice within half an hour', async () => {
    const first = oauth.credentials((await grant()).body, APP, null)
    const second = oauth.credentials((await renew(first)).body, APP, first)
    expect([second.token === first.token, second.refreshToken === first.refreshToken]).toEqual([false, false])
    const again = oauth.credentials((await renew(first)).body, APP, first)
    expect([again.token, again.refreshToken]).toEqual([second.token, second.refreshToken])
    await account.tool.clock({ advanceMs: 1_801_000 })
    expect((await renew(first)).status).toBe(400)
    expect((await renew(second)).status).toBe(200)
  })

  it('keeps what an answer does not repeat', () => {
    const former = { token: 'old', refreshToken: 'kept' }
    expect(oauth.credentials({ access_token: 'new' }, APP, former)).toEqual({ token: 'new', refreshToken: 'kept' })
    expect(oauth.refreshToken({ token: 'lin_api_x' })).toBeNull()
    expect(oauth.expiresAt({ token: 'lin_api_x' })).toBeNull()
  })

  it('ends with the day, and a key sent the wrong way is no key', async () => {
    const credentials = oauth.credentials((await grant()).body, APP, null)
    await account.tool.clock({ advanceMs: 86_400_000 })
    expect(await refusal(account.open({ credentials }).whoAmI())).toMatchObject({ kind: 'auth_revoked', status: 401 })
    const bare = await fetch(`${account.tool.url}/graphql`, {
      method: 'POST',
      headers: { authorization: 'Bearer lin_api_sandbox', 'content-type': 'application/json' },
      body: '{"query":"{ viewer { id } }"}'
    })
    expect(bare.status).toBe(401)
  })
})
