/**
 * One database, two engines: PostgreSQL through postgres.js, or PGlite embedded in this process. Both run the same
 * migrations and the same SQL and give the same JavaScript values: instants as ISO strings with milliseconds in UTC,
 * bigint as number, numeric as number, jsonb parsed, bytea as Uint8Array, arrays as arrays.
 *
 * Parameters go in as text, number, boolean, null or bytes; lists and objects through `json()` and `ids()`.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type postgres from 'postgres'
import { takeLock } from './lock.ts'

export { type SQL, sql }

export type Row = Record<string, unknown>

export interface Queryable {
  /** Rows of a statement, with the column names of the SQL. */
  rows<T = Row>(statement: SQL): Promise<T[]>
  /** Runs a statement for its effect; the number of rows it touched. */
  run(statement: SQL): Promise<number>
}

export interface Database extends Queryable {
  engine: 'pglite' | 'postgres'
  /** All or nothing; an error inside rolls back and is thrown on. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** A JavaScript value as one jsonb parameter. NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD. */
export const json = (value: unknown): SQL => sql`${storable(JSON.stringify(value, wellFormed))}::text::jsonb`

/** A list of ids for `= any(…)`. */
export const ids = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${json(values)}))`

/** A list of ids as a nullable text[] value. */
export const textArray = (values: readonly string[] | null): SQL => (values === null ? sql`null::text[]` : ids(values))

export const bytesParam = (value: Uint8Array): SQL => sql`decode(${Buffer.from(value).toString('hex')}::text, 'hex')`

const dialect = new PgDialect({ casing: 'snake_case' })

/** Opens and migrates the database that the configuration names. */
export async function openDatabase(config: { DATABASE_URL?: string | undefined; DATA_DIR: string }): Promise<Database> {
  return config.DATABASE_URL ? openPostgres(config.DATABASE_URL) : openEmbedded(config.DATA_DIR)
}

/**
 * PGlite in `folder` (`db` inside it), guarded by a lock file: two processes on one folder lose rows. Without a folder,
 * or with a dump to start from, it lives in memory.
 */
export async function openEmbedded(folder: string | null, dump?: Blob): Promise<Database> {
  const release = folder === null ? null : takeLock(folder)
  try {
    if (folder !== null) mkdirSync(`${folder}/db`, { recursive: true, mode: 0o700 })
    const { PGlite } = await import('@electric-sql/pglite')
    const engine = await PGlite.create({
      ...(folder === null ? {} : { dataDir: `${folder}/db` }),
      ...(dump ? { loadDataDir: dump } : {}),
      parsers: PARSERS
    })
    await engine.exec(`set timezone = 'UTC'`)
    const { drizzle } = await import('drizzle-orm/pglite')
    const { migrate } = await import('drizzle-orm/pglite/migrator')
    await migrate(drizzle(engine), { migrationsFolder: MIGRATIONS })
    return embedded(engine, release)
  } catch (error) {
    release?.()
    throw error
  }
}

/** PostgreSQL 15 or newer. Several processes may open it; migrations run once, under an advisory lock. */
export async function openPostgres(url: string, options: { max?: number } = {}): Promise<Database> {
  const { default: connect } = await import('postgres')
  const client = connect(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: 10,
    connection: { TimeZone: 'UTC' },
    types: POSTGRES_TYPES,
    fetch_types: false
  })
  try {
    await client.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('throughline migrations'))`
      const { drizzle } = await import('drizzle-orm/postgres-js')
      const { migrate } = await import('drizzle-orm/postgres-js/migrator')
      const migrator = connect(url, { max: 1, onnotice: () => {} })
      await migrate(drizzle(migrator), { migrationsFolder: MIGRATIONS }).finally(() => migrator.end())
    })
  } catch (error) {
    await client.end({ timeout: 1 })
    throw error
  }
  return remote(client)
}

function embedded(engine: PGlite, release: (() => void) | null): Database {
  const on = (target: Pick<PGlite, 'query'>): Queryable => ({
    async rows<T>(statement: SQL) {
      const { sql: text, params } = dialect.sqlToQuery(statement)
      return (await target.query<T>(text, params, { parsers: PARSERS })).rows
    },
    async run(statement) {
      const { sql: text, params } = dialect.sqlToQuery(statement)
      return (await target.query(text, params)).affectedRows ?? 0
    }
  })
  return {
    engine: 'pglite',
    ...on(engine),
    transaction: (work) => engine.transaction((tx) => work(on(tx as unknown as PGlite))) as never,
    async close() {
      await engine.close()
      release?.()
    }
  }
}

function remote(client: postgres.Sql): Database {
  const on = (target: Pick<postgres.Sql, 'unsafe'>): Queryable => ({
    async rows<T>(statement: SQL) {
      const { sql: text, params } = dialect.sqlToQuery(statement)
      return (await target.unsafe(text, params as never[], { prepare: true })) as unknown as T[]
    },
    async run(statement) {
      const { sql: text, params } = dialect.sqlToQuery(statement)
      return (await target.unsafe(text, params as never[], { prepare: true })).count
    }
  })
  return {
    engine: 'postgres',
    ...on(client),
    transaction: (work) => client.begin((tx) => work(on(tx as unknown as postgres.Sql))) as never,
    close: () => client.end({ timeout: 5 })
  }
}

const wellFormed = (_key: string, value: unknown) =>
  typeof value === 'string' && !value.isWellFormed() ? value.toWellFormed() : value

const storable = (text: string) =>
  text.includes('\\u0000') ? text.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1\\ufffd') : text

/** `2026-11-16 08:00:00.12+00` → `2026-11-16T08:00:00.120Z`; the session's zone is UTC. */
function instant(text: string): string {
  const [day = '', time = ''] = text.split(' ')
  const [clock = '', fraction = ''] = time.replace(/\+00(:00)?$/, '').split('.')
  return `${day}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

const TIMESTAMPTZ = 1184
const DATE = 1082
const PARSERS: Record<number, (text: string) => unknown> = {
  [TIMESTAMPTZ]: instant,
  [DATE]: (text) => text,
  20: Number,
  1700: Number
}

/** Text array literals of ids and names (`{a,"b c"}`), one level. */
function textArrayOf(literal: string): string[] {
  const items: string[] = []
  for (const match of literal.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)) {
    items.push(match[1] === undefined ? (match[2] as string) : match[1].replace(/\\(.)/g, '$1'))
  }
  return items
}

const parse = (from: number[], parser: (text: string) => unknown) => ({
  to: from[0] as number,
  from,
  serialize: (value: unknown) => value as string,
  parse: parser
})

const POSTGRES_TYPES = {
  instant: parse([TIMESTAMPTZ], instant),
  date: parse([DATE], (text) => text),
  number: parse([20, 1700], Number),
  json: parse([114, 3802], JSON.parse),
  textArray: parse([1009], textArrayOf),
  intArray: parse([1007], (text) => textArrayOf(text).map(Number)),
  dateArray: parse([1182], textArrayOf)
} as unknown as Record<string, postgres.PostgresType>
