import { z } from 'zod'
import { sql } from '../db/database.ts'
import { enteredSight, type Rule } from './rule.ts'

const categories = ['todo', 'doing', 'blocked'] as const

export const noAssignee: Rule = {
  id: 'no-assignee',
  about: 'A card to be done, being done or blocked has nobody assigned.',
  on: true,
  params: z.object({}),
  categories,
  cutoffs: () => ({ instant: null, day: null }),
  predicate: () => sql`cardinality(t.assignees) = 0`,
  evidence: () => sql`'{}'::jsonb`,
  since: enteredSight(categories)
}
