/** Whether what the hub rests on answers. */
import { type Database, sql } from '../db/database.ts'

export interface Readiness {
  ready: boolean
  parts: { database: 'ok' | 'not answering' }
}

const PATIENCE_MS = 2_000

/** Asks anew at each call, but never twice at once: a database that hangs must not gather a queue of questions. */
export function readinessOf(db: Database): () => Promise<Readiness> {
  let asking: Promise<boolean> | null = null
  return async () => {
    asking ??= db
      .rows(sql`select 1`)
      .then(
        () => true,
        () => false
      )
      .finally(() => {
        asking = null
      })
    const ready = await within(PATIENCE_MS, asking)
    return { ready, parts: { database: ready ? 'ok' : 'not answering' } }
  }
}

async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
