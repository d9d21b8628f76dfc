/**
 * A list of any length in windows of 200: those that are looked at are asked for, so that one can jump anywhere. Rows that are not here yet stand as
 * placeholders. Limit: a browser shows no page taller than some 30 million pixels, so the list ends at 500,000 rows.
 */
import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { get } from '../../api/query.ts'
import { asked, type Choice, type Sort, type Task } from './useTaskList.ts'

export interface Placeholder {
  id: string
  waiting: true
}
export type TaskRow = Task | Placeholder

export const isHere = (row: TaskRow): row is Task => !('waiting' in row)

const WINDOW = 200
const MOST = 500_000
const START = { first: 0, last: 40 }

interface Standing {
  rows: TaskRow[]
  total: number
}

export function useWindows(choice: Choice, sort: { by: Sort; down: boolean }, enabled: boolean) {
  const key = JSON.stringify([choice, sort])
  const [range, setRange] = useState({ ...START, key })
  const { first, last } = range.key === key ? range : START
  const places = useMemo(() => {
    const from = Math.floor(first / WINDOW)
    const to = Math.floor(last / WINDOW)
    return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, place) => from + place)])]
  }, [first, last])
  const windows = useQueries({
    queries: places.map((place) => ({
      ...get('/api/tasks', {
        query: { ...asked(choice), sort: sort.by, down: String(sort.down), limit: WINDOW, offset: place * WINDOW }
      }),
      // Another window's rows would stand at the wrong places.
      placeholderData: () => undefined,
      enabled
    }))
  })
  // What was read of this list stays, however far one goes.
  const read = useRef({ key, windows: new Map<number, Task[]>(), total: null as number | null })
  if (read.current.key !== key) read.current = { key, windows: new Map(), total: null }
  for (const [at, place] of places.entries()) {
    const data = windows[at]?.data
    if (data) read.current.windows.set(place, data.tasks)
    if (data && data.total !== null) read.current.total = data.total
  }
  const marks = `${key} ${windows.map(({ dataUpdatedAt }) => dataUpdatedAt).join(' ')}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read changes with the marks.
  const now = useMemo(() => standing(read.current.windows, read.current.total), [marks])
  const kept = useRef<Standing | null>(null)
  if (now !== null) kept.current = now

  const onRange = useCallback(
    (from: number, to: number) =>
      setRange((was) =>
        was.key === key && was.first === from && was.last === to ? was : { first: from, last: to, key }
      ),
    [key]
  )
  useEffect(() => {
    if (key) window.scrollTo({ top: Math.min(window.scrollY, document.body.offsetTop) })
  }, [key])
  const failed = windows.find(({ error }) => error)
  return {
    ...(now ?? kept.current ?? { rows: [], total: 0 }),
    here: (now ?? kept.current) !== null,
    loading: windows.some(({ isFetching }) => isFetching),
    error: now === null ? (failed?.error ?? null) : null,
    again: () => Promise.all(windows.map(({ refetch }) => refetch())),
    onRange
  }
}

function standing(windows: ReadonlyMap<number, Task[]>, total: number | null): Standing | null {
  if (total === null || !windows.has(0)) return null
  const rows: TaskRow[] = Array.from({ length: Math.min(total, MOST) }, (_, place) => {
    const known = windows.get(Math.floor(place / WINDOW))?.[place % WINDOW]
    return known ?? { id: `waiting ${place}`, waiting: true }
  })
  return { rows, total }
}
