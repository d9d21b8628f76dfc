/** A note in Trello's Markdown. A mention is `@username` (https://support.atlassian.com/trello/docs/commenting-on-cards/). */
import { type MarkdownDialect, markdownNote } from '../../src/model/markdown.ts'
import type { RichText } from '../../src/model/richText.ts'

/** These names reach every member of a card or board. */
const ALL_MEMBERS = /^(card|board|everyone|here|channel)$/i

const dialect: MarkdownDialect = {
  markup: /[\\`*_[\]<>#~|&]/g,
  mention: ({ username }) => (username && /^\w+$/.test(username) && !ALL_MEMBERS.test(username) ? `@${username}` : null)
}

export const markdown = (body: RichText): string => markdownNote(body, dialect)
