/** For a list of tasks that is empty: what would be in it without one of the things it was narrowed by. */
import { z } from 'zod'
import { sql } from '../../db/database.ts'
import { print } from '../../model/filter/parse.ts'
import type { Node } from '../../model/filter/syntax.ts'
import { operation } from '../operation.ts'
import { readFilter, type Which, which, whichTasks } from './whichTasks.ts'

interface Lighter {
  drops: 'condition' | 'finding' | 'search'
  /** Which of the conditions that all have to hold. */
  place: number | null
  asked: Which
}

export const tasksWithout = operation({
  id: 'tasksWithout',
  right: 'see',
  method: 'GET',
  path: '/tasks/without',
  tag: 'Tasks',
  summary:
    'How many tasks there would be without one of the conditions, the findings, or the words that are searched for',
  input: z.object(which),
  output: z.object({
    without: z
      .array(
        z.object({
          drops: z.enum(['condition', 'finding', 'search']),
          place: z
            .number()
            .nullable()
            .describe('Which of the filter’s conditions, from 0; null for findings and search'),
          filter: z.string().describe('The filter that is left; empty: none'),
          count: z.number()
        })
      )
      .describe('Those under which there are tasks, the fewest first')
  }),
  async run({ hub, who }, asked) {
    const lighter = lighterThan(asked)
    if (lighter.length === 0) return { without: [] }
    const conditions = await Promise.all(lighter.map((one) => whichTasks(hub, who, one.asked)))
    const counts = await hub.db.rows<{ at: number; count: number }>(
      sql.join(
        conditions.map((where, at) => sql`select ${at}::int as at, count(*)::int as count from tasks t where ${where}`),
        sql` union all `
      )
    )
    const of = new Map(counts.map(({ at, count }) => [at, count]))
    return {
      without: lighter
        .map(({ drops, place, asked: left }, at) => ({
          drops,
          place,
          filter: left.filter ?? '',
          count: of.get(at) ?? 0
        }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => a.count - b.count)
    }
  }
})

/** More conditions than that are no question a person asks. */
const MOST = 20

function lighterThan(asked: Which): Lighter[] {
  const { filter = '', finding = '', search = '' } = asked
  const whole: Node | null = filter.trim() === '' ? null : readFilter(filter).where
  const conditions = whole === null ? [] : 'all' in whole ? whole.all : [whole]
  const left = (place: number): string => {
    const rest = conditions.filter((_, at) => at !== place)
    const [only] = rest
    if (!only) return ''
    return print({ v: 1, where: rest.length === 1 ? only : { all: rest } })
  }
  return [
    ...conditions.slice(0, MOST).map((_, place) => ({
      drops: 'condition' as const,
      place,
      asked: { ...asked, filter: left(place) }
    })),
    ...(finding === '' ? [] : [{ drops: 'finding' as const, place: null, asked: { ...asked, finding: '' } }]),
    ...(search.trim() === '' ? [] : [{ drops: 'search' as const, place: null, asked: { ...asked, search: '' } }])
  ]
}
