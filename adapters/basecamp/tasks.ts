/** Reading single cards and to-dos again. An id does not say which of the two it is. */
import {
  type Absence,
  AdapterError,
  type HostResponse,
  read,
  type TaskRead,
  type Unreadable
} from '../../src/adapter.ts'
import type { Api, Kind } from './api.ts'
import { createHomes, seen } from './layout.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** A request for each card, two for each to-do, and some for where they stand. */
export async function* fetchTasks(api: Api, ids: string[]): AsyncIterable<TaskRead | Absence | Unreadable> {
  const homeOf = createHomes(api)
  for (const externalId of ids) {
    const found = await find(api, externalId)
    // Not found also means "this account cannot see it".
    if (found === null) yield { kind: 'absence', externalId, presence: 'hidden' }
    else {
      const row = found.response.json()
      const parsed = raw.Task.safeParse(row)
      if ((row as { status?: unknown } | null)?.status === 'trashed') {
        yield { kind: 'absence', externalId, presence: 'deleted' }
      } else if (!parsed.success) yield { ...normalize.task(row, ''), externalId, project: null } as Unreadable
      else {
        const home = await homeOf(parsed.data)
        if (home === null) yield { kind: 'absence', externalId, presence: 'hidden' }
        else yield normalize.task(row, home)
      }
    }
  }
}

export async function find(api: Api, id: string): Promise<{ kind: Kind; response: HostResponse } | null> {
  if (!/^\d+$/.test(id)) return null
  const card = await seen(() => api.card(id))
  if (!(card instanceof AdapterError)) return { kind: 'card', response: card }
  const todo = await seen(() => api.todo(id))
  return todo instanceof AdapterError ? null : { kind: 'todo', response: todo }
}

/** One that is there, for changing it. */
export async function findTask(api: Api, id: string): Promise<{ kind: Kind; task: raw.Task }> {
  const found = await find(api, id)
  if (found === null) throw new AdapterError('not_found', { code: 'no_such_task', path: 'id' })
  return { kind: found.kind, task: read(raw.Task, found.response) }
}
