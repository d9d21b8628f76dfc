import { z } from 'zod'
import { isoText, sql } from '../db/database.ts'
import { enteredSight, type Rule } from './rule.ts'

const categories = ['todo', 'doing', 'blocked'] as const

export const missingDeadline: Rule = {
  id: 'missing-deadline',
  about: 'A card to be done, being done or blocked has no due date.',
  on: true,
  params: z.object({}),
  categories,
  cutoffs: () => ({ instant: null, day: null }),
  predicate: () => sql`t.due_at is null`,
  evidence: () => sql`jsonb_strip_nulls(jsonb_build_object('removedAt', (
    select case when e.to_id is null then ${isoText(sql`e.at`)} end from task_events e
    where e.task_id = t.id and e.type = 'due_changed' order by e.at desc, e.id desc limit 1)))`,
  since: enteredSight(categories)
}
