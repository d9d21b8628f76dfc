/** What people wrote on cards is read as they wrote it, whatever tool it comes from; what is hostile in it stays text. */
import { describe, expect, test } from 'vitest'
import { textOf } from '../../adapters/clickup/runs.ts'
import { markdownFrom } from '../../src/model/html.ts'
import { type Block, type Inline, readMarkup } from '../../web/src/parts/markup.ts'

/** The pieces by their kinds; text in quotes. */
const shown = (text: string): string => readMarkup(text).map(block).join(' ')

function block(one: Block): string {
  if (one.kind === 'code') return `code“${one.text}”`
  if (one.kind === 'quote') return `quote(${one.blocks.map(block).join(' ')})`
  if (one.kind === 'list')
    return `list${one.start ?? ''}(${one.items.map((item) => item.map(block).join(' ')).join(', ')})`
  return one.kind === 'rule' ? 'rule' : `${one.kind === 'line' ? '' : 'p:'}${line(one.inlines)}`
}

function line(inlines: readonly Inline[]): string {
  const text = inlines.map((one) => {
    if (one.kind === 'text') return one.text
    if (one.kind === 'break') return '↵'
    if (one.kind === 'code') return `code“${one.text}”`
    return one.kind === 'link' ? `${line(one.inlines)}→${one.href}` : `${one.kind}${line(one.inlines)}`
  })
  return `“${text.join('')}”`
}

describe('text of a card', () => {
  test('from Trello and Linear: paragraphs, lines, bold, italic, lists, code and links', () => {
    expect(shown('Hi **Ana**,\nsee *this*.\n\n1. one\n2. `two`\n\nhttps://larkfield.example/a?b=1&c=2')).toBe(
      'p:“Hi strong“Ana”,↵see em“this”.” list1(“one”, “code“two””) ' +
        'p:““https://larkfield.example/a?b=1&c=2”→https://larkfield.example/a?b=1&c=2”'
    )
    expect(shown('# Plan\n- [x] brief\n- [ ] call [Ana](mailto:ana@larkfield.example)\n\n~~old~~\n> said')).toBe(
      'p:“strong“Plan”” list(“☑ brief”, “☐ call “Ana”→mailto:ana@larkfield.example”) p:“gone“old”” quote(p:“said”)'
    )
    expect(shown('```\nif (a < b) {}\n```\n\n---\n\n4. four\n   - in it')).toBe(
      'code“if (a < b) {}” rule list4(“four” list(“in it”))'
    )
    expect(shown('a \\*b\\* & c &amp; d < e')).toBe('p:“a *b* & c & d < e”')
  })

  test('from Basecamp and monday: their HTML, as the hub keeps it', () => {
    const html =
      '<div>Hi <strong>Ana</strong>,<br>see <a href="https://larkfield.example/a_b">the plan</a></div><ul><li>one</li><li>two</li></ul>'
    expect(shown(markdownFrom(html))).toBe(
      'p:“Hi strong“Ana”,↵see “the plan”→https://larkfield.example/a_b” list(“one”, “two”)'
    )
    expect(shown(markdownFrom('<p>2 &lt; 3 *as is* snake_case_name</p>'))).toBe('p:“2 < 3 *as is* snake_case_name”')
  })

  test('from ClickUp: its runs, as the hub keeps them', () => {
    const text = textOf([
      { text: 'See ' },
      { text: 'the plan', attributes: { link: 'https://larkfield.example' } },
      { text: '\n' },
      { text: 'one' },
      { text: '\n', attributes: { list: { list: 'bullet' } } }
    ])
    expect(shown(text)).toBe('p:“See “the plan”→https://larkfield.example” list(“one”)')
  })

  test('is inert: no tag, no address that does something, no picture', () => {
    expect(shown('<img src=x onerror=alert(1)> <b>hi</b>')).toBe('p:“<img src=x onerror=alert(1)> <b>hi</b>”')
    expect(shown('<script>alert(1)</script>\n\nok')).toBe('p:“<script>alert(1)</script>” p:“ok”')
    const hrefs = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example']
    for (const href of hrefs) expect(shown(`[x](${href})`)).toBe(`p:“[x](${href})”`)
    expect(shown('[x](&#106;avascript:alert) [x](java\tscript:a) <javascript:alert(1)>')).not.toContain('→')
    expect(shown('![a picture](https://evil.example/track.png)')).toBe('p:“a picture”')
    expect(shown('[a](https://x.example "&quot; onclick=alert(1)")')).toBe('p:““a”→https://x.example”')
    expect(shown('&lt;img src=x onerror=alert(1)&gt;')).toBe('p:“<img src=x onerror=alert(1)>”')
  })

  test('takes no time, however hostile, and loses nothing of what is long', () => {
    const began = performance.now()
    for (const piece of ['[', '*a ', '> ', '- ', '`', '<a ', '_', '![](', '**a* ', '1. ', '||\n-|', '&lt;'])
      expect(shown(piece.repeat(20_000)).length, piece).toBeGreaterThan(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(shown(`${'word '.repeat(5_000)}end`)).toMatch(/end”$/)
    const deep = `${'> '.repeat(40)}in it`
    expect(shown(deep)).toContain('in it')
  })
})
