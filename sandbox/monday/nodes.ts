/** Boards, items, updates and people as the API tells them. What is behind a function is only made when it is asked for. */
import type { ItemsPage, ItemsQuery, Paging } from './paging.ts'
import { type Label, labelsOf, valueNode } from './values.ts'
import { ACCOUNT, type Board, type Column, type Item, second, type Update, type User, type World } from './world.ts'

type Node = Record<string, unknown>

/** What a question has cost so far, in the vendor's points. */
export interface Cost {
  points: number
}

const SITE = `https://${ACCOUNT.slug}.monday.com`

export type Nodes = ReturnType<typeof createNodes>

export function createNodes(world: World, paging: Paging) {
  const account = (): Node => ({
    ...ACCOUNT,
    plan: { max_users: 50, period: 'yearly', tier: ACCOUNT.tier, version: 26 }
  })

  const user = (one: User | undefined): Node | null =>
    one
      ? {
          ...one,
          url: `${SITE}/users/${one.id}`,
          kind: 'member',
          status: 'ACTIVE',
          is_deleted: false,
          photo_url: { thumb: `https://cdn.example/${one.id}.png` },
          account
        }
      : null

  const column = (one: Column): Node => ({
    ...one,
    revision: '1',
    settings_str: JSON.stringify(one.type === 'status' ? oldSettings(one) : one.settings)
  })

  function board(one: Board, cost: Cost): Node {
    cost.points += 100
    const { id, name, state, type, kind, updatedAt, groups } = one
    const updates = () => one.updates.map((update) => world.updates.get(update)!)
    return {
      id,
      name,
      description: null,
      state,
      type,
      board_kind: kind,
      url: `${SITE}/boards/${id}`,
      workspace_id: null,
      hierarchy_type: 'classic',
      item_terminology: 'item',
      items_count: () => one.items.filter((item) => item.state === 'active').length,
      updated_at: second(updatedAt),
      owners: () => [...one.owners].map((person) => user(world.users.get(person))),
      subscribers: () => [...one.subscribers].map((person) => user(world.users.get(person))),
      columns: ({ ids, types }: { ids?: string[] | null; types?: string[] | null }) =>
        one.columns.filter((column) => among(ids, column.id) && among(types, column.type)).map(column),
      groups: ({ ids }: { ids?: string[] | null }) =>
        groups.filter((group) => among(ids, group.id)).map((group) => ({ ...group, color: '#579bfc' })),
      items_page: (asked: { limit: number; cursor?: string | null; query_params?: ItemsQuery | null }) =>
        itemsPage(
          asked.cursor ? paging.next(asked.cursor, asked.limit) : paging.first(one, asked.limit, asked.query_params),
          cost
        ),
      updates: (asked: { limit: number; page: number; from_date?: string | null }) => {
        const from = asked.from_date ? Date.parse(asked.from_date) : 0
        return window(
          updates()
            .filter(({ createdAt }) => createdAt >= from)
            .reverse(),
          asked
        ).map((update) => told(update, cost))
      },
      activity_logs: (asked: { limit: number; page: number; from?: string | null }) => {
        const from = asked.from ? Date.parse(asked.from) : 0
        cost.points += asked.limit
        const logs = one.logs.slice(-10_000).filter(({ at }) => at >= from)
        return window(logs.reverse(), asked).map((log) => ({
          id: log.id,
          account_id: ACCOUNT.id,
          // Ticks of 100 ns since 1970.
          created_at: `${log.at}0000`,
          data: JSON.stringify(log.data),
          entity: 'pulse',
          event: log.event,
          user_id: log.user
        }))
      }
    }
  }

  const itemsPage = ({ cursor, items }: ItemsPage, cost: Cost): Node => ({
    cursor,
    items: items.map((one) => item(one, cost))
  })

  function item(one: Item, cost: Cost): Node {
    cost.points += 5
    const board_ = world.boards.get(one.board)!
    return {
      id: one.id,
      name: one.name,
      state: one.state,
      url: `${SITE}/boards/${one.board}/pulses/${one.id}`,
      email: `${ACCOUNT.slug}_pulse_${one.id}@use1.mx.monday.com`,
      created_at: second(one.createdAt),
      updated_at: second(one.updatedAt),
      creator_id: one.creator,
      creator: () => user(world.users.get(one.creator)),
      board: () => board(board_, cost),
      group: () =>
        board_.groups.filter(({ id }) => id === one.group).map((group) => ({ ...group, color: '#579bfc' }))[0] ?? null,
      parent_item: () => (one.parent === null ? null : item(world.items.get(one.parent)!, cost)),
      subitems: () =>
        one.subitems
          .map((id) => world.items.get(id)!)
          .filter(({ state }) => state === 'active')
          .map((sub) => item(sub, cost)),
      column_values: ({ ids, types }: { ids?: string[] | null; types?: string[] | null }) => {
        const columns = board_.columns.filter(
          (one) => one.type !== 'name' && !one.archived && among(ids, one.id) && among(types, one.type)
        )
        cost.points += columns.length * 4
        return columns.map((one_) => ({
          ...valueNode(world, one_, one.values.get(one_.id)),
          column: () => column(one_)
        }))
      },
      updates: (asked: { limit: number; page: number }) =>
        window(one.updates.map((id) => world.updates.get(id)!).reverse(), asked).map((update) => told(update, cost)),
      ...one.spoilt
    }
  }

  function told(update: Update, cost: Cost): Node {
    cost.points += 5
    const { id, body, author, createdAt, editedAt } = update
    return {
      id,
      body,
      text_body: body.replaceAll(/<[^>]*>/g, ''),
      creator_id: author,
      creator: () => user(world.users.get(author)),
      created_at: new Date(createdAt).toISOString(),
      updated_at: new Date(editedAt).toISOString(),
      edited_at: new Date(editedAt).toISOString(),
      item_id: update.item,
      item: () => item(world.items.get(update.item)!, cost),
      replies: []
    }
  }

  return { account, user, board, item, itemsPage, update: told }
}

/** Null asks for all of them. */
const among = (wanted: readonly (string | null)[] | null | undefined, value: string): boolean =>
  wanted == null || wanted.includes(value)

/** A page by number, from 1. */
const window = <T>(all: T[], { limit, page }: { limit: number; page: number }): T[] =>
  all.slice((page - 1) * limit, page * limit)

/** The settings of a status column as they were told until 2025-10: a map, and what is done beside it. */
function oldSettings(column: Column): unknown {
  const labels: Label[] = labelsOf(column)
  return {
    done_colors: labels.filter(({ is_done }) => is_done).map(({ index }) => index),
    labels: Object.fromEntries(labels.map(({ index, label }) => [index, label])),
    labels_positions_v2: Object.fromEntries(labels.map(({ index }, at) => [index, at]))
  }
}
