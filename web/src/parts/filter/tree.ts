/**
 * The filter language's tree (`{ all }`, `{ any }`, `{ not }`, `{ field, is, value }`) as pills, in words, and as the query that react-querybuilder edits.
 * What a field knows and which shape an operator's value has is told by the API.
 */
import type { RuleGroupType, RuleType } from 'react-querybuilder'
import type { Output } from '../../api/query.ts'
import { tasksWords as words } from '../../words/tasks.ts'
import { type Clock, shortDay } from '../../words/time.ts'

export type Field = Output<'get', '/api/filters/fields'>['fields'][number]

export interface Test {
  field: string
  is: string
  value?: string | number | boolean | readonly (string | number)[]
}
export type Node = { all: readonly Node[] } | { any: readonly Node[] } | { not: Node } | Test

/** Each of these has to hold: a pill. */
export const pillsOf = (node: Node): readonly Node[] => ('all' in node ? node.all : [node])

export const fieldName = (field: string): string => words.fields[field] ?? field.replace('field:', '')

/** The two halves of a pill. */
export function said(node: Node, clock: Clock): { name: string; value: string } {
  if ('not' in node) {
    const { name, value } = said(node.not, clock)
    return { name, value: words.not(value) }
  }
  if ('all' in node || 'any' in node) {
    const [nodes, word] = 'all' in node ? [node.all, words.both] : [node.any, words.either]
    if (nodes.length === 0) return { name: words.filter, value: words.everything }
    const each = nodes.map((child) => said(child, clock))
    const names = new Set(each.map(({ name }) => name))
    return names.size === 1
      ? { name: each[0]?.name ?? '', value: each.map(({ value }) => value).join(` ${word} `) }
      : { name: words.several, value: each.map(({ name, value }) => `${name} ${value}`).join(` ${word} `) }
  }
  return { name: fieldName(node.field), value: saidTest(node, clock) }
}

function saidTest({ is, value }: Test, clock: Clock): string {
  const operator = words.operators[is] ?? is
  if (value === undefined) return operator
  const values = [value].flat().map((one) => saidValue(String(one), clock))
  if (is.endsWith('_days')) return words.days(is, values.join())
  if (is === 'between')
    return values[0] === values[1] ? (values[0] ?? '') : words.between(values[0] ?? '', values[1] ?? '')
  return words.silent.has(is) ? values.join(', ') : `${operator} ${values.join(', ')}`
}

const saidValue = (value: string, clock: Clock): string =>
  /^\d{4}-\d\d-\d\d$/.test(value) ? shortDay(value, clock) : (words.values[value] ?? value)

type Group = RuleGroupType<RuleType, 'and' | 'or'>

export function toQuery(node: Node): Group {
  const one = toPart(node)
  return 'rules' in one ? one : { combinator: 'and', rules: [one] }
}

function toPart(node: Node): Group | RuleType {
  if ('not' in node) {
    const inner = toPart(node.not)
    return 'rules' in inner ? { ...inner, not: true } : { combinator: 'and', not: true, rules: [inner] }
  }
  if ('all' in node) return { combinator: 'and', rules: node.all.map(toPart) }
  if ('any' in node) return { combinator: 'or', rules: node.any.map(toPart) }
  return { field: node.field, operator: node.is, value: node.value ?? '' }
}

/** Null while it says nothing: no condition is complete yet. */
export function fromQuery(query: Group, fields: ReadonlyMap<string, Field>): Node | null {
  const nodes = query.rules.map((part) => ('rules' in part ? fromQuery(part as Group, fields) : fromRule(part, fields)))
  const whole = nodes.filter((node) => node !== null)
  if (whole.length === 0) return null
  const [first] = whole
  const node: Node = whole.length === 1 && first ? first : query.combinator === 'or' ? { any: whole } : { all: whole }
  return query.not ? { not: node } : node
}

export const takes = (field: Field | undefined, operator: string): string =>
  field?.operators.find(({ is }) => is === operator)?.takes ?? 'text'

function fromRule({ field, operator, value }: RuleType, fields: ReadonlyMap<string, Field>): Test | null {
  const shape = takes(fields.get(field), operator)
  if (shape === 'none') return { field, is: operator }
  const given = [value]
    .flat()
    .flatMap((one) => (shape === 'text*' && typeof one === 'string' ? one.split(',') : [one]))
    .map((one) => (typeof one === 'string' ? one.trim() : one))
    .filter((one) => one !== '' && one !== null && one !== undefined)
  if (given.length === 0) return null
  if (shape === 'text*') return { field, is: operator, value: given.map(String) }
  if (shape.endsWith('range')) {
    if (given.length < 2) return null
    const read = (one: unknown) => (shape.startsWith('number') ? Number(one) : String(one))
    return { field, is: operator, value: given.slice(0, 2).map(read) }
  }
  return { field, is: operator, value: shape === 'number' || shape === 'days' ? Number(given[0]) : String(given[0]) }
}
