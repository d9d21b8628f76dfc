import type { Database, Queryable } from '../db/database.ts'

/** Carries the answer out of a transaction that is rolled back. */
class NotMeant<T> extends Error {
  readonly answer: T
  constructor(answer: T) {
    super('rolled back on purpose')
    this.answer = answer
  }
}

/** What would come of it: done by the same code as ever, then undone. Others see nothing of it; the board's rows are held meanwhile. */
export async function asIf<T>(db: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  try {
    await db.transaction(async (tx) => {
      throw new NotMeant(await work(tx))
    })
  } catch (error) {
    if (error instanceof NotMeant) return error.answer as T
    throw error
  }
  throw new Error('A transaction that was to be rolled back was not.')
}
