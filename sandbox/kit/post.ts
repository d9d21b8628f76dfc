/** Webhooks on their way out: sent, held back or lost, and sent again on demand. */
import type { Clock } from './clock.ts'

export interface Parcel {
  url: string
  headers: Record<string, string>
  body: string
}

interface Sent extends Parcel {
  at: string
  /** What the receiver answered; null while unanswered or when it could not be reached. */
  status: number | null
}

export class Post {
  /** `hold` keeps parcels until they are released; `lose` forgets them. */
  mode: 'send' | 'hold' | 'lose' = 'send'
  readonly sent: Sent[] = []
  #held: { parcel: Parcel; told: (status: number | null) => void }[] = []
  #under: Promise<void> = Promise.resolve()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Sends one after the other. `told` hears the receiver's status, null when there was none. */
  deliver(parcel: Parcel, told: (status: number | null) => void = () => {}): void {
    if (this.mode === 'lose') return
    if (this.mode === 'hold') this.#held.push({ parcel, told })
    else this.#queue(parcel, told)
  }

  /** Sends what was held back, in this order of its indices or as it came. */
  release(order = this.#held.map((_, index) => index)): void {
    const held = this.#held
    this.#held = []
    for (const index of order) if (held[index]) this.#queue(held[index].parcel, held[index].told)
  }

  /** Sends a parcel again, as it was: an index counted from the last one back (`-1`) or from the first. */
  again(index: number): void {
    const parcel = this.sent.at(index)
    if (parcel) this.#queue(parcel, () => {})
  }

  /** When all that is on its way has been answered. */
  async idle(): Promise<void> {
    for (let under: Promise<void> | null = null; under !== this.#under; ) {
      under = this.#under
      await under
    }
  }

  /** Asks a receiver something and hears its answer, as tools do when a hook is registered; null: not reached. */
  async ask(method: string, parcel: Parcel): Promise<{ status: number; body: string } | null> {
    try {
      const response = await fetch(parcel.url, {
        method,
        headers: parcel.headers,
        redirect: 'manual',
        ...(method === 'POST' ? { body: parcel.body } : {}),
        signal: AbortSignal.timeout(10_000)
      })
      return { status: response.status, body: await response.text() }
    } catch {
      return null
    }
  }

  #queue({ url, headers, body }: Parcel, told: (status: number | null) => void): void {
    this.#under = this.#under.then(async () => {
      const line: Sent = { url, headers, body, at: new Date(this.#clock.now()).toISOString(), status: null }
      this.sent.push(line)
      line.status = (await this.ask('POST', { url, headers, body }))?.status ?? null
      told(line.status)
    })
  }
}
