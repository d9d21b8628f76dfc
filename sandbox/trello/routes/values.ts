/** Values of a write, checked as Trello does: a wrong one is a 400 that names its parameter. */
import { type Question, text } from '../question.ts'
import { invalidValue } from '../refusal.ts'

/** Longest text of a description or a comment. */
const LONGEST = 16_384

export function checkbox(question: Question, name: string): boolean {
  const value = text(question, name)
  if (value === 'true') return true
  if (value === 'false') return false
  throw invalidValue(name)
}

/** An instant in ISO form, or null for `null` and the empty word. */
export function instant(question: Question, name: string): string | null {
  const value = text(question, name)
  if (value === undefined || value === '' || value === 'null') return null
  const at = Date.parse(value)
  if (Number.isNaN(at)) throw invalidValue(name)
  return new Date(at).toISOString()
}

export function words(question: Question, name: string, least: number): string {
  const value = text(question, name) ?? ''
  if (value.length > LONGEST || value.trim().length < least) throw invalidValue(name)
  return value
}

export function place(question: Question, name: string, or: 'top' | 'bottom'): 'top' | 'bottom' | number {
  const value = text(question, name)
  if (value === undefined) return or
  if (value === 'top' || value === 'bottom') return value
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) throw invalidValue(name)
  return number
}
