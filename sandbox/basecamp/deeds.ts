/** What people do: the world changes, its history grows, the feed of events and the webhooks tell. */
import type { Hooks } from './hooks.ts'
import { sanitised } from './html.ts'
import {
  type Bucket,
  type Column,
  type Comment,
  type Deed,
  type Item,
  type Person,
  placeOf,
  type Status,
  type Todolist,
  type World
} from './world.ts'

export interface NewItem {
  bucket: Bucket
  column?: Column
  onHold?: boolean
  list?: Todolist
  title: string
  description?: string
  by: Person
  assignees?: Person[]
  due?: string | null
  starts?: string | null
  steps?: { done: number; total: number }
  status?: Status
}

export class Deeds {
  readonly #world: World
  readonly #hooks: Hooks

  constructor(world: World, hooks: Hooks) {
    this.#world = world
    this.#hooks = hooks
  }

  make(draft: NewItem): Item {
    const now = this.#world.clock.now()
    const { steps = { done: 0, total: 0 } } = draft
    const item: Item = {
      id: this.#world.id('item'),
      order: this.#world.items.size,
      kind: draft.column ? 'card' : 'todo',
      bucket: draft.bucket,
      column: draft.column ?? null,
      onHold: draft.onHold ?? false,
      list: draft.list ?? null,
      title: draft.title,
      description: sanitised(draft.description ?? '', this.#world),
      status: draft.status ?? 'active',
      due: draft.due ?? null,
      starts: draft.starts ?? null,
      completion: draft.column?.type === 'Kanban::DoneColumn' ? { at: now, by: draft.by } : null,
      creator: draft.by,
      assignees: draft.assignees ?? [],
      subscribers: [],
      steps: Array.from({ length: steps.total }, (_, index) => ({
        id: this.#world.id('item'),
        title: `Step ${index + 1}`,
        completed: index < steps.done
      })),
      comments: [],
      events: [],
      created: now,
      updated: now,
      gone: false,
      spoilt: null
    }
    this.#world.addItem(item)
    this.#done(item, draft.by, 'created', { feed: 'created' })
    this.#hooks.fire(item, draft.by, 'created')
    return item
  }

  rename(item: Item, title: string, by: Person): void {
    item.title = title
    this.#changed(item, by, 'title_changed', 'title_updated')
  }

  describe(item: Item, html: string, by: Person): void {
    item.description = sanitised(html, this.#world)
    this.#changed(item, by, 'content_changed', 'content_updated')
  }

  /** No webhook: Basecamp leaves some changes of due dates out. */
  setDue(item: Item, due: string | null, by: Person): void {
    if (item.due === due) return
    item.due = due
    this.#changed(item, by, item.kind === 'card' ? 'due_on_changed' : 'rescheduled', null)
  }

  setStarts(item: Item, starts: string | null, by: Person): void {
    if (item.starts === starts) return
    item.starts = starts
    this.#changed(item, by, 'rescheduled', null)
  }

  assign(item: Item, assignees: Person[], by: Person): void {
    const added = assignees.filter((one) => !item.assignees.includes(one)).map(({ id }) => id)
    const removed = item.assignees.filter((one) => !assignees.includes(one)).map(({ id }) => id)
    if (added.length + removed.length === 0) return
    item.assignees = assignees
    const details = { added_person_ids: added, removed_person_ids: removed }
    this.#world.touch(item)
    this.#done(item, by, 'assignment_changed', { details, feed: 'assignment_changed' })
    this.#hooks.fire(item, by, 'assignment_changed', details)
  }

  /** Into another column, or its part on hold; crossing into and out of the Done column completes and reopens. */
  move(item: Item, column: Column, onHold: boolean, by: Person): void {
    const from = placeOf(item)
    item.column = column
    item.onHold = onHold
    const to = placeOf(item)
    if (from === to) return
    this.#world.touch(item)
    const feed = { column_id: to, previous_column_id: from }
    this.#done(item, by, 'adopted', {
      details: { parent_id_was: from, new_parent_id: to },
      feed: 'moved',
      feedDetails: feed
    })
    this.#hooks.fire(item, by, 'moved')
    if (column.type === 'Kanban::DoneColumn') this.complete(item, by)
    else this.reopen(item, by)
  }

  complete(item: Item, by: Person): void {
    if (item.completion) return
    item.completion = { at: this.#world.clock.now(), by }
    this.#changed(item, by, 'completed', 'completed')
  }

  /** The feed does not tell of it. */
  reopen(item: Item, by: Person): void {
    if (!item.completion) return
    item.completion = null
    this.#world.touch(item)
    this.#done(item, by, 'uncompleted', {})
    this.#hooks.fire(item, by, 'uncompleted')
  }

  setStatus(item: Item, status: Status, by: Person): void {
    if (item.status === status) return
    const event = status === 'active' ? (item.status === 'archived' ? 'unarchived' : 'untrashed') : status
    item.status = status
    this.#world.touch(item)
    this.#done(item, by, event, {})
    this.#hooks.fire(item, by, event)
  }

  /** Through a wormhole: made anew there, and the old id is gone. */
  moveTo(item: Item, column: Column, by: Person): Item {
    const { bucket } = column.table
    const there: Item = { ...item, id: this.#world.id('item'), bucket, column, onHold: false, events: [], comments: [] }
    item.gone = true
    item.status = 'trashed'
    this.#world.addItem(there)
    this.#world.touch(there)
    this.#done(there, by, 'created', { feed: 'created' })
    this.#hooks.fire(there, by, 'created')
    return there
  }

  comment(item: Item, html: string, by: Person): Comment {
    const now = this.#world.clock.now()
    const comment: Comment = {
      id: this.#world.id('item'),
      item,
      creator: by,
      content: sanitised(html, this.#world),
      status: 'active',
      created: now,
      updated: now
    }
    item.comments.push(comment)
    this.#world.comments.set(comment.id, comment)
    this.#world.touch(item)
    this.#hooks.comment(comment, by, 'created')
    return comment
  }

  editComment(comment: Comment, html: string, by: Person): void {
    comment.content = sanitised(html, this.#world)
    comment.updated = this.#world.clock.now()
    this.#hooks.comment(comment, by, 'content_updated')
  }

  trashComment(comment: Comment, by: Person): void {
    comment.status = 'trashed'
    this.#world.touch(comment.item)
    this.#hooks.comment(comment, by, 'trashed')
  }

  #changed(item: Item, by: Person, action: string, hook: string | null): void {
    this.#world.touch(item)
    this.#done(item, by, action, { feed: action })
    if (hook !== null) this.#hooks.fire(item, by, hook)
  }

  #done(
    item: Item,
    by: Person,
    action: string,
    {
      details = {},
      feed,
      feedDetails
    }: { details?: Deed['details']; feed?: string; feedDetails?: Record<string, string> }
  ): void {
    const [type, kind] = item.kind === 'card' ? ['card', 'kanban_card'] : ['todo', 'todo']
    const deed: Deed = {
      id: this.#world.id('event'),
      item,
      action,
      details,
      feed:
        feed === undefined
          ? null
          : {
              type: `${type}.${feed}`,
              kind: `${kind}_${feed}`,
              action: feed,
              ...(feedDetails ? { details: feedDetails } : {})
            },
      by,
      at: this.#world.clock.now()
    }
    item.events.push(deed)
    this.#world.deeds.push(deed)
  }
}
