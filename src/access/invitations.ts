/** Asking somebody in: a mail with a link that makes their account, good once and for a week. */
import { hash, randomBytes } from 'node:crypto'
import { type Queryable, sql, textArray } from '../db/database.ts'
import type { Hub } from '../hub.ts'
import { homeOf } from './home.ts'
import { mailLetIn } from './mail.ts'
import type { Role } from './who.ts'

export interface Invitation {
  id: string
  email: string
  role: Role
  /** Ids of teams they will be in. */
  teams: string[]
  invitedBy: string
  createdAt: string
  expiresAt: string
}

const GOOD_DAYS = 7

const COLUMNS = sql`id, email, role, to_jsonb(teams) as teams, invited_by as "invitedBy", created_at as "createdAt", expires_at as "expiresAt"`

export const listInvitations = (db: Queryable): Promise<Invitation[]> =>
  db.rows<Invitation>(sql`select ${COLUMNS} from invitations order by created_at desc, id`)

/** Invites, or invites anew: an earlier link to the same address is void. Returns the link as well, for the one who asks. */
export async function invite(
  hub: Hub,
  { email, role, teams, invitedBy }: Pick<Invitation, 'email' | 'role' | 'teams' | 'invitedBy'>
): Promise<{ invitation: Invitation; link: string }> {
  const token = randomBytes(24).toString('base64url')
  const address = email.toLowerCase()
  const [invitation] = await hub.db.rows<Invitation>(sql`
    insert into invitations (id, email, role, teams, token_hash, invited_by, expires_at)
    values (${`inv-${randomBytes(6).toString('hex')}`}, ${address}, ${role}, ${textArray(teams)}, ${digest(token)}, ${invitedBy},
      now() + make_interval(days => ${GOOD_DAYS}))
    on conflict (email) do update set role = excluded.role, teams = excluded.teams, token_hash = excluded.token_hash,
      invited_by = excluded.invited_by, created_at = now(), expires_at = excluded.expires_at
    returning ${COLUMNS}`)
  if (!invitation) throw new Error('The invitation was not kept.')
  const link = `${homeOf(hub)}/join?token=${token}`
  await mailLetIn(hub, `invitation:${token}`, {
    to: { name: null, address },
    subject: `${invitedBy} invites you to Throughline`,
    before: [
      `${invitedBy} would like you to join Throughline, where cards of all your tools meet the results they are for.`
    ],
    link: { href: link, label: 'Join' },
    after: [`The link is good once, for ${GOOD_DAYS} days.`]
  })
  return { invitation, link }
}

/** The invitation a link is of, as long as it is good. */
export async function invitationOf(db: Queryable, token: string): Promise<Invitation | null> {
  const [row] = await db.rows<Invitation>(
    sql`select ${COLUMNS} from invitations where token_hash = ${digest(token)} and expires_at > now()`
  )
  return row ?? null
}

/** The role an address was invited with, when that still holds. */
export async function invitedRole(db: Queryable, email: string): Promise<Role | null> {
  const [row] = await db.rows<{ role: Role }>(
    sql`select role from invitations where email = ${email.toLowerCase()} and expires_at > now()`
  )
  return row?.role ?? null
}

const digest = (token: string): string => hash('sha256', token, 'hex')
