/**
 * Judging a million tasks. The hand-written statement knows the three predicates and nothing else: no evidence, no
 * exemptions, one cut-off for all.
 */
import { json, sql } from '../../src/db/database.ts'
import type { Hub } from '../../src/hub.ts'
import { DEFAULT_CALENDAR, staleCutoff } from '../../src/rules/calendar.ts'
import { judge } from '../../src/rules/engine.ts'
import { ruleOf } from '../../src/rules/index.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { type Bench, type Conditions, say } from '../bench.ts'
import { freshHub } from '../ground.ts'
import { plantTasks } from '../million.ts'
import { type Rounds, timed } from '../ratio.ts'

const TASKS = 1_000_000
const CHANGED = 1000
const NOW = '2026-11-16T12:00:00.000Z'
const JUDGED = ['missing-deadline', 'no-assignee', 'stale-doing'].map((id) => ruleOf(id) as Rule)

export const rules: Bench = {
  bars: [
    {
      name: 'rules-full',
      work: 'three rules over 1,000,000 tasks, nothing changed',
      reach: 1.2,
      holds: 'most',
      unit: 's'
    },
    { name: 'rules-incremental', work: '1,000 changed among 1,000,000', reach: 1.5, holds: 'most', unit: 'ms' }
  ],
  needs: ['DATABASE_URL'],
  measure
}

async function measure({ size, rounds }: Conditions): Promise<Record<string, Rounds>> {
  const hub = await freshHub('postgres')
  const found = { full: { hub: [], baseline: [] } as Rounds, incremental: { hub: [], baseline: [] } as Rounds }
  try {
    await plantTasks(hub, Math.round(TASKS * size))
    await judge(hub.db, { now: NOW, rules: JUDGED })
    await hub.db.run(sql`vacuum analyze findings`)
    for (let round = 0; round <= rounds; round++) {
      const byHub = async () => {
        const full = await timed(async () => agree(await judge(hub.db, { now: NOW, rules: JUDGED }), 0))
        const tasks = await change(hub)
        const some = await timed(async () =>
          agree(await judge(hub.db, { now: NOW, rules: JUDGED, tasks }), tasks.length)
        )
        if (round === 0) return
        found.full.hub.push(full.seconds)
        found.incremental.hub.push(some.seconds * 1000)
      }
      const byHand = async () => {
        const full = await timed(async () => agree([await diff(hub, null)], 0))
        const tasks = await change(hub)
        const some = await timed(async () => agree([await diff(hub, tasks)], tasks.length))
        if (round === 0) return
        found.full.baseline.push(full.seconds)
        found.incremental.baseline.push(some.seconds * 1000)
      }
      // The first round warms the caches for both.
      for (const turn of round % 2 === 0 ? [byHub, byHand] : [byHand, byHub]) await turn()
      if (round > 0) say(`rules round ${round}: ${JSON.stringify(found)}`)
    }
    return { 'rules-full': found.full, 'rules-incremental': found.incremental }
  } finally {
    await hub.close()
  }
}

/** A thousand tasks in progress lose their person, or their due date: no two rounds change the same ones. */
async function change(hub: Hub): Promise<string[]> {
  const rows = await hub.db.rows<{ id: string }>(sql`
    update tasks set assignees = '{}', due_at = null, updated_at = now()
    where id in (
      select id from tasks where category = 'todo' and cardinality(assignees) = 1 and due_at is not null order by id limit ${CHANGED})
    returning id`)
  if (rows.length < CHANGED) throw new Error(`There are no ${CHANGED} tasks left to change.`)
  return rows.map(({ id }) => id)
}

interface Outcome {
  opened: number
  closed: number
}

/** Each changed task offends two of the rules. */
function agree(outcomes: readonly Outcome[], changed: number): void {
  const opened = outcomes.reduce((sum, outcome) => sum + outcome.opened, 0)
  const closed = outcomes.reduce((sum, outcome) => sum + outcome.closed, 0)
  if (opened !== changed * 2 || closed !== 0)
    throw new Error(`${opened} opened and ${closed} closed of ${changed} tasks.`)
}

/** Everything that should be open against everything that is, in one statement; what differs is written. */
async function diff(hub: Hub, tasks: string[] | null): Promise<Outcome> {
  const cutoff = staleCutoff(5, NOW, DEFAULT_CALENDAR)
  const these = tasks === null ? sql`` : sql`and t.id in (select jsonb_array_elements_text(${json(tasks)}))`
  const known = tasks === null ? sql`` : sql`and f.task_id in (select jsonb_array_elements_text(${json(tasks)}))`
  const [outcome] = await hub.db.rows<Outcome>(sql`
    with offending as (
      select r.rule, t.id, t.project_id, t.column_id, t.entered_column_at
      from tasks t cross join lateral (values
        ('missing-deadline', t.category in ('todo', 'doing', 'blocked') and t.due_at is null),
        ('no-assignee', t.category in ('todo', 'doing', 'blocked') and t.assignees = '{}'),
        ('stale-doing', t.category = 'doing' and t.entered_column_at < ${cutoff}::timestamptz)) r(rule, offends)
      where t.open and r.offends ${these}
    ), known as (
      select f.id, f.rule, f.task_id from findings f where f.closed_at is null ${known}
    ), compared as materialized (
      select o.*, k.id as finding from offending o full join known k on k.rule = o.rule and k.task_id = o.id
      where o.id is null or k.id is null
    ), opened as (
      insert into findings (rule, task_id, project_id, column_id, since, evidence, opened_at)
      select rule, id, project_id, column_id, entered_column_at, '{}', ${NOW}::timestamptz from compared where finding is null
      returning 1
    ), closed as (
      update findings set closed_at = ${NOW}::timestamptz, reason = 'fixed'
      where id in (select finding from compared where id is null) returning 1
    )
    select (select count(*) from opened)::int as opened, (select count(*) from closed)::int as closed`)
  return outcome ?? { opened: -1, closed: -1 }
}
