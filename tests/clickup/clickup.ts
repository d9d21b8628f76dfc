/** The ClickUp adapter by itself, against a stand-in. */
import { clickup as adapter } from '../../adapters/clickup/index.ts'
import { OWN_TOKEN } from '../../sandbox/clickup/accounts.ts'
import type { Page, PullFrom, Scope, Session } from '../../src/adapter.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'

export { OWN_ID } from '../../sandbox/clickup/world.ts'
export { adapter, OWN_TOKEN }

export const TEAM = '90161000001'

export function clickupSession(url: string, token = OWN_TOKEN): Session {
  const host = createHost({
    adapter,
    credentials: { current: () => ({ token }) },
    baseUrl: `${url}/api`,
    instance: 'throughline-test',
    meters: new Meters(),
    urgency: 0
  })
  return adapter.open({ token }, host)
}

export const scopeOf = (...lists: string[]): Scope => ({ externalId: TEAM, name: 'Larkfield', projects: lists })

export const pulled = (session: Session, scope: Scope, from: Partial<PullFrom> = {}): Promise<Page[]> =>
  Array.fromAsync(session.pull(scope, { sweep: true, mark: null, cursor: null, ...from }))

export const tasksOf = (pages: Page[]) => pages.flatMap(({ tasks }) => tasks.map(({ facts }) => facts))

export const COLUMNS = [
  { name: 'to do', category: 'todo' },
  { name: 'in progress', category: 'doing' },
  { name: 'complete', category: 'done' }
] as const
