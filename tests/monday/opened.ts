/** The monday adapter on its stand-in, with the options and credentials a test wants. */
import { monday } from '../../adapters/monday/index.ts'
import type { PlantedProject } from '../../sandbox/kit/plant.ts'
import type { Page, ProjectOptions, PullFrom, Session } from '../../src/adapter.ts'
import type { TaskFacts } from '../../src/model/task.ts'
import { Meters } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'
import type { StandInProcess } from '../helpers/standIn.ts'

export const TOKEN = 'sandbox-token'

export const COLUMNS = [
  { name: 'To do', category: 'todo' },
  { name: 'Doing', category: 'doing' },
  { name: 'Done', category: 'done' }
] as const

export function open(
  tool: Pick<StandInProcess, 'url'>,
  {
    token = TOKEN,
    signingSecret,
    options = {}
  }: { token?: string; signingSecret?: string | undefined; options?: ProjectOptions } = {}
): Session {
  const credentials = { token, signingSecret }
  const host = createHost({
    adapter: monday,
    credentials: { current: () => credentials },
    baseUrl: tool.url,
    instance: 'throughline-test',
    meters: new Meters(),
    urgency: 0
  })
  return monday.open(credentials, host, options)
}

export const project = (tool: StandInProcess, name = 'Website', members: string[] = []): Promise<PlantedProject> =>
  tool.project({ name, columns: [...COLUMNS], members })

export const scopeOf = (board: string) => ({ externalId: board, name: board, projects: [board] })

export const pulling = (session: Session, board: string, from: Partial<PullFrom> = {}): AsyncIterable<Page> =>
  session.pull(scopeOf(board), { sweep: true, mark: null, cursor: null, ...from })

export const pull = (session: Session, board: string, from: Partial<PullFrom> = {}): Promise<Page[]> =>
  Array.fromAsync(pulling(session, board, from))

export const since = (session: Session, board: string, former: Page[]): Promise<Page[]> =>
  pull(session, board, { sweep: false, mark: JSON.parse(JSON.stringify(former.at(-1)?.mark)) })

export const tasksOf = (pages: Page[]): Map<string, TaskFacts> =>
  new Map(pages.flatMap((page) => page.tasks).map(({ facts }) => [facts.externalId, facts]))

export const titles = (pages: Page[]): string[] => [...tasksOf(pages).values()].map(({ title }) => title).sort()
