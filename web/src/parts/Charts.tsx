/** Small charts that stand in a line of text. Each says the same facts to a screen reader. */
import { words } from '../words/en.ts'
import { number, percent } from '../words/say.ts'
import styles from './Charts.module.css'

/** Shares from 0 to 1. `expected`: a tick where it should be today. `tone`: `mute` for plain quantities. */
export function Progress({
  value,
  expected,
  tone = 'accent',
  label
}: {
  value: number
  expected?: number | null
  tone?: 'accent' | 'warn' | 'bad' | 'mute'
  /** Spoken instead of “59% of the way, 54% expected by today”. */
  label?: string
}) {
  const spoken =
    label ??
    (expected === undefined || expected === null
      ? words.progressOnly(percent(value))
      : words.progress(percent(value), percent(expected)))
  return (
    <span className={styles.bar} role="img" aria-label={spoken} title={spoken}>
      <span className={styles.fill} data-tone={tone} style={{ width: `${inside(value) * 100}%` }} />
      {expected !== undefined && expected !== null && (
        <span className={styles.tick} style={{ left: `${inside(expected) * 100}%` }} />
      )}
    </span>
  )
}

/** Bars from zero, oldest first; the last one, the present, in the accent. Put the number beside it. */
export function Spark({
  values,
  of,
  width = 88,
  height = 28
}: {
  values: readonly number[]
  of: string
  width?: number
  height?: number
}) {
  const most = Math.max(1, ...values)
  const step = width / Math.max(1, values.length)
  const spoken = words.spark(of, values.map((value) => number(value)).join(', '))
  return (
    <svg
      className={styles.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={spoken}
    >
      {values.map((value, place) => {
        const tall = value === 0 ? 1 : Math.max(2, (value / most) * (height - 2))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
            key={place}
            x={place * step}
            y={height - tall}
            width={Math.max(1, step - Math.min(3, step / 4))}
            height={tall}
            rx="1"
            data-now={place === values.length - 1 || undefined}
          />
        )
      })}
    </svg>
  )
}

const inside = (share: number): number => Math.min(1, Math.max(0, share))
