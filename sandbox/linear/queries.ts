/** What can be read: lists under the root, and the fields that are not kept as they are shown. */
import type { Resolvers } from '../kit/graphql.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Comment, Entity, Issue, Team, User } from './facts.ts'
import { matches } from './filter.ts'
import { refusal } from './refusal.ts'
import type { Relations } from './relations.ts'
import type { World } from './world.ts'

/** Who asks. */
export interface Asker {
  user: User
}

type Listing = PageArguments & {
  filter?: Record<string, unknown>
  includeArchived?: boolean
  includeDisabled?: boolean
}

export function createQueries(world: World, relations: Relations): Resolvers<Asker> {
  const fits = matches(relations, () => world.clock.now())
  /** A list, narrowed by what may be seen and what was asked for. */
  function list<T extends Entity>(rows: Iterable<T>, args: Listing, sees: (row: T) => boolean = () => true) {
    const all = Array.isArray(rows) ? (rows as T[]) : [...rows]
    const keeps = (row: T) => (args.includeArchived || row.archivedAt === null) && sees(row) && fits(row, args.filter)
    return connection(all, args, keeps)
  }
  function issues(args: Listing, user: User, narrowed: (issue: Issue) => boolean = () => true) {
    const keeps = (issue: Issue) =>
      narrowed(issue) &&
      (args.includeArchived || issue.archivedAt === null) &&
      fits(issue, args.filter) &&
      world.seesIssue(user, issue)
    const placeOf = (id: string) => world.issuePlaces.get(id) ?? -1
    const ids = (args.filter?.id as { in?: string[] } | undefined)?.in
    if (!ids) return connection(world.issueList, args, keeps, placeOf)
    // Named ones are looked up, not searched for.
    const named = [...new Set(ids)].map((id) => world.issues.get(id)).filter((issue) => issue !== undefined)
    return connection(
      named.sort((a, b) => placeOf(a.id) - placeOf(b.id)),
      args,
      keeps
    )
  }
  const one = <T>(found: T | undefined, name: string): T => {
    if (found === undefined) throw refusal('invalid input', `Entity not found: ${name}`)
    return found
  }
  const seesComment = (user: User) => (comment: Comment) => {
    const issue = world.issues.get(comment.issueId)
    return issue !== undefined && world.seesIssue(user, issue)
  }

  const related: Resolvers<Asker> = Object.fromEntries(
    Object.entries(relations).flatMap(([type, fields]) =>
      Object.entries(fields)
        .filter(([field]) => field !== 'members')
        .map(([field, follow]) => [`${type}.${field}`, (source: unknown) => follow(source) ?? null])
    )
  )

  return {
    ...related,
    'Query.viewer': (_, __, { user }) => user,
    'Query.organization': () => world.organization,
    'User.organization': () => world.organization,
    'Team.organization': () => world.organization,
    'User.isMe': (user: User, _, asker) => user.id === asker.user.id,

    'Query.teams': (_, args: Listing, { user }) =>
      list(world.teams.values(), args, (team) => world.seesTeam(user, team)),
    'Query.team': (_, { id }, { user }) => {
      const found = [...world.teams.values()].find((team) => team.id === id || team.key === id)
      return one(world.seesTeam(user, found) ? found : undefined, 'Team')
    },
    'Team.members': (team: Team, args: Listing) =>
      list(
        [...team.memberIds].map((id) => world.users.get(id)!),
        args
      ),
    'Team.issueCount': (team: Team, { includeArchived }) =>
      world.issueList.filter((issue) => issue.teamId === team.id && (includeArchived || !issue.archivedAt)).length,
    'Team.states': (team: Team, args: Listing) =>
      list(
        [...world.states.values()].filter((state) => state.teamId === team.id),
        args
      ),
    'Team.issues': (team: Team, args: Listing, { user }) => issues(args, user, (issue) => issue.teamId === team.id),

    'Query.workflowStates': (_, args: Listing, { user }) =>
      list(world.states.values(), args, (state) => world.seesTeam(user, world.teams.get(state.teamId))),
    'Query.workflowState': (_, { id }) => one(world.states.get(id), 'WorkflowState'),
    'Query.issueLabels': (_, args: Listing) => list(world.labels.values(), args),
    'Query.users': (_, args: Listing) =>
      list(world.users.values(), args, (user) => user.active || !!args.includeDisabled),
    'Query.user': (_, { id }) => one(world.users.get(id), 'User'),

    'Query.issues': (_, args: Listing, { user }) => issues(args, user),
    'Query.issue': (_, { id }, { user }) => {
      const found = world.findIssue(id)
      return one(found && world.seesIssue(user, found) ? found : undefined, 'Issue')
    },
    'Issue.identifier': (issue: Issue) => world.identifier(issue),
    'Issue.url': (issue: Issue) => world.issueUrl(issue),
    'Issue.branchName': (issue: Issue) => world.identifier(issue).toLowerCase(),
    'Issue.priorityLabel': ({ priority }: Issue) => ['No priority', 'Urgent', 'High', 'Medium', 'Low'][priority] ?? '',
    'Issue.labels': (issue: Issue, args: Listing) =>
      list(
        issue.labelIds.map((id) => world.labels.get(id)!),
        args
      ),
    'Issue.children': (issue: Issue, args: Listing, { user }) =>
      issues(args, user, (child) => child.parentId === issue.id),
    'Issue.comments': (issue: Issue, args: Listing) => list(world.commentsOf.get(issue.id) ?? [], args),
    'Issue.history': (issue: Issue, args: Listing) => connection(issue.entries, args),
    // Oldest first: nobody knows, so whoever asks must bear either.
    'Issue.stateHistory': (issue: Issue, args: Listing) => connection([...issue.spans].reverse(), args),
    'IssueStateSpan.state': ({ stateId }: { stateId: string }) => world.states.get(stateId),

    'Query.comments': (_, args: Listing, { user }) => list(world.commentList, args, seesComment(user)),
    'Query.comment': (_, { id }, { user }) => {
      const found = world.comments.get(id)
      return one(found && seesComment(user)(found) ? found : undefined, 'Comment')
    },
    'Comment.url': (comment: Comment) => {
      const issue = world.issues.get(comment.issueId)
      return issue ? `${world.issueUrl(issue)}#comment-${comment.id.slice(0, 8)}` : ''
    },

    'Query.webhooks': (_, args: Listing, { user }) => {
      if (!user.admin) throw refusal('forbidden', 'You need to be an admin to do that.')
      return list(world.webhooks.values(), args)
    },
    'Query.webhook': (_, { id }) => one(world.webhooks.get(id), 'Webhook')
  }
}
