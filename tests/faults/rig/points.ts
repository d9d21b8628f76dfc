/**
 * Named points in the work of a hub, given from outside: the n-th statement that matches, the n-th commit that has such
 * a statement in it, the n-th request that leaves or answer that came. What happens there is the caller's: the process
 * kills or stops itself, an error is thrown, a person does something.
 */
import { PgDialect } from 'drizzle-orm/pg-core/dialect'
import type { Database, Queryable, SQL } from '../../../src/db/database.ts'

export interface Point {
  /** `statement`: before it runs. `done`: it ran; committed unless inside a transaction. `commit`: its transaction was. */
  at: 'statement' | 'done' | 'commit' | 'request' | 'answer'
  /** Regular expression on the statement, or on method, path and operation: `POST /graphql mutation CommentCreate`. */
  match: string
  /** Counted from 1. */
  nth: number
}

type Strike = () => void | Promise<void>

const dialect = new PgDialect({ casing: 'snake_case' })

/** The same database, on which `strike` is called when the point is reached. What it throws is thrown to the caller. */
export function atStatement(db: Database, point: Point, strike: Strike): Database {
  const pattern = new RegExp(point.match, 'is')
  let seen = 0
  const matches = (statement: SQL) => pattern.test(dialect.sqlToQuery(statement).sql)
  const reached = async () => {
    seen += 1
    if (seen === point.nth) await strike()
  }
  const on = (target: Queryable, told: () => void): Queryable => {
    const around = async <T>(statement: SQL, run: () => Promise<T>): Promise<T> => {
      const hit = matches(statement)
      if (hit) told()
      if (hit && point.at === 'statement') await reached()
      const result = await run()
      if (hit && point.at === 'done') await reached()
      return result
    }
    return {
      rows: (statement) => around(statement, () => target.rows(statement)),
      run: (statement) => around(statement, () => target.run(statement))
    }
  }
  return {
    ...db,
    ...on(db, () => {}),
    async transaction(work) {
      let within = false
      const result = await db.transaction((tx) =>
        work(
          on(tx, () => {
            within = true
          })
        )
      )
      if (within && point.at === 'commit') await reached()
      return result
    }
  }
}

interface Watch {
  point: Point
  origin: string | null
  strike: Strike
  seen: number
}

const watches = new Set<Watch>()

/**
 * Watches the requests of this process – to one address, where others are at work in it too; what it returns stops
 * watching. What the rig itself asks of a stand-in does not count.
 */
export function atRequest(point: Point, strike: Strike, origin: string | null = null): () => void {
  if (globalThis.fetch !== watched) {
    real = globalThis.fetch
    globalThis.fetch = watched
  }
  const watch: Watch = { point, origin, strike, seen: 0 }
  watches.add(watch)
  return () => void watches.delete(watch)
}

let real = globalThis.fetch

const watched: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  const struck = url.pathname.startsWith('/_sandbox/') ? [] : struckBy(url, init)
  for (const { strike } of struck.filter(({ point }) => point.at === 'request')) await strike()
  const response = await real(input, init)
  const after = struck.filter(({ point }) => point.at === 'answer')
  if (after.length === 0) return response
  // The whole answer is there before the point is reached.
  const body = await response.arrayBuffer()
  for (const { strike } of after) await strike()
  const { status, statusText, headers } = response
  return new Response([101, 204, 205, 304].includes(status) ? null : body, { status, statusText, headers })
}

function struckBy(url: URL, init: RequestInit | undefined): Watch[] {
  const words = spoken(url, init)
  return [...watches].filter(
    (watch) =>
      (watch.origin === null || watch.origin === url.origin) &&
      new RegExp(watch.point.match).test(words) &&
      ++watch.seen === watch.point.nth
  )
}

/** `GET /1/boards/5f…/cards/all?limit=1000`, `POST /graphql query Issues`. */
function spoken({ pathname, search }: URL, init: RequestInit | undefined): string {
  const body = typeof init?.body === 'string' ? init.body : ''
  const operation = /\b(query|mutation)\s+(\w+)/.exec(body)
  return `${init?.method ?? 'GET'} ${pathname}${operation ? ` ${operation[1]} ${operation[2]}` : search}`
}
