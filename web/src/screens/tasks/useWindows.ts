/**
 * A list of any length in windows of 200: those that are looked at are asked for, so that one can jump anywhere. Rows that are not here yet stand as
 * placeholders. In groups, the rows come group by group from the hub, and how many there are in each says where its head stands; what is folded is not
 * asked for. Limits: a browser shows no page taller than some 30 million pixels, so the list ends at 500,000 rows, and at 5,000 groups.
 */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { get, type Output } from '../../api/query.ts'
import { asked, type Choice, type Sort, type Task, type Way } from './useTaskList.ts'

export interface Placeholder {
  id: string
  group?: string | null
  waiting: true
}
export type Group = Output<'get', '/api/tasks/groups'>['groups'][number]
export interface Head {
  id: string
  head: Group
  expanded: boolean
}
export type TaskRow = Task | Placeholder | Head

export const isHead = (row: TaskRow): row is Head => 'head' in row
export const isHere = (row: TaskRow): row is Task => !('waiting' in row || 'head' in row)

const WINDOW = 200
const MOST = 500_000
const MOST_GROUPS = 5000
const START = { first: 0, last: 40 }

interface Standing {
  rows: TaskRow[]
  total: number
}

/** A group in the list: where its head stands, and where its rows begin among those of the hub. */
interface Segment {
  group: Group
  first: number
  offset: number
  expanded: boolean
}

export interface Wanted {
  choice: Choice
  sort: { by: Sort; down: boolean }
  way: Way | null
  isFolded: (group: Group) => boolean
  enabled: boolean
}

export function useWindows({ choice, sort, way, isFolded, enabled }: Wanted) {
  const key = JSON.stringify([choice, sort, way])
  const groups = useQuery({
    ...get('/api/tasks/groups', {
      query: { ...asked(choice), by: way ?? 'project', order: 'group', limit: MOST_GROUPS }
    }),
    placeholderData: () => undefined,
    enabled: enabled && way !== null
  })
  const told = way === null ? null : groups.data?.groups
  const segments = useMemo(() => (told ? segmentsOf(told, isFolded) : told), [told, isFolded])
  const [range, setRange] = useState({ ...START, key })
  const { first, last } = range.key === key ? range : START
  const places = useMemo(() => [...new Set([0, ...placesOf(segments ?? null, first, last)])], [segments, first, last])
  const windows = useQueries({
    queries: places.map((place) => ({
      ...get('/api/tasks', {
        query: {
          ...asked(choice),
          sort: sort.by,
          down: String(sort.down),
          ...(way ? { group: way } : {}),
          limit: WINDOW,
          offset: place * WINDOW
        }
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
  const now = useMemo(() => standing(read.current.windows, read.current.total, segments), [marks, segments])
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
  const failed = [groups, ...windows].find(({ error }) => error)
  return {
    ...(now ?? kept.current ?? { rows: [], total: 0 }),
    here: (now ?? kept.current) !== null,
    loading: groups.isFetching || windows.some(({ isFetching }) => isFetching),
    error: now === null ? (failed?.error ?? null) : null,
    again: () => Promise.all([...(way ? [groups] : []), ...windows].map(({ refetch }) => refetch())),
    onRange
  }
}

function segmentsOf(groups: readonly Group[], isFolded: (group: Group) => boolean): Segment[] {
  let first = 0
  let offset = 0
  return groups.map((group) => {
    const segment = { group, first, offset, expanded: !isFolded(group) }
    first += segment.expanded ? group.count + 1 : 1
    offset += group.count
    return segment
  })
}

/** Which windows hold the rows from one place of the list to another. */
function placesOf(segments: readonly Segment[] | null, first: number, last: number): number[] {
  const windows = (from: number, to: number) => {
    const place = Math.floor(from / WINDOW)
    return Array.from({ length: Math.floor(to / WINDOW) - place + 1 }, (_, at) => place + at)
  }
  if (segments === null) return windows(first, last)
  return segments.flatMap(({ group, first: head, offset, expanded }) => {
    const from = Math.max(first, head + 1)
    const to = Math.min(last, head + group.count)
    return expanded && from <= to ? windows(offset + from - head - 1, offset + to - head - 1) : []
  })
}

/** Null while it is not known what stands where. `segments`: null without groups, undefined while they are counted. */
function standing(
  windows: ReadonlyMap<number, Task[]>,
  total: number | null,
  segments: readonly Segment[] | null | undefined
): Standing | null {
  if (total === null || segments === undefined || !windows.has(0)) return null
  const at = (place: number): Task | undefined => windows.get(Math.floor(place / WINDOW))?.[place % WINDOW]
  const waiting = (place: number): Placeholder => ({ id: `waiting ${place}`, waiting: true })
  if (segments === null) {
    const rows = Array.from({ length: Math.min(total, MOST) }, (_, place) => at(place) ?? waiting(place))
    return { rows, total }
  }
  const rows: TaskRow[] = []
  for (const { group, offset, expanded } of segments) {
    if (rows.length >= MOST) break
    rows.push({ id: `head ${group.key ?? ''}`, head: group, expanded })
    const shown = expanded ? Math.min(group.count, MOST - rows.length) : 0
    for (let place = offset; place < offset + shown; place++) {
      const known = at(place)
      // Counted and read at two moments: until both agree it is not known whose place this is.
      rows.push(known && (known.group ?? null) === group.key ? known : waiting(place))
    }
  }
  return { rows, total }
}
