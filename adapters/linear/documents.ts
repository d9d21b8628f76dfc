/**
 * What the hub asks Linear, as it travels. Queries are our own and ask for scalars and single relations; a list inside a
 * list multiplies a query's points, and more than 10,000 of them are refused
 * (https://linear.app/developers/rate-limiting). Points by the measured formula, on the dear side: an object is
 * 1 + 0.1 a scalar (1 a list of scalars), one with nothing but its id 0.2, a list its length times one of its objects.
 */

/** One document and what it costs at most, for `n` rows of its page. */
export interface Document {
  query: string
  points(n: number): number
}

const PERSON = 'id name displayName email avatarUrl url app guest'

const ISSUE = `
  id identifier title description priority priorityLabel estimate dueDate url createdAt updatedAt startedAt completedAt
  canceledAt archivedAt trashed labelIds
  state { id name type position archivedAt team { id } } team { id } creator { id } parent { id } project { id name }
  cycle { id name number }
`

/** The ends of a history of states, whichever way Linear orders it; changes in it are merged within a short window. */
const HISTORY = `
  earliest: stateHistory(first: 10) { nodes { id stateId startedAt endedAt } }
  latest: stateHistory(last: 10) { nodes { id stateId startedAt endedAt } }
  history(first: 30) { nodes {
    id createdAt actorId fromStateId toStateId fromAssigneeId toAssigneeId fromDueDate toDueDate fromTitle toTitle archived
  } }
`

const COMMENT = 'id body createdAt updatedAt editedAt archivedAt issueId user { id }'

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }'

export const VIEWER: Document = {
  query: 'query Viewer { viewer { id name displayName email organization { id name urlKey } } }',
  points: () => 4
}

/** Teams with who is in them; fifteen at once, since members multiply. */
export const TEAMS: Document = {
  query: `query Teams($first: Int!, $after: String, $filter: TeamFilter) {
    organization { id name urlKey }
    teams(first: $first, after: $after, filter: $filter, includeArchived: true) {
      nodes {
        id key name visibility archivedAt retiredAt issueCount(includeArchived: true)
        members(first: 250) { nodes { id guest } pageInfo { hasNextPage } }
      }
      ${PAGE_INFO}
    }
  }`,
  points: (teams) => Math.ceil(2 + teams * (2.9 + 250 * 2.3))
}

/** Columns, labels and people. */
export const DIRECTORY: Document = {
  query: `query Directory($states: WorkflowStateFilter) {
    workflowStates(first: 250, filter: $states, includeArchived: true) {
      nodes { id name type position archivedAt team { id } } ${PAGE_INFO}
    }
    issueLabels(first: 250, includeArchived: true) { nodes { id name color } ${PAGE_INFO} }
    users(first: 250, includeDisabled: true, includeArchived: true) { nodes { ${PERSON} } ${PAGE_INFO} }
  }`,
  points: () => 250 * (2.9 + 2.5 + 3)
}

/** The rest of a directory that is longer than one answer. */
export const STATES: Document = {
  query: `query States($after: String, $states: WorkflowStateFilter) {
    workflowStates(first: 250, after: $after, filter: $states, includeArchived: true) {
      nodes { id name type position archivedAt team { id } } ${PAGE_INFO}
    }
  }`,
  points: () => 250 * 2.9
}
export const LABELS: Document = {
  query: `query Labels($after: String) {
    issueLabels(first: 250, after: $after, includeArchived: true) { nodes { id name color } ${PAGE_INFO} }
  }`,
  points: () => 250 * 2.5
}
export const USERS: Document = {
  query: `query Users($after: String) {
    users(first: 250, after: $after, includeDisabled: true, includeArchived: true) { nodes { ${PERSON} } ${PAGE_INFO} }
  }`,
  points: () => 250 * 3
}

/** A page of a sweep, newest first by creation: edits meanwhile move nothing. */
export const ISSUES: Document = {
  query: `query Issues($first: Int!, $after: String, $filter: IssueFilter) {
    issues(first: $first, after: $after, filter: $filter, orderBy: createdAt, includeArchived: true) {
      nodes { ${ISSUE} assignee { id } } ${PAGE_INFO}
    }
  }`,
  points: (issues) => issues * 11
}

/** How the issues of a page came where they are. */
export const HISTORIES: Document = {
  query: `query Histories($first: Int!, $filter: IssueFilter) {
    issues(first: $first, filter: $filter, includeArchived: true) { nodes { id ${HISTORY} } }
  }`,
  points: (issues) => issues * 97
}

/** Issues one by one: all that a sweep knows of them, from one answer. */
export const READ: Document = {
  query: `query Read($first: Int!, $filter: IssueFilter) {
    issues(first: $first, filter: $filter, includeArchived: true) {
      nodes { ${ISSUE} assignee { ${PERSON} } labels(first: 30) { nodes { id name color } } ${HISTORY} }
    }
  }`,
  points: (issues) => issues * 152
}

/** Issues that nothing happened to since they were made: without a history to ask for. */
export const MADE: Document = {
  query: `query Made($first: Int!, $filter: IssueFilter) {
    issues(first: $first, filter: $filter, includeArchived: true) {
      nodes { ${ISSUE} assignee { ${PERSON} } labels(first: 15) { nodes { id name color } } }
    }
  }`,
  points: (issues) => issues * 34
}

/** What changed, by id; the chosen teams stand in it, so that a team out of sight never looks like a quiet one. */
export const CHANGES: Document = {
  query: `query Changes(
    $first: Int!, $after: String, $filter: IssueFilter, $teams: TeamFilter, $teamCount: Int!, $comments: CommentFilter
  ) {
    teams(first: $teamCount, filter: $teams, includeArchived: true) { nodes { id } }
    issues(first: $first, after: $after, filter: $filter, orderBy: createdAt, includeArchived: true) {
      nodes { id createdAt updatedAt } ${PAGE_INFO}
    }
    comments(first: 50, filter: $comments, orderBy: createdAt, includeArchived: true) {
      nodes { ${COMMENT} } ${PAGE_INFO}
    }
  }`,
  points: (issues) => Math.ceil(issues * 2.5 + 50 * 3.1 + 275)
}

export const COMMENTS: Document = {
  query: `query Comments($first: Int!, $after: String, $filter: CommentFilter) {
    comments(first: $first, after: $after, filter: $filter, orderBy: createdAt, includeArchived: true) {
      nodes { ${COMMENT} } ${PAGE_INFO}
    }
  }`,
  points: (comments) => Math.ceil(comments * 3.1)
}

/** Comments of one issue, with the proof that we see the issue at all. */
export const THREAD: Document = {
  query: `query Thread($issue: IssueFilter, $first: Int!, $filter: CommentFilter) {
    issues(first: 1, filter: $issue, includeArchived: true) { nodes { id assignee { id } } }
    comments(first: $first, filter: $filter, orderBy: createdAt) { nodes { ${COMMENT} } }
  }`,
  points: (comments) => Math.ceil(2 + comments * 1.9)
}

export const COMMENT_CREATE: Document = {
  query: `mutation CommentCreate($input: CommentCreateInput!) {
    commentCreate(input: $input) { success comment { ${COMMENT} } }
  }`,
  points: () => 4
}
export const COMMENT_UPDATE: Document = {
  query: `mutation CommentUpdate($id: String!, $input: CommentUpdateInput!) {
    commentUpdate(id: $id, input: $input) { success }
  }`,
  points: () => 2
}
export const COMMENT_DELETE: Document = {
  query: 'mutation CommentDelete($id: String!) { commentDelete(id: $id) { success } }',
  points: () => 2
}
export const ISSUE_UPDATE: Document = {
  query: `mutation IssueUpdate($id: String!, $input: IssueUpdateInput!) {
    issueUpdate(id: $id, input: $input) { success }
  }`,
  points: () => 2
}
export const ISSUE_CREATE: Document = {
  query: 'mutation IssueCreate($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { id } } }',
  points: () => 2
}

const WEBHOOK = 'id url enabled team { id }'

export const WEBHOOKS: Document = {
  query: `query Webhooks($after: String) { webhooks(first: 100, after: $after) { nodes { ${WEBHOOK} } ${PAGE_INFO} } }`,
  points: () => 300
}
export const WEBHOOK_CREATE: Document = {
  query: `mutation WebhookCreate($input: WebhookCreateInput!) {
    webhookCreate(input: $input) { success webhook { ${WEBHOOK} } }
  }`,
  points: () => 3
}
export const WEBHOOK_UPDATE: Document = {
  query: `mutation WebhookUpdate($id: String!, $input: WebhookUpdateInput!) {
    webhookUpdate(id: $id, input: $input) { success webhook { ${WEBHOOK} } }
  }`,
  points: () => 3
}
export const WEBHOOK_DELETE: Document = {
  query: 'mutation WebhookDelete($id: String!) { webhookDelete(id: $id) { success } }',
  points: () => 2
}
