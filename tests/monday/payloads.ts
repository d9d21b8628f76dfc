/** Every recorded payload of monday: what it answers, what it says as a webhook, or why nobody reads it. */
import { readShared, sharedFiles } from '../helpers/shared.ts'

const FOLDER = 'payloads/monday'
export const payload = <T>(path: string): T => readShared<T>(`${FOLDER}/${path}.json`)

/** What is asked: boards and what is on them, updates, people. */
export const ASKED = [
  'boards',
  'columns',
  'get-item',
  'get-update',
  'groups',
  'items',
  'list-items',
  'list-updates',
  'subitems',
  'updates',
  'users'
] as const

/** What is written, by the mutation that wrote it and the item or update it was. */
export const WRITTEN = {
  'archive-item': ['archive_item', '2933609588'],
  'change-column-value': ['change_column_value', '2933602562'],
  'create-item': ['create_item', '2934090455'],
  'create-subitem': ['create_subitem', '2934072955'],
  'create-update': ['create_update', '579577494'],
  'delete-update': ['delete_update', '579526655'],
  'move-item-to-group': ['move_item_to_group', '2933602554']
} as const

export type Name = (typeof ASKED)[number] | keyof typeof WRITTEN

/** A board with an item, a tag, a team and a person, as another reader kept them. */
export const KEPT = 'estuary/snapshots__capture__stdout'
export const ERRORS = ['complexity_budget_exhausted', 'partial_data', 'user_unauthorized'] as const
export const CHALLENGE = 'webhooks/challenge'
export const CLAIMS = 'webhooks/jwt_claims'

/** What each event points at; true: it says that this is gone. */
export const EVENTS: [file: string, kind: 'task' | 'project', externalId: string, deleted?: boolean][] = [
  ['webhooks-recorded-2025/change_column_value_people', 'task', '7786784003'],
  ['webhooks-recorded-2025/change_column_value_subtasks_link', 'task', '7786784003'],
  ['webhooks-recorded-2025/change_name', 'task', '7786784003'],
  ['webhooks-recorded-2025/change_status_column_value', 'task', '7786784079'],
  ['webhooks-recorded-2025/change_subitem_column_value', 'task', '8410713429'],
  ['webhooks-recorded-2025/change_subitem_name', 'task', '8409660303'],
  ['webhooks-recorded-2025/create_column', 'project', '7786783342'],
  ['webhooks-recorded-2025/create_item', 'task', '8409778368'],
  ['webhooks-recorded-2025/create_subitem', 'task', '8401360357'],
  ['webhooks-recorded-2025/create_subitem_update', 'task', '8410713429'],
  ['webhooks-recorded-2025/create_update', 'task', '7786784156'],
  ['webhooks-recorded-2025/delete_update', 'task', '7786784156'],
  ['webhooks-recorded-2025/edit_update', 'task', '7786784156'],
  ['webhooks-recorded-2025/item_archived', 'task', '8409778368'],
  ['webhooks-recorded-2025/item_deleted', 'task', '8409778368', true],
  ['webhooks-recorded-2025/item_moved_to_any_group', 'task', '7786784190'],
  ['webhooks-recorded-2025/item_restored', 'task', '8409778368'],
  ['webhooks-recorded-2025/move_subitem', 'task', '8401360357'],
  ['webhooks-recorded-2025/subitem_archived', 'task', '8409660303'],
  ['webhooks-recorded-2025/subitem_deleted', 'task', '8401360357', true],
  ['webhooks/change_column_value', 'task', '1771812728'],
  ['webhooks/change_status_column_value', 'task', '1772099344'],
  ['webhooks/create_item', 'task', '1772099344'],
  ['webhooks/create_subitem', 'task', '1772139123'],
  ['webhooks/create_update', 'task', '1771812728']
]

export const NEVER_READ: Record<string, string> = {
  'nango-tests/workspaces.test': 'workspaces: the hub reads boards, whatever they lie in'
}

export const listed = (): string[] =>
  [
    KEPT,
    ...ERRORS.map((name) => `errors/${name}`),
    ...[...ASKED, ...Object.keys(WRITTEN)].map((name) => `nango-tests/${name}.test`),
    CHALLENGE,
    CLAIMS,
    ...EVENTS.map(([file]) => file),
    ...Object.keys(NEVER_READ)
  ]
    .map((path) => `${path}.json`)
    .sort()

export const recordedFiles = (): string[] => sharedFiles(FOLDER)

export type Row = Record<string, unknown>
export interface Exchange {
  response: { data: Record<string, unknown> }
  status: number
  headers: Record<string, string>
}

export const recorded = (file: Name): Exchange[] => {
  const { api } = payload<{ api: { post: { '/v2': Exchange | Exchange[] } } }>(`nango-tests/${file}.test`)
  return [api.post['/v2']].flat()
}
/** Rows of that name in all answers of a recording. */
export const rows = (file: Name, name: string): Row[] =>
  recorded(file).flatMap(({ response }) => (response.data[name] as Row[] | undefined) ?? [])
