import { describe, expect, it } from 'vitest'
import { trello } from '../../adapters/trello/index.ts'
import { type Inline, list, paragraph, text } from '../../src/model/richText.ts'

const said = (...inlines: Inline[]) => trello.render([paragraph(...inlines)])
const J = '\u2060'

describe('What a card says, inside a note', () => {
  it.each([
    ['**bold** and _more_', '\\*\\*bold\\*\\* and \\_more\\_'],
    ['@board, @card and @ada', `@${J}board, @${J}card and @${J}ada`],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['[a](b) ![c](d)', '\\[a\\](b) !\\[c\\](d)'],
    ['one\r\n\n# two\nthree', 'one \\# two three'],
    ['one\u2028- two', 'one - two'],
    ['see https://evil.example', `see https:${J}//evil.example`],
    ['www.evil.example', `www.${J}evil.example`],
    ['`code` ~~gone~~ a|b \\', '\\`code\\` \\~\\~gone\\~\\~ a\\|b \\\\'],
    ['&lt;b&gt; {{t}} $1', '\\&lt;b\\&gt; {{t}} $1'],
    ['- no list', '\\- no list'],
    ['12. no list', '12\\. no list'],
    ['---', '\\---'],
    ['> no quote', '\\> no quote'],
    ['שלום 👩‍👩‍👧 看板', 'שלום 👩‍👩‍👧 看板']
  ])('%j is said as %j', (hostile, rendered) => {
    expect(said(text(hostile))).toBe(rendered)
  })

  it('is inert in bold, in code and in a link as well', () => {
    expect(said({ kind: 'bold', text: 'a** @all\nb' })).toBe(`**a\\*\\* @${J}all b**`)
    expect(said({ kind: 'code', text: 'a` @all\nb' })).toBe(`\`a' @${J}all b\``)
    expect(said({ kind: 'link', text: '](x)', href: 'https://t.example/c/1) [y](https://evil.example' })).toBe(
      '[\\](x)](https://t.example/c/1%29%20[y]%28https://evil.example)'
    )
  })

  it('stands on one line of a list', () => {
    expect(trello.render([paragraph(text('Two:')), list([text('a\n- b')], [text('1. c')])])).toBe(
      'Two:\n\n- a - b\n- 1\\. c'
    )
  })
})

describe('A mention', () => {
  const mention = (username: string | null): Inline => ({ kind: 'mention', externalId: 'x', username, name: '*Ada*' })
  it('notifies one person', () => {
    expect(said(mention('ada_1'))).toBe('@ada_1')
  })
  it.each([null, 'board', 'Card', 'everyone', 'ada b', 'a*b'])(
    'is a plain name where the user name is %j',
    (username) => {
      expect(said(mention(username))).toBe('\\*Ada\\*')
    }
  )
})
