/** The calls that the stand-in answers, by the specification's templates without `/{accountId}` and `.json`. */
import type { Deeds } from './deeds.ts'
import { feedPage } from './feed.ts'
import type { Hook, Hooks } from './hooks.ts'
import { Listing } from './listing.ts'
import type { Paged } from './paging.ts'
import { forbidden, invalid, notFound, Refused } from './refusal.ts'
import { type Show, show as showing } from './serialise.ts'
import {
  type Bucket,
  type Comment,
  type Item,
  OWN_ID,
  type Person,
  type Status,
  type Table,
  type Todolist,
  type World
} from './world.ts'

export interface Call {
  /** What the template's braces stand for, in order. */
  ids: string[]
  query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: bodies come from clients, and each route checks what it needs.
  body: any
  user: Person
  /** Address of the API with the account. */
  base: string
}

/** What a route gives back: nothing is 204; `created` is 201. */
export type Routes = Record<string, (call: Call) => unknown>

export class Created {
  readonly body: unknown
  constructor(body: unknown) {
    this.body = body
  }
}

export function createRoutes(world: World, deeds: Deeds, hooks: Hooks): Routes {
  const show: Show = showing(world)
  const listing = new Listing(world)
  const sees = (one: Bucket, user: Person) => !(one.denied && user.id === OWN_ID) && (!user.client || one.clients)
  const visible = <T>(found: T | undefined, bucket: (one: T) => Bucket, user: Person): T => {
    if (found === undefined || !sees(bucket(found), user)) throw notFound()
    return found
  }
  const bucket = ({ ids, user }: Call, at = 0): Bucket => visible(world.buckets.get(ids[at]!), (one) => one, user)
  const table = ({ ids, user }: Call): Table => visible(world.tables.get(ids[0]!), (one) => one.bucket, user)
  const list = ({ ids, user }: Call): Todolist => visible(world.lists.get(ids[0]!), (one) => one.bucket, user)
  const column = (id: string, user: Person) => visible(world.columns.get(id), (one) => one.column.table.bucket, user)
  const item = ({ ids, user }: Call, kind: Item['kind'] | null): Item => {
    const found = visible(world.items.get(ids[0]!), (one) => one.bucket, user)
    if (found.gone || (kind !== null && found.kind !== kind)) throw notFound()
    return found
  }
  const comment = ({ ids, user }: Call): Comment => {
    const found = visible(world.comments.get(ids[0]!), (one) => one.item.bucket, user)
    if (found.status !== 'active' || found.item.gone) throw notFound()
    return found
  }
  const hook = ({ ids, user }: Call): Hook => visible(hooks.all.get(ids[0]!), (one) => one.bucket, user)
  const people = (ids: unknown): Person[] =>
    (Array.isArray(ids) ? ids : []).map(
      (id) => world.people.get(String(id)) ?? refuse(invalid('assignee_ids', 'is invalid'))
    )
  const day = (value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null
    return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? String(value) : refuse(invalid('due_on', 'is invalid'))
  }
  const rows = <T>(all: readonly T[], each: (one: T) => unknown): Paged<T> => ({ rows: all, show: each })
  const status = (call: Call, to: Status): undefined => {
    const said = world.comments.get(call.ids[0]!)
    if (said) {
      if (to === 'trashed') deeds.trashComment(comment(call), call.user)
      return
    }
    deeds.setStatus(item(call, null), to, call.user)
  }
  const hookUrl = (value: unknown): string => {
    const url = URL.parse(String(value ?? ''))
    // The real thing takes https alone; tests listen on this machine without a certificate.
    if (url && (url.protocol === 'https:' || /^(127\.0\.0\.1|localhost)$/.test(url.hostname))) return url.href
    throw new Refused(400, { payload_url: ['is not a valid HTTPS URL'] })
  }

  return {
    'GET /my/profile': ({ user }) => show.person(user),
    'GET /people': () => rows([...world.people.values()], show.person),
    'GET /projects': ({ query, user }) => {
      const wanted = query.get('status') ?? 'active'
      return rows(
        [...world.buckets.values()].filter((one) => one.status === wanted && sees(one, user)),
        show.project
      )
    },
    'GET /projects/{projectId}': (call) => show.project(bucket(call)),
    'GET /projects/{projectId}/people': (call) =>
      rows(
        [...bucket(call).members].map((id) => world.people.get(id)!),
        show.person
      ),
    'GET /projects/recordings': ({ query, user }) => {
      const ids = (query.get('bucket') ?? '').split(',').filter(Boolean)
      const all = ids.length > 0 ? ids.map((id) => world.buckets.get(id)) : [...world.buckets.values()]
      const seen = all.filter((one): one is Bucket => one !== undefined && sees(one, user))
      return rows(listing.recordings(query, seen), show.row)
    },
    'GET /events': ({ query, base }) => feedPage(world, show, query, base),

    'GET /card_tables/{cardTableId}': (call) => show.table(table(call)),
    'GET /card_tables/columns/{columnId}': ({ ids, user }) => {
      const { column: found, onHold } = column(ids[0]!, user)
      return onHold ? refuse(notFound()) : show.column(found)
    },
    'GET /card_tables/lists/{columnId}/cards': ({ ids, user }) => {
      const { column: within, onHold } = column(ids[0]!, user)
      const fits = (one: Item) => one.column === within && one.onHold === onHold && one.status === 'active'
      return rows(listing.where(`column ${ids[0]}`, within.table.bucket, fits), show.item)
    },
    'POST /card_tables/lists/{columnId}/cards': ({ ids, body, user }) => {
      const { column: into, onHold } = column(ids[0]!, user)
      if (!body.title) throw invalid('title')
      const draft = { title: String(body.title), description: String(body.content ?? ''), due: day(body.due_on) }
      return new Created(show.item(deeds.make({ bucket: into.table.bucket, column: into, onHold, by: user, ...draft })))
    },
    'GET /card_tables/cards/{cardId}': (call) => show.item(item(call, 'card')),
    'PUT /card_tables/cards/{cardId}': (call) => {
      const { body, user } = call
      const card = item(call, 'card')
      if (body.title !== undefined) deeds.rename(card, String(body.title), user)
      if (body.content !== undefined) deeds.describe(card, String(body.content), user)
      if (body.due_on !== undefined) deeds.setDue(card, day(body.due_on), user)
      if (body.assignee_ids !== undefined) deeds.assign(card, people(body.assignee_ids), user)
      return show.item(card)
    },
    'POST /card_tables/cards/{cardId}/moves': (call) => {
      const card = item(call, 'card')
      const { column: into, onHold } = column(String(call.body.column_id), call.user)
      if (into.table.bucket !== card.bucket) throw notFound()
      deeds.move(card, into, onHold, call.user)
    },

    'GET /todosets/{todosetId}/todolists': (call) => {
      const within = [...world.buckets.values()].find(({ todosetId }) => todosetId === call.ids[0])
      const { lists } = visible(within, (one) => one, call.user)
      return rows(
        lists.filter(({ group }) => group === null),
        show.todolist
      )
    },
    'GET /todolists/{id}': (call) => show.todolist(list(call)),
    'GET /todolists/{todolistId}/groups': (call) => {
      const own = list(call)
      return rows(
        own.bucket.lists.filter(({ group }) => group === own),
        show.todolist
      )
    },
    'GET /todolists/{todolistId}/todos': (call) => {
      const own = list(call)
      const done = call.query.get('completed') === 'true'
      const fits = (one: Item) => one.list === own && one.status === 'active' && (one.completion !== null) === done
      return rows(listing.where(`list ${own.id} ${done}`, own.bucket, fits), show.item)
    },
    'POST /todolists/{todolistId}/todos': (call) => {
      const { body, user } = call
      const own = list(call)
      if (!body.content) throw invalid('content')
      const made = deeds.make({
        bucket: own.bucket,
        list: own,
        by: user,
        title: String(body.content),
        description: String(body.description ?? ''),
        assignees: people(body.assignee_ids),
        due: day(body.due_on),
        starts: day(body.starts_on)
      })
      return new Created(show.item(made))
    },
    'GET /todos/{todoId}': (call) => show.item(item(call, 'todo')),
    /** Replaces all of it: what is left out is cleared. */
    'PUT /todos/{todoId}': (call) => {
      const { body, user } = call
      const todo = item(call, 'todo')
      if (!body.content) throw invalid('content')
      if (body.content !== todo.title) deeds.rename(todo, String(body.content), user)
      if ((body.description ?? '') !== todo.description) deeds.describe(todo, String(body.description ?? ''), user)
      deeds.setDue(todo, day(body.due_on), user)
      deeds.setStarts(todo, day(body.starts_on), user)
      deeds.assign(todo, people(body.assignee_ids), user)
      todo.subscribers = people(body.completion_subscriber_ids)
      return show.item(todo)
    },
    'POST /todos/{todoId}/completion': (call) => void deeds.complete(item(call, 'todo'), call.user),
    'DELETE /todos/{todoId}/completion': (call) => void deeds.reopen(item(call, 'todo'), call.user),

    'GET /recordings/{recordingId}/events': (call) => rows(item(call, null).events.toReversed(), show.event),
    'PUT /recordings/{recordingId}/status/active': (call) => status(call, 'active'),
    'PUT /recordings/{recordingId}/status/archived': (call) => status(call, 'archived'),
    'PUT /recordings/{recordingId}/status/trashed': (call) => status(call, 'trashed'),
    'GET /recordings/{recordingId}/comments': (call) =>
      rows(
        item(call, null).comments.filter((one) => one.status === 'active'),
        show.comment
      ),
    'POST /recordings/{recordingId}/comments': (call) => {
      if (!call.body.content) throw invalid('content')
      return new Created(show.comment(deeds.comment(item(call, null), String(call.body.content), call.user)))
    },
    'GET /comments/{commentId}': (call) => show.comment(comment(call)),
    'PUT /comments/{commentId}': (call) => {
      const said = comment(call)
      if (said.creator !== call.user) throw forbidden()
      deeds.editComment(said, String(call.body.content ?? ''), call.user)
      return show.comment(said)
    },

    'GET /buckets/{bucketId}/webhooks': (call) => {
      if (call.user.client) throw forbidden()
      const own = bucket(call)
      return [...hooks.all.values()].filter((one) => one.bucket === own).map(show.webhook)
    },
    'POST /buckets/{bucketId}/webhooks': (call) => {
      if (call.user.client) throw forbidden()
      const types = Array.isArray(call.body.types) ? call.body.types.map(String) : ['all']
      return new Created(show.webhook(hooks.add(bucket(call), hookUrl(call.body.payload_url), types)))
    },
    'GET /webhooks/{webhookId}': (call) => ({ ...show.webhook(hook(call)), recent_deliveries: [] }),
    'PUT /webhooks/{webhookId}': (call) => {
      const own = hook(call)
      own.url = hookUrl(call.body.payload_url)
      if (Array.isArray(call.body.types)) own.types = call.body.types.map(String)
      if (call.body.active !== undefined) own.active = call.body.active === true
      own.updated = world.clock.now()
      return show.webhook(own)
    },
    'DELETE /webhooks/{webhookId}': (call) => void hooks.all.delete(hook(call).id)
  }
}

function refuse(error: Refused): never {
  throw error
}
