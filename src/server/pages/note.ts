/**
 * The page behind “Why this note”: the note as it stands on the card, for readers without an account. It says no more
 * than the note does – no title, no board, no person the note does not name.
 */
import { ruleName } from '../../alerts/note.ts'
import { languageOf, type NoteRule, noteWords } from '../../alerts/words/index.ts'
import { writeDay } from '../../alerts/words/writing.ts'
import type { Block, Inline, RichText } from '../../model/richText.ts'
import { type Html, html, messagePage, page } from './page.ts'
import { ABOUT_NOTES } from './words.ts'

export interface NoteOnPage {
  text: RichText
  language: string
  /** The project's zone. */
  zone: string
  token: string
  /** What the note spoke of before it said all clear; instants. */
  closed: { rule: NoteRule; since: string; until: string }[]
}

export function notePage(note: NoteOnPage): string {
  const language = languageOf(note.language)
  const day = (at: string) => writeDay({ at }, { language, zone: note.zone, now: note.closed.at(-1)?.until ?? at })
  return page({
    title: noteWords(language).whyThisNote,
    language,
    body: html`<section>${withoutSelf(note.text, note.token).map(block)}${
      note.closed.length === 0
        ? ''
        : html`<ul>${note.closed.map(({ rule, since, until }) => html`<li><strong>${ruleName(rule, language)}</strong> ${day(since)} – ${day(until)}</li>`)}</ul>`
    }</section>
<p class="quiet">${ABOUT_NOTES[language]}</p>`
  })
}

/** No note has this token (any more). Says the same whether it never was or was taken back. */
export const noteGonePage = (): string =>
  messagePage(
    'This note is gone',
    'The card it stood on has moved on, or the note was taken back. There is nothing you need to do.'
  )

const block = (part: Block): Html =>
  part.kind === 'list'
    ? html`<ul>${part.items.map((item) => html`<li dir="auto">${item.map(inline)}</li>`)}</ul>`
    : html`<p dir="auto">${part.inlines.map(inline)}</p>`

function inline(part: Inline): Html {
  switch (part.kind) {
    case 'bold':
      return html`<strong>${part.text}</strong>`
    case 'code':
      return html`<code>${part.text}</code>`
    case 'mention':
      return html`<strong>${part.name}</strong>`
    case 'link':
      return /^https?:\/\//i.test(part.href)
        ? html`<a href="${part.href}" rel="noopener noreferrer nofollow">${part.text}</a>`
        : html`${part.text}`
    case 'text':
      return html`${part.text}`
  }
}

/** The note's link to this very page is left out here; what stood after it (`, updated …`) stays. */
function withoutSelf(text: RichText, token: string): RichText {
  const isSelf = (part: Inline | undefined) => part?.kind === 'link' && part.href.endsWith(`/w/${token}`)
  const words = (part: Inline): Inline =>
    isSelf(part) ? { kind: 'text', text: part.kind === 'link' ? part.text : '' } : part
  return text.flatMap((part): Block[] => {
    if (part.kind === 'list') return [{ kind: 'list', items: part.items.map((item) => item.map(words)) }]
    if (!isSelf(part.inlines[0])) return [{ kind: 'paragraph', inlines: part.inlines.map(words) }]
    const [next, ...rest] = part.inlines.slice(1)
    if (next === undefined) return []
    return [
      { kind: 'paragraph', inlines: [next.kind === 'text' ? { ...next, text: begun(next.text) } : next, ...rest] }
    ]
  })
}

const begun = (words: string): string => {
  const bare = words.replace(/^[\s,·]+/, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}
