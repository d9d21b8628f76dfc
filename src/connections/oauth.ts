/**
 * OAuth 2 authorization code flow: a person is sent to the tool with a state and, where the tool knows it, a PKCE
 * challenge; what comes back must carry that state, once and within ten minutes.
 */
import { randomBytes } from 'node:crypto'
import { AuthorizationResponseError, calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi'
import { adapterOf } from '../../adapters/index.ts'
import { bytesParam, sql } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'
import { type Connected, connect } from './connect.ts'
import { addressAt, appOf, codeGrant } from './grants.ts'

const CALLBACK = '/oauth/callback'
const ATTEMPT = sql`interval '10 minutes'`

/** Why a person who came back from a tool is not connected. */
export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure'
  /** `unknown_state`: nobody was sent there, too long ago, or it was used; `denied`: the person said no. */
  readonly code: 'unknown_state' | 'denied' | 'not_configured' | 'refused'
  readonly tool: Tool | null
  constructor(code: OAuthFailure['code'], tool: Tool | null, cause?: unknown) {
    super(code, { cause })
    this.code = code
    this.tool = tool
  }
}

/** Where tools send people back to; registered there. */
export const redirectUrl = (hub: Hub): string =>
  `${hub.config.PUBLIC_URL ?? `http://${hub.config.HOST}:${hub.config.PORT}`}${CALLBACK}`

/** The address of the tool's consent screen. Throws `OAuthFailure` (`not_configured`). */
export async function startOAuth(hub: Hub, tool: Tool, baseUrl: string | null): Promise<string> {
  const { oauth } = adapterOf(tool)
  const app = appOf(hub, tool)
  if (!oauth || !app) throw new OAuthFailure('not_configured', tool)
  const state = randomBytes(24).toString('base64url')
  const verifier = generateRandomCodeVerifier()
  const back = redirectUrl(hub)
  await hub.db.run(sql`delete from oauth_attempts where created_at < now() - ${ATTEMPT}`)
  await hub.db.run(sql`
    insert into oauth_attempts (state, tool, verifier, redirect_url, base_url)
    values (${state}, ${tool}, ${bytesParam(hub.keyring.seal(verifier, state))}, ${back}, ${baseUrl})`)
  const url = new URL(addressAt(oauth.authorizeUrl, baseUrl))
  const asked = {
    ...oauth.params,
    client_id: app.clientId,
    redirect_uri: back,
    response_type: 'code',
    state,
    ...(oauth.scopes.length > 0 ? { scope: oauth.scopes.join(oauth.scopeSeparator ?? ' ') } : {}),
    ...(oauth.pkce ? { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' } : {})
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

/** What the tool's consent screen sent back becomes a connection. Throws `OAuthFailure`, `AdapterError`. */
export async function finishOAuth(hub: Hub, answer: URLSearchParams): Promise<Connected> {
  const state = answer.get('state') ?? ''
  const [attempt] = await hub.db.rows<{
    tool: Tool
    verifier: Uint8Array
    redirectUrl: string
    baseUrl: string | null
  }>(sql`
    delete from oauth_attempts where state = ${state} and created_at > now() - ${ATTEMPT}
    returning tool, verifier, redirect_url as "redirectUrl", base_url as "baseUrl"`)
  if (!attempt) throw new OAuthFailure('unknown_state', null)
  const { tool, baseUrl } = attempt
  const { oauth } = adapterOf(tool)
  const app = appOf(hub, tool)
  if (!oauth || !app) throw new OAuthFailure('not_configured', tool)
  const verifier = hub.keyring.open(attempt.verifier, state)
  let granted: Readonly<Record<string, unknown>>
  try {
    granted = await codeGrant(oauth, app, { answer, state, verifier, redirectUrl: attempt.redirectUrl }, baseUrl)
  } catch (cause) {
    const denied = cause instanceof AuthorizationResponseError && cause.error === 'access_denied'
    throw new OAuthFailure(denied ? 'denied' : 'refused', tool, cause)
  }
  return connect(hub, { tool, credentials: oauth.credentials(granted, app, null), baseUrl })
}
