/** How entities hang together: `Type.field` → the entity or entities it leads to. Filters and answers read the same. */
import type { Comment, Entity, Issue, Label, Team, Webhook, WorkflowState } from './facts.ts'
import type { World } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: each relation knows the type it starts from.
export type Relations = Record<string, Record<string, (one: any) => Entity | Entity[] | null | undefined>>

export const createRelations = (world: World): Relations => {
  const user = (id: string | null) => (id === null ? null : world.users.get(id))
  return {
    Issue: {
      team: (issue: Issue) => world.teams.get(issue.teamId),
      state: (issue: Issue) => world.states.get(issue.stateId),
      assignee: (issue: Issue) => user(issue.assigneeId),
      creator: (issue: Issue) => user(issue.creatorId),
      parent: (issue: Issue) => (issue.parentId === null ? null : world.issues.get(issue.parentId)),
      project: (issue: Issue) => (issue.projectId === null ? null : world.projects.get(issue.projectId)),
      cycle: (issue: Issue) => (issue.cycleId === null ? null : world.cycles.get(issue.cycleId))
    },
    Comment: {
      issue: (comment: Comment) => world.issues.get(comment.issueId),
      user: (comment: Comment) => user(comment.userId),
      parent: (comment: Comment) => (comment.parentId === null ? null : world.comments.get(comment.parentId))
    },
    WorkflowState: { team: (state: WorkflowState) => world.teams.get(state.teamId) },
    IssueLabel: { team: (label: Label) => (label.teamId === null ? null : world.teams.get(label.teamId)) },
    Cycle: { team: (cycle: { teamId: string }) => world.teams.get(cycle.teamId) },
    Team: { members: (team: Team) => [...team.memberIds].map((id) => world.users.get(id)!) },
    Webhook: {
      team: (hook: Webhook) => (hook.teamId === null ? null : world.teams.get(hook.teamId)),
      creator: (hook: Webhook) => world.users.get(hook.creatorId)
    }
  }
}
