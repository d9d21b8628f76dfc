/** Objectives that run now, each with its key results, where they stand and where an even pace would have them. */
import { Box, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../../api/query.ts'
import { Progress } from '../../parts/Charts.tsx'
import { useClock } from '../../parts/clock.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { dayOfPeriod, periodName, standing } from '../../words/objectives.ts'
import { overviewWords } from '../../words/overview.ts'
import { percent } from '../../words/say.ts'
import { localDate } from '../objectives/dates.ts'
import { type Objective, PaceStatus, toneOf } from '../objectives/pace.tsx'
import styles from './Objectives.module.css'

const words = overviewWords.objectives

export function ObjectivesNow() {
  const { data, error, refetch } = useQuery(get('/api/objectives'))
  const clock = useClock()
  const today = localDate(clock.now, clock.zone)
  const running = (data?.objectives ?? []).filter(({ from, to }) => from <= today && today <= to)
  const [first] = running
  const same = first && running.every(({ from, to }) => from === first.from && to === first.to) ? first : null
  const [day, days] = same ? dayOfPeriod(same.from, same.to, today) : [0, 0]
  return (
    <Sheet
      title={words.title(same ? periodName(same.from, same.to) : null)}
      aside={
        same && (
          <Box component="span" visibleFrom="sm">
            {words.day(day, days)}
          </Box>
        )
      }
      link={{ to: '/objectives', label: words.all }}
      flush
    >
      {running.length > 0 ? (
        <Table objectives={running} />
      ) : error ? (
        <div className={styles.pad}>
          <Failed what={words.failed} error={error} again={refetch} />
        </div>
      ) : data ? (
        <Empty
          title={words.none}
          why={words.noneWhy}
          action={<Button renderRoot={(props) => <Link to="/objectives" {...props} />}>{words.set}</Button>}
        />
      ) : (
        <Waiting rows={8} />
      )}
    </Sheet>
  )
}

const Table = ({ objectives }: { objectives: Objective[] }) => (
  <table className={styles.table} aria-label={words.table}>
    <thead>
      <tr>
        <th scope="col">{words.what}</th>
        <th scope="col">{words.now}</th>
        <th scope="col" data-align="right">
          {words.progress}
        </th>
        <th scope="col">{words.pace}</th>
      </tr>
    </thead>
    {objectives.map((objective) => (
      <Rows key={objective.id} {...objective} />
    ))}
  </table>
)

const Rows = ({ title, share, expectedShare, pace, keyResults }: Objective) => (
  <tbody>
    <tr className={styles.objective}>
      <th scope="rowgroup">
        <Link to="/objectives" search={{ open: keyResults[0]?.id }}>
          {title}
        </Link>
      </th>
      <td>{share !== null && <Progress value={share} expected={expectedShare} tone={toneOf(pace)} />}</td>
      <td data-align="right">{share !== null && percent(share)}</td>
      <td>{pace && <PaceStatus pace={pace} />}</td>
    </tr>
    {keyResults.map((one) => (
      <tr key={one.id} className={styles.keyResult}>
        <th scope="row">
          <Link to="/objectives" search={{ open: one.id }}>
            {one.title}
          </Link>
        </th>
        <td>{standing(one)}</td>
        <td data-align="right">{percent(one.share)}</td>
        <td>
          <PaceStatus pace={one.pace} />
        </td>
      </tr>
    ))}
  </tbody>
)
