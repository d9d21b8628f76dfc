import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeWithShared, sharedPath, TRELLO_BOARDS } from '../helpers/shared.ts'
import { Document } from './check.document.ts'
import { expectedOf, type RawBoard } from './oracle.ts'
import { throughline } from './running.ts'

/** All of them long after, and some while they were in use, before and after nine in the morning. */
const MOMENTS = [
  { now: '2026-11-16T09:00:00.000Z', zone: 'Europe/Paris', boards: TRELLO_BOARDS },
  { now: '2024-03-12T15:30:00.000Z', zone: 'America/Los_Angeles', boards: TRELLO_BOARDS.slice(3, 6) },
  { now: '2018-02-26T08:15:00.000Z', zone: 'Asia/Tokyo', boards: ['en-amirite-81', 'it-mcc-sito-470'] },
  { now: '2015-03-09T08:59:00.000Z', zone: 'UTC', boards: ['de-pacs-spark-45', 'ja-clipkit-67'] }
] as const
const NOW = MOMENTS[0].now
const rulesSeen = new Set<string>()

describeWithShared('check on ten recorded boards', () => {
  describe.each(MOMENTS)('as of $now in $zone', ({ now, zone, boards }) => {
    const files = boards.map((name) => sharedPath(`boards/trello/${name}.json`))
    let said: Document
    beforeAll(async () => {
      const { code, stdout, stderr } = await throughline(['check', ...files, '--now', now, '--tz', zone, '--json'])
      expect([code, stderr]).toEqual([0, ''])
      said = Document.parse(JSON.parse(stdout))
    })

    test('reads every file, in the order given, at the moment given', () => {
      expect([said.now, said.errors]).toEqual([now, []])
      expect(said.boards.map(({ file }) => file)).toEqual(files)
      expect(said.boards.flatMap(({ quarantined }) => quarantined)).toEqual([])
    })

    test.each(boards)('%s: counts and findings are those of a reading by hand', (name) => {
      const index = (boards as readonly string[]).indexOf(name)
      const raw = JSON.parse(readFileSync(files[index] as string, 'utf8')) as RawBoard & { name: string }
      const board = said.boards[index] as Document['boards'][number]
      const categories = new Map(board.columns.map(({ id, category }) => [id, category as string]))
      const want = expectedOf(raw, categories, now, zone)
      expect(board.name).toBe(raw.name)
      expect({ tasks: board.tasks, openTasks: board.openTasks }).toEqual({
        tasks: want.tasks,
        openTasks: want.openTasks
      })
      expect(Object.fromEntries(board.columns.map(({ id, tasks }) => [id, tasks]))).toEqual(want.tasksByColumn)
      const titles = new Map(raw.cards.map((card) => [`trello:${card.id}`, card.name]))
      const lists = new Map(raw.lists.map((list) => [list.id, list.name]))
      const columns = new Map(raw.cards.map((card) => [`trello:${card.id}`, lists.get(card.idList)]))
      for (const { task, title, column } of board.findings)
        expect([title, column]).toEqual([titles.get(task), columns.get(task)])
      const got = board.findings.map(
        ({ rule, task, since, evidence }) =>
          `${rule} ${task} ${since} ${JSON.stringify(evidence, Object.keys(evidence).sort())}`
      )
      expect(got.sort()).toEqual(want.findings)
      for (const { rule } of board.findings) rulesSeen.add(rule)
      const count = (rule: string) => board.findings.filter((finding) => finding.rule === rule).length
      expect(board.byRule).toEqual({
        'missing-deadline': count('missing-deadline'),
        'no-assignee': count('no-assignee'),
        'stale-doing': count('stale-doing'),
        overdue: count('overdue')
      })
    })
  })

  test('the moments chosen see every rule at work', () => {
    expect([...rulesSeen].sort()).toEqual(['missing-deadline', 'no-assignee', 'overdue', 'stale-doing'])
  })

  test('the same file twice is two boards, each with findings of its own', async () => {
    const file = sharedPath('boards/trello/fr-my-irc-21.json')
    const { code, stdout } = await throughline(['check', file, file, '--now', NOW, '--json'])
    const { boards } = Document.parse(JSON.parse(stdout))
    expect([code, boards.length]).toEqual([0, 2])
    expect(boards[0]).toEqual(boards[1])
    expect(boards[0]?.findings.length).toBeGreaterThan(0)
  })

  test('for people it prints columns, findings and what no rule looks at', async () => {
    const file = sharedPath('boards/trello/fr-my-irc-21.json')
    const { code, stdout } = await throughline(['check', file, '--now', NOW])
    const { stdout: asJson } = await throughline(['check', file, '--now', NOW, '--json'])
    const [board] = Document.parse(JSON.parse(asJson)).boards
    expect(code).toBe(0)
    expect(stdout).toContain(
      `${board?.tasks} cards, ${board?.openTasks} not archived. ${board?.findings.length} findings: `
    )
    for (const column of board?.columns ?? []) expect(stdout).toContain(column.name)
    expect(stdout).toContain(basename(file))
  })
})
