/**
 * A hub of its own for a test: on PostgreSQL when DATABASE_URL is set (a fresh database each time), else on an embedded
 * database in memory. Close it when done.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { inject } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Database, openEmbedded, openPostgres } from '../../src/db/database.ts'
import { type Hub, openHub } from '../../src/hub.ts'

export const onPostgres = (): boolean => Boolean(process.env.DATABASE_URL)

/** An empty, migrated database and what throws it away. `url` is null on the embedded engine. */
export async function testDatabase(): Promise<{ db: Database; url: string | null; drop: () => Promise<void> }> {
  const server = process.env.DATABASE_URL
  if (!server) {
    const db = await openEmbedded(null, new Blob([readFileSync(inject('embeddedDump'))]))
    return { db, url: null, drop: () => db.close() }
  }
  const name = `throughline_test_${randomBytes(6).toString('hex')}`
  await asAdmin(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const db = await openPostgres(url.href, { max: 4 })
  return {
    db,
    url: url.href,
    async drop() {
      await db.close()
      await asAdmin(server, `drop database if exists ${name} with (force)`)
    }
  }
}

/** A hub on a fresh database, with a data folder of its own. `env`: further configuration. */
export async function testHub(env: Record<string, string> = {}): Promise<Hub & { folder: string; url: string | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  const { db, url, drop } = await testDatabase()
  const hub = await openHub(readConfig({ DATA_DIR: folder, WEB_DIR: `${folder}/web`, LOG_LEVEL: 'silent', ...env }), {
    db
  })
  return {
    ...hub,
    folder,
    url,
    async close() {
      await drop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(statement).finally(() => admin.end())
}
