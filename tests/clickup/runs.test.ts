/** Notes as runs of text, and runs read back. */
import { expect, it } from 'vitest'
import { clickup } from '../../adapters/clickup/index.ts'
import { runs, textOf } from '../../adapters/clickup/runs.ts'
import { bold, link, list, paragraph, text } from '../../src/model/richText.ts'

const END = { text: '\n', attributes: {} }

it('writes paragraphs, lists and marks as runs, a block’s kind on its line break', () => {
  const note = [
    paragraph(text('Hello '), bold('world')),
    list([text('no due date')], [{ kind: 'code', text: 'x' }]),
    paragraph(link('Why?', 'https://hub.example/w/abc'))
  ]
  expect(runs(note)).toEqual([
    { text: 'Hello ', attributes: {} },
    { text: 'world', attributes: { bold: true } },
    END,
    { text: 'no due date', attributes: {} },
    { text: '\n', attributes: { list: { list: 'bullet' } } },
    { text: 'x', attributes: { code: true } },
    { text: '\n', attributes: { list: { list: 'bullet' } } },
    END,
    { text: 'Why?', attributes: { link: 'https://hub.example/w/abc' } },
    END
  ])
  expect(clickup.render(note)).toBe('Hello **world**\n- no due date\n- `x`\n\n[Why?](https://hub.example/w/abc)')
})

it('notifies by a run of its own and nobody by words', () => {
  const mention = (externalId: string) => ({ kind: 'mention' as const, externalId, username: 'ana', name: 'Ana' })
  expect(runs([paragraph(mention('183'), text(' @everyone'))])).toEqual([
    { type: 'tag', user: { id: 183 } },
    { text: ' @everyone', attributes: {} },
    END
  ])
  // No number of a person: her name.
  expect(runs([paragraph(mention('g-1'))])[0]).toEqual({ text: 'Ana', attributes: {} })
})

it('keeps what comes from a card in its run: no second line, no address that becomes a link', () => {
  const [run] = runs([paragraph(text('a\r\nb\u2028c https://evil.example www.evil.example **x** <b>'))])
  expect(run).toEqual({
    text: 'a b c https:\u2060//evil.example www.\u2060evil.example **x** <b>',
    attributes: {}
  })
})

it('reads other people’s runs: mentions, bookmarks, lists, plain text', () => {
  const user = { id: 183, username: 'Ana' }
  expect(
    textOf([
      { type: 'tag', user: { id: '183', username: 'Ana' }, text: '@Ana' },
      { text: ' see ' },
      { type: 'bookmark', bookmark: { url: 'https://x.example/1' }, text: 'https://x.example/1' },
      { text: '\n', attributes: {} },
      { text: 'one\ntwo', attributes: {} },
      { text: '\n', attributes: { list: { list: 'checked' } } },
      { type: 'tag', user: { ...user, id: '183' } },
      { type: 'emoticon', emoticon: { code: '1f44d' } }
    ])
  ).toBe('@Ana see https://x.example/1\none\n- two\n@Ana')
})
