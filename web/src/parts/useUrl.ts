/**
 * What a list shows is in its address, so that a link restores it: `const [shown, show] = useUrl({ q: '', sort: 'age', open: null as string | null })`.
 * `show({ q: 'oslo' })` changes a part; what is as by default is left out of the address. Typing replaces the entry of the history, opening something adds one.
 */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'

export type Shown = Record<string, string | number | boolean | null | readonly string[]>

export function useUrl<T extends Shown>(
  byDefault: T
): [shown: T, show: (change: Partial<T>, how?: { add?: boolean }) => void] {
  const { current: start } = useRef(byDefault)
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const shown = useMemo(() => read(search, start), [search, start])
  const show = useCallback(
    (change: Partial<T>, { add = false }: { add?: boolean } = {}) =>
      void navigate({
        to: '.',
        search: ((before: Record<string, unknown>) =>
          written({ ...read(before, start), ...change }, before, start)) as never,
        replace: !add,
        resetScroll: false
      }),
    [navigate, start]
  )
  return [shown, show]
}

/** What an address says may be anything: a value of another kind than the default's counts as none. */
function read<T extends Shown>(search: Record<string, unknown>, start: T): T {
  return Object.fromEntries(
    Object.entries(start).map(([name, byDefault]) => [name, suited(search[name], byDefault)])
  ) as T
}

function suited(value: unknown, byDefault: Shown[string]): Shown[string] {
  if (value === undefined || value === null) return byDefault
  if (Array.isArray(byDefault)) return Array.isArray(value) ? value.map(String) : [String(value)]
  // A text that looks like a number has become one in the address.
  if (typeof byDefault === 'string' || byDefault === null) return typeof value === 'object' ? byDefault : String(value)
  return typeof value === typeof byDefault ? (value as Shown[string]) : byDefault
}

function written<T extends Shown>(shown: T, before: Record<string, unknown>, start: T): Record<string, unknown> {
  const kept = Object.entries({ ...before, ...shown }).filter(
    ([name, value]) => !(name in start) || JSON.stringify(value) !== JSON.stringify(start[name])
  )
  return Object.fromEntries(kept)
}
