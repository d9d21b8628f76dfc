/** Migrates an embedded database once for all test files and keeps its dump; each file starts from a copy. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { TestProject } from 'vitest/node'
import { MIGRATIONS } from '../../src/db/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    embeddedDump: string
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-tests-'))
  const file = join(folder, 'migrated.tar')
  writeFileSync(file, Buffer.from(await (await migratedDump()).arrayBuffer()))
  project.provide('embeddedDump', file)
  return () => rmSync(folder, { recursive: true, force: true })
}

/** An embedded database, migrated and empty, to start others from. */
export async function migratedDump(): Promise<Blob> {
  const engine = await PGlite.create()
  await migrate(drizzle(engine), { migrationsFolder: MIGRATIONS })
  const dump = await engine.dumpDataDir('none')
  await engine.close()
  return dump
}
