/**
 * What ClickUp's specification leaves undeclared or gets wrong, as far as the hub and this stand-in rely on it. The
 * specification is held against every request and answer; only what is listed here, with its source, may differ.
 *
 * Sources: a vendor's page, a section of the shared sheet on ClickUp ("sheet §n"), recorded answers ("list-real": one
 * list of 30 tasks, 2026; "bstag": a client's recordings, 2025; "tap": 2022), or the specification itself where two of its
 * places speak of the same thing.
 */
import type { Allowance, Schema } from '../trello/overlay.ts'

const ANY: Schema = {}
const TEXT: Schema = { type: 'string' }
const NUMBER: Schema = { type: 'number' }
const FLAG: Schema = { type: 'boolean' }
const OR_NULL = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const LIST_OF = (schema: Schema): Schema => ({ type: 'array', items: schema })
const TEXT_OR_NULL = OR_NULL(TEXT)

const properties = (of: string, schemas: Record<string, Schema>, source: string): Allowance[] =>
  Object.entries(schemas).map(([name, allows]) => ({
    what: 'property',
    of: of.includes(' > ') ? `${of}.${name}` : `${of} > ${name}`,
    allows,
    source
  }))

const keys = (names: string, allows: Schema = ANY): Record<string, Schema> =>
  Object.fromEntries(names.split(' ').map((name) => [name, allows]))

/** An object with these keys and no others, all of them there. */
const exactly = (schemas: Record<string, Schema>): Schema => ({
  type: 'object',
  properties: schemas,
  required: Object.keys(schemas),
  additionalProperties: false
})

const PERSON = exactly({
  id: { type: 'integer' },
  username: TEXT_OR_NULL,
  color: TEXT_OR_NULL,
  initials: TEXT,
  email: TEXT_OR_NULL,
  profilePicture: TEXT_OR_NULL
})
const TAG = exactly({ name: TEXT, tag_fg: TEXT, tag_bg: TEXT, creator: { type: 'integer' } })
const PRIORITY = exactly({
  id: TEXT,
  priority: { enum: ['urgent', 'high', 'normal', 'low'] },
  color: TEXT,
  orderindex: TEXT
})

/** In every answer that shows tasks: what may be null, and people and tags where the specification says "string". */
const task = (of: string): Allowance[] => [
  ...properties(
    of,
    {
      ...keys('text_content description', TEXT_OR_NULL),
      ...keys('date_closed date_done parent top_level_parent due_date start_date', TEXT_OR_NULL),
      archived: FLAG,
      creator: PERSON,
      watchers: LIST_OF(PERSON),
      group_assignees: LIST_OF({ type: 'object' }),
      tags: LIST_OF(TAG),
      priority: OR_NULL(PRIORITY),
      points: OR_NULL(NUMBER),
      custom_item_id: OR_NULL({ type: 'integer' }),
      sharing: { type: 'object' }
    },
    'list-real; sheet §2'
  ),
  ...properties(of, { assignees: LIST_OF(PERSON) }, 'the specification says so of one task; sheet §2'),
  ...properties(of, { checklists: LIST_OF({ type: 'object', required: ['id', 'name', 'items'] }) }, 'sheet §2'),
  ...properties(
    of,
    { time_estimate: OR_NULL(NUMBER) },
    'the specification says so of one task; list-real has null only'
  )
]

const LIST_ITEM: Record<string, Schema> = {
  deleted: FLAG,
  content: TEXT_OR_NULL,
  ...keys('status priority', OR_NULL({ type: 'object' })),
  ...keys('assignee due_date start_date', TEXT_OR_NULL),
  task_count: OR_NULL({ type: ['integer', 'string'] })
}

const answers: Allowance[] = [
  ...task('GET /v2/team/{team_Id}/task > tasks.*'),
  ...task('GET /v2/list/{list_id}/task > tasks.*'),
  ...task('GET /v2/task/{task_id}'),
  ...task('PUT /v2/task/{task_id}'),
  ...task('POST /v2/list/{list_id}/task'),
  ...properties('GET /v2/team/{team_Id}/task', { last_page: FLAG }, 'sheet §3; declared of a list’s tasks'),

  ...properties(
    'GET /v2/user > user',
    { timezone: TEXT },
    'bstag; the specification’s own example – it declares `timezeone`'
  ),
  ...properties('GET /v2/user > user', keys('username color email profilePicture', TEXT_OR_NULL), 'bstag; sheet §2'),
  ...properties(
    'GET /v2/user > user',
    keys('role role_subtype role_key custom_role'),
    'bstag: of members of a workspace'
  ),
  ...properties('GET /v2/team > teams.*', { avatar: TEXT_OR_NULL }, 'bstag'),
  ...properties('GET /v2/team/{team_id}/space > spaces.*', keys('color avatar admin_can_manage', ANY), 'bstag'),
  {
    what: 'answer',
    of: 'GET /v2/space/{space_id}/folder',
    allows: exactly({ folders: LIST_OF({ type: 'object', required: ['id', 'name', 'hidden', 'space', 'lists'] }) }),
    source: 'sheet §3: folders with their lists; the specification says of the list that it is one object'
  },
  ...properties('GET /v2/space/{space_id}/list > lists.*', LIST_ITEM, 'bstag'),
  ...properties('GET /v2/list/{list_id}', LIST_ITEM, 'bstag'),
  ...properties('GET /v2/list/{list_id} > statuses.*', { status_group: TEXT }, 'bstag'),
  ...properties(
    'GET /v2/list/{list_id}/member > members.*',
    { profilePicture: TEXT_OR_NULL, email: TEXT_OR_NULL },
    'sheet §2'
  ),
  {
    what: 'answer',
    of: 'GET /v2/task/bulk_time_in_status/task_ids',
    allows: {
      type: 'object',
      additionalProperties: {
        $ref: '#/paths/~1v2~1task~1%7Btask_id%7D~1time_in_status/get/responses/200/content/application~1json/schema'
      }
    },
    source: 'sheet §2: keyed by id; the specification declares the two ids of its example'
  },
  ...properties(
    'GET /v2/task/{task_id}/comment > comments.*',
    { user: PERSON, ...keys('assignee assigned_by', OR_NULL({ type: 'object' })) },
    'sheet §6: null where nobody is'
  )
]

const RUNS = LIST_OF({
  type: 'object',
  properties: {
    text: TEXT,
    type: { const: 'tag' },
    user: exactly({ id: { type: 'integer' } }),
    attributes: {
      type: 'object',
      properties: { bold: FLAG, italic: FLAG, code: FLAG, link: TEXT, list: exactly({ list: TEXT }) },
      additionalProperties: false
    }
  },
  additionalProperties: false
})

const bodies: Allowance[] = [
  {
    what: 'body',
    of: 'POST /v2/task/{task_id}/comment',
    allows: exactly({ comment: RUNS, notify_all: FLAG }),
    source:
      'https://developer.clickup.com/docs/comment-formatting; sheet §6: runs instead of `comment_text`, never both'
  },
  {
    what: 'body',
    of: 'PUT /v2/comment/{comment_id}',
    allows: exactly({ comment: RUNS }),
    source: 'sheet §6; https://developer.clickup.com/docs/comment-formatting'
  },
  {
    what: 'body',
    of: 'PUT /v2/task/{task_id}',
    allows: {
      type: 'object',
      properties: {
        status: TEXT,
        due_date: { type: ['integer', 'null'] },
        due_date_time: FLAG,
        assignees: exactly(keys('add rem', LIST_OF({ type: 'integer' })))
      },
      additionalProperties: false
    },
    source: 'sheet §7: null takes a date away; narrowed to what the hub sends'
  },
  {
    what: 'body',
    of: 'PUT /v2/webhook/{webhook_id}',
    allows: exactly({ endpoint: TEXT, events: LIST_OF(TEXT), status: { const: 'active' } }),
    source: 'the specification’s own words: "pass an array of `events`", where it declares a text; sheet §8'
  }
]

export const overlay: readonly Allowance[] = [...answers, ...bodies]
