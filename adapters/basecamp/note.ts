/**
 * A note as a comment: inert HTML of the few tags that Basecamp keeps. A mention is an attachment with the person's signed
 * id; a name alone notifies nobody. https://github.com/basecamp/bc-api/blob/master/sections/rich_text.md
 */
import { htmlNote, markdownFrom } from '../../src/model/html.ts'
import { paragraph, type RichText, text } from '../../src/model/richText.ts'

export const note = (body: RichText): string =>
  htmlNote(body, ({ username, name }) =>
    username !== null && /^[\w+/=.-]+$/.test(username)
      ? `<bc-attachment sgid="${username}"></bc-attachment>`
      : htmlNote([paragraph(text(name))]).replace(/^<div>|<\/div>$/g, '')
  )

/** A description, line by line. */
export const described = (markdown: string): string =>
  markdown === '' ? '' : htmlNote(markdown.split(/\r?\n/).map((line) => paragraph(text(line))))

/** A mention comes back with a picture and a caption around the name. */
const MENTION = /<bc-attachment[^<>]*application\/vnd\.basecamp\.mention[^<>]*>([\s\S]{0,4000}?)<\/bc-attachment>/g

/** Basecamp's HTML as Markdown. */
export const markdown = (html: string | null | undefined): string =>
  html ? markdownFrom(html.replace(MENTION, (_whole, inside: string) => inside.replace(/<[^<>]*>/g, ' ').trim())) : ''
