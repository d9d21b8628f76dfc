/**
 * Where a hub of the rig lives: a fresh database with a clock that can be moved, and a data folder. On PostgreSQL each
 * is a copy of one migrated template, else an embedded database in memory; both go when they are dropped.
 *
 * The database's own `now()` is moved by a function of that name that is found before PostgreSQL's.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Database, openEmbedded, openPostgres, sql } from '../../../src/db/database.ts'
import { migratedDump } from '../../helpers/setup.ts'

export interface Place {
  db: Database
  /** Null on the embedded engine. */
  url: string | null
  folder: string
  /** Moves the database's clock to `ms` from real time. */
  clock(ms: number): Promise<void>
  /** Runs a statement on the server, as its owner, with `THIS` for the database; only on PostgreSQL. */
  admin(statement: string): Promise<void>
  /** Runs a statement in a transaction that stays open until what is returned is called; only on PostgreSQL. */
  hold(statement: string): Promise<() => Promise<void>>
  drop(): Promise<void>
}

export interface Places extends AsyncDisposable {
  open(): Promise<Place>
}

/** The password in this address proves nothing here; it is there to be looked for where it must not be. */
export const DATABASE_CANARY = `canary-${randomBytes(9).toString('hex')}`

export async function openPlaces(server: string | null): Promise<Places> {
  return server === null ? embedded() : onServer(server)
}

async function embedded(): Promise<Places> {
  const dump = await migratedDump()
  return {
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'throughline-fault-'))
      const db = await openEmbedded(null, dump)
      for (const statement of CLOCK) await db.run(sql.raw(statement))
      await db.run(sql.raw(`set search_path = ${SEARCH_PATH}`))
      return {
        db,
        url: null,
        folder,
        clock: async (ms) => void (await db.run(sql`update clock.moved set ms = ${ms}`)),
        admin: noServer,
        hold: noServer,
        async drop() {
          await db.close()
          rmSync(folder, { recursive: true, force: true })
        }
      }
    },
    [Symbol.asyncDispose]: async () => {}
  }
}

const noServer = () => Promise.reject(new Error('The embedded database has no server.'))

async function onServer(server: string): Promise<Places> {
  const admin = postgres(server, { max: 2, onnotice: () => {} })
  const template = `throughline_fault_${randomBytes(5).toString('hex')}`
  let count = 0
  let copying: Promise<unknown> = Promise.resolve()
  await admin.unsafe(`create database ${template}`)
  const made = await openPostgres(addressOf(server, template), { max: 1 })
  for (const statement of CLOCK) await made.run(sql.raw(statement))
  await made.close()
  return {
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'throughline-fault-'))
      const name = `${template}_${++count}`
      // PostgreSQL copies a template for one at a time.
      copying = copying.then(() => admin.unsafe(`create database ${name} template ${template}`))
      await copying
      await admin.unsafe(`alter database ${name} set search_path = ${SEARCH_PATH}`)
      const url = addressOf(server, name)
      const db = await openPostgres(url, { max: 6 })
      // Its own, opened first: the clock moves on whatever becomes of the others.
      const clock = postgres(url, { max: 1, onnotice: () => {} })
      await clock`select 1`
      return {
        db,
        url,
        folder,
        clock: async (ms) => void (await clock`update clock.moved set ms = ${ms}`),
        async hold(statement) {
          const holder = postgres(url, { max: 1, onnotice: () => {} })
          const held = await holder.reserve()
          await held.unsafe(`begin; ${statement}`)
          return async () => {
            await held.unsafe('rollback')
            held.release()
            await holder.end()
          }
        },
        admin: async (statement) => void (await admin.unsafe(statement.replaceAll('THIS', name))),
        async drop() {
          await clock.end()
          await db.close()
          await admin.unsafe(`drop database if exists ${name} with (force)`)
          rmSync(folder, { recursive: true, force: true })
        }
      }
    },
    async [Symbol.asyncDispose]() {
      const left = Array.from({ length: count }, (_, index) => `${template}_${index + 1}`)
      for (const name of [...left, template]) await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
    }
  }
}

const SEARCH_PATH = 'public, clock, pg_catalog'

const CLOCK = [
  'create schema clock',
  'create table clock.moved (ms double precision not null)',
  'insert into clock.moved values (0)',
  `create function clock.now() returns timestamptz language sql stable as
    $$ select pg_catalog.now() + (select ms from clock.moved) * interval '1 millisecond' $$`,
  `do $$ declare c record; begin
    for c in select table_name, column_name from information_schema.columns
      where table_schema = 'public' and column_default = 'now()' loop
      execute format('alter table %I alter column %I set default clock.now()', c.table_name, c.column_name);
    end loop;
  end $$`
]

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  if (url.password === '') url.password = DATABASE_CANARY
  return url.href
}
