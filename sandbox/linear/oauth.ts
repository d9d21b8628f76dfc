/**
 * The consent screen and the token endpoint: a day for an access token, refresh tokens that rotate and, for half an hour,
 * give the same new pair when they are used again.
 * https://linear.app/developers/oauth-2-0-authentication
 */
import { createHash, randomBytes } from 'node:crypto'
import { consent } from '../kit/consent.ts'
import type { Asked, Reply } from '../kit/server.ts'
import { OAUTH_CLIENT, type World } from './world.ts'

const DAY_S = 86_399
const GRACE_MS = 1_800_000

interface Pair {
  access: string
  refresh: string
}

export function createOauth(world: World, revoked: (user: string) => void) {
  const codes = new Map<string, { redirect: string; challenge: string; scope: string }>()
  /** By refresh token: whether it was used, and what came of it. */
  const refreshTokens = new Map<string, { used: { at: number; pair: Pair } | null }>()

  const json = (status: number, body: unknown): Reply => ({ status, type: 'json', body: JSON.stringify(body) })
  const refused = (error: string) => json(400, { error })

  function authorize(asked: Asked): Reply {
    const { query } = asked
    const redirect = URL.parse(query.get('redirect_uri') ?? '')
    if (query.get('client_id') !== OAUTH_CLIENT.id || !redirect || query.get('response_type') !== 'code')
      return { status: 400, type: 'html', body: '<h1>Invalid request</h1>' }
    const code = randomBytes(12).toString('hex')
    const scope = query.get('scope') ?? 'read'
    codes.set(code, { redirect: redirect.href, challenge: query.get('code_challenge') ?? '', scope })
    return consent(asked, 'Linear', redirect, code)
  }

  function issue(): Pair {
    const pair = { access: `lin_oauth_${randomBytes(16).toString('hex')}`, refresh: randomBytes(20).toString('hex') }
    world.accounts.set(pair.access, { userId: world.me.id, by: 'oauth', until: world.clock.now() + DAY_S * 1000 })
    refreshTokens.set(pair.refresh, { used: null })
    return pair
  }

  const told = ({ access, refresh }: Pair, scope: string): Reply =>
    json(200, { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: DAY_S, scope })

  function token({ body, headers }: Asked): Reply {
    const form = new URLSearchParams(body)
    const [id, secret] = client(form, headers.authorization)
    if (id !== OAUTH_CLIENT.id || secret !== OAUTH_CLIENT.secret) return json(401, { error: 'invalid_client' })
    if (form.get('grant_type') === 'authorization_code') {
      const code = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const proven = code && (code.challenge === '' || code.challenge === verifier)
      const redirect = URL.parse(form.get('redirect_uri') ?? '')?.href
      return proven && code.redirect === redirect ? told(issue(), code.scope) : refused('invalid_grant')
    }
    if (form.get('grant_type') === 'refresh_token') {
      const known = refreshTokens.get(form.get('refresh_token') ?? '')
      const now = world.clock.now()
      if (!known || (known.used && now - known.used.at > GRACE_MS)) return refused('invalid_grant')
      known.used ??= { at: now, pair: issue() }
      return told(known.used.pair, 'read,write')
    }
    return refused('unsupported_grant_type')
  }

  function revoke({ body }: Asked): Reply {
    const token = new URLSearchParams(body).get('token') ?? ''
    const account = world.accounts.get(token)
    if (account?.by !== 'oauth') return refused('invalid_request')
    world.accounts.delete(token)
    revoked(account.userId)
    return json(200, {})
  }

  return (asked: Asked): Reply | null => {
    const path = asked.path.replace(/^\/(api\.)?linear\.app/, '')
    if (asked.method === 'GET' && path === '/oauth/authorize') return authorize(asked)
    if (asked.method === 'POST' && path === '/oauth/token') return token(asked)
    if (asked.method === 'POST' && path === '/oauth/revoke') return revoke(asked)
    return null
  }
}

/** In the form, or as Basic authorization. */
function client(form: URLSearchParams, authorization: string | undefined): [string, string] {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1]
  if (!basic) return [form.get('client_id') ?? '', form.get('client_secret') ?? '']
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
  return [id, secret]
}
