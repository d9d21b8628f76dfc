/** What somebody looks for by a few words, whatever it is: cards, boards, key results, people. No more of each than fits a list one reads at a glance. */
import { z } from 'zod'
import { may, seen } from '../../access/who.ts'
import { type SQL, sql } from '../../db/database.ts'
import { Category, Tool } from '../../model/task.ts'
import { operation } from '../operation.ts'
import { holding } from './searchWords.ts'

const CARDS = 8
const OTHERS = 5

export const find = operation({
  id: 'find',
  right: 'see',
  method: 'GET',
  path: '/find',
  tag: 'Tasks',
  summary: 'Cards, boards, key results and people that words lead to, as far as who asks sees them',
  input: z.object({ q: z.string().trim().min(2).max(200) }),
  output: z.object({
    cards: z
      .array(z.object({ id: z.string(), tool: Tool, title: z.string(), projectName: z.string(), category: Category }))
      .describe('At most 8; those whose title begins so first, then open ones, then by their last change'),
    boards: z.array(z.object({ id: z.string(), tool: Tool, name: z.string() })).describe('At most 5 that are read'),
    keyResults: z.array(z.object({ id: z.string(), title: z.string(), objective: z.string() })).describe('At most 5'),
    people: z
      .array(z.object({ id: z.string(), name: z.string(), email: z.string() }))
      .describe('At most 5; only for those who tend the hub')
  }),
  async run({ hub: { db }, who }, { q }) {
    const begins = `${like(q)}%`
    const words = q.split(/\s+/)
    const named = (text: SQL): SQL =>
      sql.join(
        words.map((word) => sql`${text} ilike ${`%${like(word)}%`}`),
        sql` and `
      )
    const first = (text: SQL): SQL => sql`${text} ilike ${begins} desc, lower(${text})`
    const holds = holding(q)
    const [cards, boards, keyResults, people] = await Promise.all([
      holds.length === 0
        ? []
        : db.rows<{ id: string; tool: Tool; title: string; projectName: string; category: Category }>(sql`
        select t.id, t.tool, t.title, coalesce(p.name, t.project_id) as "projectName", t.category
        from tasks t left join projects p on p.id = t.project_id
        where ${sql.join([seen(who, sql`t.project_id`), sql`t.presence = 'present'`, ...holds], sql` and `)}
        order by t.title ilike ${begins} desc, t.open desc, t.updated_at desc, t.id limit ${CARDS}`),
      db.rows<{ id: string; tool: Tool; name: string }>(sql`
        select p.id, p.tool, p.name from projects p
        where p.chosen and not p.archived and ${seen(who, sql`p.id`)} and ${named(sql`p.name`)}
        order by ${first(sql`p.name`)}, p.id limit ${OTHERS}`),
      db.rows<{ id: string; title: string; objective: string }>(sql`
        select k.id, k.title, o.title as objective from key_results k join objectives o on o.id = k.objective_id
        where ${named(sql`k.title || ' ' || o.title`)}
        order by k.title ilike ${begins} desc, k.ends_on desc, lower(k.title), k.id limit ${OTHERS}`),
      may(who, 'tend')
        ? db.rows<{ id: string; name: string; email: string }>(sql`
            select h.id, h.name, h.email from people h where ${named(sql`h.name || ' ' || h.email`)}
            order by ${first(sql`h.name`)}, h.id limit ${OTHERS}`)
        : []
    ])
    return { cards, boards, keyResults, people }
  }
})

/** Taken as it stands, not as a pattern. */
const like = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
