import { z } from 'zod'
import { isoText, sql } from '../db/database.ts'
import { OPEN_CATEGORIES } from '../model/task.ts'
import { overdueCutoffs, workingAge } from './calendar.ts'
import type { Rule } from './rule.ts'

export const overdue: Rule = {
  id: 'overdue',
  about: 'The due date of an open card has passed.',
  on: true,
  params: z.object({}),
  categories: OPEN_CATEGORIES,
  cutoffs(_params, now, calendar) {
    const { instant, date } = overdueCutoffs(now, calendar.zone)
    return { instant, day: date }
  },
  // A date without a time is kept as midnight UTC and compared as a date.
  predicate: (cut) =>
    sql`case when t.due_is_date then (t.due_at at time zone 'UTC')::date < ${cut.day} else t.due_at < ${cut.instant} end`,
  evidence: () => sql`jsonb_build_object('dueAt', ${isoText(sql`t.due_at`)}, 'dueIsDate', t.due_is_date)`,
  since: sql`t.due_at`,
  today: ({ dueAt }, now, calendar) => ({ workingDays: workingAge(String(dueAt), now, calendar) })
}
