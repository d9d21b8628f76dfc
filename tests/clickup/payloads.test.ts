/** Recorded and published payloads: every one of them is read, and says what a person would read in it. */

import { createHmac } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as normalize from '../../adapters/clickup/normalize.ts'
import * as raw from '../../adapters/clickup/raw.ts'
import { receiver } from '../../adapters/clickup/webhook.ts'
import type { TaskRead } from '../../src/adapter.ts'
import { describeWithShared, readShared, sharedPath } from '../helpers/shared.ts'

const FOLDER = 'payloads/clickup'
const payload = <T>(path: string) => readShared<T>(`${FOLDER}/${path}`)
const files = (folder: string) => readdirSync(sharedPath(`${FOLDER}/${folder}`)).sort()

const facts = (value: unknown) => {
  const read = normalize.task(value, { zones: ['America/Chicago'] })
  if (read.kind === 'unreadable') throw new Error(`${read.path}: ${read.reason}`)
  return (read satisfies TaskRead).facts
}

describeWithShared('The recorded list of thirty tasks', () => {
  const page = (name: string) => raw.TaskPage.parse(payload(`clickup-tasks-list-real/${name}.json`))

  it('is read whole, while its tasks are open', () => {
    const tasks = page('clickup_tasks').tasks.map(facts)
    expect(tasks).toHaveLength(30)
    expect(tasks[0]).toEqual({
      externalId: '86d3gnm39',
      project: '901615600311',
      column: '901615600311:p90164766353_DCnaeiSB',
      title: 'Area Unit Converter',
      description:
        'Unit conversion utility:\n- Sq ft ↔ Sq m\n- Sq ft ↔ Guntha\n- Sq ft ↔ Acre\n- Sq ft ↔ Marla\n- Common Indian land unit conversions',
      url: 'https://app.clickup.com/t/86d3gnm39',
      assignees: [],
      creator: '2142625284',
      labels: [
        { externalId: '90164766353:feature', name: 'feature', colour: '#ffa727' },
        { externalId: '90164766353:frontend', name: 'frontend', colour: '#ffa727' },
        { externalId: '90164766353:utility', name: 'utility', colour: '#e040fb' }
      ],
      priority: 'normal',
      rawPriority: 'normal',
      startAt: null,
      dueAt: null,
      dueIsDate: false,
      completed: false,
      completedAt: null,
      enteredColumnAt: null,
      createdAt: '2026-06-29T09:18:29.426Z',
      updatedAt: '2026-07-04T04:45:49.361Z',
      parent: null,
      checklist: { done: 0, total: 0 },
      estimate: null,
      commentCount: null,
      fields: {},
      presence: 'present'
    })
    expect(new Set(tasks.map(({ completed }) => completed))).toEqual(new Set([false]))
    expect(
      Object.fromEntries(
        Map.groupBy(tasks, ({ priority }) => priority)
          .entries()
          .map(([key, all]) => [key, all.length])
      )
    ).toMatchInlineSnapshot(`
      {
        "high": 20,
        "low": 1,
        "normal": 9,
      }
    `)
  })

  it('is the same list after all of it was closed, each task done at the moment it changed', () => {
    const [open, closed] = [page('clickup_tasks').tasks.map(facts), page('clickup_final').tasks.map(facts)]
    expect(closed.map(({ externalId }) => externalId)).toEqual(open.map(({ externalId }) => externalId))
    for (const task of closed) {
      expect(task.completed).toBe(true)
      expect(task.column).toBe('901615600311:p90164766353_syqLtYOY')
      expect(task.completedAt).toBe(task.updatedAt)
      expect(Date.parse(task.completedAt!)).toBeGreaterThan(Date.parse(task.createdAt))
    }
  })

  it('keeps no public link of a task', () => {
    const read = normalize.task(page('clickup_tasks').tasks[0], { zones: [] }) as TaskRead
    expect(Object.keys(read.raw as object)).not.toContain('sharing')
    expect(Object.keys(read.raw as object)).toContain('date_created')
  })
})

describeWithShared('Tasks of 2022, whose statuses have no id', () => {
  it.each(files('clickup-tasks-tap-clickup'))('%s is known by the name of its status', (name) => {
    const [task] = raw.TaskPage.parse(payload(`clickup-tasks-tap-clickup/${name}`)).tasks.map(facts)
    expect(task).toMatchObject({
      project: '126232272',
      column: '126232272:to do',
      creator: '30025034',
      completed: false,
      fields: {},
      createdAt: '2021-08-18T15:30:37.036Z',
      presence: 'present'
    })
    expect(task!.title.length).toBeGreaterThan(5)
  })

  it('stand in the list’s own column where the list has an id for that name', () => {
    const [value] = raw.TaskPage.parse(payload('clickup-tasks-tap-clickup/task.json')).tasks
    const statuses = () => [{ id: 'p9_abc', status: 'To Do' }]
    const read = normalize.task(value, { zones: [], statuses }) as TaskRead
    expect(read.facts.column).toBe('126232272:p9_abc')
  })
})

describeWithShared('Recorded answers about people, workspaces and lists', () => {
  const at = (name: string) => payload(`clickup-rest-bstag/${name}`)
  const place = { team: '9', members: null, audience: 'members' as const }

  it.each(files('clickup-rest-bstag').filter((name) => /_user|AuthorizedUser/.test(name)))('%s', (name) => {
    const { user } = raw.Me.parse(at(name))
    expect(normalize.person(user)).toEqual({
      externalId: '4484242',
      name: 'Jason Henriksen',
      username: 'Jason Henriksen',
      avatarUrl: null,
      email: 'user-86fb2f4d@redacted.invalid'
    })
    expect(user.timezone).toBe('America/Chicago')
  })

  it.each(files('clickup-rest-bstag').filter((name) => /AuthorizedTeams__Success|v2_team/.test(name)))('%s', (name) => {
    const [team] = raw.Teams.parse(at(name)).teams
    expect([team!.id, team!.name]).toEqual(['9006054115', "Jason Henriksen's Workspace"])
    // One was invited and has not come: no name yet.
    expect(team!.members!.map(({ user }) => normalize.person(user).name)).toEqual([
      'user-715043d6@redacted.invalid',
      'Jason Henriksen',
      'Jason Henriksen'
    ])
  })

  it.each(
    files('clickup-rest-bstag').filter((name) => name.includes('TeamsTeams') || name.includes('RecordedResponse'))
  )('%s', (name) => {
    const { spaces } = raw.Spaces.parse(at(name))
    expect(spaces.map(({ id, private: closed }) => [id, closed])).toEqual([
      ['90060128078', false],
      ['90171135308', false],
      ['90171135309', false],
      ['90171135336', false]
    ])
  })

  it.each(files('clickup-rest-bstag').filter((name) => /GetList__|PUTList|CreateListInFolder/.test(name)))(
    '%s',
    (name) => {
      const list = raw.List.parse(at(name))
      const columns = normalize.columns(list)
      expect(columns.map(({ category }) => category)).toEqual(['todo', 'done'])
      expect(columns.every(({ externalId }) => externalId.startsWith(`${list.id}:`))).toBe(true)
      expect(normalize.project(list, place)).toMatchObject({ externalId: list.id, name: list.name, archived: false })
    }
  )

  it('statuses of a real list are known by their ids, so a new name changes nothing', () => {
    const list = raw.List.parse(at('ListsService__GetList__Success.json'))
    expect(normalize.columns(list)).toEqual([
      {
        externalId: '901704940706:p90171135713_5UdvTJ5U',
        project: '901704940706',
        name: 'to do',
        position: 0,
        archived: false,
        category: 'todo'
      },
      {
        externalId: '901704940706:p90171135713_cWz0tnXc',
        project: '901704940706',
        name: 'complete',
        position: 1,
        archived: false,
        category: 'done'
      }
    ])
  })

  it.each(files('clickup-rest-bstag').filter((name) => /Folderless|ListsInFolder/.test(name)))('%s', (name) => {
    const { lists } = raw.Lists.parse(at(name))
    expect(lists.map((list) => normalize.project(list, place).name)).toHaveLength(2)
    expect(lists.every(({ id }) => /list_(in_folder_)?\d/.test(id))).toBe(true)
  })

  it('an active status says nothing by itself: its name has to', () => {
    const { lists } = raw.Lists.parse(at('ListsService__GetListsInFolder__GetListsInFolder_Success.json'))
    expect(normalize.columns(lists[1]!)).toMatchObject([
      { externalId: 'list_in_folder_2:custom status', category: null }
    ])
  })

  it('a new task’s answer is enough to know its id', () => {
    const name = 'TaskService__CreateTaskAsync_WithValidData_ShouldCreateTask__CreateTask_Success.json'
    expect(raw.Made.parse(at(name)).id).toBe('playback_task_id_createTest_1')
  })
})

describeWithShared('Webhooks as published and recorded', () => {
  const notice = (path: string) => {
    const body = Buffer.from(JSON.stringify(payload(path)))
    return receiver.read({ method: 'POST', headers: {}, body, url: '', at: '' })
  }
  const docs = (name: string) => notice(`clickup-webhooks-vendor-docs/${name}.json`)

  it.each(files('clickup-webhooks-vendor-docs').filter((name) => name.startsWith('task')))(
    '%s names its task',
    (file) => {
      const { hints } = docs(file.replace('.json', ''))
      const created = /taskCreated|taskDeleted|on_create|content|custom_field/.test(file)
      expect(hints).toHaveLength(1)
      expect(hints[0]).toMatchObject({
        kind: 'task',
        externalId: created ? '1vj37mc' : '1vj38vv',
        deleted: file === 'taskDeleted.json',
        by: file === 'taskDeleted.json' ? null : '183'
      })
    }
  )

  it.each(['listCreated', 'listUpdated', 'listDeleted'])('%s names its list', (name) => {
    const { list_id } = payload<{ list_id: string }>(`clickup-webhooks-vendor-docs/${name}.json`)
    expect(docs(name).hints).toEqual([{ kind: 'project', externalId: list_id }])
  })

  it.each(['folderCreated', 'spaceUpdated'])('%s is about no list', (name) => {
    expect(docs(name).hints).toEqual([])
  })

  it('the recorded one has numbers as texts and reads alike', () => {
    expect(notice('clickup-webhooks-zulip/task_updated_time_spent.json')).toEqual({
      key: '4c21a84b-d0d8-41f7-978e-4fea0776f150:3945907824924417727',
      hints: [{ kind: 'task', externalId: '86cvyxabb', deleted: false, at: '2024-03-21T03:09:33.849Z', by: '37621629' }]
    })
  })

  it.each([
    ['taskStatusUpdated', 'taskUpdated_status'],
    ['taskPriorityUpdated', 'taskUpdated_priority'],
    ['taskCommentPosted', 'taskUpdated_comment']
  ])('%s and %s are one change', (one, twin) => {
    expect(docs(one).key).toBe(docs(twin).key)
  })

  it('an edited comment is another change than its first words, though its history item is the same', () => {
    expect(docs('taskCommentUpdated').key).not.toBe(docs('taskCommentPosted').key)
  })

  it('all others differ', () => {
    const names = files('clickup-webhooks-vendor-docs').map((file) => file.replace('.json', ''))
    const single = names.filter((name) => !/^taskUpdated_(status|priority|comment)$/.test(name))
    expect(new Set(single.map((name) => docs(name).key)).size).toBe(single.length)
  })

  it('a good signature passes, and every other one is refused', async () => {
    const body = Buffer.from(JSON.stringify(payload('clickup-webhooks-vendor-docs/taskMoved.json')))
    const sign = (secret: string) => createHmac('sha256', secret).update(body).digest('hex')
    const verify = (signature: string | undefined, secret: string | null = 'SECRET') =>
      receiver.verify(
        { method: 'POST', headers: { 'x-signature': signature }, body, url: '', at: '' },
        { url: '', secret }
      )
    expect(await verify(sign('SECRET'))).toBeNull()
    expect(await verify(sign('SECRET').toUpperCase())).toBeNull()
    expect(await verify(sign('OTHER'))).toBe('forged')
    expect(await verify(sign('SECRET').slice(0, 32))).toBe('forged')
    expect(await verify('nonsense')).toBe('forged')
    expect(await verify(undefined)).toBe('unsigned')
    expect(await verify('')).toBe('unsigned')
    expect(await verify(sign(''), null)).toBe('no_secret')
    expect(await verify(sign(''), '')).toBe('no_secret')
  })
})
