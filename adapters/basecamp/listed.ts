/** Rows of a listing made into a page: those of the chosen card tables and lists, each on its own. */
import { type HostResponse, type Page, page as pageOf, read, type Scope } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { furnish, homeIn, type Layout } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

export interface Listed {
  page: Page
  layout: Layout
  /** Cards of the page that can be read. */
  cards: raw.Task[]
}

/** Columns and lists that belong to nothing chosen are remembered up to here. */
const MOST_OTHERS = 1000

export async function listed(
  api: Api,
  scope: Scope,
  response: HostResponse,
  rows: readonly unknown[],
  before: Layout
): Promise<Listed> {
  const page = pageOf(response.at)
  let layout = before
  const strangers = [...new Set(rows.map(parentOf))].filter(
    (id): id is string => id !== null && homeIn(layout, id) === undefined && !layout.others.includes(id)
  )
  if (strangers.length > 0) {
    // A column or a list nobody knew: made since, or of something that was not chosen.
    const project = read(raw.Project, await api.project(scope.externalId))
    const again = await furnish(api, project, scope, null)
    const others = strangers.filter((id) => homeIn(again.layout, id) === undefined)
    layout = { ...again.layout, others: [...layout.others, ...others].slice(-MOST_OTHERS) }
    page.columns = again.columns
  }
  const people = new Map<string, raw.Person>()
  const cards: raw.Task[] = []
  const [only, ...more] = [...layout.tables, ...layout.lists]
  for (const row of rows) {
    const parent = parentOf(row)
    // Where not even its place can be read, it is set aside in the only project there is.
    const home = parent === null ? (more.length === 0 ? only : undefined) : homeIn(layout, parent)
    if (home === undefined) continue
    const found = normalize.task(row, home)
    const id = normalize.idOf(row)
    if (id !== null) page.seen.push(id)
    if (found.kind === 'unreadable') page.unreadable.push(found)
    else {
      page.tasks.push(found)
      const task = raw.Task.parse(row)
      for (const one of normalize.peopleOf(task)) people.set(one.id, one)
      if (task.type === 'Kanban::Card') cards.push(task)
    }
  }
  page.people = [...people.values()].map(normalize.person)
  return { page, layout, cards }
}

const parentOf = (row: unknown): string | null =>
  raw.Task.shape.parent.safeParse((row as { parent?: unknown } | null)?.parent).data?.id ?? null
