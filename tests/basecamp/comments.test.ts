/** Notes on a card: what Basecamp keeps of them, whom they notify, how they are found again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { note } from '../../adapters/basecamp/note.ts'
import { bold, link, list, paragraph, text } from '../../src/model/richText.ts'
import { type Account, COLUMNS, pulled, startAccount } from './account.ts'

describe('A note', () => {
  let account: Account
  let task: string
  let ana: string
  let sgid: string

  beforeAll(async () => {
    account = await startAccount()
    ana = await account.tool.person({ name: 'Ana Ribeiro' })
    const project = await account.tool.project({ name: 'Launch', columns: [...COLUMNS], members: [ana] })
    task = await account.tool.task({ project: project.id, column: project.columns.Next!, title: 'Talked about' })
    const [scope] = await account.session.scopes([project.id])
    const people = (await pulled(account.session, scope!)).flatMap((page) => page.people)
    sgid = people.find(({ externalId }) => externalId === ana)?.mention ?? ''
  })
  afterAll(() => account[Symbol.asyncDispose]())

  const kept = async () => (await account.tool.look(task))?.comments.at(-1)?.text

  it('is written in the few tags that survive, so nothing of it is lost', async () => {
    const body = [
      paragraph(bold('Two things'), text(' & <more>')),
      list([text('no due date')]),
      paragraph(link('Why', 'https://hub.example/w/token'))
    ]
    const posted = await account.session.comments.post(task, body, 'key')
    expect(note(body)).toBe(
      '<div><strong>Two things</strong> &amp; &lt;more&gt;</div><ul><li>no due date</li></ul><div><a href="https://hub.example/w/token">Why</a></div>'
    )
    expect(await kept()).toBe(note(body))
    expect(posted.text).toBe('**Two things** & <more>\n\n- no due date\n\n[Why](https://hub.example/w/token)')
  })

  it('mentions a person by the signed id that came with them, and reads as their name', async () => {
    expect(sgid).toMatch(/.+--\d+$/)
    const mention = { kind: 'mention', externalId: ana, username: sgid, name: 'Ana Ribeiro' } as const
    const posted = await account.session.comments.post(task, [paragraph(mention, text(' please'))], 'key')
    expect(await kept()).toContain('content-type="application/vnd.basecamp.mention"')
    expect(posted.text).toBe('Ana Ribeiro please')
  })

  it('names a person without a signed id, or with a strange one, and notifies nobody', () => {
    const mention = (username: string | null) =>
      note([paragraph({ kind: 'mention', externalId: '1', username, name: 'A <b>' })])
    expect(mention(null)).toBe('<div>A &lt;b&gt;</div>')
    expect(mention('"><script>')).toBe('<div>A &lt;b&gt;</div>')
  })

  it('counts on the card', async () => {
    const [read] = await Array.fromAsync(account.session.fetch([task]))
    const count = (await account.tool.look(task))?.comments.length
    expect(read).toMatchObject({ facts: { commentCount: count } })
  })
})
