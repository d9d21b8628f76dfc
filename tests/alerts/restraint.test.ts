/** When the hub says nothing, or takes back what stands there twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COMMAND_LINE } from '../../src/access/who.ts'
import { channels } from '../../src/channels/index.ts'
import { sql } from '../../src/db/database.ts'
import { followUp, stepNotes } from '../../src/jobs/line.ts'
import { doctor } from '../../src/operations/sync/doctor.ts'
import { aboutToSend, deliverDue } from '../../src/outbox/outbox.ts'
import { makeBoard } from '../helpers/boards.ts'
import { type Line, startLine } from '../helpers/line.ts'
import { hurry } from '../helpers/trello.ts'

const board = makeBoard({ cards: 2, from: new Date(Date.now() - 3_600_000).toISOString() })
const [card, second] = (board.cards as { id: string }[]).map(({ id }) => id) as [string, string]
let line: Line
beforeEach(async () => {
  hurry()
  line = await startLine([board])
  await line.sync()
})
afterEach(() => line[Symbol.asyncDispose]())

const put = (facts: Record<string, unknown>, id = card) => line.trello.call('PUT', `/cards/${id}`, { body: facts })
const reasons = () =>
  line.hub.db.rows<{ ref: string; state: string; reason: string | null }>(
    sql`select ref, state, outcome ->> 'reason' as reason from outbox order by ref`
  )

describe('a board that was last read too long ago', () => {
  const age = (hours: number) =>
    line.hub.db.run(sql`update projects set looked_at = now() - make_interval(hours => ${hours}::int)`)

  test('gets no new note, and doctor says why', async () => {
    await age(3)
    await line.alerts(true)
    await line.deliver()
    expect(await line.comments(card)).toEqual([])
    const { concerns } = await doctor.run({ hub: line.hub, jobs: null, who: COMMAND_LINE }, {})
    expect(concerns.map(({ what }) => what)).toContainEqual(expect.stringContaining('too old to speak from'))
    await line.sync()
    await line.deliver()
    expect(await line.comments(card)).toHaveLength(1)
  })

  test('gets no note that was decided upon before either, until it is read again', async () => {
    await line.alerts(true)
    await age(3)
    await line.deliver()
    expect(await line.comments(card)).toEqual([])
    expect(await reasons()).toMatchObject([
      { state: 'due', reason: 'stale_facts' },
      { state: 'due', reason: 'stale_facts' }
    ])
    await line.sync()
    await line.deliver(true)
    expect(await line.comments(card)).toHaveLength(1)
  })

  test('still has its comments taken back when alerts are switched off', async () => {
    await line.alerts(true)
    await line.deliver()
    await age(3)
    await line.alerts(false)
    await line.deliver()
    expect(await line.comments(card)).toEqual([])
  })
})

describe('a card', () => {
  test('fixed and broken again twenty times keeps one comment, and after a dozen changes within an hour is left alone', async () => {
    await line.alerts(true)
    await line.deliver()
    const [first] = await line.comments(card)
    for (let turn = 0; turn < 20; turn++) {
      await put({
        due: turn % 2 === 0 ? new Date(Date.now() + 86_400_000).toISOString() : null,
        idMembers: turn % 2 === 0 ? String((board.members as { id: string }[])[0]?.id) : ''
      })
      await line.sync()
      await line.deliver(true)
    }
    const comments = await line.comments(card)
    expect(comments.map(({ id }) => id)).toEqual([first?.id])
    const [note] = await line.hub.db.rows<{ changes: number }>(
      sql`select changes from notes where task_id = ${`trello:${card}`}`
    )
    expect(note?.changes).toBe(12)
    expect(await reasons()).toContainEqual({ ref: `trello:${card}`, state: 'due', reason: 'too_many_changes' })
    // An hour later what it should say by now is said.
    await line.hub.db.run(sql`update notes set changes_since = now() - interval '61 minutes'`)
    await line.deliver(true)
    const { rows } = line.hub.db
    expect(
      await rows(sql`select 1 from notes where wanted is distinct from posted and comment_id is not null`)
    ).toEqual([])
    expect(await line.comments(card)).toHaveLength(1)
  })

  test('on which our comment stands twice keeps the one the database calls current', async () => {
    await line.alerts(true)
    await line.deliver()
    const [own] = await line.comments(card)
    for (const _ of [1, 2]) {
      const { status } = await line.trello.call('POST', `/cards/${card}/actions/comments`, {
        body: { text: own?.text }
      })
      expect(status).toBe(200)
    }
    expect(await line.comments(card)).toHaveLength(3)
    await line.sync()
    await line.deliver()
    expect((await line.comments(card)).map(({ id }) => id)).toEqual([own?.id])
    expect(await line.comments(second)).toHaveLength(1)
    await line.sync()
    expect(await line.deliver()).toMatchObject({ sent: 0 })
  })

  test('out of our sight keeps its comment, and is not spoken on a second time when it comes back', async () => {
    await line.alerts(true)
    await line.deliver()
    const [own] = await line.comments(card)
    await line.trello.access(String(board.id), false)
    for (const _ of [1, 2]) await expect(line.sync()).rejects.toThrow()
    await followUp(line.hub, {})
    await line.deliver(true)
    await line.trello.access(String(board.id), true)
    await line.sync()
    await line.deliver(true)
    expect((await line.comments(card)).map(({ id }) => id)).toEqual([own?.id])
  })
})

describe('a sender', () => {
  test('that lives keeps its lease, however slow the tool is; one that was overtaken is broken off', async () => {
    await line.alerts(true)
    await line.hub.db.run(sql`delete from outbox where ref <> ${`trello:${card}`}`)
    let broken: unknown = null
    const overtaken = deliverDue(
      line.hub,
      {
        ...channels,
        comment: async (hub, row, signal) => {
          await aboutToSend(hub, row)
          // Another process took it over meanwhile.
          await hub.db.run(sql`update outbox set fence = fence + 1, owner = 'another'`)
          await expect(aboutToSend(hub, row)).rejects.toThrow('Another sender')
          broken = signal.aborted
          return { kind: 'sent', outcome: 'late' }
        }
      },
      { concurrency: 1 }
    )
    await overtaken
    expect(broken).toBe(false)
    // Its late result was refused.
    expect(await line.hub.db.rows(sql`select state, owner, outcome from outbox`)).toEqual([
      { state: 'sending', owner: 'another', outcome: null }
    ])
  })
})

test('notes of other projects are not touched by one project’s step', async () => {
  await line.alerts(true)
  await stepNotes(line.hub, null, { projects: ['trello:elsewhere'] })
  await line.deliver()
  expect(await line.comments(card)).toHaveLength(1)
})
