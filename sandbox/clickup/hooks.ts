/**
 * Webhooks of a workspace (https://developer.clickup.com/docs/webhooks, …/webhookhealth, …/webhooksignature): each change
 * goes out as what it is and as `taskUpdated`, signed; five tries; a hundred lost events, or 401 or 410 once, switch a hook off.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Post } from '../kit/post.ts'
import { bad } from './refusal.ts'
import { userJson } from './serialise.ts'
import type { Task, Team, User, World } from './world.ts'

export interface Hook {
  id: string
  team: Team
  user: User
  endpoint: string
  events: string[]
  place: { task_id: string | null; list_id: string | null; folder_id: string | null; space_id: string | null }
  health: { status: 'active' | 'failing' | 'suspended'; fail_count: number }
  secret: string
}

export interface Item {
  field: string
  before?: unknown
  after?: unknown
  data?: Record<string, unknown>
  /** Further keys (`comment`, `custom_field`). */
  more?: Record<string, unknown>
  /** Where the item is an old one. */
  id?: string
  date?: number
}

const TRIES = 5
const MOST_FAILURES = 100

export class Hooks {
  readonly all = new Map<string, Hook>()
  readonly #world: World
  readonly #post: Post

  constructor(world: World, post: Post) {
    this.#world = world
    this.#post = post
  }

  add(hook: Omit<Hook, 'id' | 'health' | 'secret'>): Hook {
    const same = [...this.all.values()].some(
      (one) =>
        one.user === hook.user &&
        one.endpoint === hook.endpoint &&
        JSON.stringify(one.place) === JSON.stringify(hook.place)
    )
    if (same) throw bad('Webhook configuration already exists')
    const id = this.#world.id('other')
    const secret = createHash('sha256').update(`secret of ${id}`).digest('hex').toUpperCase()
    const added: Hook = { ...hook, id, secret, health: { status: 'active', fail_count: 0 } }
    this.all.set(id, added)
    return added
  }

  /** One change of a task, in as many events as it causes: `repeated` in all of them but `taskUpdated`'s own. */
  fire(task: Task, by: User, events: readonly string[], given: readonly Item[]): void {
    const items = given.map((item) => this.#item(task, by, item))
    for (const event of events) this.#send(task, event, { event, history_items: items, task_id: task.id })
  }

  deleted(task: Task): void {
    this.#send(task, 'taskDeleted', { event: 'taskDeleted', task_id: task.id })
  }

  #item(task: Task, by: User, { field, before = null, after = null, data = {}, more = {}, id, date }: Item) {
    return {
      id: id ?? this.#world.id('history'),
      type: 1,
      date: String(date ?? this.#world.clock.now()),
      field,
      parent_id: task.list.id,
      data,
      source: null,
      user: userJson(by),
      before,
      after,
      ...more
    }
  }

  #send(task: Task, event: string, body: Record<string, unknown>): void {
    for (const hook of this.all.values()) {
      if (hook.health.status === 'suspended' || !(hook.events.includes(event) || hook.events.includes('*'))) continue
      if (isAbout(hook, task)) this.#deliver(hook, JSON.stringify({ ...body, webhook_id: hook.id }), 1)
    }
  }

  #deliver(hook: Hook, body: string, attempt: number): void {
    const signature = createHmac('sha256', hook.secret).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-signature': signature }
    this.#post.deliver({ url: hook.endpoint, headers, body }, (status) => {
      const { health } = hook
      if (status !== null && status >= 200 && status < 300) hook.health = { status: 'active', fail_count: 0 }
      else if (status === 401 || status === 410) health.status = 'suspended'
      else if (attempt < TRIES) this.#deliver(hook, body, attempt + 1)
      else {
        health.fail_count += 1
        health.status = health.fail_count >= MOST_FAILURES ? 'suspended' : 'failing'
      }
    })
  }
}

function isAbout({ place, team }: Hook, task: Task): boolean {
  const { list } = task
  return (
    list.space.team === team &&
    [
      [place.task_id, task.id],
      [place.list_id, list.id],
      [place.folder_id, list.folder?.id],
      [place.space_id, list.space.id]
    ].every(([wanted, is]) => wanted === null || wanted === is)
  )
}

export const hookJson = (hook: Hook) => ({
  id: hook.id,
  userid: hook.user.id,
  team_id: Number(hook.team.id),
  endpoint: hook.endpoint,
  client_id: 'SANDBOX',
  events: hook.events,
  ...hook.place,
  health: hook.health,
  secret: hook.secret
})
