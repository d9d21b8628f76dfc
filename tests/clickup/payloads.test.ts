/** Recorded and published payloads: every one of them is read, and says what a person would read in it. */

import { expect, it } from 'vitest'
import * as normalize from '../../adapters/clickup/normalize.ts'
import * as raw from '../../adapters/clickup/raw.ts'
import type { TaskRead } from '../../src/adapter.ts'
import { describeWithShared } from '../helpers/shared.ts'
import { ANSWERS, DOCS, listed, payload, recorded } from './payloads.ts'

const facts = (value: unknown) => {
  const read = normalize.task(value, { zones: ['America/Chicago'] })
  if (read.kind === 'unreadable') throw new Error(`${read.path}: ${read.reason}`)
  return (read satisfies TaskRead).facts
}

describeWithShared('The recorded list of thirty tasks', () => {
  const page = (name: string) => raw.TaskPage.parse(payload(`clickup-tasks-list-real/${name}`))

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
  it.each(ANSWERS.oldTasks)('%s is known by the name of its status', (name) => {
    const [task] = raw.TaskPage.parse(payload(name)).tasks.map(facts)
    expect(task).toMatchObject({
      project: '126232272',
      column: '126232272:to do',
      creator: '30025034',
      completed: false,
      fields: {},
      createdAt: '2021-08-18T15:30:37.036Z',
      presence: 'present'
    })
    expect(task!.title).toBe('Hover on any task to see options to "rename", "create subtask" or "tag your task" 👉')
  })

  it('stand in the list’s own column where the list has an id for that name', () => {
    const [value] = raw.TaskPage.parse(payload('clickup-tasks-tap-clickup/task')).tasks
    const statuses = () => [{ id: 'p9_abc', status: 'To Do' }]
    const read = normalize.task(value, { zones: [], statuses }) as TaskRead
    expect(read.facts.column).toBe('126232272:p9_abc')
  })
})

const LIST_NAMES: Record<string, string> = {
  playback_list_id_ghi: 'TasksQueryTest_Playback_List',
  list_single_abc: 'Single Playback List',
  901704940706: 'My List To Get - b2955bb3-735f-454f-bd0e-eb6715af95a4',
  901704940694: 'Updated List Name - d72c3f9d-356d-49cf-a514-1cffae74d108',
  folderless_list_1: 'Playback Folderless List 1',
  folderless_list_2: 'Playback Folderless List 2',
  list_in_folder_1: 'Playback List in Folder 1',
  list_in_folder_2: 'Playback List in Folder 2'
}

describeWithShared('Recorded answers about people, workspaces and lists', () => {
  const place = { team: '9', members: null, audience: 'members' as const }

  it.each(ANSWERS.people)('%s', (name) => {
    const { user } = raw.Me.parse(payload(name))
    expect(normalize.person(user)).toEqual({
      externalId: '4484242',
      name: 'Jason Henriksen',
      username: 'Jason Henriksen',
      avatarUrl: null,
      email: 'user-86fb2f4d@redacted.invalid'
    })
    expect(user.timezone).toBe('America/Chicago')
  })

  it.each(ANSWERS.teams)('%s', (name) => {
    const [team] = raw.Teams.parse(payload(name)).teams
    expect([team!.id, team!.name]).toEqual(['9006054115', "Jason Henriksen's Workspace"])
    // One was invited and has not come: no name yet.
    expect(team!.members!.map(({ user }) => normalize.person(user).name)).toEqual([
      'user-715043d6@redacted.invalid',
      'Jason Henriksen',
      'Jason Henriksen'
    ])
  })

  it.each(ANSWERS.spaces)('%s', (name) => {
    const { spaces } = raw.Spaces.parse(payload(name))
    expect(spaces.map(({ id, private: closed }) => [id, closed])).toEqual([
      ['90060128078', false],
      ['90171135308', false],
      ['90171135309', false],
      ['90171135336', false]
    ])
  })

  it.each(ANSWERS.list)('%s', (name) => {
    const list = raw.List.parse(payload(name))
    const columns = normalize.columns(list)
    expect(columns.map(({ category }) => category)).toEqual(['todo', 'done'])
    expect(columns.every(({ externalId }) => externalId.startsWith(`${list.id}:`))).toBe(true)
    expect(normalize.project(list, place)).toEqual({
      externalId: list.id,
      name: LIST_NAMES[list.id],
      url: `https://app.clickup.com/9/v/li/${list.id}`,
      archived: false,
      members: null,
      audience: 'members'
    })
  })

  it('statuses of a real list are known by their ids, so a new name changes nothing', () => {
    const list = raw.List.parse(payload('clickup-rest-bstag/ListsService__GetList__Success'))
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

  it.each(ANSWERS.lists)('%s', (name) => {
    const { lists } = raw.Lists.parse(payload(name))
    expect(lists.map((list) => normalize.project(list, place).name)).toEqual(lists.map(({ id }) => LIST_NAMES[id]))
    expect(lists).toHaveLength(2)
  })

  it('an active status says nothing by itself: its name has to', () => {
    const { lists } = raw.Lists.parse(payload(ANSWERS.lists[1]!))
    expect(normalize.columns(lists[1]!)).toMatchObject([
      { externalId: 'list_in_folder_2:custom status', category: null }
    ])
  })

  it.each(ANSWERS.made)('a new task’s answer is enough to know its id: %s', (name) => {
    expect(raw.Made.parse(payload(name)).id).toBe('playback_task_id_createTest_1')
  })
})

describeWithShared('The comment inside a webhook', () => {
  it.each([
    ['taskCommentPosted', 'comment abc1234'],
    ['taskUpdated_comment', 'comment abc1234'],
    ['taskCommentUpdated', 'comment abc1234 56789']
  ])('of %s reads “%s”', (file, text) => {
    const { history_items } = payload<{ history_items: { comment: unknown }[] }>(`${DOCS}/${file}`)
    expect(normalize.comment(raw.Comment.parse(history_items[0]!.comment), '1vj38vv')).toEqual({
      externalId: '648893191',
      task: '1vj38vv',
      author: '183',
      at: '2022-01-21T03:50:45.116Z',
      editedAt: null,
      text
    })
  })
})

describeWithShared('Payloads of ClickUp', () => {
  it('are all read, or it is said why not', () => {
    expect(listed()).toEqual(recorded())
  })
})
