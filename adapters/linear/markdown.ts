/**
 * A note in Linear's Markdown. A person is mentioned by the plain address of their profile, which Linear turns into a
 * mention (https://linear.app/developers/agents).
 */
import { JOINER, type MarkdownDialect, markdownNote } from '../../src/model/markdown.ts'
import type { RichText } from '../../src/model/richText.ts'

const PROFILE = /^https:\/\/linear\.app(\/[\w.%-]+)+$/

const dialect: MarkdownDialect = {
  markup: /[\\`*_[\]<>#~|&!]/g,
  mention: ({ username }) => (username && PROFILE.test(username) ? username : null),
  calm: (text) =>
    text
      .replace(/\blinear\.app\b/gi, `linear${JOINER}.app`)
      // `ENG-12` alone becomes a reference to another issue, and leaves a trace there.
      .replace(/\b([A-Z][A-Z0-9]*)-(\d)/g, `$1${JOINER}-$2`)
}

export const markdown = (body: RichText): string => markdownNote(body, dialect)
