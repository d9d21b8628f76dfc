import { describe, expect, it } from 'vitest'
import { byId } from '../../adapters/trello/cards.ts'
import * as normalize from '../../adapters/trello/normalize.ts'
import * as raw from '../../adapters/trello/raw.ts'
import { madeId } from '../helpers/boards.ts'

const id = (index: number) => madeId('card', 1, index, Date.parse('2026-09-01T08:00:00Z'))
const [board, column, ada, bela] = [id(900), id(901), id(902), id(903)]
const field = (index: number, name: string, type: string, options?: unknown) =>
  raw.CustomField.parse({ id: id(800 + index), name, type, ...(options ? { options } : {}) })
const fields = byId([
  field(0, 'Notes', 'text'),
  field(1, 'Points', 'number'),
  field(2, 'Launch', 'date'),
  field(3, 'Paid', 'checkbox'),
  field(4, 'Stage', 'list', [
    { id: id(850), value: { text: 'Draft' } },
    { id: id(851), value: { text: 'Final' } }
  ])
])
const item = (index: number, value: unknown, idValue?: string) => ({ idCustomField: id(800 + index), value, idValue })

const rich = {
  id: id(1),
  idBoard: board,
  idList: column,
  name: 'Write the offer',
  desc: 'With **care**',
  closed: false,
  due: '2026-12-01T12:00:00.000Z',
  start: '2026-11-20T08:00:00+01:00',
  dueComplete: true,
  dateCompleted: '2026-11-30T10:00:00.000Z',
  dateLastActivity: '2026-11-30T10:00:00.123Z',
  idMembers: [bela, ada, bela],
  idMemberCreator: ada,
  labels: [
    { id: id(700), name: 'Urgent', color: 'red' },
    { id: id(701), name: '', color: null }
  ],
  shortUrl: 'https://trello.com/c/abcd1234',
  url: 'https://trello.com/c/abcd1234/1-write-the-offer',
  shortLink: 'abcd1234',
  isTemplate: false,
  cardRole: null,
  badges: { comments: 3, checkItems: 5, checkItemsChecked: 2 },
  customFieldItems: [
    item(3, { checked: 'true' }),
    item(0, { text: 'As agreed' }),
    item(1, { number: '2.5' }),
    item(2, { date: '2026-12-24T00:00:00.000Z' }),
    item(4, null, id(851))
  ],
  email: 'secret+address@boards.example',
  somethingNew: { of: 2027 }
}

const bare = { id: id(2), idBoard: board, idList: column, name: '' }

const taskOf = (card: unknown) => {
  const reading = normalize.card(card, fields, board)
  if (reading.kind !== 'task') throw new Error(JSON.stringify(reading))
  return reading
}

describe('A card', () => {
  it('with everything in it is read whole', () => {
    expect(taskOf(rich).facts).toEqual({
      externalId: id(1),
      project: board,
      column,
      title: 'Write the offer',
      description: 'With **care**',
      url: 'https://trello.com/c/abcd1234',
      assignees: [ada, bela],
      creator: ada,
      labels: [
        { externalId: id(700), name: 'Urgent', colour: 'red' },
        { externalId: id(701), name: '', colour: null }
      ],
      priority: 'none',
      rawPriority: null,
      startAt: '2026-11-20T07:00:00.000Z',
      dueAt: '2026-12-01T12:00:00.000Z',
      dueIsDate: false,
      completed: true,
      completedAt: '2026-11-30T10:00:00.000Z',
      enteredColumnAt: null,
      createdAt: '2026-09-01T08:00:00.000Z',
      updatedAt: '2026-11-30T10:00:00.123Z',
      parent: null,
      checklist: { done: 2, total: 5 },
      estimate: null,
      commentCount: 3,
      fields: {
        [id(800)]: { name: 'Notes', type: 'text', value: 'As agreed' },
        [id(801)]: { name: 'Points', type: 'number', value: 2.5 },
        [id(802)]: { name: 'Launch', type: 'date', value: '2026-12-24T00:00:00.000Z' },
        [id(803)]: { name: 'Paid', type: 'checkbox', value: true },
        [id(804)]: { name: 'Stage', type: 'choice', value: 'Final' }
      },
      presence: 'present'
    })
  })

  it('with nothing in it is read as well', () => {
    expect(taskOf(bare).facts).toEqual({
      externalId: id(2),
      project: board,
      column,
      title: '',
      description: '',
      url: `https://trello.com/c/${id(2)}`,
      assignees: [],
      creator: null,
      labels: [],
      priority: 'none',
      rawPriority: null,
      startAt: null,
      dueAt: null,
      dueIsDate: false,
      completed: false,
      completedAt: null,
      enteredColumnAt: null,
      createdAt: '2026-09-01T08:00:00.000Z',
      updatedAt: '2026-09-01T08:00:00.000Z',
      parent: null,
      checklist: { done: 0, total: 0 },
      estimate: null,
      commentCount: 0,
      fields: {},
      presence: 'present'
    })
  })

  it('is kept raw with what nobody knows yet, and without its secret mail address', () => {
    expect(taskOf(rich).raw).toMatchObject({ name: 'Write the offer', somethingNew: { of: 2027 } })
    expect(JSON.stringify(taskOf(rich).raw)).not.toContain('secret')
    const aside = normalize.card({ ...rich, due: 42 }, fields, board)
    expect(JSON.stringify(aside)).not.toContain('secret')
  })

  it('takes its age from its id', () => {
    expect(normalize.createdAt('5a1532fe1a583c9b3bb5bc8b')).toBe('2017-11-22T08:19:10.000Z')
    expect(normalize.createdAt('ffffffff0000000000000000')).toBe('2106-02-07T06:28:15.000Z')
  })

  it('that is archived, or no longer complete, says so', () => {
    expect(taskOf({ ...rich, closed: true }).facts.presence).toBe('archived')
    expect(taskOf({ ...rich, dueComplete: false }).facts).toMatchObject({ completed: false, completedAt: null })
  })

  it('without badges has its checklists counted', () => {
    const checkItems = [{ state: 'complete' }, { state: 'incomplete' }, { state: 'complete' }]
    expect(taskOf({ ...bare, checklists: [{ checkItems }, { checkItems: [] }] }).facts.checklist).toEqual({
      done: 2,
      total: 3
    })
  })

  it.each([{ isTemplate: true }, { cardRole: 'separator' }, { cardRole: 'mirror' }])('with %j is no task', (more) => {
    expect(normalize.card({ ...rich, ...more }, fields, board)).toEqual({ kind: 'other', externalId: id(1) })
  })

  it.each([{ cardRole: 'link' }, { cardRole: 'board' }, { cardRole: 'something new' }])('with %j is one', (more) => {
    expect(taskOf({ ...rich, ...more }).facts.title).toBe('Write the offer')
  })

  it.each([
    [{ due: 42 }, 'due'],
    [{ due: 'soon' }, 'due'],
    [{ due: '+020260-01-01T00:00:00Z' }, 'due'],
    [{ name: null }, 'name'],
    [{ idList: 'abc' }, 'idList'],
    [{ idMembers: [ada, 7] }, 'idMembers.1'],
    [{ labels: [{ id: id(1) }, {}] }, 'labels.1.id'],
    [{ badges: { comments: -1 } }, 'badges.comments'],
    [{ badges: { comments: 2 ** 31 } }, 'badges.comments'],
    [{ customFieldItems: [item(2, { date: 'x' })] }, 'customFieldItems.0.value.date']
  ])('with %j is set aside for %s', (more, path) => {
    expect(normalize.card({ ...rich, ...more }, fields, null)).toMatchObject({
      kind: 'unreadable',
      externalId: id(1),
      project: board,
      title: 'name' in more ? null : 'Write the offer',
      path
    })
  })

  it.each([null, 7, 'card', true])('that is %j is set aside without a name', (value) => {
    expect(normalize.card(value, fields, board)).toMatchObject({
      kind: 'unreadable',
      externalId: '',
      project: board,
      title: null,
      path: ''
    })
  })
})

describe('A custom field', () => {
  const value = (index: number, given: unknown, idValue?: string) =>
    taskOf({ ...bare, customFieldItems: [item(index, given, idValue)] }).facts.fields[id(800 + index)]?.value

  it.each([
    [1, { number: '0' }, undefined, 0],
    [1, { number: 3 }, undefined, 3],
    [1, { number: '-1.5e2' }, undefined, -150],
    [1, { number: '' }, undefined, undefined],
    [1, { number: 'many' }, undefined, undefined],
    [1, { number: '1e999' }, undefined, undefined],
    [3, { checked: 'false' }, undefined, false],
    [3, { checked: true }, undefined, true],
    [2, { date: '2026-12-24' }, undefined, '2026-12-24T00:00:00.000Z'],
    [0, { text: '' }, undefined, ''],
    [4, null, id(850), 'Draft'],
    [4, null, id(899), undefined],
    [0, null, undefined, undefined]
  ])('%i with %j (%s) is %j', (index, given, idValue, expected) => {
    expect(value(index, given, idValue)).toBe(expected)
  })

  it('that the board does not define is left out', () => {
    expect(taskOf({ ...bare, customFieldItems: [item(99, { text: 'x' })] }).facts.fields).toEqual({})
  })
})

describe('An action', () => {
  const read = (type: string, data: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    normalize
      .events(
        raw.Action.parse({
          id: id(500),
          type,
          date: '2026-11-16T09:00:00.000Z',
          idMemberCreator: ada,
          data: { card: { id: id(1), name: 'New name', due: '2026-12-01T12:00:00Z' }, ...data },
          ...more
        })
      )
      .map(({ externalId, task, at, actor, ...rest }) => {
        expect([task, at, actor]).toEqual([id(1), '2026-11-16T09:00:00.000Z', ada])
        return [externalId.slice(24), rest.type, rest.from, rest.to]
      })
  const [from, to] = [id(600), id(601)]

  it.each([
    ['createCard', { list: { id: to } }, ['created', null, to]],
    ['copyCard', { list: { id: to } }, ['created', null, to]],
    ['emailCard', { list: { id: to } }, ['created', null, to]],
    ['convertToCardFromCheckItem', { list: { id: to } }, ['created', null, to]],
    ['moveCardToBoard', { list: { id: to } }, ['moved', null, to]],
    ['moveCardFromBoard', { list: { id: from } }, ['left_project', from, null]],
    ['deleteCard', { list: { id: from } }, ['deleted', from, null]],
    ['commentCard', { text: 'Hi' }, ['commented', null, null]],
    ['addMemberToCard', { idMember: bela }, ['assigned', null, bela]],
    ['addMemberToCard', { idMemberAdded: bela }, ['assigned', null, bela]],
    ['removeMemberFromCard', { idMember: bela }, ['unassigned', bela, null]],
    ['addLabelToCard', {}, ['labelled', null, null]],
    ['removeLabelFromCard', {}, ['labelled', null, null]],
    ['addAttachmentToCard', {}, ['changed', null, null]],
    ['updateCheckItemStateOnCard', {}, ['changed', null, null]],
    ['updateCustomFieldItem', {}, ['changed', null, null]],
    ['somethingOf2027', {}, ['changed', null, null]]
  ])('%s %j is %j', (type, data, event) => {
    expect(read(type, data)).toEqual([['', ...event]])
  })

  it.each([
    [{ idList: from }, { listBefore: { id: from }, listAfter: { id: to } }, ['moved', from, to]],
    [{ idList: from }, { card: { id: id(1), idList: to } }, ['moved', from, to]],
    [{ due: null }, {}, ['due_changed', null, '2026-12-01T12:00:00.000Z']],
    [
      { due: '2026-11-01T12:00:00Z' },
      { card: { id: id(1), due: null } },
      ['due_changed', '2026-11-01T12:00:00.000Z', null]
    ],
    [{ due: 42 }, { card: { id: id(1), due: 'soon' } }, ['due_changed', null, null]],
    [
      { start: null },
      { card: { id: id(1), start: '2026-11-20T08:00:00Z' } },
      ['start_changed', null, '2026-11-20T08:00:00.000Z']
    ],
    [{ dueComplete: false }, {}, ['completed', null, null]],
    [{ dueComplete: true }, {}, ['reopened', null, null]],
    [{ closed: false }, {}, ['archived', null, null]],
    [{ closed: true }, {}, ['restored', null, null]],
    [{ name: 'Old name' }, {}, ['renamed', 'Old name', 'New name']],
    [{ idLabels: [] }, {}, ['labelled', null, null]],
    [{ desc: '' }, {}, ['changed', null, null]]
  ])('updateCard of %j %j is %j', (old, data, event) => {
    expect(read('updateCard', { old, ...data })).toEqual([['', ...event]])
  })

  it('that only reorders cards is nothing', () => {
    expect(read('updateCard', { old: { pos: 16384 } })).toEqual([])
  })

  it('that changes two things is two events, with the same ids in whatever order they come', () => {
    const expected = [
      ['', 'restored', null, null],
      [':idList', 'moved', from, to]
    ]
    const lists = { listBefore: { id: from }, listAfter: { id: to } }
    expect(read('updateCard', { old: { closed: true, idList: from, pos: 1 }, ...lists })).toEqual(expected)
    expect(read('updateCard', { old: { pos: 1, idList: from, closed: true }, ...lists })).toEqual(expected)
  })

  it('of no card is nothing, and a comment is one', () => {
    const read = (type: string, data: object) =>
      raw.Action.parse({ id: id(500), type, date: '2026-11-16T09:00:00.000Z', data })
    expect(normalize.events(read('updateBoard', { old: { name: 'x' } }))).toEqual([])
    expect(normalize.comment(read('updateBoard', {}))).toBeNull()
    expect(
      normalize.comment(
        read('commentCard', { card: { id: id(1) }, text: 'Hi', dateLastEdited: '2026-11-16T10:00:00Z' })
      )
    ).toEqual({
      externalId: id(500),
      task: id(1),
      author: null,
      at: '2026-11-16T09:00:00.000Z',
      editedAt: '2026-11-16T10:00:00.000Z',
      text: 'Hi'
    })
  })

  it('with a part nobody foresaw still tells the rest', () => {
    const odd = { list: 'To do', old: ['x'], text: 7, card: { id: id(1), due: {} } }
    expect(read('moveCardToBoard', odd, { memberCreator: { id: 'x' } })).toEqual([['', 'moved', null, null]])
  })
})

describe('A board', () => {
  const read = (more: object) => normalize.project(raw.Board.parse({ id: board, name: 'Sales', ...more }))

  it('has members and an audience', () => {
    expect(
      read({ memberships: [{ idMember: ada }], members: [{ id: bela }], prefs: { permissionLevel: 'enterprise' } })
    ).toEqual({
      externalId: board,
      name: 'Sales',
      url: `https://trello.com/b/${board}`,
      archived: false,
      members: [ada],
      audience: 'company'
    })
    expect(read({ members: [{ id: bela }], prefs: { permissionLevel: 'public' } })).toMatchObject({
      members: [bela],
      audience: 'public'
    })
    expect(read({ closed: true, shortUrl: 'https://trello.com/b/x' })).toMatchObject({
      archived: true,
      url: 'https://trello.com/b/x',
      members: null,
      audience: 'members'
    })
  })
})
