/** The Basecamp adapter by itself, against a stand-in. */
import { basecamp as adapter } from '../../adapters/basecamp/index.ts'
import { OWN_TOKEN } from '../../sandbox/basecamp/accounts.ts'
import { ACCOUNT } from '../../sandbox/basecamp/world.ts'
import type { Page, PullFrom, Scope, Session } from '../../src/adapter.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'
import { type StandInProcess, type StandInStart, startStandIn } from '../helpers/standIn.ts'

export { OWN_ID } from '../../sandbox/basecamp/world.ts'
export { ACCOUNT, adapter, OWN_TOKEN }

export const NOW = '2026-11-16T09:00:00.000Z'

export const COLUMNS = [
  { name: 'Next', category: 'todo' },
  { name: 'In progress', category: 'doing' },
  { name: 'Done', category: 'done' }
] as const

/** Nothing waits: these tests ask more in ten seconds than Basecamp would allow, and the stand-in's limits are off. */
const UNHURRIED = { ...adapter, budgets: [] }

export function sessionAt(
  url: string,
  credentials: { token: string; account?: string } = { token: OWN_TOKEN, account: ACCOUNT }
): Session {
  const host = createHost({
    adapter: UNHURRIED,
    credentials: { current: () => credentials },
    baseUrl: url,
    instance: 'throughline-test',
    meters: new Meters(),
    urgency: 0
  })
  return adapter.open(credentials, host)
}

export interface Account extends AsyncDisposable {
  tool: StandInProcess
  session: Session
}

export async function startAccount(start: StandInStart = { now: NOW }): Promise<Account> {
  const tool = await startStandIn('basecamp', start)
  return { tool, session: sessionAt(tool.url), [Symbol.asyncDispose]: () => tool.stop() }
}

export const pulled = (session: Session, scope: Scope, from: Partial<PullFrom> = {}): Promise<Page[]> =>
  Array.fromAsync(session.pull(scope, { sweep: true, mark: null, cursor: null, ...from }))

export const changesSince = (session: Session, scope: Scope, pages: Page[]): Promise<Page[]> =>
  pulled(session, scope, { sweep: false, mark: pages.at(-1)?.mark })

export const tasksOf = (pages: Page[]) => pages.flatMap(({ tasks }) => tasks.map(({ facts }) => facts))

export const eventsOf = (pages: Page[]) => pages.flatMap(({ events }) => events)
