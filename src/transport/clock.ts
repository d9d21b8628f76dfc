import { setTimeout as sleep } from 'node:timers/promises'

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
