/**
 * What Basecamp's specification leaves undeclared or gets wrong, as far as the hub and this stand-in rely on it. The
 * specification is held against every request and answer; only what is listed here, with its source, may differ.
 *
 * Sources: a section of the vendor's documentation ("bc-api …") whose samples show it, a section of the shared sheet on
 * Basecamp ("sheet §n"), or the vendor's own conformance tests ("conformance …").
 */
import type { Allowance, Schema } from '../trello/overlay.ts'

const ANY: Schema = {}
const TEXT: Schema = { type: 'string' }
const NUMBER: Schema = { type: 'integer' }
const FLAG: Schema = { type: 'boolean' }
const OR_NULL = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const THE = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const TEXT_OR_NULL = OR_NULL(TEXT)

const properties = (of: string, schemas: Record<string, Schema>, source: string): Allowance[] =>
  Object.entries(schemas).map(([name, allows]) => ({ what: 'property', of: `${of}.${name}`, allows, source }))

const keys = (names: string, allows: Schema = ANY): Record<string, Schema> =>
  Object.fromEntries(names.split(' ').map((name) => [name, allows]))

/** An object with these keys and no others, all of them there. */
const exactly = (schemas: Record<string, Schema>): Schema => ({
  type: 'object',
  properties: schemas,
  required: Object.keys(schemas),
  additionalProperties: false
})

const COMPLETION = exactly({ created_at: TEXT, creator: THE('Person') })

const answers: Allowance[] = [
  ...properties('Person', keys('title bio email_address', TEXT_OR_NULL), 'bc-api people: null where nobody wrote any'),
  ...properties('Project', { ...keys('timesheet_enabled all_access', FLAG), color: TEXT_OR_NULL }, 'bc-api projects'),
  ...properties('DockItem', { position: OR_NULL(NUMBER) }, 'bc-api projects: null of a tool that is switched off'),
  ...properties('CardTable', { position: NUMBER }, 'bc-api card_tables'),
  ...properties(
    'CardColumn',
    { ...keys('color description', TEXT_OR_NULL), comment_count: NUMBER },
    'bc-api card_table_columns'
  ),
  ...properties('Card', { completion: COMPLETION, comment_count: NUMBER }, 'bc-api card_table_cards; sheet §2'),
  ...properties('Todo', { completion: COMPLETION }, 'bc-api todos'),
  ...properties('CardStep', { due_on: TEXT_OR_NULL }, 'bc-api card_table_steps'),
  ...properties(
    'EventDetails',
    keys('parent_id_was new_parent_id', NUMBER),
    'bc-api events: of "adopted"; sheet §2 "column-entered"'
  ),
  {
    what: 'answer',
    of: 'GET /{accountId}/projects/recordings.json',
    allows: { type: 'array', items: { anyOf: [THE('Card'), THE('Todo')] } },
    source: 'sheet §3: rows with all of their type; the specification declares what all types share'
  }
]

const bodies: Allowance[] = [
  {
    what: 'body',
    of: 'PUT /{accountId}/card_tables/cards/{cardId}',
    allows: {
      type: 'object',
      properties: {
        due_on: { type: 'string', pattern: '^(\\d{4}-\\d\\d-\\d\\d)?$' },
        assignee_ids: { type: 'array', items: NUMBER }
      },
      additionalProperties: false
    },
    source: 'conformance cards_write: an empty text takes the date away; narrowed to what the hub sends'
  }
]

export const overlay: readonly Allowance[] = [...answers, ...bodies]
