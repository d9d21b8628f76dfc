/**
 * How dates, numbers, lists and other people's words are written in a language. Pure; `Intl` does the writing, and the
 * result may hold no-break spaces. Instants are ISO 8601, zones IANA names; an unreadable one throws a RangeError.
 */

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language of ours that fits a BCP 47 tag (`de-AT` is `de`); English when none does. */
export function languageOf(tag: string): Language {
  const primary = tag.toLowerCase().split(/[-_]/)[0]
  return LANGUAGES.find((language) => language === primary) ?? 'en'
}

/** A day a fact names: the local date of an instant, or a date without a time (kept as midnight UTC), never shifted. */
export interface Day {
  at: string
  dateOnly?: boolean
}

export interface Place {
  language: Language
  zone: string
  /** ISO instant; a year is written only when it is another than this one's. */
  now: string
}

/** `Fri 6 Nov`, with the year only if it is another than now's. */
export function writeDay(day: Day, place: Place): string {
  const zone = day.dateOnly ? 'UTC' : place.zone
  const at = new Date(day.at)
  const year = yearOf(at, zone) !== yearOf(new Date(place.now), place.zone)
  const options = { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' } as const
  return writeDate(place.language, year ? { ...options, year: 'numeric' } : options, at)
}

/** `6 Nov`, or `6 November` when `long`; the year only if it is another than now's. */
export function writeDate(language: Language, options: Intl.DateTimeFormatOptions, at: Date): string {
  if (language !== 'en') return formatter(language, options).format(at)
  // British order without British commas and with three-letter months: "Fri 6 Nov", "Mon 28 Sep 2025".
  const part = new Map(
    formatter('en-US', options)
      .formatToParts(at)
      .map(({ type, value }) => [type, value])
  )
  return ['weekday', 'day', 'month', 'year']
    .flatMap((type) => part.get(type as Intl.DateTimeFormatPartTypes) ?? [])
    .join(' ')
}

/** `11:20`, in the zone. */
export const writeTime = (at: string, { language, zone }: Place): string =>
  formatter(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  }).format(new Date(at))

/** `Tue 24 Nov, 11:20 CET`: for texts that several people read, so the zone is named. */
export const writeMoment = (at: string, place: Place): string =>
  `${writeDay({ at }, place)}, ${writeTime(at, place)} ${zoneName(at, place)}`

/**
 * The zone's abbreviation at an instant. `Intl` knows abbreviations only in the locales that use them (CET in en-GB, EST
 * in en-US, MEZ in de), so these are asked in turn; else the offset, as the language writes it (`GMT-5`).
 */
export function zoneName(at: string, { language, zone }: Place): string {
  const named = (locale: string) =>
    formatter(locale, { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(new Date(at))
      .find(({ type }) => type === 'timeZoneName')?.value ?? zone
  const own = language === 'en' ? [] : [language]
  const abbreviation = [...own, 'en-GB', 'en-US', 'en-CA', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA']
    .map(named)
    .find((name) => /^\p{Lu}{2,5}$/u.test(name))
  return abbreviation ?? named(language === 'en' ? 'en-GB' : language)
}

/** `1,123`, `4.2`, `97,8 %`: digits as the language writes them. */
export const writeNumber = (language: Language, value: number, options: Intl.NumberFormatOptions = {}): string =>
  remembered(numbers, `${language}${JSON.stringify(options)}`, () => {
    return new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, options)
  }).format(value)

/** `a, b and c`. */
export const writeList = (language: Language, items: readonly string[]): string =>
  remembered(lists, language, () => new Intl.ListFormat(language === 'en' ? 'en-GB' : language)).format(items)

/** The forms of a counted noun. French, Spanish and Portuguese have `many` for round millions; it reads like `other`. */
export function plural(language: Language, count: number, forms: { one: string; other: string }): string {
  const rule = remembered(plurals, language, () => new Intl.PluralRules(language)).select(count)
  return rule === 'one' ? forms.one : forms.other
}

const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200E\u200F\u061C\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]|[\u202A-\u202E\u2066-\u2069]/u

/**
 * A person's words made safe to stand inside ours: one line, no control characters, no bidi overrides, and isolated
 * (FSI … PDI) when its direction could reorder what stands around it. Markup is left as it is: escaping it is the
 * business of whoever writes a format.
 */
export function isolate(words: string): string {
  const line = words
    .replace(OVERRIDES, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
  return RIGHT_TO_LEFT.test(words) ? `\u2068${line}\u2069` : line
}

/**
 * At most `most` graphemes, the last one an ellipsis when something was cut. Combining marks can make a grapheme any
 * length, so the whole is also held to five UTF-16 units a grapheme.
 */
export function cut(words: string, most: number): string {
  if (words.length <= most) return words
  let kept = ''
  let graphemes = 0
  for (const { segment } of segmenter.segment(words)) {
    const last = graphemes + 1 === most && kept.length + segment.length < words.length
    if (last || kept.length + segment.length > most * 5) return `${kept.trimEnd()}…`
    kept += segment
    graphemes++
  }
  return kept
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
// Making an Intl object costs more than using it a hundred times.
const dates = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()
const lists = new Map<string, Intl.ListFormat>()
const plurals = new Map<string, Intl.PluralRules>()

function remembered<Made>(made: Map<string, Made>, key: string, make: () => Made): Made {
  const found = made.get(key)
  if (found) return found
  const fresh = make()
  made.set(key, fresh)
  return fresh
}

const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  remembered(dates, `${locale}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options))

const yearOf = (at: Date, zone: string): string =>
  formatter('en-US', { timeZone: zone, year: 'numeric', calendar: 'gregory' }).format(at)
