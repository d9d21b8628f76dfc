/**
 * One process's line to the Redis that others count in too: runs scripts, hears nudges, knows how many processes there
 * are and whether Redis answers. No call lasts longer than `ANSWER_MS`; while Redis is away nothing is asked of it but,
 * every second, whether it is back.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, systemClock } from './clock.ts'
import { LIVE, SCRIPTS, type Script } from './scripts.ts'

/** Redis does not answer, or cannot do what it is asked. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway'
}

/** What listens to this line. */
export interface Listener {
  /** It is worth asking again: another process gave something back, or Redis went or came. */
  changed(): void
  /** Says that what is under way still is; called every `BEAT_MS`. */
  renew(): void
}

const ANSWER_MS = 1_000
export const BEAT_MS = 10_000
const PROBE_MS = 1_000
/** A process that has not been heard of for so long is no longer counted. */
const GONE_MS = 3 * BEAT_MS
/** How many others a process reckons with that has never reached Redis. */
const UNSEEN = 4

type Client = import('ioredis').Redis

export class RedisLink {
  readonly me = randomBytes(6).toString('hex')
  readonly channel: string
  /** How many processes shared the budgets when Redis last answered. */
  sharers = UNSEEN
  /** Since when Redis does not answer, on the clock's line; null while it does. */
  awaySince: number | null
  /** How often Redis came back after it had been away, and when it last did, on the clock's line. */
  returns = 0
  backAt = 0
  readonly #url: string
  readonly #prefix: string
  readonly #clock: Clock
  readonly #listeners = new Map<string, Listener>()
  #client: Client | null = null
  #ears: Client | null = null
  #opening: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  #lost = false
  #closed = false

  constructor(url: string, namespace: string, clock: Clock = systemClock) {
    this.#url = url
    this.#clock = clock
    this.#prefix = `throughline:${namespace}:budgets`
    this.channel = `${this.#prefix}:nudge:`
    this.awaySince = clock.now()
  }

  /** Where new processes are announced. */
  get #everybody(): string {
    return `${this.#prefix}:processes:new`
  }

  /** The four keys of one budget, on one node of a cluster. */
  keysOf(name: string): string[] {
    return ['facts', 'log', 'line', 'alive'].map((part) => `{${this.#prefix}:${name}}:${part}`)
  }

  listen(name: string, listener: Listener): void {
    this.#listeners.set(name, listener)
  }

  /** Whether to ask Redis at all. The first call connects. */
  async ready(): Promise<boolean> {
    if (this.#closed) return false
    this.#opening ??= this.#open()
    await this.#opening
    return this.awaySince === null
  }

  /** Throws `RedisAway`. Calls are carried out in the order they were made. */
  async run(script: Script, keys: string[], args: (string | number)[]): Promise<unknown> {
    const client = this.#client
    if (!client || this.#closed) throw new RedisAway()
    try {
      return await client.evalsha(script.sha, keys.length, ...keys, ...args)
    } catch (cause) {
      // Its protocol begins an error with a code; this one says that the script was never sent there.
      if (String((cause as Error).message).startsWith('NOSCRIPT')) return this.#teach(script, keys, args)
      this.#away()
      throw new RedisAway('Redis does not answer', { cause })
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    if (this.awaySince === null) await this.#client?.zrem(`${this.#prefix}:processes`, this.me).catch(() => {})
    this.#client?.disconnect()
    this.#ears?.disconnect()
  }

  async #teach(script: Script, keys: string[], args: (string | number)[]): Promise<unknown> {
    try {
      return await this.#client?.eval(script.lua, keys.length, ...keys, ...args)
    } catch (cause) {
      this.#away()
      throw new RedisAway('Redis does not answer', { cause })
    }
  }

  async #open(): Promise<void> {
    // Only installations with several processes need it.
    const { Redis } = await import('ioredis')
    const client = new Redis(this.#url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      connectTimeout: ANSWER_MS,
      commandTimeout: ANSWER_MS,
      retryStrategy: (times) => Math.min(100 * times, PROBE_MS)
    })
    const ears = client.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, commandTimeout: undefined })
    this.#client = client
    this.#ears = ears
    for (const one of [client, ears]) one.on('error', () => {})
    client.on('close', () => this.#away())
    // Sent before anything else, so that no first call of a script is overtaken by what was asked after it.
    client.on('ready', () => {
      for (const { lua } of SCRIPTS) void client.script('LOAD', lua).catch(() => {})
      // Back: found out at once, as others may be back already.
      if (this.#lost) this.#next(0)
    })
    ears.on('message', (channel: string, said: string) => {
      if (channel === this.#everybody) this.sharers = Math.max(1, Number(said))
      else this.#listeners.get(said)?.changed()
    })
    // Who says that it lives before it hears would miss who comes after it.
    const connected = [ears.subscribe(`${this.channel}${this.me}`, this.#everybody), client.connect()]
    await Promise.race([Promise.allSettled(connected), sleep(ANSWER_MS, undefined, { ref: false })])
    await this.#beat()
  }

  /** Says that we live, and finds out whether Redis does. */
  async #beat(): Promise<void> {
    try {
      const alive = await this.run(LIVE, [`${this.#prefix}:processes`], [this.me, GONE_MS, this.#everybody])
      this.sharers = Math.max(1, Number(alive))
      if (this.awaySince !== null) this.#back()
      for (const listener of this.#listeners.values()) listener.renew()
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error
      this.#lost = true
    }
    if (!this.#closed) this.#next(this.awaySince === null ? BEAT_MS : PROBE_MS)
  }

  #next(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#beat(), ms)
    this.#timer.unref()
  }

  #away(): void {
    if (this.awaySince !== null || this.#closed) return
    this.#lost = true
    this.awaySince = this.#clock.now()
    this.#next(PROBE_MS)
    this.#tell()
  }

  #back(): void {
    this.awaySince = null
    if (this.#lost) {
      this.#lost = false
      this.returns++
      this.backAt = this.#clock.now()
    }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners.values()) listener.changed()
  }
}
