import { describe, expect, it } from 'vitest'
import { Filter, MAX_DEPTH, MAX_NODES, type Node } from './syntax.ts'

describe('the schema refuses', () => {
  const nested = (depth: number): Node => (depth === 1 ? { all: [] } : { not: nested(depth - 1) })
  const wide = (count: number): Node => ({ all: Array.from({ length: count }, () => ({ all: [] })) })

  it.each<[string, unknown, RegExp, PropertyKey[]]>([
    [
      'an unknown field',
      { all: [{ field: 'lable', is: 'has', value: 'x' }] },
      /^Unknown field "lable"\. Fields: tool, project, .*checklist, or field:<name of a custom field>\.$/,
      ['where', 'all', 0, 'field']
    ],
    [
      'an inherited name',
      { field: 'constructor', is: 'is', value: 'x' },
      /^Unknown field "constructor"/,
      ['where', 'field']
    ],
    [
      'an unknown operator',
      { field: 'labels', is: 'before', value: 'x' },
      /^"labels" has no operator "before"\. Operators: has, has_any, has_none, is_empty, is_not_empty\.$/,
      ['where', 'is']
    ],
    [
      'an inherited operator',
      { field: 'labels', is: 'toString', value: 'x' },
      /no operator "toString"/,
      ['where', 'is']
    ],
    [
      'a value of the wrong kind',
      { field: 'estimate', is: '>=', value: '3' },
      /^"estimate" >= takes a number\.$/,
      ['where', 'value']
    ],
    [
      'a value too many',
      { field: 'due', is: 'is_empty', value: 1 },
      /^"due" is_empty takes no value\./,
      ['where', 'value']
    ],
    [
      'a day there is not',
      { field: 'due', is: 'before', value: '2026-02-30' },
      /takes a date such as 2026-12-31/,
      ['where', 'value']
    ],
    [
      'a word of no choice',
      { field: 'category', is: 'in', value: ['done', 'finished'] },
      /^"finished" is no category\. Possible: backlog, todo, doing,/,
      ['where', 'value']
    ],
    [
      'an empty list',
      { field: 'labels', is: 'has_any', value: [] },
      /takes a list of 1 to 200 texts/,
      ['where', 'value']
    ],
    ['a NUL', { field: 'title', is: 'is', value: 'a\0b' }, /takes a text/, ['where', 'value']],
    ['any of nothing', { any: [] }, /^"any" of nothing is never true/, ['where', 'any']],
    ['two shapes at once', { all: [], not: { all: [] } }, /this one has "all", "not"\.$/, ['where']],
    ['a stray key', { field: 'title', is: 'is', value: 'x', sql: '1=1' }, /^"sql" is not known here/, ['where', 'sql']],
    ['no object', { all: ['1=1'] }, /^A condition is an object/, ['where', 'all', 0]],
    [
      'too deep a nest',
      nested(MAX_DEPTH + 1),
      /nested more than 20 levels deep/,
      ['where', ...Array(MAX_DEPTH).fill('not')]
    ],
    [
      'a hundred thousand levels',
      JSON.parse(`${'{"not":'.repeat(100_000)}{"all":[]}${'}'.repeat(100_000)}`),
      /nested more than 20/,
      ['where', ...Array(MAX_DEPTH).fill('not')]
    ],
    [
      'too many values',
      { all: Array(26).fill({ field: 'labels', is: 'has_any', value: Array(200).fill('x') }) },
      /more than 5000 values/,
      ['where']
    ],
    ['too many parts', wide(MAX_NODES), /more than 500 parts/, ['where']]
  ])('%s', (_what, where, message, path) => {
    const [issue] = Filter.safeParse({ v: 1, where }).error!.issues
    expect(issue!.message).toMatch(message)
    expect(issue!.path).toEqual(path)
  })

  it('another version', () => {
    expect(Filter.safeParse({ v: 2, where: { all: [] } }).error!.issues[0]!.message).toMatch(/another version/)
  })

  it('nothing at the limits themselves', () => {
    expect(Filter.safeParse({ v: 1, where: nested(MAX_DEPTH) }).success).toBe(true)
    expect(Filter.safeParse({ v: 1, where: wide(MAX_NODES - 1) }).success).toBe(true)
  })
})
