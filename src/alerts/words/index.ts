/** The languages notes are written in; a language without a catalogue falls back to English. */
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { NoteWords } from './noteWords.ts'
import { pt } from './pt.ts'
import { type Language, languageOf } from './writing.ts'

export type { NoteRule, NoteWords } from './noteWords.ts'
export { LANGUAGES, type Language, languageOf } from './writing.ts'

const catalogues: Record<Language, NoteWords> = { en, de, es, fr, pt }

/** The words of a BCP 47 language tag. */
export const noteWords = (tag: string): NoteWords => catalogues[languageOf(tag)]
