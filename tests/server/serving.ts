/** The real server over a hub of its own, and what it wrote to its log. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Hub } from '../../src/hub.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { operations as realOperations } from '../../src/operations/index.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { buildServer } from '../../src/server/app.ts'
import { openTokens } from '../../src/server/tokens.ts'
import { testDatabase, testHub } from '../helpers/hub.ts'

export const TOKEN = 'a-token-of-this-test-0123456789'

export interface Serving extends AsyncDisposable {
  app: FastifyInstance
  hub: Hub
  /** Everything logged so far, as it was written. */
  logged: () => string
  /** Asks with the token. */
  ask: (
    method: InjectOptions['method'],
    url: string,
    payload?: InjectOptions['payload']
  ) => Promise<LightMyRequestResponse>
}

/** `hub`: one to share between tests; it stays open. */
export async function serving(
  options: { hub?: Hub; operations?: readonly Operation[]; jobs?: Jobs | null; env?: Record<string, string> } = {}
): Promise<Serving> {
  const hub = options.hub ?? (await testHub({ API_TOKEN: TOKEN, ...options.env }))
  const lines: string[] = []
  const app = await buildServer({
    hub,
    jobs: options.jobs ?? null,
    operations: options.operations ?? realOperations,
    tokens: await openTokens(hub),
    log: { level: 'trace', stream: { write: (line) => void lines.push(line) } }
  })
  return {
    app,
    hub,
    logged: () => lines.join(''),
    ask: (method, url, payload) =>
      app.inject({
        method: method ?? 'GET',
        url,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(payload === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(payload === undefined ? {} : { payload })
      }),
    async [Symbol.asyncDispose]() {
      await app.close()
      if (!options.hub) await hub.close()
    }
  }
}

export const sharedHub = (): Promise<Hub> => testHub({ API_TOKEN: TOKEN })

/** The same hub, but its database has gone. */
export async function withoutDatabase(hub: Hub): Promise<Hub> {
  const { db, drop } = await testDatabase()
  await drop()
  return { ...hub, db }
}

/** A list of operations made here has the type of the real one. */
export const toys = (...operations: unknown[]): readonly Operation[] => operations as readonly Operation[]
