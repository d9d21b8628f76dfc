/**
 * Text of a card as its people wrote it: Markdown from the tools, read into paragraphs, lists, quotes, bold, italic, code and links, and nothing else. It
 * never becomes HTML: what looks like a tag stays the characters that were typed, a link leads only where `http`, `https` or `mailto` lead, a picture is
 * its own words. It never throws: what is too deep or too long is text.
 */
import { lexer, type Token, type Tokens } from 'marked'

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong'; inlines: Inline[] }
  | { kind: 'em'; inlines: Inline[] }
  | { kind: 'gone'; inlines: Inline[] }
  | { kind: 'link'; href: string; inlines: Inline[] }

export type Block =
  | { kind: 'paragraph' | 'line'; inlines: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  /** `start`: the number of the first; null: with bullets. */
  | { kind: 'list'; start: number | null; items: Block[][] }
  | { kind: 'rule' }

/** Characters that are read as Markdown. */
const READ = 20_000
const DEEP = 12

export function readMarkup(text: string): Block[] {
  // What keeps names and addresses in notes from doing anything at the tool is not for reading.
  const shown = text.replaceAll('\u2060', '')
  const rest = shown.slice(READ)
  return [...parsed(shown.slice(0, READ)), ...(rest === '' ? [] : [paragraph(rest)])]
}

function parsed(text: string): Block[] {
  let tokens: Token[]
  try {
    tokens = lexer(text, { gfm: true, breaks: true })
  } catch {
    // The parser calls itself for what stands in something else; ten thousand quotes in each other are more than it can.
    return [paragraph(text)]
  }
  return blocks(tokens, 0)
}

const paragraph = (text: string): Block => ({
  kind: 'paragraph',
  inlines: text
    .split('\n')
    .flatMap((line, place): Inline[] => [
      ...(place > 0 ? [{ kind: 'break' as const }] : []),
      { kind: 'text', text: line }
    ])
})

const blocks = (tokens: readonly Token[], depth: number): Block[] =>
  tokens.flatMap((token): Block | Block[] => {
    if (depth > DEEP) return paragraph(token.raw)
    switch (token.type) {
      case 'space':
      case 'def':
      case 'checkbox':
        return []
      case 'hr':
        return { kind: 'rule' }
      case 'heading':
        return { kind: 'paragraph', inlines: [{ kind: 'strong', inlines: inlines(token.tokens, depth) }] }
      case 'paragraph':
        return { kind: 'paragraph', inlines: inlines(token.tokens, depth) }
      case 'text':
        return { kind: 'line', inlines: token.tokens ? inlines(token.tokens, depth) : [plain(token)] }
      case 'code':
        return { kind: 'code', text: (token as Tokens.Code).text }
      case 'blockquote':
        return { kind: 'quote', blocks: blocks(token.tokens ?? [], depth + 1) }
      case 'list':
        return list(token as Tokens.List, depth)
      default:
        return paragraph(token.raw.trim())
    }
  })

const list = ({ ordered, start, items }: Tokens.List, depth: number): Block => ({
  kind: 'list',
  start: ordered ? Number(start) || 1 : null,
  items: items.map(({ task, checked, tokens }) => {
    const inside = blocks(tokens, depth + 1)
    if (!task) return inside
    const [first, ...others] = inside
    const mark: Inline = { kind: 'text', text: checked ? '☑ ' : '☐ ' }
    return first && 'inlines' in first
      ? [{ ...first, inlines: [mark, ...first.inlines] }, ...others]
      : [{ kind: 'line', inlines: [mark] }, ...inside]
  })
})

const inlines = (tokens: readonly Token[] | undefined, depth: number): Inline[] =>
  (tokens ?? []).flatMap((token): Inline | Inline[] => {
    if (depth > DEEP) return { kind: 'text', text: token.raw }
    const inner = (): Inline[] => inlines('tokens' in token ? token.tokens : [], depth + 1)
    switch (token.type) {
      case 'br':
        return { kind: 'break' }
      case 'strong':
      case 'em':
        return { kind: token.type, inlines: inner() }
      case 'del':
        return { kind: 'gone', inlines: inner() }
      case 'codespan':
        return { kind: 'code', text: (token as Tokens.Codespan).text }
      case 'link': {
        const { href } = token as Tokens.Link
        return followable(href) ? { kind: 'link', href, inlines: inner() } : { kind: 'text', text: token.raw }
      }
      case 'image': {
        const { text, href } = token as Tokens.Image
        return { kind: 'text', text: text || href }
      }
      case 'escape':
        return { kind: 'text', text: (token as Tokens.Escape).text }
      case 'checkbox':
        return []
      case 'text':
        return 'tokens' in token && token.tokens ? inner() : plain(token)
      default:
        return { kind: 'text', text: token.raw }
    }
  })

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** The words, and for `&amp;` and the like what they stand for. */
const plain = (token: Token): Inline => ({
  kind: 'text',
  text: ('text' in token ? String(token.text) : token.raw).replace(
    /&(amp|lt|gt|quot|#39|nbsp);/g,
    (whole, name: string) => NAMED[name] ?? whole
  )
})

/** Whether a browser may be led there from a card. */
export const followable = (href: string): boolean =>
  URL.canParse(href) && ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol)
