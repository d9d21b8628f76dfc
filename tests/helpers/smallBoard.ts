/** A small board in a hub without a tool: tasks, columns and events are written as a page would bring them. */

import { page as emptyPage, type Page } from '../../src/adapter.ts'
import { sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import type { EventFacts, TaskFacts } from '../../src/model/task.ts'
import { judge, type RuleOutcome } from '../../src/rules/engine.ts'
import { settleProjects } from '../../src/sync/settle.ts'
import { storePage } from '../../src/sync/store.ts'

export const COLUMNS = ['Backlog', 'To do', 'Doing', 'Blocked', 'Done', 'Shipped', 'Notes', 'Odds and ends'] as const

const task = (id: string, facts: Partial<TaskFacts>): TaskFacts => ({
  externalId: id,
  project: 'p1',
  column: 'To do',
  title: id,
  description: '',
  url: '',
  assignees: ['ada'],
  creator: null,
  labels: [],
  priority: 'none',
  rawPriority: null,
  startAt: null,
  dueAt: '2027-06-01T12:00:00.000Z',
  dueIsDate: false,
  completed: false,
  completedAt: null,
  enteredColumnAt: null,
  createdAt: '2026-11-02T08:00:00.000Z',
  updatedAt: '2026-11-02T08:00:00.000Z',
  parent: null,
  checklist: { done: 0, total: 0 },
  estimate: null,
  commentCount: 0,
  fields: {},
  presence: 'present',
  ...facts
})

let events = 0

export interface SmallBoard {
  /** Stores these tasks (all facts that are not given are fine to every rule) and settles. */
  put(tasks: Record<string, Partial<TaskFacts>>, events?: Partial<EventFacts>[]): Promise<void>
  judge(now: string, more?: { tasks?: string[]; projects?: string[] }): Promise<RuleOutcome[]>
  /** Findings of one rule, oldest first: task, since, evidence, and why it was closed (null: open). */
  findings(rule: string): Promise<[string, string, unknown, string | null][]>
  /** Opened and closed findings over all rules. */
  counts(outcomes: RuleOutcome[]): [number, number]
}

/** Empties the hub and makes projects `p1` and `p2`, both chosen; the columns belong to `p1`, those of `p2` end in `2`. */
export async function smallBoard(hub: Hub): Promise<SmallBoard> {
  await hub.db.run(
    sql`truncate projects, columns, tasks, task_versions, task_events, comments, findings, quarantine cascade`
  )
  await hub.db.run(sql`update calendars set zone = 'UTC', holidays = '{}' where id = 'default'`)
  await hub.db.run(sql`
    insert into projects (id, tool, name, url, archived, audience, chosen)
    values ('trello:p1', 'trello', 'One', '', false, 'members', true), ('trello:p2', 'trello', 'Two', '', false, 'members', true)`)
  const store = async (page: Partial<Page>) => {
    await hub.db.transaction((tx) =>
      storePage(tx, emptyPage('2026-11-16T09:00:00.000Z', page), { tool: 'trello', runId: null, lookedAt: null })
    )
    await settleProjects(hub.db, ['trello:p1', 'trello:p2'])
  }
  for (const [project, end] of [
    ['p1', ''],
    ['p2', ' 2']
  ] as const) {
    await store({
      columns: COLUMNS.map((name, position) => ({
        externalId: name + end,
        project,
        name,
        position,
        archived: false,
        category: null
      })),
      history: [{ project, from: '2026-01-01T00:00:00.000Z' }]
    })
  }
  return {
    async put(tasks, told = []) {
      const read = Object.entries(tasks).map(([id, facts]) => ({
        kind: 'task' as const,
        facts: task(id, facts),
        raw: {}
      }))
      await store({
        tasks: read,
        events: told.map((event) => ({
          externalId: `e${events++}`,
          task: read[0]!.facts.externalId,
          type: 'moved',
          at: '2026-11-02T08:00:00.000Z',
          actor: null,
          from: null,
          to: null,
          ...event
        })),
        history: [{ project: 'p1', from: '2026-01-01T00:00:00.000Z' }]
      })
    },
    judge: (now, more = {}) => judge(hub.db, { now, ...more }),
    async findings(rule) {
      const rows = await hub.db.rows<{ task: string; since: string; evidence: unknown; reason: string | null }>(sql`
        select substring(task_id from 8) as task, since, evidence, reason from findings where rule = ${rule} order by id`)
      return rows.map(({ task: id, since, evidence, reason }) => [id, since, evidence, reason])
    },
    counts: (outcomes) => [
      outcomes.reduce((sum, { opened }) => sum + opened, 0),
      outcomes.reduce((sum, { closed }) => sum + closed, 0)
    ]
  }
}
