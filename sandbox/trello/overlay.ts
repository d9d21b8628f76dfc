/**
 * What Trello's specification leaves undeclared or gets wrong, as far as the hub and this stand-in rely on it. The
 * specification is held against every request and answer; only what is listed here, with its source, may differ.
 *
 * Sources: a vendor's page, a section of the shared sheet on Trello ("sheet §n", whose marks say how each fact is known),
 * or recordings ("boards": the ten exports of 2015–2026; "recorded": the REST exchanges of 2020–22).
 */
export type Schema = Record<string, unknown>

export type Allowance =
  /** A query parameter that is missing, or that is declared too narrowly. */
  | { what: 'parameter'; of: string; name: string; allows: Schema; source: string }
  /** The answer's schema where the specification has none. */
  | { what: 'answer'; of: string; allows: Schema; source: string }
  /** The request body's schema where the declared one cannot be met. */
  | { what: 'body'; of: string; allows: Schema; source: string }
  /** A property (`Card.cover.size`) that is missing or wrong. */
  | { what: 'property'; of: string; allows: Schema; source: string }

const ANY: Schema = {}
const TEXT: Schema = { type: 'string' }
const FLAG: Schema = { type: 'boolean' }
const COUNT: Schema = { type: 'integer', minimum: 0, maximum: 1000 }
const INSTANT: Schema = { type: 'string', format: 'date-time' }
const OR_NULL = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const LIST_OF = (schema: Schema): Schema => ({ type: 'array', items: schema })
const THE = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
/** Comma-separated names: the specification often gives the enum of one of them. */
const NAMES: Schema = { type: 'string', pattern: '^[A-Za-z_/]+(, ?[A-Za-z_/]+)*$' }

const NESTED = 'https://developer.atlassian.com/cloud/trello/guides/rest-api/nested-resources/'
const GUIDE = 'https://developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions/'

const parameters = (of: string, schemas: Record<string, Schema>, source: string): Allowance[] =>
  Object.entries(schemas).map(([name, allows]) => ({ what: 'parameter', of, name, allows, source }))

const properties = (of: string, schemas: Record<string, Schema>, source: string): Allowance[] =>
  Object.entries(schemas).map(([name, allows]) => ({ what: 'property', of: `${of}.${name}`, allows, source }))

const keys = (names: string, allows: Schema = ANY): Record<string, Schema> =>
  Object.fromEntries(names.split(' ').map((name) => [name, allows]))

const CARD_QUERY = {
  ...keys('fields member_fields attachment_fields checklist_fields', NAMES),
  ...keys('customFieldItems attachments members', FLAG),
  checklists: TEXT
}
const PAGE = { limit: COUNT, before: TEXT, since: TEXT }

const requests: Allowance[] = [
  ...parameters(
    'GET /boards/{id}/cards/{filter}',
    { ...CARD_QUERY, ...PAGE },
    'sheet §3.2; singer-io/tap-trello cards.py'
  ),
  ...parameters(
    'GET /boards/{id}/cards',
    { ...CARD_QUERY, ...PAGE, filter: TEXT },
    'sheet §3.2; recorded can_get_cards_of_board'
  ),
  ...parameters('GET /lists/{id}/cards', { ...CARD_QUERY, filter: TEXT }, 'recorded can_get_cards_of_list'),
  ...parameters(
    'GET /boards/{id}',
    {
      ...keys(
        'fields list_fields label_fields member_fields card_fields checklist_fields action_fields organization_fields',
        NAMES
      ),
      ...keys('labels_limit actions_limit', COUNT),
      ...keys('card_customFieldItems card_attachments', FLAG)
    },
    `sheet §3.1; ${NESTED}`
  ),
  ...parameters(
    'GET /boards/{boardId}/actions',
    keys('fields', NAMES),
    'sheet §3.3; the specification gives the schema of an action'
  ),
  ...parameters('GET /boards/{id}/labels', keys('fields', NAMES), 'the specification gives the schema of a label'),
  ...parameters('GET /boards/{id}/members', { fields: NAMES, filter: TEXT }, 'recorded can_get_members_of_board'),
  ...parameters('GET /boards/{id}/lists', keys('fields card_fields', NAMES), NESTED),
  ...parameters(
    'GET /members/{id}',
    { fields: NAMES, board_fields: NAMES, organization_fields: NAMES },
    `sheet §3; ${NESTED}`
  ),
  ...parameters('GET /members/{id}/boards', { fields: NAMES, organization_fields: NAMES }, 'sheet §3, incremental 1'),
  ...parameters(
    'GET /members/{id}/boards',
    { 'path:id': TEXT },
    '`me` and usernames: declared so for GET /members/{id}'
  ),
  ...parameters('GET /tokens/{token}', { fields: NAMES }, 'the specification gives the enum of one field'),
  ...parameters(
    'GET /cards/{id}/actions',
    { ...PAGE, fields: NAMES, memberCreator_fields: NAMES, memberCreator: FLAG, member: FLAG },
    'sheet §6: "list GET /cards/{id}/actions?filter=commentCard&limit=…"'
  ),
  ...parameters('GET /cards/{id}', { list_fields: NAMES, attachments: TEXT }, NESTED),
  ...parameters('GET /cards/{id}/actions', { 'path:id': TEXT }, 'short links work in paths: sheet §7'),
  ...parameters('POST /cards/{id}/actions/comments', { 'path:id': TEXT }, 'short links work in paths: sheet §7'),
  ...parameters(
    'POST /cards',
    { idMembers: ANY, idLabels: ANY, due: ANY, start: ANY },
    'comma lists and instants: sheet §7; recorded can_success_create_a_card'
  ),
  ...parameters(
    'PUT /cards/{id}',
    { idMembers: ANY, idLabels: ANY, due: OR_NULL(TEXT), start: OR_NULL(TEXT) },
    'comma lists, instants and null: sheet §7'
  )
]

const bodies: Allowance[] = [
  {
    what: 'body',
    of: 'PUT /cards/{idCard}/customField/{idCustomField}/item',
    allows: { type: 'object', properties: { value: ANY, idValue: TEXT }, additionalProperties: false },
    source: 'sheet §7: numbers travel as strings, empty words clear; the two declared schemas both fit any object'
  }
]

const answers: Allowance[] = [
  ...[
    ['GET /boards/{id}/cards', LIST_OF(THE('Card'))],
    ['GET /boards/{id}/cards/{filter}', LIST_OF(THE('Card'))],
    ['GET /boards/{boardId}/actions', LIST_OF(THE('Action'))],
    ['GET /boards/{id}/labels', LIST_OF(THE('Label'))],
    ['GET /boards/{id}/lists/{filter}', LIST_OF(THE('TrelloList'))],
    ['GET /boards/{id}/members', LIST_OF(THE('Member'))],
    ['GET /boards/{id}/checklists', LIST_OF(THE('Checklist'))],
    ['GET /actions/{id}', THE('Action')],
    ['PUT /actions/{id}', THE('Action')],
    ['PUT /cards/{id}/actions/{idAction}/comments', THE('Action')],
    ['GET /lists/{id}', THE('TrelloList')],
    ['PUT /lists/{id}', THE('TrelloList')],
    ['POST /lists', THE('TrelloList')],
    ['POST /labels', THE('Label')],
    ['PUT /boards/{id}', THE('Board')],
    ['POST /cards/{id}/idMembers', LIST_OF(THE('Member'))],
    ['DELETE /cards/{id}/idMembers/{idMember}', LIST_OF(THE('Member'))],
    ['GET /cards/{id}/checklists', LIST_OF(THE('Checklist'))],
    ['GET /cards/{id}/customFieldItems', LIST_OF(THE('CustomFieldItems'))],
    ['PUT /cards/{idCard}/customField/{idCustomField}/item', THE('CustomFieldItems')]
  ].map(
    ([of, allows]): Allowance => ({ what: 'answer', of: of as string, allows: allows as Schema, source: 'recorded' })
  ),
  {
    what: 'answer',
    of: 'GET /boards/{id}/memberships',
    allows: LIST_OF(THE('Memberships')),
    source: 'boards; the specification gives the schema of one'
  }
]

const objects: Allowance[] = [
  ...properties(
    'Board',
    {
      descData: ANY,
      memberships: LIST_OF(THE('Memberships')),
      idOrganization: OR_NULL(TEXT),
      idMemberCreator: OR_NULL(TEXT),
      powerUps: ANY,
      idTags: ANY,
      ixUpdate: { type: 'string' },
      dateLastActivity: OR_NULL(INSTANT),
      dateLastView: OR_NULL(INSTANT),
      limits: ANY,
      labelNames: { type: 'object' },
      prefs: { type: 'object' },
      templateGallery: ANY
    },
    'boards'
  ),
  ...properties(
    'Board',
    {
      lists: LIST_OF(THE('TrelloList')),
      labels: LIST_OF(THE('Label')),
      members: LIST_OF(THE('Member')),
      customFields: LIST_OF(THE('CustomField')),
      cards: LIST_OF(THE('Card')),
      actions: LIST_OF(THE('Action')),
      checklists: LIST_OF(THE('Checklist')),
      organization: THE('Organization')
    },
    NESTED
  ),
  ...properties('Board', { dateClosed: OR_NULL(INSTANT) }, 'sheet §2, payloads of 2026'),
  ...properties(
    'Board',
    keys(
      'nodeId idEnterprise invited invitations creationMethodError creationMethodLoadingStartedAt idBoardSource premiumFeatures type'
    ),
    'boards'
  ),

  ...properties(
    'Card',
    { dateCompleted: OR_NULL(INSTANT), dateClosed: OR_NULL(INSTANT) },
    'sheet §2, "Done"; payloads of 2026'
  ),
  ...properties(
    'Card',
    {
      start: OR_NULL(INSTANT),
      dueComplete: FLAG,
      isTemplate: FLAG,
      email: OR_NULL(TEXT),
      idMemberCreator: OR_NULL(TEXT),
      idOrganization: OR_NULL(TEXT)
    },
    `sheet §2; ${GUIDE}`
  ),
  ...properties(
    'Card',
    {
      labels: LIST_OF(THE('Label')),
      dueReminder: OR_NULL({ type: 'integer' }),
      checkItemStates: OR_NULL({ type: 'array' }),
      descData: OR_NULL({ type: 'object' }),
      limits: ANY,
      idAttachmentCover: OR_NULL(TEXT),
      coordinates: ANY,
      cover: { type: 'object' }
    },
    'boards; recorded'
  ),
  ...properties(
    'Card',
    {
      checklists: LIST_OF(THE('Checklist')),
      customFieldItems: LIST_OF(THE('CustomFieldItems')),
      members: LIST_OF(THE('Member')),
      actions: LIST_OF(THE('Action')),
      list: THE('TrelloList'),
      board: THE('Board'),
      ...keys('attachments stickers', { type: 'array' })
    },
    NESTED
  ),
  ...properties(
    'Card',
    keys(
      'nodeId agent creationMethodError creationMethodLoadingStartedAt dateViewedByCreator externalSource faviconUrl originalDesc originalName pinned recurrenceRule singleInstrumentationId sourceEmail staticMapUrl urlSource urlSourceText mirrorSourceNodeId'
    ),
    'boards, 2026'
  ),

  ...properties('TrelloList', { softLimit: ANY, limits: ANY }, 'boards'),
  ...properties(
    'TrelloList',
    keys('color status type datasource creationMethod idOrganization nodeId cards'),
    'boards, 2026'
  ),
  ...properties('Label', { color: OR_NULL(TEXT) }, 'boards: colours with _light and _dark are of 2022 and later'),
  ...properties('Label', keys('uses limits nodeId'), 'boards; recorded'),
  ...properties(
    'Member',
    {
      ...keys('avatarHash avatarUrl bio idEnterprise', OR_NULL(TEXT)),
      bioData: ANY,
      idEnterprisesDeactivated: ANY,
      nonPublic: ANY,
      url: TEXT,
      boards: LIST_OF(THE('Board')),
      organizations: LIST_OF(THE('Organization'))
    },
    'boards; recorded'
  ),
  ...properties('Member', keys('dateLastImpression'), 'boards'),
  ...properties(
    'Action',
    {
      idMemberCreator: OR_NULL(TEXT),
      data: { type: 'object' },
      limits: ANY,
      memberCreator: OR_NULL(THE('Member')),
      member: OR_NULL(THE('Member')),
      appCreator: OR_NULL({ type: 'object', required: ['id'] }),
      entities: ANY
    },
    'boards; sheet §6 (b)'
  ),
  ...properties(
    'CustomField',
    { name: TEXT, pos: ANY, options: { type: 'array' } },
    'recorded can_get_custom_fields_of_board'
  ),
  ...properties(
    'CustomFieldItems',
    { value: OR_NULL({ type: 'object' }), idValue: OR_NULL(TEXT) },
    'sheet §2, custom field'
  ),
  ...properties('TokenPermission', { modelType: TEXT }, 'recorded token_find_with_token_string: "Board", not "board"'),
  ...properties('Checklist', keys('name idBoard idCard pos limits checkItems creationMethod'), 'boards'),
  ...properties('Memberships', keys('idMember memberType unconfirmed deactivated orgMemberType'), 'boards')
]

export const overlay: readonly Allowance[] = [...requests, ...bodies, ...answers, ...objects]
