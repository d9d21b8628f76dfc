/** A real board of 682 cards, twelve hours later: what an incremental pull makes of it is what a fresh sync would. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoardExport, Row } from '../../sandbox/trello/facts.ts'
import type { Hub } from '../../src/hub.ts'
import { hubId } from '../../src/model/task.ts'
import { testHub } from '../helpers/hub.ts'
import { startTrello, type TrelloSandbox } from '../helpers/sandbox.ts'
import { describeWithShared, trelloBoard } from '../helpers/shared.ts'
import { type Connected, connected, taskOf, tasksOf } from '../helpers/trello.ts'

/** Worked out from history, so it rests on how much of it was read. */
const FROM_HISTORY = ['entered_column_at', 'entered_known', 'completed_at', 'completed_known', 'last_human_activity_at']
const plain = (tasks: Row[]) =>
  tasks.map((task) => Object.fromEntries(Object.entries(task).filter(([key]) => !FROM_HISTORY.includes(key))))

type Action = Row & { id: string; type: string; date: string; data: Row & { card?: Row; list?: Row; listAfter?: Row } }

/** When a card entered its list, by plain reading of these actions. */
function entered(card: Row, actions: readonly Action[], oldest: string): [string, string] {
  const moves = actions
    .filter((action) => action.data.card?.id === card.id)
    .filter(({ type, data }) => /^(createCard|copyCard)$/.test(type) || data.listAfter)
    .sort((a, b) => (a.date < b.date ? -1 : 1))
  const last = moves.at(-1)
  if (last) return [last.date, 'reported']
  const created = new Date(Number.parseInt(String(card.id).slice(0, 8), 16) * 1000).toISOString()
  return [created > oldest ? created : oldest, 'at_least']
}

const CLOCKS = [
  { clock: 'when it was exported', loaded: '2024-03-11T02:10:00.000Z', reloaded: '2024-03-11T15:00:00.000Z' },
  // Actions are compared with actions only: that the tool's clock is years ahead of them costs nothing.
  { clock: 'two years on', loaded: '2026-03-11T02:10:00.000Z', reloaded: '2026-03-11T15:00:00.000Z' }
]

for (const { clock, loaded, reloaded } of CLOCKS)
  describeWithShared(`A board of 682 cards, twelve hours later, by a clock ${clock}`, () => {
    let trello: TrelloSandbox
    let hub: Hub
    let fresh: Hub
    let look: Connected['look']
    let first: BoardExport
    let later: BoardExport
    let requests: number

    beforeAll(async () => {
      first = trelloBoard('en-sideline-apps-682')
      later = trelloBoard('en-sideline-apps-682-later')
      trello = await startTrello({ now: loaded })
      await trello.load(first)
      hub = await testHub()
      ;({ look } = await connected(hub, trello, [first.id]))
      expect(await look(first.id)).toMatchObject({ mode: 'sweep', fetched: 681, requests: 4 })
      await trello.load(later)
      await trello.clock({ now: reloaded })
      ;({ requests } = await look(first.id))
      fresh = await testHub()
      await (await connected(fresh, trello, [first.id])).look(first.id)
    })
    afterAll(async () => {
      await hub.close()
      await fresh.close()
      await trello.stop()
    })

    const deleted = () => {
      const action = (later.actions as Action[]).find(({ type }) => type === 'deleteCard')
      return String(action?.data.card?.id)
    }

    it('is pulled with fewer requests than a full sync', () => {
      // History, one page of cards; nothing of the board itself has changed.
      expect(requests).toBe(2)
    })

    it('has the same facts as a fresh sync, and the deleted card beside them', async () => {
      const [ours, theirs] = [await tasksOf(hub), await tasksOf(fresh)]
      expect(ours).toHaveLength(theirs.length + 1)
      expect(plain(ours.filter(({ id }) => id !== hubId('trello', deleted())))).toEqual(plain(theirs))
      expect(first.cards!.some(({ id }) => id === deleted())).toBe(true)
      expect(await taskOf(hub, deleted())).toMatchObject({ presence: 'deleted', open: false })
    })

    it('differs in what history tells only where the fresh sync cannot see that far back', async () => {
      const oldest = (actions: Action[]) => actions.map(({ date }) => date).toSorted()[0]!
      const [then, now] = [first.actions as Action[], later.actions as Action[]]
      const both = [...new Map([...then, ...now].map((action) => [action.id, action])).values()]
      const fresher = new Map((await tasksOf(fresh)).map((task) => [task.id, task]))
      const cards = new Map(later.cards!.map((card) => [hubId('trello', String(card.id)), card as Row]))
      let further = 0
      for (const task of await tasksOf(hub)) {
        const card = cards.get(String(task.id))
        if (!card) continue
        const other = fresher.get(task.id)!
        expect([task.entered_column_at, task.entered_known]).toEqual(entered(card, both, oldest(both)))
        expect([other.entered_column_at, other.entered_known]).toEqual(entered(card, now, oldest(now)))
        if (task.entered_column_at === other.entered_column_at) {
          expect(FROM_HISTORY.slice(0, 4).map((key) => task[key])).toEqual(
            FROM_HISTORY.slice(0, 4).map((key) => other[key])
          )
        } else {
          further++
          expect(other.entered_known).toBe('at_least')
          expect(String(task.entered_column_at) < String(other.entered_column_at)).toBe(true)
          expect([other.completed_known, other.completed_at === null]).toEqual(
            task.completed_known === null ? [null, true] : ['at_least', false]
          )
          expect(String(task.completed_at ?? '') <= String(other.completed_at ?? '')).toBe(true)
        }
        if (other.last_human_activity_at !== null)
          expect(task.last_human_activity_at).toBe(other.last_human_activity_at)
      }
      // The later recording's 1,000 actions say of 138 cards when they came; of these, both know the same.
      expect(further).toBe(681 - 138)
    })

    it('is quiet after that: one look, one request, nothing written', async () => {
      expect(await look(first.id)).toMatchObject({ mode: 'incremental', requests: 1, fetched: 0, stored: 0, events: 0 })
    })

    it('takes ten touched cards with half the requests of a full sync, and is as a fresh one again', async () => {
      const open = later.cards!.filter(({ closed }) => !closed).slice(0, 10) as { id: string; idList: string }[]
      const lists = later.lists!.filter(({ closed }) => !closed).map(({ id }) => String(id))
      await trello.clock({ advanceMs: 3_600_000 })
      for (const [index, { id, idList }] of open.entries()) {
        const elsewhere = lists.find((list) => list !== idList)!
        const body = [
          { idList: elsewhere },
          { due: '2024-04-01T12:00:00.000Z' },
          { name: `Renamed ${index}` },
          { closed: true },
          { dueComplete: true }
        ][index % 5]!
        expect((await trello.call('PUT', `/cards/${id}`, { body })).status).toBe(200)
      }
      await trello.clock({ advanceMs: 5_000 })
      expect(await look(first.id)).toMatchObject({ mode: 'incremental', requests: 2, stored: 10 })
      const full = await testHub()
      expect(await (await connected(full, trello, [first.id])).look(first.id)).toMatchObject({ requests: 4 })
      const ours = (await tasksOf(hub)).filter(({ id }) => id !== hubId('trello', deleted()))
      expect(plain(ours)).toEqual(plain(await tasksOf(full)))
      await full.close()
    })
  })
