/** Counts what is sent to a database. */
import type { Database, Queryable } from '../../src/db/database.ts'

/** The same database, counting; `sent()` gives the number of statements since the last time it was asked. */
export function counting(db: Database): Database & { sent(): number } {
  let count = 0
  const on = (target: Queryable): Queryable => ({
    rows(statement) {
      count++
      return target.rows(statement)
    },
    run(statement) {
      count++
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
