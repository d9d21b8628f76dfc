/** The keys of a table: which row is the current one, and what J, K, Enter, X and Esc do to it. The focus goes with it. */
import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useEffect, useState } from 'react'
import { words } from '../words/en.ts'
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
}

export function useRowKeys<Row>({ rows, keyOf, open, onOpen, onClose, checked, onCheck, show, body }: Rows<Row>) {
  const [current, setCurrent] = useState<number | null>(null)
  const [goTo, setGoTo] = useState<number | null>(null)

  // A row far away is put into the page first, and takes the focus when it is there.
  useEffect(() => {
    if (goTo === null) return
    const frame = requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>(`[data-place="${goTo}"]`)?.focus({ preventScroll: true })
      setGoTo(null)
    })
    return () => cancelAnimationFrame(frame)
  }, [goTo, body])

  function move(by: number): void {
    if (rows.length === 0) return
    const place = current === null ? 0 : Math.min(rows.length - 1, Math.max(0, current + by))
    setCurrent(place)
    show(place)
    setGoTo(place)
    // With something open, moving reads on.
    const row = rows[place]
    if (open && row !== undefined) onOpen?.(row)
  }

  function press(key: string): void {
    const row = current === null ? undefined : rows[current]
    if (key === 'j') move(1)
    if (key === 'k') move(-1)
    if (key === 'Enter' && row !== undefined) onOpen?.(row)
    if (key === 'Escape' && open) onClose?.()
    if (key === 'x' && row !== undefined && checked && onCheck) {
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
    /** The arrows belong to the table only while the focus is in it; elsewhere they scroll the page. */
    onKeyDown(event: ReactKeyboardEvent) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (by === undefined) return
      event.preventDefault()
      move(by)
    }
  }
}
