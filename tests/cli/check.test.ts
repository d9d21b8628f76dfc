import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { describeWithShared, sharedPath, TRELLO_BOARDS } from '../helpers/shared.ts'
import { expectedOf, type RawBoard } from './oracle.ts'
import { throughline } from './running.ts'

const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** The document of `check --json`, key by key as it is promised: nothing missing, nothing more. */
export const Document = z.strictObject({
  now: Instant,
  boards: z.array(
    z.strictObject({
      file: z.string(),
      name: z.string(),
      tool: z.literal('trello'),
      columns: z.array(
        z.strictObject({
          id: z.string().regex(/^[0-9a-f]{24}$/),
          name: z.string(),
          category: z.enum(['backlog', 'todo', 'doing', 'blocked', 'done', 'dropped', 'reference', 'unmapped']),
          archived: z.boolean(),
          tasks: z.int()
        })
      ),
      tasks: z.int(),
      openTasks: z.int(),
      quarantined: z.array(z.strictObject({ task: z.string(), path: z.string(), reason: z.string() })),
      findings: z.array(
        z.strictObject({
          rule: z.enum(['missing-deadline', 'no-assignee', 'stale-doing', 'overdue']),
          task: z.string().regex(/^trello:[0-9a-f]{24}$/),
          title: z.string(),
          column: z.string().nullable(),
          since: Instant,
          evidence: z.record(z.string(), z.unknown())
        })
      ),
      byRule: z.strictObject({
        'missing-deadline': z.int(),
        'no-assignee': z.int(),
        'stale-doing': z.int(),
        overdue: z.int()
      })
    })
  ),
  errors: z.array(z.strictObject({ file: z.string(), message: z.string() }))
})
type Document = z.infer<typeof Document>

/** Judged long after, at an evening, and while each was in use: on both sides of the Atlantic. */
const MOMENTS = [
  ['2026-11-16T09:00:00.000Z', 'Europe/Paris'],
  ['2024-03-12T16:30:00.000Z', 'America/Los_Angeles'],
  ['2018-02-26T08:15:00.000Z', 'Asia/Tokyo'],
  ['2015-03-09T08:59:00.000Z', 'UTC']
] as const

describeWithShared('check on ten recorded boards', () => {
  describe.each(MOMENTS)('as of %s in %s', (now, zone) => {
    const files = TRELLO_BOARDS.map((name) => sharedPath(`boards/trello/${name}.json`))
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

    test.each(TRELLO_BOARDS)('%s: counts and findings are those of a reading by hand', (name) => {
      const index = TRELLO_BOARDS.indexOf(name)
      const raw = JSON.parse(readFileSync(files[index] as string, 'utf8')) as RawBoard & { name: string }
      const board = said.boards[index] as Document['boards'][number]
      const categories = new Map(board.columns.map(({ id, category }) => [id, category as string]))
      const want = expectedOf(raw, categories, now, zone)
      expect(board.name).toBe(raw.name)
      expect({ tasks: board.tasks, openTasks: board.openTasks }).toEqual({ tasks: want.tasks, openTasks: want.openTasks })
      expect(Object.fromEntries(board.columns.map(({ id, tasks }) => [id, tasks]))).toEqual(want.tasksByColumn)
      const titles = new Map(raw.cards.map((card) => [`trello:${card.id}`, card.name]))
      const lists = new Map(raw.lists.map((list) => [list.id, list.name]))
      const columns = new Map(raw.cards.map((card) => [`trello:${card.id}`, lists.get(card.idList)]))
      for (const { task, title, column } of board.findings) expect([title, column]).toEqual([titles.get(task), columns.get(task)])
      const got = board.findings.map(
        ({ rule, task, since, evidence }) => `${rule} ${task} ${since} ${JSON.stringify(evidence, Object.keys(evidence).sort())}`
      )
      expect(got.sort()).toEqual(want.findings)
      const count = (rule: string) => board.findings.filter((finding) => finding.rule === rule).length
      expect(board.byRule).toEqual({
        'missing-deadline': count('missing-deadline'),
        'no-assignee': count('no-assignee'),
        'stale-doing': count('stale-doing'),
        overdue: count('overdue')
      })
    })
  })

  test('the moments chosen see every rule at work', async () => {
    const seen = new Set<string>()
    for (const [now, zone] of MOMENTS.slice(1)) {
      const files = ['en-amirite-81', 'ja-clipkit-67'].map((name) => sharedPath(`boards/trello/${name}.json`))
      const { stdout } = await throughline(['check', ...files, '--now', now, '--tz', zone, '--json'])
      for (const { findings } of Document.parse(JSON.parse(stdout)).boards) for (const { rule } of findings) seen.add(rule)
    }
    expect([...seen].sort()).toEqual(['missing-deadline', 'no-assignee', 'overdue', 'stale-doing'])
  })

  test('the same file twice is two boards, each with findings of its own', async () => {
    const file = sharedPath('boards/trello/fr-my-irc-21.json')
    const { code, stdout } = await throughline(['check', file, file, '--now', MOMENTS[0][0], '--json'])
    const { boards } = Document.parse(JSON.parse(stdout))
    expect([code, boards.length]).toEqual([0, 2])
    expect(boards[0]).toEqual(boards[1])
    expect(boards[0]?.findings.length).toBeGreaterThan(0)
  })

  test('for people it prints columns, findings and what no rule looks at', async () => {
    const file = sharedPath('boards/trello/fr-my-irc-21.json')
    const { code, stdout } = await throughline(['check', file, '--now', MOMENTS[0][0]])
    const { stdout: asJson } = await throughline(['check', file, '--now', MOMENTS[0][0], '--json'])
    const [board] = Document.parse(JSON.parse(asJson)).boards
    expect(code).toBe(0)
    expect(stdout).toContain(`${board?.tasks} cards, ${board?.openTasks} not archived. ${board?.findings.length} findings: `)
    for (const column of board?.columns ?? []) expect(stdout).toContain(column.name)
    expect(stdout).toContain(basename(file))
  })
})
