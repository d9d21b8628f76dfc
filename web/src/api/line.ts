/**
 * Whether the hub can be reached. After a request that got no answer, or a 503 that `/readyz` confirms, the line is down: one quiet bar says
 * so, and readiness is asked every two seconds until it is back.
 */

type Listener = () => void

const POLL_MS = 2_000
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
