/** What can be changed over the API. An id that was ever given cannot be given again. */
import { randomBytes } from 'node:crypto'
import type { Resolvers } from '../kit/graphql.ts'
import type { Comment, Issue, User, Webhook } from './facts.ts'
import type { Asker } from './queries.ts'
import { refusal } from './refusal.ts'
import type { Work } from './work.ts'
import type { World } from './world.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-\d\d-\d\d$/

type Input = Record<string, unknown>

export function createMutations(world: World, work: Work): Resolvers<Asker> {
  let synced = 0
  const done = <T extends object>(more: T) => ({ success: true, lastSyncId: ++synced, ...more })

  /** The id of our caller's choosing, if any. */
  function chosen(id: unknown): { id?: string } {
    if (id == null) return {}
    if (!UUID_V4.test(String(id))) throw refusal('invalid input', 'Argument Validation Error: id must be a UUID')
    if (world.taken.has(String(id))) throw refusal('invalid input', `Entity with id ${id} already exists`)
    return { id: String(id) }
  }

  function issueOf(id: unknown, user: User): Issue {
    const issue = world.findIssue(String(id))
    if (!issue || !world.seesIssue(user, issue)) throw refusal('invalid input', 'Entity not found: Issue')
    return issue
  }

  function commentOf(id: unknown, user: User): Comment {
    const comment = world.comments.get(String(id))
    if (!comment) throw refusal('invalid input', 'Entity not found: Comment')
    issueOf(comment.issueId, user)
    if (comment.userId !== user.id && !user.admin) throw refusal('forbidden', 'Not your comment.')
    return comment
  }

  /** What an input says of an issue, checked against the team it is in. */
  function facts(input: Input, team: string): Partial<Issue> {
    const { addedLabelIds, removedLabelIds, trashed, descriptionData: _, ...rest } = input
    const state = rest.stateId == null ? null : world.states.get(String(rest.stateId))
    if (rest.stateId != null && state?.teamId !== team)
      throw refusal('invalid input', 'Discrepancy between issue team and state.')
    if (rest.assigneeId != null && !world.users.has(String(rest.assigneeId)))
      throw refusal('invalid input', 'Entity not found: User')
    if (rest.dueDate != null && !DAY.test(String(rest.dueDate)))
      throw refusal('invalid input', 'Argument Validation Error: dueDate')
    if ('stateId' in rest && rest.stateId == null) delete rest.stateId
    return rest as Partial<Issue>
  }

  return {
    'Mutation.commentCreate': (_, { input }, { user }) => {
      const id = chosen(input.id)
      const issue = issueOf(input.issueId, user)
      if (!String(input.body ?? '').trim()) throw refusal('invalid input', 'Argument Validation Error: body')
      const parent = input.parentId ? { parentId: String(input.parentId) } : {}
      return done({ comment: work.comment(issue, String(input.body), user, { ...id, ...parent }) })
    },
    'Mutation.commentUpdate': (_, { id, input }, { user }) => {
      const comment = commentOf(id, user)
      if (input.body != null) work.editComment(comment, String(input.body), user)
      return done({ comment })
    },
    'Mutation.commentDelete': (_, { id }, { user }) => {
      work.removeComment(commentOf(id, user), user)
      return done({ entityId: id })
    },

    'Mutation.issueCreate': (_, { input }, { user }) => {
      const { id, teamId, ...rest } = input as Input
      const own = chosen(id)
      const team = world.teams.get(String(teamId))
      if (!team || !world.seesTeam(user, team)) throw refusal('invalid input', 'Entity not found: Team')
      const stateId = rest.stateId ?? world.stateOf(team.id, ['backlog', 'unstarted', 'triage'])?.id
      const drafted = facts({ ...rest, stateId }, team.id)
      const draft = { ...drafted, ...own, teamId: team.id, title: String(rest.title ?? ''), stateId: String(stateId) }
      return done({ issue: work.create(draft, user) })
    },
    'Mutation.issueUpdate': (_, { id, input }, { user }) => {
      const issue = issueOf(id, user)
      const { addedLabelIds, removedLabelIds, trashed } = input as {
        addedLabelIds?: string[]
        removedLabelIds?: string[]
        trashed?: boolean | null
      }
      const changes = facts(input, String(input.teamId ?? issue.teamId))
      if (addedLabelIds || removedLabelIds) {
        const labels = new Set([...issue.labelIds, ...(addedLabelIds ?? [])])
        for (const label of removedLabelIds ?? []) labels.delete(label)
        changes.labelIds = [...labels]
      }
      if (trashed !== undefined) Object.assign(changes, { trashed, archivedAt: trashed ? world.now() : null })
      work.change(issue, changes, user)
      return done({ issue })
    },
    'Mutation.issueArchive': (_, { id, trash }, { user }) => {
      const issue = issueOf(id, user)
      work.change(issue, { archivedAt: world.now(), ...(trash ? { trashed: true } : {}) }, user)
      return done({ entity: issue })
    },
    'Mutation.issueUnarchive': (_, { id }, { user }) => {
      const issue = issueOf(id, user)
      work.change(issue, { archivedAt: null, trashed: null }, user)
      return done({ entity: issue })
    },
    'Mutation.issueDelete': (_, { id, permanentlyDelete }, { user }) => {
      const issue = issueOf(id, user)
      if (permanentlyDelete) work.erase(issue, user)
      else work.change(issue, { trashed: true, archivedAt: world.now() }, user)
      return done({ entity: issue })
    },

    'Mutation.webhookCreate': (_, { input }, { user }) => {
      admin(user)
      const id = chosen(input.id)
      if (!input.teamId && !input.allPublicTeams) throw refusal('invalid input', 'teamId or allPublicTeams is needed')
      if (input.teamId && !world.seesTeam(user, world.teams.get(input.teamId)))
        throw refusal('invalid input', 'Entity not found: Team')
      const hook: Webhook = {
        ...world.entity('Webhook', id.id),
        url: String(input.url),
        secret: input.secret ?? randomBytes(20).toString('hex'),
        label: input.label ?? null,
        enabled: input.enabled ?? true,
        resourceTypes: input.resourceTypes,
        teamId: input.teamId ?? null,
        allPublicTeams: input.allPublicTeams ?? false,
        creatorId: user.id
      }
      world.webhooks.set(hook.id, hook)
      return done({ webhook: hook })
    },
    'Mutation.webhookUpdate': (_, { id, input }, { user }) => {
      const hook = hookOf(id, user)
      for (const [key, value] of Object.entries(input)) if (value != null) Object.assign(hook, { [key]: value })
      hook.updatedAt = world.now()
      return done({ webhook: hook })
    },
    'Mutation.webhookDelete': (_, { id }, { user }) => {
      world.webhooks.delete(hookOf(id, user).id)
      return done({ entityId: id })
    }
  }

  function admin(user: User): void {
    if (!user.admin) throw refusal('forbidden', 'You need to be an admin to do that.')
  }

  function hookOf(id: string, user: User): Webhook {
    admin(user)
    const hook = world.webhooks.get(id)
    if (!hook) throw refusal('invalid input', 'Entity not found: Webhook')
    return hook
  }
}
