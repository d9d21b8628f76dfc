/** A hub of a test's own, that nobody has connected anything to, with one user a role. It can be stopped and started again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { serve } from '../../src/cli/serve.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/database.ts'
import { openHub } from '../../src/hub.ts'
import { freePort } from '../helpers/freePort.ts'
import { makePeople, type People } from './people.ts'

export interface OwnHub extends AsyncDisposable {
  url: string
  people: People
  /** For what is planted. */
  db: Database
  stop(): Promise<void>
  /** On the same port and folder. */
  start(): Promise<void>
}

/** `env`: settings beside where it lives. */
export async function openOwnHub(env: Record<string, string> = {}): Promise<OwnHub> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-own-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = readConfig({
    DATA_DIR: folder,
    WEB_DIR: inject('web'),
    PORT: String(port),
    PUBLIC_URL: url,
    LOG_LEVEL: 'silent',
    ...env
  })
  const open = async () => {
    const hub = await openHub(config)
    return { hub, serving: await serve(hub, config) }
  }
  let running: Awaited<ReturnType<typeof open>> | null = await open()
  const { hub, serving } = running
  const stop = async () => {
    await running?.serving.close()
    running = null
  }
  return {
    url,
    people: await makePeople(serving, url),
    db: hub.db,
    stop,
    async start() {
      running = await open()
    },
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
