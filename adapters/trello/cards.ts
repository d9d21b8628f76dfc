/** Reading single cards again: one by one, or ten to a batch. */
import { z } from 'zod'
import { type Absence, AdapterError, read, type TaskRead, type Unreadable } from '../../src/adapter.ts'
import { type Api, BATCH, NO_ACCESS } from './api.ts'
import * as normalize from './normalize.ts'
import * as raw from './raw.ts'

/** `fields`: definitions of custom fields by board, where they are known already. */
export async function* fetchCards(
  api: Api,
  ids: string[],
  fields = new Map<string, ReadonlyMap<string, raw.CustomField>>()
): AsyncIterable<TaskRead | Absence | Unreadable> {
  for (let at = 0; at < ids.length; at += BATCH) {
    for (const [id, value] of await readCards(api, ids.slice(at, at + BATCH))) {
      if (value === null) {
        // Not found also means "this token cannot see it": only a delete event proves more.
        yield { kind: 'absence', externalId: id, presence: 'hidden' }
        continue
      }
      const reading = normalize.card(value, await definitions(api, value, fields), null)
      // A card that was turned into a template is no task any more.
      yield reading.kind === 'other' ? { kind: 'absence', externalId: id, presence: 'hidden' } : reading
    }
  }
}

/** Custom field definitions, asked for once a board and only when a card uses them. */
async function definitions(api: Api, value: unknown, known: Map<string, ReadonlyMap<string, raw.CustomField>>) {
  const card = value as { idBoard?: unknown; customFieldItems?: unknown[] }
  if (!card.customFieldItems?.length || typeof card.idBoard !== 'string') return new Map<string, raw.CustomField>()
  const fields = known.get(card.idBoard) ?? (await fieldsOf(api, card.idBoard))
  known.set(card.idBoard, fields)
  return fields
}

/** None where the board does not show them: a card with values of fields that were switched off is read without them. */
async function fieldsOf(api: Api, board: string): Promise<ReadonlyMap<string, raw.CustomField>> {
  try {
    return byId(read(z.array(raw.CustomField), await api.customFields(board)))
  } catch (error) {
    if (error instanceof AdapterError && (error.kind === 'forbidden' || error.kind === 'not_found')) return new Map()
    throw error
  }
}

export const byId = (fields: readonly raw.CustomField[]): ReadonlyMap<string, raw.CustomField> =>
  new Map(fields.map((field) => [field.id, field]))

/** Raw cards by id, null where Trello says there is none. */
async function readCards(api: Api, ids: string[]): Promise<[string, unknown][]> {
  const [only] = ids
  if (ids.length === 1 && only !== undefined) {
    try {
      return [[only, (await api.card(only)).json()]]
    } catch (error) {
      const unseen = error instanceof AdapterError && (error.kind === 'not_found' || error.code === NO_ACCESS)
      if (unseen) return [[only, null]]
      throw error
    }
  }
  const answers = read(z.array(z.record(z.string(), z.unknown())), await api.batch(ids))
  return ids.map((id, index) => [id, batched(answers[index], id)])
}

/**
 * One element of a batch: `{"200": card}`, or an error in a shape the vendor does not fix – keyed by its status, or an
 * object with `statusCode`. (https://developer.atlassian.com/cloud/trello/rest/api-group-batch/)
 */
function batched(element: Record<string, unknown> | undefined, id: string): unknown {
  if (element && '200' in element) return element['200']
  const status = Number(
    element?.statusCode ?? element?.status ?? Object.keys(element ?? {}).find((key) => /^\d{3}$/.test(key))
  )
  // The batch itself was let in with the same token: 401 and 403 speak of this one card.
  if (status === 404 || status === 401 || status === 403) return null
  if (status === 429) throw new AdapterError('rate_limited', { status })
  throw new AdapterError('bad_response', { status: Number.isNaN(status) ? null : status, code: 'batch', path: id })
}
