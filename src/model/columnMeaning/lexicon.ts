/** The words of all languages as one table, by normalised phrase. */
import type { Category } from '../task.ts'
import { parts } from './normalise.ts'
import { ambiguous } from './words/ambiguous.ts'
import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { he } from './words/he.ts'
import { it } from './words/it.ts'
import { ja } from './words/ja.ts'
import { ko } from './words/ko.ts'
import { nl } from './words/nl.ts'
import { pl } from './words/pl.ts'
import { pt } from './words/pt.ts'
import { ru } from './words/ru.ts'
import { AND, BEFORE_AFTER, LINK, TIME } from './words/time.ts'
import { tr } from './words/tr.ts'
import type { Ambiguity, Phrases, Words } from './words/words.ts'
import { zh } from './words/zh.ts'

export const languages: readonly Words[] = [en, es, pt, fr, de, it, nl, pl, ru, tr, ja, ko, zh, he, ar]

export interface Entry {
  phrase: string
  language: string
  category: Category
  strong: boolean
  /** Not null: the category depends on where the column stands. */
  readings: Ambiguity | null
}

/** Every phrase of every language, as the words files have it. */
export const entries: readonly Entry[] = languages.flatMap(({ language, strong, weak }) => [
  ...spelledOut(language, strong, true),
  ...spelledOut(language, weak, false)
])

/**
 * By normalised phrase. Where languages share one, the first keeps it, and it is strong only if it is strong in each.
 * They may not differ in meaning unless `ambiguous.ts` settles it; a test holds that.
 */
export const lexicon: ReadonlyMap<string, Entry> = (() => {
  const table = new Map<string, Entry>()
  for (const entry of entries) {
    const key = keyOf(entry.phrase)
    const former = table.get(key)
    table.set(key, former === undefined ? entry : { ...former, strong: former.strong && entry.strong })
  }
  for (const readings of ambiguous) {
    const { phrase, language, alone } = readings
    table.set(keyOf(phrase), { phrase, language, category: alone, strong: false, readings })
  }
  return table
})()

/** Beginnings that mean a column together with whatever short text follows. */
export const openEnded: ReadonlyMap<string, Entry> = new Map(
  languages.flatMap((words) =>
    spelledOut(words.language, words.openEnded ?? {}, false).map((entry) => [keyOf(entry.phrase), entry] as const)
  )
)

/** The form in which phrases are compared. */
export function keyOf(phrase: string): string {
  return parts(phrase).flat().join(' ')
}

/** A word of time, or a number that may be one: 3, w3, q2, kw12, 3rd, 2024-03, 第3週, 3월. */
export const isTime = (word: string): boolean => times.has(word) || NUMBER.test(word)
export const isLink = (word: string): boolean => links.has(word)
export const isBeforeAfter = (word: string): boolean => beforeAfter.has(word)
export const isJoining = (word: string): boolean => joining.has(word)

const NUMBER =
  /^(?:(?:w|wk|kw|cw|q|t|s|h|fy)?\d[\d./:,]*(?:st|nd|rd|th|e|er|eme|o|h|d|月|週|周|日|年|号|号|회|월|주|주차|년|일)*|第\d+[週周月期回次])$/

const times = wordSet(TIME)
const links = wordSet(LINK)
const beforeAfter = wordSet(BEFORE_AFTER)
const joining = new Set(AND.split(',').map((word) => (word.trim() === '&' ? '&' : keyOf(word))))

function wordSet(words: string): ReadonlySet<string> {
  return new Set(listed(words).map(keyOf))
}

function spelledOut(language: string, phrases: Phrases, strong: boolean): Entry[] {
  return Object.entries(phrases).flatMap(([category, text]) =>
    listed(text).map((phrase) => ({ phrase, language, category: category as Category, strong, readings: null }))
  )
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '')
}
