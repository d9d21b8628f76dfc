import { z } from 'zod'
import { invite as askIn, listInvitations } from '../../access/invitations.ts'
import { givenTo, listUsers, signOutEverywhere, userOf } from '../../access/users.ts'
import { isAtLeast, ROLES, type Who } from '../../access/who.ts'
import { ids, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { operation, Refusal } from '../operation.ts'

const User = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    createdAt: z.string(),
    seenAt: z.string().nullable().describe('When they last used a session'),
    teams: z.array(z.string()).describe('Ids of teams they are in'),
    projects: z.array(z.string()).describe('Ids of projects that were given to them alone')
  })
  .meta({ id: 'User' })

export const users = operation({
  id: 'users',
  right: 'tend',
  method: 'GET',
  path: '/users',
  tag: 'Access',
  summary: 'Who has an account here, and what they were given to see',
  input: z.object({}),
  output: z.object({ users: z.array(User) }),
  async run({ hub }) {
    const all = await listUsers(hub.db)
    const given = new Map(
      (
        await givenTo(
          hub.db,
          all.map(({ id }) => id)
        )
      ).map((one) => [one.user, one])
    )
    const last = await hub.db.rows<{ id: string; at: string }>(
      sql`select user_id as id, max(updated_at) as at from sessions group by user_id`
    )
    const seenAt = new Map(last.map(({ id, at }) => [id, at]))
    return {
      users: all.map(({ id, name, email, role, createdAt }) => ({
        id,
        name,
        email,
        role,
        createdAt,
        seenAt: seenAt.get(id) ?? null,
        teams: given.get(id)?.teams ?? [],
        projects: given.get(id)?.projects ?? []
      }))
    }
  }
})

/** How a user stands, for the log of changes. */
async function standing({ db }: Hub, { id }: { id: string }) {
  const user = await userOf(db, id)
  if (!user) return null
  const [given] = await givenTo(db, [id])
  return { email: user.email, role: user.role, teams: given?.teams ?? [], projects: given?.projects ?? [] }
}

const theUser = { subject: ({ id }: { id: string }) => `user ${id}`, state: standing }

export const setRole = operation({
  id: 'setRole',
  right: 'own',
  method: 'PUT',
  path: '/users/:id/role',
  tag: 'Access',
  summary: 'Say what somebody may do here',
  input: z.object({ id: z.string(), role: z.enum(ROLES) }),
  output: z.object({ id: z.string(), role: z.enum(ROLES) }),
  changes: theUser,
  async run({ hub }, { id, role }) {
    await findUser(hub, id)
    const changed = await hub.db.run(sql`
      update users set role = ${role}, updated_at = now()
      where id = ${id} and (${role} = 'owner' or exists (select 1 from users o where o.role = 'owner' and o.id <> ${id}))`)
    if (changed === 0) throw lastOwner()
    return { id, role }
  }
})

export const setGiven = operation({
  id: 'setGiven',
  right: 'tend',
  method: 'PUT',
  path: '/users/:id/given',
  tag: 'Access',
  summary: 'Say which teams somebody is in, and which projects they see besides',
  input: z.object({ id: z.string(), teams: z.array(z.string()), projects: z.array(z.string()) }),
  output: z.object({ teams: z.array(z.string()), projects: z.array(z.string()) }),
  changes: theUser,
  async run({ hub }, { id, teams, projects }) {
    await findUser(hub, id)
    await hub.db.transaction(async (tx) => {
      await tx.run(sql`delete from team_members where user_id = ${id} and not team_id = any(${ids(teams)})`)
      await tx.run(sql`
        insert into team_members (team_id, user_id) select id, ${id} from teams where id = any(${ids(teams)}) on conflict do nothing`)
      await tx.run(sql`delete from user_projects where user_id = ${id} and not project_id = any(${ids(projects)})`)
      await tx.run(sql`
        insert into user_projects (user_id, project_id) select ${id}, id from projects where id = any(${ids(projects)}) on conflict do nothing`)
    })
    const [given] = await givenTo(hub.db, [id])
    return { teams: given?.teams ?? [], projects: given?.projects ?? [] }
  }
})

export const signOut = operation({
  id: 'signOut',
  right: 'own',
  method: 'POST',
  path: '/users/:id/sign-out',
  tag: 'Access',
  summary: 'End all sessions of somebody; their account stays',
  input: z.object({ id: z.string() }),
  output: z.object({ ended: z.number() }),
  changes: { subject: ({ id }) => `user ${id}` },
  run: async ({ hub }, { id }) => ({ ended: await signOutEverywhere(hub.db, (await findUser(hub, id)).id) })
})

export const removeUser = operation({
  id: 'removeUser',
  right: 'own',
  method: 'DELETE',
  path: '/users/:id',
  tag: 'Access',
  summary: 'Take away somebody’s account, sessions and keys; what they changed stays in the log',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: theUser,
  async run({ hub }, { id }) {
    await findUser(hub, id)
    const removed = await hub.db.run(sql`
      delete from users where id = ${id} and (role <> 'owner' or exists (select 1 from users o where o.role = 'owner' and o.id <> ${id}))`)
    if (removed === 0) throw lastOwner()
    return { removed: true }
  }
})

const Invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    teams: z.array(z.string()),
    invitedBy: z.string(),
    createdAt: z.string(),
    expiresAt: z.string()
  })
  .meta({ id: 'Invitation' })

export const invitations = operation({
  id: 'invitations',
  right: 'tend',
  method: 'GET',
  path: '/invitations',
  tag: 'Access',
  summary: 'Who was invited and has not come in yet',
  input: z.object({}),
  output: z.object({ invitations: z.array(Invitation) }),
  run: async ({ hub }) => ({ invitations: await listInvitations(hub.db) })
})

export const invite = operation({
  id: 'invite',
  right: 'tend',
  method: 'POST',
  path: '/invitations',
  tag: 'Access',
  summary: 'Invite somebody by mail; an earlier link to the same address is void',
  input: z.object({
    email: z.email({ error: 'should be a mail address such as ana@example.com' }),
    role: z.enum(ROLES).default('member'),
    teams: z.array(z.string()).default([])
  }),
  output: z.object({ invitation: Invitation, link: z.string().describe('The same link as in the mail') }),
  changes: { subject: ({ email }) => `invitation ${email}` },
  async run({ hub, jobs, who }, { email, role, teams }) {
    if (!mayInvite(who, role))
      throw new Refusal(403, 'not_allowed', 'Ops invite managers and members; for more, ask the owner.')
    const [known] = await hub.db.rows(sql`select 1 from users where email = ${email.toLowerCase()}`)
    if (known) throw new Refusal(409, 'has_account', `${email} has an account here already.`)
    const invited = await askIn(hub, { email, role, teams, invitedBy: who.name })
    await jobs?.wake({ kind: 'deliver', id: 'all' })
    return invited
  }
})

export const uninvite = operation({
  id: 'uninvite',
  right: 'tend',
  method: 'DELETE',
  path: '/invitations/:id',
  tag: 'Access',
  summary: 'Take back an invitation: its link no longer works',
  input: z.object({ id: z.string() }),
  output: z.object({ removed: z.boolean() }),
  changes: { subject: ({ id }) => `invitation ${id}` },
  run: async ({ hub }, { id }) => ({ removed: (await hub.db.run(sql`delete from invitations where id = ${id}`)) > 0 })
})

const mayInvite = ({ role }: Who, invited: (typeof ROLES)[number]): boolean =>
  isAtLeast(role, 'owner') || !isAtLeast(invited, 'ops')

async function findUser(hub: Hub, id: string) {
  const user = await userOf(hub.db, id)
  if (!user) throw new Refusal(404, 'no_user', 'There is no such account here, or no longer.')
  return user
}

const lastOwner = (): Refusal =>
  new Refusal(409, 'last_owner', 'This is the only owner. Make somebody else an owner first.')
