/**
 * A dense table over any number of rows: 36 px each (two lines of 56 px on a phone), only those in sight are in the page. J and K or the arrows move, Enter
 * opens, X chooses, Esc closes. Old rows stay under an accent line while new ones load. A row may stand above others as their head: Enter, Space and the
 * arrows to the sides fold what is below it.
 */
import { Checkbox } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { words } from '../words/en.ts'
import styles from './DataTable.module.css'
import { useRowKeys } from './rowKeys.ts'

export interface Column<Row> {
  id: string
  head: string
  cell: (row: Row) => ReactNode
  /** A track of the grid: `minmax(0, 3fr)`, `120px`. */
  width: string
  /** Numbers stand right. */
  align?: 'right'
  /** Sorts when its head is pressed. */
  sortable?: boolean
  /** On a phone: the title, at the end of the first line, in the second line, or not at all. */
  phone: 'title' | 'end' | 'below' | 'hidden'
}

export interface DataTableProps<Row> {
  /** Spoken name. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** Spoken name of one row. */
  nameOf: (row: Row) => string
  /** Of all rows there are, when not all are loaded. */
  total?: number
  /** The row that is open. */
  open?: string | null
  /** Where a row’s key is not what is open: a card may stand in a list twice. */
  isOpen?: (row: Row) => boolean
  onOpen?: (row: Row) => void
  onClose?: () => void
  sort?: { by: string; down: boolean } | null
  onSort?: (by: string) => void
  checked?: ReadonlySet<string>
  onCheck?: (keys: ReadonlySet<string>) => void
  /** The last loaded row came into sight. */
  onEnd?: () => void
  /** Which rows are in the page now, by their places: for lists whose rows come in windows. */
  onRange?: (first: number, last: number) => void
  /** New rows are on their way. */
  loading?: boolean
  /** Which rows stand above others, and what folds them. */
  heads?: Heads<Row>
}

export interface Heads<Row> {
  /** Null for a row that is none. `expanded`: the rows below it are in the list. */
  of: (row: Row) => { content: ReactNode; expanded: boolean } | null
  onFold: (row: Row) => void
}

const ROW = 36
const ROW_TOUCH = 44
const ROW_PHONE = 56
const HEAD = 40
const HEAD_TOUCH = 44

export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    keyOf,
    total = rows.length,
    loading = false,
    onEnd,
    onRange,
    checked,
    onCheck,
    heads
  } = props
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) === true
  const touch = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false }) === true
  const body = useRef<HTMLTableSectionElement>(null)
  const [above, setAbove] = useState(0)
  // How far down the page the rows begin; what stands above may grow.
  useLayoutEffect(() => setAbove((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [])
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (place) => {
      if (heads?.of(rows[place] as Row)) return phone || touch ? HEAD_TOUCH : HEAD
      return phone ? ROW_PHONE : touch ? ROW_TOUCH : ROW
    },
    overscan: 12,
    scrollMargin: above,
    // The head stays in sight above them, and on a phone the tabs below.
    scrollPaddingStart: phone ? 56 : 44,
    scrollPaddingEnd: phone ? 68 : 8,
    getItemKey: (place) => keyOf(rows[place] as Row)
  })
  const shown = virtual.getVirtualItems()
  const atEnd = rows.length > 0 && (shown.at(-1)?.index ?? 0) >= rows.length - 1
  useEffect(() => {
    if (atEnd) onEnd?.()
  }, [atEnd, onEnd])
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  useEffect(() => onRange?.(first, last), [first, last, onRange])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes are those of the other layout.
  useEffect(() => virtual.measure(), [phone, touch])

  const { current, setCurrent, onKeyDown } = useRowKeys({ ...props, show: virtual.scrollToIndex, body })
  // There is always a row that Tab leads to: the current one, or the first in sight while that is scrolled away.
  const entry = shown.some(({ index }) => index === current) ? current : (virtual.range?.startIndex ?? 0)
  const tracks = [...(checked ? ['36px'] : []), ...columns.map(({ width }) => width)].join(' ')
  return (
    <table
      className={styles.table}
      role={heads ? 'treegrid' : 'grid'}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-busy={loading}
      data-phone={phone || undefined}
      style={{ '--tracks': tracks } as React.CSSProperties}
    >
      <thead data-loading={loading || undefined}>
        <Head {...props} />
      </thead>
      <tbody ref={body} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const row = rows[index] as Row
          const key = keyOf(row)
          const head = heads?.of(row)
          if (heads && head)
            return (
              <HeadRow
                key={key}
                {...head}
                place={index}
                inTabOrder={index === entry}
                onFocus={() => setCurrent(index)}
                onKeyDown={onKeyDown}
                onFold={() => {
                  setCurrent(index)
                  heads.onFold(row)
                }}
                style={{ height: size, transform: `translateY(${start - above}px)` }}
              />
            )
          return (
            <TableRow
              key={key}
              {...props}
              row={row}
              phone={phone}
              place={index}
              inTabOrder={index === entry}
              onFocus={() => setCurrent(index)}
              onKeyDown={onKeyDown}
              onToggle={() => onCheck?.(toggled(checked, key))}
              style={{ height: size, transform: `translateY(${start - above}px)` }}
            />
          )
        })}
      </tbody>
    </table>
  )
}

function Head<Row>({ columns, rows, keyOf, sort, onSort, checked, onCheck }: DataTableProps<Row>) {
  const all = checked !== undefined && rows.length > 0 && checked.size >= rows.length
  return (
    <tr aria-rowindex={1}>
      {checked && (
        <th scope="col">
          <Checkbox
            aria-label={words.table.checkAll}
            checked={all}
            indeterminate={!all && checked.size > 0}
            onChange={() => onCheck?.(all ? new Set() : new Set(rows.map(keyOf)))}
          />
        </th>
      )}
      {columns.map(({ id, head, align, sortable = false }) => {
        const sorted = sort?.by === id ? (sort.down ? 'descending' : 'ascending') : 'none'
        return (
          <th key={id} scope="col" data-align={align} aria-sort={sortable ? sorted : undefined}>
            {sortable && onSort ? (
              <button type="button" className={styles.sort} onClick={() => onSort(id)}>
                {head}
                {sorted === 'descending' && <IconArrowDown aria-hidden />}
                {sorted === 'ascending' && <IconArrowUp aria-hidden />}
              </button>
            ) : (
              head
            )}
          </th>
        )
      })}
    </tr>
  )
}

interface HeadRowProps {
  content: ReactNode
  expanded: boolean
  place: number
  inTabOrder: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onFold: () => void
  style: React.CSSProperties
}

function HeadRow({ content, expanded, place, inTabOrder, onFocus, onKeyDown, onFold, style }: HeadRowProps) {
  return (
    <tr
      className={styles.head}
      aria-rowindex={place + 2}
      aria-level={1}
      aria-expanded={expanded}
      data-place={place}
      tabIndex={inTabOrder ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={(event) => {
        const folds = event.key === ' ' || event.key === (expanded ? 'ArrowLeft' : 'ArrowRight')
        if (!folds || isControl(event.target)) return onKeyDown(event)
        event.preventDefault()
        onFold()
      }}
      onClick={(event) => {
        if (!isControl(event.target)) onFold()
      }}
      style={style}
    >
      <td>
        <IconChevronRight aria-hidden />
        {content}
      </td>
    </tr>
  )
}

interface RowProps<Row> extends DataTableProps<Row> {
  row: Row
  place: number
  phone: boolean
  inTabOrder: boolean
  onFocus: () => void
  onKeyDown: (event: React.KeyboardEvent) => void
  onToggle: () => void
  style: React.CSSProperties
}

function TableRow<Row>(props: RowProps<Row>) {
  const { row, columns, keyOf, nameOf, place, phone, checked, onOpen, heads, style } = props
  const key = keyOf(row)
  const open = props.isOpen ? props.isOpen(row) : props.open === key
  return (
    <tr
      aria-rowindex={place + 2}
      aria-level={heads ? 2 : undefined}
      aria-selected={checked ? checked.has(key) : open}
      data-open={open || undefined}
      data-checked={checked?.has(key) || undefined}
      data-opens={onOpen ? true : undefined}
      data-place={place}
      tabIndex={props.inTabOrder ? 0 : -1}
      onFocus={props.onFocus}
      onKeyDown={props.onKeyDown}
      onClick={(event) => {
        if (!isControl(event.target)) onOpen?.(row)
      }}
      style={style}
    >
      {checked && (
        <td className={styles.check}>
          <Checkbox
            aria-label={words.table.check(nameOf(row))}
            checked={checked.has(key)}
            onChange={props.onToggle}
            tabIndex={-1}
          />
        </td>
      )}
      {phone ? (
        <TwoLines row={row} columns={columns} />
      ) : (
        columns.map(({ id, align, cell }) => (
          <td key={id} data-align={align}>
            {cell(row)}
          </td>
        ))
      )}
    </tr>
  )
}

/** A row of a phone: the title and what stands at its end, then the rest in smaller type. */
function TwoLines<Row>({ row, columns }: Pick<RowProps<Row>, 'row' | 'columns'>) {
  const at = (where: Column<Row>['phone']) =>
    columns
      .filter(({ phone }) => phone === where)
      .map(({ id, cell, phone }) => (
        <span key={id} data-at={phone}>
          {cell(row)}
        </span>
      ))
  return (
    <td className={styles.two}>
      <span className={styles.first}>
        {at('title')}
        {at('end')}
      </span>
      <span className={styles.second}>{at('below')}</span>
    </td>
  )
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') !== null

function toggled(checked: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> {
  const next = new Set(checked)
  if (!next.delete(key)) next.add(key)
  return next
}
