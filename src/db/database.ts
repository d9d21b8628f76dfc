/**
 * One database, two engines: PostgreSQL through postgres.js, or PGlite embedded in this process. Both run the same
 * migrations and the same SQL and give the same JavaScript values: instants as ISO strings with milliseconds in UTC,
 * dates and other times as PostgreSQL writes them, bigint and numeric as number, jsonb parsed, bytea as Uint8Array,
 * arrays as arrays.
 *
 * Parameters go in as text, number, boolean or null; lists and objects through `json()` and `ids()`, bytes through
 * `bytesParam()`. NUL and lone surrogates, which PostgreSQL refuses in texts, become U+FFFD.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core/dialect'
import type postgres from 'postgres'
import { takeLock } from './lock.ts'
import { loadPostgres } from './postgresDriver.ts'

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
  /** For a library that talks Drizzle; on PostgreSQL over a few connections of its own, as it reads instants as it likes. */
  drizzle(): Promise<object>
  /** All or nothing; an error inside rolls back and is thrown on. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** A JavaScript value as one jsonb parameter. */
export const json = (value: unknown): SQL => sql`${storableJson(JSON.stringify(value))}::text::jsonb`

/** A list of ids for `= any(…)`. */
export const ids = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${json(values)}))`

/** A list of ids as a nullable text[] value. */
export const textArray = (values: readonly string[] | null): SQL => (values === null ? sql`null::text[]` : ids(values))

export const bytesParam = (value: Uint8Array): SQL => sql`decode(${Buffer.from(value).toString('hex')}::text, 'hex')`

/** An instant as adapters and JSON write it – ISO, UTC, milliseconds – for texts and jsonb made inside SQL. */
export const isoText = (value: SQL): SQL => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Instants are kept in whole milliseconds, rounded: what was made due just now may lie up to half of one ahead. */
export const ROUNDED_NOW: SQL = sql`(now() + interval '1 millisecond')`

const dialect = new PgDialect({ casing: 'snake_case' })

function written(statement: SQL): { text: string; params: unknown[] } {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  return { text, params: params.map((param) => (typeof param === 'string' ? storable(param) : param)) }
}

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

/** A process that is held up inside a transaction gives its locks back after so long: others wait for them. */
const HELD_UP_MS = 20_000
const LOOK_FOR_HELD_UP_MS = 10_000
const APPLICATION = 'throughline'

/** PostgreSQL 15 or newer. Several processes may open it; migrations run once, under an advisory lock. */
export async function openPostgres(url: string, options: { max?: number } = {}): Promise<Database> {
  const connect = await loadPostgres()
  const client = connect(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connect_timeout: 10,
    // Compiling a statement pays off after seconds of work; ours are short, and some waited a second for it.
    connection: {
      TimeZone: 'UTC',
      jit: 'off',
      idle_in_transaction_session_timeout: HELD_UP_MS,
      application_name: APPLICATION
    },
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
  const beside = connect(url, {
    max: 3,
    onnotice: () => {},
    connection: { TimeZone: 'UTC', application_name: APPLICATION }
  })
  const watch = setInterval(() => void endHeldUp(beside).catch(() => {}), LOOK_FOR_HELD_UP_MS).unref()
  return remote(client, beside, () => clearInterval(watch))
}

/**
 * Ends sessions of ours whose process was held up in the middle of a statement – between telling what it is and having it
 * run – which PostgreSQL itself waits for without end, locks in hand.
 */
async function endHeldUp(client: postgres.Sql): Promise<void> {
  await client`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename = current_user and application_name = ${APPLICATION}
      and state = 'active' and wait_event_type = 'Client' and wait_event = 'ClientRead'
      and query_start < clock_timestamp() - make_interval(secs => ${HELD_UP_MS / 1000})`
}

function embedded(engine: PGlite, release: (() => void) | null): Database {
  const on = (target: Pick<PGlite, 'query'>): Queryable => ({
    async rows<T>(statement: SQL) {
      const { text, params } = written(statement)
      return (await target.query<T>(text, params, { parsers: PARSERS })).rows
    },
    async run(statement) {
      const { text, params } = written(statement)
      return (await target.query(text, params)).affectedRows ?? 0
    }
  })
  return {
    engine: 'pglite',
    ...on(engine),
    async drizzle() {
      const { drizzle } = await import('drizzle-orm/pglite')
      return drizzle(engine, { casing: 'snake_case' })
    },
    transaction: (work) => engine.transaction((tx) => work(on(tx as unknown as PGlite))) as never,
    async close() {
      await engine.close()
      release?.()
    }
  }
}

function remote(client: postgres.Sql, beside: postgres.Sql, stopWatching: () => void): Database {
  const on = (target: Pick<postgres.Sql, 'unsafe'>): Queryable => ({
    async rows<T>(statement: SQL) {
      const { text, params } = written(statement)
      return (await target.unsafe(text, params as never[], { prepare: true })) as unknown as T[]
    },
    async run(statement) {
      const { text, params } = written(statement)
      return (await target.unsafe(text, params as never[], { prepare: true })).count
    }
  })
  return {
    engine: 'postgres',
    ...on(client),
    async drizzle() {
      const { drizzle } = await import('drizzle-orm/postgres-js')
      return drizzle(beside, { casing: 'snake_case' })
    },
    transaction: (work) => client.begin((tx) => work(on(tx as unknown as postgres.Sql))) as never,
    async close() {
      stopWatching()
      await Promise.all([client.end({ timeout: 5 }), beside.end({ timeout: 5 })])
    }
  }
}

const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text).toWellFormed()

/** In JSON text both are escapes: whole pairs of surrogates are written as themselves. */
const storableJson = (text: string): string =>
  /\\u(?:0000|d[89a-f])/.test(text)
    ? text.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd')
    : text

/** `2026-11-16 08:00:00.12+00` → `2026-11-16T08:00:00.120Z`; the session's zone is UTC. Infinity stays a word. */
function instant(text: string): string {
  if (!text.endsWith('+00')) return text
  const [day = '', time = ''] = text.slice(0, -3).split(' ')
  const [clock = '', fraction = ''] = time.split('.')
  return `${day}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
}

type Parser = (text: string) => unknown

const asText: Parser = (text) => text
const bytes: Parser = (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))
const bool: Parser = (text) => text === 't'

/** By type: how one value is read, and the type of its arrays. */
const TYPES: readonly [oid: number, arrayOid: number, Parser][] = [
  [16, 1000, bool],
  [17, 1001, bytes],
  [19, 1003, asText],
  [20, 1016, Number],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, asText],
  [114, 199, JSON.parse],
  [700, 1021, Number],
  [701, 1022, Number],
  [1043, 1015, asText],
  [1082, 1182, asText],
  [1114, 1115, asText],
  [1184, 1185, instant],
  [1700, 1231, Number],
  [2950, 2951, asText],
  [3802, 3807, JSON.parse]
]

/** Array literals such as `{a,"b c",NULL,{…}}`, nested or not. */
const arrayOf =
  (parser: Parser): Parser =>
  (literal) => {
    const items: unknown[] = []
    const open: unknown[][] = [items]
    for (const [mark, quoted, plain] of literal.slice(literal.indexOf('{')).matchAll(ARRAY_PART)) {
      if (mark === '{') open.push([])
      else if (mark === '}') open.at(-2)?.push(open.pop())
      else if (quoted !== undefined) open.at(-1)?.push(parser(quoted.replace(/\\(.)/gs, '$1')))
      else if (plain !== undefined) open.at(-1)?.push(plain === 'NULL' ? null : parser(plain))
    }
    return items[0]
  }

const ARRAY_PART = /[{}]|"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs

const PARSERS: Record<number, Parser> = Object.fromEntries(
  TYPES.flatMap(([oid, arrayOid, parser]) => [
    [oid, parser],
    [arrayOid, arrayOf(parser)]
  ])
)

const POSTGRES_TYPES = Object.fromEntries(
  Object.entries(PARSERS).map(([oid, parse]) => [
    `type${oid}`,
    { to: Number(oid), from: [Number(oid)], serialize: (value: unknown) => String(value), parse }
  ])
) as unknown as Record<string, postgres.PostgresType>
