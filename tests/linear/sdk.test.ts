/** Linear's own client, as it comes, on the stand-in with the vendor's whole schema. */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { LinearClient } from '@linear/sdk'
import { LinearWebhookClient } from '@linear/sdk/webhooks'
import { buildSchema, parse } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Account, pull, scopeOf } from '../contract/account.ts'
import { describeWithShared, sharedPath } from '../helpers/shared.ts'
import { linearAccount, team } from './account.ts'
import { faults } from './conforms.ts'

describeWithShared("the vendor's own client and schema", () => {
  let account: Account
  let client: LinearClient

  beforeAll(async () => {
    // The client of this release asks for fields that are newer than the schema at hand.
    const newer = fileURLToPath(new URL('newer.graphql', import.meta.url))
    account = await linearAccount({ args: ['--schema', sharedPath('specs/linear.graphql'), '--schema', newer] })
    client = new LinearClient({ apiKey: 'lin_api_sandbox', apiUrl: `${account.tool.url}/graphql` })
  })
  afterAll(() => account[Symbol.asyncDispose]())

  it('reads who it is, the teams and their issues, page by page', async () => {
    const ana = await account.tool.person({ name: 'Ana Lima' })
    const project = await team(account)
    const column = project.columns['In Progress']!
    await account.tool.tasks(
      Array.from({ length: 12 }, (_, index) => ({
        project: project.id,
        column,
        title: `Issue ${index + 1}`,
        assignees: [ana],
        ...(index === 11
          ? { due: { date: '2026-12-01' }, estimate: 3, priority: 'urgent' as const, labels: ['web'] }
          : {})
      }))
    )
    expect((await client.viewer).name).toBe('Throughline')
    expect((await client.teams()).nodes.map(({ id, name, key }) => [id, name, key])).toEqual([
      [project.id, 'Website', 'WEB']
    ])
    const found = await client.issues({ first: 10, filter: { team: { id: { eq: project.id } } } })
    expect(found.nodes.map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, index) => `Issue ${12 - index}`)
    )
    const newest = found.nodes[0]!
    expect([newest.identifier, newest.dueDate, newest.estimate, newest.priority]).toEqual([
      'WEB-12',
      '2026-12-01',
      3,
      1
    ])
    expect((await newest.assignee)?.name).toBe('Ana Lima')
    expect((await newest.state)?.type).toBe('started')
    expect((await newest.labels()).nodes.map(({ name }) => name)).toEqual(['web'])
    await found.fetchNext()
    expect(found.nodes.map(({ title }) => title)).toEqual(
      Array.from({ length: 12 }, (_, index) => `Issue ${12 - index}`)
    )
  })

  it('posts a comment, which the adapter reads; and reads what the adapter wrote', async () => {
    const project = await team(account, 'Talk')
    const issueId = await account.tool.task({ project: project.id, column: project.columns.Todo!, title: 'Talked of' })
    const payload = await client.createComment({ issueId, body: 'Said by another client.' })
    expect(payload.success).toBe(true)
    const listed = await account.session.comments.list(issueId)
    expect(listed.map(({ externalId, text }) => [externalId, text])).toEqual([
      [payload.commentId, 'Said by another client.']
    ])
    await account.session.write?.move?.(issueId, project.columns['In Review']!)
    expect((await (await client.issue(issueId)).state)?.name).toBe('In Review')
    await expect(client.issue('nobody-1')).rejects.toMatchObject({ type: 'InvalidInput' })
  })

  it('knows a key that nobody gave out for what it is', async () => {
    const stranger = new LinearClient({ apiKey: 'lin_api_nobody', apiUrl: `${account.tool.url}/graphql` })
    await expect(stranger.viewer).rejects.toMatchObject({ type: 'AuthenticationError', status: 401 })
  })

  it('verifies a delivery of the stand-in, and answers 400 to a forged one', async () => {
    const handler = new LinearWebhookClient('agreed-secret').createHandler()
    const told: string[] = []
    handler.on('Issue', (payload) => void told.push(`${payload.action} ${payload.data.title}`))
    const server = createServer((request, response) => void handler(request, response))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      const project = await team(account, 'Hooked')
      const scope = await scopeOf(account.session, project.id)
      const hooks = await account.session.webhooks!.register(scope, { url, secret: 'agreed-secret' })
      await account.tool.task({ project: project.id, column: project.columns.Todo!, title: 'Told of' })
      const deliveries = await account.tool.deliveries()
      expect(deliveries.map(({ status }) => status)).toEqual([200])
      expect(told).toEqual(['create Told of'])
      const { headers, body } = deliveries[0]!
      const forged = await fetch(url, { method: 'POST', headers, body: body.replace('Told of', 'Sold off') })
      expect(forged.status).toBe(400)
      for (const hook of hooks) await account.session.webhooks!.remove(hook)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  it('every answer to the adapter is of the types the vendor declares', async () => {
    const schema = buildSchema(readFileSync(sharedPath('specs/linear.graphql'), 'utf8'), {
      assumeValid: true,
      assumeValidSDL: true
    })
    const ana = await account.tool.person({ name: 'Ana Lima' })
    const project = await team(account, 'Exact', [ana])
    const scope = await scopeOf(account.session, project.id)
    await account.tool.record()
    const task = await account.tool.task({ project: project.id, column: project.columns.Todo!, title: 'One', by: ana })
    const first = await pull(account.session, scope)
    await account.tool.change(task, {
      column: project.columns['In Progress']!,
      assignees: [ana],
      due: { date: '2026-12-01' },
      by: ana
    })
    await account.session.comments.post(task, [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'Hello' }] }], 'k')
    await pull(account.session, scope, { sweep: false, mark: first.at(-1)!.mark })
    await pull(account.session, scope)
    await Array.fromAsync(account.session.fetch([task]))
    await account.session.comments.list(task)
    await account.session.write?.due?.(task, null)
    await account.session.webhooks?.list(scope, [])
    const exchanges = await account.tool.exchanges()
    const asked = exchanges.map(({ body, answer }) => {
      const { query } = body as { query: string }
      const document = parse(query)
      return { name: /\w+ (\w+)/.exec(query)?.[1], found: faults(schema, document, (answer as { data: unknown }).data) }
    })
    expect(asked.flatMap(({ found }) => found)).toEqual([])
    expect(new Set(asked.map(({ name }) => name))).toEqual(
      new Set([
        'Teams',
        'Directory',
        'Issues',
        'Comments',
        'Changes',
        'Read',
        'Histories',
        'Thread',
        'CommentCreate',
        'IssueUpdate',
        'Webhooks'
      ])
    )
  })
})
