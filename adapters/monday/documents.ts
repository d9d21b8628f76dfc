/**
 * What the hub asks monday, in API version 2026-10. Columns are restricted to those that are read, by id where the
 * board is known and by type where it is not: they dominate a query's complexity.
 * https://developer.monday.com/api-reference/docs/querying-board-items
 */

const PERSON = 'fragment Person on User { id name email photo_url { thumb } }'

/** What it takes to understand a board's items. */
const LAYOUT = `fragment Layout on Board {
  id name state type hierarchy_type
  columns { id title type archived settings }
  groups { id title position archived deleted }
}`

const BOARD = `fragment BoardFacts on Board {
  ...Layout url board_kind items_count
  owners { ...Person }
  subscribers { ...Person }
}`

const ITEM = `fragment ItemFacts on Item {
  id name state url created_at updated_at creator_id
  board { id }
  group { id }
  parent_item { id board { id } }
  column_values(ids: $columns, types: $types) {
    id type text
    ... on StatusValue { index label is_done updated_at }
    ... on PeopleValue { persons_and_teams { id kind } }
    ... on DateValue { date time }
    ... on TimelineValue { from to }
    ... on NumbersValue { number }
    ... on CheckboxValue { checked }
    ... on TagsValue { tags { id name color } }
  }
}`

const UPDATE = `fragment UpdateFacts on Update {
  id body creator_id created_at edited_at item_id
  replies { id body creator_id created_at edited_at }
}`

/** The plan tells how many calls a day there are; an app without the right to see it asks without. */
export const ME = `query Me($plan: Boolean!) {
  me { id name email account @include(if: $plan) { id tier plan { tier } } }
}`

export const BOARDS = `query Boards($page: Int!) {
  boards(limit: 100, page: $page, state: all) {
    id name state type url board_kind owners { id } subscribers { id }
  }
}`

export const BOARD_META = `query Board($boards: [ID!]!) {
  boards(ids: $boards, limit: 25, state: all) { ...BoardFacts }
}
${BOARD} ${LAYOUT} ${PERSON}`

export const BOARD_ITEMS = `query BoardItems(
  $boards: [ID!]!, $columns: [String!], $types: [ColumnType!], $hierarchy: String, $from: ISO8601DateTime
) {
  boards(ids: $boards, state: all) {
    id
    updates(limit: 100, from_date: $from) { ...UpdateFacts }
    items_page(limit: 500, hierarchy_scope_config: $hierarchy) { cursor items { ...ItemFacts } }
  }
}
${ITEM} ${UPDATE}`

export const NEXT_ITEMS = `query NextItems($cursor: String!, $columns: [String!], $types: [ColumnType!]) {
  next_items_page(limit: 500, cursor: $cursor) { cursor items { ...ItemFacts } }
}
${ITEM}`

export const BOARD_CHANGES = `query BoardChanges(
  $boards: [ID!]!, $columns: [String!], $types: [ColumnType!], $hierarchy: String, $changed: ItemsQuery, $from: ISO8601DateTime
) {
  boards(ids: $boards, limit: 25, state: all) {
    ...BoardFacts
    items_page(limit: 500, hierarchy_scope_config: $hierarchy, query_params: $changed) { cursor items { ...ItemFacts } }
    updates(limit: 100, from_date: $from) { ...UpdateFacts }
  }
}
${ITEM} ${UPDATE} ${BOARD} ${LAYOUT} ${PERSON}`

export const BOARD_ACTIVITY = `query BoardActivity($boards: [ID!]!, $since: ISO8601DateTime!, $page: Int!, $from: ISO8601DateTime, $first: Boolean!) {
  boards(ids: $boards, limit: 25, state: all) {
    id
    ...BoardFacts @include(if: $first)
    activity_logs(from: $since, limit: 500, page: $page) { id event data created_at }
    updates(limit: 100, from_date: $from) @include(if: $first) { ...UpdateFacts }
  }
}
${UPDATE} ${BOARD} ${LAYOUT} ${PERSON}`

export const BOARD_UPDATES = `query BoardUpdates($boards: [ID!]!, $from: ISO8601DateTime, $page: Int!) {
  boards(ids: $boards, limit: 25, state: all) { id updates(limit: 100, page: $page, from_date: $from) { ...UpdateFacts } }
}
${UPDATE}`

export const ITEMS = `query Items($ids: [ID!]!, $columns: [String!], $types: [ColumnType!], $layout: Boolean!) {
  items(ids: $ids, limit: 100) {
    ...ItemFacts
    board @include(if: $layout) { ...Layout }
    parent_item @include(if: $layout) { board { ...Layout } }
  }
}
${ITEM} ${LAYOUT}`

export const PEOPLE = `query People($ids: [ID!]!) { users(ids: $ids, limit: 200) { ...Person } } ${PERSON}`

export const UPDATES = `query Updates($item: [ID!]!, $limit: Int!, $page: Int!) {
  items(ids: $item, limit: 1) { id updates(limit: $limit, page: $page) { ...UpdateFacts } }
}
${UPDATE}`

export const CREATE_UPDATE = `mutation CreateUpdate($item: ID!, $body: String!, $mentions: [UpdateMention]) {
  create_update(item_id: $item, body: $body, mentions_list: $mentions) { ...UpdateFacts }
}
${UPDATE}`

export const EDIT_UPDATE = 'mutation EditUpdate($id: ID!, $body: String!) { edit_update(id: $id, body: $body) { id } }'

export const DELETE_UPDATE = 'mutation DeleteUpdate($id: ID!) { delete_update(id: $id) { id } }'

export const CHANGE_COLUMNS = `mutation ChangeColumns($board: ID!, $item: ID!, $values: JSON!) {
  change_multiple_column_values(board_id: $board, item_id: $item, column_values: $values) { id }
}`

export const MOVE_TO_GROUP = `mutation MoveToGroup($item: ID!, $group: String!) {
  move_item_to_group(item_id: $item, group_id: $group) { id }
}`

export const CREATE_ITEM = `mutation CreateItem($board: ID!, $name: String!, $group: String, $values: JSON) {
  create_item(board_id: $board, item_name: $name, group_id: $group, column_values: $values) { id }
}`

export const WEBHOOKS = 'query Webhooks($board: ID!) { webhooks(board_id: $board) { id board_id event } }'

export const CREATE_WEBHOOK = `mutation CreateWebhook($board: ID!, $url: String!, $event: WebhookEventType!) {
  create_webhook(board_id: $board, url: $url, event: $event) { id board_id }
}`

export const DELETE_WEBHOOK = 'mutation DeleteWebhook($id: ID!) { delete_webhook(id: $id) { id } }'
