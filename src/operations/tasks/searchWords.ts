/**
 * Words that are searched for in tasks: each has to begin a word of the title, the description, a label, or the name of somebody it is assigned to.
 * Words that the database's parser would not find by their beginning – one or two letters, digits, scripts without spaces – are looked for anywhere in the
 * title instead. Limit: of a description the first 10,000 characters are read.
 */
import { type SQL, sql } from '../../db/database.ts'

/** Exactly as the index `tasks_words` has it, or it does not serve. */
const TEXT = sql`(to_tsvector('simple', t.title || ' ' || left(t.description, 10000))
  || jsonb_to_tsvector('simple', jsonb_path_query_array(t.labels, '$[*].name'), '["string"]'))`

const MOST_WORDS = 12
const PLAIN = /^\p{L}{3,}$/u
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u

/** A condition a word, over the relation `t`. */
export function holding(search: string): SQL[] {
  const words = search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.slice(0, MOST_WORDS).map((word) => {
    const begins = sql`to_tsquery('simple', ${`${word}:*`})`
    const whose = sql`t.assignees && array(
      select i.id from identities i left join people p on p.id = i.person_id
      where to_tsvector('simple', i.name || ' ' || coalesce(p.name, '')) @@ ${begins})`
    const found = sql`${TEXT} @@ ${begins} or ${whose}`
    if (PLAIN.test(word) && !WITHOUT_SPACES.test(word)) return sql`(${found})`
    // Apart from each other: put together they would have every task's words read anew, as no index serves the last one.
    return sql`t.id in (
      select t.id from tasks t where ${found} union all select t.id from tasks t where t.title ilike ${`%${word}%`})`
  })
}
