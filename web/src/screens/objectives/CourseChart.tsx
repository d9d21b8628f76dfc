/**
 * The course of a key result: what really happened as steps, the pace line dashed from start to target, and where it is
 * heading as a band with its middle dotted. Drawn at the width it has; the same stands in a table for screen readers.
 */
import { VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useClock } from '../../parts/clock.ts'
import { figure, objectivesWords } from '../../words/objectives.ts'
import { shortDay } from '../../words/time.ts'
import styles from './CourseChart.module.css'
import { localDate } from './dates.ts'
import type { Course } from './KeyResultDetail.tsx'

const words = objectivesWords.chart
const HEIGHT = 250
const TOP = 24
const BOTTOM = 24
const LEFT = 34
const DAY_MS = 86_400_000

export function CourseChart(course: Course) {
  const { ref, width } = useElementSize()
  const { keyResult, forecast } = course
  const say = (value: number) => figure(keyResult, value)
  const likely = forecast && words.likelySaid(say(forecast.likely), say(forecast.low), say(forecast.high))
  return (
    <figure className={styles.chart} ref={ref}>
      {width > 0 && (
        <Drawing
          {...course}
          width={width}
          label={words.label(say(keyResult.current), say(keyResult.expected), likely)}
        />
      )}
      <VisuallyHidden>
        <table>
          <caption>{words.table}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {course.course.map(({ on, value }) => (
              <tr key={on}>
                <td>{on}</td>
                <td>{say(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  )
}

function Drawing({ keyResult, course, forecast, width, label }: Course & { width: number; label: string }) {
  const clock = useClock()
  const { from, to, start, target, current } = keyResult
  const narrow = width < 480
  const right = width - (narrow ? 44 : 136)
  const today = localDate(clock.now, clock.zone)
  const runs = today >= from && today <= to

  const { low, high, ticks } = axis([
    start,
    target,
    current,
    ...course.map(({ value }) => value),
    ...(forecast ? [forecast.low, forecast.high] : [])
  ])
  const days = Math.max(1, (Date.parse(to) - Date.parse(from)) / DAY_MS + 1)
  // A day's own place is its end: what was done on it stands from there.
  const x = (date: string, ended = 1) =>
    round(
      LEFT +
        (Math.min(days, Math.max(0, (Date.parse(date) - Date.parse(from)) / DAY_MS + ended)) / days) * (right - LEFT)
    )
  const y = (value: number) => round(TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM))
  const say = (value: number) => figure(keyResult, value)

  const nowX = runs ? x(today, 0.5) : x(to)
  const steps = course.map(({ on, value }) => `H${Math.min(nowX, x(on, 0.5))}V${y(value)}`).join('')
  const band = forecast ? [{ on: today, low: current, likely: current, high: current }, ...forecast.band] : []
  const at = (one: { on: string }, place: number) => (place === 0 ? nowX : x(one.on))
  const area = [
    ...band.map((one, place) => `${at(one, place)} ${y(one.high)}`),
    ...band.map((one, place) => `${at(one, place)} ${y(one.low)}`).reverse()
  ]
  const targetY = y(target)
  const likelyY = forecast ? apart(y(forecast.likely), targetY) : 0
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={LEFT} x2={right} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {say(value)}
          </text>
        </g>
      ))}
      {months(from, to).map((date) => (
        <text key={date} x={x(date, 0)} y={HEIGHT - 6} textAnchor={date === from ? 'start' : 'middle'}>
          {shortDay(date, clock)}
        </text>
      ))}
      <text x={right} y={HEIGHT - 6} textAnchor="end">
        {shortDay(to, clock)}
      </text>
      {forecast && <path className={styles.band} d={`M${area.join('L')}Z`} />}
      <line className={styles.pace} x1={LEFT} y1={y(start)} x2={right} y2={targetY} />
      {forecast && (
        <path
          className={styles.likely}
          d={`M${band.map((one, place) => `${at(one, place)} ${y(one.likely)}`).join('L')}`}
        />
      )}
      {runs && (
        <>
          <line className={styles.today} x1={nowX} x2={nowX} y1={TOP - 8} y2={HEIGHT - BOTTOM} />
          <text x={nowX} y={TOP - 12} textAnchor="middle">
            {words.today}
          </text>
        </>
      )}
      <path className={styles.actual} d={`M${LEFT} ${y(start)}${steps}H${nowX}`} />
      <circle className={styles.now} cx={nowX} cy={y(current)} r="4" />
      <text className={styles.strong} x={nowX + 8} y={y(current) + 18}>
        {narrow ? say(current) : words.now(say(current))}
      </text>
      <text x={right + 8} y={targetY + 4}>
        {narrow ? say(target) : words.target(say(target))}
      </text>
      {forecast && (
        <text className={styles.strong} x={right + 8} y={likelyY + 4}>
          {narrow ? say(forecast.likely) : words.likely(say(forecast.likely), say(forecast.low), say(forecast.high))}
        </text>
      )}
    </svg>
  )
}

/** From zero where zero is near; three or four lines. */
function axis(values: number[]): { low: number; high: number; ticks: number[] } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const from = least > 0 && least > (most - least) * 3 ? least : Math.min(0, least)
  const rough = (most - from || 1) / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power
  const first = Math.floor(from / step) * step
  const count = Math.floor((most - first) / step + 1e-9) + 1
  const ticks = Array.from({ length: count }, (_, place) => Math.round((first + place * step) * 1e6) / 1e6)
  return { low: first, high: Math.max(most, ticks.at(-1) ?? most), ticks }
}

/** The first day, and the first of each month that has room beside its neighbours. */
function months(from: string, to: string): string[] {
  const firsts: string[] = [from]
  const date = new Date(`${from.slice(0, 7)}-01T00:00:00Z`)
  for (;;) {
    date.setUTCMonth(date.getUTCMonth() + 1)
    const day = date.toISOString().slice(0, 10)
    if (Date.parse(to) - Date.parse(day) < 15 * DAY_MS) break
    if (Date.parse(day) - Date.parse(from) > 15 * DAY_MS) firsts.push(day)
  }
  const every = Math.ceil(firsts.length / 5)
  return firsts.filter((_, place) => place % every === 0)
}

/** Two labels never stand on each other. */
const apart = (wanted: number, other: number): number =>
  Math.abs(wanted - other) < 14 ? other + (wanted < other ? -14 : 14) : wanted

const round = (value: number): number => Math.round(value * 10) / 10
