/**
 * Which tasks a list is of, for everything that lists, counts or groups them: a filter, open findings, words that are searched for. One condition over the
 * relation `t`, so that a list, its total and its groups never tell of different tasks.
 */
import { z } from 'zod'
import { seen, type Who } from '../../access/who.ts'
import { json, type SQL, sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { compile } from '../../model/filter/compile.ts'
import { fieldNamed, type Operator } from '../../model/filter/fields.ts'
import { parse } from '../../model/filter/parse.ts'
import { Filter, type Node, type Test } from '../../model/filter/syntax.ts'
import { Refusal } from '../operation.ts'
import { holding } from './searchWords.ts'

export const which = {
  filter: z
    .string()
    .max(20_000)
    .optional()
    .describe('For example: category = doing and assignees is empty; or the same as a JSON tree. “me” is who asks'),
  finding: z
    .string()
    .max(2000)
    .optional()
    .describe('Open findings: any, none, or ids of rules with commas between them'),
  search: z.string().max(200).optional().describe('Words in titles, descriptions, labels or names of assignees'),
  presence: z
    .enum(['any', 'present'])
    .default('any')
    .describe('present: neither archived, nor deleted, nor out of sight')
}

export type Which = { [K in keyof typeof which]?: z.output<(typeof which)[K]> | undefined }

/** A filter as people type it, or as its JSON tree; refuses with the place that is wrong. */
export function readFilter(text: string): Filter {
  if (text.trimStart().startsWith('{')) return readTree(text)
  const parsed = parse(text)
  if (!parsed.ok)
    throw new Refusal(
      422,
      'bad_filter',
      `The filter cannot be read at character ${parsed.error.at + 1}: ${parsed.error.message}`
    )
  return parsed.filter
}

function readTree(text: string): Filter {
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch {
    throw new Refusal(422, 'bad_filter', 'The filter begins like a JSON tree but is none.')
  }
  const isWhole = typeof tree === 'object' && tree !== null && 'v' in tree
  const checked = Filter.safeParse(isWhole ? tree : { v: 1, where: tree })
  if (checked.success) return checked.data
  throw new Refusal(422, 'bad_filter', `The filter cannot be read: ${checked.error.issues[0]?.message}`)
}

/** The condition. It keeps to the projects they see. */
export async function whichTasks(hub: Hub, who: Who, { filter, finding, search, presence }: Which): Promise<SQL> {
  const parts = [seen(who, sql`t.project_id`)]
  if (presence === 'present') parts.push(sql`t.presence = 'present'`)
  if (filter !== undefined && filter.trim() !== '') parts.push(await filtered(hub, who, readFilter(filter)))
  if (finding !== undefined && finding !== '') parts.push(found(finding))
  if (search !== undefined) parts.push(...holding(search))
  return sql.join(parts, sql` and `)
}

async function filtered(hub: Hub, who: Who, filter: Filter): Promise<SQL> {
  const accounts = await accountsOf(hub, who, namesIn(filter.where))
  const where = accounts.size === 0 ? filter.where : withAccounts(filter.where, accounts)
  return compile({ v: 1, where }, { now: hub.now(), zone: hub.zone })
}

function found(finding: string): SQL {
  const open = (rule: SQL): SQL =>
    sql`exists (select 1 from findings f where f.task_id = t.id and f.closed_at is null ${rule})`
  if (finding === 'any') return open(sql``)
  if (finding === 'none') return sql`not ${open(sql``)}`
  const rules = finding.split(',').map((rule) => rule.trim())
  return open(
    sql`and f.rule in (${sql.join(
      rules.map((rule) => sql`${rule}`),
      sql`, `
    )})`
  )
}

/** What the language calls people by is an account; here a person's own name stands for all of their accounts, and “me” for the reader's. */
async function accountsOf(hub: Hub, who: Who, names: readonly string[]): Promise<Map<string, string[]>> {
  if (names.length === 0) return new Map()
  const rows = await hub.db.rows<{ name: string; id: string }>(sql`
    select lower(p.name) as name, i.id from people p join identities i on i.person_id = p.id
    where lower(p.name) = any(array(select lower(jsonb_array_elements_text(${json(names)}))))
    union all
    select 'me', i.id from users u join identities i on i.person_id = u.person_id
    where u.id = ${who.id} and 'me' = any(array(select lower(jsonb_array_elements_text(${json(names)}))))`)
  const accounts = new Map<string, string[]>()
  for (const { name, id } of rows) accounts.set(name, [...(accounts.get(name) ?? []), id])
  return accounts
}

const NAMES_PEOPLE = new Set(['people', 'person'])
const MANY: Partial<Record<Operator, Operator>> = { has: 'has_any', is: 'in', is_not: 'not_in' }

const namesPeople = (test: Test): boolean =>
  test.value !== undefined && NAMES_PEOPLE.has(fieldNamed(test.field)?.type ?? '')

function namesIn(node: Node): string[] {
  if ('all' in node) return node.all.flatMap(namesIn)
  if ('any' in node) return node.any.flatMap(namesIn)
  if ('not' in node) return namesIn(node.not)
  return namesPeople(node) ? [node.value].flat().map(String) : []
}

function withAccounts(node: Node, accounts: ReadonlyMap<string, string[]>): Node {
  if ('all' in node) return { all: node.all.map((child) => withAccounts(child, accounts)) }
  if ('any' in node) return { any: node.any.map((child) => withAccounts(child, accounts)) }
  if ('not' in node) return { not: withAccounts(node.not, accounts) }
  if (!namesPeople(node)) return node
  const names = [node.value].flat().map(String)
  return {
    ...node,
    is: MANY[node.is] ?? node.is,
    value: names.flatMap((name) => [name, ...(accounts.get(name.toLowerCase()) ?? [])])
  }
}
