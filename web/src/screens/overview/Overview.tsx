/** The home screen: this week in four figures, objectives, what was finished, what is open, what waits, how the tools are read. */
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get, type Output } from '../../api/query.ts'
import { useClock } from '../../parts/clock.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Page } from '../../parts/Page.tsx'
import { useUrl } from '../../parts/useUrl.ts'
import { Waiting } from '../../parts/Waiting.tsx'
import { toolName } from '../../words/en.ts'
import { overviewWords as words } from '../../words/overview.ts'
import { city, moment } from '../../words/time.ts'
import { Finished } from './Finished.tsx'
import { ObjectivesNow } from './ObjectivesNow.tsx'
import { OpenFindings } from './OpenFindings.tsx'
import styles from './Overview.module.css'
import { SyncHealth } from './SyncHealth.tsx'
import { WaitingCards } from './WaitingCards.tsx'
import { WeekFigures } from './WeekFigures.tsx'

export type Overview = Output<'get', '/api/overview'>

const SHOWN = { team: '' }
const MINUTE_MS = 60_000

export default function OverviewScreen() {
  const [{ team }, show] = useUrl(SHOWN)
  const { data, error, refetch } = useQuery({
    ...get('/api/overview', { query: team ? { team } : {} }),
    refetchInterval: MINUTE_MS
  })
  const teams = data?.teams ?? []
  return (
    <Page
      title={words.title}
      sub={data && <AsOf {...data} />}
      actions={
        <>
          {teams.length > 0 && (
            <Select
              aria-label={words.team}
              size="sm"
              w={150}
              allowDeselect={false}
              data={[
                { value: '', label: words.allTeams },
                ...teams.map(({ id, name }) => ({ value: id, label: name }))
              ]}
              value={team}
              onChange={(chosen) => show({ team: chosen ?? '' }, { add: true })}
            />
          )}
          <Button renderRoot={(props) => <Link to="/reports" {...props} />}>{words.preview}</Button>
        </>
      }
    >
      {data ? (
        <Sheets {...data} />
      ) : error ? (
        <Failed what={words.failed} error={error} again={refetch} />
      ) : (
        <Waiting rows={14} />
      )}
    </Page>
  )
}

const Sheets = (data: Overview) => (
  <div className={styles.sheets}>
    <WeekFigures {...data} />
    <div className={styles.halves}>
      <div className={styles.column}>
        <ObjectivesNow />
        <Finished {...data.finished} zone={data.zone} />
      </div>
      <div className={styles.column}>
        <OpenFindings {...data.findings} />
        <WaitingCards {...data.waiting} />
      </div>
    </div>
    <SyncHealth tools={data.sync} />
  </div>
)

/** “Monday 16 to Sunday 22 November. Figures as of today 10:40, Lisbon; monday’s cards as of 08:20.” */
function AsOf({ week, zone, sync }: Overview) {
  const clock = useClock()
  const read = sync.flatMap(({ tool, state, readAt }) => (readAt === null ? [] : [{ tool, state, readAt }]))
  const fresh = read.filter(({ state }) => state === 'fine').map(({ readAt }) => readAt)
  const older = read.filter(({ state }) => state !== 'fine')
  const at = (fresh.length > 0 ? fresh : read.map(({ readAt }) => readAt)).toSorted()[0]
  return (
    <>
      {words.week(week.from, week.to, zone)}
      {at === undefined
        ? words.notRead
        : words.asOf(moment(at, clock), city(clock.zone)) +
          words.older(
            fresh.length === 0
              ? []
              : older.map(({ tool, readAt }) => ({ name: toolName(tool), at: moment(readAt, clock) }))
          )}
    </>
  )
}
