/** One tool's adapter on its stand-in: what every test of the suite starts from. */

import type { PlantedProject, ProjectDraft } from '../../sandbox/kit/plant.ts'
import type { Absence, Page, PullFrom, Scope, Session, TaskRead, Unreadable } from '../../src/adapter.ts'
import type { ProjectFacts, TaskFacts } from '../../src/model/task.ts'
import { type Clock, Meters, systemClock } from '../../src/transport/budget.ts'
import { createHost } from '../../src/transport/governedFetch.ts'
import { type StandInProcess, type StandInStart, startStandIn } from '../helpers/standIn.ts'
import type { Rig } from './rig.ts'

export interface Account extends AsyncDisposable {
  rig: Rig
  tool: StandInProcess
  session: Session
  /** The adapter with other credentials, or on another clock. */
  open(options?: { credentials?: unknown; clock?: Clock; meters?: Meters }): Session
}

export async function startAccount(rig: Rig, options: StandInStart = {}): Promise<Account> {
  const tool = await startStandIn(rig.adapter.tool, options)
  const open: Account['open'] = ({
    credentials = rig.credentials,
    clock = systemClock,
    meters = new Meters(clock)
  } = {}) =>
    rig.adapter.open(
      credentials,
      createHost({
        adapter: rig.adapter,
        credentials: { current: () => credentials },
        baseUrl: rig.baseUrl(tool.url),
        instance: 'throughline-test',
        meters,
        urgency: 0,
        clock
      })
    )
  return { rig, tool, open, session: open(), [Symbol.asyncDispose]: () => tool.stop() }
}

/** Columns that every tool can play; the names say what they mean where the tool itself does not. */
export const COLUMNS: ProjectDraft['columns'] = [
  { name: 'To do', category: 'todo' },
  { name: 'Doing', category: 'doing' },
  { name: 'Done', category: 'done' }
]

/** Not every tool keeps what a column is called as it was written. */
export function column(project: PlantedProject, name: string): string {
  const id = project.columns[name]
  if (id === undefined) throw new Error(`The stand-in planted no column ${name}, only ${Object.keys(project.columns)}.`)
  return id
}

/** The one scope that reads this project. */
export async function scopeOf(session: Session, project: string): Promise<Scope> {
  const scopes = await session.scopes([project])
  const found = scopes.find((scope) => scope.projects.includes(project))
  if (!found || scopes.length !== 1) throw new Error(`There are ${scopes.length} scopes for ${project}.`)
  return found
}

/** All pages of a pull; a sweep unless `from` says otherwise. */
export const pull = (session: Session, scope: Scope, from: Partial<PullFrom> = {}): Promise<Page[]> =>
  Array.fromAsync(session.pull(scope, { sweep: true, mark: null, cursor: null, ...from }))

/** What a pull said at last of each task. */
export function tasksOf(pages: Page[]): Map<string, TaskFacts> {
  return new Map(pages.flatMap((page) => page.tasks).map(({ facts }) => [facts.externalId, facts]))
}

export function markOf(pages: Page[]): unknown {
  const mark = pages.at(-1)?.mark
  if (mark === undefined) throw new Error('The last page carries no mark.')
  return mark
}

export const listed = (session: Session): Promise<ProjectFacts[]> => Array.fromAsync(session.projects())

export const fetched = (session: Session, ids: string[]): Promise<(TaskRead | Absence | Unreadable)[]> =>
  Array.fromAsync(session.fetch(ids))

/** Waits for what a promise is refused with. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It was not refused.')
}
