/** The hub's notes on a card: posted, read back, edited, taken away; known from others'; inert whatever a title holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bold, link, list, paragraph, text } from '../../src/model/richText.ts'
import { type Account, COLUMNS, column, refusal, startAccount } from './account.ts'
import { rigs } from './rigs/index.ts'

const HOSTILE = '</p><script>alert(1)</script> **not bold** @everyone {{secret}} [x](http://evil.example) <!channel>'

describe.each(rigs.map((rig) => [rig.adapter.name, rig] as const))('%s', (_name, rig) => {
  let account: Account
  let ana: string
  let task: string

  beforeAll(async () => {
    account = await startAccount(rig, { now: '2026-11-16T08:00:00Z' })
    ana = await account.tool.person({ name: 'Ana Lima' })
    const project = await account.tool.project({ name: 'Website', columns: COLUMNS, members: [ana] })
    task = await account.tool.task({ project: project.id, column: column(project, 'To do'), title: 'Discussed' })
  })
  afterAll(() => account[Symbol.asyncDispose]())

  const note = (words: string, token: string) => [
    paragraph(bold('Two things'), text(` about ${words}`)),
    list([text('no due date')], [text('nobody assigned')]),
    paragraph(link('Why this note', `https://hub.example/w/${token}`))
  ]
  const there = async () => (await account.tool.look(task))?.comments ?? []

  it('posts a note as the account, and finds it again by the token in its link', async () => {
    const me = await account.session.whoAmI()
    await account.tool.comment(task, { by: ana, text: 'Shall we start?' })
    await account.tool.clock({ advanceMs: 60_000 })
    const posted = await account.session.comments.post(task, note('this card', 'token-one'), 'key-one')
    expect(posted).toMatchObject({ task, author: me.externalId })
    const kept = (await there()).find(({ id }) => id === posted.externalId)
    expect(kept?.author).toBe(me.externalId)
    const listed = await account.session.comments.list(task)
    const ours = listed.filter((comment) => comment.text.includes('token-one'))
    expect(ours.map(({ externalId }) => externalId)).toEqual([posted.externalId])
    expect(ours[0]?.text).toContain('Two things')
    // Newest first, and the other one is not ours.
    expect(listed[0]?.externalId).toBe(posted.externalId)
    const hers = listed.find((comment) => comment.author === ana)
    expect(hers?.text).toContain('Shall we start?')
    expect(hers?.text).not.toContain('token-one')
  })

  it('edits what it posted, in place', async () => {
    const posted = await account.session.comments.post(task, note('a card', 'token-two'), 'key-two')
    const before = (await there()).length
    await account.session.comments.edit(task, posted.externalId, note('another card', 'token-two'))
    expect((await there()).length).toBe(before)
    const listed = await account.session.comments.list(task)
    const edited = listed.find(({ externalId }) => externalId === posted.externalId)
    expect(edited?.text).toContain('another card')
  })

  it('takes away what it posted, and says so when somebody else has', async () => {
    const posted = await account.session.comments.post(task, note('going', 'token-three'), 'key-three')
    await account.session.comments.remove(task, posted.externalId)
    expect((await there()).some(({ id }) => id === posted.externalId)).toBe(false)
    const edit = refusal(account.session.comments.edit(task, posted.externalId, note('gone', 'token-three')))
    expect(await edit).toMatchObject({ kind: 'not_found' })
  })

  it('a card whose title is hostile makes an inert note', async () => {
    const posted = await account.session.comments.post(task, note(HOSTILE, 'token-four'), 'key-four')
    const stored = (await there()).find(({ id }) => id === posted.externalId)?.text ?? ''
    // In Markdown a bracket is inert behind a backslash.
    expect(stored).not.toMatch(/(?<!\\)<script/)
    expect(stored).not.toMatch(/(?<!\\)\]\(http:\/\/evil/)
    expect(stored).not.toMatch(/href="http:\/\/evil/)
    const shown = (await account.session.comments.list(task))[0]?.text ?? ''
    expect(shown).toContain('alert(1)')
  })

  it('an answer that was lost is found again, so that nothing is said twice', async () => {
    await account.tool.fault({ path: rig.posting, times: 1, effect: { drop: 'after' } })
    const error = await refusal(account.session.comments.post(task, note('once', 'token-five'), 'key-five'))
    expect(error).toMatchObject({ kind: 'provider_down', unclear: true })
    await account.tool.clearFaults()
    const found = (await account.session.comments.list(task)).filter(({ text: said }) => said.includes('token-five'))
    expect(found).toHaveLength(1)
    if (rig.adapter.can.clientCommentId) {
      const again = await account.session.comments.post(task, note('once', 'token-five'), 'key-five')
      expect(again.externalId).toBe(found[0]?.externalId)
      const all = (await account.session.comments.list(task)).filter(({ text: said }) => said.includes('token-five'))
      expect(all).toHaveLength(1)
    }
  })

  it('reads at least the latest fifty of many comments, newest first', async () => {
    const project = await account.tool.project({ name: 'Talk', columns: COLUMNS, members: [ana] })
    const talked = await account.tool.task({
      project: project.id,
      column: column(project, 'To do'),
      title: 'Talked about'
    })
    for (let index = 1; index <= 60; index++) {
      await account.tool.comment(talked, { by: ana, text: `Line ${index}` })
      await account.tool.clock({ advanceMs: 1000 })
    }
    const said = (await account.session.comments.list(talked, 50)).map((comment) => comment.text.trim())
    expect(said.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, index) => `Line ${60 - index}`))
  })
})
