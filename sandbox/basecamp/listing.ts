/** Listings of many cards, sorted once for as long as nothing changes. */
import { Refused } from './refusal.ts'
import type { Bucket, Item, World } from './world.ts'

export class Listing {
  readonly #world: World
  #version = -1
  #known = new Map<string, readonly Item[]>()

  constructor(world: World) {
    this.#world = world
  }

  /** https://github.com/basecamp/bc-api/blob/master/sections/recordings.md */
  recordings(query: URLSearchParams, buckets: readonly Bucket[]): readonly Item[] {
    const kind = KINDS[query.get('type') ?? '']
    if (kind === undefined) throw new Refused(400, { error: 'Unknown type' })
    const status = query.get('status') ?? 'active'
    const sort = query.get('sort') === 'updated_at' ? 'updated' : 'created'
    const descending = (query.get('direction') ?? 'desc') !== 'asc'
    return this.#once(`${kind} ${status} ${sort} ${descending} ${buckets.map(({ id }) => id)}`, () => {
      const rows = buckets
        .flatMap(({ items }) => items)
        .filter((item) => item.kind === kind && !item.gone && item.status === status)
        .sort((a, b) => a[sort] - b[sort] || a.order - b.order)
      return descending ? rows.reverse() : rows
    })
  }

  where(key: string, bucket: Bucket, fits: (item: Item) => boolean): readonly Item[] {
    return this.#once(key, () => bucket.items.filter((item) => !item.gone && fits(item)))
  }

  #once(key: string, list: () => readonly Item[]): readonly Item[] {
    if (this.#version !== this.#world.version) {
      this.#version = this.#world.version
      this.#known = new Map()
    }
    const known = this.#known.get(key) ?? list()
    this.#known.set(key, known)
    return known
  }
}

const KINDS: Record<string, Item['kind']> = { 'Kanban::Card': 'card', Todo: 'todo' }
