/**
 * OAuth 2 for Trello: Atlassian's consent screen and its token endpoint with PKCE and rotating refresh tokens. Client `sandbox-key`, secret `sandbox-secret`.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/oauth-2-getting-started/
 */
import { createHash, randomBytes } from 'node:crypto'
import { consent } from '../kit/consent.ts'
import type { Asked, Reply } from '../kit/server.ts'
import { DEFAULT_ACCOUNT, keepAccount } from './accounts.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000

export function createOauth(world: World): (asked: Asked) => Reply | null {
  const codes = new Map<string, { redirect: string; challenge: string }>()
  const refreshTokens = new Set<string>()

  function authorize(asked: Asked): Reply {
    const { query } = asked
    const redirect = query.get('redirect_uri') ?? ''
    const challenge = query.get('code_challenge') ?? ''
    const good =
      query.get('client_id') === DEFAULT_ACCOUNT.key &&
      query.get('response_type') === 'code' &&
      query.get('code_challenge_method') === 'S256' &&
      challenge !== '' &&
      URL.canParse(redirect)
    if (!good) return { status: 400, type: 'text', body: 'invalid request' }
    const code = randomBytes(16).toString('hex')
    codes.set(code, { redirect, challenge })
    return consent(asked, 'Trello', new URL(redirect), code)
  }

  function token(asked: Asked): Reply {
    const input = inputOf(asked)
    if (input.client_id !== DEFAULT_ACCOUNT.key || input.client_secret !== DEFAULT_ACCOUNT.secret) {
      return refused(401, 'invalid_client')
    }
    if (input.grant_type === 'authorization_code') {
      const known = codes.get(input.code ?? '')
      codes.delete(input.code ?? '')
      const proof = createHash('sha256')
        .update(input.code_verifier ?? '')
        .digest('base64url')
      if (!known || known.redirect !== input.redirect_uri || known.challenge !== proof)
        return refused(400, 'invalid_grant')
    } else if (input.grant_type !== 'refresh_token' || !refreshTokens.delete(input.refresh_token ?? '')) {
      return refused(403, 'invalid_grant')
    }
    const access = randomBytes(24).toString('hex')
    const refresh = randomBytes(24).toString('hex')
    refreshTokens.add(refresh)
    const dateExpires = new Date(world.clock.now() + HOUR).toISOString()
    keepAccount(world, { ...DEFAULT_ACCOUNT, token: access, bearer: true, dateExpires })
    const answer = { access_token: access, refresh_token: refresh, expires_in: HOUR / 1000, token_type: 'Bearer' }
    return { status: 200, type: 'json', body: JSON.stringify(answer) }
  }

  return (asked) => {
    if (asked.path === '/auth.atlassian.com/authorize') return authorize(asked)
    if (asked.path === '/auth.atlassian.com/oauth/token' && asked.method === 'POST') return token(asked)
    return null
  }
}

const refused = (status: number, error: string): Reply => ({ status, type: 'json', body: JSON.stringify({ error }) })

const inputOf = ({ contentType, body }: Asked): Record<string, string | undefined> =>
  contentType.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
