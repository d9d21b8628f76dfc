/** The words of a typed filter. */

export interface Token {
  kind: 'word' | 'text' | 'symbol' | 'end'
  /** Of a quoted text: what is between the quotes. Of `field:"Story points"`: the whole, quotes gone. */
  text: string
  /** Where it begins, counted from 0. */
  at: number
}

/** A place in the typed filter, and what to do about it. */
export class SyntaxProblem extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const SPACE = /\s+/y
const SYMBOL = /[(),]|[<>!]?=|[<>]|\.\.(?=\S)/y
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy
// A word ends where a range begins: 2026-10-01..2026-12-31.
const WORD = /(?:(?!\.\.)[^\s()",=<>!'])+/y

export function tokens(text: string): Token[] {
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  while (at < text.length) {
    const space = take(SPACE)
    if (space !== null) {
      at += space.length
      continue
    }
    const symbol = take(SYMBOL)
    const quoted = symbol === null ? take(QUOTED) : null
    const word = symbol === null && quoted === null ? take(WORD) : null
    if (symbol !== null) found.push({ kind: 'symbol', text: symbol, at })
    else if (quoted !== null) found.push({ kind: 'text', text: unquoted(quoted), at })
    else if (word !== null) found.push({ kind: 'word', text: word, at })
    else
      throw new SyntaxProblem(
        at,
        /["']/.test(text[at]!)
          ? 'This quote is never closed. Close it.'
          : `"${text[at]}" has no meaning here. Put texts in quotes.`
      )
    at += (symbol ?? quoted ?? word)!.length
    const last = found.at(-1)!
    if (word === 'field:') {
      const name = take(QUOTED)
      if (name === null)
        throw new SyntaxProblem(at, 'Name the custom field after "field:", in quotes if it holds spaces.')
      last.text += unquoted(name)
      at += name.length
    }
  }
  return [...found, { kind: 'end', text: '', at: text.length }]
}

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

const unquoted = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => ESCAPED[letter] ?? letter)

/** A text in quotes, as `tokens` reads it back. */
export const inQuotes = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`
