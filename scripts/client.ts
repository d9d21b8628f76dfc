/**
 * Types of the web app's client, made from the API's own description: `npm run client` writes web/src/api/schema.d.ts.
 * The generator needs TypeScript 5, which it gets for itself. The first line holds the hash of the description it was made from; a test holds it
 * against the description of today.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { openEmbedded } from '../src/db/database.ts'
import { openHub } from '../src/hub.ts'
import { operations } from '../src/operations/index.ts'
import { buildServer } from '../src/server/app.ts'

const TARGET = new URL('../web/src/api/schema.d.ts', import.meta.url).pathname
const GENERATOR = ['--package=typescript@5.9.3', '--package=openapi-typescript@7.13.0', '--', 'openapi-typescript']

/** The description as the server of this source tree gives it out. Names are in the order of the routes. */
export async function describeApi(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-client-'))
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' })
  const hub = await openHub(config, { db: await openEmbedded(null) })
  try {
    const app = await buildServer({ hub, jobs: null, operations, access: null })
    try {
      const { body } = await app.inject('/openapi.json')
      return body
    } finally {
      await app.close()
    }
  } finally {
    await hub.close()
    rmSync(folder, { recursive: true })
  }
}

/** Stands at the head of the types. */
export const headOf = (description: string): string =>
  `/** Made by \`npm run client\` from the description with sha256 ${createHash('sha256').update(description).digest('hex')}. */`

if (import.meta.main) {
  const description = await describeApi()
  const folder = mkdtempSync(join(tmpdir(), 'throughline-client-'))
  try {
    const source = join(folder, 'openapi.json')
    const made = join(folder, 'schema.d.ts')
    writeFileSync(source, description)
    // From a folder of its own, else it would find this project's TypeScript.
    const { status } = spawnSync('npm', ['exec', '--yes', ...GENERATOR, source, '--output', made], {
      cwd: folder,
      stdio: 'inherit'
    })
    if (status !== 0) throw new Error('The types could not be made; what openapi-typescript says stands above.')
    writeFileSync(TARGET, `${headOf(description)}\n${readFileSync(made, 'utf8')}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
