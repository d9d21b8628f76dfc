/**
 * Who may call. Tokens belong to a member and to an app; the header and the query string are both understood.
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization
 */
import type { MemberFacts } from './facts.ts'
import { fillMember } from './fill.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export interface Account {
  id: string
  key: string
  token: string
  member: MemberFacts
  /** Of the app: what its webhooks are signed with. */
  secret: string
  /** An access token of OAuth 2: sent as `Bearer`, without a key. */
  bearer: boolean
  /** The app that `key` belongs to, echoed as `appCreator` on actions; null plays a person in the browser. */
  app: string | null
  scopes: ('read' | 'write' | 'account')[]
  identifier: string
  dateCreated: string
  dateExpires: string | null
  revoked: boolean
  /** Becomes a member of every board, those loaded later included. */
  joins: boolean
}

export interface AccountOrder extends Partial<Omit<Account, 'member'>> {
  key: string
  token: string
  member?: { id: string; fullName: string; username?: string; [key: string]: unknown }
}

/** The member that the hub's own token speaks for unless a test says otherwise. */
export const DEFAULT_ACCOUNT = {
  key: 'sandbox-key',
  token: 'sandbox-token',
  secret: 'sandbox-secret',
  app: '690000000000000000000a01',
  member: {
    id: '690000000000000000000b01',
    fullName: 'Throughline',
    username: 'throughline',
    initials: 'TL',
    avatarHash: '5f1d2c3b4a596877869504132231405f',
    avatarUrl: 'https://trello-members.s3.amazonaws.com/690000000000000000000b01/5f1d2c3b4a596877869504132231405f',
    confirmed: true,
    memberType: 'normal',
    url: 'https://trello.com/u/throughline'
  }
} satisfies AccountOrder

/** Adds an account, or changes the one with this token. */
export function keepAccount(world: World, order: AccountOrder): Account {
  const known = world.accounts.get(order.token)
  const member = order.member ? fillMember(order.member) : known?.member
  if (!member) throw new Refusal(400, 'an account needs a member {id, fullName}')
  const account: Account = {
    id: world.newId(),
    app: null,
    secret: 'sandbox-secret',
    bearer: false,
    scopes: ['read', 'write'],
    identifier: 'Throughline',
    dateCreated: world.nowIso(),
    dateExpires: null,
    revoked: false,
    joins: !world.members.has(member.id),
    ...known,
    ...order,
    member
  }
  world.accounts.set(account.token, account)
  world.members.set(member.id, { ...world.members.get(member.id), ...member })
  if (account.joins) for (const board of world.boards.values()) world.join(board, member.id)
  return account
}

/** Key and token as a request carries them; each null where it has none. */
export interface Credentials {
  key: string | null
  token: string | null
}

export function credentialsOf(authorization: string | undefined, input: URLSearchParams): Credentials {
  const part = (name: string) => authorization?.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? null
  if (authorization?.startsWith('Bearer ')) return { key: null, token: authorization.slice(7) }
  if (authorization?.startsWith('OAuth ')) return { key: part('oauth_consumer_key'), token: part('oauth_token') }
  return { key: input.get('key'), token: input.get('token') }
}

/**
 * The account behind credentials, or a 401 in the words of Trello (text/plain).
 * @see https://developer.atlassian.com/cloud/trello/guides/rest-api/status-codes
 */
export function authenticate(world: World, { key, token }: Credentials, method: string): Account {
  const byToken = world.accounts.get(token ?? '')
  if (byToken?.bearer && key === null) return allowed(world, byToken, method)
  if (!key || ![...world.accounts.values()].some((account) => account.key === key)) {
    throw new Refusal(401, 'invalid key')
  }
  if (!token) throw new Refusal(401, method === 'GET' ? 'unauthorized permission requested' : 'missing scopes')
  if (byToken?.key !== key) throw new Refusal(401, 'invalid token')
  return allowed(world, byToken, method)
}

function allowed(world: World, account: Account, method: string): Account {
  const expired = account.dateExpires && Date.parse(account.dateExpires) <= world.clock.now()
  if (account.revoked || expired) throw new Refusal(401, 'invalid token')
  if (!account.scopes.includes(method === 'GET' ? 'read' : 'write')) {
    throw new Refusal(401, 'unauthorized permission requested')
  }
  return account
}
