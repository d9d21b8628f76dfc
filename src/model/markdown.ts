/**
 * A note as Markdown. Everything that comes from a card is escaped: it can neither become markup nor notify anyone. What
 * tools read differently – mentions above all – is the dialect's.
 */
import type { Inline, RichText } from './richText.ts'

export interface MarkdownDialect {
  /** Characters to be escaped in text; global. */
  markup: RegExp
  /** How this person is notified, or null where that cannot be: then the name stands there. */
  mention(part: Extract<Inline, { kind: 'mention' }>): string | null
  /** Takes from a line of text what this tool alone would act upon. */
  calm?(text: string): string
}

/** Invisible; keeps a name from notifying and an address from becoming a link. */
export const JOINER = '\u2060'

export const markdownNote = (body: RichText, dialect: MarkdownDialect): string =>
  body
    .map((block) =>
      block.kind === 'paragraph'
        ? line(block.inlines, dialect)
        : block.items.map((item) => `- ${line(item, dialect)}`).join('\n')
    )
    .join('\n\n')

/** A text at the beginning of a line could make it a list, a rule or a heading. */
const line = (parts: Inline[], dialect: MarkdownDialect): string =>
  parts
    .map((part) => inline(part, dialect))
    .join('')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')

function inline(part: Inline, dialect: MarkdownDialect): string {
  const escaped = (text: string) => inert(text, dialect).replace(dialect.markup, '\\$&')
  switch (part.kind) {
    case 'text':
      return escaped(part.text)
    case 'bold':
      return `**${escaped(part.text)}**`
    case 'code':
      return `\`${inert(part.text, dialect).replaceAll('`', "'")}\``
    case 'link':
      return `[${escaped(part.text)}](${part.href.replace(/[()\s<>\\]/g, percent)})`
    case 'mention':
      return dialect.mention(part) ?? escaped(part.name)
  }
}

/** One line, without mentions and addresses of its own. */
const inert = (text: string, { calm = (same) => same }: MarkdownDialect): string =>
  calm(
    text
      .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
      .replaceAll('@', `@${JOINER}`)
      .replaceAll('://', `:${JOINER}//`)
      .replace(/\bwww\./gi, `$&${JOINER}`)
  )

/** `encodeURIComponent` leaves brackets as they are, and those would end the link. */
const percent = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
