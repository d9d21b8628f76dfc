/**
 * Whether the hub can be reached. After a request that got no answer, or an answer that hints at it and `/readyz` confirms, the line is down: one quiet
 * bar says so, and readiness is asked every two seconds until it is back. While somebody looks it is asked every ten, so that whoever only types is told too.
 */

type Listener = () => void

const POLL_MS = 2_000
const LOOK_MS = 10_000
const listeners = new Set<Listener>()
let up = true

export const line = {
  /** For `useSyncExternalStore`. */
  subscribe(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  isUp: (): boolean => up,
  /** A request got no answer at all. */
  lost(): void {
    if (!up) return
    up = false
    tell()
    setTimeout(ask, POLL_MS)
  },
  /** Resolves when the hub can work; at once when it can now. */
  async back(): Promise<void> {
    if (up && (await ready())) return
    line.lost()
    await new Promise<void>((resolve) => {
      const stop = line.subscribe(() => {
        stop()
        resolve()
      })
    })
  },
  /** An answer hints that the hub cannot work just now; only readiness knows. */
  async doubted(): Promise<void> {
    if (up && !(await ready())) line.lost()
  },
  /** Looks by itself until what is returned is called. */
  watch(): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void line.doubted()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }
}

async function ask(): Promise<void> {
  if (!(await ready())) {
    setTimeout(ask, POLL_MS)
    return
  }
  up = true
  tell()
}

const ready = (): Promise<boolean> =>
  fetch('/readyz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false
  )

function tell(): void {
  for (const listener of listeners) listener()
}
