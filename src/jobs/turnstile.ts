/**
 * Who gets a place among the looks of this process: a few of each account at a time, so that one whose tool makes it wait
 * leaves room for the others. Who finds no place is called when one of its account is free.
 */
export class Turnstile {
  readonly #places: number
  readonly #inside = new Map<string, number>()
  readonly #waiting = new Map<string, Set<string>>()

  constructor(places: number) {
    this.#places = places
  }

  /** True: come in, and `leave` when done. False: `id` waits to be called. */
  enter(account: string, id: string): boolean {
    const inside = this.#inside.get(account) ?? 0
    if (inside >= this.#places) {
      const waiting = this.#waiting.get(account) ?? new Set()
      this.#waiting.set(account, waiting.add(id))
      return false
    }
    this.#inside.set(account, inside + 1)
    return true
  }

  /** The one who is to be called next, or null. */
  leave(account: string): string | null {
    const inside = (this.#inside.get(account) ?? 1) - 1
    if (inside === 0) this.#inside.delete(account)
    else this.#inside.set(account, inside)
    const waiting = this.#waiting.get(account)
    const [next] = waiting ?? []
    if (next === undefined) return null
    waiting?.delete(next)
    if (waiting?.size === 0) this.#waiting.delete(account)
    return next
  }
}
