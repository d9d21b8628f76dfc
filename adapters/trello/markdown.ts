/**
 * A note in Trello's Markdown. Everything that comes from a card is escaped: it can neither become markup nor notify
 * anyone. A mention is `@username` (https://support.atlassian.com/trello/docs/commenting-on-cards/).
 */
import type { Inline, RichText } from '../../src/model/richText.ts'

export const markdown = (body: RichText): string =>
  body
    .map((block) =>
      block.kind === 'paragraph' ? inlines(block.inlines) : block.items.map((item) => `- ${inlines(item)}`).join('\n')
    )
    .join('\n\n')

const inlines = (parts: Inline[]): string => parts.map(inline).join('')

function inline(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text)
    case 'bold':
      return `**${escaped(part.text)}**`
    case 'code':
      return `\`${part.text.replaceAll('`', "'").replaceAll('@', `@${JOINER}`)}\``
    case 'link':
      return `[${escaped(part.text)}](${part.href.replace(/[()\s<>]/g, encodeURIComponent)})`
    case 'mention':
      return part.username && !ALL_MEMBERS.test(part.username) ? `@${part.username}` : escaped(part.name)
  }
}

/** These names reach every member of a card or board. */
const ALL_MEMBERS = /^(card|board|everyone|here|channel)$/i

/** Invisible; keeps `@name` from notifying and `://` from becoming a link. */
const JOINER = '\u2060'

const escaped = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*_[\]<>#~|]/g, '\\$&')
    .replaceAll('@', `@${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
