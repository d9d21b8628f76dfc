/** What a column's meaning would change, and that asking changes nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { previewColumn } from '../../src/operations/projects/columnPreview.ts'
import { setColumn } from '../../src/operations/projects/projects.ts'
import { testHub } from '../helpers/hub.ts'
import { smallBoard } from '../helpers/smallBoard.ts'

let hub: Awaited<ReturnType<typeof testHub>>
beforeEach(async () => {
  hub = await testHub()
})
afterEach(() => hub.close())

const context = () => ({ hub, jobs: null, who: COMMAND_LINE })
const kept = () =>
  hub.db.rows(sql`
    select (select jsonb_agg(f order by f.id) from findings f) as findings, (select jsonb_agg(c order by c.id) from columns c) as columns,
      (select jsonb_agg(t order by t.id) from tasks t) as tasks, (select count(*) from task_versions)::int as versions`)

async function board(): Promise<void> {
  const small = await smallBoard(hub)
  const odd = { column: 'Odds and ends' }
  await small.put({
    one: { ...odd, dueAt: null },
    two: { ...odd, assignees: [] },
    three: { ...odd },
    four: { column: 'To do', dueAt: null }
  })
  await small.judge(hub.now())
}

test('each meaning is looked at on its own, rule by rule, and nothing is written', async () => {
  await board()
  const before = await kept()
  const { would } = await previewColumn.run(context(), {
    project: 'trello:p1',
    column: 'trello:Odds and ends',
    category: ['todo', 'doing', 'done']
  })
  expect(would).toEqual([
    {
      category: 'todo',
      opened: 2,
      closed: 0,
      byRule: [
        { rule: 'missing-deadline', opened: 1, closed: 0 },
        { rule: 'no-assignee', opened: 1, closed: 0 }
      ]
    },
    {
      category: 'doing',
      opened: 5,
      closed: 0,
      byRule: [
        { rule: 'missing-deadline', opened: 1, closed: 0 },
        { rule: 'no-assignee', opened: 1, closed: 0 },
        { rule: 'stale-doing', opened: 3, closed: 0 }
      ]
    },
    { category: 'done', opened: 0, closed: 0, byRule: [] }
  ])
  expect(await kept()).toEqual(before)
})

test('what was foretold is what happens', async () => {
  await board()
  const { would } = await previewColumn.run(context(), {
    project: 'trello:p1',
    column: 'trello:To do',
    category: ['reference']
  })
  expect(would.map(({ opened, closed }) => [opened, closed])).toEqual([[0, 1]])
  const done = await setColumn.run(context(), { project: 'trello:p1', column: 'trello:To do', category: 'reference' })
  expect([done.opened, done.closed]).toEqual([0, 1])
})

test('a board that one does not see is not there, and neither is another board’s column', async () => {
  await board()
  const input = { project: 'trello:p1', column: 'trello:To do', category: ['doing' as const] }
  const who = { ...COMMAND_LINE, projects: ['trello:p2'] }
  await expect(previewColumn.run({ ...context(), who }, input)).rejects.toMatchObject({ code: 'no_project' })
  await expect(previewColumn.run(context(), { ...input, project: 'trello:p2' })).rejects.toMatchObject({
    code: 'no_column'
  })
})
