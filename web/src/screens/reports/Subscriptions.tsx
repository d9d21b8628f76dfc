/** Who gets the weekly rollup, about what and when; each line opens the next one as it would leave. */
import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useMe } from '../../api/me.ts'
import { useClock } from '../../parts/clock.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { PersonAvatar } from '../../parts/Marks.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Waiting } from '../../parts/Waiting.tsx'
import { When } from '../../parts/When.tsx'
import { reportsWords } from '../../words/reports.ts'
import { spoken } from '../../words/say.ts'
import { city } from '../../words/time.ts'
import { useProjectNames } from './projects.ts'
import styles from './Reports.module.css'
import type { Subscription } from './Reports.tsx'

const words = reportsWords.subscriptions

export function Subscriptions({
  data,
  error,
  again,
  open,
  onPreview,
  onChange
}: {
  data: { subscriptions: Subscription[] } | undefined
  error: unknown
  again: () => unknown
  open: string | null
  onPreview: (email: string) => void
  onChange?: (subscription: Subscription) => void
}) {
  const all = data?.subscriptions ?? []
  const member = useMe().role === 'member'
  return (
    <Sheet title={words.title} aside={data && words.aside(all.length)} flush>
      {all.length > 0 ? (
        <table className={styles.table} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.person}</th>
              <th scope="col" className={styles.aside}>
                {words.about}
              </th>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.next}</th>
              <th aria-hidden />
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <Row
                key={one.id}
                one={one}
                open={open === one.email}
                onPreview={() => onPreview(one.email)}
                {...(onChange ? { onChange: () => onChange(one) } : {})}
              />
            ))}
          </tbody>
        </table>
      ) : error ? (
        <div className={styles.pad}>
          <Failed what={reportsWords.failed} error={error} again={again} />
        </div>
      ) : data ? (
        <Empty icon={<IconMail />} title={words.empty} why={member ? words.emptyMember : words.emptyWhy} />
      ) : (
        <Waiting rows={3} />
      )}
    </Sheet>
  )
}

function Row({
  one,
  open,
  onPreview,
  onChange
}: {
  one: Subscription
  open: boolean
  onPreview: () => void
  onChange?: () => void
}) {
  const nameOf = useProjectNames()
  const { zone } = useClock()
  const { name, email, projects, weekday, time, timeZone, next } = one
  return (
    <tr data-open={open || undefined}>
      <th scope="row">
        <span className={styles.person}>
          <PersonAvatar name={name} />
          <button type="button" className={styles.opens} onClick={onPreview} title={email}>
            {name}
          </button>
        </span>
      </th>
      <td className={`${styles.quiet} ${styles.aside}`}>
        {projects === null ? words.all : words.boards(projects.map(nameOf))}
      </td>
      <td className={styles.quiet}>{words.each(weekdayName(weekday), time, city(timeZone))}</td>
      <td>
        <When at={next} zone={zone} />
      </td>
      <td className={styles.acts}>
        <Button size="xs" className={styles.aside} onClick={onPreview}>
          {words.preview}
        </Button>
        {onChange && (
          <Button size="xs" onClick={onChange}>
            {words.change}
          </Button>
        )}
      </td>
    </tr>
  )
}

const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(spoken(), { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday, 12))
  )
