/** The units of the last `span` milliseconds, as most tools count them. */
export class SlidingLog {
  readonly #span: number
  readonly #most: number
  #taken: { at: number; units: number }[] = []

  constructor(span: number, most: number) {
    this.#span = span
    this.#most = most
  }

  /** What is left at this moment (`clock.elapsed()`). */
  left(at: number): number {
    this.#forget(at)
    return this.#most - this.#taken.reduce((sum, { units }) => sum + units, 0)
  }

  add(at: number, units = 1): void {
    this.#taken.push({ at, units })
  }

  /** Milliseconds until the oldest unit no longer counts; 0 when nothing counts. */
  resetIn(at: number): number {
    this.#forget(at)
    const oldest = this.#taken[0]
    return oldest ? oldest.at + this.#span - at : 0
  }

  #forget(at: number): void {
    const start = this.#taken.findIndex((one) => one.at > at - this.#span)
    this.#taken = start < 0 ? [] : start === 0 ? this.#taken : this.#taken.slice(start)
  }
}
