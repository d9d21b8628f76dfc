/** The ledger of a key result, card by card; cards on boards that the asker does not see count without being named. */
import { z } from 'zod'
import { seen } from '../../access/who.ts'
import { sql } from '../../db/database.ts'
import type { Hub } from '../../hub.ts'
import { Tool } from '../../model/task.ts'
import { counting, type KeyResultRow, total } from '../../okr/ledger.ts'
import { operation } from '../operation.ts'
import { missing } from './keyResults.ts'

const Contribution = z
  .object({
    id: z.number(),
    task: z.string().nullable().describe('Null with all that names it: a card on a board they do not see'),
    title: z.string().nullable(),
    url: z.string().nullable(),
    tool: Tool.nullable(),
    column: z.string().nullable().describe('The column it was moved into when it counted, where that is known'),
    amount: z.number(),
    total: z.number().describe('What the ledger adds up to with this line, in the order that was asked for'),
    kind: z.enum(['counted', 'reversed']),
    reason: z.string().nullable(),
    reversedAt: z.string().nullable().describe('When this line was taken back by a later one'),
    effectiveAt: z.string().describe('When the work was done, by the tool’s clock'),
    recordedAt: z.string().describe('When we knew it')
  })
  .meta({ id: 'Contribution' })

export const ledger = operation({
  id: 'ledger',
  right: 'see',
  method: 'GET',
  path: '/key-results/:id/contributions',
  tag: 'Objectives',
  summary: 'The ledger of a key result, card by card, and its recompute from scratch',
  input: z.object({
    id: z.string(),
    by: z.enum(['done', 'known']).default('done').describe('In the order the work was done, or in which we knew it'),
    order: z.enum(['oldest', 'newest']).default('oldest').describe('First'),
    limit: z.coerce.number().int().min(1).max(10_000).default(1000),
    after: z.coerce.number().int().optional().describe('Only lines after the one with this id, for the next page')
  }),
  output: z.object({
    contributions: z.array(Contribution),
    entries: z.number().describe('Lines of the whole ledger'),
    hidden: z.number().describe('Cards that count, on boards they do not see'),
    began: z.string().nullable().describe('When the ledger was begun: what was done before is known since then'),
    sum: z.number(),
    recomputed: z.number().nullable().describe('From scratch; null on a further page'),
    next: z.number().nullable()
  }),
  async run({ hub, who }, { id, by, order, limit, after }) {
    const [row] = await hub.db.rows<KeyResultRow>(sql`
      select id, title, filter, measure, starts_on as "startsOn", ends_on as "endsOn", zone from key_results where id = ${id}`)
    if (!row) throw missing(id)
    const sees = seen(who, sql`t.project_id`)
    const [sums] = await hub.db.rows<{ sum: number; entries: number; hidden: number; began: string | null }>(sql`
      select ${total(sql`c.amount`)}::float8 as sum, count(*)::int as entries, min(c.recorded_at) as began,
        (sum(case c.kind when 'counted' then 1 else -1 end) filter (where not coalesce(${sees}, false)))::int as hidden
      from contributions c left join tasks t on t.id = c.task_id where c.key_result_id = ${id}`)
    const at = by === 'done' ? sql.raw('effective_at') : sql.raw('recorded_at')
    const down = order === 'newest'
    const rows = await hub.db.rows<z.infer<typeof Contribution>>(sql`
      with lines as (
        select c.*, (sum(c.amount::numeric) over (order by c.${at}, c.id))::float8 as total,
          case when c.kind = 'counted' then lead(c.recorded_at) over (partition by c.task_id order by c.id) end as reversed_at
        from contributions c where c.key_result_id = ${id}
      ), page as (
        select * from lines
        where ${after ?? null}::bigint is null
          or (${at}, id) ${down ? sql`<` : sql`>`} (select ${at}, id from lines where id = ${after ?? null}::bigint)
        order by ${at} ${down ? sql`desc` : sql`asc`}, id ${down ? sql`desc` : sql`asc`} limit ${limit}
      )
      select c.id, case when ${sees} then c.task_id end as task, case when ${sees} then t.title end as title,
        case when ${sees} then t.url end as url, case when ${sees} then t.tool end as tool,
        case when ${sees} then (
          select n.name from task_events e join columns n on n.id = e.to_id
          where e.task_id = c.task_id and e.at = c.effective_at and e.type in ('moved', 'created') order by e.id desc limit 1
        ) end as column,
        c.amount, c.total, c.kind, c.reason, c.reversed_at as "reversedAt", c.effective_at as "effectiveAt", c.recorded_at as "recordedAt"
      from page c left join tasks t on t.id = c.task_id
      order by c.${at} ${down ? sql`desc` : sql`asc`}, c.id ${down ? sql`desc` : sql`asc`}`)
    return {
      contributions: rows,
      entries: sums?.entries ?? 0,
      hidden: sums?.hidden ?? 0,
      began: sums?.began ?? null,
      sum: sums?.sum ?? 0,
      recomputed: after === undefined ? await fromScratch(hub, row) : null,
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null
    }
  }
})

async function fromScratch({ db, now }: Hub, row: KeyResultRow): Promise<number> {
  const [sums] = await db.rows<{ recomputed: number }>(
    sql`select ${total(sql`amount`)}::float8 as recomputed from (${counting(row, now())}) fresh`
  )
  return sums?.recomputed ?? 0
}
