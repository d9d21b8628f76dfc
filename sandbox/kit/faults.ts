/** What can be made to go wrong, by a script: which requests it hits, and what happens to them. */

export interface FaultOrder {
  /** Method of the requests it hits; all when absent. */
  method?: string
  /** Regular expression on path and query; for GraphQL on path and operation (`/graphql IssuePage`). */
  path?: string
  /** The first matching request it hits, counted from 1. */
  nth?: number
  /** How many it hits from there on; default 1 where `nth` is given, else all. */
  times?: number
  /** Chance between 0 and 1 for each request it could hit; default 1. */
  probability?: number
  effect: Effect
}

export interface Effect {
  /** Answers this instead of doing anything. */
  status?: number
  body?: string
  headers?: Record<string, string>
  /** Waits before anything is done. */
  latencyMs?: number
  /** `before`: hangs up with nothing done. `after`: does it, then hangs up without an answer. */
  drop?: 'before' | 'after'
  /** Does it, then never answers: the caller may be killed meanwhile. */
  hold?: boolean
  /** Hangs up after so many bytes of the answer's body. */
  truncate?: number
  /** Spreads the body over this time. */
  slowMs?: number
}

export interface Fault extends FaultOrder {
  id: string
  matched: number
  fired: number
}

export interface Faults {
  add(order: FaultOrder): Fault
  list(): Fault[]
  clear(): void
  /** What happens to this request, or null. Counts it. */
  strike(method: string, path: string): Effect | null
}

export function createFaults(random: () => number = Math.random): Faults {
  let faults: { fault: Fault; pattern: RegExp | null }[] = []
  let count = 0

  return {
    add(order) {
      count += 1
      const fault = { ...order, id: `fault-${count}`, matched: 0, fired: 0 }
      faults.push({ fault, pattern: order.path === undefined ? null : new RegExp(order.path) })
      return fault
    },
    list: () => faults.map(({ fault }) => fault),
    clear: () => {
      faults = []
    },
    strike(method, path) {
      let struck: Effect | null = null
      for (const { fault, pattern } of faults) {
        if (fault.method && fault.method.toUpperCase() !== method) continue
        if (pattern && !pattern.test(path)) continue
        fault.matched += 1
        const times = fault.times ?? (fault.nth === undefined ? Number.POSITIVE_INFINITY : 1)
        if (struck || fault.matched < (fault.nth ?? 1) || fault.fired >= times) continue
        if (fault.probability !== undefined && random() >= fault.probability) continue
        fault.fired += 1
        struck = fault.effect
      }
      return struck
    }
  }
}
