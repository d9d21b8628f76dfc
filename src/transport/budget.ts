/**
 * Rate budgets: at most `amount` units in any window of `perMs`, whatever the tool's own windows look like. A unit is
 * taken when a request leaves and counts until `perMs` after its answer came back, so the tool, whose clock ticks
 * somewhere between the two, never sees more than `amount` in a window.
 *
 * Guarantee: no 429 by our own doing, as long as nobody else uses the same token. Waiters are served in order of urgency,
 * then of arrival; who would certainly wait longer than its patience is told so at once. Limit: one process, unless the
 * meters are `sharedMeters`, whose head says what holds for several.
 */
import type { Budget, Quota } from '../adapter.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Asked, type GiveBack, LocalLog, type Log, type Urgency, type Usage, type Window } from './slidingLog.ts'

export { type Clock, systemClock } from './clock.ts'
export type { GiveBack, Urgency } from './slidingLog.ts'

/** Nobody passes for longer than the asker would wait. */
export class BudgetUsedUp extends Error {
  override readonly name = 'BudgetUsedUp'
  /** Milliseconds from now. */
  readonly forMs: number
  constructor(forMs: number) {
    super(`The budget is used up for ${Math.ceil(forMs / 1000)} seconds.`)
    this.forMs = forMs
  }
}

export interface Taking {
  signal?: AbortSignal | undefined
  /** Milliseconds; without end when absent. */
  patience?: number
}

interface Waiter extends Asked {
  patience: number
  grant: (giveBack: GiveBack) => void
  refuse: (reason: unknown) => void
}

/** Timers of more milliseconds than a 32-bit number holds go off at once. */
const LONGEST_SLEEP = 2 ** 31 - 1

/** One budget of one token, key or account: the waiting before its log. */
export class Meter {
  readonly #log: Log
  readonly #clock: Clock
  #waiting: Waiter[] = []
  #serving = false
  #again = false
  #alarm: { at: number; off: AbortController } | null = null

  constructor(window: Window, clock: Clock = systemClock, log: Log = new LocalLog(window, clock)) {
    this.#clock = clock
    this.#log = log
    log.changed = () => this.#serve()
  }

  /**
   * Waits until `units` fit; resolves to what must be called when the answer is in. Throws `BudgetUsedUp` when the wait
   * is sure to be longer than `patience`.
   */
  take(units: number, urgency: Urgency, { signal, patience = Number.POSITIVE_INFINITY }: Taking = {}) {
    return new Promise<GiveBack>((resolve, reject) => {
      signal?.throwIfAborted()
      const leave = () => {
        this.#drop(waiter)
        reject(signal?.reason)
        this.#serve()
      }
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          signal?.removeEventListener('abort', leave)
          settle(value)
        }
      }
      const waiter: Waiter = { units, urgency, patience, grant: settled(resolve), refuse: settled(reject) }
      const after = this.#waiting.findLastIndex((other) => other.urgency <= urgency)
      this.#waiting.splice(after + 1, 0, waiter)
      signal?.addEventListener('abort', leave, { once: true })
      // Who is not first need not ask: the first one's alarm will serve it.
      if (after === -1 || !this.#alarm) this.#serve()
    })
  }

  /** Nobody passes for `ms`: the tool said so. */
  close(ms: number): void {
    this.#log.close(ms)
    this.#serve()
  }

  /** What the tool says of this budget: its size, and what is left of it. */
  learn(quota: Omit<Quota, 'budget'>): void {
    this.#log.learn(quota)
    this.#serve()
  }

  usage(): Usage | Promise<Usage> {
    return this.#log.usage()
  }

  #serve(): void {
    this.#again = true
    if (this.#serving) return
    this.#serving = true
    void this.#loop().finally(() => {
      this.#serving = false
      // Asked for between the last look and here.
      if (this.#again) this.#serve()
    })
  }

  async #loop(): Promise<void> {
    while (this.#again) {
      this.#again = false
      while (this.#waiting[0] && (await this.#settled(this.#waiting[0]))) {}
    }
    if (this.#waiting.length > 0) return
    this.#alarmOff()
    this.#log.leave()
  }

  /** Asks for the first one; false when it has to wait. */
  async #settled(first: Waiter): Promise<boolean> {
    const answer = await this.#log.admit(first)
    if ('pass' in answer) {
      if (this.#drop(first)) first.grant(answer.pass)
      else answer.pass(false)
      return true
    }
    if (answer.certain && answer.waitMs > first.patience) {
      if (this.#drop(first)) first.refuse(new BudgetUsedUp(answer.waitMs))
      return true
    }
    if (this.#waiting[0] !== first) return true
    this.#wakeIn(answer.waitMs)
    return false
  }

  /** False when it had left already. */
  #drop(waiter: Waiter): boolean {
    const at = this.#waiting.indexOf(waiter)
    if (at >= 0) this.#waiting.splice(at, 1)
    return at >= 0
  }

  #wakeIn(ms: number): void {
    // Only requests under way stand before us: their answers will serve the queue.
    if (ms === Number.POSITIVE_INFINITY) return
    const at = this.#clock.now() + ms
    if (this.#alarm && at >= this.#alarm.at) return
    this.#alarmOff()
    const alarm = { at, off: new AbortController() }
    this.#alarm = alarm
    this.#clock.sleep(Math.min(ms + 1, LONGEST_SLEEP), alarm.off.signal).then(
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

/** Where meters count: `log` makes the log of one, by its name. */
export interface Ledger {
  log(name: string, window: Window): Log
  close(): Promise<void>
}

const inThisProcess = (clock: Clock): Ledger => ({
  log: (_name, window) => new LocalLog(window, clock),
  close: async () => {}
})

/** A lane is a budget of one that is free again as soon as it comes back. */
const LANE: Window = { amount: 1, perMs: 0 }

/** What requests share: a meter per budget and owner, and lanes. */
export class Meters {
  readonly clock: Clock
  readonly #ledger: Ledger
  readonly #meters = new Map<string, Meter>()
  readonly #lanes = new Map<string, Meter>()

  constructor(clock: Clock = systemClock, ledger: Ledger = inThisProcess(clock)) {
    this.clock = clock
    this.#ledger = ledger
  }

  /** `owner` is what the budget counts by: a digest of the token, the key, the account. */
  meter(tool: string, budget: Budget, owner: string): Meter {
    const name = `${tool} ${budget.name} ${owner}`
    const meter = this.#meters.get(name) ?? new Meter(budget, this.clock, this.#ledger.log(name, budget))
    this.#meters.set(name, meter)
    return meter
  }

  /** Does one thing of a lane after the other, in the order they came. */
  async lane<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const lane = this.#lanes.get(name) ?? new Meter(LANE, this.clock, this.#ledger.log(`lane ${name}`, LANE))
    this.#lanes.set(name, lane)
    const giveBack = await lane.take(1, 0, { signal })
    try {
      return await task()
    } finally {
      giveBack(false)
    }
  }

  async close(): Promise<void> {
    await this.#ledger.close()
  }
}
