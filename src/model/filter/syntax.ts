/**
 * The filter language: one small syntax tree for every place that chooses tasks (rule scopes, custom rules, key-result
 * mappings, saved views, report scopes). Stored as JSON with its version; checked here, compiled in `compile.ts`,
 * typed and read by people in `parse.ts`.
 *
 * `{ v: 1, where: { all: [{ field: 'labels', is: 'has', value: 'Accepted' }, { not: { field: 'estimate', is: 'is_empty' } }] } }`
 */
import { z } from 'zod'
import { type Field, fieldNamed, fieldNames, OPERATORS, type Operator, type ValueShape } from './fields.ts'

export type Value = string | number | boolean | readonly string[] | readonly number[]

/** One question about one field; `is` names the operator. `value` is absent for `is_empty` and `is_not_empty`. */
export interface Test {
  field: string
  is: Operator
  /**
   * Texts compare without regard to case. Dates are ISO: a date (`2026-12-31`, that whole day in the reader's zone) or an
   * instant (`2026-12-31T12:00:00Z`). A range is a pair that includes both its ends.
   */
  value?: Value
}

/** `all: []` is true of every task. */
export type Node = { all: readonly Node[] } | { any: readonly Node[] } | { not: Node } | Test

export const MAX_DEPTH = 20
export const MAX_NODES = 500
const MAX_VALUES = 200
/** Of all lists together: a statement holds at most 65,535 parameters, and a value becomes up to three. */
const MAX_ALL_VALUES = 5000
const MAX_LENGTH = 2000

export const Filter = z.strictObject({
  v: z.literal(1, 'This filter was written by another version of the hub: "v" has to be 1.'),
  // Checked by hand rather than as a union of schemas: an error has to name the field at fault, not every way to fail.
  where: z.unknown().superRefine(checkTree) as unknown as z.ZodType<Node, Node>
})
export interface Filter {
  v: 1
  where: Node
}

/** What is wrong with a test, in words for the person who wrote it; null when nothing is. */
export function problemOf(test: Test): { part: 'field' | 'is' | 'value'; message: string } | null {
  const field = fieldNamed(test.field)
  if (field === undefined || test.field.length > MAX_LENGTH || !isStorable(test.field)) {
    const message = `Unknown field ${quoted(test.field)}. Fields: ${fieldNames.join(', ')}, or field:<name of a custom field>.`
    return { part: 'field', message }
  }
  const operators = OPERATORS[field.type]
  const shape = Object.hasOwn(operators, test.is) ? operators[test.is] : undefined
  if (shape === undefined) {
    const message = `${quoted(test.field)} has no operator ${quoted(test.is)}. Operators: ${Object.keys(operators).join(', ')}.`
    return { part: 'is', message }
  }
  const message = valueProblem(field, test, shape)
  return message === null ? null : { part: 'value', message }
}

function checkTree(root: unknown, context: z.RefinementCtx): void {
  for (const { path, message } of problems(root)) context.addIssue({ code: 'custom', path, message })
}

interface Place {
  node: unknown
  path: PropertyKey[]
  depth: number
}

interface Problem {
  path: PropertyKey[]
  message: string
}

/** Walks with a list of its own instead of the stack: what arrives may be nested as deep as its sender likes. */
function* problems(root: unknown): Generator<Problem> {
  const waiting: Place[] = [{ node: root, path: [], depth: 1 }]
  let values = 0
  for (let place = waiting.pop(), nodes = 1; place !== undefined; place = waiting.pop(), nodes++) {
    if (nodes + waiting.length > MAX_NODES) {
      yield { path: [], message: `This filter has more than ${MAX_NODES} parts. Split it in two.` }
      return
    }
    if (place.depth > MAX_DEPTH) {
      yield { path: place.path, message: `This filter is nested more than ${MAX_DEPTH} levels deep. Flatten it.` }
      return
    }
    if (isObject(place.node) && Array.isArray(place.node.value)) values += place.node.value.length
    if (values > MAX_ALL_VALUES) {
      yield { path: [], message: `This filter names more than ${MAX_ALL_VALUES} values. Split it in two.` }
      return
    }
    const found =
      isObject(place.node) && 'field' in place.node ? testProblem(place.node, place.path) : childrenOf(place)
    if (Array.isArray(found)) for (const child of found) waiting.push(child)
    else if (found !== null) yield found
  }
}

function childrenOf({ node, path, depth }: Place): Place[] | Problem {
  if (!isObject(node)) return { path, message: `A condition is an object: ${SHAPES}.` }
  const [[key, value] = ['', undefined], ...more] = Object.entries(node)
  if (more.length > 0 || !['all', 'any', 'not'].includes(key)) {
    const keys = Object.keys(node).slice(0, 5).map(quoted).join(', ')
    return { path, message: `A condition is one of ${SHAPES}; this one has ${keys || 'nothing'}.` }
  }
  const here = [...path, key]
  if (key === 'not') return [{ node: value, path: here, depth: depth + 1 }]
  if (!Array.isArray(value)) return { path: here, message: `"${key}" takes a list of conditions.` }
  if (key === 'any' && value.length === 0)
    return { path: here, message: '"any" of nothing is never true. Add a condition or leave it out.' }
  return value.map((child, index) => ({ node: child, path: [...here, index], depth: depth + 1 }))
}

const SHAPES = '{"all": […]}, {"any": […]}, {"not": …}, {"field": …, "is": …, "value": …}'

function testProblem(test: Record<string, unknown>, path: PropertyKey[]): Problem | null {
  const unknown = Object.keys(test).find((key) => !['field', 'is', 'value'].includes(key))
  if (unknown !== undefined)
    return {
      path: [...path, unknown],
      message: `${quoted(unknown)} is not known here. A test has "field", "is" and "value".`
    }
  if (typeof test.field !== 'string') return { path: [...path, 'field'], message: '"field" is the name of a field.' }
  if (typeof test.is !== 'string') return { path: [...path, 'is'], message: '"is" is the name of an operator.' }
  const problem = problemOf(test as unknown as Test)
  return problem === null ? null : { path: [...path, problem.part], message: problem.message }
}

function valueProblem(field: Field, { field: name, is, value }: Test, shape: ValueShape): string | null {
  const takes = (what: string) => `${quoted(name)} ${is} takes ${what}.`
  switch (shape) {
    case 'none':
      return value === undefined ? null : `${takes('no value')} Leave it out.`
    case 'text':
      if (field.type === 'custom' && typeof value === 'boolean' && (is === 'is' || is === 'is_not')) return null
      return isText(value) ? unknownChoice(field, [value]) : takes(`a text of up to ${MAX_LENGTH} characters`)
    case 'text*':
      if (!isListOf(value, isText) || value.length === 0 || value.length > MAX_VALUES)
        return takes(`a list of 1 to ${MAX_VALUES} texts`)
      return unknownChoice(field, value)
    case 'number':
      return isNumber(value) ? null : takes('a number')
    case 'number range':
      return isListOf(value, isNumber) && value.length === 2 ? null : takes('a pair of numbers')
    case 'date':
      return isDate(value) ? null : takes(A_DATE)
    case 'date range':
      if (isListOf(value, isDate) && value.length === 2) return null
      if (field.type === 'custom')
        return isListOf(value, isNumber) && value.length === 2 ? null : takes('a pair of numbers or of dates')
      return takes(`a pair of dates, each ${A_DATE}`)
    case 'days':
      return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 3660
        ? null
        : takes('a whole number of days, 1 to 3660')
  }
}

function unknownChoice({ name, values }: Field, asked: readonly string[]): string | null {
  const unknown = values && asked.find((value) => !values.includes(value))
  return unknown === undefined ? null : `${quoted(unknown)} is no ${name}. Possible: ${values!.join(', ')}.`
}

const A_DATE = 'a date such as 2026-12-31, or an instant such as 2026-12-31T12:00:00Z'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_LENGTH && isStorable(value)
const isListOf = <T>(value: unknown, is: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(is)

/** PostgreSQL knows no NUL in a text. */
const isStorable = (text: string): boolean => !text.includes('\0')

const IsoDate = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
/** Between the years 1000 and 9998, so that no zone moves it out of the four digits. */
const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^[1-9]\d{3}-/.test(value) &&
  !value.startsWith('9999') &&
  IsoDate.safeParse(value).success

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
