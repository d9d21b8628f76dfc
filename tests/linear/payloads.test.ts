/** Recorded answers and webhooks of the real thing, through our own reading of them. */
import { existsSync, readFileSync } from 'node:fs'
import { buildSchema, parse } from 'graphql'
import { expect, it } from 'vitest'
import * as normalize from '../../adapters/linear/normalize.ts'
import * as raw from '../../adapters/linear/raw.ts'
import { quotas, refusal } from '../../adapters/linear/refusal.ts'
import { hooks } from '../../adapters/linear/webhook.ts'
import { complexity } from '../../sandbox/linear/complexity.ts'
import { describeWithShared, readShared, sharedFiles, sharedPath } from '../helpers/shared.ts'

interface Recorded {
  status: number
  headers: Record<string, string>
  response: { data: Record<string, unknown> }
  request: { data: string | { query: string; variables?: Record<string, unknown> } }
}
interface Recording {
  api: { post: { '/graphql': Recorded | Recorded[] } }
}

/** What is written, by the mutation that wrote it. */
const WRITTEN = {
  'add-issue-label': 'issueAddLabel',
  'archive-issue': 'issueArchive',
  'create-comment': 'commentCreate',
  'create-issue': 'issueCreate',
  'delete-comment': 'commentDelete',
  'unarchive-issue': 'issueUnarchive',
  'update-comment': 'commentUpdate',
  'update-issue': 'issueUpdate'
} as const

/** Issues, each with its title and priority; `team` stands for what a recording did not ask for. */
const ISSUES = {
  'get-issue': ['issue', ['Test issue from dryrun with options: high']],
  'search-issues': ['searchIssues', ['Test issue from dryrun: none', 'Test Issue Updated via Nango Action: urgent']],
  issues: [
    'issues',
    [
      'Connect your tools: none',
      'Get familiar with Linear: none',
      'Temporary issue for unarchive test: none',
      'Test issue for comment creation: none',
      'Test Issue Updated via Nango Action: urgent',
      'Test issue from dryrun: none',
      'Test issue from dryrun: none',
      'Test issue from dryrun with options: high',
      'Updated title via Nango action: none',
      'Test issue from dryrun: none',
      'Set up your teams: none'
    ]
  ],
  'list-issues': [
    'issues',
    [
      'Test issue from dryrun: none',
      'Test issue from dryrun: none',
      'Test issue from dryrun with options: high',
      'Test issue for comment creation: none',
      'Test issue from dryrun: none',
      'Updated title via Nango action: none',
      'Test Issue Updated via Nango Action: urgent',
      'Connect your tools: none',
      'Get familiar with Linear: none',
      'Set up your teams: none'
    ]
  ]
} as const

/** What an issue only refers to: it stands in one of its fields. */
const FIELDS = {
  cycles: [
    'cycle',
    ['Dryrun Cycle V', 'Dryrun Cycle V', 'Dryrun Debug', 'Dryrun Debug 2', 'Test Cycle', 'Dryrun Cycle 3'],
    ['Query Test Cycle', 'Test Cycle', 'Test Cycle', 'Test Sprint', 'Updated Test Sprint'],
    ['Future Sprint 2026', 'Future Sprint 2026']
  ],
  projects: [
    'project',
    ['Test Project Updated', 'Updated Raw Test', 'Temp Archived Project 1777025656176', 'Full Test Project'],
    ['Test Project Updated', 'Test Archive Unarchive Project', 'Test Project Updated', 'Linear Test Project']
  ]
} as const

const DIRECTORY = ['teams', 'workflow-states', 'users', 'issue-labels'] as const
const COMMENTS = ['get-comment', 'list-comments'] as const
const WEBHOOKS = ['comment_create.vendor-doc', 'oauthapp_revoked.shape'] as const
const ERRORS = ['ratelimited.vendor-doc'] as const

type Name =
  | keyof typeof WRITTEN
  | keyof typeof ISSUES
  | keyof typeof FIELDS
  | (typeof DIRECTORY)[number]
  | (typeof COMMENTS)[number]

/** Nothing was recorded that the adapter has no use for. */
const listed = (): string[] => [
  ...ERRORS.map((name) => `errors/${name}.json`),
  ...[WRITTEN, ISSUES, FIELDS]
    .flatMap((table) => Object.keys(table))
    .concat(DIRECTORY, COMMENTS)
    .map((name) => `nango-tests/${name}.test.json`)
    .sort(),
  ...WEBHOOKS.map((name) => `webhooks/${name}.json`)
]

describeWithShared('recorded answers', () => {
  const recorded = (name: Name): Recorded => {
    const { '/graphql': one } = readShared<Recording>(`payloads/linear/nango-tests/${name}.test.json`).api.post
    return Array.isArray(one) ? (one[0] as Recorded) : one
  }
  const nodes = (name: Name, list: string) => (recorded(name).response.data[list] as { nodes: unknown[] }).nodes

  const team = { id: '7df5329e-651f-4d1d-b519-78d44a509f11' }

  it('of teams become projects', () => {
    const [one] = nodes('teams', 'teams').map((node) => raw.Team.parse(node))
    const organization = { id: 'o', name: 'Nango', urlKey: 'nango-api' }
    expect(normalize.project(one!, organization)).toEqual({
      externalId: '7df5329e-651f-4d1d-b519-78d44a509f11',
      name: 'Nango-API',
      url: 'https://linear.app/nango-api/team/NAN',
      archived: false,
      members: null,
      audience: 'members'
    })
  })

  it('of workflow states become columns in their order, each with its meaning', () => {
    const columns = nodes('workflow-states', 'workflowStates')
      .map((one) => normalize.column(raw.WorkflowState.parse(one)))
      .sort((a, b) => a.position - b.position)
    expect(columns.map(({ name, category }) => [name, category])).toEqual([
      ['Backlog', 'backlog'],
      ['Todo', 'todo'],
      ['In Progress', 'doing'],
      ['Done', 'done'],
      ['Canceled', 'dropped'],
      ['Duplicate', 'dropped']
    ])
    expect(new Set(columns.map(({ project }) => project))).toEqual(new Set(['7df5329e-651f-4d1d-b519-78d44a509f11']))
  })

  it('of people and labels are read', () => {
    const people = nodes('users', 'users').map((one) => normalize.person(raw.User.parse(one)))
    expect(people[0]).toEqual({
      externalId: '5e854765-e42d-4ce6-9e66-789add44f493',
      name: 'victor+linear@nango.dev',
      username: 'victorlinear',
      mention: null,
      avatarUrl: null,
      email: 'victor+linear@nango.dev'
    })
    expect(people[1]?.avatarUrl).toBe('https://static.linear.app/assets/avatar/avatar_512.png')
    const labels = nodes('issue-labels', 'issueLabels').map((one) => raw.Label.parse(one))
    expect(labels.map(({ name, color }) => `${name} ${color}`)).toEqual([
      'Bug #EB5757',
      'Feature #BB87FC',
      'test-label-abc123 #0000FF',
      'test-label-67890 #00FF00',
      'test-label-12345 #FF0000',
      'Test Label #FF0000',
      'Updated Test Label #33FF57',
      'Test Label $(date +%s) #FF0000',
      'Improvement #4EA7FC'
    ])
  })

  it('of issues become tasks; what a recording did not ask for is added', () => {
    const read = nodes('issues', 'issues').map((one) => normalize.issue({ team, ...(one as object) }, new Map(), null))
    const first = read[0]
    expect(first?.kind === 'task' && first.facts).toMatchObject({
      externalId: '7cae264c-3f43-401b-ae22-322868db57c6',
      project: team.id,
      column: '0acb183e-bbac-43ff-86f5-ffe6c188224e',
      title: 'Connect your tools',
      url: 'https://linear.app/nango-api/issue/NAN-3/connect-your-tools',
      priority: 'none',
      createdAt: '2026-04-21T07:37:24.757Z',
      updatedAt: '2026-04-24T10:17:58.980Z',
      presence: 'present'
    })
    expect(first?.kind === 'task' && first.facts.description).toMatch(/^Integrations turn Linear into your source/)
  })

  it.each(Object.entries(ISSUES))('%s are tasks with a title and a priority', (name, [key, said]) => {
    const answer = recorded(name as Name).response.data[key] as { nodes?: unknown[] }
    const read = (answer.nodes ?? [answer]).map((one) => normalize.issue({ team, ...(one as object) }, new Map(), null))
    const tasks = read.filter((one) => one.kind === 'task').map(({ facts }) => facts)
    expect(tasks.map(({ title, priority }) => `${title}: ${priority}`)).toEqual(said)
    for (const { project, column, url, presence } of tasks) {
      expect([project, presence]).toEqual([team.id, 'present'])
      expect(column).toMatch(/^[0-9a-f-]{36}$/)
      expect(url).toMatch(/^https:\/\/linear\.app\/nango-api\/issue\/NAN-\d+\//)
    }
  })

  it.each([
    ['list-issues', 'issues', raw.IssuesData, 10],
    ['list-comments', 'comments', raw.CommentsData, 1],
    ['workflow-states', 'workflowStates', raw.StatesData, 6],
    ['issue-labels', 'issueLabels', raw.LabelsData, 9],
    ['users', 'users', raw.UsersData, 2]
  ] as const)('%s are the first page of %s, and the last', (name, key, schema, count) => {
    const data = schema.parse(recorded(name).response.data) as Record<string, { nodes: unknown[]; pageInfo: unknown }>
    expect(data[key]?.nodes).toHaveLength(count)
    expect(data[key]?.pageInfo).toMatchObject({ hasNextPage: false, endCursor: expect.any(String) })
  })

  it.each(Object.entries(FIELDS))('%s are fields of an issue by their names', (name, [key, ...said]) => {
    const [issue] = nodes('list-issues', 'issues') as object[]
    const values = nodes(name as Name, name).map((one) => {
      const read = normalize.issue({ ...issue, [key]: one }, new Map(), null)
      return read.kind === 'task' && read.facts.fields[key]?.value
    })
    expect(values).toEqual(said.flat())
  })

  it.each(Object.entries(WRITTEN))('%s is done, and would not be without saying so', (name, mutation) => {
    const { data } = recorded(name as Name).response
    expect(raw.Done.parse(data)).toMatchObject({ [mutation]: { success: true } })
    const refused = { [mutation]: { ...(data[mutation] as object), success: false } }
    expect(raw.Done.safeParse(refused).success).toBe(false)
  })

  it('of an issue’s comments are read; one that does not say when it was written is none', () => {
    const read = {
      externalId: 'a7a6102c-5a90-47b8-8e1b-bd5d71883b5b',
      task: 'dc41e9ac-66ff-4a46-b818-906c68d4364f',
      author: '5e854765-e42d-4ce6-9e66-789add44f493',
      at: '2026-04-22T07:58:06.418Z',
      editedAt: null,
      text: 'This is a test comment created via Nango action testing'
    }
    expect(nodes('list-comments', 'comments').map((one) => normalize.comment(one))).toEqual([read])
    const { comment } = recorded('get-comment').response.data
    expect(normalize.comment(comment)).toBeNull()
    expect(normalize.comment({ ...(comment as object), createdAt: read.at })).toEqual(read)
  })

  it('of a new comment are read, and of a new issue its id', () => {
    const { comment } = (recorded('create-comment').response.data.commentCreate as { comment: unknown }) ?? {}
    expect(normalize.comment(comment)).toEqual({
      externalId: 'e6ef786b-7333-4ba8-8c37-e931e5e01314',
      task: '1f1f4dcf-f179-4bff-aeb4-04de02242832',
      author: '5e854765-e42d-4ce6-9e66-789add44f493',
      at: '2026-04-24T10:07:30.470Z',
      editedAt: null,
      text: 'This is a test comment created via Nango action.'
    })
    expect(raw.IssueCreated.parse(recorded('create-issue').response.data).issueCreate.issue.id).toBe(
      'd786ac7b-52ca-4bc0-a90a-1f5f5fe3c79c'
    )
  })

  it('carry what is left of both budgets in their headers', () => {
    const { status, headers, response } = recorded('users')
    expect(quotas({ status, headers: new Headers(headers), body: response })).toEqual([
      { budget: 'requests', amount: 5000, left: 4999, resetMs: 1777029540335 - Date.parse('2026-04-24T10:19:00Z') },
      {
        budget: 'complexity',
        amount: 2_000_000,
        left: 1_905_300,
        resetMs: 1777029540335 - Date.parse('2026-04-24T10:19:00Z')
      }
    ])
    expect(refusal({ status, headers: new Headers(headers), body: response })).toBeNull()
  })

  it('cost what the stand-in says they cost', () => {
    const path = sharedPath('specs/linear.graphql')
    const schema = buildSchema(existsSync(path) ? readFileSync(path, 'utf8') : 'type Query { a: Int }', {
      assumeValid: true,
      assumeValidSDL: true
    })
    const names: Name[] = ['users', 'cycles', 'issue-labels', 'create-comment', 'get-comment', 'update-comment']
    for (const name of [...names, 'archive-issue', 'unarchive-issue', 'add-issue-label'] as Name[]) {
      const { headers, request } = recorded(name)
      if (typeof request.data === 'string') throw new Error(`${name} has no query`)
      const points = complexity(schema, parse(request.data.query), request.data.variables ?? {})
      expect([name, points]).toEqual([name, Number(headers['x-complexity'])])
    }
  })

  it('that say RATELIMITED are that, whatever their status', () => {
    const body = readShared<unknown>(`payloads/linear/errors/${ERRORS[0]}.json`)
    for (const status of [200, 400, 429])
      expect(refusal({ status, headers: new Headers(), body })).toMatchObject({
        kind: 'rate_limited',
        code: 'RATELIMITED'
      })
  })

  const read = (name: (typeof WEBHOOKS)[number]) =>
    hooks.read({
      method: 'POST',
      headers: { 'linear-delivery': 'd-1' },
      body: readFileSync(sharedPath(`payloads/linear/webhooks/${name}.json`)),
      url: '',
      at: '2023-02-10T19:42:20.508Z'
    })

  it('of webhooks say what to read again', () => {
    expect(read('comment_create.vendor-doc')).toEqual({
      key: 'd-1',
      hints: [
        {
          kind: 'task',
          externalId: '539068e2-ae88-4d09-bd75-22eb4a59612f',
          deleted: false,
          at: '2020-01-23T12:53:18.084Z',
          by: 'aacdca22-6266-4c0a-ab3c-8fa70a26765c'
        }
      ]
    })
    expect(read('oauthapp_revoked.shape')).toEqual({ key: 'd-1', hints: [{ kind: 'revoked' }] })
  })

  it('are all read', () => {
    expect(listed()).toEqual(sharedFiles('payloads/linear'))
  })
})
