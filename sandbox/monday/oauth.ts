/**
 * The consent screen and both token endpoints: the old one, whose tokens last for ever, and the
 * new one with tokens that end and refresh tokens that rotate. Client `sandbox-client`, secret `sandbox-secret`.
 * https://developer.monday.com/apps/docs/oauth
 */
import { createHash, randomBytes } from 'node:crypto'
import { consent } from '../kit/consent.ts'
import type { Asked, Reply } from '../kit/server.ts'
import { APP, type World } from './world.ts'

const HOST = '/auth.monday.com'
const HOUR = 3_600_000

export interface Flow {
  /** `old`: tokens without an end. `new`: refresh tokens, `expires_in` where `says` is true. */
  kind: 'old' | 'new'
  says: boolean
}

export function createOauth(world: World) {
  const codes = new Map<string, { redirect: string; challenge: string | null }>()
  const refreshTokens = new Set<string>()
  const flow: Flow = { kind: 'old', says: true }

  function authorize(asked: Asked): Reply {
    const { query } = asked
    const redirect = query.get('redirect_uri') ?? ''
    if (query.get('client_id') !== APP.clientId || !URL.canParse(redirect)) {
      return { status: 400, type: 'text', body: 'invalid request' }
    }
    const code = randomBytes(16).toString('hex')
    codes.set(code, { redirect, challenge: query.get('code_challenge') })
    return consent(asked, 'monday', new URL(redirect), code)
  }

  function token(asked: Asked, kind: Flow['kind']): Reply {
    const input = inputOf(asked)
    if (input.client_id !== APP.clientId || input.client_secret !== APP.clientSecret)
      return refused(401, 'invalid_client')
    if (input.grant_type === 'refresh_token') {
      if (!refreshTokens.delete(input.refresh_token ?? '')) return refused(400, 'invalid_grant')
    } else {
      const asked = codes.get(input.code ?? '')
      codes.delete(input.code ?? '')
      const proof = createHash('sha256')
        .update(input.code_verifier ?? '')
        .digest('base64url')
      const proven = kind === 'old' || !asked?.challenge || asked.challenge === proof
      if (!asked || !proven || asked.redirect !== input.redirect_uri) return refused(400, 'invalid_grant')
    }
    const access = randomBytes(24).toString('hex')
    const lasting = kind === 'old'
    world.tokens.set(access, { user: world.me.id, kind: 'app', ends: lasting ? null : world.clock.now() + HOUR })
    const answer: Record<string, unknown> = { access_token: access, token_type: 'Bearer', scope: 'me:read boards:read' }
    if (!lasting) {
      const refresh = randomBytes(24).toString('hex')
      refreshTokens.add(refresh)
      answer.refresh_token = refresh
      if (flow.says) answer.expires_in = HOUR / 1000
    }
    return { status: 200, type: 'json', body: JSON.stringify(answer) }
  }

  /** The answer, or null where the request is none of this. */
  function answer(asked: Asked): Reply | null {
    const { method, path } = asked
    if (method === 'GET' && path === `${HOST}/oauth2/authorize`) return authorize(asked)
    if (method === 'POST' && path === `${HOST}/oauth2/token`) {
      return flow.kind === 'old' ? token(asked, 'old') : refused(400, 'invalid_client')
    }
    if (method === 'POST' && path === `${HOST}/oauth_ms/oauth/token`) {
      // An app of the other flow is unknown here, and its code is not used up.
      return flow.kind === 'new' ? token(asked, 'new') : refused(400, 'invalid_client')
    }
    return null
  }
  return { answer, flow }
}

function inputOf({ contentType, body, headers }: Asked): Record<string, string | undefined> {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1]
  const [id, secret] = basic ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent) : []
  const given = contentType.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  return { ...(id ? { client_id: id, client_secret: secret } : {}), ...given }
}

const refused = (status: number, error: string): Reply => ({ status, type: 'json', body: JSON.stringify({ error }) })
