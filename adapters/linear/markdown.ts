/**
 * A note in Linear's Markdown. Everything that comes from an issue is escaped: it can neither become markup nor notify
 * anyone. A person is mentioned by the plain address of their profile, which Linear turns into a mention
 * (https://linear.app/developers/agents).
 */
import type { Inline, RichText } from '../../src/model/richText.ts'

export const markdown = (body: RichText): string =>
  body
    .map((block) =>
      block.kind === 'paragraph' ? line(block.inlines) : block.items.map((item) => `- ${line(item)}`).join('\n')
    )
    .join('\n\n')

/** A text at the beginning of a line could make it a list, a rule or a heading. */
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
      return `\`${inert(part.text).replaceAll('`', "'")}\``
    case 'link':
      return `[${escaped(part.text)}](${part.href.replace(/[()\s<>\\]/g, percent)})`
    case 'mention':
      return part.username && PROFILE.test(part.username) ? part.username : escaped(part.name)
  }
}

const PROFILE = /^https:\/\/linear\.app(\/[\w.%-]+)+$/

/** Invisible; keeps a name from notifying and an address from becoming a link or a mention. */
const JOINER = '\u2060'

/** Without line ends, mentions and addresses of its own. */
const inert = (text: string): string =>
  text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replaceAll('@', `@${JOINER}`)
    .replaceAll('://', `:${JOINER}//`)
    .replace(/\bwww\./gi, `$&${JOINER}`)
    .replace(/\blinear\.app\b/gi, `linear${JOINER}.app`)

const escaped = (text: string): string =>
  inert(text)
    .replace(/[\\`*_[\]<>#~|&!]/g, '\\$&')
    // `ENG-12` alone becomes a reference to another issue, and leaves a trace there.
    .replace(/\b([A-Z][A-Z0-9]*)-(\d)/g, `$1${JOINER}-$2`)

/** `encodeURIComponent` leaves brackets as they are, and those would end the link. */
const percent = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
