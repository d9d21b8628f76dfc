/** Who asks: personal tokens of people, and tokens of an OAuth app. */
import type { IncomingHttpHeaders } from 'node:http'
import { consent } from '../kit/consent.ts'
import type { Asked, Reply } from '../kit/server.ts'
import { bad, noHeader, Refused, revoked } from './refusal.ts'
import { OWN_ID, type User, type World } from './world.ts'

export const OWN_TOKEN = `pk_${OWN_ID}_SANDBOX`
export const APP = { id: 'sandbox-app', secret: 'sandbox-secret' }

export class Accounts {
  readonly #world: World
  /** Codes that were given out, and what they are worth. */
  readonly #codes = new Map<string, User>()
  readonly #revoked = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  /** A personal token goes bare, a token of an app as a bearer. */
  userOf(headers: IncomingHttpHeaders): { user: User; token: string } {
    const header = headers.authorization
    if (!header) throw noHeader()
    const [, personal] = /^pk_(\d+)_SANDBOX$/.exec(header) ?? []
    const [, ofApp] = /^Bearer oauth_(\d+)_SANDBOX$/.exec(header) ?? []
    const user = this.#world.users.get(Number(personal ?? ofApp))
    if (!user || this.#revoked.has(header)) throw revoked()
    return { user, token: header }
  }

  revoke(token: string): void {
    this.#revoked.add(token.startsWith('pk_') ? token : `Bearer ${token}`)
  }

  /** Where a person allows access. */
  authorize(asked: Asked): Reply {
    const { query } = asked
    const back = URL.parse(query.get('redirect_uri') ?? '')
    if (query.get('client_id') !== APP.id) throw new Refused(400, 'OAUTH_010', 'Client not found')
    if (!back) throw new Refused(400, 'OAUTH_007', 'Redirect URI not passed or not valid')
    const code = `code-${this.#codes.size + 1}`
    this.#codes.set(code, this.#world.own)
    return consent(asked, 'ClickUp', back, code)
  }

  /** JSON or a form. A second run of the flow gives the same token; it does not end. */
  token({ body, contentType }: Asked): { access_token: string } {
    const given: Record<string, unknown> = contentType.includes('json')
      ? JSON.parse(body)
      : Object.fromEntries(new URLSearchParams(body))
    if (given.client_id !== APP.id || given.client_secret !== APP.secret) {
      throw new Refused(401, 'OAUTH_010', 'Client not found')
    }
    const user = this.#codes.get(String(given.code))
    if (!user) throw bad('Code not found')
    this.#codes.delete(String(given.code))
    return { access_token: `oauth_${user.id}_SANDBOX` }
  }
}
