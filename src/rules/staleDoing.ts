import { z } from 'zod'
import { isoText, sql } from '../db/database.ts'
import { staleCutoff, workingAge } from './calendar.ts'
import type { Rule } from './rule.ts'

export const staleDoing: Rule<{ workingDays: number }> = {
  id: 'stale-doing',
  about: 'A card has been in a column of work in progress for more than N working days.',
  on: true,
  params: z.object({ workingDays: z.number().int().min(0).default(5) }),
  categories: ['doing'],
  cutoffs: ({ workingDays }, now, calendar) => ({ instant: staleCutoff(workingDays, now, calendar), day: null }),
  predicate: (cut) => sql`t.entered_column_at < ${cut.instant}`,
  evidence: (cut) => sql`jsonb_build_object('column', c.name, 'enteredAt', ${isoText(sql`t.entered_column_at`)},
    'known', t.entered_known, 'limit', ${cut.params} -> 'workingDays')`,
  since: sql`t.entered_column_at`,
  today: ({ enteredAt }, now, calendar) => ({ workingDays: workingAge(String(enteredAt), now, calendar) })
}
