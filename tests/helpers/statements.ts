/** Counts what is sent to a database, but for the gathering of statistics, which says nothing about rows. */
import type { Database, Queryable, SQL } from '../../src/db/database.ts'

/** The same database, counting; `sent()` gives the number of statements since the last time it was asked. */
export function counting(db: Database): Database & { sent(): number } {
  let count = 0
  const counted = (statement: SQL) => {
    const [first] = statement.queryChunks as { value?: string[] }[]
    if (!first?.value?.[0]?.startsWith('do $$')) count++
  }
  const on = (target: Queryable): Queryable => ({
    rows(statement) {
      counted(statement)
      return target.rows(statement)
    },
    run(statement) {
      counted(statement)
      return target.run(statement)
    }
  })
  return {
    ...db,
    ...on(db),
    transaction: (work) => db.transaction((tx) => work(on(tx))),
    sent() {
      const sent = count
      count = 0
      return sent
    }
  }
}
