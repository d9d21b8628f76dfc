/**
 * Budgets that several processes share through Redis: one sliding log for all of them, kept by scripts that run one at a
 * time and by Redis' own clock, so that the clocks of machines do not matter.
 *
 * Guarantees, while Redis answers: at most `amount` units in any window over all processes. What one is told – closed
 * until then, so much left – all obey. The most urgent goes first, whichever process it waits in; among equals processes
 * take turns. Nobody polls: who has to wait is told how long, and nudged when something comes back earlier. What a killed
 * process had under way counts as if it had come back `LEASE_MS` after it was last heard of; its place in the line is
 * given up `GRACE_MS` after it did not come.
 *
 * Redis away, at the start or later: each process goes on alone with its share, the amount divided by how many processes
 * there were, after a pause of one period (10 s at most), so that what the others were given just before has passed. When
 * Redis is back everyone first says what it sent alone. The same if Redis comes back empty or is flushed: the log begins
 * anew with what the processes know they sent, and rests for a period (10 s at most) until all have told.
 *
 * Limits: with periods longer than 10 s the pauses above do not cover a whole window; up to twice the amount may then pass
 * once in the window around an outage, unless the tool says what is left. A process that alone cannot reach Redis takes
 * its share on top of what the others take. A budget smaller than the number of processes, and a lane, is not shared
 * while Redis is away.
 */
import { randomBytes } from 'node:crypto'
import type { Quota } from '../adapter.ts'
import { Meters } from './budget.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Listener, RedisAway, RedisLink } from './redisLink.ts'
import { ADMIT, CLOSE, GIVE_BACK, LEARN, LEAVE, RENEW, type Script, TELL, USAGE } from './scripts.ts'
import {
  type Admission,
  type Asked,
  type GiveBack,
  LocalLog,
  type Log,
  stepOf,
  type Usage,
  type Window
} from './slidingLog.ts'

/** How long a unit is taken to be under way after its process was last heard of. Renewed every ten seconds. */
const LEASE_MS = 30_000
/** How much later than told a process may ask again before its place is given to the next. */
const GRACE_MS = 2_000
/** Told to come back where nobody knows when something will be free; a nudge comes earlier. */
const BLIND_MS = 5_000
/** The longest rest when the log changes hands. */
const HANDOVER_MS = 10_000
/** Long enough for every process to notice that Redis is back. */
const RETURN_MS = 3_000
/** A log is forgotten by Redis when nobody needed it for a day. */
const KEPT_MS = 86_400_000

export interface SharedOptions {
  /** Redis' time in tests, in milliseconds since 1970. */
  now?: () => number
}

/** Meters whose budgets and lanes all processes with this Redis and namespace share. */
export function sharedMeters(url: string, namespace: string, { now }: SharedOptions = {}): Meters {
  const link = new RedisLink(url, namespace)
  return new Meters(systemClock, {
    log: (name, window) => new SharedLog(link, name, window, systemClock, now),
    close: () => link.close()
  })
}

class SharedLog implements Log, Listener {
  changed = (): void => {}
  readonly #link: RedisLink
  readonly #name: string
  readonly #window: Window
  readonly #clock: Clock
  readonly #now: (() => number) | undefined
  readonly #keys: string[]
  /** What this process sent itself; decides while Redis is away. */
  readonly #own: LocalLog
  /** Sent, and not known to the shared log. */
  #untold: LocalLog
  #closedAlone = 0
  /** Under way in the shared log. */
  readonly #held = new Set<string>()
  #life = ''
  #heardAt = 0
  #waits = false
  #behind = false
  /** Of the link's returns, the one this log has reacted to. */
  #returns = 0

  constructor(link: RedisLink, name: string, window: Window, clock: Clock, now?: () => number) {
    this.#link = link
    this.#name = name
    this.#window = window
    this.#clock = clock
    this.#now = now
    this.#keys = link.keysOf(name)
    this.#own = new LocalLog(window, clock)
    this.#untold = new LocalLog(window, clock)
    // What comes back while Redis answers is heard of from there.
    this.#own.changed = () => {
      if (this.#away) this.changed()
    }
    link.listen(name, { changed: () => this.changed(), renew: () => this.renew() })
  }

  async admit(asked: Asked): Promise<Admission> {
    try {
      // Twice at most: an emptied log is told what we know, then asked anew.
      for (let round = 0; round < 3 && (await this.#link.ready()); round++) {
        if (this.#behind || this.#returns !== this.#link.returns) await this.#tell()
        const admission = await this.#ask(asked)
        if (admission) return admission
      }
    } catch (error) {
      unlessAway(error)
    }
    return this.#alone(asked)
  }

  leave(): void {
    if (!this.#waits) return
    this.#waits = false
    this.#send(LEAVE)
  }

  close(ms: number): void {
    this.#own.close(ms)
    if (!this.#away) this.#send(CLOSE, Math.ceil(ms))
    else {
      this.#closedAlone = this.#clock.now() + ms
      this.#behind = true
    }
  }

  /** Without Redis: what this process sent. */
  async usage(): Promise<Usage> {
    try {
      if (await this.#link.ready()) {
        const [used, amount] = (await this.#run(USAGE, [])) as [string, string]
        return { used: Number(used), amount: Number(amount) }
      }
    } catch (error) {
      unlessAway(error)
    }
    return this.#own.usage()
  }

  learn(quota: Omit<Quota, 'budget'>): void {
    const { amount = -1, left = -1, resetMs = -1 } = quota
    this.#own.sharers = this.#link.sharers
    if (this.#away) this.#own.learn(quota)
    else {
      if (amount > 0) this.#own.learn({ amount })
      this.#send(
        LEARN,
        Math.floor(amount),
        quota.left === undefined ? -1 : Math.max(0, Math.floor(left)),
        Math.ceil(resetMs)
      )
    }
  }

  renew(): void {
    if (this.#held.size > 0) this.#send(RENEW, LEASE_MS, ...this.#held)
  }

  get #away(): boolean {
    return this.#link.awaySince !== null
  }

  /** Null when the log is not the one we knew. */
  async #ask({ units, urgency }: Asked): Promise<Admission | null> {
    if (this.#clock.now() - this.#heardAt > KEPT_MS) this.#life = ''
    const id = randomBytes(8).toString('hex')
    const fresh = randomBytes(6).toString('hex')
    const quiet = Math.min(this.#window.perMs, HANDOVER_MS)
    const asked = [Math.ceil(units), urgency, id, LEASE_MS, BLIND_MS, GRACE_MS, fresh, quiet]
    const answer = (await this.#run(ADMIT, asked)) as [string, string, number, string]
    const [word, number, certainty, life] = answer
    const knew = this.#life
    this.#life = life
    this.#heardAt = this.#clock.now()
    if (word === 'forgotten' && knew !== life) {
      this.#untold = this.#own
      this.#behind = true
      return null
    }
    this.#waits = word === 'wait'
    const said = Number(number)
    if (word === 'pass') return { pass: this.#passed(id, said) }
    if (certainty === CLOSED) this.#own.close(said)
    return { waitMs: said, certain: certainty > 0 }
  }

  #passed(id: string, units: number): GiveBack {
    const own = this.#own.hold(units)
    this.#held.add(id)
    return (used) => {
      if (!this.#held.delete(id)) return
      own(used)
      // Away: its lease ends by itself, and it counts from then on.
      if (!this.#away) this.#send(GIVE_BACK, id, used ? 1 : 0, units)
    }
  }

  #alone(asked: Asked): Admission {
    const rest = (this.#link.awaySince ?? 0) + Math.min(this.#window.perMs, HANDOVER_MS) - this.#clock.now()
    if (rest > 0) return { waitMs: rest, certain: false }
    this.#own.sharers = this.#link.sharers
    this.#waits = false
    const admission = this.#own.admit(asked)
    if (!('pass' in admission)) return admission
    const { pass } = admission
    return {
      pass: (used) => {
        pass(used)
        if (!used) return
        if (this.#untold !== this.#own) this.#untold.spend(asked.units)
        this.#behind = true
        if (!this.#away) this.#tell().catch(unlessAway)
      }
    }
  }

  /** Everything that counts and that the shared log has not heard of. When Redis just came back, all wait for all. */
  async #tell(): Promise<void> {
    const { returns, backAt } = this.#link
    const now = this.#clock.now()
    const rest = this.#returns === returns || this.#window.perMs === 0 ? 0 : backAt + RETURN_MS - now
    const closed = Math.max(0, rest, this.#closedAlone - now)
    const news = this.#untold.counted().flatMap(({ units, ms }) => [units, Math.ceil(ms)])
    this.#untold = new LocalLog(this.#window, this.#clock)
    this.#returns = returns
    this.#behind = false
    await this.#run(TELL, [Math.ceil(closed), ...news]).catch((error: unknown) => {
      // Whether it was heard is open: better twice than not at all.
      this.#untold = this.#own
      this.#behind = true
      throw error
    })
  }

  #run(script: Script, args: (string | number)[]): Promise<unknown> {
    const { perMs, calendarDay, amount } = this.#window
    const step = Math.max(1, Math.ceil(stepOf(this.#window)))
    const now = Math.floor(this.#now?.() ?? 0)
    const { me, channel } = this.#link
    const common = [now, perMs, calendarDay ? 1 : 0, step, amount, me, this.#life, channel, this.#name]
    return this.#link.run(script, this.#keys, [...common, ...args])
  }

  /** Nobody waits for it; when Redis is away it is told otherwise, or not needed. */
  #send(script: Script, ...args: (string | number)[]): void {
    this.#run(script, args).catch(unlessAway)
  }
}

function unlessAway(error: unknown): void {
  if (!(error instanceof RedisAway)) throw error
}

/** What `ADMIT` says of a wait because the budget is closed. */
const CLOSED = 2
