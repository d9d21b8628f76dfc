import { describe, expect, it } from 'vitest'
import { demoBoards, demoCategories } from '../../sandbox/demo/larkfield.ts'
import type { BoardExport, Row } from '../../sandbox/trello/facts.ts'
import { startTrello } from '../helpers/sandbox.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { checkExchange } from '../helpers/spec.ts'

const NOW = new Date('2026-11-19T10:40:00.000Z')
const DAY = 86_400_000

interface Move extends Row {
  date: string
  type: string
  data: { card: Row; listAfter?: Row; list?: Row; old?: Row; board: Row }
}

const cardsOf = (boards: BoardExport[]) =>
  boards.flatMap(({ cards = [], lists = [] }) =>
    cards.map((card) => ({ card, list: lists.find(({ id }) => id === card.idList)! }))
  )

describe.each([NOW, new Date('2027-01-04T08:05:00.000Z'), new Date('2026-12-26T13:00:00.000Z')])(
  'The demo company at %s',
  (now) => {
    const boards = demoBoards(now)
    const all = cardsOf(boards)
    const categories = demoCategories()
    const open = all.filter(({ card, list }) => !card.closed && !list.closed && !card.isTemplate && !card.cardRole)
    const working = open.filter(({ list }) => ['todo', 'doing', 'blocked'].includes(categories[String(list.id)] ?? ''))

    it('is the same every time', () => {
      expect(demoBoards(now)).toEqual(boards)
    })

    it('has three boards with 120 to 180 cards, and all of their kinds', () => {
      expect(boards.map(({ name }) => name)).toEqual(['Searches', 'Client portal', 'Contracts and payroll'])
      expect(all.length).toBeGreaterThanOrEqual(120)
      expect(all.length).toBeLessThanOrEqual(180)
      for (const board of boards) {
        expect(board.lists?.filter(({ closed }) => closed)).toHaveLength(1)
        expect(board.cards?.filter(({ closed }) => closed)).toHaveLength(3)
        expect(board.cards?.filter(({ isTemplate }) => isTemplate)).toHaveLength(1)
        expect(board.cards?.filter(({ cardRole }) => cardRole === 'separator')).toHaveLength(1)
        const titles = board.cards?.map(({ name }) => name) ?? []
        expect(new Set(titles).size).toBe(titles.length)
      }
      expect(boards[1]!.cards!.filter(({ customFieldItems }) => customFieldItems).length).toBeGreaterThan(30)
      const ids = boards.flatMap(({ cards = [], actions = [] }) => [...cards, ...actions].map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
      const links = all.map(({ card }) => card.shortLink)
      expect(new Set(links).size).toBe(links.length)
    })

    it('has a history that agrees with the cards', () => {
      for (const { cards = [], actions = [] } of boards) {
        const byCard = Map.groupBy(actions as Move[], (action) => action.data.card.id)
        for (const card of cards) {
          const history = byCard.get(card.id)!
          const created = history.filter(({ type }) => type === 'createCard')
          expect(created).toHaveLength(1)
          const moves = history.filter(({ data }) => data.listAfter)
          const last = moves[0]?.data.listAfter?.id ?? created[0]!.data.list!.id
          expect(last).toBe(card.idList)
          const dues = history.filter(({ data }) => data.old && 'due' in data.old)
          expect(dues[0]?.data.card.due ?? null).toBe(card.due)
          expect(history.some(({ data }) => data.old?.dueComplete === false)).toBe(card.dueComplete)
          expect(history.some(({ data }) => data.old?.closed === false)).toBe(card.closed)
          expect(history.filter(({ type }) => type === 'commentCard')).toHaveLength(
            (card.badges as Row).comments as number
          )
          expect(card.dateLastActivity).toBe(history[0]!.date)
          expect(history.at(-1)).toBe(created[0])
        }
      }
    })

    it('happens in working time, before now, over about ten weeks', () => {
      const moments = boards.flatMap(({ actions = [] }) => actions.map(({ date }) => new Date(String(date))))
      for (const at of moments) {
        expect(at.getTime()).toBeLessThan(now.getTime())
        expect([1, 2, 3, 4, 5]).toContain(at.getUTCDay())
        expect(at.getUTCHours()).toBeGreaterThanOrEqual(8)
        expect(at.getUTCHours()).toBeLessThan(19)
      }
      const age = (now.getTime() - Math.min(...moments.map((at) => at.getTime()))) / DAY
      expect(age).toBeGreaterThan(63)
      expect(age).toBeLessThan(91)
    })

    it('has trouble of every kind, and most cards without any', () => {
      const entered = (card: Row, board: BoardExport) => {
        const move = (board.actions as Move[]).find(({ data }) => data.card.id === card.id && data.listAfter)
        return (now.getTime() - Date.parse(String(move?.date ?? card.dateLastActivity))) / DAY
      }
      const doing = open.filter(({ list }) => categories[String(list.id)] === 'doing')
      const board = (card: Row) => boards.find(({ cards }) => cards?.includes(card))!
      const stale = doing.filter(({ card }) => entered(card, board(card)) > 9)
      const overdue = working.filter(({ card }) => card.due && Date.parse(String(card.due)) < now.getTime())
      const noDeadline = working.filter(({ card }) => !card.due)
      const nobody = working.filter(({ card }) => (card.idMembers as string[]).length === 0)
      expect([stale.length, overdue.length, noDeadline.length, nobody.length]).toEqual([6, 6, 9, 6])
      const troubled = new Set([...stale, ...overdue, ...noDeadline, ...nobody].map(({ card }) => card.id))
      expect(troubled.size).toBeLessThan(working.length / 2)
    })

    it('finished something in each of the last nine weeks', () => {
      const monday = now.getTime() - ((now.getUTCDay() + 6) % 7) * DAY - (now.getTime() % DAY)
      const done = all.filter(({ card }) => card.dueComplete).map(({ card }) => Date.parse(String(card.dateCompleted)))
      for (let week = 1; week <= 9; week += 1) {
        const from = monday - week * 7 * DAY
        expect(done.filter((at) => at >= from && at < from + 7 * DAY).length).toBeGreaterThan(0)
      }
    })
  }
)

describeWithShared('The demo company, through the API', () => {
  it('is what the specification allows', async () => {
    await using trello = await startTrello({ demo: true, now: NOW.toISOString() })
    await trello.record(50)
    const boards = await trello.get<{ id: string; name: string }[]>('/members/me/boards?fields=name')
    expect(boards.map(({ name }) => name)).toEqual(['Searches', 'Client portal', 'Contracts and payroll'])
    for (const { id } of boards) {
      await trello.get(`/boards/${id}?fields=all&lists=all&labels=all&members=all&customFields=true`)
      await trello.get(`/boards/${id}/cards/all?customFieldItems=true&checklists=all`)
      await trello.get(`/boards/${id}/actions?limit=1000`)
    }
    expect([...new Set((await trello.exchanges()).flatMap(checkExchange))]).toEqual([])
  })
})
