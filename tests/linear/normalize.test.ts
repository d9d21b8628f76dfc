/** Raw issues into facts: what the stand-in never says, and what a tool might one day. */
import { describe, expect, it } from 'vitest'
import * as normalize from '../../adapters/linear/normalize.ts'
import * as raw from '../../adapters/linear/raw.ts'

const ISSUE = {
  id: 'i-1',
  title: 'One',
  url: 'https://linear.app/o/issue/O-1/one',
  createdAt: '2026-11-16T08:00:00.000Z',
  updatedAt: '2026-11-18T08:00:00.000Z',
  state: { id: 's-doing', type: 'started' },
  team: { id: 't-1' },
  labelIds: []
}
const read = (changes: object = {}, history: raw.History | null = null) =>
  normalize.issue({ ...ISSUE, ...changes }, new Map(), history)
const factsOf = (changes: object = {}, history: raw.History | null = null) => {
  const one = read(changes, history)
  if (one.kind !== 'task') throw new Error(one.kind)
  return one.facts
}
const span = (id: string, stateId: string, startedAt: string, endedAt: string | null) => ({
  id,
  stateId,
  startedAt,
  endedAt
})
const at = (day: number) => `2026-11-${day}T08:00:00.000Z`

describe('an issue', () => {
  it('is dated by the span it stands in, in whichever order the spans come', () => {
    const spans = [span('a', 's-todo', at(16), at(17)), span('b', 's-doing', at(17), null)]
    for (const nodes of [spans, [...spans].reverse()]) {
      const history = { id: 'i-1', earliest: { nodes }, latest: { nodes: nodes.slice(0, 1) }, history: { nodes: [] } }
      expect(factsOf({}, history).enteredColumnAt).toBe(at(17))
      const events = normalize.events(raw.Issue.parse(ISSUE), history)
      expect(events.map(({ type, from, to, externalId }) => [type, from, to, externalId])).toEqual([
        ['created', null, 's-todo', 'i-1/created'],
        ['moved', 's-todo', 's-doing', 'b']
      ])
    }
  })

  it('whose middle history is missing makes up no origin of a move', () => {
    const history = {
      id: 'i-1',
      earliest: { nodes: [span('a', 's-todo', at(16), at(17))] },
      latest: { nodes: [span('z', 's-doing', at(18), null)] },
      history: { nodes: [] }
    }
    const moved = normalize.events(raw.Issue.parse(ISSUE), history).find(({ type }) => type === 'moved')
    expect(moved).toMatchObject({ from: null, to: 's-doing', at: at(18) })
  })

  it('without a history says nothing of when it came, unless it never moved or is over', () => {
    expect(factsOf().enteredColumnAt).toBeNull()
    expect(factsOf({ updatedAt: ISSUE.createdAt }).enteredColumnAt).toBe(ISSUE.createdAt)
    const over = { state: { id: 's-done', type: 'completed' }, completedAt: at(17) }
    expect(factsOf(over)).toMatchObject({ enteredColumnAt: at(17), completed: true, completedAt: at(17) })
    const dropped = { state: { id: 's-no', type: 'duplicate' }, canceledAt: at(18) }
    expect(factsOf(dropped)).toMatchObject({ enteredColumnAt: at(18), completed: false, completedAt: null })
  })

  it('keeps priorities, points and states that nobody foresaw', () => {
    expect([0, 1, 2, 3, 4, 5].map((priority) => factsOf({ priority }).priority)).toEqual([
      'none',
      'urgent',
      'high',
      'normal',
      'low',
      'none'
    ])
    expect(factsOf({ priority: 2 }).rawPriority).toBe('2')
    expect(factsOf({ estimate: 0 }).estimate).toEqual({ value: 0, unit: 'points' })
    const column = { id: 's', name: 'Paused', type: 'paused', position: 1, team: { id: 't-1' } }
    expect(normalize.column(column)).toMatchObject({ name: 'Paused', category: null })
  })

  it('that does not fit is set aside with the place, its team and its title', () => {
    const places: [object, string][] = [
      [{ dueDate: '2026-13-45' }, 'dueDate'],
      [{ title: null }, 'title'],
      [{ state: null }, 'state'],
      [{ updatedAt: 'yesterday' }, 'updatedAt'],
      [{ createdAt: '+010000-01-01T00:00:00.000Z' }, 'createdAt'],
      [{ labelIds: [7] }, 'labelIds.0']
    ]
    for (const [changes, path] of places)
      expect(read(changes)).toMatchObject({ kind: 'unreadable', externalId: 'i-1', project: 't-1', path })
    expect(normalize.issue(null, new Map(), null)).toMatchObject({ kind: 'unreadable', externalId: '', project: null })
  })
})

describe('a comment', () => {
  it('of a project or a document, or a deleted one, is none of a task', () => {
    const comment = { id: 'c', body: 'Hi', createdAt: at(16), issueId: 'i-1', user: { id: 'u' } }
    expect(normalize.comment(comment)).toMatchObject({ task: 'i-1', author: 'u' })
    expect(normalize.comment({ ...comment, user: null })).toMatchObject({ author: null })
    expect(normalize.comment({ ...comment, issueId: null })).toBeNull()
    expect(normalize.comment({ ...comment, archivedAt: at(17) })).toBeNull()
    expect(normalize.comment({ body: 'no id' })).toBeNull()
  })
})
