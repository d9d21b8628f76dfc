/** The two grants of a tool's token endpoint: for a code, and for a refresh token. */
import * as oauth4 from 'oauth4webapi'
import { AdapterError, type OAuth, type OAuthApp } from '../adapter.ts'
import type { Hub } from '../hub.ts'
import type { Tool } from '../model/task.ts'

const TIMEOUT_MS = 30_000

type Endpoints = Pick<OAuth<unknown>, 'tokenUrl' | 'formerTokenUrl' | 'pkce'>
type Granted = Readonly<Record<string, unknown>>

/** This installation's registration at the tool, or null where there is none. */
export function appOf(hub: Hub, tool: Tool): OAuthApp | null {
  const prefix = tool.toUpperCase() as Uppercase<Tool>
  const clientId = hub.config[`${prefix}_CLIENT_ID`]
  const clientSecret = hub.config[`${prefix}_CLIENT_SECRET`]
  return clientId && clientSecret ? { clientId, clientSecret } : null
}

/** For what the consent screen sent back. Throws the library's errors: the caller tells a no from a fault. */
export async function codeGrant(
  oauth: Endpoints,
  app: OAuthApp,
  attempt: { answer: URLSearchParams; state: string; verifier: string; redirectUrl: string },
  baseUrl: string | null
): Promise<Granted> {
  const [server, client] = serverAndClient(oauth, app, baseUrl)
  // Checked before anything is sent: a wrong state or a no ends it here.
  const params = oauth4.validateAuthResponse(server, client, attempt.answer, attempt.state)
  const granted = async (tokenUrl: string) => {
    const [at] = serverAndClient({ ...oauth, tokenUrl }, app, baseUrl)
    const response = await oauth4.authorizationCodeGrantRequest(
      at,
      client,
      oauth4.ClientSecretPost(app.clientSecret),
      params,
      attempt.redirectUrl,
      oauth.pkce ? attempt.verifier : oauth4.nopkce,
      asking(baseUrl)
    )
    return oauth4.processAuthorizationCodeResponse(at, client, response)
  }
  const { formerTokenUrl } = oauth
  return granted(oauth.tokenUrl).catch((error) => {
    if (formerTokenUrl === undefined) throw error
    return granted(formerTokenUrl)
  })
}

/** What the tool gives for a refresh token. Throws `AdapterError`: `auth_revoked` or `provider_down`. */
export async function refreshGrant(
  oauth: Endpoints,
  app: OAuthApp,
  refreshToken: string,
  baseUrl: string | null
): Promise<Granted> {
  const [server, client] = serverAndClient(oauth, app, baseUrl)
  let response: Response
  try {
    const secret = oauth4.ClientSecretPost(app.clientSecret)
    response = await oauth4.refreshTokenGrantRequest(server, client, secret, refreshToken, asking(baseUrl))
  } catch (cause) {
    throw new AdapterError('provider_down', { code: 'token_endpoint', cause })
  }
  if (response.status >= 500 || response.status === 429) {
    throw new AdapterError('provider_down', { status: response.status, code: 'token_endpoint' })
  }
  try {
    return await oauth4.processRefreshTokenResponse(server, client, response)
  } catch (cause) {
    throw new AdapterError('auth_revoked', { status: response.status, code: 'refresh_refused', cause })
  }
}

function serverAndClient(
  oauth: Endpoints,
  { clientId }: OAuthApp,
  baseUrl: string | null
): [oauth4.AuthorizationServer, oauth4.Client] {
  const token_endpoint = addressAt(oauth.tokenUrl, baseUrl)
  return [{ issuer: new URL(token_endpoint).origin, token_endpoint }, { client_id: clientId }]
}

/** A stand-in answers for all hosts of a tool below its own address. */
export function addressAt(url: string, baseUrl: string | null): string {
  if (baseUrl === null) return url
  const { host, pathname } = new URL(url)
  return `${new URL(baseUrl).origin}/${host}${pathname}`
}

const asking = (baseUrl: string | null) => ({
  signal: () => AbortSignal.timeout(TIMEOUT_MS),
  // Only a stand-in on this machine is spoken to without TLS.
  [oauth4.allowInsecureRequests]: baseUrl !== null,
  [oauth4.customFetch]: withTokenType
})

/** Some tools leave `token_type` out, which the standard asks for (https://www.rfc-editor.org/rfc/rfc6749#section-5.1). */
async function withTokenType(
  url: string,
  options: oauth4.CustomFetchOptions<'POST', URLSearchParams>
): Promise<Response> {
  const response = await fetch(url, options as RequestInit)
  if (!response.ok) return response
  const answer = (await response.json()) as Record<string, unknown>
  const whole = { ...answer, token_type: answer.token_type ?? 'bearer' }
  return Response.json(whole, { status: response.status })
}
