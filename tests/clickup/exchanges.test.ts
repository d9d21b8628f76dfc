/** Every request the adapter makes and every answer to it, held against the vendor's specification. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { list, paragraph, text } from '../../src/model/richText.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { type StandInProcess, startStandIn } from '../helpers/standIn.ts'
import { COLUMNS, clickupSession, OWN_TOKEN, pulled, scopeOf } from './clickup.ts'
import { checkClickup } from './specification.ts'

describeWithShared('The calls of the adapter', () => {
  let clickup: StandInProcess
  beforeAll(async () => {
    clickup = await startStandIn('clickup', { now: '2026-11-16T09:00:00.000Z' })
    await clickup.record(1000)
  })
  afterAll(() => clickup.stop())

  it('are in the specification, their answers too, and carry the token in one header alone', async () => {
    const ana = await clickup.person({ name: 'Ana Ribeiro', email: 'ana@larkfield.example' })
    const { id, columns } = await clickup.project({
      name: 'Searches',
      columns: [...COLUMNS],
      members: [ana],
      guests: true
    })
    const other = await clickup.project({ name: 'Handbook', columns: [...COLUMNS] })
    await clickup.admin('PUT', `lists/${other.id}`, { folder: 'Company' })
    const [first, second] = await clickup.tasks([
      {
        project: id,
        column: columns['to do']!,
        title: 'Signed: Head of data',
        description: 'Offer is out',
        by: ana,
        assignees: [ana],
        labels: ['Urgent'],
        priority: 'high',
        start: { date: '2026-11-10' },
        due: { at: '2026-11-20T15:30:00.000Z' },
        checklist: { done: 1, total: 3 },
        estimate: 5,
        fields: [
          { name: 'Fee', type: 'number', value: 1200 },
          { name: 'Office', type: 'choice', value: 'Lisbon' }
        ]
      },
      { project: id, column: columns['to do']!, title: 'Bare' },
      { project: id, column: columns.complete!, title: 'Archived', archived: true }
    ])
    await clickup.task({ project: id, column: columns['to do']!, title: 'Sub', parent: first! })
    for (let index = 0; index < 26; index++) await clickup.comment(first!, { by: ana, text: `Note ${index}` })

    const session = clickupSession(clickup.url)
    await session.whoAmI()
    await Array.fromAsync(session.projects())
    const [scope] = await session.scopes([id, other.id])
    const pages = await pulled(session, scope!)
    await clickup.clock({ advanceMs: 3_600_000 })
    await clickup.change(first!, { column: columns['in progress']! })
    await pulled(session, scope!, { sweep: false, mark: pages.at(-1)!.mark })
    await Array.fromAsync(session.fetch([first!, second!]))
    await Array.fromAsync(session.fetch([second!]))
    const note = [
      paragraph(text('Hello'), { kind: 'link', text: 'x', href: 'https://hub.example/x' }),
      list([text('y')])
    ]
    const posted = await session.comments.post(first!, note, 'key')
    await session.comments.list(first!)
    await session.comments.edit(first!, posted.externalId, note)
    await session.comments.remove(first!, posted.externalId)
    await session.write!.move!(first!, columns['to do']!)
    await session.write!.due!(first!, { date: '2026-12-01' })
    await session.write!.due!(first!, null)
    await session.write!.assign!(first!, { add: [], remove: [ana] })
    const draft = { title: 'New', description: '**x**', column: columns['to do']!, assignees: [ana], due: null }
    await session.write!.create!(id, draft, 'key')
    const hook = { url: 'http://127.0.0.1:1/hook', secret: '' }
    const [made] = await session.webhooks!.register(scopeOf(id), hook)
    await session.webhooks!.list(scope!, [])
    await session.webhooks!.activate(made!)
    await session.webhooks!.remove(made!)

    const { last, total, byTemplate } = await clickup.requests(500)
    expect(Object.keys(byTemplate).sort()).toMatchInlineSnapshot(`
      [
        "DELETE /v2/comment/{comment_id}",
        "DELETE /v2/webhook/{webhook_id}",
        "GET /v2/list/{list_id}",
        "GET /v2/list/{list_id}/member",
        "GET /v2/list/{list_id}/task",
        "GET /v2/space/{space_id}/folder",
        "GET /v2/space/{space_id}/list",
        "GET /v2/task/bulk_time_in_status/task_ids",
        "GET /v2/task/{task_id}",
        "GET /v2/task/{task_id}/comment",
        "GET /v2/task/{task_id}/time_in_status",
        "GET /v2/team",
        "GET /v2/team/{team_Id}/task",
        "GET /v2/team/{team_id}/shared",
        "GET /v2/team/{team_id}/space",
        "GET /v2/team/{team_id}/webhook",
        "GET /v2/user",
        "POST /v2/list/{list_id}/task",
        "POST /v2/task/{task_id}/comment",
        "POST /v2/team/{team_id}/webhook",
        "PUT /v2/comment/{comment_id}",
        "PUT /v2/task/{task_id}",
        "PUT /v2/webhook/{webhook_id}",
      ]
    `)
    const exchanges = await clickup.exchanges()
    expect(exchanges).toHaveLength(total)
    expect([...new Set(exchanges.flatMap(checkClickup))]).toEqual([])
    for (const { path, query, body, headers } of last) {
      const { authorization, ...others } = headers
      expect(authorization).toBe(OWN_TOKEN)
      expect(`${path}?${query}${body}${JSON.stringify(others)}`).not.toContain(OWN_TOKEN)
    }
  })
})
