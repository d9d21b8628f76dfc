/** Reading single tasks again: ClickUp has no bulk question for tasks by id. */
import { type Absence, read, type TaskRead, type Unreadable } from '../../src/adapter.ts'
import type { Account } from './account.ts'
import { type Api, BULK } from './api.ts'
import { maybeDate } from './days.ts'
import { isUnseen } from './lists.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'
import { type Times, timesInStatus } from './times.ts'

export async function* fetchTasks(
  api: Api,
  account: Account,
  ids: string[]
): AsyncIterable<TaskRead | Absence | Unreadable> {
  let keepsTimes = true
  for (let at = 0; at < ids.length; at += BULK) {
    const found: unknown[] = []
    for (const id of ids.slice(at, at + BULK)) {
      const task = await readTask(api, id)
      if (task !== null) found.push(task)
      // Not found also means "this account cannot see it"; only a `taskDeleted` event proves more.
      else yield { kind: 'absence', externalId: id, presence: 'hidden' }
    }
    const parsed = found.flatMap((one) => raw.Task.safeParse(one).data ?? [])
    const asked: string[] = keepsTimes ? parsed.map(({ id }) => id) : []
    const times: Times | null = asked.length > 0 ? await timesInStatus(api, asked) : null
    if (asked.length > 0) keepsTimes = times !== null
    const dated = parsed.some(({ due_date, start_date }) => maybeDate(due_date) || maybeDate(start_date))
    const statuses = await statusesFor(api, parsed)
    const context = {
      zones: dated ? await account.zones() : [],
      statuses: (list: string) => statuses.get(list),
      ...(times ? { times } : {})
    }
    for (const one of found) yield normalize.task(one, context)
  }
}

async function readTask(api: Api, id: string): Promise<unknown> {
  try {
    return (await api.task(id)).json()
  } catch (error) {
    if (isUnseen(error)) return null
    throw error
  }
}

/** Of lists whose tasks give their status no id. */
async function statusesFor(api: Api, tasks: readonly raw.Task[]): Promise<Map<string, raw.Status[]>> {
  const statuses = new Map<string, raw.Status[]>()
  for (const { list, status } of tasks) {
    if (status.id || statuses.has(list.id)) continue
    statuses.set(list.id, read(raw.List, await api.list(list.id)).statuses ?? [])
  }
  return statuses
}
