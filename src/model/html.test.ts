import { describe, expect, it } from 'vitest'
import { htmlNote, markdownFrom } from './html.ts'
import { bold, link, list, paragraph, text } from './richText.ts'

const JOINER = '\u2060'

describe('A note in HTML', () => {
  it('uses paragraphs, lists, bold and links', () => {
    const body = [
      paragraph(text('Two things on '), bold('Launch'), text(':')),
      list([text('no deadline')], [text('see '), link('the board', 'https://hub.example/t/1?a=1&b=2')])
    ]
    expect(htmlNote(body)).toBe(
      '<div>Two things on <strong>Launch</strong>:</div>' +
        '<ul><li>no deadline</li><li>see <a href="https://hub.example/t/1?a=1&amp;b=2">the board</a></li></ul>'
    )
  })

  it('makes nothing of what a card says: no tag, no address, no mention, no line of its own', () => {
    const title = '<script>alert("1")</script> & @everyone\nhttps://evil.example www.evil.example'
    expect(htmlNote([paragraph(bold(title), { kind: 'code', text: "it's <b>" })])).toBe(
      '<div><strong>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ' +
        `@${JOINER}everyone https:${JOINER}//evil.example www.${JOINER}evil.example</strong>it&#39;s &lt;b&gt;</div>`
    )
  })

  it('links to web addresses only, and lets none end its attribute', () => {
    expect(htmlNote([paragraph(link('here', 'javascript:alert(1)'))])).toBe('<div>here</div>')
    expect(htmlNote([paragraph(link('here', 'https://a.example/"onclick="x<y'))])).toBe(
      '<div><a href="https://a.example/&quot;onclick=&quot;x&lt;y">here</a></div>'
    )
  })

  it('writes a mention as the tool wants it, else as the name', () => {
    const mention = { kind: 'mention', externalId: '7', username: null, name: 'Ada <A>' } as const
    expect(htmlNote([paragraph(mention)])).toBe('<div>Ada &lt;A&gt;</div>')
    expect(htmlNote([paragraph(mention)], ({ externalId }) => `<bc-attachment sgid="${externalId}">`)).toBe(
      '<div><bc-attachment sgid="7"></div>'
    )
  })
})

describe('HTML read as Markdown', () => {
  it('keeps words, lists, emphasis and the addresses of links', () => {
    expect(
      markdownFrom(
        '<div>Hello <strong>you</strong>,<br>see <a href="https://hub.example/c/abc_DEF-123">this</a></div><ul><li>one</li><li>two</li></ul>'
      )
    ).toBe('Hello **you**,  \nsee [this](https://hub.example/c/abc_DEF-123)\n\n- one\n- two')
  })

  it('gives back the link of a note it wrote', () => {
    const href = 'https://hub.example/c/0123_456-789?x=1&y=2'
    expect(markdownFrom(htmlNote([paragraph(text('a_b '), link('Throughline', href))]))).toBe(
      `a\\_b [Throughline](${href})`
    )
  })

  it('leaves out scripts, styles and pictures, but for what a picture says', () => {
    expect(
      markdownFrom('<style>p{}</style><script>x()</script><p>a<img alt="a cat" src="data:image/png;base64,AAAA">b</p>')
    ).toBe('aa catb')
  })

  it('is empty for nothing, and takes plain text as it is', () => {
    expect(markdownFrom('')).toBe('')
    expect(markdownFrom('1st update edit')).toBe('1st update edit')
  })

  const hostile: [string, string, RegExp][] = [
    [
      'deep nesting',
      `${'<div>'.repeat(30_000)}deep <a href="https://a.example/t">x</a>`,
      /deep <https:\/\/a.example\/t> x/
    ],
    [
      'formatting that is never closed',
      Array.from({ length: 5000 }, (_, n) => `<b title=${n}><p>w`).join(''),
      /^w w w/
    ],
    ['brackets without end', '<'.repeat(200_000), /^\\?<[\\<]+$/],
    ['links that are never closed', `${'<a href="https://a.example">x'.repeat(5000)}end`, /x end$|xend/],
    ['ten million characters', `<p>${'word '.repeat(2_000_000)}</p>`, /^word word/],
    ['a broken entity and a null', '<p>&#x110000; \u0000 &bogus; ok</p>', /ok/]
  ]
  it.each(hostile)('survives %s in a second', (_name, html, words) => {
    const began = performance.now()
    expect(markdownFrom(html)).toMatch(words)
    expect(markdownFrom(html).length).toBeLessThanOrEqual(400_000)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
