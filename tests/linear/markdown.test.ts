/** Notes in Linear's Markdown: whatever a card holds stays words. */
import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { markdown } from '../../adapters/linear/markdown.ts'
import { bold, link, list, paragraph, text } from '../../src/model/richText.ts'

const mention = (username: string | null) => ({
  kind: 'mention' as const,
  externalId: 'u',
  username,
  name: 'Ana *Lima*'
})

describe('a note', () => {
  it('is paragraphs, lists, bold words and links', () => {
    const note = [
      paragraph(bold('Two things'), text(' are open')),
      list([text('no due date')], [text('nobody assigned')]),
      paragraph(link('Why', 'https://hub.example/w/token-1'))
    ]
    expect(markdown(note)).toBe(
      '**Two things** are open\n\n- no due date\n- nobody assigned\n\n[Why](https://hub.example/w/token-1)'
    )
  })

  it('lets nothing out of a title: no markup, link, mention or reference to another issue', () => {
    const hostile =
      '# [x](http://evil.example) **b** <script> @ana https://linear.app/acme/profiles/ana ENG-12 ![i](u) `c`'
    const html = marked.parse(markdown([paragraph(text(hostile))]), { async: false })
    expect(html).not.toMatch(/<(a|h1|strong|script|img|code)\b/)
    expect(markdown([paragraph(text(hostile))])).not.toContain('https://linear.app')
    expect(markdown([paragraph(text('see ENG-12'))])).not.toContain('ENG-12')
    expect(html.replace(/<[^>]+>/g, '').replaceAll('\u2060', '')).toContain('ENG-12')
  })

  it('keeps a title that begins like a list, a rule or a number a line of words', () => {
    for (const start of ['- one', '+ one', '1. one', '1) one', '=== one', '> one', '# one']) {
      const html = marked.parse(markdown([paragraph(text(start))]), { async: false })
      expect(html).toMatch(/^<p>/)
      expect(html).not.toMatch(/<(li|h1|hr|blockquote)/)
    }
    expect(markdown([paragraph(text('one\r\n\r\n# two'))])).toBe('one \\# two')
  })

  it('mentions by the address of a profile, and only by one', () => {
    const profile = 'https://linear.app/larkfield/profiles/ana.lima'
    expect(markdown([paragraph(mention(profile))])).toBe(profile)
    for (const other of [null, 'ana', 'https://evil.example/ana', `${profile}) **x**`])
      expect(markdown([paragraph(mention(other))])).toBe('Ana \\*Lima\\*')
  })

  it('ends a link nowhere but where it ends', () => {
    expect(markdown([paragraph(link('a]b', 'https://hub.example/a)b c'))])).toBe(
      '[a\\]b](https://hub.example/a%29b%20c)'
    )
  })
})
