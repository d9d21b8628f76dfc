/**
 * A note as ClickUp's runs of text (https://developer.clickup.com/docs/comment-formatting). A run is taken as it stands,
 * so what comes from a card can neither become markup nor notify anyone; `comment_text`, the other way to write a comment,
 * is never used. A mention is a run of its own.
 */
import type { Json } from '../../src/adapter.ts'
import type { Block, Inline, RichText } from '../../src/model/richText.ts'
import type { Run } from './raw.ts'

export function runs(body: RichText): { [key: string]: Json }[] {
  return body.flatMap((block, index) => {
    if (block.kind === 'list') return block.items.flatMap((item) => [...item.map(run), BULLET])
    // A line of nothing sets paragraphs apart.
    return [...(index > 0 ? [END] : []), ...block.inlines.map(run), END]
  })
}

/** The note as people will see it: a mention shows the name it stands for. */
export const shown = (body: RichText): string => textOf(runs(body.map(named)))

function named(block: Block): Block {
  const inlines = (parts: Inline[]) =>
    parts.map((part): Inline => (part.kind === 'mention' ? { kind: 'text', text: `@${part.name}` } : part))
  return block.kind === 'list'
    ? { kind: 'list', items: block.items.map(inlines) }
    : { kind: 'paragraph', inlines: inlines(block.inlines) }
}

/** A block's kind hangs on the line break that ends it. */
const END = { text: '\n', attributes: {} }
const BULLET = { text: '\n', attributes: { list: { list: 'bullet' } } }

function run(part: Inline): { [key: string]: Json } {
  switch (part.kind) {
    case 'text':
      return { text: inert(part.text), attributes: {} }
    case 'bold':
      return { text: inert(part.text), attributes: { bold: true } }
    case 'code':
      return { text: oneLine(part.text), attributes: { code: true } }
    case 'link':
      return { text: inert(part.text), attributes: { link: part.href } }
    case 'mention':
      return /^\d{1,15}$/.test(part.externalId)
        ? { type: 'tag', user: { id: Number(part.externalId) } }
        : { text: inert(part.name), attributes: {} }
  }
}

/** Invisible; keeps `://` from becoming a link. */
const JOINER = '\u2060'

const inert = (text: string): string =>
  oneLine(text)
    .replaceAll('://', `:${JOINER}//`)
    .replace(/\bwww\./gi, `$&${JOINER}`)

/** A line break inside a run would end the block. */
const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')

/** Runs as a person reads them, with the addresses of links: `[Tidy up](https://…)`. */
export function textOf(given: readonly Run[]): string {
  let lines = ''
  let line = ''
  for (const one of given) {
    const pieces = wordsOf(one).split('\n')
    for (const [index, piece] of pieces.entries()) {
      line += piece
      if (index === pieces.length - 1) break
      lines += `${one.attributes?.list ? '- ' : ''}${line}\n`
      line = ''
    }
  }
  return (lines + line).trimEnd()
}

function wordsOf({ text, type, user, attributes, ...rest }: Run): string {
  if (type === 'tag' && user) return text || `@${user.username ?? user.id ?? ''}`
  const words = text ?? ''
  const link = attributes?.link ?? addressIn(rest)
  if (typeof link === 'string') return words.includes(link) ? words : `[${words}](${link})`
  if (words === '\n') return words
  return attributes?.bold ? `**${words}**` : attributes?.code ? `\`${words}\`` : words
}

/** Other kinds of run (`bookmark`, `link_mention`, …) carry an address inside an object named like their type. */
function addressIn(rest: Record<string, unknown>): string | null {
  for (const one of Object.values(rest)) {
    const url = (one as { url?: unknown } | null)?.url
    if (typeof url === 'string') return url
  }
  return null
}
