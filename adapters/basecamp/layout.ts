/** Where cards and to-dos stand: projects, their card tables with columns, their to-do lists with groups. */
import { z } from 'zod'
import { AdapterError, read, type Scope } from '../../src/adapter.ts'
import type { ColumnFacts, ProjectFacts } from '../../src/model/task.ts'
import type { Api, Kind } from './api.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

export const Layout = z.object({
  tables: z.array(z.string()),
  lists: z.array(z.string()),
  /** Columns with their card table. */
  columns: z.record(z.string(), z.object({ home: z.string(), name: z.string() })),
  /** To-do lists and their groups, with the list. */
  groups: z.record(z.string(), z.string()),
  /** Columns and lists that belong to none of them. */
  others: z.array(z.string())
})
export type Layout = z.infer<typeof Layout>

/** Everything that can be chosen: one request for the pages of projects, and those of the lists of each project with to-dos. */
export async function* chooseable(api: Api): AsyncIterable<ProjectFacts> {
  for (const project of await api.projects()) {
    for (const dock of enabled(project, 'kanban_board')) yield normalize.project(project, dock, null)
    for (const { id } of enabled(project, 'todoset')) {
      for (const list of await api.todolists(id)) {
        yield normalize.project(project, { ...list, visible: list.visible_to_clients }, null)
      }
    }
  }
}

const enabled = ({ dock }: raw.Project, name: string): raw.Dock[] =>
  (dock ?? []).filter((one) => one.name === name && one.enabled)

/** Each Basecamp project with those of the chosen card tables and lists that are in it. */
export async function scopesOf(api: Api, chosen: string[]): Promise<Scope[]> {
  const projects = await api.projects()
  const homes = new Map(projects.flatMap((project) => (project.dock ?? []).map(({ id }) => [id, project.id] as const)))
  const found = new Map<string, string[]>()
  for (const id of chosen) {
    // A list is not in the dock, but it knows its project.
    const home = homes.get(id) ?? (await seen(async () => read(raw.Todolist, await api.todolist(id)).bucket.id))
    if (typeof home === 'string') found.set(home, [...(found.get(home) ?? []), id])
  }
  return [...found].map(([externalId, own]) => ({
    externalId,
    name: projects.find(({ id }) => id === externalId)?.name ?? externalId,
    projects: own
  }))
}

export interface Furnished {
  layout: Layout
  projects: ProjectFacts[]
  columns: ColumnFacts[]
  tables: raw.CardTable[]
  lists: raw.Todolist[]
}

/**
 * Reads the chosen card tables and lists of a project, one request each, and one more for the groups of a list. What is
 * out of sight is left out; when all of it is, that is an error and no empty project.
 */
export async function furnish(
  api: Api,
  project: raw.Project,
  scope: Scope,
  members: string[] | null
): Promise<Furnished> {
  const docked = new Set((project.dock ?? []).filter(({ name }) => name === 'kanban_board').map(({ id }) => id))
  const furnished: Furnished = { layout: emptyLayout(), projects: [], columns: [], tables: [], lists: [] }
  const { layout, projects, columns, tables, lists } = furnished
  let unseen: AdapterError | null = null
  for (const id of scope.projects) {
    const found = docked.has(id) ? await cardTable(api, id) : await listOrTable(api, id)
    if (found instanceof AdapterError) unseen = found
    else if ('table' in found) {
      const own = normalize.columns(found.table)
      layout.tables.push(id)
      tables.push(found.table)
      columns.push(...own)
      for (const { externalId, name } of own) layout.columns[externalId] = { home: id, name }
      projects.push(normalize.project(project, shown(found.table), members))
    } else {
      layout.lists.push(id)
      lists.push(found.list, ...found.groups)
      columns.push(...normalize.columnsOfList(id))
      for (const one of [found.list, ...found.groups]) layout.groups[one.id] = id
      projects.push(normalize.project(project, shown(found.list), members))
    }
  }
  if (projects.length === 0) throw unseen ?? new AdapterError('not_found', { code: 'no_project' })
  return furnished
}

const shown = ({ visible_to_clients, ...one }: raw.CardTable | raw.Todolist) => ({
  ...one,
  visible: visible_to_clients
})

const emptyLayout = (): Layout => ({ tables: [], lists: [], columns: {}, groups: {}, others: [] })

/** The card table or to-do list that this column, list or group belongs to. */
export const homeIn = ({ columns, groups }: Layout, parent: string): string | undefined =>
  columns[parent]?.home ?? groups[parent]

export const kindsOf = ({ tables, lists }: Layout): Kind[] => [
  ...(tables.length > 0 ? (['card'] as const) : []),
  ...(lists.length > 0 ? (['todo'] as const) : [])
]

async function cardTable(api: Api, id: string): Promise<{ table: raw.CardTable } | AdapterError> {
  const table = await seen(async () => read(raw.CardTable, await api.cardTable(id)))
  if (table instanceof AdapterError) return table
  return table.status === 'trashed' ? new AdapterError('not_found', { code: 'trashed' }) : { table }
}

/** A card table that is switched off may be missing in the dock. */
async function listOrTable(
  api: Api,
  id: string
): Promise<{ list: raw.Todolist; groups: raw.Todolist[] } | { table: raw.CardTable } | AdapterError> {
  const list = await seen(async () => read(raw.Todolist, await api.todolist(id)))
  if (list instanceof AdapterError) return cardTable(api, id)
  if (list.status === 'trashed') return new AdapterError('not_found', { code: 'trashed' })
  return { list, groups: await api.groups(id) }
}

/** Homes of cards and to-dos that were asked for by themselves, each looked up once. */
export function createHomes(api: Api): (task: raw.Task) => Promise<string | null> {
  const known = new Map<string, string | null>()
  return async (task) => {
    const { id } = task.parent
    if (!known.has(id)) {
      if (task.type === 'Todo') known.set(id, await listAbove(api, id))
      else for (const [column, table] of await columnsOf(api, task.bucket.id)) known.set(column, table)
      if (!known.has(id)) known.set(id, null)
    }
    return known.get(id) ?? null
  }
}

/** A group of a list counts as the list. */
async function listAbove(api: Api, id: string): Promise<string | null> {
  const list = await seen(async () => read(raw.Todolist, await api.todolist(id)))
  if (list instanceof AdapterError) return null
  return list.parent?.type === 'Todolist' ? list.parent.id : list.id
}

async function columnsOf(api: Api, bucket: string): Promise<[column: string, table: string][]> {
  const project = await seen(async () => read(raw.Project, await api.project(bucket)))
  if (project instanceof AdapterError) return []
  const found: [string, string][] = []
  for (const { id, name } of project.dock ?? []) {
    if (name !== 'kanban_board') continue
    const read = await cardTable(api, id)
    if (read instanceof AdapterError) continue
    for (const { externalId } of normalize.columns(read.table)) found.push([externalId, id])
  }
  return found
}

/** What one may not see is an answer, not a failure. */
export async function seen<T>(ask: () => Promise<T>): Promise<T | AdapterError> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AdapterError && (error.kind === 'not_found' || error.kind === 'forbidden')) return error
    throw error
  }
}
