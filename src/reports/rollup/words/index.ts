/** The languages rollups are written in; a language without a catalogue falls back to English. */
import { type Language, languageOf } from '../../../alerts/words/index.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { pt } from './pt.ts'
import type { RollupWords } from './rollupWords.ts'

export type { RollupWords } from './rollupWords.ts'

const catalogues: Record<Language, RollupWords> = { en, de, es, fr, pt }

/** The words of a BCP 47 language tag. */
export const rollupWords = (tag: string): RollupWords => catalogues[languageOf(tag)]
