/** Numbers, plurals, lists and per cents as people write them. The language is set once, when we know who reads. */

let language = 'en-GB'

/** Plain English writes days before months, and hours to 24: the design's dates are written so. */
export function speak(wanted: string): void {
  language = wanted === 'en' ? 'en-GB' : wanted
}

export const spoken = (): string => language

export const number = (value: number, digits = 1): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)

/** `share`: 0 to 1. */
export const percent = (share: number, digits = 0): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share)

/** `+5`, `−2`, `0`. */
export const signed = (value: number): string =>
  new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(value)

/** `count(2, 'card', 'cards')`: “2 cards”. */
export const count = (value: number, one: string, other: string): string =>
  `${number(value)} ${new Intl.PluralRules(language).select(value) === 'one' ? one : other}`

/** “Trello, monday and Linear”. */
export const list = (items: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(items)

/** “4 min”, “2 h 20 min”, “3 days”: never more than two units. */
export function span(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes))
  if (whole < 60) return `${number(whole)} min`
  const hours = Math.floor(whole / 60)
  if (hours < 48) return whole % 60 === 0 ? `${number(hours)} h` : `${number(hours)} h ${number(whole % 60)} min`
  return count(Math.round(hours / 24), 'day', 'days')
}
