/** One key result: three figures, its chart, what it is counted from, and its ledger. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get, type Output } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { Failed } from '../../parts/Failed.tsx'
import { type Node, pillsOf, said } from '../../parts/filter/tree.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { figure, objectivesWords } from '../../words/objectives.ts'
import { number, percent } from '../../words/say.ts'
import { CourseChart } from './CourseChart.tsx'
import { Ledger } from './Ledger.tsx'
import styles from './Objectives.module.css'
import { type KeyResult, PaceStatus } from './pace.tsx'

const words = objectivesWords.detail

export type Course = Output<'get', '/api/key-results/{id}'>

export function KeyResultDetail({
  id,
  onEdit
}: {
  id: string
  onEdit?: (keyResult: KeyResult, objective: Course['objective']) => void
}) {
  const { data, error, refetch } = useQuery({
    ...get('/api/key-results/{id}', { path: { id } }),
    placeholderData: () => undefined
  })
  if (!data) {
    return error ? <Failed what={words.failed} error={error} again={refetch} /> : <Waiting rows={12} />
  }
  const { keyResult } = data
  return (
    <div className={styles.detail}>
      <Sheet title={keyResult.title} aside={data.objective.title} actions={<PaceStatus pace={keyResult.pace} />} flush>
        <Sheet.Part>
          <Figures {...data} />
          <CourseChart {...data} />
          <Says {...data} />
        </Sheet.Part>
        <Sheet.Part>
          <div className={styles.source}>
            <h3>{words.source}</h3>
            <Source filter={keyResult.filter} />
            <span>{words.counts(keyResult.contributions, keyResult.measure)}</span>
            {onEdit && (
              <Button size="xs" className="tl-no-print" onClick={() => onEdit(keyResult, data.objective)}>
                {words.edit}
              </Button>
            )}
          </div>
        </Sheet.Part>
      </Sheet>
      <Ledger id={id} />
    </div>
  )
}

/** The conditions as Tasks shows them, the text they are kept as on hover. */
function Source({ filter }: { filter: string }) {
  const clock = useClock()
  const reading = useQuery(get('/api/filters/reading', { query: { filter } }))
  if (!reading.data) return <code>{filter}</code>
  return (
    <ul className={styles.pills} title={filter}>
      {pillsOf(reading.data.tree as unknown as Node).map((node) => {
        const { name, value } = said(node, clock)
        return (
          <li key={`${name} ${value}`}>
            <span>{name}</span> <b>{value}</b>
          </li>
        )
      })}
    </ul>
  )
}

const exactly = ({ unit }: KeyResult, value: number): string =>
  unit === '%' ? percent(value / 100, 1) : number(value, 2)

function Figures({ keyResult, forecast }: Course) {
  const { start, target, unit, direction, current, expected, expectedShare, to } = keyResult
  const lead = Math.round((current - expected) * (direction === 'up' ? 1 : -1) * 10) / 10
  const shown = figure(keyResult, Math.abs(lead))
  return (
    <div className={styles.figures}>
      <span>
        <span className={styles.big}>{exactly(keyResult, current)}</span>
        {direction === 'up' && start === 0
          ? words.of(exactly(keyResult, target), unit)
          : words.from(exactly(keyResult, start), exactly(keyResult, target), unit)}
      </span>
      <span>
        <span className={styles.big}>{figure(keyResult, expected)}</span>
        {expectedShare >= 1 ? words.expectedAtEnd : words.expected(shown, /[1-9]/.test(shown) ? lead : 0)}
      </span>
      {forecast && (
        <span>
          <span className={styles.big}>{figure(keyResult, forecast.likely)}</span>
          {words.likely(to)}
          {forecast.reachedOn &&
            keyResult.share < 1 &&
            `; ${words.reached(exactly(keyResult, target), forecast.reachedOn)}`}
        </span>
      )}
    </div>
  )
}

function Says({ keyResult, weeks, forecast }: Course) {
  const [term, means] = words.pace[keyResult.pace] as [string, string]
  const amounts = weeks.map((week) => (keyResult.direction === 'up' ? week : -week))
  const drawn = forecast
    ? words.forecast(weeks.length, number(Math.min(...amounts)), number(Math.max(...amounts)))
    : keyResult.expectedShare >= 1
      ? words.over
      : words.tooEarly(weeks.length)
  return (
    <p className={styles.says}>
      <b>{term}</b> {means} {drawn}
    </p>
  )
}
