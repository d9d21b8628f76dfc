/**
 * Coming in: better-auth's own routes, and the links that make an account – the first owner's, printed in the terminal,
 * and invitations. What is answered to strangers tells nothing about who has an account.
 */

import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keepChange } from '../../access/audit.ts'
import { ADDRESS_HEADER, AUTH_PATH, type Auth, COMPANY } from '../../access/auth.ts'
import { firstOwnerToken, makeFirstOwner, makeUser, type Newcomer } from '../../access/comingIn.ts'
import { homeOf } from '../../access/home.ts'
import { invitationOf } from '../../access/invitations.ts'
import { hasOwner } from '../../access/users.ts'
import type { Hub } from '../../hub.ts'
import { isOurPage } from './auth.ts'
import { Declined } from './errors.ts'
import { SIGN_IN_LIMIT } from './security.ts'

const Words = {
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1, 'Say what you are called.').max(100),
  password: z.string().min(10, 'A password has at least ten characters.').max(200)
}
const First = z.strictObject({ ...Words, email: z.email('That is no mail address, such as ana@example.com.') })
const Join = z.strictObject(Words)

export function addSignIn(app: FastifyInstance, hub: Hub, auth: Auth): void {
  const home = homeOf(hub)
  const open = { schema: { hide: true }, config: { rateLimit: SIGN_IN_LIMIT } }

  app.get('/api/welcome', open, async () => ({
    hasOwner: await hasOwner(hub.db),
    oidc: hub.config.OIDC_ISSUER ? [{ id: COMPANY, name: hub.config.OIDC_NAME }] : [],
    mail: hub.config.SMTP_URL !== undefined
  }))

  app.post('/api/first', open, async (request, reply) => {
    ours(request, home)
    const { token, ...newcomer } = First.parse(request.body)
    const right = await firstOwnerToken(hub)
    if (right === null) throw taken()
    if (!same(right, token))
      throw new Declined(403, 'link_wrong', 'This is not the link the hub printed when it started.')
    const id = await makeFirstOwner(hub, auth, { token, ...newcomer })
    if (id === null) throw taken()
    return comeIn(reply, id, { ...newcomer, role: 'owner' }, 'makeOwner')
  })

  app.get<{ Querystring: { token?: string } }>('/api/join', open, async (request) => {
    const { email, role, invitedBy } = await invitation(String(request.query.token ?? ''))
    return { email, role, invitedBy }
  })

  app.post('/api/join', open, async (request, reply) => {
    ours(request, home)
    const { token, ...newcomer } = Join.parse(request.body)
    const { email, role } = await invitation(token)
    const id = await makeUser(auth, { ...newcomer, email, role })
    if (id === null) throw new Declined(409, 'has_account', 'You have an account here already. Sign in instead.')
    return comeIn(reply, id, { ...newcomer, email, role }, 'join')
  })

  app.register((scope, _options, done) => {
    // better-auth reads the body itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
    scope.route({
      method: ['GET', 'POST'],
      url: `${AUTH_PATH}/*`,
      ...open,
      handler: async (request, reply) => {
        if (request.method !== 'GET') ours(request, home)
        return answer(reply, await auth.handler(asRequest(request, home)))
      }
    })
    done()
  })

  async function invitation(token: string) {
    const found = await invitationOf(hub.db, token)
    if (!found)
      throw new Declined(404, 'link_over', 'This invitation was used already, or a week has passed. Ask for a new one.')
    return found
  }

  async function comeIn(reply: FastifyReply, id: string, newcomer: Newcomer, how: string) {
    const { name, email, password, role } = newcomer
    const who = { id, name, email, via: 'web' as const, role, readsOnly: false, projects: [] }
    await keepChange(hub.db, who, {
      operation: how,
      subject: `user ${id}`,
      input: { email, name, role },
      before: null,
      after: { email, name, role }
    })
    return answer(reply, await auth.api.signInEmail({ body: { email, password }, asResponse: true }))
  }
}

const taken = () => new Declined(409, 'has_owner', 'This hub has an owner already. Ask them to invite you.')

function ours(request: FastifyRequest, home: string): void {
  if (!isOurPage(request, home)) throw new Declined(403, 'elsewhere', 'Open the link in a browser and go on there.')
}

/** The address is the one we know from our proxies' word, never one that the client says of itself. */
function asRequest(request: FastifyRequest, home: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== ADDRESS_HEADER && value !== undefined) headers.set(name, String(value))
  }
  headers.set(ADDRESS_HEADER, request.ip)
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : undefined
  return new Request(new URL(request.url, home), { method: request.method, headers, ...(body ? { body } : {}) })
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status).header('cache-control', 'no-store')
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return reply.send(await response.text())
}

function same(right: string, given: string): boolean {
  const [one, other] = [Buffer.from(right), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
