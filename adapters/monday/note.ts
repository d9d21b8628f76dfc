/**
 * A note as an update: inert HTML. A person is notified by the list beside it, never by an `@name` in the text.
 * https://developer.monday.com/api-reference/reference/updates
 */
import { htmlNote } from '../../src/model/html.ts'
import type { Inline, RichText } from '../../src/model/richText.ts'

export interface Note {
  body: string
  mentions: { id: string; type: 'User' }[]
}

export function note(body: RichText): Note {
  const inlines: Inline[] = body.flatMap((block) => (block.kind === 'paragraph' ? block.inlines : block.items.flat()))
  const people = inlines.flatMap((part) => (part.kind === 'mention' ? [part.externalId] : []))
  return { body: htmlNote(body), mentions: [...new Set(people)].map((id) => ({ id, type: 'User' })) }
}
