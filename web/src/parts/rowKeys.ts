/** The keys of a table: which row is the current one, and what J, K, Home, End, Enter, X and Esc do to it. The focus goes with it. */
import {
  type KeyboardEvent as ReactKeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState
} from 'react'
import { words } from '../words/en.ts'
import type { Heads } from './DataTable.tsx'
import { useKeys } from './keys.ts'

interface Rows<Row> {
  rows: readonly Row[]
  keyOf: (row: Row) => string
  open?: string | null
  onOpen?: (row: Row) => void
  onClose?: () => void
  checked?: ReadonlySet<string>
  onCheck?: (keys: ReadonlySet<string>) => void
  /** Brings a row into sight. */
  show: (place: number) => void
  body: RefObject<HTMLElement | null>
  heads?: Heads<Row>
}

export function useRowKeys<Row>({
  rows,
  keyOf,
  open,
  onOpen,
  onClose,
  checked,
  onCheck,
  show,
  body,
  heads
}: Rows<Row>) {
  const [current, setCurrent] = useState<number | null>(null)
  const [goTo, setGoTo] = useState<number | null>(null)

  const focus = (place: number): boolean => {
    const row = body.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)
    row?.focus({ preventScroll: true })
    return Boolean(row)
  }

  // A row far away is put into the page first, and takes the focus when it is there.
  useEffect(() => {
    if (goTo !== null && focus(goTo)) setGoTo(null)
  })

  // A row that had the focus may be replaced, as when its card arrives: its place keeps it until somebody goes elsewhere.
  const held = useRef(false)
  useEffect(() => {
    const elsewhere = ({ target }: Event) => {
      held.current = target instanceof Node && body.current?.contains(target) === true
    }
    document.addEventListener('focusin', elsewhere)
    document.addEventListener('pointerdown', elsewhere)
    return () => {
      document.removeEventListener('focusin', elsewhere)
      document.removeEventListener('pointerdown', elsewhere)
    }
  }, [body])
  useLayoutEffect(() => {
    if (held.current && current !== null && document.activeElement === document.body) focus(current)
  })

  /** From the row that is the current one; any number of rows, as far as there are any. */
  function move(by: number): void {
    if (rows.length === 0) return
    const place = current === null ? 0 : Math.min(rows.length - 1, Math.max(0, current + by))
    setCurrent(place)
    show(place)
    setGoTo(place)
    // With something open, moving reads on.
    const row = rows[place]
    if (open && row !== undefined && !heads?.of(row)) onOpen?.(row)
  }

  function press(key: string): void {
    const row = current === null ? undefined : rows[current]
    if (key === 'j') move(1)
    if (key === 'k') move(-1)
    if (key === 'Enter' && row !== undefined) {
      if (heads?.of(row)) heads.onFold(row)
      else onOpen?.(row)
    }
    if (key === 'Escape' && open) onClose?.()
    if (key === 'x' && row !== undefined && !heads?.of(row) && checked && onCheck) {
      const next = new Set(checked)
      if (!next.delete(keyOf(row))) next.add(keyOf(row))
      onCheck(next)
    }
  }

  useKeys(
    [
      { key: 'j', does: words.keys.down },
      { key: 'k', does: words.keys.up },
      ...(onOpen ? [{ key: 'Enter', does: words.keys.open }] : []),
      ...(onCheck ? [{ key: 'x', does: words.keys.check }] : []),
      ...(open && onClose ? [{ key: 'Escape', does: words.keys.close }] : [])
    ],
    press
  )

  return {
    current,
    setCurrent,
    /** The arrows, Home and End belong to the table only while the focus is on a row of it; elsewhere they scroll the page. */
    onKeyDown(event: ReactKeyboardEvent) {
      const to = { ArrowDown: 1, ArrowUp: -1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[event.key]
      if (to === undefined || event.target !== event.currentTarget) return
      event.preventDefault()
      move(to)
    }
  }
}
