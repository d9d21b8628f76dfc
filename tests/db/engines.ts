/** The engines that can be had here, each as a fresh database: always the embedded one, PostgreSQL when DATABASE_URL is set. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type Database, openEmbedded, openPostgres } from '../../src/db/database.ts'

export interface Engine {
  name: string
  open(): Promise<Database & AsyncDisposable>
}

const embedded: Engine = {
  name: 'PGlite',
  async open() {
    const db = await openEmbedded(null, new Blob([readFileSync(inject('embeddedDump'))]))
    return { ...db, [Symbol.asyncDispose]: db.close }
  }
}

const server: Engine = {
  name: 'PostgreSQL',
  async open() {
    const { url, drop } = await emptyPostgres()
    const db = await openPostgres(url, { max: 4 })
    return {
      ...db,
      async [Symbol.asyncDispose]() {
        await db.close()
        await drop()
      }
    }
  }
}

export const ENGINES: readonly Engine[] = process.env.DATABASE_URL ? [embedded, server] : [embedded]

/** A database without a single table. */
export async function emptyPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `throughline_test_${randomBytes(6).toString('hex')}`
  const asAdmin = async (statement: string) => {
    const admin = postgres(process.env.DATABASE_URL as string, { max: 1, onnotice: () => {} })
    await admin.unsafe(statement).finally(() => admin.end())
  }
  await asAdmin(`create database ${name}`)
  const url = new URL(process.env.DATABASE_URL as string)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}
