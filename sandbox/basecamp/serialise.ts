/** The JSON of Basecamp, key by key as its own samples have it. Ids are digits of any length, never rounded. */
import { APP, at, basics, digits } from './basics.ts'
import { furniture } from './furniture.ts'
import type { Hook } from './hooks.ts'
import { type Comment, type Deed, type Item, type Person, placeOf, type Step, type World } from './world.ts'

export type Show = ReturnType<typeof show>

export function show(world: World) {
  const { person, recording, parent } = basics(world)

  const pathOf = (item: Item) => (item.kind === 'card' ? `card_tables/cards/${item.id}` : `todos/${item.id}`)
  const parentOf = (item: Item) => {
    const { bucket, column: own, list } = item
    if (list) return parent(list.id, list.title, 'Todolist', bucket, `todolists/${list.id}`)
    const type = item.onHold ? 'Kanban::OnHold' : own!.type
    return parent(
      placeOf(item),
      item.onHold ? 'On hold' : own!.title,
      type,
      bucket,
      `card_tables/columns/${placeOf(item)}`
    )
  }

  const step = (one: Step, item: Item, index: number) => ({
    ...recording(
      one.id,
      item.bucket,
      'Kanban::Step',
      `card_tables/steps/${one.id}`,
      one.title,
      item,
      'active',
      item.creator
    ),
    position: index + 1,
    parent: parent(item.id, item.title, item.kind === 'card' ? 'Kanban::Card' : 'Todo', item.bucket, pathOf(item)),
    due_on: null,
    completed: one.completed,
    assignees: [],
    completion_url: `${world.api()}/card_tables/steps/${one.id}/completions.json`
  })

  /** What a webhook shows of it, and a listing that does not show all. */
  function itemBase(item: Item) {
    const active = item.comments.filter(({ status }) => status === 'active').length
    const type = item.kind === 'card' ? 'Kanban::Card' : 'Todo'
    const base = `${world.api()}/buckets/${item.bucket.id}/recordings/${item.id}`
    return {
      ...recording(item.id, item.bucket, type, pathOf(item), item.title, item, item.status, item.creator),
      subscription_url: `${base}/subscription.json`,
      comments_count: active,
      comments_url: `${base}/comments.json`,
      parent: parentOf(item),
      content: item.kind === 'card' ? item.description : item.title
    }
  }

  function item(one: Item) {
    const full = {
      ...itemBase(one),
      position: one.order + 1,
      description: one.description,
      description_attachments: [],
      completed: one.completion !== null,
      ...(one.completion
        ? { completion: { created_at: at(one.completion.at), creator: person(one.completion.by) } }
        : {}),
      due_on: one.due,
      ...(one.kind === 'todo' ? { starts_on: one.starts } : { comment_count: 0 }),
      assignees: one.assignees.map(person),
      completion_subscribers: one.subscribers.map(person),
      completion_url: `${world.api()}/buckets/${one.bucket.id}/todos/${one.id}/completion.json`,
      steps: one.steps.map((each, index) => step(each, one, index))
    }
    if (!one.spoilt) return full
    const spoilt: Record<string, unknown> = { ...full, ...one.spoilt.set }
    for (const key of one.spoilt.drop) delete spoilt[key]
    return spoilt
  }

  const comment = (one: Comment) => ({
    ...recording(
      one.id,
      one.item.bucket,
      'Comment',
      `comments/${one.id}`,
      `Re: ${one.item.title}`,
      one,
      one.status,
      one.creator
    ),
    parent: parent(
      one.item.id,
      one.item.title,
      one.item.kind === 'card' ? 'Kanban::Card' : 'Todo',
      one.item.bucket,
      pathOf(one.item)
    ),
    content: one.content,
    content_attachments: []
  })

  const ids = (details: Deed['details']) =>
    Object.fromEntries(
      Object.entries(details).map(([key, value]) => [key, Array.isArray(value) ? value.map(digits) : digits(value)])
    )

  return {
    person,
    ...furniture(world),
    item: (one: Item) => item(one),
    row: (one: Item) => (world.fullListing ? item(one) : itemBase(one)),
    comment,
    event: (one: Deed) => ({
      id: digits(one.id),
      recording_id: digits(one.item.id),
      action: one.action,
      details: ids(one.details),
      created_at: at(one.at),
      creator: person(one.by)
    }),
    feedEvent: (one: Deed) => ({
      id: digits(one.id),
      kind: one.feed!.kind,
      action: one.feed!.action,
      created_at: at(one.at),
      event_type: one.feed!.type,
      bucket_id: digits(one.item.bucket.id),
      creator_id: digits(one.by.id),
      performed_by_id: null,
      recording_id: digits(one.item.id),
      ...(one.feed!.details ? { details: ids(one.feed!.details) } : {})
    }),
    webhook: (one: Hook) => ({
      id: digits(one.id),
      active: one.active,
      created_at: at(one.created),
      updated_at: at(one.updated),
      payload_url: one.url,
      types: one.types,
      url: `${world.api()}/buckets/${one.bucket.id}/webhooks/${one.id}.json`,
      app_url: `${APP}/buckets/${one.bucket.id}/webhooks/${one.id}`
    }),
    hookBody: (kind: string, details: Record<string, unknown>, about: Item | Comment, by: Person) =>
      JSON.stringify({
        id: digits(world.id('event')),
        kind,
        details: ids(details as Deed['details']),
        created_at: at(world.clock.now()),
        recording: 'item' in about ? comment(about) : itemBase(about),
        creator: person(by)
      })
  }
}
