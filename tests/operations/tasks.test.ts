/** Lists of tasks: which, in what order, how many, under what; and what a member with some projects does not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMAND_LINE, type Who } from '../../src/access/who.ts'
import { sql } from '../../src/db/database.ts'
import { findingGroups, findings } from '../../src/operations/findings/findings.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { perform } from '../../src/operations/perform.ts'
import { filterFields, filterReading } from '../../src/operations/tasks/filters.ts'
import { find } from '../../src/operations/tasks/find.ts'
import { taskGroups } from '../../src/operations/tasks/grouping.ts'
import { task } from '../../src/operations/tasks/task.ts'
import { tasks } from '../../src/operations/tasks/tasks.ts'
import { removeView, saveView, views } from '../../src/operations/tasks/views.ts'
import { tasksWithout } from '../../src/operations/tasks/without.ts'
import { userWithKey } from '../helpers/access.ts'
import { testHub } from '../helpers/hub.ts'
import { plantEvent, plantFinding, plantKeyResult, plantPerson, plantProject, plantTask } from '../helpers/plant.ts'

/** A Wednesday. */
const NOW = '2026-11-18T12:00:00.000Z'

let hub: Awaited<ReturnType<typeof testHub>>
let ana: Who
let lucia: Who

const ask = <O extends Operation<never, never>>(operation: O, input: Record<string, unknown> = {}, who = ana) =>
  perform(operation as never, { hub, jobs: null, who }, input) as Promise<Awaited<ReturnType<O['run']>>>
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id.slice(7))
const list = async (input: Record<string, unknown>, who = ana) => {
  const { tasks: rows, total } = await tasks.run({ hub, jobs: null, who }, tasks.input.parse(input))
  return [ids(rows), total]
}

beforeAll(async () => {
  hub = { ...(await testHub()), now: () => NOW }
  const { db } = hub
  const columns = { todo: 'todo', doing: 'doing', done: 'done' }
  await plantProject(db, { id: 'p1', name: 'Client searches', columns, lookedAt: NOW })
  await plantProject(db, { id: 'p2', name: 'Payroll' })
  await plantPerson(db, 'lf', 'Lucía F.')
  await plantPerson(db, 'to', 'Tomás Ortega')
  const base = { column: 'doing', category: 'doing' }
  await plantTask(db, {
    ...base,
    id: 'a',
    title: 'Senior Go engineer for Brightwell',
    assignees: ['lf'],
    enteredAt: '2026-11-06T10:00:00.000Z',
    labels: ['engineering']
  })
  await plantTask(db, {
    ...base,
    id: 'b',
    title: '100%_sure: Ünïcode invoice',
    assignees: ['to', 'lf'],
    dueAt: '2026-11-17T10:00:00.000Z',
    enteredAt: '2026-11-16T10:00:00.000Z'
  })
  await plantTask(db, {
    id: 'c',
    column: 'todo',
    title: 'alpha HR-123',
    dueAt: '2026-11-20T10:00:00.000Z',
    enteredAt: '2026-11-17T10:00:00.000Z'
  })
  await plantTask(db, {
    id: 'd',
    column: 'done',
    category: 'done',
    title: 'Done Brightwell',
    completedAt: '2026-11-10T10:00:00.000Z'
  })
  await plantTask(db, {
    id: 'e',
    project: 'p2',
    title: '候補者の面接',
    category: 'blocked',
    enteredAt: '2026-11-02T10:00:00.000Z'
  })
  await plantTask(db, { id: 'x', title: 'Archived Brightwell', presence: 'archived' })
  await plantFinding(db, { rule: 'stale-doing', task: 'a', since: '2026-11-13T09:00:00.000Z' })
  await plantFinding(db, { rule: 'missing-deadline', task: 'a', since: '2026-11-06T10:00:00.000Z' })
  await plantFinding(db, { rule: 'overdue', task: 'b', since: '2026-11-17T10:00:00.000Z' })
  await plantFinding(db, { rule: 'no-assignee', task: 'e', since: '2026-11-02T10:00:00.000Z', project: 'p2' })
  await plantFinding(db, {
    rule: 'overdue',
    task: 'd',
    since: '2026-11-01T10:00:00.000Z',
    closedAt: '2026-11-10T10:00:00.000Z',
    reason: 'fixed'
  })
  // As the rules write it; the age is worked out from it.
  await db.run(
    sql`update findings set evidence = jsonb_build_object('enteredAt', '2026-11-06T10:00:00.000Z', 'dueAt', '2026-11-17T10:00:00.000Z')`
  )
  await plantEvent(db, { task: 'a', type: 'moved', at: '2026-11-06T10:00:00.000Z', from: 'todo', to: 'doing' })
  await db.run(
    sql`insert into comments (id, task_id, author, at, text) values ('trello:m', 'trello:a', 'trello:to', ${NOW}::timestamptz, '<b>hi</b>')`
  )
  await plantKeyResult(db, {
    id: 'kr',
    title: 'Placements',
    filter: { v: 1, where: { field: 'labels', is: 'has', value: 'engineering' } }
  })
  await db.run(
    sql`insert into people (id, name, email, time_zone, language) values ('person-l', 'Lucía Fernández', 'l@x.example', 'UTC', 'en')`
  )
  await db.run(sql`update identities set person_id = 'person-l' where id = 'trello:lf'`)
  const owner = await userWithKey(hub, 'owner', 'k1', 'Ana Ribeiro')
  const member = await userWithKey(hub, 'member', 'k2', 'Lucia F')
  await db.run(sql`update users set person_id = 'person-l' where id = ${member}`)
  const who = { name: '', email: null, via: 'web', readsOnly: false } as const
  ana = { ...who, id: owner, role: 'owner', projects: null }
  lucia = { ...who, id: member, role: 'member', projects: ['trello:p1'] }
})
afterAll(() => hub.close())

describe('a list of tasks', () => {
  test('is sorted every way, what is not known last, and windows reach anywhere', async () => {
    expect(await list({ sort: 'age', presence: 'present' })).toEqual([['e', 'a', 'b', 'c', 'd'], 5])
    expect(await list({ sort: 'due', presence: 'present' })).toEqual([['b', 'c', 'a', 'd', 'e'], 5])
    expect(await list({ sort: 'due', down: 'true', presence: 'present' })).toEqual([['c', 'b', 'a', 'd', 'e'], 5])
    expect((await list({ sort: 'project', presence: 'present' }))[0]).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect((await list({ sort: 'title' }))[0]).toHaveLength(6)
    expect(await list({ sort: 'age', presence: 'present', offset: 3, limit: 1 })).toEqual([['c'], 5])
    expect(await list({ after: 'trello:d' })).toEqual([['e', 'x'], null])
  })

  test('tells the age in working days and the open findings', async () => {
    const { tasks: rows } = await tasks.run({ hub, jobs: null, who: ana }, tasks.input.parse({ sort: 'age' }))
    expect(rows.map(({ id, age, findings: open }) => [id.slice(7), age, open.map(({ rule }) => rule)])).toEqual([
      ['e', 12, ['no-assignee']],
      ['a', 8, ['missing-deadline', 'stale-doing']],
      ['b', 2, ['overdue']],
      ['c', 1, []],
      ['d', null, []],
      ['x', null, []]
    ])
  })

  test('is filtered by text or tree, by findings, by a person’s own name and “me”', async () => {
    expect(await list({ filter: 'category = doing' })).toEqual([['a', 'b'], 2])
    expect(await list({ filter: JSON.stringify({ field: 'category', is: 'is', value: 'blocked' }) })).toEqual([
      ['e'],
      1
    ])
    expect(await list({ finding: 'any' })).toEqual([['a', 'b', 'e'], 3])
    expect(await list({ finding: 'none', presence: 'present' })).toEqual([['c', 'd'], 2])
    expect(await list({ finding: 'overdue,no-assignee' })).toEqual([['b', 'e'], 2])
    expect(await list({ filter: 'assignees has "Lucía Fernández"' })).toEqual([['a', 'b'], 2])
    expect(await list({ filter: 'assignees has me' }, lucia)).toEqual([['a', 'b'], 2])
    expect(await list({ filter: 'assignees has me' })).toEqual([[], 0])
    await expect(list({ filter: 'category = dong' })).rejects.toThrow('The filter cannot be read at character 12')
    await expect(list({ filter: '{"field":"x"}' })).rejects.toThrow('The filter cannot be read')
    await expect(list({ filter: '{' })).rejects.toThrow('begins like a JSON tree')
  })

  test('finds words by their beginning, in titles, labels and names; odd ones anywhere in the title', async () => {
    expect(await list({ search: 'bright' })).toEqual([['a', 'd', 'x'], 3])
    expect(await list({ search: 'GO bright' })).toEqual([['a'], 1])
    expect(await list({ search: 'engineering' })).toEqual([['a'], 1])
    expect(await list({ search: 'invoice tomás' })).toEqual([['b'], 1])
    expect(await list({ search: 'fernández' })).toEqual([['a', 'b'], 2])
    expect(await list({ search: '123' })).toEqual([['c'], 1])
    expect(await list({ search: '面接' })).toEqual([['e'], 1])
    expect(await list({ search: `'); drop table tasks; --` })).toEqual([[], 0])
    expect(await list({ search: '  %_ ' })).toEqual([['a', 'b', 'c', 'd', 'e', 'x'], 6])
  })

  test('is grouped and counted', async () => {
    const by = async (what: string, who = ana) =>
      (
        (await ask(taskGroups as never, { by: what, presence: 'present' }, who)) as {
          groups: { name: string; count: number }[]
        }
      ).groups.map(({ name, count }) => [name, count])
    expect(await by('category')).toEqual([
      ['doing', 2],
      ['blocked', 1],
      ['done', 1],
      ['todo', 1]
    ])
    expect(await by('project')).toEqual([
      ['Client searches', 4],
      ['Payroll', 1]
    ])
    expect(await by('project', lucia)).toEqual([['Client searches', 4]])
    expect(await by('assignee')).toEqual([
      [null, 3],
      ['Lucía Fernández', 2],
      ['Tomás Ortega', 1]
    ])
    expect(await by('rule')).toEqual([
      [null, 2],
      ['missing-deadline', 1],
      ['no-assignee', 1],
      ['overdue', 1],
      ['stale-doing', 1]
    ])
    expect(await by('label')).toEqual([
      [null, 4],
      ['engineering', 1]
    ])
    expect(await by('tool')).toEqual([['trello', 5]])
  })

  test('in groups: rows stand group by group as the groups are told, in each as sorted, in as many as they are in', async () => {
    const walk = async (by: string, more: Record<string, unknown> = {}, who = ana) => {
      const asked = { presence: 'present', ...more }
      const { groups } = await taskGroups.run(
        { hub, jobs: null, who },
        taskGroups.input.parse({ ...asked, by, order: 'group' })
      )
      const { tasks: rows, total } = await tasks.run(
        { hub, jobs: null, who },
        tasks.input.parse({ ...asked, group: by, sort: 'title' })
      )
      // A group begins where the counts before it end.
      expect(rows.map(({ group }) => group)).toEqual(groups.flatMap(({ key, count }) => Array(count).fill(key)))
      return [groups.map(({ key, name, count }) => [name ?? key, count]), ids(rows).join(''), total]
    }
    expect(await walk('category')).toEqual([
      [
        ['todo', 1],
        ['doing', 2],
        ['blocked', 1],
        ['done', 1]
      ],
      'cbaed',
      5
    ])
    expect(await walk('project')).toEqual([
      [
        ['Client searches', 4],
        ['Payroll', 1]
      ],
      'bcdae',
      5
    ])
    expect(await walk('project', {}, lucia)).toEqual([[['Client searches', 4]], 'bcda', 4])
    // b is Tomás's and Lucía's.
    expect(await walk('assignee')).toEqual([
      [
        ['Lucía Fernández', 2],
        ['Tomás Ortega', 1],
        [null, 3]
      ],
      'babcde',
      5
    ])
    expect(await walk('label')).toEqual([
      [
        ['engineering', 1],
        [null, 4]
      ],
      'abcde',
      5
    ])
    expect(await walk('rule', { finding: 'any' })).toEqual([
      [
        ['missing-deadline', 1],
        ['no-assignee', 1],
        ['overdue', 1],
        ['stale-doing', 1]
      ],
      'aeba',
      3
    ])
    expect(await walk('priority')).toEqual([[['none', 5]], 'bcdae', 5])
    expect(await walk('tool')).toEqual([[['trello', 5]], 'bcdae', 5])
    const windows = async (offset: number) => {
      const asked = { presence: 'present', group: 'assignee', sort: 'title', limit: 2, offset }
      return ids((await tasks.run({ hub, jobs: null, who: ana }, tasks.input.parse(asked))).tasks).join('')
    }
    expect([await windows(0), await windows(2), await windows(4), await windows(6)]).toEqual(['ba', 'bc', 'de', ''])
  })

  test('in groups by when they are due, in the zone of who asks', async () => {
    const due = async (who: Who) =>
      (
        await taskGroups.run(
          { hub, jobs: null, who },
          taskGroups.input.parse({ by: 'due', order: 'group', presence: 'present' })
        )
      ).groups.map(({ key, count }) => [key, count])
    expect(await due(ana)).toEqual([
      ['before', 1],
      ['week', 1],
      [null, 3]
    ])
    // Noon on Wednesday is Thursday in Auckland, and 10:00 on Friday is 23:00 there.
    const at = (zone: string | null) => hub.db.run(sql`update users set time_zone = ${zone} where id = ${ana.id}`)
    const move = (dueAt: string) =>
      hub.db.run(sql`update tasks set due_at = ${dueAt}::timestamptz where id = 'trello:c'`)
    await move('2026-11-18T23:30:00.000Z')
    expect((await due(ana))[1]).toEqual(['today', 1])
    await at('Pacific/Auckland')
    expect((await due(ana))[1]).toEqual(['today', 1])
    await move('2026-11-18T10:00:00.000Z')
    expect(await due(ana)).toEqual([
      ['before', 2],
      [null, 3]
    ])
    await at(null)
    expect((await due(ana))[1]).toEqual(['today', 1])
    await move('2026-11-23T10:00:00.000Z')
    expect((await due(ana))[1]).toEqual(['next', 1])
    await move('2026-11-30T10:00:00.000Z')
    expect((await due(ana))[1]).toEqual(['later', 1])
    await move('2026-11-20T10:00:00.000Z')
  })

  test('that is empty says what would be in it without each of its conditions', async () => {
    const without = async (input: Record<string, unknown>, who = ana) =>
      (
        await tasksWithout.run({ hub, jobs: null, who }, tasksWithout.input.parse({ presence: 'present', ...input }))
      ).without.map(({ drops, place, filter, count }) => [drops, place, filter, count])
    expect(
      await without({ filter: 'category = doing and project = Payroll', search: 'brightwell', finding: 'overdue' })
    ).toEqual([])
    expect(await without({ filter: 'category = doing and project = Payroll' })).toEqual([
      ['condition', 0, 'project = "Payroll"', 1],
      ['condition', 1, 'category = doing', 2]
    ])
    expect(await without({ filter: 'category = doing and project = Payroll' }, lucia)).toEqual([
      ['condition', 1, 'category = doing', 2]
    ])
    expect(await without({ filter: 'category = blocked', finding: 'overdue', search: 'brightwell' })).toEqual([])
    expect(await without({ filter: 'category = blocked', finding: 'overdue' })).toEqual([
      ['condition', 0, '', 1],
      ['finding', null, 'category = blocked', 1]
    ])
    expect(await without({ search: 'no such word' })).toEqual([['search', null, '', 5]])
    expect(await without({})).toEqual([])
  })

  test('of a member holds their projects only', async () => {
    expect(await list({ sort: 'age', presence: 'present' }, lucia)).toEqual([['a', 'b', 'c', 'd'], 4])
    expect(await list({ finding: 'no-assignee' }, lucia)).toEqual([[], 0])
    await expect(task.run({ hub, jobs: null, who: lucia }, { id: 'trello:e' })).rejects.toThrow('no such card')
  })
})

test('one task is told with history, findings, comments and what it counts towards', async () => {
  const one = await task.run({ hub, jobs: null, who: lucia }, { id: 'trello:a' })
  expect(task.output.safeParse(one).error).toBeUndefined()
  expect(one).toMatchObject({ id: 'trello:a', age: 8, projectName: 'Client searches', zone: 'UTC', tooOld: false })
  expect(one.allFindings.map(({ rule, closedAt }) => [rule, closedAt])).toEqual([
    ['missing-deadline', null],
    ['stale-doing', null]
  ])
  expect(one.events.map(({ type, from, to, toCategory, source }) => [type, from, to, toCategory, source])).toEqual([
    ['moved', 'todo', 'doing', 'doing', 'reported']
  ])
  expect(one.comments).toEqual([{ author: 'Tomás Ortega', at: NOW, text: '<b>hi</b>', ours: false, said: null }])
  expect(one.contributions).toEqual([
    {
      keyResult: 'kr',
      title: 'Placements',
      objective: 'Objective of Placements',
      unit: 'cards',
      amount: null,
      at: null
    }
  ])
})

test('words find cards, boards, key results and people, each only for those who may see them', async () => {
  const found = async (q: string, who = ana) => {
    const { cards, boards, keyResults, people } = await perform(find, { hub, jobs: null, who }, { q })
    return {
      cards: ids(cards).join(''),
      boards: boards.map(({ name }) => name),
      keyResults: keyResults.map(({ title, objective }) => `${title} of ${objective}`),
      people: people.map(({ name }) => name)
    }
  }
  const nothing = { cards: '', boards: [], keyResults: [], people: [] }
  // Open ones first; what is archived is not found.
  expect(await found('brightwell')).toEqual({ ...nothing, cards: 'ad' })
  expect(await found('Done br')).toEqual({ ...nothing, cards: 'd' })
  expect(await found('pay')).toEqual({ ...nothing, boards: ['Payroll'] })
  expect(await found('pay', lucia)).toEqual(nothing)
  expect(await found('面接')).toEqual({ ...nothing, cards: 'e' })
  expect(await found('面接', lucia)).toEqual(nothing)
  expect(await found('placem')).toEqual({ ...nothing, keyResults: ['Placements of Objective of Placements'] })
  expect(await found('lucía')).toEqual({ ...nothing, cards: 'ab', people: ['Lucía Fernández'] })
  expect((await found('lucía', lucia)).people).toEqual([])
  expect(await found('%_')).toEqual(nothing)
  expect(await found('--')).toEqual(nothing)
  await expect(found(' a ')).rejects.toThrow()
})

test('a filter is read both ways, and says what it can ask about', async () => {
  const tree = {
    all: [
      { field: 'category', is: 'is', value: 'doing' },
      { field: 'due', is: 'is_empty' }
    ]
  }
  const text = 'category = doing and due is empty'
  expect(await filterReading.run({ hub, jobs: null, who: ana }, { filter: text })).toEqual({ text, tree })
  expect(await filterReading.run({ hub, jobs: null, who: ana }, { filter: JSON.stringify(tree) })).toEqual({
    text,
    tree
  })
  const { fields } = await filterFields.run({ hub, jobs: null, who: ana }, {})
  expect(fields.find(({ name }) => name === 'due')?.operators).toContainEqual({ is: 'in_next_days', takes: 'days' })
})

test('views: four that everybody has, one’s own, and those others share', async () => {
  const shown = async (who: Who) =>
    (await views.run({ hub, jobs: null, who }, {})).views.map(({ id, name, count, own }) => [name ?? id, count, own])
  expect(await shown(ana)).toEqual([
    ['findings', 3, false],
    ['mine', 0, false],
    ['due', 2, false],
    ['stuck', 1, false]
  ])
  expect((await shown(lucia)).map(([, count]) => count)).toEqual([2, 2, 2, 1])
  const save = (input: Record<string, unknown>, who = ana) => perform(saveView, { hub, jobs: null, who }, input)
  const { id } = await save({ name: 'Searches', filter: 'project = "Client searches"', shared: true })
  await save({ name: 'Private', filter: 'category = blocked' })
  expect((await shown(ana)).slice(4)).toEqual([
    ['Searches', 4, true],
    ['Private', 1, true]
  ])
  expect((await shown(lucia)).slice(4)).toEqual([['Searches', 4, false]])
  await expect(save({ id, name: 'Taken' }, lucia)).rejects.toThrow('You have no such view')
  await expect(save({ name: 'Bad', filter: 'nonsense' })).rejects.toThrow('cannot be read')
  await expect(save({ name: 'Nobody’s' }, COMMAND_LINE)).rejects.toThrow('sign in')
  expect(await perform(removeView, { hub, jobs: null, who: lucia }, { id })).toEqual({ removed: false })
  expect(await perform(removeView, { hub, jobs: null, who: ana }, { id })).toEqual({ removed: true })
  const [kept] = await hub.db.rows(
    sql`select operation, subject, before ->> 'name' as before, after from audit where operation = 'removeView' order by id desc limit 1`
  )
  expect(kept).toEqual({ operation: 'removeView', subject: `view ${id}`, before: 'Searches', after: null })
})

describe('findings', () => {
  const shown = async (input: Record<string, unknown>, who = ana) =>
    (await findings.run({ hub, jobs: null, who }, findings.input.parse(input))).findings.map(
      ({ rule, task: of, reason }) => [rule, of.slice(7), reason]
    )
  test('are chosen by project, rule, person, state and reason, page by page', async () => {
    expect(await shown({})).toEqual([
      ['no-assignee', 'e', null],
      ['missing-deadline', 'a', null],
      ['stale-doing', 'a', null],
      ['overdue', 'b', null]
    ])
    expect(await shown({ offset: 1, limit: 1 })).toEqual([['missing-deadline', 'a', null]])
    expect(await shown({ person: 'person-l', rule: 'overdue' })).toEqual([['overdue', 'b', null]])
    expect(await shown({ person: 'nobody' })).toEqual([['no-assignee', 'e', null]])
    expect(await shown({ project: 'Payroll' })).toEqual([['no-assignee', 'e', null]])
    expect(await shown({ state: 'closed' })).toEqual([['overdue', 'd', 'fixed']])
    expect(await shown({ state: 'closed', reason: 'gone' })).toEqual([])
    expect(await shown({ person: 'nobody' }, lucia)).toEqual([])
  })
  test('are counted by rule, project, person and reason', async () => {
    const by = (what: string, who = ana, state = 'open') =>
      findingGroups.run({ hub, jobs: null, who }, findingGroups.input.parse({ by: what, state }))
    expect((await by('project')).groups.map(({ name, count, tasks: n, since }) => [name, count, n, since])).toEqual([
      ['Client searches', 3, 2, '2026-11-06T10:00:00.000Z'],
      ['Payroll', 1, 1, '2026-11-02T10:00:00.000Z']
    ])
    expect((await by('person')).groups.map(({ key, name, count }) => [key, name, count])).toEqual([
      ['person-l', 'Lucía Fernández', 3],
      ['nobody', '', 1],
      ['trello:to', 'Tomás Ortega', 1]
    ])
    const { groups, ...all } = await by('rule', lucia)
    expect(groups.map(({ key, count }) => [key, count])).toEqual([
      ['missing-deadline', 1],
      ['overdue', 1],
      ['stale-doing', 1]
    ])
    expect(all).toEqual({ total: 3, tasks: 2, looked: 3, lastClosed: '2026-11-10T10:00:00.000Z' })
    expect((await by('reason', ana, 'closed')).groups.map(({ key, count }) => [key, count])).toEqual([['fixed', 1]])
  })
})
