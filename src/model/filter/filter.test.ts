import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from './compile.ts'
import { fieldNamed, fieldNames, OPERATORS, type ValueShape } from './fields.ts'
import { parse, print } from './parse.ts'
import { columns, HOSTILE, holds, identities, projects, reading, rows } from './plain.fixture.ts'
import { Filter, type Node, type Test } from './syntax.ts'

let client: PGlite
let ids: (where: Node) => Promise<string>

beforeAll(async () => {
  client = new PGlite()
  await client.exec(`
    create table t (id text, tool text, project_id text, column_id text, category text, title text, description text, labels jsonb,
      assignees text[], creator text, priority text, start_at timestamptz, due_at timestamptz, due_is_date boolean,
      completed_at timestamptz, created_at timestamptz, updated_at timestamptz, entered_column_at timestamptz, presence text,
      estimate_value double precision, comment_count int, checklist_done int, checklist_total int, fields jsonb);
    create table projects (id text, name text);
    create table columns (id text, name text);
    create table identities (id text, name text, username text)`)
  for (const [table, content] of Object.entries({ t: rows, projects, columns, identities }))
    await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(content)
    ])
  const db = drizzle(client)
  ids = async (where) => {
    const filter = Filter.parse({ v: 1, where })
    const found = await db.execute<{ id: string }>(
      sql`select t.id from t where ${compile(filter, reading)} order by t.id`
    )
    return found.rows.map(({ id }) => id).join('')
  }
})

afterAll(() => client.close())

describe('a typed filter finds', () => {
  it.each([
    ['everything', 'abcd'],
    ['not everything', ''],
    // choices
    ['tool = linear', 'b'],
    ['tool is not linear', 'acd'],
    ['category in (done, Doing)', 'ab'],
    ['priority not in (none)', 'ab'],
    ['presence = archived', 'c'],
    // projects and columns
    ['project = "client PORTAL"', 'ac'],
    ['project = trello:p1', 'ac'],
    ['project != "Client portal"', 'bd'],
    ['project in (trello:p1, "TRELLO:P1 copy")', 'abc'],
    ['project is empty', 'd'],
    ['column = doing', 'a'],
    ['column is not Doing', 'bcd'],
    ['column is not empty', 'ab'],
    // texts
    ['title = "SHIP IT"', 'c'],
    ['title != "ship it"', 'abd'],
    ['title contains ship', 'ac'],
    ['title contains "_"', 'b'],
    ['title contains "%"', 'b'],
    ['title contains "\\\\"', 'b'],
    ['title starts with "ship"', 'ac'],
    ['title starts with "portal"', ''],
    ['title in ("ship it", "ship the portal")', 'ac'],
    ['title not in ("ship it")', 'abd'],
    ['description is empty', 'bcd'],
    ['description is not empty', 'a'],
    ['description != Now', 'bcd'],
    ['not description contains now', 'bcd'],
    // labels
    ['label = accepted', 'ac'],
    ['label = RED', 'a'],
    ['label = green', ''],
    ['label = x1', 'c'],
    ['label in (wontfix, red)', 'abc'],
    ['label != accepted', 'bd'],
    ['label not in (accepted, wontfix)', 'd'],
    ['labels has none (accepted)', 'bd'],
    ['labels is empty', 'd'],
    ['labels is not empty', 'abc'],
    ['not label has accepted', 'bd'],
    // people
    ['assignee = maria', 'ab'],
    ['assignee = "maria fernandes"', 'ab'],
    ['assignee = trello:maria', 'ab'],
    ['assignee = gone:1', 'c'],
    ['assignees has any (linear:jo, gone:1)', 'bc'],
    ['assignee is not maria', 'cd'],
    ['assignees is empty', 'd'],
    ['creator = Maria', 'a'],
    ['creator != maria', 'bcd'],
    ['creator in (linear:jo, gone:1)', 'bc'],
    ['creator is empty', 'd'],
    // numbers
    ['estimate = 3', 'a'],
    ['estimate != 3', 'bcd'],
    ['estimate < 3', 'c'],
    ['estimate <= 3', 'ac'],
    ['estimate > 3', 'b'],
    ['estimate >= 3', 'ab'],
    ['not estimate >= 3', 'cd'],
    ['estimate in 0..3', 'ac'],
    ['estimate between 5.5 and 6', 'b'],
    ['estimate is empty', 'd'],
    ['comments > 0', 'a'],
    ['checklist = 25', 'a'],
    ['checklist = 100', 'b'],
    ['checklist < 100', 'a'],
    ['checklist is empty', 'cd'],
    // dates: b and c are due on dates, a at 00:30 on the 17th in Paris
    ['due = 2026-11-16', 'b'],
    ['due on 2026-11-17', 'ac'],
    ['due before 2026-11-17', 'b'],
    ['due after 2026-11-16', 'ac'],
    ['due <= 2026-11-16', 'b'],
    ['due >= 2026-11-17', 'ac'],
    ['due before 2026-11-16T23:30:00Z', 'bc'],
    ['due on or before 2026-11-16T23:30:00Z', 'abc'],
    ['due is empty', 'd'],
    ['not due before 2026-11-17', 'acd'],
    ['due in the next 1 day', 'abc'],
    ['due in the last 1 day', 'b'],
    ['completed in 2026-11-16..2026-11-30', 'bc'],
    ['completed before 2026-11-16', 'a'],
    ['completed in last 1 days', 'b'],
    ['completed in last 2 days', 'ab'],
    ['completed is not empty', 'abc'],
    ['entered_column is empty', 'abcd'],
    ['created on 2026-01-01', 'abcd'],
    ['updated before 2026-01-01', ''],
    ['start after 2020-01-01', ''],
    // custom fields, by name or by external id, which wins
    ['field:Points >= 3', 'ab'],
    ['field:f1 > 3', 'b'],
    ['field:points = 3', 'a'],
    ['field:points != 3', 'bcd'],
    ['field:Points = three', 'c'],
    ['field:points in 1..5', 'a'],
    ['field:Kind = feature', 'a'],
    ['field:Kind is not feature', 'bcd'],
    ['field:Kind contains "drop table"', 'd'],
    ['field:kind starts with feat', 'a'],
    ['field:Kind in (feature, bug)', 'a'],
    ['field:Kind is empty', 'bc'],
    ['field:Kind is not empty', 'ad'],
    ['field:Signed = true', 'b'],
    ['field:Signed = false', 'c'],
    ['field:Signed is not true', 'acd'],
    ['field:Launch on 2026-11-16', 'ab'],
    ['field:Launch before 2026-11-16T11:00:00Z', 'a'],
    ['field:Launch after 2026-11-16', ''],
    ['field:Launch in last 1 days', 'ab'],
    ['field:"No such field" is empty', 'abcd'],
    // together
    ['label = accepted and not label = wontfix', 'a'],
    ['estimate = 3 or estimate = 0 and presence = archived', 'ac'],
    ['(estimate = 3 or estimate = 0) and presence = archived', 'c'],
    ['not (label = accepted or estimate > 3)', 'd']
  ])('%s → %s', async (typed, found) => {
    const parsed = parse(typed)
    if (!parsed.ok) throw new Error(parsed.error.message)
    expect(await ids(parsed.filter.where)).toBe(found)
    const again = parse(print(parsed.filter))
    expect(again).toEqual({ ok: true, filter: parsed.filter })
  })

  it('what hostile texts say, literally', async () => {
    expect(await ids({ field: 'title', is: 'is', value: HOSTILE })).toBe('b')
    expect(await ids({ field: 'title', is: 'starts_with', value: HOSTILE.slice(0, 9) })).toBe('b')
    expect(await ids({ field: 'column', is: 'is', value: HOSTILE })).toBe('b')
    expect(await ids({ field: 'assignees', is: 'has', value: HOSTILE })).toBe('b')
    expect(await ids({ field: 'field:Kind', is: 'is', value: HOSTILE })).toBe('d')
    expect(await ids({ field: `field:${HOSTILE}`, is: 'is_empty' })).toBe('abcd')
    expect(await ids({ field: 'labels', is: 'has', value: HOSTILE })).toBe('')
  })
})

describe('any filter', () => {
  const texts = fc.constantFrom(
    HOSTILE,
    'Accepted',
    'wontfix',
    'RED',
    'ship',
    'Ship the portal',
    'maria',
    'gone:1',
    'trello:p1',
    'Doing',
    'client portal',
    'Feature',
    'three',
    '',
    ' ',
    '%',
    '\\',
    '"',
    "'",
    '\n',
    '3',
    'true',
    'and'
  )
  const dates = fc.constantFrom(
    '2026-01-01',
    '2026-11-15',
    '2026-11-16',
    '2026-11-17',
    '2026-11-16T11:00:00.000Z',
    '2026-11-16T00:30:00+01:00',
    '2026-11-15T23:00:00Z',
    '1000-01-01',
    '9998-12-31'
  )
  const numbers = fc.oneof(
    fc.constantFrom(0, 3, 5.5, 8, 25, 100, -1),
    fc.double({ noNaN: true, noDefaultInfinity: true })
  )
  const valueShaped = (shape: ValueShape, values: readonly string[] | undefined): fc.Arbitrary<Test['value']> => {
    const one = values ? fc.constantFrom(...values) : fc.oneof(texts, fc.string({ unit: 'grapheme-ascii' }))
    const arbitraries: Record<ValueShape, fc.Arbitrary<Test['value']>> = {
      none: fc.constant(undefined),
      text: one,
      'text*': fc.array(one, { minLength: 1, maxLength: 3 }),
      number: numbers,
      'number range': fc.tuple(numbers, numbers),
      date: dates,
      'date range': fc.tuple(dates, dates),
      days: fc.integer({ min: 1, max: 40 })
    }
    return arbitraries[shape]
  }
  const custom = ['field:Points', 'field:f1', 'field:Kind', 'field:Launch', 'field:Signed', `field:${HOSTILE}`]
  const test = fc
    .constantFrom(
      ...[...fieldNames, ...custom].flatMap((field) =>
        Object.entries(OPERATORS[fieldNamed(field)!.type]).map(([is, shape]) => ({ field, is, shape }))
      )
    )
    .chain(({ field, is, shape }) =>
      valueShaped(shape, fieldNamed(field)!.values).map(
        (value) => ({ field, is, ...(value === undefined ? {} : { value }) }) as Test
      )
    )
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      test,
      fc.record({ not: tie('node') }),
      fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) })
    )
  }))

  it('finds in SQL what a plain evaluation finds', async () => {
    await fc.assert(
      fc.asyncProperty(node, async (where) => {
        const expected = rows.filter((task) => holds(where, task)).map(({ id }) => id)
        expect(await ids(where)).toBe(expected.join(''))
      }),
      { numRuns: 1500 }
    )
  })

  it('and its contrary part the tasks in two', async () => {
    await fc.assert(
      fc.asyncProperty(node, async (where) => {
        const both = (await ids(where)) + (await ids({ not: where }))
        expect([...both].sort().join('')).toBe('abcd')
      }),
      { numRuns: 300 }
    )
  })

  it('is read back from print as it was', async () => {
    await fc.assert(
      fc.asyncProperty(node, async (where) => {
        const printed = print({ v: 1, where })
        const again = parse(printed)
        if (!again.ok) throw new Error(`${printed}\n${again.error.message}`)
        expect(print(again.filter)).toBe(printed)
        expect(rows.map((task) => holds(again.filter.where, task))).toEqual(rows.map((task) => holds(where, task)))
      }),
      { numRuns: 1500 }
    )
  })
})
