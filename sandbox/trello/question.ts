/** What a request asks for, read out of its query and body, with Trello's defaults and its refusals. */
import type { Account } from './accounts.ts'
import type { Board } from './board.ts'
import type { CardEntry, Row } from './facts.ts'
import type { Hooks } from './hooks.ts'
import { createdAt, isId } from './ids.ts'
import { invalidId, invalidValue, notFound } from './refusal.ts'
import type { World } from './world.ts'

export type Fields = 'all' | readonly string[]

/** A request that is known, allowed and paid for. */
export interface Question {
  world: World
  account: Account
  hooks: Hooks
  method: string
  /** Values of the path's placeholders. */
  path: Readonly<Record<string, string>>
  /** Query, form and JSON body as one; later ones win. Values of a JSON body keep their types. */
  input: ReadonlyMap<string, unknown>
  /** Asks again in the same name, as a batch does. */
  again(path: string): Promise<Reply>
}

export interface Reply {
  status: number
  type: 'json' | 'text'
  body: string
}

export const json = (body: string): Reply => ({ status: 200, type: 'json', body })

export function text(question: Question, name: string): string | undefined {
  const value = question.input.get(name)
  return value === undefined || value === null ? undefined : String(value)
}

/** Comma-separated names; `all` stays `all`. */
export function fields(question: Question, name: string, or: Fields = 'all'): Fields {
  const value = text(question, name)
  if (value === undefined) return or
  return value === 'all' ? 'all' : value.split(',').map((field) => field.trim())
}

export function list(value: unknown, name: string): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')
  const ids = items.map((item) => item.trim()).filter((item) => item !== '')
  if (!ids.every(isId)) throw invalidValue(name)
  return ids
}

export function flag(question: Question, name: string, or = false): boolean {
  const value = text(question, name)
  return value === undefined ? or : value === 'true' || value === '1'
}

export function choice<T extends string>(question: Question, name: string, of: readonly T[], or: NoInfer<T>): T {
  const value = text(question, name) ?? or
  if (!of.includes(value as T)) throw invalidValue(name)
  return value as T
}

/** A whole number between 0 and `most`. */
export function amount(question: Question, name: string, or: number, most: number): number {
  const value = text(question, name)
  if (value === undefined) return or
  const number = Number(value)
  if (value.trim() === '' || !Number.isInteger(number) || number < 0 || number > most) throw invalidValue(name)
  return number
}

/** `before` and `since`: an id stands for the moment it was made, unless the thing itself is known. */
export type Bound = { at: number; id: string | null }

export function bound(question: Question, name: string): Bound | null {
  const value = text(question, name)
  if (value === undefined || value === '') return null
  if (isId(value)) return { at: createdAt(value), id: value }
  const at = Date.parse(value)
  if (Number.isNaN(at)) throw invalidValue(name)
  return { at, id: null }
}

/** The board of the path, if this account may see it. */
export function boardHere(question: Question, id = question.path.id!): Board {
  const board = question.world.findBoard(id)
  if (!board || !question.world.canSee(board, question.account.member.id)) throw notFound()
  return board
}

export function cardHere(question: Question, id = question.path.id!): { card: CardEntry; board: Board } {
  const card = question.world.findCard(id)
  if (!card) throw notFound()
  return { card, board: boardHere(question, card.facts.idBoard) }
}

export function idOf(question: Question, name: string): string {
  const value = text(question, name)
  if (value === undefined) throw invalidValue(name)
  if (!isId(value)) throw invalidId()
  return value
}

/** The part of a row that was asked for; the id always comes along. */
export function project(row: Row, asked: Fields): Row {
  if (asked === 'all') return row
  const part: Row = { id: row.id }
  for (const field of asked) if (row[field] !== undefined) part[field] = row[field]
  return part
}
