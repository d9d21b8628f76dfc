/** The reader's zone and the present, for everything that writes a time. */
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Clock } from '../words/time.ts'

const TICK_MS = 20_000

/** Of the browser: before it is known who reads, and for who has not said where their day begins. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

export const Zone = createContext(OWN_ZONE)

export function useClock(): Clock {
  return { zone: useContext(Zone), now: useSyncExternalStore(subscribe, () => now) }
}

let now = new Date().toISOString()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = new Date().toISOString()
    timer = setInterval(tick, TICK_MS)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function tick(): void {
  now = new Date().toISOString()
  for (const listener of listeners) listener()
}
