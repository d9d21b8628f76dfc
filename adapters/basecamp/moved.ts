/**
 * Which Basecamp projects changed at all: the latest changes of up to fifty projects in one listing a kind, instead of one
 * request for each project.
 */
import { read, type Scope } from '../../src/adapter.ts'
import { type Api, type Kind, nextOf, recordings } from './api.ts'
import { kindsOf } from './layout.ts'
import { edgeOf, isNews, Mark, updatedOf } from './mark.ts'
import * as raw from './raw.ts'

const TOGETHER = 50
/** When so many pages are full of changes, pulling is no dearer than asking on. */
const MOST_PAGES = 4

export async function moved(api: Api, scopes: { scope: Scope; mark: unknown }[]): Promise<Set<string>> {
  const found = new Set<string>()
  const quiet: { id: string; mark: Mark }[] = []
  for (const { scope, mark } of scopes) {
    const known = Mark.safeParse(mark).data
    // What the feed still owes is fetched by a pull.
    const isOwed = known?.feed != null && known.owedUntil !== null
    const isRead = known && !isOwed && scope.projects.every((one) => known.chosen.includes(one))
    if (isRead) quiet.push({ id: scope.externalId, mark: known })
    else found.add(scope.externalId)
  }
  for (const kind of ['card', 'todo'] as const) {
    const asked = quiet.filter(({ id, mark }) => !found.has(id) && kindsOf(mark.layout).includes(kind))
    for (let at = 0; at < asked.length; at += TOGETHER) {
      for (const id of await changed(api, kind, asked.slice(at, at + TOGETHER))) found.add(id)
    }
  }
  return found
}

async function changed(api: Api, kind: Kind, asked: { id: string; mark: Mark }[]): Promise<Set<string>> {
  const marks = new Map(asked.map(({ id, mark }) => [id, mark]))
  const earliest = Math.min(...asked.map(({ mark }) => edgeOf(mark.since)))
  const found = new Set<string>()
  let path: string | null = recordings(kind, [...marks.keys()], 'active', 'updated_at desc')
  for (let pages = 0; path !== null && pages < MOST_PAGES; pages++) {
    const response = await api.follow(path)
    const rows = read(raw.Rows, response)
    for (const row of rows) {
      const bucket = raw.Task.shape.bucket.safeParse((row as { bucket?: unknown } | null)?.bucket).data
      const mark = bucket && marks.get(bucket.id)
      if (bucket && mark && isNews(mark)(row)) found.add(bucket.id)
    }
    if (rows.some((row) => Date.parse(updatedOf(row) ?? '') <= earliest)) return found
    path = nextOf(response)
  }
  return path === null ? found : new Set(marks.keys())
}
