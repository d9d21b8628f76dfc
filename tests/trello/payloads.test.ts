/** Answers recorded from Trello between 2015 and 2023, read by the adapter. */
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { byId } from '../../adapters/trello/cards.ts'
import * as normalize from '../../adapters/trello/normalize.ts'
import * as raw from '../../adapters/trello/raw.ts'
import type { Row } from '../../sandbox/trello/facts.ts'
import { describeWithShared, readShared, sharedPath } from '../helpers/shared.ts'
import { CASSETTES, EXCHANGED, FOLDER, listed, recorded, SAMPLED, SAMPLES } from './payloads.ts'
import { counted, type Exchange, told, words } from './words.ts'

describeWithShared('Recorded REST answers', () => {
  const objects = readdirSync(sharedPath(`${FOLDER}/${CASSETTES}`))
    .flatMap((file) => readShared<Exchange[]>(`${FOLDER}/${CASSETTES}/${file}`))
    .filter(({ response }) => response.status.code === 200)
    .flatMap(({ response }) => [response.body].flat())
    .filter((value): value is Row => typeof value === 'object' && value !== null)
  const cassette = (file: string, path: string) =>
    readShared<Exchange[]>(`${FOLDER}/${CASSETTES}/${file}.json`).find(({ request }) => request.uri.includes(path))
      ?.response.body

  it('hold 62 cards, and all of them are tasks with a title, a place and an address', () => {
    const cards = objects.filter((one) => 'idList' in one && 'idBoard' in one && 'name' in one)
    expect(cards).toHaveLength(62)
    for (const card of cards) {
      const reading = normalize.card(card, new Map(), null)
      expect(reading).toMatchObject({
        kind: 'task',
        facts: { externalId: card.id, project: card.idBoard, column: card.idList, title: card.name, url: card.shortUrl }
      })
    }
    expect(cards.filter(({ name }) => name !== '')).toHaveLength(62)
  })

  it('hold 84 actions, and each says what it is', () => {
    const actions = objects.filter((one) => 'data' in one && 'date' in one && 'memberCreator' in one)
    const events = actions.map((action) => raw.Action.parse(action)).flatMap(normalize.events)
    expect(actions).toHaveLength(84)
    const counts = Object.entries(Object.groupBy(events, ({ type }) => type)).map(([type, of]) => [type, of.length])
    expect(Object.fromEntries(counts)).toEqual({
      assigned: 2,
      changed: 4,
      commented: 6,
      created: 4,
      deleted: 2,
      due_changed: 3,
      renamed: 1
    })
  })

  it('hold custom fields of every type but one, with values', () => {
    const items = cassette('custom_field_item_save_2', 'customFieldItems') as Row[]
    const types = ['text', 'number', 'list', 'date', 'checkbox']
    const options = [{ id: '5e68e8cf6b440a35fcc12af9', value: { text: 'High' } }]
    const fields = items.map(({ idCustomField }, index) =>
      raw.CustomField.parse({ id: idCustomField, name: types[index], type: types[index], options })
    )
    const card = { id: items[0]!.idModel, idBoard: items[0]!.idModel, idList: items[0]!.idModel, name: 'x' }
    const reading = normalize.card({ ...card, customFieldItems: items }, byId(fields), null)
    expect(
      reading.kind === 'task' &&
        Object.values(reading.facts.fields)
          .map(({ value }) => value)
          .toSorted()
    ).toEqual(['cool', 1, 'High', '2020-03-11T04:00:00.000Z', true].toSorted())
    const defined = cassette('can_get_custom_fields_of_board', '/customFields') as Row[]
    expect(defined.map((field) => raw.CustomField.parse(field).name)).toEqual(['Point'])
  })

  it('hold comments, people, lists and boards', () => {
    const [comment] = cassette('can_get_comments', 'filter=commentCard') as Row[]
    expect(normalize.comment(raw.Action.parse(comment))).toEqual({
      externalId: '5e95bea7d7c8171b7b8257ea',
      task: '5e93ba665c58c44a46cb2ef9',
      author: '5e679b808e6e8828784b30e1',
      at: '2020-04-14T13:46:15.210Z',
      editedAt: null,
      text: 'Hello, world!'
    })
    const members = cassette('can_get_members_of_board', '/members') as Row[]
    expect(members.map((member) => normalize.person(raw.Member.parse(member)))).toEqual([
      {
        externalId: '5e679b808e6e8828784b30e1',
        name: 'Hopper Test',
        username: 'hoppertest',
        avatarUrl: null,
        email: null
      }
    ])
    const lists = cassette('can_get_lists_of_board', '/lists')
    const board = raw.Board.parse({ ...(cassette('can_get_lists_of_board', '/boards/') as Row), lists })
    expect(normalize.columns(board)).toEqual([
      {
        externalId: '5e93bac014d40e501ee46b8d',
        project: board.id,
        name: 'L1',
        position: 65535,
        archived: false,
        category: null
      }
    ])
    const boards = cassette('get_boards_of_member', '/boards') as Row[]
    const projects = boards.map((one) => normalize.project(raw.Board.parse(one)))
    expect(projects).toHaveLength(11)
    expect(projects[0]).toMatchObject({
      name: 'IT 1 - Changed',
      url: 'https://trello.com/b/0zx7ive1',
      archived: false,
      audience: 'company',
      members: expect.arrayContaining(['5e679b808e6e8828784b30e1'])
    })
  })
})

describeWithShared('Recorded exchanges', () => {
  it.each(Object.entries(EXCHANGED))('%s: %j', (file, said) => {
    expect(words(readShared<Exchange[]>(`${FOLDER}/${CASSETTES}/${file}.json`))).toEqual(said)
  })
})

describeWithShared('Samples of a client library', () => {
  it('are read: cards with their labels, and a board with its lists', () => {
    const cards = readShared<Row[]>(`${FOLDER}/${SAMPLES}/GetBoardCardList.json`)
    const facts = cards
      .map((card) => normalize.card(card, new Map(), null))
      .map((one) => one.kind === 'task' && one.facts)
    expect(facts).toMatchObject([
      {
        title: 'Card 2',
        assignees: ['63d1239e857afaa8b003c633'],
        labels: [
          { name: 'Custom', colour: 'yellow_light' },
          { name: 'World', colour: 'yellow_light' },
          { name: 'Hello', colour: 'green' }
        ],
        checklist: { done: 0, total: 4 },
        createdAt: '2023-01-27T08:14:34.000Z',
        updatedAt: '2023-02-01T17:36:10.835Z'
      },
      { title: 'sasda', assignees: [], labels: [], createdAt: '2023-02-01T17:22:36.000Z' }
    ])
    const one = normalize.card(readShared(`${FOLDER}/${SAMPLES}/Objects/Card.json`), new Map(), null)
    expect(one).toMatchObject({
      facts: { title: 'My Cool Card', description: 'My Description', dueAt: '2023-02-07T09:16:00.000Z' }
    })
  })

  it('are read: 50 actions of a board', () => {
    const actions = readShared<Row[]>(`${FOLDER}/${SAMPLES}/BoardActions.json`).map((action) =>
      raw.Action.parse(action)
    )
    const events = actions.flatMap(normalize.events)
    const counts = Object.entries(Object.groupBy(events, ({ type }) => type)).map(([type, of]) => [type, of.length])
    expect(actions).toHaveLength(50)
    expect(Object.fromEntries(counts)).toEqual({ due_changed: 1, renamed: 1, changed: 2, moved: 15, deleted: 1 })
  })

  it.each(Object.entries(SAMPLED))('%s is %j', (file, [kind, ...said]) => {
    expect(counted(told(kind, readShared(`${FOLDER}/${SAMPLES}/${file}.json`)))).toEqual(said)
  })
})

describeWithShared('Payloads of Trello', () => {
  it('are all read, or it is said why not', () => {
    expect(listed()).toEqual(recorded())
  })
})
