/** The real server over a hub of its own, and what it wrote to its log. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type Access, openAccess } from '../../src/access/open.ts'
import type { Hub } from '../../src/hub.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { operations as realOperations } from '../../src/operations/index.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { buildServer } from '../../src/server/app.ts'
import { ownerWithKey } from '../helpers/access.ts'
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
  options: {
    hub?: Hub
    access?: Access
    operations?: readonly Operation[]
    jobs?: Jobs | null
    env?: Record<string, string>
  } = {}
): Promise<Serving> {
  const hub = options.hub ?? (await testHub(options.env))
  if (!options.access) await ownerWithKey(hub, TOKEN)
  const lines: string[] = []
  const app = await buildServer({
    hub,
    jobs: options.jobs ?? null,
    operations: options.operations ?? realOperations,
    access: options.access ?? (await openAccess(hub, null)),
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

export const sharedHub = (): Promise<Hub> => testHub()

/** The same hub, but its database has gone. */
export async function withoutDatabase(hub: Hub): Promise<{ hub: Hub; access: Access }> {
  const { db, drop } = await testDatabase()
  const access = await openAccess({ ...hub, db }, null)
  await drop()
  return { hub: { ...hub, db }, access }
}

/** A list of operations made here has the type of the real one. */
export const toys = (...operations: unknown[]): readonly Operation[] => operations as readonly Operation[]
