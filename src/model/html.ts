/**
 * HTML as the tools speak it: a note on its way out, a comment on its way in.
 *
 * `htmlNote` uses only what both monday and Basecamp let through: `div`, `br`, `strong`, `a[href]`, `ul`, `li`.
 * `markdownFrom` never throws and stays within bounds, whatever it is given: what is too large is cut, what is too deep
 * keeps its words and its links only.
 */
import TurndownService from 'turndown'
import { JOINER } from './markdown.ts'
import type { Inline, RichText } from './richText.ts'

/** A person's name, as a tool wants it written so that it notifies them; HTML. */
export type WriteMention = (mention: Extract<Inline, { kind: 'mention' }>) => string

/**
 * A note in HTML. Everything that comes from a card is escaped and inert: it can neither become markup nor an address
 * nor notify anyone. Without `mention`, a mention is the person's name.
 */
export const htmlNote = (body: RichText, mention: WriteMention = ({ name }) => escaped(name)): string =>
  body
    .map((block) =>
      block.kind === 'paragraph'
        ? `<div>${line(block.inlines, mention)}</div>`
        : `<ul>${block.items.map((item) => `<li>${line(item, mention)}</li>`).join('')}</ul>`
    )
    .join('')

const line = (parts: Inline[], mention: WriteMention): string => parts.map((part) => inline(part, mention)).join('')

function inline(part: Inline, mention: WriteMention): string {
  switch (part.kind) {
    // Neither of the two has inline code: `pre` is a block, and `code` is stripped.
    case 'text':
    case 'code':
      return escaped(part.text)
    case 'bold':
      return `<strong>${escaped(part.text)}</strong>`
    case 'link':
      return /^https?:\/\//i.test(part.href)
        ? `<a href="${attribute(part.href)}">${escaped(part.text)}</a>`
        : escaped(part.text)
    case 'mention':
      return mention(part)
  }
}

const escaped = (text: string): string =>
  entities(text)
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replaceAll('@', `@${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
    .replace(/\bwww\./gi, `$&${JOINER}`)

const attribute = (href: string): string => entities(href.replace(/[\s\u0000-\u001f]/g, ''))

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const entities = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)

/** Characters that are read; tags, and tags within tags, that are still understood as markup. */
const BOUNDS = { length: 200_000, tags: 4000, depth: 50 }

const turndown = new TurndownService({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced' })
  .remove(['script', 'style', 'title', 'noscript'])
  .addRule('image', { filter: 'img', replacement: (_content, node) => imageText(node) })

/** A tool's HTML as Markdown. The addresses of links are kept; scripts, styles and pictures' data are not. */
export function markdownFrom(html: string): string {
  const read = html.slice(0, BOUNDS.length)
  if (!isTame(read)) return plainText(read)
  try {
    return turndown
      .turndown(read)
      .replace(/^(\s*)-[ ]{3}/gm, '$1- ')
      .trim()
  } catch {
    return plainText(read)
  }
}

/** A picture's own words; its address may be the picture itself. */
function imageText(node: unknown): string {
  const alt = (node as { getAttribute?(name: string): string | null }).getAttribute?.('alt') ?? ''
  return alt.replace(/\s+/g, ' ').trim()
}

const TAG = /<(\/?)([a-z][a-z0-9-]*)[^<>]*>/gi
/** Tags that nothing stands in, or that the next one of their kind ends. */
const FLAT = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i

/**
 * Whether a parser gets through it in reasonable time: unclosed tags are opened anew in every paragraph that follows, so
 * their number multiplies.
 */
function isTame(html: string): boolean {
  let tags = 0
  let depth = 0
  for (const [, closing, name] of html.matchAll(TAG)) {
    tags += 1
    if (!FLAT.test(name!)) depth = Math.max(0, depth + (closing ? -1 : 1))
    if (tags > BOUNDS.tags || depth > BOUNDS.depth) return false
  }
  return true
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** Words and the addresses of links, nothing else. Linear in its length. */
const plainText = (html: string): string =>
  html
    .replace(/<a\s[^<>]*?href\s*=\s*["']?(https?:[^"'\s<>]+)[^<>]*>/gi, ' <$1> ')
    .replace(/<(?!https?:)[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_whole, name: string) => NAMED[name]!)
    .replace(/[^\S\n]+/g, ' ')
    .trim()
