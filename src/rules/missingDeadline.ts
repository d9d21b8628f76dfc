import { z } from 'zod'
import { sql } from '../db/database.ts'
import { enteredSight, isoText, type Rule } from './rule.ts'

const categories = ['todo', 'doing', 'blocked'] as const

export const missingDeadline: Rule = {
  id: 'missing-deadline',
  about: 'A card to be done, being done or blocked has no due date.',
  on: true,
  params: z.object({}),
  categories,
  cutoffs: () => ({ instant: null, day: null }),
  predicate: sql`t.due_at is null`,
  evidence: sql`jsonb_strip_nulls(jsonb_build_object('removedAt', (
    select ${isoText(sql`e.at`)} from task_events e
    where e.task_id = t.id and e.type = 'due_changed' order by e.at desc, e.id desc limit 1)))`,
  since: enteredSight(categories)
}
