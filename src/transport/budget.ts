/**
 * Rate budgets as sliding logs: at most `amount` units in any window of `perMs`, whatever the tool's own windows look
 * like. A unit is taken when a request leaves and counts until `perMs` after its answer came back, so the tool, whose
 * clock ticks somewhere between the two, never sees more than `amount` in a window.
 *
 * Guarantee: no 429 by our own doing, as long as nobody else uses the same token. Waiters are served in order of
 * priority, then of arrival. Limit: one process; several share a budget through Redis.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Budget, Quota } from '../adapter.ts'

/** Smaller goes first: comments and single cards, then incremental pulls, then sweeps. */
export type Urgency = 0 | 1 | 2

export interface Clock {
  /** Milliseconds on a line that only moves forward. */
  now(): number
  /** Milliseconds since 1970, UTC. */
  wall(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal })
}

/** Gives a unit back: used, it counts for a whole period from now on; unused, not at all. */
export type GiveBack = (used: boolean) => void

interface Waiter {
  units: number
  urgency: Urgency
  grant: (giveBack: GiveBack) => void
}

interface Slot {
  units: number
  /** When it stops counting; infinite while the request is under way. */
  until: number
}

const DAY = 86_400_000
/** Timers of more milliseconds than a 32-bit number holds go off at once. */
const LONGEST_SLEEP = 2 ** 31 - 1

/** One budget of one token, key or account. */
export class Meter {
  readonly #budget: Pick<Budget, 'perMs' | 'calendarDay'>
  readonly #clock: Clock
  #amount: number
  #slots: Slot[] = []
  #waiting: Waiter[] = []
  #closedUntil = 0
  #alarm: { at: number; off: AbortController } | null = null

  constructor(budget: Pick<Budget, 'amount' | 'perMs' | 'calendarDay'>, clock: Clock = systemClock) {
    this.#budget = budget
    this.#amount = budget.amount
    this.#clock = clock
  }

  /** Waits until `units` fit; resolves to what must be called when the answer is in. */
  take(units: number, urgency: Urgency, signal?: AbortSignal): Promise<GiveBack> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter)
        reject(signal?.reason)
        this.#serve()
      }
      const grant = (giveBack: GiveBack) => {
        signal?.removeEventListener('abort', leave)
        resolve(giveBack)
      }
      const waiter: Waiter = { units: Math.min(units, this.#amount), urgency, grant }
      const after = this.#waiting.findLastIndex((other) => other.urgency <= urgency)
      this.#waiting.splice(after + 1, 0, waiter)
      signal?.addEventListener('abort', leave, { once: true })
      this.#serve()
    })
  }

  /** Milliseconds for which nobody passes; 0 when open. */
  get closedFor(): number {
    return Math.max(0, this.#closedUntil - this.#clock.now())
  }

  /** Nobody passes for `ms`: the tool said so. */
  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms)
  }

  /**
   * What the tool says of this budget: its size, and what is left of it. When less is left than we count ourselves,
   * somebody else uses it too, or a request cost more than foreseen: the difference counts until the budget begins anew.
   */
  learn({ amount, left, resetMs }: Omit<Quota, 'budget'>): void {
    if (amount !== undefined && amount > 0) this.#amount = amount
    if (left !== undefined) {
      const now = this.#clock.now()
      const used = this.#slots.reduce((sum, slot) => sum + (slot.until > now ? slot.units : 0), 0)
      const beyond = this.#amount - used - Math.max(0, left)
      if (beyond > 0) this.#slots.push({ units: beyond, until: now + (resetMs ?? this.#period()) })
    }
    this.#serve()
  }

  /** How long a unit that is given back now still counts. */
  #period(): number {
    return this.#budget.calendarDay ? DAY - (this.#clock.wall() % DAY) : this.#budget.perMs
  }

  /** Lets pass who fits now, in order; sets the alarm for the moment the next unit comes free. */
  #serve(): void {
    const now = this.#clock.now()
    this.#slots = this.#slots.filter((slot) => slot.until > now)
    let used = this.#slots.reduce((sum, slot) => sum + slot.units, 0)
    for (let first = this.#waiting[0]; first && now >= this.#closedUntil; first = this.#waiting[0]) {
      // The budget may have shrunk since it was asked for: who wants more than all of it gets all of it.
      if (used > 0 && used + first.units > this.#amount) break
      this.#waiting.shift()
      used += first.units
      const slot: Slot = { units: first.units, until: Number.POSITIVE_INFINITY }
      this.#slots.push(slot)
      first.grant((sent) => {
        slot.until = sent ? this.#clock.now() + this.#period() : 0
        this.#serve()
      })
    }
    if (this.#waiting.length > 0) this.#wakeAt(now)
    else this.#alarmOff()
  }

  #wakeAt(now: number): void {
    const next = now < this.#closedUntil ? this.#closedUntil : Math.min(...this.#slots.map((slot) => slot.until))
    // Only requests under way stand before us: their answers will serve the queue.
    if (next === Number.POSITIVE_INFINITY || (this.#alarm && next >= this.#alarm.at)) return
    this.#alarmOff()
    const alarm = { at: next, off: new AbortController() }
    this.#alarm = alarm
    this.#clock.sleep(Math.min(next - now + 1, LONGEST_SLEEP), alarm.off.signal).then(
      () => {
        if (this.#alarm === alarm) this.#alarm = null
        this.#serve()
      },
      () => {}
    )
  }

  /** Nobody waits any more: a timer left behind would keep the process alive. */
  #alarmOff(): void {
    this.#alarm?.off.abort()
    this.#alarm = null
  }
}

/** What this process shares between its requests: a meter per budget and owner, and lanes. */
export class Meters {
  readonly #clock: Clock
  readonly #meters = new Map<string, Meter>()
  readonly #lanes = new Map<string, Promise<unknown>>()

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** `owner` is what the budget counts by: a digest of the token, the key, the account. */
  meter(tool: string, budget: Budget, owner: string): Meter {
    const key = `${tool} ${budget.name} ${owner}`
    const meter = this.#meters.get(key) ?? new Meter(budget, this.#clock)
    this.#meters.set(key, meter)
    return meter
  }

  /** Does one thing of a lane after the other, in the order they came. */
  async lane<T>(lane: string, task: () => Promise<T>): Promise<T> {
    const before = this.#lanes.get(lane)
    const done = (before ?? Promise.resolve()).then(task, task)
    this.#lanes.set(lane, done)
    try {
      return await done
    } finally {
      if (this.#lanes.get(lane) === done) this.#lanes.delete(lane)
    }
  }
}
