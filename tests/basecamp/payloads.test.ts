/** Published payloads: every one of what the hub reads is read, and says what a person would read in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { basecamp } from '../../adapters/basecamp/index.ts'
import * as normalize from '../../adapters/basecamp/normalize.ts'
import * as raw from '../../adapters/basecamp/raw.ts'
import type { Delivery } from '../../src/adapter.ts'
import { parseJson } from '../../src/transport/json.ts'
import { describeWithShared, sharedPath } from '../helpers/shared.ts'

/** As the host reads answers: ids beyond 2^53 stay what they are. */
const payload = (path: string): unknown => parseJson(readFileSync(sharedPath(`payloads/basecamp/${path}`), 'utf8'))
const rows = (path: string): unknown[] => [payload(path)].flat()

const facts = (value: unknown) => {
  const read = normalize.task(value, 'home')
  if (read.kind === 'unreadable') throw new Error(`${read.path}: ${read.reason}`)
  return read.facts
}

/** Every card and to-do in a folder, however deep it lies. */
function tasksIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(tasksIn)
  if (typeof value !== 'object' || value === null) return []
  const { type, completed } = value as { type?: unknown; completed?: unknown }
  const own = (type === 'Kanban::Card' || type === 'Todo') && completed !== undefined ? [value] : []
  return [...own, ...Object.values(value).flatMap(tasksIn)]
}

describeWithShared('The vendor’s samples', () => {
  it('of cards and to-dos are all read: none is set aside, all have a title, a place and people', () => {
    const found = ['bc-api', 'sdk-fixtures/cards', 'sdk-fixtures/todos'].flatMap((folder) =>
      readdirSync(sharedPath(`payloads/basecamp/${folder}`))
        .filter((file) => !/request|PAYLOAD/.test(file))
        .flatMap((file) => tasksIn(payload(`${folder}/${file}`)))
    )
    const read = found.map(facts)
    expect(read).toHaveLength(found.length)
    expect(found.length).toBeGreaterThan(25)
    for (const one of read) {
      expect(one.title).toMatch(/\S/)
      expect(one.column).toMatch(/^(\d+|home:(open|done))$/)
      expect(one.creator).toMatch(/^\d+$/)
      expect(one.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(one.completedAt === null || one.completed).toBe(true)
    }
    expect(read.filter(({ completed }) => completed).length).toBeGreaterThan(1)
    expect(read.filter(({ dueAt }) => dueAt !== null).length).toBeGreaterThan(1)
  })

  it('of a card: content, steps, and its column', () => {
    expect(facts(payload('bc-api/card_table_cards__02__GET_card_tables_cards_2_json.json'))).toMatchObject({
      externalId: '1069480041',
      column: '1069479834',
      title: 'New and fancy UI',
      description: 'Design a new and fancy UI',
      url: 'https://3.basecamp.com/195539477/buckets/2085958505/card_tables/cards/1069480041',
      creator: '1049715913',
      completed: false,
      checklist: { total: expect.any(Number) },
      createdAt: '2026-05-14T21:00:00.000Z',
      commentCount: 0
    })
  })

  it('of a to-do that is done: when, and whose', () => {
    expect(facts(payload('bc-api/todos__02__GET_todos_2_json.json'))).toMatchObject({
      externalId: '1069480015',
      column: 'home:done',
      title: 'Clear and simple UI',
      assignees: ['1049715930'],
      completed: true,
      completedAt: '2026-07-21T01:06:20.028Z',
      enteredColumnAt: '2026-07-21T01:06:20.028Z'
    })
  })

  it('of a card table: its columns mean what Basecamp says', () => {
    const table = raw.CardTable.parse(payload('bc-api/card_tables__01__GET_card_tables_2_json.json'))
    expect(normalize.columns(table).map(({ name, category }) => [name, category])).toEqual([
      ['Triage', 'backlog'],
      ['Not now', 'backlog'],
      ['Figuring it out', null],
      ['In progress', null],
      ['Done', 'done']
    ])
    const held = raw.CardTable.parse(payload('sdk-fixtures/cards/card_table.json'))
    expect(normalize.columns(held).length).toBeGreaterThan(2)
  })

  it('of projects, lists, groups and people are read', () => {
    const projects = z.array(raw.Project).parse(payload('bc-api/projects__01__GET_projects_json.json'))
    expect(projects.every(({ dock }) => (dock ?? []).length > 0)).toBe(true)
    expect(projects.flatMap(({ dock }) => dock ?? []).some(({ name }) => name === 'kanban_board')).toBe(true)
    z.array(raw.Project).parse(payload('sdk-fixtures/projects/list.json'))
    const [list] = z.array(raw.Todolist).parse(payload('bc-api/todolists__01__GET_todosets_3_todolists_json.json'))
    expect([list?.title, list?.parent?.type]).toEqual(['Strategy ideas', 'Todoset'])
    const [group] = z.array(raw.Todolist).parse(payload('bc-api/todolist_groups__01__GET_todolists_2_groups_json.json'))
    expect([group?.title, group?.parent]).toMatchObject(['Group A', { id: '1069479526', type: 'Todolist' }])
    const people = ['bc-api/people__01__GET_people_json.json', 'sdk-fixtures/people/list.json'].flatMap((path) =>
      rows(path).map((one) => normalize.person(raw.Person.parse(one)))
    )
    expect(people.map(({ name }) => name)).toContain('Victor Cooper')
    expect(people.find(({ name }) => name === 'Victor Cooper')).toMatchObject({
      email: 'victor@honchodesign.com',
      username: null,
      mention: expect.stringMatching(/^[\w=+/-]+$/)
    })
  })

  it('of comments: their words, and the addresses in them', () => {
    const paths = [
      'bc-api/comments__01__GET_recordings_3_comments_json.json',
      'bc-api/everything__13__GET_comments_json.json',
      'sdk-fixtures/comments/list.json'
    ]
    const comments = paths.flatMap(rows).map((one) => normalize.comment(raw.Comment.parse(one), 'task'))
    expect(comments.length).toBeGreaterThan(3)
    for (const { text, author, at } of comments) {
      expect(text).toMatch(/\S/)
      expect(text).not.toMatch(/<(div|bc-attachment|figure)/)
      expect(author).toMatch(/^\d+$/)
      expect(at).toMatch(/Z$/)
    }
  })

  it('of a recording’s events and of the feed are read, the column of a move too', () => {
    const events = z.array(raw.Event).parse(payload('bc-api/events__01__GET_recordings_2_events_json.json'))
    expect(events.slice(0, 2).map(({ action, created_at }) => [action, created_at])).toEqual([
      ['uncompleted', '2026-07-21T01:06:20.752Z'],
      ['completed', '2026-07-21T01:06:20.129Z']
    ])
    const feed = raw.Feed.parse(payload('event-feed/poll_card_moved.sdk-test.json'))
    expect(feed.events[0]).toMatchObject({
      recording_id: '1069479800',
      details: { column_id: '77', previous_column_id: '76' }
    })
    expect(raw.Feed.parse(payload('event-feed/poll.vendor-doc.json')).position).toBe('aBcD...')
  })

  it('of sign-in: the first account of Basecamp’s, and the end of the token', () => {
    const document = raw.Authorization.parse(
      payload('bc-api/authentication__02__GET_https_launchpad_37signals_com_authorization_json.json')
    )
    expect(document.accounts.some(({ product }) => product === 'bc3')).toBe(true)
    expect(document.expires_at).toMatch(/Z$/)
  })

  it('of webhooks: what is to be read again, ids of any length, and what is none of ours', () => {
    const delivery = (body: string): Delivery => ({
      method: 'POST',
      headers: {},
      body: Buffer.from(body),
      url: '',
      at: ''
    })
    const text = (path: string) => readFileSync(sharedPath(`payloads/basecamp/${path}`), 'utf8')
    const read = (path: string) => basecamp.hooks!.read(delivery(text(path)))
    expect(read('bc-api/webhooks__01__example.json')).toEqual({ key: '9007199254741210:message_created', hints: [] })
    expect(read('bc-api/webhooks__02__example.json')).toEqual({
      key: '1479523571:todo_copied',
      hints: ['968814335', '981721240'].map((externalId) => ({
        kind: 'task',
        externalId,
        deleted: false,
        at: '2018-03-23T09:19:33.908Z',
        by: '1049715915'
      }))
    })
    expect(read('sdk-fixtures/webhooks/event-todo-created.json').hints).toMatchObject([
      { kind: 'task', externalId: expect.stringMatching(/^\d+$/), deleted: false }
    ])
    expect(read('sdk-fixtures/webhooks/event-message-copied.json').hints).toEqual([])
    expect(read('sdk-fixtures/webhooks/event-unknown-future.json').key).toMatch(/new_thing_activated$/)
    const sent = (
      payload('bc-api/webhooks__05__GET_webhooks_3_json.json') as {
        recent_deliveries: { request: { body: unknown } }[]
      }
    ).recent_deliveries
    const hints = sent.map(({ request }) => basecamp.hooks!.read(delivery(JSON.stringify(request.body))).hints)
    expect(hints[0]).toEqual([
      { kind: 'task', externalId: '1069480405', deleted: false, at: '2026-07-21T01:05:29.832Z', by: '1049715913' }
    ])
  })
})
