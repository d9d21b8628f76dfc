import type { Category } from '../../task.ts'

/** Phrases by category, parted by commas; line breaks and runs of spaces mean nothing. */
export type Phrases = Partial<Record<Exclude<Category, 'unmapped'>, string>>

/** What one language calls its columns. Case, diacritics, hyphens and apostrophes are folded before anything is compared. */
export interface Words {
  /** ISO 639-1. */
  language: string
  /** Mean a column wherever they stand by themselves: the whole name, one part of it, or with a time beside them. */
  strong: Phrases
  /** Everyday words that mean a column only when nothing else is in the name. */
  weak: Phrases
  /** Mean a column together with one to three words that follow: "waiting for" + "the client". */
  openEnded?: Phrases
}

/**
 * A phrase with two readings, in one language or between two. The board decides by position: `before` its first
 * column that clearly means doing, or `after` it. `alone`: no such column, or the name was asked about by itself.
 */
export interface Ambiguity {
  phrase: string
  language: string
  before: Category
  after: Category
  alone: Category
}
