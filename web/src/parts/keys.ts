/** Keys of a page: they work while it is shown, and stand in the list that `?` opens. Never while someone types. */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export interface Key {
  /** As `KeyboardEvent.key` says it; letters in lower case. */
  key: string
  does: string
}

/** Runs `press` with the key that was pressed. What it handles is not handed on to the browser. */
export function useKeys(keys: readonly Key[], press: (key: string, event: KeyboardEvent) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || inUse(event)) return
    if (!keys.some((one) => one.key === key)) return
    event.preventDefault()
    press(key, event)
  })
  // Told apart by what they say, so that a list written anew at each rendering is not taken for a new one.
  const said = JSON.stringify(keys)
  useEffect(() => {
    const mine: Key[] = JSON.parse(said)
    document.addEventListener('keydown', pressed)
    shown = [...shown, mine]
    tell()
    return () => {
      document.removeEventListener('keydown', pressed)
      shown = shown.filter((others) => others !== mine)
      tell()
    }
  }, [said])
}

/** All keys of what is on the page now. */
export const useShownKeys = (): readonly (readonly Key[])[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown
  )

let shown: readonly (readonly Key[])[] = []
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

const TYPED = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const HOLDS_KEYS = '[role=dialog], [role=menu], [role=listbox]'

/** Someone types, or a dialog or menu is open and has the keys. Enter and Space belong to the button or link in focus. */
function inUse(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (target?.matches(TYPED) || target?.closest(HOLDS_KEYS)) return true
  return (event.key === 'Enter' || event.key === ' ') && Boolean(target?.matches('a, button, summary, input'))
}
