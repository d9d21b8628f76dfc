/** Recorded answers and webhooks of the real thing, through our own reading of them. */
import { existsSync, readFileSync } from 'node:fs'
import { buildSchema, parse } from 'graphql'
import { expect, it } from 'vitest'
import * as normalize from '../../adapters/linear/normalize.ts'
import * as raw from '../../adapters/linear/raw.ts'
import { quotas, refusal } from '../../adapters/linear/refusal.ts'
import { hooks } from '../../adapters/linear/webhook.ts'
import { complexity } from '../../sandbox/linear/complexity.ts'
import { describeWithShared, readShared, sharedPath } from '../helpers/shared.ts'

interface Recorded {
  status: number
  headers: Record<string, string>
  response: { data: Record<string, unknown> }
  request: { data: string | { query: string; variables?: Record<string, unknown> } }
}
interface Recording {
  api: { post: { '/graphql': Recorded | Recorded[] } }
}

describeWithShared('recorded answers', () => {
  const recorded = (name: string): Recorded => {
    const { '/graphql': one } = readShared<Recording>(`payloads/linear/nango-tests/${name}.test.json`).api.post
    return Array.isArray(one) ? (one[0] as Recorded) : one
  }
  const nodes = (name: string, list: string) => (recorded(name).response.data[list] as { nodes: unknown[] }).nodes

  it('of teams become projects', () => {
    const [team] = nodes('teams', 'teams').map((one) => raw.Team.parse(one))
    const organization = { id: 'o', name: 'Nango', urlKey: 'nango-api' }
    expect(normalize.project(team!, organization)).toEqual({
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
      username: null,
      avatarUrl: null,
      email: 'victor+linear@nango.dev'
    })
    const labels = nodes('issue-labels', 'issueLabels').map((one) => raw.Label.parse(one))
    expect(labels.length).toBeGreaterThan(0)
    expect(labels.every(({ name, color }) => name !== '' && /^#[0-9a-f]{6}$/i.test(color ?? ''))).toBe(true)
  })

  it('of issues become tasks; what a recording did not ask for is added', () => {
    const team = { id: '7df5329e-651f-4d1d-b519-78d44a509f11' }
    const read = nodes('issues', 'issues').map((one) => normalize.issue({ team, ...(one as object) }, new Map(), null))
    expect(read.length).toBeGreaterThan(3)
    expect(read.map(({ kind }) => kind)).toEqual(read.map(() => 'task'))
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

  it('of a new comment, and of one looked up, are read', () => {
    const { comment } = (recorded('create-comment').response.data.commentCreate as { comment: unknown }) ?? {}
    expect(normalize.comment(comment)).toEqual({
      externalId: 'e6ef786b-7333-4ba8-8c37-e931e5e01314',
      task: '1f1f4dcf-f179-4bff-aeb4-04de02242832',
      author: '5e854765-e42d-4ce6-9e66-789add44f493',
      at: '2026-04-24T10:07:30.470Z',
      editedAt: null,
      text: 'This is a test comment created via Nango action.'
    })
    expect(raw.Done.parse(recorded('delete-comment').response.data)).toEqual({ commentDelete: { success: true } })
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
    const names = [
      'users',
      'cycles',
      'issue-labels',
      'create-comment',
      'get-comment',
      'update-comment',
      'archive-issue'
    ]
    for (const name of [...names, 'unarchive-issue', 'add-issue-label']) {
      const { headers, request } = recorded(name)
      if (typeof request.data === 'string') throw new Error(`${name} has no query`)
      const points = complexity(schema, parse(request.data.query), request.data.variables ?? {})
      expect([name, points]).toEqual([name, Number(headers['x-complexity'])])
    }
  })

  it('that say RATELIMITED are that, whatever their status', () => {
    const body = readShared<unknown>('payloads/linear/errors/ratelimited.vendor-doc.json')
    for (const status of [200, 400, 429])
      expect(refusal({ status, headers: new Headers(), body })).toMatchObject({
        kind: 'rate_limited',
        code: 'RATELIMITED'
      })
  })

  const read = (name: string) =>
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
})
