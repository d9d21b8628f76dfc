/** What a language has to say in a note. Sentences start in lower case: they may follow the people they speak to. */
import { type Inline, text } from '../../model/richText.ts'

export type NoteRule = 'missing-deadline' | 'no-assignee' | 'stale-doing' | 'overdue'

export interface StaleWords {
  column: Inline
  /** Working days. */
  age: number
  /** The age is only a lower bound. */
  atLeast: boolean
  since: string
}

export interface OverdueWords {
  due: string
  /** Working days; 0 when none has passed since. */
  age: number
}

export interface NoteWords {
  /** Between the people spoken to and the sentence. */
  address: string
  rule: Record<NoteRule, string>
  /** One finding, as prose. */
  stale(facts: StaleWords & { limit: string }): Inline[]
  overdue(facts: OverdueWords): Inline[]
  noDeadline(removed: string | null): Inline[]
  noAssignee(): Inline[]
  /** What would help, after the prose. */
  help: Record<NoteRule, string>
  /** Several findings: the head line, with the number spelled, and one line each. */
  several(count: number): string
  staleLine(facts: StaleWords): Inline[]
  overdueLine(facts: OverdueWords): Inline[]
  noDeadlineLine(removed: string | null): Inline[]
  noAssigneeLine: string
  andMore(count: number): string
  /** Steps that would help, as nouns, and the sentence around their list. */
  step: Record<NoteRule, string>
  steps(list: string): string
  whyThisNote: string
  reference: string
  updated(moment: string): string
  allClear: {
    since(moment: string): Inline[]
    done: string
    moved(column: Inline | null): Inline[]
    due(day: string | null): string
    assigned: string
    thanks(names: string): string
    whatWasOpen: string
  }
}

/**
 * A sentence with parts of its own kind inside: say`in ${bold(column)} since ${day}.` A date that ends in a full stop
 * ("Nov.") is not given a second one.
 */
export function say(words: TemplateStringsArray, ...parts: (string | Inline)[]): Inline[] {
  const inlines: Inline[] = []
  const add = (piece: string) => {
    const last = inlines.at(-1)
    if (last?.kind !== 'text') inlines.push(text(piece))
    else last.text += last.text.endsWith('.') && piece.startsWith('.') ? piece.slice(1) : piece
  }
  words.forEach((literal, at) => {
    if (literal) add(literal)
    const part = parts[at]
    if (typeof part === 'string') add(part)
    else if (part) inlines.push({ ...part })
  })
  return inlines
}
