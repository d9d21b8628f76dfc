/**
 * What end-to-end tests share: the web app as it is now, built; and for each worker the demo company's tools, the real hub
 * on PGlite with everything read, judged and posted, serving; one user a role, signed in. Takes about a minute.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'
import { runLine, startCompany } from '../../src/cli/demo.ts'
import { serve } from '../../src/cli/serve.ts'
import { readConfig } from '../../src/config.ts'
import { openHub } from '../../src/hub.ts'
import { freePort } from '../helpers/freePort.ts'
import { makePeople, type People } from './people.ts'

/** A hub with the demo company at work on it. */
export interface Place {
  url: string
  people: People
  /** Addresses of the stand-ins, by tool. */
  tools: Record<string, string>
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built app. */
    web: string
    /** One a worker: what one file changes, the next one of the same worker sees. */
    places: Place[]
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-e2e-'))
  const web = join(folder, 'web')
  // As it is served, which the test runner's own NODE_ENV would not give.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  await build({
    configFile: fileURLToPath(new URL('../../web/vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: web, emptyOutDir: true }
  })
  process.env.NODE_ENV = NODE_ENV
  const opened: (Place & AsyncDisposable)[] = []
  for (let at = 0; at < Number(project.config.maxWorkers); at++)
    opened.push(await openPlace(join(folder, `hub-${at}`), web))
  project.provide('web', web)
  project.provide(
    'places',
    opened.map(({ url, people, tools }) => ({ url, people, tools }))
  )
  return async () => {
    for (const place of opened) await place[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openPlace(folder: string, web: string): Promise<Place & AsyncDisposable> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = readConfig({
    DATA_DIR: folder,
    WEB_DIR: web,
    PORT: String(port),
    PUBLIC_URL: url,
    LOG_LEVEL: 'silent',
    TIME_ZONE: 'Europe/Lisbon',
    ALERT_GRACE_MINUTES: '0'
  })
  const company = await startCompany()
  const hub = await openHub(config)
  await runLine(hub, company, true)
  const serving = await serve(hub, config)
  return {
    url,
    people: await makePeople(serving, url),
    tools: Object.fromEntries(company.tools.map(({ account, url }) => [account.tool, url])),
    async [Symbol.asyncDispose]() {
      await serving.close()
      await company.stop()
    }
  }
}
