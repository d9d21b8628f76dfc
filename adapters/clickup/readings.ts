/** A page of raw tasks into what a pull says of it: facts, times in status, people, and lists that changed. */
import { z } from 'zod'
import { type HostResponse, type Page, page, read } from '../../src/adapter.ts'
import type { Api } from './api.ts'
import { gone, idOf, known, type Mark, recent } from './mark.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'
import { type Times, timesInStatus } from './times.ts'

/** Tasks of the lists that were chosen, into what a page says of them. */
export async function readings(
  api: Api,
  response: HostResponse,
  given: readonly unknown[],
  before: Mark
): Promise<{ page: Page; mark: Mark }> {
  const chosen = new Set(before.chosen)
  const ours = given.filter((one) => chosen.has(listOf(one) ?? before.chosen[0] ?? ''))
  const lists = await statusesFor(api, ours, before)
  const asked = ours.map(idOf).filter((id) => id !== null)
  const times: Times | null = lists.mark.times && asked.length > 0 ? await timesInStatus(api, asked) : new Map()
  const statuses = new Map(lists.mark.lists.map((list) => [list.id, list.statuses]))
  const read = ours.map((one) =>
    normalize.task(one, {
      zones: lists.mark.zones,
      statuses: (list) => statuses.get(list),
      ...(times ? { times } : {})
    })
  )
  const tasks = read.filter((one) => one.kind === 'task')
  const mark = { ...lists.mark, times: lists.mark.times && times !== null }
  return {
    mark: { ...mark, recent: { ...mark.recent, ...recent(tasks, mark.since) } },
    page: {
      ...page(response.at),
      columns: lists.columns,
      people: peopleOf(ours),
      tasks,
      unreadable: read.filter((one) => one.kind === 'unreadable'),
      seen: ours.map(idOf).filter((id) => id !== null)
    }
  }
}

/** Reads a list again when one of its tasks shows a status that it did not have. */
async function statusesFor(
  api: Api,
  tasks: readonly unknown[],
  mark: Mark
): Promise<{ mark: Mark; columns: Page['columns'] }> {
  const news = tasks.filter((one) => {
    const { list, status } = raw.Task.pick({ list: true, status: true }).safeParse(one).data ?? {}
    const statuses = mark.lists.find(({ id }) => id === list?.id)?.statuses
    return statuses && status && !statuses.some((own) => isSame(own, status))
  })
  const columns: Page['columns'] = []
  let { lists } = mark
  for (const id of new Set(news.map(listOf))) {
    const list = read(raw.List, await api.list(id ?? ''))
    columns.push(...normalize.columns(list), ...gone(list, mark))
    lists = lists.map((one) => (one.id === id ? known(list) : one))
  }
  return { mark: { ...mark, lists }, columns }
}

const isSame = (own: Pick<raw.Status, 'id' | 'status'>, seen: raw.Status): boolean =>
  own.status.toLowerCase() === seen.status.toLowerCase() && (!own.id || !seen.id || own.id === seen.id)

const Mentioned = z.looseObject({
  creator: raw.User.nullish().catch(null),
  assignees: z.array(raw.User).nullish().catch(null)
})

/** People on tasks: some have left the workspace. */
function peopleOf(tasks: readonly unknown[]): Page['people'] {
  const found = tasks.flatMap((one) => {
    const { creator, assignees } = Mentioned.safeParse(one).data ?? {}
    return [...(creator ? [creator] : []), ...(assignees ?? [])]
  })
  return [...new Map(found.map((user) => [user.id, user])).values()].map(normalize.person)
}

const listOf = (task: unknown): string | null =>
  raw.Task.shape.list.safeParse((task as { list?: unknown } | null)?.list).data?.id ?? null
