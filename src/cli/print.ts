/** What verbs print: tables and short sentences for people, one JSON document for programs. */
import { styleText } from 'node:util'
import Table from 'cli-table3'

export interface Output {
  json: boolean
}

/** The answer as JSON, or as `words` makes it for people. */
export function print(output: Output, value: unknown, words: () => string): void {
  process.stdout.write(output.json ? `${JSON.stringify(value, null, 2)}\n` : `${words()}\n`)
}

/** Progress and asides: to stderr, so that stdout stays the answer. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`)

export const bold = (text: string): string => styleText('bold', text, { stream: process.stdout })
export const quiet = (text: string): string => styleText('dim', text, { stream: process.stdout })
export const warn = (text: string): string => styleText('yellow', text, { stream: process.stdout })

/** Rows under quiet heads, columns lined up whatever the script; cells are cut at `widths` (null: as wide as needed). */
export function table(head: string[], rows: (string | number | null)[][], widths: (number | null)[] = []): string {
  const grid = new Table({
    head: head.map(quiet),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    colWidths: widths,
    colAligns: head.map((_, column) => (rows.some((row) => typeof row[column] === 'number') ? 'right' : 'left'))
  })
  grid.push(
    ...rows.map((row) => row.map((cell) => (cell === null ? '' : typeof cell === 'number' ? cell : inert(cell))))
  )
  return grid.toString().replace(/[ \t]+$/gm, '')
}

/** Titles and names from cards must not steer the terminal. */
export const inert = (text: string): string =>
  text.replace(CONTROL, (letter) => (letter === '\n' || letter === '\t' ? ' ' : '\ufffd'))

// C0 and C1 controls but for our own colours (ESC [ … m), and bidi overrides.
const CONTROL = /(?!\u001b\[\d+m)[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** `2026-11-16T08:00:00.000Z` → `Mon 16 Nov 2026`, in a zone. */
export const day = (iso: string, zone = 'UTC'): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: zone
  })
    .format(new Date(iso))
    .replace(',', '')

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle'
  ].map((part) => [part, ''])
)
