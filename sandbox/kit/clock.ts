/**
 * The stand-in's own clock: real time plus an offset that a test may move. `elapsed` never runs backwards, so that
 * windows of a rate limit survive a clock that is set back.
 */
export interface Clock {
  /** Milliseconds since 1970, UTC, as the tool sees them. */
  now(): number
  /** Milliseconds on a line that only moves forward: real time plus every forward jump. */
  elapsed(): number
  /** The clock goes on from this moment. */
  set(at: number): void
}

export function createClock(start: number | null = null): Clock {
  let offset = 0
  let jumped = 0
  const clock: Clock = {
    now: () => Date.now() + offset,
    elapsed: () => performance.now() + jumped,
    set(at) {
      const step = at - clock.now()
      offset += step
      if (step > 0) jumped += step
    }
  }
  if (start !== null) clock.set(start)
  return clock
}
