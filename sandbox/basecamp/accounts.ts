/**
 * Launchpad, which signs people in (https://github.com/basecamp/bc-api/blob/master/sections/authentication.md): tokens live
 * two weeks, the refresh token stays the same.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { consent } from '../kit/consent.ts'
import type { Asked, Reply } from '../kit/server.ts'
import { Refused } from './refusal.ts'
import { ACCOUNT, type Person, type World } from './world.ts'

export const OWN_TOKEN = 'sandbox-token'
export const APP = { id: 'sandbox-app', secret: 'sandbox-secret' }
const LIFE_S = 1_209_600

export class Accounts {
  readonly #world: World
  readonly #codes = new Map<string, string>()
  /** By access token: who it speaks for, and until when. */
  readonly #tokens = new Map<string, { person: Person; until: number }>()
  readonly #refreshTokens = new Map<string, Person>()
  /** Behind the token the whole account may be switched off: for want of payment, or for good. */
  inactive = false

  constructor(world: World) {
    this.#world = world
    this.#tokens.set(OWN_TOKEN, { person: world.own, until: Number.POSITIVE_INFINITY })
  }

  personOf(headers: IncomingHttpHeaders): Person {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
    const known = this.#tokens.get(token) ?? this.#ofPerson(token)
    if (known && known.until > this.#world.clock.now()) return known.person
    throw new Refused(
      401,
      { error: 'OAuth token expired (old age)' },
      { 'www-authenticate': 'Bearer error="invalid_token"' }
    )
  }

  /** Any planted person's own token is `token-{id}`. */
  #ofPerson(token: string): { person: Person; until: number } | null {
    const person = this.#world.people.get(/^token-(\d+)$/.exec(token)?.[1] ?? '')
    return person ? { person, until: Number.POSITIVE_INFINITY } : null
  }

  revoke(token: string): void {
    this.#tokens.delete(token)
  }

  /** Null: not for Launchpad. */
  answer(asked: Asked): Reply | null {
    if (!asked.path.startsWith(LAUNCHPAD)) return null
    const path = asked.path.slice(LAUNCHPAD.length)
    if (path === '/authorization/new') return this.#authorize(asked)
    if (path === '/authorization/token' && asked.method === 'POST') return this.#token(asked)
    if (path === '/authorization.json') return this.#document(asked)
    return json(404, { error: 'Not Found' })
  }

  /** Where a person allows access. */
  #authorize(asked: Asked): Reply {
    const { query } = asked
    const back = URL.parse(query.get('redirect_uri') ?? '')
    if (query.get('client_id') !== APP.id || query.get('response_type') !== 'code' || !back)
      return { status: 400, type: 'html', body: '<h1>Invalid request</h1>' }
    const code = `code-${this.#codes.size + 1}`
    this.#codes.set(code, back.href)
    return consent(asked, 'Basecamp', back, code)
  }

  #token({ body, contentType, query }: Asked): Reply {
    const form = contentType.includes('json')
      ? new URLSearchParams(JSON.parse(body) as Record<string, string>)
      : new URLSearchParams(body === '' ? query : body)
    if (form.get('client_id') !== APP.id || form.get('client_secret') !== APP.secret)
      return json(401, { error: 'invalid_client' })
    const kind = form.get('grant_type') ?? form.get('type')
    if (kind === 'refresh_token' || kind === 'refresh') {
      const refresh = form.get('refresh_token') ?? ''
      const person = this.#refreshTokens.get(refresh)
      return person ? json(200, this.#issue(person, refresh)) : json(400, { error: 'invalid_grant' })
    }
    const code = form.get('code') ?? ''
    const redirect = this.#codes.get(code)
    this.#codes.delete(code)
    if (redirect === undefined || URL.parse(form.get('redirect_uri') ?? '')?.href !== redirect)
      return json(400, { error: 'invalid_grant' })
    return json(200, this.#issue(this.#world.own, `refresh-${this.#refreshTokens.size + 1}`))
  }

  #issue(person: Person, refresh: string) {
    const access = `oauth-${this.#tokens.size + 1}`
    this.#tokens.set(access, { person, until: this.#world.clock.now() + LIFE_S * 1000 })
    this.#refreshTokens.set(refresh, person)
    return { access_token: access, token_type: 'Bearer', expires_in: LIFE_S, refresh_token: refresh }
  }

  #document({ headers }: Asked): Reply {
    try {
      const person = this.personOf(headers)
      return json(200, {
        expires_at: new Date(this.#world.clock.now() + LIFE_S * 1000).toISOString(),
        identity: { id: 9999999, first_name: person.name, last_name: '', email_address: person.email },
        accounts: [
          account('bcx', '999999999', 'Larkfield Classic', 'https://basecamp.com/999999999/api/v1'),
          account('bc3', ACCOUNT, 'Larkfield', `https://3.basecampapi.com/${ACCOUNT}`)
        ]
      })
    } catch (error) {
      if (error instanceof Refused) return json(error.status, error.body)
      throw error
    }
  }
}

export const LAUNCHPAD = '/launchpad.37signals.com'

const account = (product: string, id: string, name: string, href: string) => ({
  product,
  id: Number(id),
  name,
  href,
  app_href: href.replace('api', '')
})

const json = (status: number, body: unknown): Reply => ({ status, type: 'json', body: JSON.stringify(body) })
