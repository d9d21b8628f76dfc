/**
 * OAuth 2 authorization code flow: a person is sent to the tool with a state and, where the tool knows it, a PKCE
 * challenge; what comes back must carry that state, once and within ten minutes.
 */
import { randomBytes } from 'node:crypto'
import { AuthorizationResponseError, calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi'
import { adapterOf } from '../../adapters/index.ts'
import { COMMAND_LINE, type Who } from '../access/who.ts'
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
  /**
   * `unknown_state`: nobody was sent there, too long ago, or it was used; `other_person`: somebody else was, or the same
   * person is no longer signed in; `denied`: the person said no.
   */
  readonly code: 'unknown_state' | 'other_person' | 'denied' | 'not_configured' | 'refused'
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

/** The pages of the app that a person may begin on. */
export const PAGES = ['welcome', 'connections'] as const
export type Page = (typeof PAGES)[number]

/** Who began, and on which page of the app; null: on none. */
export interface Begun {
  who: Pick<Who, 'id' | 'name' | 'via'>
  page: Page | null
}

/** A person who was sent to a tool. */
export interface Attempt extends Begun {
  tool: Tool
  state: string
  verifier: string
  redirectUrl: string
  baseUrl: string | null
}

/** The address of the tool's consent screen. Throws `OAuthFailure` (`not_configured`). */
export async function startOAuth(
  hub: Hub,
  tool: Tool,
  baseUrl: string | null,
  { who, page }: Begun = { who: COMMAND_LINE, page: null }
): Promise<string> {
  const { oauth } = adapterOf(tool)
  const app = appOf(hub, tool)
  if (!oauth || !app) throw new OAuthFailure('not_configured', tool)
  const state = randomBytes(24).toString('base64url')
  const verifier = generateRandomCodeVerifier()
  const back = redirectUrl(hub)
  await hub.db.run(sql`delete from oauth_attempts where created_at < now() - ${ATTEMPT}`)
  await hub.db.run(sql`
    insert into oauth_attempts (state, tool, verifier, redirect_url, base_url, user_id, who, via, page)
    values (${state}, ${tool}, ${bytesParam(hub.keyring.seal(verifier, state))}, ${back}, ${baseUrl}, ${who.id}, ${who.name},
      ${who.via}, ${page})`)
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

/** The one who was sent to a tool with this state; it is good once. Throws `OAuthFailure` (`unknown_state`). */
export async function takeAttempt(hub: Hub, state: string): Promise<Attempt> {
  const [row] = await hub.db.rows<
    Omit<Attempt, 'who' | 'verifier'> & { id: string | null; name: string; via: Who['via']; sealed: Uint8Array }
  >(sql`
    delete from oauth_attempts where state = ${state} and created_at > now() - ${ATTEMPT}
    returning state, tool, verifier as sealed, redirect_url as "redirectUrl", base_url as "baseUrl", user_id as id, who as name, via, page`)
  if (!row) throw new OAuthFailure('unknown_state', null)
  const { id, name, via, sealed, ...attempt } = row
  return { ...attempt, who: { id, name, via }, verifier: hub.keyring.open(sealed, state) }
}

/** What the tool's consent screen sent back becomes a connection. Throws `OAuthFailure`, `AdapterError`. */
export async function finishOAuth(hub: Hub, answer: URLSearchParams, taken?: Attempt): Promise<Connected> {
  const attempt = taken ?? (await takeAttempt(hub, answer.get('state') ?? ''))
  const { tool, baseUrl, state, verifier, redirectUrl: back } = attempt
  const { oauth } = adapterOf(tool)
  const app = appOf(hub, tool)
  if (!oauth || !app) throw new OAuthFailure('not_configured', tool)
  let granted: Readonly<Record<string, unknown>>
  try {
    granted = await codeGrant(oauth, app, { answer, state, verifier, redirectUrl: back }, baseUrl)
  } catch (cause) {
    const denied = cause instanceof AuthorizationResponseError && cause.error === 'access_denied'
    throw new OAuthFailure(denied ? 'denied' : 'refused', tool, cause)
  }
  return connect(hub, { tool, credentials: oauth.credentials(granted, app, null), baseUrl })
}
