/**
 * Webhooks of a project (https://github.com/basecamp/bc-api/blob/master/sections/webhooks.md): unsigned; ten tries, then a
 * hook is switched off until somebody switches it on again.
 */
import { randomUUID } from 'node:crypto'
import type { Post } from '../kit/post.ts'
import { type Show, show } from './serialise.ts'
import type { Bucket, Comment, Item, Person, World } from './world.ts'

export interface Hook {
  id: string
  bucket: Bucket
  url: string
  types: string[]
  active: boolean
  created: number
  updated: number
}

const TRIES = 10

export class Hooks {
  readonly all = new Map<string, Hook>()
  readonly #world: World
  readonly #post: Post
  readonly #show: Show

  constructor(world: World, post: Post) {
    this.#world = world
    this.#post = post
    this.#show = show(world)
  }

  add(bucket: Bucket, url: string, types: string[]): Hook {
    const now = this.#world.clock.now()
    const hook = { id: this.#world.id('webhook'), bucket, url, types, active: true, created: now, updated: now }
    this.all.set(hook.id, hook)
    return hook
  }

  fire(item: Item, by: Person, event: string, details: Record<string, unknown> = {}): void {
    const [type, kind] = item.kind === 'card' ? ['Kanban::Card', 'kanban_card'] : ['Todo', 'todo']
    this.#send(item.bucket, type!, () => this.#show.hookBody(`${kind}_${event}`, details, item, by))
  }

  comment(comment: Comment, by: Person, event: string): void {
    this.#send(comment.item.bucket, 'Comment', () => this.#show.hookBody(`comment_${event}`, {}, comment, by))
  }

  #send(bucket: Bucket, type: string, body: () => string): void {
    const hooks = [...this.all.values()].filter(
      (hook) => hook.active && hook.bucket === bucket && (hook.types.includes(type) || hook.types.includes('all'))
    )
    if (hooks.length === 0) return
    const text = body()
    for (const hook of hooks) this.#deliver(hook, text, 1)
  }

  #deliver(hook: Hook, body: string, attempt: number): void {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Basecamp3 Webhook',
      'x-request-id': randomUUID()
    }
    this.#post.deliver({ url: hook.url, headers, body }, (status) => {
      if (status !== null && status >= 200 && status < 300) return
      if (attempt < TRIES) this.#deliver(hook, body, attempt + 1)
      else hook.active = false
    })
  }
}
