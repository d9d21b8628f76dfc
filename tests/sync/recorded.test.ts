/** Ten recorded boards: the hub reads the same from the API as `check` reads from the files. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readExport } from '../../adapters/trello/export.ts'
import { check } from '../../src/cli/check.ts'
import { sql } from '../../src/db/database.ts'
import type { BoardCheck } from '../../src/operations/check/check.ts'
import { judge } from '../../src/rules/engine.ts'
import { settleProjects } from '../../src/sync/settle.ts'
import { storePage } from '../../src/sync/store.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared, sharedPath, TRELLO_BOARDS, trelloBoard } from '../helpers/shared.ts'
import { connected, tasksOf } from '../helpers/trello.ts'

const NOW = '2026-11-16T09:00:00.000Z'

/** Cards of the recording that are tasks: all but templates, separators and mirrors. */
const TASKS: Record<(typeof TRELLO_BOARDS)[number], number> = {
  'de-pacs-spark-45': 45,
  'en-amirite-81': 81,
  'en-kanban-template-43': 43,
  'en-sideline-apps-682': 681,
  'en-sideline-apps-682-later': 681,
  'es-encriptador-18': 18,
  'fr-my-irc-21': 21,
  'he-bdika-16': 16,
  'it-mcc-sito-470': 470,
  'ja-clipkit-67': 67
}

describeWithShared('A recorded board', () => {
  let trello: TrelloSandbox
  let fromFiles: BoardCheck[]
  beforeAll(async () => {
    trello = await startTrello()
    const files = TRELLO_BOARDS.map((name) => sharedPath(`boards/trello/${name}.json`))
    fromFiles = (await check(files, { now: NOW, zone: 'UTC' })).boards
  })
  afterAll(() => trello.stop())

  it.each(TRELLO_BOARDS)('%s reads the same through the API as from its file', async (name) => {
    const source = trelloBoard(name)
    await trello.load(source)
    await using cleanup = new AsyncDisposableStack()
    const hub = await testHub()
    cleanup.defer(() => hub.close())
    const { look } = await connected(hub, trello, [source.id])
    const outcome = await look(source.id)
    await judge(hub.db, { now: NOW })

    const fromFile = fromFiles[TRELLO_BOARDS.indexOf(name)]!
    expect(fromFile.tasks).toBe(TASKS[name])
    expect(outcome).toMatchObject({ mode: 'sweep', fetched: TASKS[name], stored: TASKS[name], quarantined: 0 })
    const columns = await hub.db.rows(sql`
      select c.id, c.name, c.category, c.archived, count(t.id)::int as tasks
      from columns c left join tasks t on t.column_id = c.id group by c.id order by c.position, c.id`)
    expect(columns.map((column) => ({ ...column, id: String(column.id).slice('trello:'.length) }))).toEqual(
      fromFile.columns
    )
    const findings = await hub.db.rows(sql`
      select f.rule, f.task_id as task, t.title, c.name as column, f.since, f.evidence from findings f
      join tasks t on t.id = f.task_id left join columns c on c.id = t.column_id order by f.rule, f.since, f.task_id`)
    // `check` adds to the evidence what grows day by day.
    expect(fromFile.findings).toMatchObject(findings)
    expect(findings).toHaveLength(fromFile.findings.length)

    const viaApi = await tasksOf(hub, source.id)
    await hub.db.run(sql`truncate projects, columns, tasks, task_versions, task_events, comments, findings cascade`)
    await hub.db.run(sql`
      insert into projects (id, tool, name, url, archived, audience, chosen)
      values (${`trello:${source.id}`}, 'trello', '', '', false, 'members', true)`)
    const { page } = readExport(source, NOW)
    await hub.db.transaction((tx) => storePage(tx, page, { tool: 'trello', runId: null, lookedAt: null }))
    await settleProjects(hub.db, [`trello:${source.id}`])
    expect(viaApi).toHaveLength(TASKS[name])
    expect(viaApi).toEqual(await tasksOf(hub, source.id))
  })
})
