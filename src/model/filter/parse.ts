/**
 * The filter as people type it, and back:
 *
 * `label = "Accepted" and field:Points >= 3 and completed in 2026-10-01..2026-12-31 and not label in (wontfix, duplicate)`
 *
 * `not` binds tighter than `and`, `and` tighter than `or`; parentheses group; `everything` is true of every task. For every
 * checked filter, `parse(print(filter))` means the same.
 */
import { type Field, fieldNamed, fieldNames, OPERATORS, type Operator, type ValueShape } from './fields.ts'
import { inQuotes, SyntaxProblem, type Token, tokens } from './lex.ts'
import { Filter, MAX_DEPTH, type Node, problemOf, type Test, type Value } from './syntax.ts'

/** `at` counts characters from 0, into the typed text. */
export type Parsed = { ok: true; filter: Filter } | { ok: false; error: { at: number; message: string } }

export function parse(text: string): Parsed {
  try {
    const reader = new Reader(tokens(text))
    const checked = Filter.safeParse({ v: 1, where: reader.filter() })
    if (checked.success) return { ok: true, filter: checked.data }
    return { ok: false, error: { at: 0, message: checked.error.issues[0]!.message } }
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return { ok: false, error: { at: problem.at, message: problem.message } }
    throw problem
  }
}

export function print(filter: Filter): string {
  return written(filter.where, 'or')
}

/** People write one, the schema says the other. */
const ALIASES: Record<string, string> = {
  label: 'labels',
  assignee: 'assignees',
  list: 'column',
  due_date: 'due',
  comments: 'comment_count',
  points: 'estimate'
}

/** The operators as typed, longest first, and what each is for the kinds of fields that know it. */
const SPELLINGS: readonly [words: string, ...operators: Operator[]][] = [
  ['is not empty', 'is_not_empty'],
  ['is empty', 'is_empty'],
  ['has any', 'has_any'],
  ['has none', 'has_none'],
  ['not in', 'not_in', 'has_none'],
  ['is not', 'is_not', 'has_none', '!='],
  ['starts with', 'starts_with'],
  ['in the last', 'in_last_days'],
  ['in the next', 'in_next_days'],
  ['in last', 'in_last_days'],
  ['in next', 'in_next_days'],
  ['on or before', 'on_or_before'],
  ['on or after', 'on_or_after'],
  ['has', 'has'],
  ['contains', 'contains'],
  ['before', 'before'],
  ['after', 'after'],
  ['between', 'between'],
  ['on', 'between'],
  ['in', 'in', 'has_any', 'between'],
  ['is', 'is', 'has', '='],
  ['=', 'is', 'has', '=', 'between'],
  ['!=', 'is_not', 'has_none', '!='],
  ['<=', '<=', 'on_or_before'],
  ['>=', '>=', 'on_or_after'],
  ['<', '<', 'before'],
  ['>', '>', 'after']
]

const KEYWORDS = new Set(['and', 'or', 'not', 'everything'])

class Reader {
  #tokens: readonly Token[]
  #next = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  filter(): Node {
    if (this.#isDone())
      throw new SyntaxProblem(0, 'Nothing to filter by. Write a condition such as label = "Accepted", or everything.')
    const node = this.#either(1)
    if (!this.#isDone()) throw this.#unexpected('Join conditions with and, or; put texts of several words in quotes.')
    return node
  }

  #isDone(): boolean {
    return this.#peek.kind === 'end'
  }

  get #peek(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!
  }

  #either(depth: number): Node {
    const nodes = [this.#both(depth)]
    while (this.#took('or')) nodes.push(this.#both(depth))
    return nodes.length === 1 ? nodes[0]! : { any: nodes }
  }

  #both(depth: number): Node {
    const nodes = [this.#one(depth)]
    while (this.#took('and')) nodes.push(this.#one(depth))
    return nodes.length === 1 ? nodes[0]! : { all: nodes }
  }

  #one(depth: number): Node {
    if (depth > MAX_DEPTH)
      throw new SyntaxProblem(this.#peek.at, `This filter is nested more than ${MAX_DEPTH} levels deep. Flatten it.`)
    if (this.#took('not')) return { not: this.#one(depth + 1) }
    if (this.#took('everything')) return { all: [] }
    if (!this.#took('(')) return this.#test()
    const node = this.#either(depth + 1)
    if (!this.#took(')')) throw this.#unexpected('Close the parenthesis with ).')
    return node
  }

  #test(): Test {
    const name = this.#peek
    if (name.kind !== 'word') throw this.#unexpected('Write the name of a field here.')
    this.#next++
    const lower = name.text.toLowerCase()
    const field = fieldNamed(name.text) ?? fieldNamed(ALIASES[lower] ?? lower)
    if (field === undefined)
      throw new SyntaxProblem(
        name.at,
        `Unknown field "${name.text}". Fields: ${fieldNames.join(', ')}, or field:<name of a custom field>.`
      )
    const from = this.#peek.at
    const { words, operators } = this.#operators(field)
    const valueAt = this.#peek.at
    const typed = this.#value(field, words, operators)
    const is = fitting(operators, typed)
    const test = { field: field.name, is, ...valued(OPERATORS[field.type][is]!, typed) } as Test
    const problem = problemOf(test)
    if (problem !== null) throw new SyntaxProblem(problem.part === 'value' ? valueAt : from, problem.message)
    return test
  }

  /** The words that stand here, and the operators the field knows among those they may mean. */
  #operators(field: Field): { words: string; operators: Operator[] } {
    const at = this.#peek.at
    const known = Object.keys(OPERATORS[field.type])
    const possible = SPELLINGS.filter(([, ...operators]) => operators.some((operator) => known.includes(operator)))
    const fits = possible.find(([words]) => this.#tookAll(words.split(' ')))
    if (fits === undefined)
      throw new SyntaxProblem(at, `Write how to compare ${field.name}: ${possible.map(([words]) => words).join(', ')}.`)
    const [words, ...operators] = fits
    return { words, operators: operators.filter((operator) => known.includes(operator)) }
  }

  #value(field: Field, words: string, operators: readonly Operator[]): Typed {
    const shapes = operators.map((operator) => OPERATORS[field.type][operator])
    if (shapes.includes('none')) return { kind: 'none', items: [] }
    const at = this.#peek.at
    if (shapes.includes('text*') && this.#took('(')) {
      const items = [this.#scalar(field)]
      while (this.#took(',')) items.push(this.#scalar(field))
      if (!this.#took(')')) throw this.#unexpected('Part the values with commas and close the list with ).')
      return { kind: 'list', items: items.map(String) }
    }
    const first = this.#scalar(field)
    if (shapes.includes('days') && !this.#took('days') && !this.#took('day'))
      throw this.#unexpected('Say how many days: 7 days.')
    if (operators.includes('between') && (this.#took('..') || (words === 'between' && this.#took('and'))))
      return { kind: 'range', items: [first, this.#scalar(field)] }
    if (operators.length === 1 && shapes[0]?.endsWith('range') && words !== 'on' && words !== '=')
      throw new SyntaxProblem(at, `Write both ends of the range: ${words} ${String(first)}..${String(first)}.`)
    return { kind: 'one', items: [first] }
  }

  #scalar(field: Field): string | number | boolean {
    const token = this.#peek
    if (token.kind !== 'word' && token.kind !== 'text')
      throw this.#unexpected('Write a value here, in quotes if it is more than one word.')
    if (token.kind === 'word' && KEYWORDS.has(token.text.toLowerCase()))
      throw new SyntaxProblem(
        token.at,
        `A value is missing before "${token.text}". If this is the value, put it in quotes.`
      )
    this.#next++
    if (token.kind === 'text') return token.text
    if (field.values?.includes(token.text.toLowerCase())) return token.text.toLowerCase()
    const isText = !['number', 'date', 'custom'].includes(field.type)
    if (!isText && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(token.text)) return Number(token.text)
    if (field.type === 'custom' && /^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true'
    return token.text
  }

  #took(word: string): boolean {
    return this.#tookAll([word])
  }

  #tookAll(words: readonly string[]): boolean {
    const here = this.#tokens.slice(this.#next, this.#next + words.length)
    const taken = words.every((word, index) => here[index]?.kind !== 'text' && here[index]?.text.toLowerCase() === word)
    if (taken) this.#next += words.length
    return taken
  }

  #unexpected(advice: string): SyntaxProblem {
    const { kind, text, at } = this.#peek
    return new SyntaxProblem(
      at,
      `${kind === 'end' ? 'The filter ends too early.' : `"${text}" is not expected here.`} ${advice}`
    )
  }
}

/** What stands behind an operator. */
interface Typed {
  kind: 'none' | 'one' | 'list' | 'range'
  items: readonly (string | number | boolean)[]
}

/** Of the operators that share a spelling, the one the value is made for: `= 3` is a number, `= "3"` a text. */
function fitting(operators: readonly Operator[], { kind, items }: Typed): Operator {
  const isDate = /^\d{4}-\d\d-\d\d/.test(String(items[0]))
  const wanted = operators.find((operator) => {
    if (operator === 'between') return kind === 'range'
    if (/^[<>!=]/.test(operator)) return typeof items[0] === 'number'
    return /before|after/.test(operator) && isDate
  })
  return wanted ?? operators[0]!
}

function valued(shape: ValueShape, { kind, items }: Typed): { value?: Value } {
  if (kind === 'none') return {}
  if (shape.endsWith('range')) return { value: (kind === 'one' ? [items[0], items[0]] : items) as Value }
  return { value: (shape === 'text*' || kind !== 'one' ? items.map(String) : items[0]) as Value }
}

function written(node: Node, within: 'or' | 'and' | 'not'): string {
  if ('not' in node) return `not ${written(node.not, 'not')}`
  if (!('all' in node || 'any' in node)) return writtenTest(node)
  const [nodes, word] = 'all' in node ? [node.all, 'and' as const] : [node.any, 'or' as const]
  if (nodes.length === 0) return 'everything'
  if (nodes.length === 1) return written(nodes[0]!, within)
  const joined = nodes.map((child) => written(child, 'not')).join(` ${word} `)
  const isBare = within === 'or' || (within === 'and' && word === 'and')
  return isBare ? joined : `(${joined})`
}

function writtenTest({ field, is, value }: Test): string {
  const name = field.startsWith('field:') ? `field:${inQuotes(field.slice('field:'.length))}` : field
  const type = fieldNamed(field)?.type
  const one = (item: unknown): string =>
    typeof item !== 'string' || type === 'date' || type === 'choice' ? String(item) : inQuotes(item)
  const all = Array.isArray(value) ? value : [value]
  switch (is) {
    case 'is_empty':
    case 'is_not_empty':
      return `${name} ${is.replaceAll('_', ' ')}`
    case 'in_last_days':
    case 'in_next_days':
      return `${name} in the ${is.slice(3, 7)} ${value} days`
    case 'between':
      return `${name} between ${one(all[0])} and ${one(all[1])}`
    case 'in':
    case 'not_in':
    case 'has_any':
    case 'has_none':
      return `${name} ${is.replaceAll('_', ' ')} (${all.map(one).join(', ')})`
    case 'is':
      return `${name} = ${one(value)}`
    case 'is_not':
      return `${name} != ${one(value)}`
    default:
      return `${name} ${is.replaceAll('_', ' ')} ${one(value)}`
  }
}
