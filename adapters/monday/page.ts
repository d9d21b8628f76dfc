/** What was read, as a page says it. */
import type { Page, ProjectOptions } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { strangers } from './boards.ts'
import type { Layout } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

export interface Reading {
  api: Api
  project: string
  options: ProjectOptions
  /** Who has been told of in this run. */
  people: Set<string>
}

/** Raw items and updates into what a page says of them. */
export async function readings(
  run: Reading,
  items: unknown[],
  layout: Layout,
  updates: unknown[] = []
): Promise<Partial<Page>> {
  const read = items.map((value) => normalize.item(value, layout))
  const tasks = read.filter((one) => one.kind === 'task')
  return {
    tasks,
    unreadable: read.filter((one) => one.kind === 'unreadable'),
    columns: normalize.strayColumns(tasks, layout),
    people: await strangers(
      run.api,
      tasks.flatMap(({ facts }) => facts.assignees),
      run.people
    ),
    comments: commentsOf(updates),
    seen: read.flatMap((one) =>
      one.kind === 'task' ? [one.facts.externalId] : one.kind === 'unreadable' ? [one.externalId] : []
    )
  }
}

/** An update in a shape nobody foresaw is left out: one gap must not cost the rest. Those of the board itself are no task's. */
export const commentsOf = (updates: unknown[]) =>
  updates
    .map((value) => raw.Update.safeParse(value).data)
    .filter((update) => update?.item_id != null)
    .flatMap((update) => normalize.comments(update!))
