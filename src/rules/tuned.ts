/** The rules as this installation wants them: each on or off, with its parameters. What nobody said is as it was built. */
import { json, type Queryable, sql } from '../db/database.ts'
import { rules as builtIn } from './index.ts'
import type { Rule } from './rule.ts'

export interface Tuning {
  on: boolean
  params: Record<string, unknown>
}

const KEY = 'rule:'

/** Every rule, those that are off too. Parameters that no longer fit are as they were built. */
export async function tunedRules(db: Queryable): Promise<Rule[]> {
  const rows = await db.rows<{ id: string; value: Tuning }>(
    sql`select substr(key, ${KEY.length + 1}) as id, value from settings where key like ${`${KEY}%`}`
  )
  const said = new Map(rows.map(({ id, value }) => [id, value]))
  return builtIn.map((rule) => tuned(rule, said.get(rule.id)))
}

export function tuned(rule: Rule, tuning: Tuning | undefined): Rule {
  if (!tuning) return rule
  const fits = rule.params.safeParse(tuning.params).success
  return { ...rule, on: tuning.on, ...(fits ? { chosen: tuning.params } : {}) }
}

export const keepTuning = (db: Queryable, id: string, tuning: Tuning): Promise<number> =>
  db.run(sql`
    insert into settings (key, value) values (${KEY + id}, ${json(tuning)}) on conflict (key) do update set value = excluded.value`)
