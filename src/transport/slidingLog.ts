/**
 * What a budget has given out, as a sliding log: a unit counts from the moment it is given until a whole period after it
 * came back. Who asks is let pass or told when to come back; the waiting is done elsewhere.
 */
import type { Budget, Quota } from '../adapter.ts'
import type { Clock } from './clock.ts'

/** Smaller goes first: comments and single cards, then incremental pulls, then sweeps. */
export type Urgency = 0 | 1 | 2

/** Gives a unit back: used, it counts for a whole period from now on; unused, not at all. */
export type GiveBack = (used: boolean) => void

export type Window = Pick<Budget, 'amount' | 'perMs' | 'calendarDay'>

export interface Asked {
  units: number
  urgency: Urgency
}

/** Let pass, or told to come back; `certain`: nobody in this place passes earlier, whatever others give back. */
export type Admission = { pass: GiveBack } | { waitMs: number; certain: boolean }

export interface Usage {
  used: number
  amount: number
}

/** Where units are counted: in this process, or in one place for several. */
export interface Log {
  /** Asks for whoever is first in this process. */
  admit(asked: Asked): Admission | Promise<Admission>
  /** Nobody in this process waits any more. */
  leave(): void
  /** Nobody passes for `ms`. */
  close(ms: number): void
  learn(quota: Omit<Quota, 'budget'>): void
  /** How much of it counts now, over all who share it. */
  usage(): Usage | Promise<Usage>
  /** Called when it is worth asking again before the time one was told. */
  changed: () => void
}

const DAY = 86_400_000
const SECOND = 1_000

/**
 * Units that come back are counted together in steps this long, so that a log never has much more than a thousand
 * entries, however many units a period holds. They count until the end of their step: never shorter than they should.
 */
export const stepOf = ({ perMs, calendarDay }: Window): number => (calendarDay ? SECOND : Math.max(1, perMs) / 1000)

interface Slot {
  units: number
  /** When it stops counting. */
  until: number
}

/** The log of one process. */
export class LocalLog implements Log {
  changed = (): void => {}
  /** How many processes divide the budget between them without seeing each other. */
  sharers = 1
  readonly #window: Window
  readonly #clock: Clock
  readonly #underWay = new Set<{ units: number }>()
  #amount: number
  #counted: Slot[] = []
  #closedUntil = 0

  constructor(window: Window, clock: Clock) {
    this.#window = window
    this.#amount = window.amount
    this.#clock = clock
  }

  admit({ units }: Asked): Admission {
    const now = this.#clock.now()
    if (now < this.#closedUntil) return { waitMs: this.#closedUntil - now, certain: true }
    const amount = this.#share(this.#amount)
    // The budget may be smaller than what is asked for at once: who wants more than all of it gets all of it.
    const wanted = Math.min(units, amount)
    const used = this.#used(now)
    if (used === 0 || used + wanted <= amount) return { pass: this.hold(wanted) }
    return this.#freeAfter(used + wanted - amount, now)
  }

  leave(): void {}

  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms)
  }

  /**
   * What the tool says of this budget: its size, and what is left of it. When less is left than we count ourselves,
   * somebody else uses it too, or a request cost more than foreseen: the difference counts until the budget begins anew.
   */
  learn({ amount, left, resetMs }: Omit<Quota, 'budget'>): void {
    if (amount !== undefined && amount > 0) this.#amount = amount
    if (left === undefined) return
    const now = this.#clock.now()
    const beyond = this.#share(this.#amount) - this.#used(now) - Math.floor(Math.max(0, left) / this.sharers)
    if (beyond > 0) this.count(beyond, resetMs ?? this.#period())
  }

  usage(): Usage {
    return { used: Math.round(this.#used(this.#clock.now())), amount: this.#amount }
  }

  /** Counts units as under way without asking. */
  hold(units: number): GiveBack {
    const slot = { units }
    this.#underWay.add(slot)
    return (used) => {
      if (!this.#underWay.delete(slot)) return
      if (used) this.spend(units)
      this.changed()
    }
  }

  /** Counts units that came back now. */
  spend(units: number): void {
    this.count(units, this.#period())
  }

  /** Counts units for `ms` from now on. */
  count(units: number, ms: number): void {
    const step = stepOf(this.#window)
    const until = Math.ceil((this.#clock.now() + ms) / step) * step
    const last = this.#counted.at(-1)
    if (last?.until === until) last.units += units
    else this.#counted.push({ units, until })
  }

  /** What has come back and still counts. */
  counted(): { units: number; ms: number }[] {
    const now = this.#clock.now()
    this.#used(now)
    return this.#counted.map(({ units, until }) => ({ units, ms: until - now }))
  }

  #share(amount: number): number {
    return Math.max(1, Math.floor(amount / this.sharers))
  }

  #used(now: number): number {
    if (this.#counted.some(({ until }) => until <= now))
      this.#counted = this.#counted.filter(({ until }) => until > now)
    return total([...this.#counted, ...this.#underWay])
  }

  /** When so many units more will be free, as far as that is known: what is under way comes back when it does. */
  #freeAfter(missing: number, now: number): Admission {
    let freed = 0
    for (const { units, until } of this.#counted.toSorted((a, b) => a.until - b.until)) {
      freed += units
      if (freed >= missing) return { waitMs: until - now, certain: this.#underWay.size === 0 }
    }
    return { waitMs: Number.POSITIVE_INFINITY, certain: false }
  }

  /** How long a unit that is given back now still counts. */
  #period(): number {
    return this.#window.calendarDay ? DAY - (this.#clock.wall() % DAY) : this.#window.perMs
  }
}

const total = (slots: { units: number }[]): number => slots.reduce((sum, { units }) => sum + units, 0)
