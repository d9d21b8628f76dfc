/**
 * A note in Trello's Markdown. Everything that comes from a card is escaped: it can neither become markup nor notify
 * anyone. A mention is `@username` (https://support.atlassian.com/trello/docs/commenting-on-cards/).
 */
import type { Inline, RichText } from '../../src/model/richText.ts'

export const markdown = (body: RichText): string =>
  body
    .map((block) =>
      block.kind === 'paragraph' ? line(block.inlines) : block.items.map((item) => `- ${line(item)}`).join('\n')
    )
    .join('\n\n')

/** A card's text at the beginning of a line could make it a list, a rule or a heading. */
const line = (parts: Inline[]): string =>
  parts
    .map(inline)
    .join('')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')

function inline(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text)
    case 'bold':
      return `**${escaped(part.text)}**`
    case 'code':
      return `\`${oneLine(part.text).replaceAll('`', "'").replaceAll('@', `@${JOINER}`)}\``
    case 'link':
      return `[${escaped(part.text)}](${part.href.replace(/[()\s<>\\]/g, percent)})`
    case 'mention':
      return part.username && /^\w+$/.test(part.username) && !ALL_MEMBERS.test(part.username)
        ? `@${part.username}`
        : escaped(part.name)
  }
}

/** These names reach every member of a card or board. */
const ALL_MEMBERS = /^(card|board|everyone|here|channel)$/i

/** Invisible; keeps `@name` from notifying and `://` from becoming a link. */
const JOINER = '\u2060'

const escaped = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_[\]<>#~|&]/g, '\\$&')
    .replaceAll('@', `@${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
    .replace(/\bwww\./gi, `$&${JOINER}`)

const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')

/** `encodeURIComponent` leaves brackets as they are, and those would end the link. */
const percent = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
