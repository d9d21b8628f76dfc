import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BoardOrder, madeId, makeBoard } from '../helpers/boards.ts'
import { Document } from './check.document.ts'
import { type Ended, throughline } from './running.ts'

const NOW = '2026-11-16T09:00:00.000Z'
const GIVE = 'Export the board as JSON and give that file.'

let folder: string
const put = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}
const run = (args: string[]): Promise<Ended> => throughline(['check', ...args, '--now', NOW], { cwd: folder })
/** As Trello exports it: the stand-in would fill these in. */
const exported = (order: BoardOrder): { lists: { closed?: boolean }[]; cards: Record<string, unknown>[] } => {
  const made = makeBoard(order)
  return {
    ...made,
    cards: (made.cards as object[]).map((card) => ({ idBoard: made.id, idMembers: [], ...card }))
  } as never
}
const board = (cards: Record<string, unknown>[]) => exported({ cards })
const cardId = (index: number) => madeId('card', 1, index, Date.parse('2026-09-01T08:00:00Z') + index * 60_000)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-check-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('files that are no board export', () => {
  const NO_BOARD = (file: string, path?: string) =>
    `${file}: This is JSON, but no Trello board export${path ? ` (“${path}” is missing or is not what it should be)` : ''}. ${GIVE}`
  const bad = (): [file: string, message: string][] => {
    const whole = JSON.stringify(makeBoard({ cards: 3 }))
    mkdirSync(join(folder, 'a folder'), { recursive: true })
    return [
      [
        put('words.json', 'hello'),
        'words.json: This is not JSON. Export the board as JSON (board menu → Print, export, and share) and give that file.'
      ],
      [
        put('page.json', '<!DOCTYPE html><title>Log in to Trello</title>'),
        'page.json: This is a web page, not an export. Sign in to Trello, then export the board as JSON again.'
      ],
      [put('list.json', []), NO_BOARD('list.json')],
      [put('number.json', 42), NO_BOARD('number.json')],
      [put('null.json', null), NO_BOARD('null.json')],
      [put('object.json', {}), NO_BOARD('object.json', 'id')],
      [put('no-cards.json', { id: 'a'.repeat(24), name: 'Half', lists: [] }), NO_BOARD('no-cards.json', 'cards')],
      [
        put('short.json', whole.slice(0, -20)),
        'short.json: The file breaks off in the middle. Download the export again.'
      ],
      [put('empty.json', ''), 'empty.json: The file is empty. Download the export again.'],
      ['missing.json', 'missing.json: There is no such file. Give the path of a board export.'],
      ['a folder', 'a folder: That is a folder. Give the path of a board export.'],
      [put('deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), NO_BOARD('deep.json')]
    ]
  }

  test('are each named with what is wrong and what to do, and nothing was read: exit 2', async () => {
    const files = bad()
    const { code, stdout, stderr } = await run([...files.map(([file]) => file), '--json'])
    const { boards, errors } = Document.parse(JSON.parse(stdout))
    expect([code, stderr, boards]).toEqual([2, '', []])
    expect(errors).toEqual(files.map(([file, message]) => ({ file, message })))
  })

  test('say the same to people, and cost a good file beside them nothing: exit 0', async () => {
    const good = put('good.json', exported({ name: 'Good', cards: 2 }))
    const { code, stdout } = await run(['page.json', good, 'missing.json'])
    expect(code).toBe(0)
    expect(stdout).toContain('Good  good.json')
    expect(stdout).toContain('page.json: This is a web page, not an export.')
    expect(stdout).toContain('missing.json: There is no such file.')
  })

  test('no file at all is a wrong call: exit 2', async () => {
    const { code, stderr } = await throughline(['check'])
    expect(code).toBe(2)
    expect(stderr).toContain("error: missing required argument 'file'")
  })
})

describe('boards with something strange in them', () => {
  const POISONED: Record<string, unknown>[] = [
    { name: 'Fine' },
    { name: 'Due is a number', due: 42 },
    { name: 'Has lost its name' },
    { name: 'No id' },
    { name: 'Labels are a word', labels: 'urgent' },
    { name: 'Due in the year 20226', due: '+020226-01-01T00:00:00.000Z' },
    { name: 'No list', idList: null },
    { name: 'Also fine' }
  ]
  const NAMES = ['‏שלום עולם', 'مرحبا', '👩‍👩‍👧‍👦🏳️‍🌈', '漢字かな', 'a\u202eb', '\u001b[2J\u001b[31mred']
  const HOSTILE_KEYS = '"__proto__":{"polluted":true,"closed":true},"constructor":{"prototype":{"polluted":true}}'

  const files = {
    bare: () => put('bare.json', { id: madeId('board', 9, 0), name: 'Bare', lists: [], cards: [] }),
    poisoned() {
      const made = board(POISONED)
      delete made.cards[2]?.name
      delete made.cards[3]?.id
      return put('poisoned.json', { ...made, cards: [...made.cards, 'not a card', null] })
    },
    strange: () =>
      put(
        'strange.json',
        JSON.stringify(
          board([
            { name: 'Long', desc: 'x'.repeat(10 * 1024 * 1024) },
            { name: 'NUL \0 here', desc: '\0' },
            { name: 'lone \ud800 one' },
            { name: 'Proto', __marker: 1 }
          ])
        ).replace('"__marker":1', HOSTILE_KEYS)
      ),
    named: () =>
      put(
        'naïve ✅ דוגמה.json',
        exported({ name: '🗂️ לוח', lists: ['✅ בוצע', 'Doing 🚧'], cards: NAMES.map((name) => ({ name, list: 1 })) })
      ),
    marked() {
      const { actions: _, ...without } = exported({ cards: 2 }) as Record<string, unknown>
      return put('bom.json', `\ufeff${JSON.stringify(without)}`)
    },
    twice() {
      const made = exported({ cards: 2 })
      return put('twice.json', { ...made, cards: [...made.cards, ...made.cards] })
    },
    closed(of: 'list' | 'board') {
      const made = exported({
        cards: [
          { name: 'Open' },
          { name: 'Archived', closed: true },
          { name: 'In an archived list', list: 1 },
          { name: 'Template', isTemplate: true },
          { name: '---', cardRole: 'separator' }
        ]
      })
      if (made.lists[1]) made.lists[1].closed = true
      return put(`closed-${of}.json`, { ...made, closed: of === 'board' })
    }
  }

  let said: Map<string, Document['boards'][number]>
  let words: string
  beforeAll(async () => {
    const { bare, poisoned, strange, named, marked, twice, closed } = files
    const all = [bare(), poisoned(), strange(), named(), marked(), twice(), closed('list'), closed('board')]
    const [asJson, asWords] = await Promise.all([run([...all, '--json']), run(all)])
    expect([asJson.code, asWords.code]).toEqual([0, 0])
    const { boards, errors } = Document.parse(JSON.parse(asJson.stdout))
    expect(errors).toEqual([])
    said = new Map(boards.map((one) => [one.file, one]))
    words = asWords.stdout
  })
  const titles = (file: string) => [...new Set(said.get(file)?.findings.map(({ title }) => title))].sort()

  test('an empty board is a board with nothing on it', () => {
    expect(words).toContain('0 cards, 0 not archived. Nothing found.')
    expect(said.get('bare.json')).toEqual({
      file: 'bare.json',
      name: 'Bare',
      tool: 'trello',
      columns: [],
      tasks: 0,
      openTasks: 0,
      quarantined: [],
      findings: [],
      byRule: { 'missing-deadline': 0, 'no-assignee': 0, 'stale-doing': 0, overdue: 0 }
    })
  })

  test('a card that is not what it should be is set aside with its place, and the others are judged', () => {
    const { tasks, findings, quarantined = [] } = said.get('poisoned.json') ?? {}
    expect([tasks, findings?.map(({ task }) => task).sort()]).toEqual([
      2,
      [0, 0, 7, 7].map((n) => `trello:${cardId(n)}`)
    ])
    expect(quarantined.filter(({ task }) => !task.includes('unnamed'))).toEqual([
      { task: `trello:${cardId(1)}`, path: 'due', reason: 'Invalid input: expected string, received number' },
      { task: `trello:${cardId(2)}`, path: 'name', reason: 'Invalid input: expected string, received undefined' },
      { task: `trello:${cardId(4)}`, path: 'labels', reason: 'Invalid input: expected array, received string' },
      { task: `trello:${cardId(5)}`, path: 'due', reason: 'should be a date' },
      { task: `trello:${cardId(6)}`, path: 'idList', reason: 'Invalid input: expected string, received null' }
    ])
    const unnamed = quarantined.filter(({ task }) => task.includes('unnamed'))
    expect(unnamed.map(({ path }) => path).sort()).toEqual(['', 'id'])
    expect(words).toContain('1 card set aside: “Due is a number”, because “due” ')
    expect(words).toContain('Mend it in the file, or leave it; the others are in.')
  })

  test('ten megabytes of description, NUL, lone surrogates and hostile keys cost nothing', () => {
    const { tasks, openTasks, quarantined } = said.get('strange.json') ?? {}
    expect([tasks, openTasks, quarantined]).toEqual([4, 4, []])
    expect(titles('strange.json')).toEqual(['Long', 'NUL \ufffd here', 'Proto', 'lone \ufffd one'])
  })

  test('names in other directions, emoji and control characters come back exactly in JSON, and do not steer a terminal', () => {
    expect(said.get('naïve ✅ דוגמה.json')?.name).toBe('🗂️ לוח')
    expect(titles('naïve ✅ דוגמה.json')).toEqual([...NAMES].sort())
    expect(words).toContain('👩‍👩‍👧‍👦🏳️‍🌈')
    expect(words).not.toMatch(/\u001b|\u202e/)
  })

  test('a board without its history, and a file that begins with a byte order mark, are read', () => {
    const { tasks, byRule } = said.get('bom.json') ?? {}
    expect([tasks, byRule]).toEqual([2, { 'missing-deadline': 2, 'no-assignee': 2, 'stale-doing': 0, overdue: 0 }])
  })

  test('the same card twice in one file is one', () => {
    expect([said.get('twice.json')?.tasks, said.get('twice.json')?.findings.length]).toEqual([2, 4])
  })

  test('an archived card, list or board is not open; templates and separators are no tasks', () => {
    const counts = ['closed-list.json', 'closed-board.json'].map((file) => {
      const { tasks, openTasks, findings } = said.get(file) ?? {}
      return [tasks, openTasks, findings?.length]
    })
    expect(counts).toEqual([
      [3, 1, 2],
      [3, 0, 0]
    ])
  })
})

describe('--now and --tz', () => {
  test.each([
    [['--now', 'yesterday'], '“yesterday” is no moment. Write it like 2026-11-16T09:00:00Z.'],
    [['--now', '2026-13-45T00:00:00Z'], '“2026-13-45T00:00:00Z” is no moment. Write it like 2026-11-16T09:00:00Z.'],
    [['--tz', 'Mars/Olympus'], '“Mars/Olympus” is no time zone. Write one like Europe/Lisbon.'],
    [['--tz', '+02:00'], '“+02:00” is no time zone. Write one like Europe/Lisbon.']
  ])('%j is refused in one sentence', async (options, message) => {
    const file = put('plain.json', exported({ cards: 1 }))
    const { code, stdout, stderr } = await throughline(['check', file, ...options], { cwd: folder })
    expect([code, stdout, stderr]).toEqual([1, '', `${message}\n`])
  })

  test('a moment without an offset is one on the wall of that zone', async () => {
    const file = put('plain.json', exported({ cards: 1 }))
    const { stdout } = await throughline(
      ['check', file, '--now', '2026-11-16T09:00', '--tz', 'America/New_York', '--json'],
      { cwd: folder }
    )
    expect(JSON.parse(stdout).now).toBe('2026-11-16T14:00:00.000Z')
  })

  test('the zone decides at the edge: stale only where nine o’clock has come, and entered on which date', async () => {
    // In “Doing” since Monday 2 November 03:30 UTC, which west of Greenwich is still the Sunday before.
    const made = exported({
      cards: [{ name: 'Card', list: 1, due: '2026-11-09T16:59:59.000Z' }],
      from: '2026-11-02T03:30:00Z'
    })
    const file = put('edge.json', made)
    const at = async (now: string, tz: string) => {
      const { stdout } = await throughline(['check', file, '--now', now, '--tz', tz, '--json'], { cwd: folder })
      const [said] = Document.parse(JSON.parse(stdout)).boards
      const late = said?.findings.find(({ rule }) => rule === 'overdue')
      return [said?.byRule['stale-doing'], said?.byRule.overdue, late?.evidence.workingDays ?? null]
    }
    // Monday 9 November, 17:00 UTC: nine in the morning in Los Angeles, the fifth working day since in UTC.
    expect(await at('2026-11-09T17:00:00Z', 'UTC')).toEqual([0, 1, 0])
    expect(await at('2026-11-09T17:00:00Z', 'America/Los_Angeles')).toEqual([1, 1, 0])
    expect(await at('2026-11-09T16:59:59Z', 'America/Los_Angeles')).toEqual([0, 0, null])
    expect(await at('2026-11-10T08:59:59Z', 'UTC')).toEqual([0, 1, 0])
    expect(await at('2026-11-10T09:00:00Z', 'UTC')).toEqual([1, 1, 1])
  })
})
